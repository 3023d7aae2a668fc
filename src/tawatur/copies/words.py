"""Reports in, their words out as comparable numbers, with the places of the words in the raw text.

Two words are the same when they are the same after folding and lower-casing; punctuation is no word. A word's number
comes from its letters alone, so that it is the same in every run, in every process and on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from tawatur.archive import fold
from tawatur.model import Report, Span

_word = re.compile(r"\w+")
_ends = re.compile(r"[.!?؟\n\r]")
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
    """Where the words of one report stand: raw spans, which are inside quotation marks, after which a sentence ends."""

    text: str
    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]
    ends: tuple[bool, ...]

    def span(self, first: int, last: int) -> Span:
        """The raw span from the start of word ``first`` to the end of the word before ``last``."""
        return Span(self.spans[first].start, self.spans[last - 1].end)

    def sentence(self, first: int, last: int) -> int:
        """How many words the sentences have that words ``first`` up to ``last`` stand in."""
        while first and not self.ends[first - 1]:
            first -= 1
        while last < len(self.spans) and not self.ends[last - 1]:
            last += 1
        return last - first


class Corpus:
    """Distinct reports with their words as numbers. ``reports[n]`` and ``words[n]`` belong together."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = list(reports)
        numbers = Numbers()
        self.words = [[numbers[w] for w in _word.findall(fold(r.text).text)] for r in self.reports]
        self._details: dict[int, Detail] = {}

    def detail(self, n: int) -> Detail:
        """The places of the words of report ``n``; the last few hundred are kept."""
        known = self._details.get(n)
        if known is None:
            if len(self._details) >= 500:
                self._details.clear()
            known = self._details[n] = detail(self.reports[n].text)
        return known


def detail(text: str) -> Detail:
    """The places of the words of a text."""
    folded = fold(text)
    found = [folded.raw(m.start(), m.end()) for m in _word.finditer(folded.text)]
    inside = _inside_quotes(text)
    gaps = zip(found, [*found[1:], Span(len(text), len(text))], strict=True)
    return Detail(
        text,
        tuple(found),
        tuple(inside[s.start] for s in found),
        tuple(bool(_ends.search(text, a.end, b.start)) for a, b in gaps),
    )


def _inside_quotes(text: str) -> list[bool]:
    """For each character, whether a quotation mark is open; a straight mark toggles, a line's end closes."""
    inside, depth, out = False, 0, []
    for char in text:
        if char in "\n\r":
            inside, depth = False, 0
        elif char == '"':
            inside = not inside
        elif char in _opening:
            depth += 1
        elif char in _closing:
            depth = max(0, depth - 1)
        out.append(inside or depth > 0)
    return out
