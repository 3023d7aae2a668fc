"""Verified copies and the order of the reports in, groups of reports that are one account out.

Whole copies of the same words make one group. A report that took a part is grouped with the earliest report that
carries the part: the whole copies of that one stand in their own group and are not named again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.copies.carry import Words, carried, shared
from tawatur.copies.verify import Copy
from tawatur.copies.words import Corpus
from tawatur.model import CopyGroup


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two reports and the words of each that they share."""

    ends: tuple[int, int]
    words: tuple[tuple[Words, ...], tuple[Words, ...]]


def groups(corpus: Corpus, copies: Sequence[Copy], rank: Sequence[int]) -> tuple[CopyGroup, ...]:
    """Copy groups, the earliest report of each first, in the order of their earliest reports."""
    wholes = [c for c in copies if c.kind == "whole"]
    whole = _united([_edge(c) for c in wholes])
    near = _earlier_wholes(wholes, rank)
    parts = [_raised(_edge(c), near) for c in copies if c.kind == "part"]
    part = _united([e for e in parts if not any(set(e.ends) <= members for members in whole)])
    ordered = sorted(
        [(_sorted(m, rank), "whole") for m in whole] + [(_sorted(m, rank), "part") for m in part if len(m) > 1],
        key=lambda g: ([rank[n] for n in g[0]], g[1]),
    )
    return tuple(_group(corpus, members, kind) for members, kind in ordered)


def _group(corpus: Corpus, members: Sequence[int], kind: str) -> CopyGroup:
    shown: Literal["whole", "part"] = "whole" if kind == "whole" else "part"
    return CopyGroup(tuple(corpus.reports[n].id for n in members), shown)


def _sorted(members: Iterable[int], rank: Sequence[int]) -> list[int]:
    return sorted(members, key=rank.__getitem__)


def _edge(copy: Copy) -> _Edge:
    left = tuple((p.a0, p.a1) for p in copy.passages)
    right = tuple((p.b0, p.b1) for p in copy.passages)
    return _Edge((copy.a, copy.b), (left, right))


def _earlier_wholes(wholes: Sequence[Copy], rank: Sequence[int]) -> dict[int, list[tuple[int, Copy]]]:
    """For each report the earlier reports that it is a whole copy of, the earliest first."""
    near: dict[int, list[tuple[int, Copy]]] = defaultdict(list)
    for copy in wholes:
        late, early = sorted((copy.a, copy.b), key=rank.__getitem__, reverse=True)
        near[late].append((early, copy))
    return {n: sorted(found, key=lambda item: rank[item[0]]) for n, found in near.items()}


def _raised(edge: _Edge, near: dict[int, list[tuple[int, Copy]]]) -> _Edge:
    """The same shared words between the earliest whole copies of both ends that carry them."""
    sides = [_highest(n, words, near) for n, words in zip(edge.ends, edge.words, strict=True)]
    return _Edge((sides[0][0], sides[1][0]), (sides[0][1], sides[1][1]))


def _highest(
    n: int, words: tuple[Words, ...], near: dict[int, list[tuple[int, Copy]]]
) -> tuple[int, tuple[Words, ...]]:
    for early, copy in near.get(n, ()):
        turned = [p.turned() if copy.b == n else p for p in copy.passages]
        found = tuple(w for piece in words if (w := carried(turned, piece)))
        if len(found) == len(words):
            return _highest(early, found, near)
    return n, words


def _united(edges: Sequence[_Edge]) -> list[set[int]]:
    """Sets of reports whose edges lie on the same words of a report that they meet in."""
    owner = list(range(len(edges)))

    def top(k: int) -> int:
        while owner[k] != k:
            owner[k] = owner[owner[k]]
            k = owner[k]
        return k

    for same in _on_same_words(edges):
        for k in same[1:]:
            owner[top(k)] = top(same[0])
    members: dict[int, set[int]] = defaultdict(set)
    for k, edge in enumerate(edges):
        members[top(k)].update(edge.ends)
    return list(members.values())


def _on_same_words(edges: Sequence[_Edge]) -> list[list[int]]:
    meeting: dict[int, list[tuple[int, tuple[Words, ...]]]] = defaultdict(list)
    for k, edge in enumerate(edges):
        for n, words in zip(edge.ends, edge.words, strict=True):
            meeting[n].append((k, words))
    out: list[list[int]] = []
    for items in meeting.values():
        clusters: list[tuple[tuple[Words, ...], list[int]]] = []
        for k, words in sorted(items, key=lambda item: (-_size(item[1]), item[0])):
            home = next((c for c in clusters if 2 * _common(c[0], words) >= _size(words)), None)
            if home:
                home[1].append(k)
            else:
                clusters.append((words, [k]))
        out += [same for _, same in clusters]
    return out


def _size(words: Iterable[Words]) -> int:
    return sum(end - start for start, end in words)


def _common(a: Iterable[Words], b: Sequence[Words]) -> int:
    return sum(shared(x, y) for x in a for y in b)
