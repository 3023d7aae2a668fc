"""The claims of one event in, the relation of each two of them out: at most one a pair, with what it stands on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from tawatur.copies.independence import Origins
from tawatur.events.blocking import pairs, parcels
from tawatur.findings import against as contradiction
from tawatur.findings.against import HOUSE, ratio
from tawatur.findings.frames import Frame, frames
from tawatur.findings.relations import Verdict, doubts, relate
from tawatur.findings.statuses import relate_statuses, status_doubts
from tawatur.findings.telling import worth

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from tawatur.events.blocking import Mapped
    from tawatur.events.views import Scene
    from tawatur.findings.against import Nearness
    from tawatur.model import Claim, Lineage, Report

Frames = dict[str, tuple[Frame, ...]]
Found = list[tuple[Verdict, tuple[Frame, Frame] | None]]
TOLD = ("contradict", "update", "part", "agree")  # the contract scores these; the first that holds stands
SHOWN = ("variant", "revision", "unknown", "not_comparable")  # shown where nothing is told: near misses
_NEAR = {
    "same_origin",
    "same_origin_population",
    "falls_same_origin",
    "no_time",
    "populations_beside",
    "stock_and_flow",
}
NEAR_ENOUGH = 0.1  # the probability of one event from which claims of two events are set against each other
LIKELY = 0.3  # the same, for the contradictions that are told whatever their weight
LEAST: dict[str, float] = {"contradict": 0.2, "update": 0.15, "part": 0.2, "agree": 0.2}
ALWAYS = {
    "completed_suspended",
    "none_remain",
    "batch_in_total",
    "grows_same_origin",
    "denied_figure",
}  # told whatever the weights say
_PAIRS = 10_000  # a parcel of work
LARGE = 200  # claims of an event in which every two are compared


@dataclass(frozen=True, slots=True)
class Pair:
    """A verdict on two claims, with the two figures that it compares, or None where it compares statuses."""

    a: str
    b: str
    verdict: Verdict
    figures: tuple[Frame, Frame] | None
    worth: float
    named: Mapping[str, float] = field(default_factory=dict)  # features of a contradiction


def origins_and_frames(claims: Iterable[Claim], reports: Iterable[Report], lineage: Lineage) -> tuple[Origins, Frames]:
    """Who stands behind each claim, and the frames of its figures."""
    kept, by_report = list(claims), {r.id: r for r in reports}
    origins = Origins(list(by_report.values()), kept, lineage)
    return origins, {c.id: frames(c, by_report.get(c.report), origins.key(c.id)) for c in kept}


def verdicts(
    a: str, b: str, scene: Scene, of: Mapping[str, Sequence[Frame]], independent: bool
) -> Iterator[tuple[Verdict, tuple[Frame, Frame] | None]]:
    """Every verdict on two claims: by each two of their figures, then by their statuses.

    That the same happened in both is no agreement when they count groups beside each other.
    """
    beside = False
    for x in of[a]:
        for y in of[b]:
            if not _partners(x, y, of[a], of[b]):
                continue
            verdict = relate(x, y, independent=independent)
            beside = beside or verdict.rule == "populations_beside"
            yield verdict, (x, y)
            if independent and not (_kin(x, y) is None and (_met(x, of[b]) or _met(y, of[a]))):
                yield from ((other, (x, y)) for other in doubts(x, y, verdict))
    by_status = relate_statuses(scene.views[a], scene.views[b], independent=independent)
    if by_status and not (beside and by_status.relation == "agree"):
        yield by_status, None
    if independent:
        yield from ((other, None) for other in status_doubts(scene.views[a], scene.views[b], by_status))


def _kin(x: Frame, y: Frame) -> tuple[str, str] | None:
    """What two figures both count; None where they count two things."""
    return (x.population, x.outcome) if (x.population, x.outcome) == (y.population, y.outcome) else None


def _met(x: Frame, others: Sequence[Frame]) -> bool:
    return any(_kin(x, other) for other in others)


def _partners(x: Frame, y: Frame, beside_x: Sequence[Frame], beside_y: Sequence[Frame]) -> bool:
    """False where one of the claims has a nearer figure of the same kind: it counts two groups side by side."""
    if (x.population, x.outcome) != (y.population, y.outcome):
        return True
    kin_x, kin_y = (
        [f for f in beside if (f.population, f.outcome) == (x.population, x.outcome)] for beside in (beside_x, beside_y)
    )
    apart = ratio(x, y)
    return all(ratio(f, y) >= apart for f in kin_x) and all(ratio(x, f) >= apart for f in kin_y)


def of_one_event(scene: Scene, home: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The pairs of claims worth a look that stand in one event, by event."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for a, b in pairs(scene):
        if home.get(a) == (event := home.get(b)) and event is not None:
            found[event].append((a, b))
    return found


def within(members: Sequence[str], near: Sequence[tuple[str, str]] | None) -> Iterable[tuple[str, str]]:
    """The pairs of an event's claims that are compared: all, in a large event those worth a look (``near``)."""
    if len(members) <= LARGE:
        return combinations(sorted(members), 2)
    kept = set(members)
    return [(a, b) for a, b in near or () if a in kept and b in kept]


def related(
    members: Iterable[tuple[str, str]], scene: Scene, of: Frames, origins: Origins, near: Nearness
) -> Iterator[Pair]:
    """The relation of two claims of an event, where it is worth telling. The caller leaves copies out."""
    for a, b in members:
        found = list(verdicts(a, b, scene, of, origins.independent(a, b)))
        best = _first([_weighed(a, b, found, at, scene, near) for at in range(len(found))], ALWAYS)
        if best:
            yield best


def comparable(
    home: Mapping[str, str],
    left_out: Container[str],
    scene: Scene,
    of: Frames,
    origins: Origins,
    near: Nearness,
    mapped: Mapped = map,
) -> list[tuple[str, str]]:
    """The pairs of claims that have a relation by some rule and are near enough or of one event.

    ``home`` is the event of each claim. ``near`` is told which may contradict each other, so that each of them can be
    weighed against the others; claims of one origin contradict each other only within an event.
    """
    parts = parcels(pairs(scene), _PAIRS)
    task = partial(_comparable, home=home, left_out=left_out, scene=scene, of=of, origins=origins, near=near)
    kept: list[tuple[str, str]] = []
    for part, found in zip(parts, mapped(task, parts), strict=True):
        for at, kinds in found:
            a, b = part[at]
            kept.append((a, b))
            for kind in kinds:
                near.oppose(a, b, kind)
    return kept


def _comparable(
    part: Sequence[tuple[str, str]],
    home: Mapping[str, str],
    left_out: Container[str],
    scene: Scene,
    of: Frames,
    origins: Origins,
    near: Nearness,
) -> list[tuple[int, tuple[str, ...]]]:
    """Which of some pairs are comparable, by their places, and by what each of them may contradict each other."""
    kept: list[tuple[int, tuple[str, ...]]] = []
    for at, (a, b) in enumerate(part):
        if a in left_out or b in left_out:
            continue
        if home.get(a) != home.get(b) and near.chance(a, b) < NEAR_ENOUGH:
            continue
        found = standing(a, b, scene, of, origins)
        if any(verdict.relation in TOLD for verdict, _ in found):
            kinds = {"figure" if figures else "status" for v, figures in found if v.relation == "contradict"}
            kept.append((at, tuple(sorted(kinds))))
    return kept


def standing(a: str, b: str, scene: Scene, of: Frames, origins: Origins) -> Found:
    """The verdicts on two claims; those of one origin do not contradict each other."""
    independent = origins.independent(a, b)
    return [t for t in verdicts(a, b, scene, of, independent) if independent or t[0].relation != "contradict"]


def across(
    comparable: Iterable[tuple[str, str]], scene: Scene, of: Frames, origins: Origins, near: Nearness
) -> Iterator[Pair]:
    """Of ``comparable`` pairs of claims that stand in two events, those that may still speak of one happening."""
    for a, b in comparable:
        likely = near.chance(a, b) >= LIKELY
        both = standing(a, b, scene, of, origins)
        weighed = [_weighed(a, b, both, at, scene, near, together=False) for at in range(len(both))]
        best = _first(weighed, ALWAYS if likely else frozenset())
        if best and best.verdict.relation in TOLD:
            yield best


def against(a: str, b: str, found: Found, scene: Scene, near: Nearness, *, together: bool) -> list[Pair]:
    """The contradictions among the verdicts on two claims of different origins, weighed, with all their features."""
    places = [at for at, (verdict, _) in enumerate(found) if verdict.relation == "contradict"]
    pairs = [_weighed(a, b, found, at, scene, near, together=together) for at in places]
    of_pair = dict(contradiction.taken().features(near.of(a, b)[0]))
    return [replace(pair, named={**of_pair, **pair.named}) for pair in pairs]


def _weighed(a: str, b: str, found: Found, at: int, scene: Scene, near: Nearness, *, together: bool = True) -> Pair:
    verdict, figures = found[at]
    if verdict.relation not in TOLD:
        return Pair(a, b, verdict, figures, 0.0)
    x, y = scene.views[a], scene.views[b]
    if verdict.relation != "contradict":
        return Pair(a, b, verdict, figures, worth(verdict, x, y, near, figures))
    named = contradiction.features(verdict, x, y, near, figures, together=together, beside=_beside(found, at))
    return Pair(a, b, verdict, figures, contradiction.worth(named, near.of(a, b)[0]), named)


def _beside(found: Found, at: int) -> set[str]:
    """The other relations of two claims, by other figures or by status."""
    return {
        ("figure " if figures else "status ") + verdict.relation
        for n, (verdict, figures) in enumerate(found)
        if n != at and verdict.relation in TOLD and (not figures or _where(figures) != _where(found[at][1]))
    }


def _first(found: Sequence[Pair], always: Container[str]) -> Pair | None:
    """The first of contradict, update, part, agree that is worth telling; else a near miss, and why it is none."""
    told = [
        p
        for p in _likelier(found)
        if p.verdict.relation in TOLD and (p.worth >= LEAST[p.verdict.relation] or _sure(p, always))
    ]
    if told:
        return min(told, key=lambda p: (TOLD.index(p.verdict.relation), -round(p.worth, 9), _where(p.figures)))
    shown = [p for p in found if p.verdict.rule in _NEAR]
    return min(shown, key=lambda p: (SHOWN.index(p.verdict.relation), _where(p.figures)), default=None)


def _sure(pair: Pair, always: Container[str]) -> bool:
    """True when a rule is told whatever the weights say; a house that contradicts itself is weighed."""
    return pair.verdict.rule in always and HOUSE not in pair.named


def _likelier(found: Sequence[Pair]) -> list[Pair]:
    """Of several verdicts on the same two figures the one that is most worth telling."""
    best: dict[tuple[int, ...], Pair] = {}
    for pair in found:
        key = _where(pair.figures)
        if key not in best or pair.worth > best[key].worth:
            best[key] = pair
    return list(best.values())


def _where(figures: tuple[Frame, Frame] | None) -> tuple[int, ...]:
    return tuple(f.figure.span.start for f in figures) if figures else ()
