"""What sources say of items, numbered once, so that weighing goes over whole numbers instead of words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median, median_low

from tawatur.fusion.values import Kind, Value, kind_of, parsed

_NAME = re.compile(r"[^\W\d_][^\W_]*(?:[ -][^\W_]+)*")  # an attribute's name has letters
_CUT = re.compile(r"[|:#/;\t_.,]+| - ")
_MOST_ATTRIBUTES = 40
_LEAST_ITEMS = 25  # on the mean, for what ends items to be the name of an attribute
SIZE = 0.5  # of a normal curve's worth that the size of a number counts: numbers have longer tails than that curve
_OF_A_CURVE = 1.4826  # a normal curve's standard deviation over its median distance from the middle
_LEAST_USUAL = 0.5
_FARTHEST = 6.0  # usual distances; what lies farther is as unlikely
NEAR = 0.1  # numbers that differ by more than this share say nothing for each other


@dataclass(frozen=True, slots=True)
class Said:
    """One row: who says it, of what, and the words."""

    source: str
    item: str
    value: str
    attribute: str = ""


@dataclass(slots=True)
class Item:
    """An item: what is said of it, each value with the sources that say so (numbers), and which values are near.

    ``near`` holds, for each pair of values in that order, how near they are, from 0 to 1, where that is not 0.
    """

    name: str
    group: int
    values: list[Value]
    sources: list[list[int]]
    near: list[tuple[int, int, float]] = field(default_factory=list)
    likely: list[float] = field(default_factory=list)  # of each value, how likely its size is, as log odds of at most 0

    @property
    def told_by(self) -> int:
        """How many sources say something of it."""
        return sum(map(len, self.sources))


@dataclass(slots=True)
class Items:
    """All items, with the names of sources and of attributes, and what kind of values each attribute has."""

    items: list[Item]
    sources: list[str]
    groups: list[str]
    kinds: list[Kind]


def items_of(rows: Iterable[Said]) -> Items:
    """Rows to items, sorted by name, as sources are. Of several values that a source gives an item the last counts."""
    last: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        of = last[row.item, row.attribute]
        of.pop(row.source, None)
        of[row.source] = row.value
    named = _attributes(last)
    groups = sorted(set(named.values()))
    kinds = [kind_of(_words(last, named, group)) for group in groups]
    names = sorted({source for said in last.values() for source in said})
    numbers = {name: n for n, name in enumerate(names)}
    found = []
    for key, said in sorted(last.items()):
        group = groups.index(named[key])
        by_value: dict[Value, list[int]] = {}
        for source, words in sorted(said.items()):
            by_value.setdefault(parsed(words, kinds[group]), []).append(numbers[source])
        found.append(_item(" | ".join(filter(None, key)), group, by_value, kinds[group]))
    for group, kind in enumerate(kinds):
        if kind == "number":
            _weigh_sizes([item for item in found if item.group == group])
    return Items(found, names, groups, kinds)


def _weigh_sizes(items: list[Item]) -> None:
    """Note how likely the size of each number is among all numbers of an attribute, by its distance from the middle in
    logarithms. Slips of the hand make numbers far too large, and one of them outweighs all else in a mean error."""
    sizes = [[_log_size(value) for value in item.values] for item in items]
    told = sorted(median_low([size for size, by in zip(of, item.sources, strict=True) for _ in by])
                  for item, of in zip(items, sizes, strict=True))  # fmt: skip
    middle = median(told)
    usual = max(_LEAST_USUAL, _OF_A_CURVE * median(abs(size - middle) for size in told))
    for item, found in zip(items, sizes, strict=True):
        item.likely = [-SIZE * min(_FARTHEST, abs(size - middle) / usual) ** 2 / 2 for size in found]


def _log_size(value: Value) -> float:
    return math.log1p(abs(value.key)) if isinstance(value.key, float) else 0.0


def _item(name: str, group: int, by_value: dict[Value, list[int]], kind: Kind) -> Item:
    values = list(by_value)
    near = []
    if kind == "number":
        points = [v.key if isinstance(v.key, float) else math.nan for v in values]
        for i, x in enumerate(points):
            near += [(i, j, how) for j, y in enumerate(points) if i != j and (how := nearness(x, y)) > 0]
    return Item(name, group, values, list(by_value.values()), near)


def nearness(x: float, y: float) -> float:
    """How near two numbers are: 1 for the same, 0 from a tenth of the larger on, or where one is no number."""
    most = max(abs(x), abs(y))
    return max(0.0, 1 - abs(x - y) / (NEAR * most)) if most else float(x == y)


def _attributes(last: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The attribute of each item: told in a column, or the word that ends or begins all items and is one of few."""
    keys = list(last)
    if any(attribute for _, attribute in keys):
        return {key: key[1] for key in keys}
    cut = [(key, _CUT.split(key[0].strip())) for key in keys]
    for at in (-1, 0):
        names = Counter(parts[at].strip().casefold() for _, parts in cut if len(parts) > 1)
        enough = sum(names.values()) >= max(0.99 * len(keys), _LEAST_ITEMS * len(names))
        if 1 < len(names) <= _MOST_ATTRIBUTES and enough and all(map(_NAME.search, names)):
            return {key: parts[at].strip().casefold() if len(parts) > 1 else "" for key, parts in cut}
    return dict.fromkeys(keys, "")


def _words(last: dict[tuple[str, str], dict[str, str]], named: dict[tuple[str, str], str], group: str) -> Iterator[str]:
    for key, said in last.items():
        if named[key] == group:
            yield from said.values()
