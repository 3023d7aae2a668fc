"""What was asked for in, where it stands in a raw text out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from tawatur.ledger.search_places import is_word, numbers_of
from tawatur.ledger.search_query import Node, found, parse, wanted
from tawatur.ledger.search_words import PART, Word, placed, plain
from tawatur.model import Claim, Report, Span

AROUND = 120  # code points on either side of what was found in a report
_INNER = "\u0640\u200c\u200d"  # tatweel and joiners stand inside words


class Shown(NamedTuple):
    """What to show of a text, what was found in it, and what in the report's title."""

    span: Span
    marks: tuple[Span, ...]
    title_marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: its tree, and in raw mode the code points themselves."""

    tree: Node | None
    raw: str = ""

    @staticmethod
    def of(query: str, raw: bool) -> Asked:
        """A query as it was typed. Raises LedgerError for one that makes no sense."""
        if raw:
            return Asked(parse(f'"{_QUOTES.sub(" ", query)}"', is_word) if plain(query) else None, query)
        return Asked(parse(query, is_word, numbers_of))

    def in_claim(self, report: Report, claim: Claim) -> Shown | None:
        """What to show of a claim; None where it does not hold the raw words."""
        marks = self._marks(report.text, claim.span)
        if self.raw and not marks:
            return None
        spans = [link.span for link in claim.attribution] + [place.span for place in claim.places]
        spans += [mention.span for mention in (*claim.actors, *claim.affected)]
        outside = {s for s in spans if s and not (claim.span.start <= s.start and s.end <= claim.span.end)}
        named = () if self.raw else (mark for span in outside for mark in self._marks(report.text, span))
        return Shown(claim.span, tuple(sorted({*marks, *named}, key=lambda s: (s.start, s.end))))

    def in_report(self, report: Report, part: int) -> Shown | None:
        """What to show of a part of a report; None where it does not hold the raw words."""
        words = list(islice(placed(report.text[part:], part), PART))
        inside = Span(part, words[-1].span.end if len(words) == PART else len(report.text))
        marks = tuple(_rawly(report.text, inside, self.raw)) if self.raw else self._found(words)
        title = self._marks(report.title, Span(0, len(report.title)))
        if self.raw and not (marks or title):
            return None
        return Shown(_around(report.text, inside, marks), marks, title)

    def _marks(self, text: str, span: Span) -> tuple[Span, ...]:
        if self.raw:
            return tuple(_rawly(text, span, self.raw))
        return self._found(list(placed(span.of(text), span.start))) if self.tree else ()

    def _found(self, words: list[Word]) -> tuple[Span, ...]:
        told = [word.text for word in words]
        places = (at for phrase in (wanted(self.tree) if self.tree else ()) for at in found(phrase, told))
        return _merged(Span(words[first].span.start, words[end - 1].span.end) for first, end, _ in places)


_QUOTES = re.compile('["“”«»]')


def _merged(spans: Iterator[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _rawly(text: str, span: Span, raw: str) -> Iterator[Span]:
    at = text.find(raw, span.start, span.end)
    while at >= 0:
        end = at + len(raw)
        if not (_inside(text, at) or _inside(text, end)):
            yield Span(at, end)
        at = text.find(raw, at + 1, span.end)


def _inside(text: str, at: int) -> bool:
    """Whether an offset lies inside a word."""
    return 0 < at < len(text) and _of_word(text[at - 1]) and _of_word(text[at])


def _of_word(char: str) -> bool:
    return char.isalnum() or char in _INNER or unicodedata.category(char)[0] == "M"


def _around(text: str, inside: Span, marks: tuple[Span, ...]) -> Span:
    """The words around the first mark."""
    at = marks[0].start if marks else inside.start
    start, end = max(0, at - AROUND), min(len(text), at + AROUND)
    while 0 < start < at and not text[start - 1].isspace():
        start += 1
    while at < end < len(text) and not text[end].isspace():
        end -= 1
    return Span(start, max(end, marks[0].end if marks else start))
