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
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from typing import TypeVar

from tawatur.archive import fold, fold_word
from tawatur.copies.align import Seeds, seeds
from tawatur.model import Report, Span

_word, _parted = re.compile(r"\w+"), re.compile(r"(\w+)")
_ends = re.compile(r"[.!?؟\n\r]")
_marks = re.compile('[«»“”„‹›"\n\r]')
_PIECES = 1 << 20  # that are remembered
T = TypeVar("T")
_opening, _closing = frozenset("«“„‹"), frozenset("»”›")


class Numbers(dict[str, int]):
    """What stands between blanks to the number of its word (60 bits), filled as texts are met; 0 for no or many words.

    Folding goes character by character and leaves blanks blank, so that pieces can be folded one by one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._others: dict[str, list[int]] = {}

    def __missing__(self, piece: str) -> int:
        words = [_number(word) for word in _word.findall(fold_word(piece))]
        if len(words) != 1:
            self._others[piece] = words
        self[piece] = found = words[0] if len(words) == 1 else 0
        return found

    def of(self, text: str) -> array[int]:
        """The numbers of the words of a raw text."""
        if len(self) >= _PIECES:
            self.clear()
            self._others.clear()
        pieces = text.split()
        found = list(map(self.__getitem__, pieces))
        if 0 in found:
            for at in [k for k, number in enumerate(found) if not number][::-1]:
                found[at : at + 1] = self._others[pieces[at]]
        return array("Q", found)


def _number(word: str) -> int:
    digest = blake2b(word.lower().encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 4) or 1


@dataclass(frozen=True)
class Detail:
    """Where the words of one report stand: raw offsets, which stand in quotation marks, where sentences end."""

    text: str
    starts: Sequence[int]
    stops: Sequence[int]

    @cached_property
    def quoted(self) -> bytes:
        """For each word whether a quotation mark is open; a straight mark toggles, a line's end closes."""
        return _quoted(self.text, self.starts)

    @cached_property
    def ends(self) -> bytes:
        """For each word whether its sentence ends before the next word."""
        return _sentence_ends(self.text, self.starts)

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
        self.words: Sequence[array[int]] = [numbers.of(r.text) for r in self.reports]
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


def kept(cache: dict[int, T], n: int, value: T, most: int) -> T:
    """Keep a value under a number, in the place of the oldest when there are as many as are to be kept."""
    if len(cache) >= most:
        del cache[next(iter(cache))]
    cache[n] = value
    return value


def detail(text: str) -> Detail:
    """The places of the words of a text."""
    folded = fold(text)
    bounds = list(accumulate(map(len, _parted.split(folded.text))))
    starts, stops = array("I", bounds[:-1:2]), array("I", bounds[1::2])
    if folded.offsets is not None:
        raw = [folded.raw(start, end) for start, end in zip(starts, stops, strict=True)]
        starts, stops = array("I", [span.start for span in raw]), array("I", [span.end for span in raw])
    return Detail(text, starts, stops)


def _sentence_ends(text: str, starts: Sequence[int]) -> bytes:
    out = bytearray(len(starts))
    for mark in _ends.finditer(text):
        word = bisect_right(starts, mark.start()) - 1
        if word >= 0:
            out[word] = 1
    return bytes(out)


def _quoted(text: str, starts: Sequence[int]) -> bytes:
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
