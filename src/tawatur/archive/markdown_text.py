"""Lines of Markdown in, the words they show out: marks are taken off, words stay as they are.

Headings, items of lists and rows of tables stay as lines, cells are parted by ``|``. Lines of one paragraph are put
together, as a line's end ends a sentence for the stages that follow. Pictures are left out, links keep their words.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator

_fence = re.compile(r"\s{0,3}(```+|~~~+)")
_heading = re.compile(r"\s{0,3}#{1,6}(?:\s+|$)(.*?)(?:\s+#+)?\s*$")
_underline = re.compile(r"\s{0,3}(?:=+|-+)\s*$")
_rule = re.compile(r"\s{0,3}([*_-])(?:\s*\1){2,}\s*$")
_quote = re.compile(r"^(?:\s{0,3}>\s?)+")
_item = re.compile(r"(\s*)([-*+•]|[\d٠-٩]{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_delimiters = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_definition = re.compile(r"\s{0,3}\[(?!\^)[^\[\]]{1,200}\]:\s*\S+(?:\s+[\"'(].*)?\s*$")
_footnote = re.compile(r"^\s{0,3}\[\^[^\]]{1,60}\]:\s*")
_comment = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ended = re.compile(r"[.!?؟:…][\"'»”’)\]*_]*\s*\Z")
_marked = re.compile(r"[\\\[<`*_~=&\ue000-\ue07f]")
_SHIELD = 0xE000  # marks that a backslash shields stand here while others are taken off
_shielded = re.compile(r"\\([!-/:-@\[-`{-~])")

_INLINE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"!\[[^\[\]]{0,1000}\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[^)]*)?\)|\[[^\]]{0,200}\])"), ""),
    (re.compile(r"!\[\[[^\[\]]{0,500}\]\]"), ""),
    (re.compile(r"\[\[(?:[^\[\]|]{0,500}\|)?([^\[\]|]{1,500})\]\]"), r"\1"),
    (re.compile(r"\[([^\[\]]{0,1000})\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[^)]*)?\)"), r"\1"),
    (re.compile(r"\[\^[^\]]{1,60}\]"), ""),
    (re.compile(r"\[([^\[\]]{1,1000})\]\[[^\]]{0,200}\]"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000})>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"</?[A-Za-z][\w-]{0,20}(?:\s[^<>]{0,1000})?/?>"), ""),
    (re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,300}?)(?<!`)\1(?!`)"), r"\2"),
    (re.compile(r"\*\*\*(?=\S)([^*]{1,2000}?)(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*)){1,2000}?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\d*])\*(?=[^\s*])([^*]{1,2000}?)(?<=[^\s*])\*(?![\d*])"), r"\1"),
    (re.compile(r"(?<!\w)___?(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])___?(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])_(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)([^~]{1,2000}?)(?<=\S)~~"), r"\1"),
    (re.compile(r"==(?=\S)([^=]{1,2000}?)(?<=\S)=="), r"\1"),
)


def title_of(lines: list[str]) -> tuple[str, list[str]]:
    """The heading that a text begins with, or an empty string, and the lines without it."""
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return "", lines
    heading = _heading.match(lines[first])
    if heading:
        return shown(heading[1]), lines[first + 1 :]
    below = lines[first + 1] if first + 1 < len(lines) else ""
    if below.strip() and _underline.match(below) and not _item.match(lines[first]):
        return shown(lines[first]), lines[first + 2 :]
    return "", lines


def plain_text(lines: list[str]) -> str:
    """What the lines show, as text."""
    source = _comment.sub("", "\n".join(lines)).split("\n")
    out: list[list[str]] = []  # lines, each as the parts that are put together
    open_line = False  # whether the last line is of a paragraph that may go on
    for line, goes_on, may_go_on in _lines(source):
        if open_line and goes_on and not _ended.search(out[-1][-1][-12:]):
            out[-1].append(line)
        elif line or (out and out[-1][0]):
            out.append([line])
        open_line = may_go_on
    return "\n".join(map(" ".join, out)).strip("\n")


def _lines(source: list[str]) -> Iterator[tuple[str, bool, bool]]:
    """Each line as it is shown, whether it may go on with the one before it, and whether the next may with it."""
    fence = ""
    above = False  # a line of words, which a line of ``===`` would make a heading
    for raw in source:
        mark = _fence.match(raw)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            yield "", False, False
            continue
        if fence:
            yield raw, False, False
            continue
        line = _footnote.sub("", _quote.sub("", raw))
        if not line.strip() or _rule.match(line) or (above and _underline.match(line)) or _dropped(line):
            above = False
            yield "", False, False
            continue
        above = True
        yield _shown_line(line)


def _dropped(line: str) -> bool:
    return bool(_definition.match(line)) or ("-" in line and "|" in line and _delimiters.match(line) is not None)


def _shown_line(line: str) -> tuple[str, bool, bool]:
    heading = _heading.match(line)
    if heading:
        return shown(heading[1]), False, False
    if line.count("|") > 1 and line.strip().startswith("|"):
        return " | ".join(shown(cell) for cell in line.strip().strip("|").split("|")), False, False
    item = _item.match(line)
    shielded = line.endswith("\\") and not line.endswith("\\\\")
    broken = shielded or line.endswith("  ")
    words = shown(line[item.end() if item else 0 : -1 if shielded else None])
    if item:
        mark = "-" if item[2] in "*+" else item[2]
        return f"{mark} {words}", False, not broken
    return words, True, not broken


def shown(words: str) -> str:
    """Words without marks of emphasis, links, code and pictures; what a backslash shields stays."""
    if not _marked.search(words):
        return words.strip()
    text = _shielded.sub(lambda found: chr(_SHIELD + ord(found[1])), words)
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    if "&" in text:
        text = entities.unescape(text)
    return text.translate(_UNSHIELD).strip()


_UNSHIELD = {_SHIELD + code: chr(code) for code in range(0x21, 0x7F)}
