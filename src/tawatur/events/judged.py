"""Analysts' decisions and copies as pairs that belong together or apart; what cannot hold with the rest is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tawatur.model import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from tawatur.model import Judgement, Lineage, OnIssue

Pair = tuple[str, str]


def settled(
    judgements: Iterable[Judgement], lineage: Lineage, known: Set[str], on_issue: OnIssue
) -> tuple[list[Pair], list[Pair]]:
    """Pairs that are one event and pairs that are not. Of two decisions on one pair the later one stands.

    A decision that contradicts what earlier ones imply is refused with an issue, and so is one about a claim that is
    not there. Copies of one claim are together unless an analyst keeps them apart.
    """
    union = _Union()
    apart: list[Pair] = []
    for judgement in _standing(judgements):
        pair = (min(judgement.a, judgement.b), max(judgement.a, judgement.b))
        reason = _fault(judgement, pair, known, union, apart)
        if reason:
            on_issue(Issue("judgements", f"{judgement.a} {judgement.b}", reason, "withdraw one of the decisions"))
        elif judgement.verdict == "same":
            union.join(*pair)
        elif judgement.verdict == "different":
            apart.append(pair)
    for copy, original in sorted(lineage.copied_claims):
        if {copy, original} <= known and not _splits(union, apart, copy, original):
            union.join(copy, original)
    return union.pairs(), apart


def _standing(judgements: Iterable[Judgement]) -> Sequence[Judgement]:
    ordered = sorted(judgements, key=lambda j: (j.time, j.author, j.a, j.b, j.verdict, j.reason))
    latest = {frozenset((j.a, j.b)): j for j in ordered}
    return [j for j in ordered if latest[frozenset((j.a, j.b))] is j]


def _fault(judgement: Judgement, pair: Pair, known: Set[str], union: _Union, apart: list[Pair]) -> str:
    if pair[0] == pair[1]:
        return "a decision about a claim and itself"
    if not set(pair) <= known:
        return "a decision about a claim that is not there"
    if judgement.verdict == "same" and _splits(union, apart, *pair):
        return "'same' closes a cycle with a 'different' that was decided before"
    if judgement.verdict == "different" and union.root(pair[0]) == union.root(pair[1]):
        return "'different' parts claims that earlier decisions made the same"
    return ""


def _splits(union: _Union, apart: Iterable[Pair], a: str, b: str) -> bool:
    joined = {union.root(a), union.root(b)}
    return len(joined) == 2 and any({union.root(x), union.root(y)} == joined for x, y in apart)


class _Union:
    """Sets of claims that are one."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The smallest id of the set that holds ``key``."""
        while (up := self._parent.get(key, key)) != key:
            key = up
        return key

    def join(self, a: str, b: str) -> None:
        """Make two sets one."""
        x, y = sorted((self.root(a), self.root(b)))
        self._parent[y] = x
        for key in (a, b):
            if key != x:
                self._parent[key] = x

    def pairs(self) -> list[Pair]:
        """Every member with the root of its set."""
        return sorted((self.root(key), key) for key in self._parent if self.root(key) != key)
