"""Which sources copy which: by wrong values that they share and hardly anybody else gives.

Two sources that agree on what is right tell nothing; that they never differ, and that they share rare wrong values,
does. The likelihood of both, for sources that copy a share of what they say and for sources that do not, gives the
probability (after Dong et al. 2009; that a wrong value which many give is shared by chance is weighed as Popular
Accuracy does: Dong, Saha, Srivastava, VLDB 2013).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tawatur.fusion.items import Items

BEFORE = 0.05  # the chance that two sources copy before anything is seen
SHARES = (0.3, 0.6, 0.9)  # of its claims that a copier may copy
_APART = tuple(math.log(1 - share) for share in SHARES)  # two values, which no copy is
_LEAST_SHARED = 8  # items that two sources both speak of
_MOST_SOURCES = 400  # the largest are compared with each other
_MOST_ITEMS = 20_000
_LIKELY = 0.05
_SURE = 40.0  # log odds that no more is added to
WRONG = 10  # wrong values that an item is thought to have
_AROUND = 1.0  # a wrong value is thought to be given by so many more


@dataclass(slots=True)
class Copies:
    """``likely``: pairs of sources, the lower number first, with the probability that one copies the other times the
    share of its claims that it copies."""

    likely: dict[tuple[int, int], float] = field(default_factory=dict)

    def own(self, source: int, before: Sequence[int]) -> float:
        """The chance that a source gives a value by itself, which those ``before`` it give too."""
        chance = 1.0
        for other in before:
            found = self.likely.get((source, other) if source < other else (other, source))
            if found:
                chance *= 1 - found
        return chance


def copies_of(items: Items, chances: Sequence[Sequence[float]], rates: Sequence[float]) -> Copies:
    """The pairs of sources that copy, as far as the values' chances and the sources' rates tell."""
    sizes = [0] * len(rates)
    for item in items.items:
        if item.told_by > 1:
            for sources in item.sources:
                for source in sources:
                    sizes[source] += 1
    order = sorted(range(len(rates)), key=lambda s: (-sizes[s], items.sources[s]))
    large = {s for s in order[:_MOST_SOURCES] if sizes[s] >= _LEAST_SHARED}
    seen: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0] * (1 + len(SHARES)))
    step = max(1, len(items.items) // _MOST_ITEMS)
    for item, of in zip(items.items[::step], chances[::step], strict=True):
        _look([[s for s in sources if s in large] for sources in item.sources], item.sources, of, rates, seen)
    likely = {}
    for pair, (shared, *odds) in seen.items():
        if shared < _LEAST_SHARED:
            continue
        best = max(range(len(SHARES)), key=lambda k: odds[k])
        chance = 1 / (1 + math.exp(-max(-_SURE, min(_SURE, odds[best] + math.log(BEFORE / (1 - BEFORE))))))
        if chance * SHARES[best] >= _LIKELY:
            likely[pair] = chance * SHARES[best]
    return Copies(likely)


def _look(
    mine: list[list[int]],
    everybody: list[list[int]],
    chances: Sequence[float],
    rates: Sequence[float],
    seen: dict[tuple[int, int], list[float]],
) -> None:
    """Add what one item tells of each two sources."""
    told = [(s, v) for v, sources in enumerate(mine) for s in sources]
    wrong = sum(len(s) * (1 - c) for s, c in zip(everybody, chances, strict=True))
    for n, (a, va) in enumerate(told):
        for b, vb in told[n + 1 :]:
            row = seen[(a, b) if a < b else (b, a)]
            row[0] += 1
            if va != vb:
                for k, odds in enumerate(_APART):
                    row[1 + k] += odds
                continue
            c, right = chances[va], rates[a] * rates[b]
            others = (len(everybody[va]) - 2) * (1 - c)
            common = (others + 1 / WRONG) / (max(0.0, wrong - 2 * (1 - c)) + _AROUND)
            by_chance = c * right + (1 - c) * (1 - rates[a]) * (1 - rates[b]) * min(1.0, common)
            copied = c * min(rates[a], rates[b]) + (1 - c) * (1 - max(rates[a], rates[b]))
            for k, share in enumerate(SHARES):
                row[1 + k] += math.log((share * copied + (1 - share) * by_chance) / max(by_chance, 1e-12))
