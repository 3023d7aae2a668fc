"""An event that is an operation in, its course out: batches in order, totals by origin, sums, who remains, monitors."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from tawatur.findings.counts import apart, checks, count, in_time, once
from tawatur.findings.frames import tables
from tawatur.findings.ground import day
from tawatur.findings.nouns import Inside, Operation, Running
from tawatur.findings.phases import phase_of, story
from tawatur.findings.phrasing import bounds, listed, when, words
from tawatur.findings.watched import monitored
from tawatur.findings.wording import quantity, say, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Count, OperationKind, Words
    from tawatur.findings.wording import Both
    from tawatur.model import Claim, Event


_JOIN = ("part", "update", "agree")  # relations by which two events are of one operation


def operations(ground: Ground) -> tuple[Operation, ...]:
    """Every event of two claims or more whose kind makes it an operation (``populations.toml``), by id.

    Events of one kind are one operation where a finding between them tells a part, an update or an agreement.
    """
    found = (_operation(ground, events, kind) for events, kind in _joined(ground))
    return tuple(sorted((o for o in found if sum(len(p.claims) for p in o.story.phases) > 1), key=lambda o: o.event))


def _joined(ground: Ground) -> list[tuple[list[Event], OperationKind]]:
    """Events of one operation together, the one with most claims first."""
    kinds = {e.id: kind for e in ground.events if (kind := kind_of(e))}
    heads = {key: key for key in kinds}
    for finding in (f for f in ground.findings if f.relation in _JOIN):
        a, b = (ground.home.get(claim, "") for claim in (finding.a, finding.b))
        if a != b and a in kinds and kinds[a] == kinds.get(b):
            one, other = sorted((_head(heads, a), _head(heads, b)))
            heads[other] = one
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in (e for e in ground.events if e.id in kinds):
        groups[_head(heads, event.id)].append(event)
    whole = [sorted(events, key=lambda e: (-len(e.claims), e.id)) for events in groups.values()]
    return [(events, kinds[events[0].id]) for events in whole]


def _head(heads: dict[str, str], key: str) -> str:
    while heads[key] != key:
        heads[key] = key = heads[heads[key]]
    return key


def kind_of(event: Event) -> OperationKind | None:
    """What kind of operation an event is; None when it is none."""
    kinds = tables()["operations"]
    return next((cast("OperationKind", kind) for kind in kinds if event.event_type in kinds[kind]), None)


def _operation(ground: Ground, events: list[Event], kind: OperationKind) -> Operation:
    main, *parts = events
    claims = [claim for event in events for claim in ground.standing(event)]
    frames = [f for claim in claims for f in ground.frames(claim) if not (f.denied or f.ahead)]
    moved = [f for f in frames if f.outcome in tables()["moved"][kind]]
    batches, totals = apart([f for f in moved if f.cumulative or not (f.running or f.figure.part_of)])
    return Operation(
        event=main.id,
        parts=tuple(event.id for event in parts),
        label=main.label,
        kind=kind,
        story=story(ground, main, parts),
        batches=tuple(once(ground, batches)),
        totals=_totals(ground, totals),
        sums=tuple(checks(ground, batches, totals)),
        remaining=_remaining(ground, events, claims) if kind in tables()["moved"]["emptying"] else (),
        monitored=monitored(ground, moved),
    )


def _totals(ground: Ground, frames: Iterable[Frame]) -> tuple[Running, ...]:
    """Running totals by origin, population and outcome, in the order of their first."""
    groups: dict[tuple[str, str, str], list[Frame]] = defaultdict(list)
    for frame in in_time(frames):
        groups[frame.origin, frame.population, frame.outcome].append(frame)
    return tuple(_running(ground, found) for found in groups.values())


def _running(ground: Ground, frames: list[Frame]) -> Running:
    counts, first = once(ground, frames), frames[0]
    dated = [f for f in frames if f.clock.as_of is not None]
    falls = any(
        b.interval[1] < a.interval[0] and (a.clock.as_of or 0) < (b.clock.as_of or 0)
        for n, a in enumerate(dated)
        for b in dated[n + 1 :]
    )
    name = ground.name(first.claim)
    return Running(
        origin=first.origin,
        name=name,
        side=ground.side(first.claim),
        population=first.population,
        outcome=first.outcome,
        counts=tuple(counts),
        falls=falls,
        words=words(
            "operation",
            "falls" if falls else "rises",
            [name],
            name=name,
            noun=quantity(first.population, first.outcome),
            counts=listed(_step(c) for c in counts),
        ),
    )


def _step(told: Count, noun: Both | None = None) -> Both:
    """One count in words, with what it counts where that is not said before."""
    size, time = bounds(told.low, told.high, approximate=told.approximate), when(told.as_of, told.as_of_from)
    if noun is None:
        return say("operation", "step", bounds=size, when=time)
    return say("operation", "step_of", bounds=size, noun=noun, when=time)


def _remaining(ground: Ground, events: Iterable[Event], claims: Iterable[Claim]) -> tuple[Inside, ...]:
    """Claims about people inside: in the operation's own reports, and in the events that those claims belong to."""
    reports = {c.report for c in claims}
    near = [c for report in sorted(reports) for c in ground.by_report[report] if _inside(c)]
    sieges = {ground.home[c.id] for c in near if c.id in ground.home} | {event.id for event in events}
    wider = [c for e in ground.events if e.id in sieges for c in ground.standing(e) if _inside(c)]
    found = {c.id: c for c in (*wider, *(c for c in near if c.id not in ground.first))}
    told = [_told_inside(ground, found[key]) for key in sorted(found)]
    return tuple(sorted(told, key=lambda i: (i.as_of is None, i.as_of or "", i.origin, i.claims)))


def _inside(claim: Claim) -> bool:
    return claim.event_type == "siege" or any(f.outcome in tables()["moved"]["inside"] for f in claim.figures)


def _told_inside(ground: Ground, claim: Claim) -> Inside:
    clock = ground.clock(claim)
    counts = tuple(count(ground, f) for f in ground.frames(claim) if f.outcome in tables()["moved"]["inside"])
    return Inside(
        origin=ground.origin(claim),
        name=ground.name(claim),
        side=ground.side(claim),
        phase=phase_of(claim),
        as_of=day(clock.as_of),
        as_of_from=clock.as_of_from,
        claims=ground.told_in(claim.id),
        counts=counts,
        words=_who_remains(ground, claim, counts),
    )


def _who_remains(ground: Ground, claim: Claim, counts: tuple[Count, ...]) -> Words:
    name, clock = ground.name(claim), ground.clock(claim)
    if counts:
        told = listed(_step(c, quantity(c.population, c.outcome)) for c in counts)
        return words("operation", "inside_counts", [name], name=name, counts=told)
    phase, time, quote = term("phases", phase_of(claim)), when(day(clock.as_of), clock.as_of_from), ground.quote(claim)
    return words("operation", "inside", [name, quote], name=name, quote=quote, phase=phase, when=time)
