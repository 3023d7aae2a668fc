"""The text of a mail in, what its sender wrote out, and each mail that was forwarded in it, with headers of its own.

Words that programs write (``---------- Forwarded message ---------``, «كتب فلان:») stand in the language packs'
``page.toml`` under ``mail-``. They count only in the form that programs give them: «كتب الناشط على صفحته:» is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tawatur.lang.fold import fold_word
from tawatur.lang.page import alternatives, page_words

_DEEPEST = 12  # forwarded mails inside one another
_HEADERS = 12  # lines that such headers take at most
_SIGNATURE = 12  # lines and
_LOWEST = 40  # lines from the end at which one may begin
_SIGNED = 1000  # characters of a signature; what is longer is text
_prefix = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_bidi = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_dashes = re.compile(r"^[\s\-_=*—–]{2,}|[\s\-_=*—–:]+$")
_bar = re.compile(r"\s*[_\-=*]{20,}\s*")
_signature = re.compile(r"\s?-- ?\s*")
_address = re.compile(r"[\w.+-]+@[\w-]+\.\w|<[^<>\s]+>|\[mailto:")
_digit = re.compile(r"\d")
_moment = re.compile(r"\d{4}|\d:\d\d")
_ended = re.compile(r"[.!?؟…]\W*\Z")
_LONGEST = 300  # characters of the line above a quotation


@dataclass(slots=True)
class Forwarded:
    """A mail inside of a mail: what its headers say, by ``from``, ``date`` and ``subject``, and its text."""

    headers: dict[str, str]
    text: str


@dataclass(slots=True)
class Written:
    """What a sender wrote, the mails that it forwards, and how many lines of quotation were left out."""

    text: str = ""
    forwarded: list[Forwarded] = field(default_factory=list)
    quoted: int = 0


def written(text: str, *, answers: bool = False, depth: int = 0) -> Written:
    """The parts of a mail's text; ``answers`` when the mail that it repeats is the one that it answers.

    Nothing is lost: a mail that holds only what it quotes keeps that as its text.
    """
    lines = text.split("\n")
    told = Written()
    own = list(_own(lines, told, answers, depth))
    told.text = _trimmed(_unsigned(own))
    if not told.text.strip() and not told.forwarded and told.quoted:
        told.text, told.quoted = _trimmed([_prefix.sub("", line) for line in lines]), 0
    return told


def _own(lines: list[str], told: Written, answers: bool, depth: int) -> Iterator[str]:
    """The lines that are the sender's own."""
    at = 0
    while at < len(lines):
        kind, block, after = _opening(lines, at)
        if kind == "original":
            kind = "quoted" if answers and any(line.strip() for line in lines[:at]) else "forwarded"
        if kind == "forwarded" and depth < _DEEPEST:
            _forward(lines[after:], block, told, depth, _depth_of(lines[max(at, after - 1)]))
            return
        if kind in ("quoted", "forwarded"):
            told.quoted += len(lines) - at
            return
        if kind == "wrote":
            end = _end_of_quotation(lines, after)
            told.quoted += end - at
            at = end
        elif _prefix.match(lines[at]):
            told.quoted += 1
            at += 1
        else:
            yield lines[at]
            at += 1


def _opening(lines: list[str], at: int) -> tuple[str, dict[str, str], int]:
    """What begins on a line: ``forwarded`` or ``original`` with headers, ``wrote``, or nothing; and where it ends."""
    line = _bare(lines[at])
    if not line:
        return "", {}, at
    if line[0] in "-_=*—–" or line[-1] == ":":
        core = fold_word(_dashes.sub("", line[:200])).strip()
        kind = next((kind for kind in ("forwarded", "original") if core in page_words(f"mail-{kind}")), "")
        block, after = _block(lines, at + 1) if kind or _bar.fullmatch(line) else ({}, at)
        if block:
            return kind or "original", block, after
    if _label(line):
        block, after = _block(lines, at)
        if block:
            return "original", block, after
    size = _wrote(lines, at)
    return ("wrote", {}, at + size) if size else ("", {}, at)


def _block(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """The headers that begin on a line or below blank ones, and where the text after them begins; empty when none."""
    while at < len(lines) and not _bare(lines[at]):
        at += 1
    found: dict[str, str] = {}
    start, last = at, ""
    while at < len(lines) and at - start < _HEADERS and (line := _bare(lines[at])):
        label = _label(line)
        if label is None and not (last and _goes_on(lines[at], found[last])):
            break
        if label is None:
            found[last] += " " + line
        else:
            last, value = label
            found.setdefault(last, value)
        at += 1
    sure = "from" in found and ("date" in found or "subject" in found) and len(found) > 1
    return (found, at) if sure else ({}, start)


def _goes_on(line: str, before: str) -> bool:
    """Whether a line goes on with the header above it: it is indented, or that one is left open."""
    return line[:1] in " \t" or before.endswith((",", ";", "<"))


def _label(line: str) -> tuple[str, str] | None:
    """The name and value of a header line, as ``from``, ``date``, ``subject`` or ``to``; None for any other line."""
    name, colon, value = line.replace("*", "").partition(":")
    if not colon or len(name) > 30:
        return None
    kind = _label_kind(name)
    return (kind, value.strip(" |\t")) if kind else None


@lru_cache(maxsize=256)
def _label_kind(name: str) -> str | None:
    word = fold_word(name).strip(" |")
    return next((kind for kind in ("from", "date", "subject", "to") if word in page_words(f"mail-{kind}")), None)


def _wrote(lines: list[str], at: int) -> int:
    """The lines, one or two, that programs write above a quotation: who, with an address, and that they wrote."""
    first, second = _bare(lines[at]), _bare(lines[at + 1]) if at + 1 < len(lines) else ""
    if first.endswith(":"):
        return int(_is_wrote(first, lines[at + 1 : at + 4]))
    broken = (
        second.endswith(":") and _digit.search(first) and not _ended.search(first[-12:]) and not _moment.search(second)
    )
    return 2 if broken and _is_wrote(f"{first} {second}", lines[at + 2 : at + 5]) else 0


def _is_wrote(text: str, below: list[str]) -> bool:
    if len(text) > _LONGEST or not _wrote_pattern().search(fold_word(text)):
        return False
    quoted = next((_prefix.match(line) for line in below if line.strip()), None)
    return (_address.search(text) is not None or quoted is not None) and _digit.search(text) is not None


@lru_cache(maxsize=1)
def _wrote_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(page_words('mail-wrote'))})(?!\w)")


def _end_of_quotation(lines: list[str], at: int) -> int:
    """Where a quotation below «wrote:» ends: after the lines with ``>``, or with the mail where there are none."""
    first = next((n for n in range(at, len(lines)) if lines[n].strip()), None)
    if first is None or not _prefix.match(lines[first]):
        return len(lines)
    while first < len(lines) and (_prefix.match(lines[first]) or not lines[first].strip()):
        first += 1
    return first


def _forward(lines: list[str], headers: dict[str, str], told: Written, depth: int, quoted: int) -> None:
    """The forwarded mail, and those inside of it; it is quoted as deep as its headers are."""
    text = "\n".join(_unquoted(line, quoted) for line in lines)
    inner = written(text, depth=depth + 1)
    told.quoted += inner.quoted
    told.forwarded.append(Forwarded(headers, inner.text))
    told.forwarded.extend(inner.forwarded)


def _depth_of(line: str) -> int:
    found = _prefix.match(line)
    return found[0].count(">") if found else 0


def _unquoted(line: str, depth: int) -> str:
    for _ in range(depth):
        line = re.sub(r"^[ \t]{0,3}>[ ]?", "", line)
    return line


def _unsigned(lines: list[str]) -> list[str]:
    """The lines without the signature, the foot of a mailing list, and what programs put below."""
    for at in range(max(0, len(lines) - _LOWEST), len(lines)):
        line, rest = lines[at], lines[at + 1 :]
        if (_signature.fullmatch(line) or _is_foot(line, rest)) and _is_short(rest):
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or fold_word(_bare(lines[-1])).startswith(page_words("mail-sent-from"))):
        lines = lines[:-1]
    return lines


def _is_foot(line: str, rest: list[str]) -> bool:
    """Whether a bar of underscores stands over the foot of a mailing list: it names an address."""
    bar = line.count("_") > 29 and _bar.fullmatch(line)
    return bool(bar) and any("@" in below or "://" in below for below in rest)


def _is_short(lines: list[str]) -> bool:
    words = [line for line in lines if line.strip()]
    return len(words) <= _SIGNATURE and sum(map(len, words)) <= _SIGNED


def _bare(line: str) -> str:
    return _bidi.sub("", _prefix.sub("", line)).replace("\xa0", " ").strip()


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n \t\r")
