"""Claims with scored pairs to groups: average linkage, under what analysts and copies have settled."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
_Entry = tuple[float, str, str, int, int]


def cluster(
    ids: Iterable[str],
    scores: Mapping[Pair, float],
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    *,
    threshold: float,
    floor: float,
) -> list[tuple[str, ...]]:
    """Groups of ids, each sorted, in sorted order: the two groups with the highest mean score are merged first.

    ``scores`` holds what some pairs have, ``floor`` is taken for the others. ``together`` are merged before,
    ``apart`` never come into one group, unless ``together`` already made them one.
    """
    joined, apart = sorted(together), sorted(apart)
    homes = _parts(ids, [*joined, *(pair for pair, score in scores.items() if score >= threshold)])
    groups = _Groups(homes, floor)
    for a, b in joined:
        groups.settle(a, b)
    for a, b in apart:
        groups.forbid(a, b)
    for (a, b), score in sorted(scores.items()):
        if homes[a] == homes[b]:
            groups.add(a, b, score - floor)
    groups.run(threshold)
    return sorted(tuple(sorted(members)) for members in groups.members.values())


def _parts(ids: Iterable[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """Each id with one of those that pairs lead to from it: what no pair leads to can never come into one group."""
    home = {i: i for i in ids}

    def root(key: str) -> str:
        while (up := home[key]) != key:
            home[key] = key = home[up]
        return key

    for a, b in pairs:
        home[root(a)] = root(b)
    return {key: root(key) for key in home}


class _Groups:
    """Groups under a merge: the members, the sums of scores between groups, and who may not meet."""

    def __init__(self, ids: Iterable[str], floor: float) -> None:
        self.floor = floor
        self.members = {i: [i] for i in sorted(set(ids))}
        self.home = {i: i for i in self.members}
        self.sums: dict[str, dict[str, float]] = defaultdict(dict)
        self.enemies: dict[str, set[str]] = defaultdict(set)
        self.version: dict[str, int] = dict.fromkeys(self.members, 0)

    def settle(self, a: str, b: str) -> None:
        """Merge two groups before any score counts."""
        x, y = self.home[a], self.home[b]
        if x != y:
            self._join(min(x, y), max(x, y))

    def forbid(self, a: str, b: str) -> None:
        """Keep two groups apart."""
        x, y = self.home[a], self.home[b]
        if x != y:
            self.enemies[x].add(y)
            self.enemies[y].add(x)

    def add(self, a: str, b: str, score: float) -> None:
        """Count a pair's score between the groups of the two."""
        x, y = self.home[a], self.home[b]
        if x != y:
            self.sums[x][y] = self.sums[y][x] = self.sums[x].get(y, 0.0) + score

    def run(self, threshold: float) -> None:
        """Merge until no two groups reach the threshold."""
        heap = [e for x, row in self.sums.items() for y in row if x < y for e in self._entry(x, y, threshold)]
        heapq.heapify(heap)
        while heap:
            _, x, y, version_x, version_y = heapq.heappop(heap)
            if self.version.get(x) != version_x or self.version.get(y) != version_y:
                continue
            self._join(x, y)
            for z in sorted(self.sums[x]):
                for entry in self._entry(min(x, z), max(x, z), threshold):
                    heapq.heappush(heap, entry)

    def _entry(self, x: str, y: str, threshold: float) -> Iterable[_Entry]:
        mean = self.floor + self.sums[x][y] / (len(self.members[x]) * len(self.members[y]))
        if mean >= threshold and y not in self.enemies[x]:
            yield -round(mean, 12), x, y, self.version[x], self.version[y]

    def _join(self, x: str, y: str) -> None:
        for member in self.members[y]:
            self.home[member] = x
        self.members[x] += self.members.pop(y)
        self.version[x] += 1
        del self.version[y]
        for z, score in self.sums.pop(y, {}).items():
            del self.sums[z][y]
            if z != x:
                self.sums[x][z] = self.sums[z][x] = self.sums[x].get(z, 0.0) + score
        for z in self.enemies.pop(y, set()):
            self.enemies[z].discard(y)
            self.enemies[z].add(x)
            self.enemies[x].add(z)
