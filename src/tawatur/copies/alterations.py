"""A link and its two reports in, what a relay altered in the shared passages out: figures, hedges, attributions.

Words count as altered where they stand in a shared passage, or in a sentence of which it is half, and are not the same
in both. Who altered them is the link's direction; where that is not known, neither side is the relay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from tawatur.copies.carry import words_of
from tawatur.copies.marks import Kind, Mark, Marks, hedges
from tawatur.copies.words import Corpus, Detail
from tawatur.model import Report, Span

Words = tuple[int, int]  # first word, word after the last


@dataclass(frozen=True, slots=True)
class Altered:
    """What is other in ``b`` than in ``a``: the words of each; None where one has none."""

    kind: Kind
    a: Span | None
    b: Span | None


def altered(a: Report, b: Report, passages: Sequence[tuple[Span, Span]], marks: Marks) -> tuple[Altered, ...]:
    """The figures, hedges and attributions that differ in passages (spans in ``a`` and in ``b``), in text order."""
    corpus = Corpus([a, b])
    left, right = corpus.detail(0), corpus.detail(1)
    sides = [(*marks.of(report), *hedges(detail)) for report, detail in ((a, left), (b, right))]
    found: dict[Altered, None] = {}
    for mine, theirs in passages:
        ours, others = words_of(left, mine), words_of(right, theirs)
        if ours and others:
            spread = [_spread(left, ours), _spread(right, others)]
            fit = _Fit(corpus, spread[0], spread[1])
            kept = [_within(d, ms, s) for d, ms, s in zip((left, right), sides, spread, strict=True)]
            found.update(dict.fromkeys(_compared(fit, kept[0], kept[1])))
    return tuple(found)


def _spread(detail: Detail, words: Words) -> Words:
    """A passage with the rest of the sentences at its ends, where it is half of them."""
    first, last = words
    start = detail.ends.rfind(1, 0, first) + 1
    end = detail.ends.find(1, last - 1) + 1 or len(detail.ends)
    return (start if 2 * (first - start) <= last - first else first), (
        end if 2 * (end - last) <= last - first else last
    )


Placed = tuple[Mark, Words]


def _within(detail: Detail, marks: Sequence[Mark], words: Words) -> list[Placed]:
    placed = [(mark, at) for mark in marks if (at := words_of(detail, mark.span))]
    return [(mark, at) for mark, at in placed if words[0] <= at[0] and at[1] <= words[1]]


class _Fit:
    """Which words of two passages are the same."""

    def __init__(self, corpus: Corpus, a: Words, b: Words) -> None:
        self.ours, self.others = a, b
        one, two = corpus.words[0][a[0] : a[1]], corpus.words[1][b[0] : b[1]]
        self.same = {
            a[0] + i: b[0] + j
            for op in LCSseq.opcodes(one, two)
            if op.tag == "equal"
            for i, j in zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
        }
        self.back = {j: i for i, j in self.same.items()}

    def room(self, words: Words) -> Words:
        """Where in ``b`` words of ``a`` stand or would: between the same words around them."""
        first = next(
            (self.same[i] + 1 for i in range(words[0] - 1, self.ours[0] - 1, -1) if i in self.same), self.others[0]
        )
        last = next((self.same[i] for i in range(words[1], self.ours[1]) if i in self.same), self.others[1])
        return first, last

    def kept(self, words: Words, *, back: bool = False) -> bool:
        """Whether all of these words stand in the other report."""
        return all(word in (self.back if back else self.same) for word in range(*words))


def _compared(fit: _Fit, ours: Sequence[Placed], others: Sequence[Placed]) -> Iterator[Altered]:
    taken: set[int] = set()
    for mark, words in ours:
        start, end = fit.room(words)
        at = next(
            (
                k
                for k, (other, place) in enumerate(others)
                if k not in taken and other.kind == mark.kind and place[0] < end and start < place[1]
            ),
            None,
        )
        if at is not None:
            taken.add(at)
            yield from _changed(mark, others[at][0])
        elif not fit.kept(words):
            yield Altered(mark.kind, mark.span, None)
    for k, (mark, words) in enumerate(others):
        if k not in taken and not fit.kept(words, back=True):
            yield Altered(mark.kind, None, mark.span)


def _changed(mark: Mark, other: Mark) -> Iterator[Altered]:
    """A figure of another size; the same size meant less or more closely; another voice, another hedge."""
    if mark.value != other.value:
        yield Altered(mark.kind, mark.span, other.span)
    elif mark.leeway != other.leeway:
        yield Altered("hedge", mark.span, other.span)
