"""Measures of a dossier as a whole: copies, events, relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from tawatur.score.names import Json

Pair = frozenset[str]
Relation = tuple[Pair, str]
Counts = tuple[int, int, int]
_RELATIONS = frozenset({"agree", "update", "part", "contradict"})
#: Outcomes that do not make a series of counts a series of something else.
_NEUTRAL = frozenset({"none", "carried_out"})


class Whole:
    """Counts over dossiers. B-cubed runs over the gold claims; those that were not found are lost recall."""

    def __init__(self) -> None:
        self.gold = self.found = 0
        self.precision = self.recall = 0.0

    def add(
        self, gold: Json, prediction: Json, to_gold: dict[str, str], kept: set[str], dropped: set[str]
    ) -> dict[str, Counts]:
        """Counts by measure for one dossier.

        ``to_gold`` leads from predicted to gold claims, ``kept`` holds ids that count, ``dropped`` predicted
        claims that do not.
        """
        ours = {c: str(e["id"]) for e in gold.get("events") or () for c in e["claims"] if c in kept}
        theirs = {to_gold[c]: str(e["id"]) for e in prediction.get("events") or () for c in e["claims"] if c in to_gold}
        self._b_cubed(ours, theirs)
        a, b = gold_relations(gold, kept), _predicted_relations(gold, prediction, to_gold, dropped)
        contradict = [{r for r in relations if r[1] == "contradict"} for relations in (a, b)]
        return {
            "copies": _count(_copies(gold, kept), _copies(prediction, kept)),
            "events.links": _count(_pairs(_members(ours).values()), _pairs(_members(theirs).values())),
            "relations": _count(a, b),
            "relations.contradict": _count(*contradict),
        }

    def b_cubed(self) -> tuple[float, float, int, int]:
        """Precision, recall, gold claims, found claims."""
        precision = self.precision / self.found if self.found else 0.0
        return precision, self.recall / self.gold if self.gold else 0.0, self.gold, self.found

    def _b_cubed(self, ours: dict[str, str], theirs: dict[str, str]) -> None:
        by_ours, by_theirs = _members(ours), _members(theirs)
        self.gold += len(ours)
        for claim in sorted(ours.keys() & theirs.keys()):
            mine, other = by_ours[ours[claim]], by_theirs[theirs[claim]]
            self.found += 1
            self.precision += len(mine & other) / len(other)
            self.recall += len(mine & other) / len(mine)


def gold_relations(gold: Json, kept: set[str]) -> set[Relation]:
    """The gold relations of claims that count, with those that follow from series of updates."""
    rows = [r for r in gold.get("relations") or () if {r["a"], r["b"]} <= kept]
    return _series({(frozenset((r["a"], r["b"])), r["relation"]) for r in rows}, _outcomes(gold))


def _predicted_relations(gold: Json, prediction: Json, to_gold: dict[str, str], dropped: set[str]) -> set[Relation]:
    """Predicted relations between gold claims; a claim that matches none keeps its own id, marked."""
    out = set()
    for row in prediction.get("relations") or ():
        if row["relation"] in _RELATIONS and not {row["a"], row["b"]} & dropped:
            a, b = (to_gold.get(row[side], "?" + row[side]) for side in "ab")
            if a != b:
                out.add((frozenset((a, b)), row["relation"]))
    return _series(out, _outcomes(gold))


def _outcomes(gold: Json) -> dict[str, set[str]]:
    claims = [c for of_report in gold["claims"].values() for c in of_report]
    return {c["id"]: {f.get("outcome") for f in c.get("figures") or ()} - _NEUTRAL for c in claims}


def _series(relations: set[Relation], outcomes: dict[str, set[str]]) -> set[Relation]:
    """The relations, and ``update`` for every further pair of a series that updates connect.

    A claim with figures of several outcomes ends a series: it does not carry one into another.
    """
    next_to: defaultdict[str, set[str]] = defaultdict(set)
    for pair, kind in relations:
        if kind == "update" and len(pair) == 2:
            for claim in pair:
                next_to[claim] |= pair - {claim}
    taken = {pair for pair, _ in relations}
    reached = {frozenset((first, other)) for first in list(next_to) for other in _reach(first, next_to, outcomes)}
    return relations | {(pair, "update") for pair in reached - taken}


def _reach(first: str, next_to: dict[str, set[str]], outcomes: dict[str, set[str]]) -> set[str]:
    seen, edge = {first}, [first]
    while edge:
        step = {other for claim in edge for other in next_to[claim]} - seen
        seen |= step
        edge = [claim for claim in step if len(outcomes.get(claim, ())) < 2]
    return seen - {first}


def _copies(dossier: Json, kept: set[str]) -> set[Pair]:
    return _pairs(set(group["reports"]) & kept for group in dossier.get("copies") or ())


def _members(event_of: dict[str, str]) -> dict[str, set[str]]:
    out: defaultdict[str, set[str]] = defaultdict(set)
    for claim, event in event_of.items():
        out[event].add(claim)
    return out


def _pairs(groups: Iterable[set[str]]) -> set[Pair]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


def _count(ours: set[Pair] | set[Relation], theirs: set[Pair] | set[Relation]) -> Counts:
    return len(ours), len(theirs), len(ours & theirs)
