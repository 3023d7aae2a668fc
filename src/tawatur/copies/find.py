"""A corpus in, its verified copies and shared quotations out: each report linked to earlier ones whose words it has."""

from __future__ import annotations

from collections.abc import Iterable

from tawatur.copies.shingles import SIZE, Index, hits, sample
from tawatur.copies.verify import LEAST, QUOTED, Copy, verified
from tawatur.copies.words import Corpus

REACH = 8  # words from the first to the last shared shingle of a pair worth a look


def find(corpus: Corpus) -> list[Copy]:
    """Copies and quotations of the reports of a corpus, which stand in order of publication as far as it is known.

    A report is linked to those earlier reports that explain it: the one with most shared words first, another one
    only for words that the first does not have. So a wire's carriers are linked to the wire and not to each other.
    """
    index = Index()
    copies: list[Copy] = []
    for n, words in enumerate(corpus.words):
        sampled = sample(words)
        held = index.enter(n, sampled)
        found = explained(corpus, n, hits(sampled, held)) if held else []
        index.add(n, held, frozenset(c.a for c in found if not c.quoted))
        copies += found
    return copies


def explained(corpus: Corpus, n: int, hits: dict[int, list[int]]) -> list[Copy]:
    """The copies and quotations of report ``n`` among the reports that hold shingles of it (``hits``)."""
    accepted: list[Copy] = []
    quoted: list[Copy] = []
    reach = min(REACH, len(corpus.words[n]) // 2) - SIZE
    worth = [item for item in hits.items() if item[1][-1] - item[1][0] >= reach]
    for a, places in sorted(worth, key=lambda item: (-len(item[1]), item[0])):
        held = _held(accepted)
        if not any(_outside(at, held) for at in places):
            continue
        copy = verified(corpus, a, n)
        if copy and not copy.quoted and (not held or _new(copy, held) >= LEAST):
            accepted.append(copy)
        elif copy and copy.quoted and _new(copy, _held([*accepted, *quoted])) >= QUOTED:
            quoted.append(copy)
    return [*accepted, *(q for q in quoted if _new(q, _held(accepted)) >= QUOTED)]


def _held(copies: Iterable[Copy]) -> list[tuple[int, int]]:
    return [(p.b0, p.b1) for c in copies for p in c.passages]


def _outside(at: int, held: Iterable[tuple[int, int]]) -> bool:
    return not any(start <= at and at + SIZE <= end for start, end in held)


def _new(copy: Copy, held: list[tuple[int, int]]) -> int:
    """Words of the later report that only this copy explains."""
    old = {k for start, end in held for k in range(start, end)}
    return sum(k not in old for p in copy.passages for k in range(p.b0, p.b1))
