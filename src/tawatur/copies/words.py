"""Reports in, their words out as comparable numbers, with the places of the words in the raw text.

Two words are the same when they are the same after folding and lower-casing; punctuation is no word. A word's number
comes from its letters alone, so that it is the same in every run, in every process and on every machine.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from tawatur.archive import fold
from tawatur.copies.align import Seeds, seeds
from tawatur.model import Report, Span

_word = re.compile(r"\w+")
_ends = re.compile(r"[.!?؟\n\r]")
_marks = re.compile('[«»“”„‹›"\n\r]')
T = TypeVar("T")
_opening, _closing = frozenset("«“„‹"), frozenset("»”›")


class Numbers(dict[str, int]):
    """Folded word to a 61-bit number, filled as words are met."""

    def __missing__(self, word: str) -> int:
        number = (
            int.from_bytes(blake2b(word.lower().encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 3
        )
        self[word] = number
        return number


@dataclass(frozen=True, slots=True)
class Detail:
    """Where the words of one report stand: raw offsets, which stand in quotation marks, where sentences end."""

    text: str
    starts: Sequence[int]
    stops: Sequence[int]
    quoted: bytes
    ends: bytes

    def span(self, first: int, last: int) -> Span:
        """The raw span from the start of word ``first`` to the end of the word before ``last``."""
        return Span(self.starts[first], self.stops[last - 1])

    def sentence(self, first: int, last: int) -> int:
        """How many words the sentences have that words ``first`` up to ``last`` stand in."""
        before = self.ends.rfind(1, 0, first) + 1
        after = self.ends.find(1, last - 1)
        return (after + 1 if after >= 0 else len(self.ends)) - before


class Corpus:
    """Distinct reports with their words as numbers. ``reports[n]`` and ``words[n]`` belong together."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports: Sequence[Report] = list(reports)
        numbers = Numbers()
        self.words: Sequence[list[int]] = [
            list(map(numbers.__getitem__, _words(fold(r.text).text))) for r in self.reports
        ]
        self._details: dict[int, Detail] = {}
        self._seeds: dict[int, Seeds] = {}

    def detail(self, n: int) -> Detail:
        """The places of the words of report ``n``; some thousands are kept."""
        known = self._details.get(n)
        return kept(self._details, n, detail(self.reports[n].text), 4096) if known is None else known

    def seeds(self, n: int) -> Seeds:
        """The seeds of report ``n``; those of the reports that others were last compared with are kept."""
        known = self._seeds.get(n)
        return kept(self._seeds, n, seeds(self.words[n]), 256) if known is None else known


def _words(text: str) -> list[str]:
    """All matches of ``_word``; most words stand between blanks and need no search."""
    found: list[str] = []
    for piece in text.split():
        if piece.isalnum():
            found.append(piece)
        else:
            found += _word.findall(piece)
    return found


def kept(cache: dict[int, T], n: int, value: T, most: int) -> T:
    """Keep a value under a number, in the place of the oldest when there are as many as are to be kept."""
    if len(cache) >= most:
        del cache[next(iter(cache))]
    cache[n] = value
    return value


def detail(text: str) -> Detail:
    """The places of the words of a text."""
    folded = fold(text)
    found = [m.span() for m in _word.finditer(folded.text)]
    if folded.offsets is not None:
        raw = [folded.raw(start, end) for start, end in found]
        found = [(span.start, span.end) for span in raw]
    starts, stops = array("I", [start for start, _ in found]), array("I", [end for _, end in found])
    return Detail(text, starts, stops, _quoted(text, starts), _sentence_ends(text, starts))


def _sentence_ends(text: str, starts: Sequence[int]) -> bytes:
    """For each word whether its sentence ends before the next word."""
    out = bytearray(len(starts))
    for mark in _ends.finditer(text):
        word = bisect_right(starts, mark.start()) - 1
        if word >= 0:
            out[word] = 1
    return bytes(out)


def _quoted(text: str, starts: Sequence[int]) -> bytes:
    """For each word whether a quotation mark is open; a straight mark toggles, a line's end closes."""
    out = bytearray(len(starts))
    straight, depth, since = False, 0, 0
    for mark in _marks.finditer(text):
        word = bisect_left(starts, mark.start())
        if straight or depth:
            out[since:word] = b"\1" * (word - since)
        since, char = word, mark[0]
        straight = not straight if char == '"' else straight and char not in "\n\r"
        depth = 0 if char in "\n\r" else max(0, depth + (char in _opening) - (char in _closing))
    if straight or depth:
        out[since:] = b"\1" * (len(out) - since)
    return bytes(out)
