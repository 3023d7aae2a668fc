"""The front matter of a Markdown file in, its keys and values out.

YAML between lines of ``---`` (or closed by ``...``) and TOML between lines of ``+++``, as far as reports need them:
``key: value``, quoted values, lists on one line or below, and text over several lines. What is of no such form is no
front matter but text, so that a ruled line loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST = 200  # lines of a front matter
_MARKS = {"---": ("---", "..."), "+++": ("+++",)}
_pair = re.compile(r"([^\s:=#\-\[{\"'][^:=]{0,60}?)\s*[:=](?:\s+(.*)|(?<=[:=])([^\s/].*)|)$")
_item = re.compile(r"\s*-\s+(.*)")
_block = re.compile(r"[|>][+-]?\d?")
_comment = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Matter:
    """Keys and values, as text, and the line after the front matter."""

    values: dict[str, str]
    end: int


def matter_at(lines: list[str], at: int) -> Matter | None:
    """The front matter that begins on a line; None when none does."""
    ends = _MARKS.get(lines[at].rstrip())
    if ends is None:
        return None
    values: dict[str, str] = {}
    key = ""
    for n in range(at + 1, min(len(lines), at + _MOST)):
        line = lines[n].rstrip()
        if line in ends:
            return Matter({name: _value(value) for name, value in values.items()}, n + 1) if values else None
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pair = _pair.match(line)
        if pair:
            key = pair[1].strip()
            values[key] = (pair[2] or pair[3] or "").strip()
        elif key and (line[0] in " \t" or _item.match(line)):
            values[key] = _added(values[key], line)
        else:
            return None
    return None


def _added(value: str, line: str) -> str:
    """A value with a line that goes on with it: an item of a list, or more words."""
    item = _item.match(line)
    if item:
        return ", ".join(filter(None, (value, _value(item[1]))))
    return f"{'' if _block.fullmatch(value) else value} {line.strip()}".strip()


def _value(raw: str) -> str:
    """A value without its quotation marks, comment, or the brackets of a list."""
    if len(raw) > 1 and raw[0] in "\"'" and raw.find(raw[0], 1) > 0:
        return raw[1 : raw.rindex(raw[0])].replace('\\"', '"').replace("''", "'")
    plain = _comment.sub("", raw).strip()
    if plain.startswith("[") and plain.endswith("]"):
        return ", ".join(_value(part.strip()) for part in plain[1:-1].split(",") if part.strip())
    return "" if plain in ("null", "~") else plain
