"""What many sources say of many items in, one value an item out, with the sources that stand behind it.

For tables of a source, an item and a value, such as the public sets on which truth discovery is measured: populations
of cities by the editors of an encyclopedia, departures and gates of flights by web sites. Claims of reports are
compared by ``findings``, which knows scopes, clocks and origins; here a row is a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tawatur.fusion.copying import WRONG
from tawatur.fusion.items import Said, items_of
from tawatur.fusion.measuring import Measures, measured
from tawatur.fusion.tables import Layout, layout_of, said_in, told_in
from tawatur.fusion.values import Kind
from tawatur.fusion.weighing import weighed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.fusion.items import Item, Items
    from tawatur.fusion.weighing import Weighed

__all__ = [
    "Copier", "Fused", "Fusion", "Layout", "Measures", "Rival", "Said", "Source", "fuse", "layout_of", "measured",
    "said_in", "told_in",
]  # fmt: skip
METHOD = f"voting-by-rate-1|wrong:{WRONG}"
_COPIES = 0.5  # the probability times the share from which a pair of sources is shown as copying


@dataclass(frozen=True, slots=True)
class Rival:
    """A value of an item, its probability (0 to 1), and who gives it."""

    value: str
    chance: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fused:
    """An item's value, how likely it is, and every value that is given, the likeliest first."""

    item: str
    kind: Kind
    value: str
    chance: float
    values: tuple[Rival, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source: how many rows it has, how many of them on items that others speak of too, and its rate there: the
    mean probability of what it says. Of a source that nothing compares (0 rows) the rate is that of its size."""

    name: str
    said: int
    compared: int
    rate: float


@dataclass(frozen=True, slots=True)
class Copier:
    """Two sources of which one seems to copy the other, and the share of its rows that do."""

    a: str
    b: str
    share: float


@dataclass(frozen=True, slots=True)
class Fusion:
    """The items, the sources and the copiers, each sorted by name, and the method."""

    items: tuple[Fused, ...]
    sources: tuple[Source, ...]
    copiers: tuple[Copier, ...]
    method: str = METHOD


def fuse(rows: Iterable[Said], *, copying: bool = True) -> Fusion:
    """One value an item. ``copying`` False counts every vote in full.

    Numbers: the median of the values' probabilities, the lower one of two (it makes the expected absolute error
    least). Times of the day and words: the likeliest value. The same rows in another order give the same result,
    where no source gives an item two values.
    """
    items = items_of(rows)
    found = weighed(items, copying=copying)
    fused = tuple(_fused(item, chances, items) for item, chances in zip(items.items, found.chances, strict=True))
    return Fusion(fused, _sources(items, found), _copiers(items, found))


def _fused(item: Item, chances: list[float], items: Items) -> Fused:
    kind = items.kinds[item.group]
    order = sorted(range(len(chances)), key=lambda n: (-round(chances[n], 9), _size(item, n), item.values[n].words))
    best = _median(item, chances) if kind == "number" else order[0]
    rivals = tuple(
        Rival(item.values[n].words, round(chances[n], 6), tuple(sorted(items.sources[s] for s in item.sources[n])))
        for n in order
    )
    return Fused(item.name, kind, item.values[best].words, round(chances[best], 6), rivals)


def _size(item: Item, n: int) -> float:
    key = item.values[n].key
    return abs(key) if isinstance(key, float) else 0.0


def _median(item: Item, chances: list[float]) -> int:
    """The value at the middle of the probabilities; values that are no numbers come last."""
    order = sorted(range(len(chances)), key=lambda n: (not isinstance(item.values[n].key, float), _value(item, n)))
    half, sum_so_far = sum(chances) / 2, 0.0
    for n in order:
        sum_so_far += chances[n]
        if sum_so_far >= half - 1e-12:
            return n
    return order[-1]


def _value(item: Item, n: int) -> float:
    key = item.values[n].key
    return key if isinstance(key, float) else 0.0


def _sources(items: Items, found: Weighed) -> tuple[Source, ...]:
    return tuple(
        Source(name, found.said[n], found.compared[n], round(found.rates[n], 4)) for n, name in enumerate(items.sources)
    )


def _copiers(items: Items, found: Weighed) -> tuple[Copier, ...]:
    shares = found.copies.likely.items()
    pairs = [
        (min(names), max(names), share) for (a, b), share in shares for names in [(items.sources[a], items.sources[b])]
    ]
    return tuple(Copier(a, b, round(share, 3)) for a, b, share in sorted(pairs) if share >= _COPIES)
