"""Which contradictions an analyst should be told: named features of two claims that cannot both hold, and weights.

The weights come from training dossiers as the reader reads them, faults and all; see ``tools/train_findings.py``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tawatur.events.families import family
from tawatur.events.weights import likely, read
from tawatur.findings.houses import one_house
from tawatur.findings.named import limited, negated
from tawatur.findings.taken import Taken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tawatur.events.views import Scene, View
    from tawatur.events.weighing import Weighed
    from tawatur.findings.frames import Frame
    from tawatur.findings.relations import Verdict

Feature = tuple[str, float]
JOINT = " & "  # between the names of two features in the row of the table that weighs their product
HOUSE = "bodies of one house"
_REMEMBERED = 4_096  # pairs whose features are kept
_SOFT = 0.02  # added to a chance, so that small ones do not part far
_TAKEN = ("words alike root", "words nearly", "places ", "scene ", "times ", "said ", "figures ")
_KINDS = {
    "completed_suspended": "over", "completed_ongoing": "over", "completed_resumed": "over", "completed_began": "over",
    "completed_other_type": "over", "still_going": "over", "stopped_or_not": "over", "none_remain": "over",
    "all_left": "over", "some_or_all": "over", "held_on": "rivals",
    "two_totals": "part_exceeds_whole", "rivals": "rivals", "held_off": "rivals",
}  # fmt: skip
_MARKED = {"denied", "doubted", "believed", "asserted"}


class Weights(NamedTuple):
    """A table as it is used.

    A weight by feature; of two features that count together, by the first, the others with the weight of the product;
    the names of all that count together with some other.
    """

    alone: Mapping[str, float]
    joint: Mapping[str, Sequence[Feature]]
    met: frozenset[str]


def parted(table: Mapping[str, float]) -> Weights:
    """A table of weights by name, parted into features alone and pairs of them (``ONE & OTHER``)."""
    alone: dict[str, float] = {}
    joint: dict[str, list[Feature]] = defaultdict(list)
    for name, weight in table.items():
        one, pair, other = name.partition(JOINT)
        if pair:
            joint[one].append((other, weight))
        else:
            alone[name] = weight
    met = frozenset(joint) | {other for others in joint.values() for other, _ in others}
    return Weights(alone, joint, met)


@cache
def weights() -> Weights:
    """What ``contradictions.tsv`` holds, which ``tools/train_findings.py`` writes."""
    return parted(read("tawatur.findings", "contradictions.tsv"))


def worth(own: Mapping[str, float], near: Weighed) -> float:
    """The probability that an expert would list a contradiction with these features of its own, of such a pair."""
    known, table = taken(), weights()
    gains = [table.alone.get(name, 0.0) * value for name, value in own.items()] + known.gains(near)
    return likely(math.fsum(gains + _both(table, {**known.among(near), **own})))


def _both(table: Weights, named: Mapping[str, float]) -> list[float]:
    """What features add to the odds two together, in no order."""
    return [
        weight * named[one] * named[other]
        for one in table.joint.keys() & named.keys()
        for other, weight in table.joint[one]
        if other in named
    ]


def taken() -> Taken:
    """Which pair features count for contradictions."""
    return _taken(weights())


def _taken(table: Weights) -> Taken:
    if not _known or _known[-1].weights is not table.alone:
        _known[:] = [Taken(_name, table.alone, table.met)]
    return _known[-1]


def _name(feature: str) -> str:
    """The name of a pair feature among those of contradictions; empty where it does not count."""
    return feature if feature.startswith(_TAKEN) and "one denied" not in feature else ""


_known: list[Taken] = []  # the last one made


class Nearness:
    """What speaks for one happening in each pair of claims, computed once a pair, and whom else each could oppose."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._known: dict[tuple[str, str], tuple[Weighed, float]] = {}  # of the pairs looked at last
        self._opposed: dict[tuple[str, str], tuple[float, int]] = {}  # the likeliest of those pairs, and how many

    def of(self, a: str, b: str) -> tuple[Weighed, float]:
        """The pair features of two claims by id, and the probability that they are of one event."""
        pair = (a, b) if a < b else (b, a)
        known = self._known.get(pair)
        if known is None:
            weigher, x, y = self._scene.weighed(), self._scene.views[pair[0]], self._scene.views[pair[1]]
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            near = weigher.weighed(x, y)
            chance = self._scene.chances.get(pair) or weigher.likelihood(near)
            known = self._known[pair] = near, chance
        return known

    def chance(self, a: str, b: str) -> float:
        """The probability that two claims are of one event."""
        known = self._scene.chances.get((a, b) if a < b else (b, a))
        return self.of(a, b)[1] if known is None else known

    def oppose(self, a: str, b: str, kind: str) -> None:
        """Remember that two claims may contradict each other, by figures or by status (``kind``); once a pair."""
        chance = self.chance(a, b)
        for one in (a, b):
            top, count = self._opposed.get((one, kind), (0.0, 0))
            self._opposed[one, kind] = max(top, chance), count + 1

    def rivalry(self, a: str, b: str, kind: str) -> Iterator[Feature]:
        """How far two claims are behind the likeliest pair that each of them is in, and how many such pairs there are.

        A claim is mostly written against one other: of many that it could contradict, the nearest is meant.
        """
        chance = self.chance(a, b)
        others = [self._opposed.get((one, kind), (chance, 1)) for one in (a, b)]
        behind = [math.log(max(chance, top) + _SOFT) - math.log(chance + _SOFT) for top, _ in others]
        yield f"{kind}: behind, at most", max(behind)
        yield f"{kind}: behind, at least", min(behind)
        yield f"{kind}: could oppose", math.log(max(count for _, count in others))
        if min(behind) == 0.0:
            yield f"{kind}: nearest for " + ("both" if max(behind) == 0.0 else "one"), 1.0


def features(
    verdict: Verdict,
    a: View,
    b: View,
    near: Nearness,
    figures: tuple[Frame, Frame] | None,
    *,
    together: bool,
    beside: Collection[str],
) -> dict[str, float]:
    """Named features of a contradiction beside those of the pair that are ``taken``: its rule, what other figures say.

    ``together`` tells that both are in one event, ``beside`` names the other relations of the two claims.
    """
    kind, known = "figure: " if figures else "status: ", near.of(a.claim.id, b.claim.id)
    named = dict(near.rivalry(a.claim.id, b.claim.id, kind[:-2]))
    named.update(_limits(a, b, kind))
    named[kind + "any"] = 1.0
    named[kind + "rule " + _KINDS.get(verdict.rule, verdict.rule)] = 1.0
    named[kind + "chance"] = known[1]
    named[kind + "odds"] = math.log(known[1]) - math.log1p(-known[1])
    if not together:
        named[kind + "apart"] = 1.0
    if one_house(a.claim, b.claim):
        named[HOUSE] = 1.0
    named.update((kind + "beside " + other, 1.0) for other in beside)
    named.update((kind + "stance " + stance, 1.0) for stance in sorted(_stances(a, b)))
    named[kind + _types(a, b)] = 1.0
    named.update(_figures(figures) if figures else _statuses(a, b))
    return named


def _limits(a: View, b: View, kind: str) -> Iterator[Feature]:
    """Words that are said against somebody: a count that is no more than so many, only these, no other."""
    if limited(a.quote) or limited(b.quote):
        yield "a limit is set", 1.0
    if kind == "figure: ":
        yield "figure: words of negation", negated(a.quote) + negated(b.quote)


def _stances(a: View, b: View) -> set[str]:
    found: set[str] = {link.stance for view in (a, b) for link in view.claim.attribution}
    return found & _MARKED


def _types(a: View, b: View) -> str:
    one, other = a.claim.event_type, b.claim.event_type
    if one == other:
        return "same type"
    return "same family" if family(one) == family(other) else "other family"


def _statuses(a: View, b: View) -> Iterator[Feature]:
    yield "status: " + "+".join(sorted((a.claim.status, b.claim.status))), 1.0
    yield f"status: figures in {bool(a.figures) + bool(b.figures)}", 1.0


def _figures(figures: tuple[Frame, Frame]) -> Iterator[Feature]:
    a, b = figures
    yield "figure: " + "+".join(sorted("running" if f.cumulative else f.quantity for f in figures)), 1.0
    yield "figure: " + ("same population" if a.population == b.population else "other population"), 1.0
    yield f"figure: {a.outcome}", 1.0
    yield from _sizes(a, b)
    yield "figure: noun shared", len(a.group & b.group) / max(1, min(len(a.group), len(b.group)))
    parts = bool(a.figure.part_of) + bool(b.figure.part_of)
    if parts:
        yield f"figure: {parts} part of another figure", 1.0
    yield "figure: many beside", max(0, len(a.claim.figures) + len(b.claim.figures) - 2) / 4
    if None in (a.figure.low, a.figure.high, b.figure.low, b.figure.high):
        yield "figure: open bound", 1.0
    if a.figure.approximate or b.figure.approximate:
        yield "figure: about", 1.0
    if a.denied or b.denied:
        yield "figure: denied", 1.0


def _sizes(a: Frame, b: Frame) -> Iterator[Feature]:
    apart, most = ratio(a, b), max(_point(a), _point(b))
    yield "figure: ratio", apart
    if apart < 0.1:
        yield "figure: nearly equal", 1.0
    if apart > 1.5:
        yield "figure: far apart", 1.0
    yield "figure: size", math.log1p(most) / 10
    if most < 10:
        yield "figure: below ten", 1.0


def ratio(a: Frame, b: Frame) -> float:
    """How far two counts stand apart: the natural logarithm of their ratio, at most 3."""
    return min(3.0, abs(math.log((_point(a) + 1) / (_point(b) + 1))))


def _point(frame: Frame) -> float:
    figure = frame.figure
    return figure.low if figure.low is not None else figure.high or 0.0
