"""Two reports and the passages they share in, what is the same and what was changed out, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from tawatur.copies.carry import words_of
from tawatur.copies.words import Corpus
from tawatur.model import Report, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the one report beside those of the other; None where one has nothing there."""

    a: Span | None
    b: Span | None
    same: bool


def differences(a: Report, b: Report, passages: Sequence[tuple[Span, Span]]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each passage (spans in ``a`` and in ``b``) in text order, same and changed ones in turn."""
    corpus = Corpus([a, b])
    return tuple(tuple(_pieces(corpus, mine, theirs)) for mine, theirs in passages)


def _pieces(corpus: Corpus, mine: Span, theirs: Span) -> Iterator[Piece]:
    left, right = corpus.detail(0), corpus.detail(1)
    ours, others = words_of(left, mine), words_of(right, theirs)
    if ours is None or others is None:
        return
    (a0, a1), (b0, b1) = ours, others
    for same, i, j, k, n in _runs(corpus.words[0][a0:a1], corpus.words[1][b0:b1]):
        yield Piece(
            left.span(a0 + i, a0 + j) if i < j else None,
            right.span(b0 + k, b0 + n) if k < n else None,
            same,
        )


def _runs(a: Sequence[int], b: Sequence[int]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches of ``a`` and ``b``: the same in both, or changed between two that are."""
    changed: tuple[int, int] | None = None
    for op in LCSseq.opcodes(a, b):
        if op.tag != "equal":
            changed = changed or (op.src_start, op.dest_start)
            continue
        if changed:
            yield False, changed[0], op.src_start, changed[1], op.dest_start
            changed = None
        yield True, op.src_start, op.src_end, op.dest_start, op.dest_end
    if changed:
        yield False, changed[0], len(a), changed[1], len(b)
