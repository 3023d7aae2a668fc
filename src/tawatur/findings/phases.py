"""An event in, how it went by each origin out: phases along as-of days, and where two origins cannot both hold."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tawatur.events.label import type_names
from tawatur.findings.ground import day
from tawatur.findings.nouns import Clash, Phase, Story, Words
from tawatur.findings.phrasing import added, names_of, when, words
from tawatur.findings.wording import term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import PhaseName
    from tawatur.model import Claim, Event, Finding

ORDER: tuple[PhaseName, ...] = (
    "planned", "possible", "began", "ongoing", "suspended", "resumed", "completed", "occurred", "denied"
)  # fmt: skip


def stories(ground: Ground) -> tuple[Story, ...]:
    """The story of every event, by id."""
    return tuple(story(ground, event) for event in ground.events)


def story(ground: Ground, event: Event, parts: Iterable[Event] = ()) -> Story:
    """How one event went: each claim stands in exactly one phase, beside those that say the same of the same day.

    ``parts`` are events that belong to it. Within a day phases go by the hour, where one is told.
    """
    whole = (event, *parts)
    found = (f for e in whole for f in ground.findings_of.get(e.id, ()))
    clashes = [f for f in found if f.relation == "contradict" and f.aspect == "status"]
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in (c for e in whole for c in ground.standing(e)):
        clock = ground.clock(claim)
        key = (ground.origin(claim), claim.status, claim.event_type, clock.start, clock.as_of, clock.as_of_from)
        groups[key].append(claim)
    hours = [min(ground.hour(claim) for claim in claims) for claims in groups.values()]
    phases = [_phase(ground, claims, clashes) for claims in groups.values()]
    ordered = sorted(zip(phases, hours, strict=True), key=_place)
    told = tuple(phase for phase, _ in ordered)
    return Story(event.id, event.label, told, tuple(_clash(ground, finding) for finding in clashes))


def phase_of(claim: Claim) -> PhaseName:
    """The status of a claim as a phase."""
    return "denied" if claim.status == "not_occurred" else claim.status


def _place(found: tuple[Phase, str]) -> tuple[object, ...]:
    phase, hour = found
    order = ORDER.index(phase.phase) if phase.phase in ORDER else len(ORDER)
    return (phase.as_of is None, phase.as_of or "", hour, phase.said or "", order, phase.origin, phase.claims)


def _phase(ground: Ground, claims: list[Claim], clashes: list[Finding]) -> Phase:
    """One phase of claims that agree in origin, status, kind and day."""
    first, clock = claims[0], ground.clock(claims[0])
    said = [c.said for c in map(ground.clock, claims) if c.said is not None]
    ids = tuple(key for claim in claims for key in ground.told_in(claim.id))
    doubters = tuple(sorted({name for key in ids for name in ground.doubters(ground.claims[key])}))
    against = tuple(f.id for f in clashes if {f.a, f.b} & {*ids})
    return Phase(
        origin=ground.origin(first),
        name=ground.name(first),
        side=ground.side(first),
        phase=phase_of(first),
        event_type=first.event_type,
        start=day(clock.start),
        as_of=day(clock.as_of),
        as_of_from=clock.as_of_from,
        said=day(min(said, default=None)),
        claims=ids,
        doubted_by=doubters,
        against=against,
        words=_told(ground, first, doubters, clashing=bool(against)),
    )


def _told(ground: Ground, claim: Claim, doubters: tuple[str, ...], *, clashing: bool) -> Words:
    clock, name = ground.clock(claim), ground.name(claim)
    told = words(
        "story",
        "phase",
        [name],
        name=name,
        type=type_names().get(claim.event_type, (claim.event_type, claim.event_type)),
        phase=term("phases", phase_of(claim)),
        when=when(day(clock.as_of), clock.as_of_from),
    )
    if doubters:
        told = added(told, "story", "doubted", doubters, who=names_of(doubters))
    return added(told, "story", "against") if clashing else told


def _clash(ground: Ground, finding: Finding) -> Clash:
    origins = (ground.origin(ground.claims[finding.a]), ground.origin(ground.claims[finding.b]))
    reason = Words(finding.reason_en, finding.reason_ar, (finding.a_words, finding.b_words))
    return Clash(finding.id, (finding.a, finding.b), origins, reason)
