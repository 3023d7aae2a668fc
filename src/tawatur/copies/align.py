"""Two reports' words in, their shared passages out: runs of the same words, joined over small edits.

A passage may stand anywhere in either report: a copier moves paragraphs. Passages do not overlap on either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from rapidfuzz.distance import LCSseq

SEED = 3  # words in a row that begin a run
GAP = 15  # words that an edit may put in, take out or change
DENSITY = 0.5  # of the longer side of a passage, the words that are shared in order
_LOOK_BACK = 40  # runs before a run that it may continue
_BACK = 50  # words that a run reaches back from the seed that found it
_STRIDE = 8  # words that are compared at once
_MOST = 400  # chains of two reports that are looked at, the heaviest first

Run = tuple[int, int, int]  # first word in a, first word in b, words
Seeds = dict[int, int]  # hash of three words in a row → where they stand


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``a0`` to ``a1`` of one report and ``b0`` to ``b1`` of another that are the same but for small edits."""

    a0: int
    a1: int
    b0: int
    b1: int
    shared: int
    longest: int
    runs: tuple[Run, ...]

    @property
    def density(self) -> float:
        """The part of the longer side that is shared."""
        return self.shared / max(self.a1 - self.a0, self.b1 - self.b0)

    def turned(self) -> Passage:
        """The same passage seen from the other report."""
        runs = tuple((b, a, n) for a, b, n in self.runs)
        return Passage(self.b0, self.b1, self.a0, self.a1, self.shared, self.longest, runs)


def seeds(words: Sequence[int]) -> Seeds:
    """Where in a report each three words in a row stand; the last place of those that stand in several."""
    return dict(zip(_threes(words), count(), strict=False))


def _threes(words: Sequence[int]) -> Iterator[int]:
    listed = list(words)
    return map(hash, zip(listed, listed[1:], listed[2:], strict=False))


def passages(a: Sequence[int], b: Sequence[int], known: Seeds | None = None) -> list[Passage]:
    """The shared passages of two reports in the order of ``b``, each at least a seed long; ``known``: seeds of a."""
    taken: list[Passage] = []
    for chain in _chains(_runs(a, b, seeds(a) if known is None else known))[:_MOST]:
        made = _passage(a, b, chain)
        if made and not any(_overlap(made, other) for other in taken):
            taken.append(made)
    return sorted(taken, key=lambda p: p.b0)


def _runs(a: Sequence[int], b: Sequence[int], known: Seeds) -> list[Run]:
    """Longest runs of same words around the shared seeds, in the order of ``b``."""
    runs: list[Run] = []
    done: dict[int, int] = {}  # diagonal → where its last run ends in b
    places = list(map(known.get, _threes(b)))
    j = 0
    while j < len(places):
        i = places[j]
        if i is not None and j + SEED > done.get(j - i, 0):
            run = _run(a, b, i, j)
            runs.append(run)
            done[j - i] = end = run[1] + run[2]
            if places[j : end - SEED + 1] == list(range(i, i + end - SEED + 1 - j)):  # no seed leads elsewhere
                j = end - SEED
        j += 1
    return sorted(runs, key=lambda run: (run[1], run[0]))


def _run(a: Sequence[int], b: Sequence[int], i: int, j: int) -> Run:
    back = 0
    while back < min(i, j, _BACK) and a[i - back - 1] == b[j - back - 1]:
        back += 1
    size, most = SEED, min(len(a) - i, len(b) - j)
    while size + _STRIDE <= most and a[i + size : i + size + _STRIDE] == b[j + size : j + size + _STRIDE]:
        size += _STRIDE
    while size < most and a[i + size] == b[j + size]:
        size += 1
    return i - back, j - back, back + size


def _chains(runs: list[Run]) -> list[list[Run]]:
    """Runs joined over edits into chains, the heaviest first; each run stands in one chain."""
    weight, before = _weigh(runs)
    used: set[int] = set()
    chains = []
    for end in sorted(range(len(runs)), key=lambda k: (-weight[k], k)):
        chain, at = [], end
        while at >= 0 and at not in used:
            used.add(at)
            chain.append(runs[at])
            at = before[at]
        if chain:
            chains.append(chain[::-1])
    return sorted(chains, key=lambda c: (-sum(n for _, _, n in c), c[0][1]))


def _weigh(runs: list[Run]) -> tuple[list[float], list[int]]:
    weight: list[float] = []
    before: list[int] = []
    for k, (i, j, size) in enumerate(runs):
        best, best_at = 0.0, -1
        for p in range(max(0, k - _LOOK_BACK), k):
            a, b, n = runs[p]
            left, right = i - a - n, j - b - n
            if 0 <= left <= GAP and 0 <= right <= GAP and weight[p] - max(left, right) / 3 > best:
                best, best_at = weight[p] - max(left, right) / 3, p
        weight.append(size + best)
        before.append(best_at)
    return weight, before


def _passage(a: Sequence[int], b: Sequence[int], chain: list[Run]) -> Passage | None:
    (a0, b0, _), (a1, b1, last) = chain[0], chain[-1]
    a1, b1 = a1 + last, b1 + last
    longest = max(n for _, _, n in chain)
    shared = last if len(chain) == 1 else LCSseq.similarity(a[a0:a1], b[b0:b1])
    if shared < DENSITY * max(a1 - a0, b1 - b0):
        return None
    return Passage(a0, a1, b0, b1, shared, longest, tuple(chain))


def _overlap(p: Passage, q: Passage) -> bool:
    return (p.a0 < q.a1 and q.a0 < p.a1) or (p.b0 < q.b1 and q.b0 < p.b1)
