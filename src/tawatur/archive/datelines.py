"""A paragraph in, the dateline that it begins with out: place, agency, date, and the sign after them."""

from __future__ import annotations

import re

from tawatur.archive.furniture import is_agency, is_date
from tawatur.lang.fold import fold_word
from tawatur.lang.page import page_words

_PLACE = 4  # words of a place, or of two
_WINDOW = 110  # characters in which a dateline ends
_sign = re.compile(r"\s+[-–—ـ]+\s+|\s*[-–—]+\s+|\s+[-–—]+(?=\S)|\s*/\s+|\s+/\s*|\s*:+\s+|\s*\|+\s+")
_sign_like = re.compile("[-–—/|ـ:]")  # without any of these there is no hint
_hint = re.compile(r"[-–—/|]|\sـ|::")
_in_brackets = re.compile(r"([^()]+)(?:\([^()]{1,40}\)\s*)?\(([^()]{1,40})\)\s*")
_unlike_a_place = re.compile(r"[،؛.!؟?«“\"\d]|^\s*$")
_stop = re.compile(r"[.!?؟؛«“\"](?!\w)")


def dateline_end(line: str, first: bool) -> int:
    """Where the dateline at the start of a paragraph ends, its sign included; 0 when there is none.

    A place with an agency or a date is one anywhere; a bare place only in the ``first`` paragraph of a story.
    """
    head = line[:_WINDOW]
    if not _sign_like.search(head) or not _hint.search(head):
        return 0
    end = 0
    for found in _sign.finditer(head):
        part = head[end : found.start()]
        if end == 0:
            if ":" in found[0] or not _is_dateline(line, found, first):
                return 0
        elif not _is_credit(part, found[0]):
            break
        end = found.end()
    return end


def _is_dateline(line: str, found: re.Match[str], first: bool) -> bool:
    if _is_strong(line[: found.start()], first) or _is_bare(line, found, first):
        return True
    return _leads_to_credit(line[:_WINDOW], found)


def _is_strong(part: str, first: bool) -> bool:
    folded = fold_word(part)
    if _stop.search(part.replace(". ", " ", 1)):
        return False
    named = _in_brackets.fullmatch(folded)
    if named is not None and (first or is_agency(named[2])):
        return _is_place(named[1].split()) or _ends_in_date(named[1])
    return _ends_in_date(folded)


def _ends_in_date(folded: str) -> bool:
    words = folded.replace("(", " ").split()
    while words and is_agency(words[-1]):
        words.pop()
    dates = (at for at in range(1, min(len(words), 8)) if is_date(_plain(" ".join(words[at:]))))
    return any(_is_place(words[:at]) for at in dates)


def _is_place(words: list[str]) -> bool:
    """Whether words can be a place, or two: few, and none of them says anything."""
    return 0 < len(words) <= _PLACE and not set(words) & set(page_words("sayings"))


def _plain(words: str) -> str:
    return re.sub(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}\w?", " 1 date ", words)


def _leads_to_credit(head: str, found: re.Match[str]) -> bool:
    following = _sign.search(head, found.end())
    if following is None or not _is_place(fold_word(head[: found.start()]).split()):
        return False
    return _is_credit(head[found.end() : following.start()], following[0])


def _is_credit(part: str, sign: str) -> bool:
    folded = fold_word(part).strip()
    words = folded.split()
    if not words or len(words) > 6:
        return False
    by_reporter = words[0] in page_words("reporters") and len(words) <= 5
    return is_agency(folded) or by_reporter or sign.strip() == "::" or (len(words) == 1 and "|" in sign)


def _is_bare(line: str, found: re.Match[str], first: bool) -> bool:
    place, sign = line[: found.start()], found[0]
    if not first or _unlike_a_place.search(place) or not sign.endswith(" ") or "/" in sign:
        return first and is_agency(fold_word(place))
    if place.isascii() and not place.split()[0].isupper():
        return False
    an_aside = sign in line[found.end() : found.end() + 160]
    return _is_place(fold_word(place).split()) and not an_aside
