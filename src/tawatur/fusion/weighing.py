"""Who says what of which item in; how likely each value is and how often each source is right out.

The model is Bayesian voting (Dong, Berti-Equille, Srivastava: Integrating conflicting data, VLDB 2009): a source that
is right with probability A adds log(n A / (1 - A)) to the value that it gives, where n is how many wrong values an item
has; a value's probability follows, a source's A is the mean probability of its values, and so on in turn. Votes of
sources that copy count less (``copying``). What is our own: near numbers lend each other a part of their votes; A is
known per attribute, drawn to the source's own; and a source that is seen little is taken for one of its size.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from tawatur.fusion.copying import WRONG, Copies, copies_of
from tawatur.fusion.items import Item, Items

LENT = 0.5  # of the votes of a near number
START = 0.8
FEW = 4.0  # claims that a source's size weighs as much as
FEW_OF_ONE = 12.0  # claims about one attribute that the source's other claims weigh as much as
LEAST, MOST = 0.05, 0.99
ROUNDS, STEPS = 4, 6
_SETTLED = 1e-4  # rates that change less
_MOST_ITEMS = 40_000


@dataclass(slots=True)
class Weighed:
    """Probabilities of the values of each item, the rate at which each source is right, and who copies whom."""

    chances: list[list[float]]
    rates: list[float]
    by_group: dict[tuple[int, int], float]
    copies: Copies
    said: list[int]  # by source, claims
    compared: list[int]  # by source, claims about items that others speak of too

    def vote(self, source: int, group: int) -> float:
        """What a source's word adds to a value, in log odds."""
        rate = min(MOST, max(LEAST, self.by_group.get((source, group), self.rates[source])))
        return math.log(WRONG * rate / (1 - rate))


def weighed(items: Items, *, copying: bool = True) -> Weighed:
    """Values and sources weighed against each other until they settle; the same for the same rows in any order."""
    count = len(items.sources)
    w = Weighed([], [START] * count, {}, Copies(), [0] * count, [0] * count)
    for item in items.items:
        several = item.told_by > 1
        for sources in item.sources:
            for source in sources:
                w.said[source] += 1
                w.compared[source] += several
    shown = _shown(items)
    if copying:  # before the rates are learned: a clique that outvotes the others would teach its own
        w.copies = copies_of(shown, [_chances(item, w) for item in shown.items], w.rates)
    for turn in range(ROUNDS):
        for _ in range(STEPS):
            before = w.rates
            w.chances = [_chances(item, w) for item in shown.items]
            _rate(shown, w)
            if all(abs(x - y) < _SETTLED for x, y in zip(before, w.rates, strict=True)):
                break
        if not copying or turn == ROUNDS - 1:
            break
        w.copies = copies_of(shown, w.chances, w.rates)
    w.chances = [_chances(item, w) for item in items.items]
    return w


def _shown(items: Items) -> Items:
    """The items that sources are compared on: those that several speak of, of very many a part at even steps."""
    several = [item for item in items.items if item.told_by > 1]
    return replace(items, items=several[:: max(1, len(several) // _MOST_ITEMS)])


def _chances(item: Item, w: Weighed) -> list[float]:
    votes = [_votes(sources, item.group, w) for sources in item.sources]
    lent = votes[:]
    for i, j, how in item.near:
        lent[i] += LENT * how * votes[j]
    for i, odds in enumerate(item.likely):
        lent[i] += odds
    top = max(0.0, *lent)
    shares = [math.exp(v - top) for v in lent]
    whole = sum(shares) + max(0, WRONG + 1 - len(shares)) * math.exp(-top)
    return [share / whole for share in shares]


def _votes(sources: list[int], group: int, w: Weighed) -> float:
    """The votes for one value; those who may have it from a better source before them count less."""
    if len(sources) == 1 or not w.copies.likely:
        return sum(w.vote(s, group) for s in sources)
    total, before = 0.0, list[int]()
    for source in sorted(sources, key=lambda s: (-w.rates[s], s)):
        total += w.vote(source, group) * w.copies.own(source, before)
        before.append(source)
    return total


def _rate(items: Items, w: Weighed) -> None:
    """How often each source is right, from the chances of what it says of items that others speak of."""
    right: dict[tuple[int, int], float] = defaultdict(float)
    told: dict[tuple[int, int], int] = defaultdict(int)
    for item, chances in zip(items.items, w.chances, strict=True):
        fits = _fits(item, chances)
        for sources, fit in zip(item.sources, fits, strict=True):
            for source in sources:
                right[source, item.group] += fit
                told[source, item.group] += 1
    of_right, of_told = [0.0] * len(w.rates), [0] * len(w.rates)
    for (source, group), n in told.items():
        of_right[source] += right[source, group]
        of_told[source] += n
    sizes = _by_size(of_right, of_told, w.said)
    w.rates = [(of_right[s] + FEW * sizes[w.said[s].bit_length()]) / (of_told[s] + FEW) for s in range(len(w.rates))]
    w.by_group = (
        {(s, g): (right[s, g] + FEW_OF_ONE * w.rates[s]) / (n + FEW_OF_ONE) for (s, g), n in told.items()}
        if len(items.groups) > 1
        else {}
    )


def _fits(item: Item, chances: list[float]) -> list[float]:
    """How well each value fits the truth: its chance, and those of near numbers as far as they are near."""
    fits = chances[:]
    for i, j, how in item.near:
        fits[i] += how * chances[j]
    return [min(1.0, fit) for fit in fits]


def _by_size(right: list[float], told: list[int], said: list[int]) -> dict[int, float]:
    """How often sources of a size are right, by the binary digits of their number of claims."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for r, n, size in zip(right, told, said, strict=True):
        sums[size.bit_length()][0] += r
        sums[size.bit_length()][1] += n
    all_right, all_told = sum(r for r, _ in sums.values()), sum(n for _, n in sums.values())
    mean = (all_right + FEW * START) / (all_told + FEW)
    return {size: (r + 20 * mean) / (n + 20) for size, (r, n) in sums.items()}
