"""The picture of an operation: statuses along time by account, batches in order, running totals, who remains inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tawatur import findings
from tawatur.model import Event
from tawatur.publish.index import Index
from tawatur.publish.plot import Scale
from tawatur.publish.quotes import Said, Shown, said
from tawatur.publish.values import moment

ALL = frozenset({"people", "civilians"})
MOST = 40  # origins in one chart
GAP = 4.0  # percent of the width that two marks of one row keep between them
ROW = 26  # height of a row of marks in pixels

Ticks = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One status at its time: percent from the left, pixels from the top."""

    said: Said
    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The statuses that one account gives, in time."""

    marks: tuple[Mark, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Total:
    """One figure with its claim."""

    said: Said
    shown: Shown


@dataclass(frozen=True, slots=True)
class Dot:
    """A running total in the chart: percent from the left and from the top."""

    total: Total
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Series:
    """The running totals of one account and one population, joined in time."""

    letter: str
    what: Shown
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Everything the picture shows; empty parts are left out of the page."""

    lanes: tuple[Lane, ...]
    days: tuple[tuple[float, str], ...]
    batches: tuple[Total, ...]
    series: tuple[Series, ...]
    ticks: Ticks
    remaining: tuple[Said, ...]
    told: findings.Operation


@dataclass(frozen=True, slots=True)
class Clock:
    """Maps instants to percent of the width, 4 to 96."""

    first: datetime
    last: datetime

    def at(self, instant: datetime) -> float:
        """Where an instant stands."""
        whole = (self.last - self.first).total_seconds()
        return round(4 + 92 * ((instant - self.first).total_seconds() / whole if whole else 0.5), 2)

    def days(self) -> tuple[tuple[float, str], ...]:
        """At most seven days with their places."""
        start = self.first.replace(hour=0, minute=0, second=0, microsecond=0)
        count = (self.last - start).days + 1
        step = max(1, -(-count // 6))
        found = [start + timedelta(days=i) for i in range(0, count + 1, step)]
        return tuple((self.at(d), f"{d:%m-%d}") for d in found if self.first <= d <= self.last)


def picture(index: Index, event: Event) -> Operation | None:
    """The picture of an event, or None when it is no operation or has fewer than three dated claims."""
    told = index.told.operation.get(event.id)
    parts = () if told is None else told.parts
    claims = [c for e in (event.id, *parts) if e in index.event for c in index.event[e].claims]
    spoken = [said(index, c) for c in index.ordered(tuple(claims))]
    dated = [(moment(s.as_of), s) for s in spoken]
    known = sorted(((m, s) for m, s in dated if m), key=lambda pair: pair[0])
    if told is None or len(known) < 3:
        return None
    clock = Clock(known[0][0], known[-1][0])
    series, ticks = _totals(index, clock, told)
    inside = tuple(said(index, index.claim[i.claims[0]]) for i in told.remaining)
    return Operation(_lanes(clock, known), clock.days(), _batches(index, told), series, ticks, inside, told)


def _lanes(clock: Clock, known: list[tuple[datetime, Said]]) -> tuple[Lane, ...]:
    by_who: dict[str, list[tuple[datetime, Said]]] = {}
    for instant, spoken in known:
        by_who.setdefault(spoken.voice, []).append((instant, spoken))
    return tuple(_lane(clock, items) for items in by_who.values())


def _lane(clock: Clock, items: list[tuple[datetime, Said]]) -> Lane:
    ends: list[float] = []  # the last mark of each row
    marks = []
    for instant, spoken in items:
        x = clock.at(instant)
        row = next((i for i, end in enumerate(ends) if x - end >= GAP), len(ends))
        ends[row : row + 1] = [x]
        marks.append(Mark(spoken, x, row * ROW + ROW // 2))
    return Lane(tuple(marks), len(ends) * ROW)


def _batches(index: Index, told: findings.Operation) -> tuple[Total, ...]:
    spoken = ((said(index, index.claim[count.claim]), count.figure) for count in told.batches)
    return tuple(Total(s, s.figures[place]) for s, place in spoken)


def _totals(index: Index, clock: Clock, told: findings.Operation) -> tuple[tuple[Series, ...], Ticks]:
    """Totals of the outcome that is counted most often, of people where there are such."""
    main = [r for r in told.totals if r.population in ALL] or told.totals
    outcomes = Counter(r.outcome for r in main for _ in r.counts)
    best = max(outcomes, key=lambda o: outcomes[o], default=None)
    found = [_spoken(index, r.counts) for r in main if r.outcome == best]
    return _drawn(clock, [items for items in found if items][:MOST])


def _spoken(index: Index, counts: Iterable[findings.Count]) -> list[Total]:
    """Counts that have a day."""
    spoken = [(said(index, index.claim[count.claim]), count.figure) for count in counts]
    return [Total(s, s.figures[place]) for s, place in spoken if moment(s.as_of)]


def _drawn(clock: Clock, found: list[list[Total]]) -> tuple[tuple[Series, ...], Ticks]:
    scale = Scale.over([_height(t.shown) for items in found for t in items])
    taken: list[tuple[float, float]] = []
    series = tuple(
        Series(_letter(i), items[0].shown, tuple(_dot(clock, scale, t, taken) for t in items))
        for i, items in enumerate(found)
    )
    return series, tuple((value, round(100 - place, 2)) for value, place in scale.ticks())


def _dot(clock: Clock, scale: Scale, total: Total, taken: list[tuple[float, float]]) -> Dot:
    """A total at its time and height, moved aside while another stands there."""
    instant = moment(total.said.as_of) or clock.first
    x, y = clock.at(instant), round(100 - scale.at(_height(total.shown)), 2)
    while any(abs(x - left) < 1.9 and abs(y - top) < 9 for left, top in taken):
        x += 2
    taken.append((x, y))
    return Dot(total, round(x, 2), y)


def _height(shown: Shown) -> float:
    low, high = shown.figure.low, shown.figure.high
    return low if low is not None else high if high is not None else 0.0


def _letter(place: int) -> str:
    return chr(65 + place % 26) + (str(place // 26) if place >= 26 else "")
