"""Decided directions in, one order of all reports out that keeps to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush


def ranks(count: int, earlier: Iterable[tuple[int, int]]) -> list[int]:
    """The rank of each of ``count`` reports; ``earlier`` are pairs (earlier, later).

    Where nothing is decided, and where decisions go round in a circle, the reports keep the order of their numbers.
    """
    pairs = set(earlier)
    if all(early < late for early, late in pairs):
        return list(range(count))
    after: dict[int, set[int]] = defaultdict(set)
    waits = [0] * count
    for early, late in pairs:
        after[early].add(late)
        waits[late] += 1
    ready = [n for n in range(count) if not waits[n]]
    heapify(ready)
    rank = [-1] * count
    held, given = 0, 0
    while given < count:
        if not ready:
            while rank[held] >= 0:
                held += 1
            ready = [held]
        n = heappop(ready)
        if rank[n] >= 0:
            continue
        rank[n], given = given, given + 1
        for late in after[n]:
            waits[late] -= 1
            if waits[late] == 0 and rank[late] < 0:
                heappush(ready, late)
    return rank
