"""Raw text in, folded words out, with the span of each in the raw text: what is searched and what is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tawatur.archive.fold import fold
from tawatur.archive.fold import fold_word as fold_text
from tawatur.lang.fold import fold_word
from tawatur.model import Claim, Report, Span

GAP = "¦"  # stands between fields, so that no phrase runs across
LONGEST = 100  # letters of a word that count
PART, OVERLAP = 2000, 40  # words of a part of a long text, and how many it shares with the next
_ARABIC = "\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f"
#: Figures and other scripts glued to Arabic words are words of their own: قتل38مدنيا.
_WORD = re.compile(rf"\d{{1,3}}(?:[,٬]\d{{3}})+(?!\d)|[{_ARABIC}]+|[^\W_{_ARABIC}]+")
_FOLDED: dict[str, str] = {}
_REMEMBERED = 200_000


class Word(NamedTuple):
    """A folded word and where it stands in the raw text."""

    text: str
    span: Span


def plain(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [_folded(word) for word in _WORD.findall(fold_text(text))]


def placed(text: str, start: int = 0) -> Iterator[Word]:
    """The folded words of a text with their spans; ``start`` is where the text stands in a larger one."""
    made = fold(text)
    for match in _WORD.finditer(made.text):
        span = made.raw(*match.span())
        yield Word(_folded(match[0]), Span(start + span.start, start + span.end))


@lru_cache(maxsize=50_000)
def of_name(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(plain(name))


def of_claim(claim: Claim, text: str) -> list[str]:
    """What a claim is found by: its quote, then the names of its voices, places and participants not in the quote."""
    words = plain(claim.span.of(text))
    names = [link.name for link in claim.attribution] + [link.body or "" for link in claim.attribution]
    names += [name for place in claim.places for name in (place.text, place.name or "")]
    names += [mention.name for mention in (*claim.actors, *claim.affected)]
    quote = f" {' '.join(words)} "
    for name in dict.fromkeys(names):
        more = of_name(name)
        if more and f" {' '.join(more)} " not in quote:
            words += (GAP, *more)
    return words


def of_report(report: Report) -> Iterator[tuple[int, list[str]]]:
    """What a report is found by, in parts: where in the text a part begins, and its words, the title before them."""
    title = [*plain(report.title), GAP] if report.title else []
    short = plain(report.text)
    if len(short) <= PART:
        yield 0, title + short
        return
    words = list(placed(report.text))
    for at in range(0, max(1, len(words) - OVERLAP), PART - OVERLAP):
        part = words[at : at + PART]
        yield (part[0].span.start if part and at else 0), [*title, *(word.text for word in part)]


def _folded(word: str) -> str:
    known = _FOLDED.get(word)
    if known is None:
        if len(_FOLDED) >= _REMEMBERED:
            _FOLDED.clear()
        known = _FOLDED[word] = _fold(word)
    return known


def _fold(word: str) -> str:
    folded = fold_word(word).replace(",", "").replace("٬", "")
    return (folded if folded.isalnum() else word.lower())[:LONGEST]
