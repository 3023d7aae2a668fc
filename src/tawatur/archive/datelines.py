"""A paragraph in, the dateline that it begins with out: place, agency, date, and the sign after them."""

from __future__ import annotations

import re

from tawatur.archive.furniture import is_agency, is_date
from tawatur.lang.fold import fold_word
from tawatur.lang.page import page_words

_WINDOW = 110  # characters in which a dateline ends
_sign = re.compile(r"\s+[-–—ـ]+\s+|\s*[-–—]+\s+|\s+[-–—]+(?=\S)|\s*/\s+|\s+/\s*|\s*:+\s+|\s*\|+\s+")
_hint = re.compile(r"[-–—/|]|\sـ|::")
_in_brackets = re.compile(r"\w[^()]*\(([^()]{1,40})\)(?:\s*\(([^()]{1,40})\))?\s*\Z")
_words = re.compile(r"\w+")
_stop = re.compile(r"[.!?؟؛«“\"](?!\w)")
_date_at_end = re.compile(r"(?:[،,]|\s(?:في|فى)?)\s*((?:\S+\s+){0,4}\S+)\s*\Z")


def dateline_end(line: str, first: bool) -> int:
    """Where the dateline at the start of a paragraph ends, its sign included; 0 when there is none.

    A place with an agency or a date is one anywhere; a bare place only in the ``first`` paragraph of a story.
    """
    head = line[:_WINDOW]
    if not _hint.search(head):
        return 0
    end = 0
    for found in _sign.finditer(head):
        part = head[end : found.start()]
        if end == 0:
            if not (is_strong(part, found[0]) or _leads_to_credit(head, found) or (first and _is_bare(line, found))):
                return 0
        elif not _is_credit(part, found[0]):
            break
        end = found.end()
    return end


def is_strong(part: str, sign: str) -> bool:
    """Whether a stretch before a sign is a place with an agency or a date."""
    folded = fold_word(part)
    if len(_words.findall(part)) > 10 or _stop.search(part.replace(". ", " ", 1)):
        return False
    named = _in_brackets.search(folded)
    if named and ":" not in sign:
        return True
    return ":" not in sign and _ends_in_date(folded)


def _ends_in_date(folded: str) -> bool:
    words = folded.replace("(", " ").split()
    while words and is_agency(words[-1]):
        words.pop()
    return any(is_date(_plain(" ".join(words[at:]))) for at in range(1, min(len(words), 8)))


def _plain(words: str) -> str:
    return re.sub(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}\w?", " 1 date ", words)


def _leads_to_credit(head: str, found: re.Match[str]) -> bool:
    following = _sign.search(head, found.end())
    if len(_words.findall(head[: found.start()])) > 4 or ":" in found[0]:
        return False
    return following is not None and _is_credit(head[found.end() : following.start()], following[0])


def _is_credit(part: str, sign: str) -> bool:
    folded = fold_word(part).strip()
    words = folded.split()
    if not words or len(words) > 6:
        return False
    by_reporter = words[0] in page_words("reporters") and len(words) <= 5
    return is_agency(folded) or by_reporter or sign.strip() == "::" or (len(words) == 1 and "|" in sign)


def _is_bare(line: str, found: re.Match[str]) -> bool:
    place, sign = line[: found.start()], found[0]
    words = _words.findall(place)
    if ":" in sign or not sign.endswith(" ") or not 0 < len(words) <= 4 or any(char in '،؛.!؟?«“"' for char in place):
        return is_agency(fold_word(place)) and ":" not in sign
    if place.isascii() and not words[0].isupper():
        return False
    return sign not in line[found.end() : found.end() + 160] and not any(char.isdigit() for char in place)
