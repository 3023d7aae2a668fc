#!/usr/bin/env python3
"""How well comparison recovers what is true in synthetic worlds: intervals, contradictions, copies, independence.

usage: bench_compare.py [--seeds N] [--first SEED] [--whole]

Prints a line a measure with the signature that made it. ``--whole`` gives the comparison all that was stated;
without it days, populations and hedges are lost as ``worlds.DEGREES`` says. Counts are judged on the scale of
log(1 + x). The 80 % interval score is the width plus ten times what the truth lies outside by; lower is better.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

import worlds
from tawatur import compare
from tawatur.copies.independence import Origins
from tawatur.findings.clocks import ordinal
from tawatur.findings.intervals import interval
from tawatur.model import Comparison, Estimate, Figure, Span
from tawatur.settings import versions
from worlds import QUANTITIES, Statement, World

OUTSIDE = 10.0  # 2 / (1 - 0.8): what a unit outside the interval costs


@dataclass
class Count:
    """Right, given and wanted, of pairs."""

    hit: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, given: set[frozenset[str]], wanted: set[frozenset[str]]) -> None:
        """Add the pairs of a world."""
        self.hit += len(given & wanted)
        self.given += len(given)
        self.wanted += len(wanted)

    def told(self) -> str:
        """F1, precision and recall in words."""
        p, r = self.hit / max(1, self.given), self.hit / max(1, self.wanted)
        f1 = 2 * self.hit / max(1, self.given + self.wanted)
        return f"F1 {f1:.3f} (precision {p:.3f}, recall {r:.3f}, of {self.wanted})"


@dataclass
class Tally:
    """What was measured over all worlds."""

    scores: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    grades: dict[str, list[tuple[bool, float]]] = field(default_factory=lambda: defaultdict(list))
    abstained: int = 0
    quantities: int = 0
    contradictions: Count = field(default_factory=Count)
    copies: Count = field(default_factory=Count)
    one_origin: int = 0
    told_apart: int = 0


def judge(made: World, tally: Tally) -> None:
    """Compare the claims of a world and add how near that came to the truth."""
    found = compare(made.reports, made.claims)
    _estimates(made, found, tally)
    given = {frozenset((f.a, f.b)) for f in found.findings if f.relation == "contradict"}
    tally.contradictions.add(_stated(made, given), contradictions(made))
    tally.copies.add(_copied(found), made.copied)
    origins = Origins(found.reports, found.claims, found.lineage)
    by_statement: dict[int, list[str]] = defaultdict(list)
    for claim, statement in made.said.items():
        by_statement[id(statement)].append(claim)
    for same in by_statement.values():
        for a, b in combinations(same, 2):
            tally.one_origin += 1
            tally.told_apart += origins.independent(a, b)


def _copied(found: Comparison) -> set[frozenset[str]]:
    """Pairs of reports whose claims were traced to the words of one report."""
    report = {claim.id: claim.report for claim in found.claims}
    carriers: dict[str, set[str]] = defaultdict(set)
    for copy, first in found.lineage.copied_claims:
        carriers[first] |= {report[copy], report[first]}
    return {frozenset(pair) for group in carriers.values() for pair in combinations(sorted(group), 2)}


def _estimates(made: World, found: Comparison, tally: Tally) -> None:
    for n, k in enumerate(made.quantities):
        tally.quantities += 1
        estimate = _of(made, found, k)
        if estimate is None or estimate.best is None or estimate.low is None or estimate.high is None:
            tally.abstained += 1
            continue
        last = len(made.truth[n]) - 1
        day = (ordinal(estimate.as_of) or made.day(last).toordinal()) - made.first.toordinal()
        true = math.log1p(made.truth[n][max(0, min(day, last))])
        low, high = math.log1p(estimate.low), math.log1p(estimate.high)
        tally.scores.append(high - low + OUTSIDE * (max(0.0, low - true) + max(0.0, true - high)))
        tally.covered.append(low <= true <= high)
        tally.errors.append(abs(math.log1p(estimate.best) - true))
        tally.grades[estimate.grade].append((tally.covered[-1], tally.errors[-1]))


def _of(made: World, found: Comparison, k: int) -> Estimate | None:
    """The estimate of a quantity: that of the event that most of its claims are in."""
    quantity = QUANTITIES[k]
    mine = {c for c, s in made.said.items() if made.quantities[s.quantity] == k}
    size = {event.id: len(mine.intersection(event.claims)) for event in found.events}
    of = [e for e in found.estimates if (e.population, e.outcome) == (quantity.population, quantity.outcome)]
    return max(of, key=lambda e: (size[e.event], e.event), default=None)


def contradictions(made: World) -> set[frozenset[str]]:
    """Pairs of statements that truly contradict: of two origins, of one quantity, and no count can satisfy both.

    Statements that no report carries are left out.
    Of one day that is so when their intervals are apart; of two days when the later total is below the earlier one.
    """
    out, carried = set(), {id(s) for s in made.said.values()}
    for a, b in combinations([s for s in made.statements if id(s) in carried], 2):
        if a.quantity != b.quantity or a.origin == b.origin:
            continue
        early, late = (_interval(s) for s in sorted((a, b), key=lambda s: s.day))
        if late[1] < early[0] or (a.day == b.day and early[1] < late[0]):
            out.add(frozenset((_key(a), _key(b))))
    return out


def _stated(made: World, pairs: set[frozenset[str]]) -> set[frozenset[str]]:
    """Pairs of claims as pairs of the statements that they pass on; a statement against itself stands for itself."""
    return {frozenset(_key(made.said[claim]) for claim in pair) for pair in pairs}


def _key(statement: Statement) -> str:
    return f"{statement.origin}/{statement.quantity}/{statement.day}"


def _interval(s: Statement) -> tuple[float, float]:
    return interval(Figure("", Span(0, 1), s.low, s.high, s.approximate, "people", "none"))


def main() -> None:
    """Make the worlds, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    tally = Tally()
    for seed in range(options.first, options.first + options.seeds):
        judge(worlds.world(seed, degraded=not options.whole), tally)
    mean = lambda values: sum(values) / max(1, len(values))  # noqa: E731  used thrice, here only
    print(f"80 % interval score  {mean(tally.scores):.3f}")
    print(f"coverage             {mean(tally.covered):.3f}")
    print(f"log error of best    {mean(tally.errors):.3f}")
    print(f"contradictions       {tally.contradictions.told()}")
    print(f"copy pairs           {tally.copies.told()}")
    print(f"false independence   {tally.told_apart / max(1, tally.one_origin):.4f} of {tally.one_origin} pairs")
    print(f"abstained            {tally.abstained} of {tally.quantities} quantities")
    for grade, rows in sorted(tally.grades.items()):
        right, off = mean([c for c, _ in rows]), mean([e for _, e in rows])
        print(f"  {grade:<10} {len(rows):4d} estimates, coverage {right:.3f}, log error {off:.3f}")
    seeds = f"{options.first}-{options.first + options.seeds - 1}"
    frames = "whole" if options.whole else "degraded"
    made_by = "|".join(f"{name}:{version}" for name, version in versions().items())
    print(f"signature            {made_by}|worlds:{seeds}|frames:{frames}")


if __name__ == "__main__":
    main()
