"""Events as the page shows them: accounts side by side, figures on a common scale, relations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from tawatur import findings
from tawatur.model import Estimate, Event
from tawatur.publish.index import Index, anchor
from tawatur.publish.operation import Operation, picture
from tawatur.publish.plot import Bar, Scale, bar
from tawatur.publish.quotes import Pair, Said, Shown, counted, middle, once, paired, said

PERSONS = frozenset(
    {"people", "civilians", "fighters", "soldiers", "men", "women", "children", "elderly", "patients", "wounded",
     "displaced", "refugees", "prisoners", "staff", "journalists"}
)  # fmt: skip
TOLD = ("agree", "update", "revision", "part", "not_comparable", "unknown")  # the others have their own sections
MOST = 300  # relations of one event shown; the exports have all
WIDEST = 4  # columns of figures in a table of accounts; the rest share one


@dataclass(frozen=True, slots=True)
class Row:
    """One account's line in an event's table: figures by column, the rest together."""

    side: str | None
    relays: tuple[str, ...]
    said: tuple[Said, ...]
    columns: tuple[tuple[Shown, ...], ...]
    others: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in an interval plot."""

    said: Said
    shown: Shown
    bar: Bar


@dataclass(frozen=True, slots=True)
class Plot:
    """The figures of one outcome on one scale; the band is (low, best, high) of the estimate in percent."""

    what: Markup
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, float], ...]
    logarithmic: bool
    band: tuple[float, float | None, float] | None


@dataclass(frozen=True, slots=True)
class Estimated:
    """What is counted, and its estimates along time."""

    what: Markup
    series: findings.Series


@dataclass(frozen=True, slots=True)
class EventView:
    """One event: table of accounts, plots, its picture and course, estimates in time, who did it, relations."""

    event: Event
    anchor: str
    columns: tuple[Markup, ...]
    rows: tuple[Row, ...]
    plots: tuple[Plot, ...]
    operation: Operation | None
    part_of: Event | None  # the main event of the operation that this one belongs to
    story: findings.Story | None
    series: tuple[Estimated, ...]
    responsibility: findings.Responsibility | None
    relations: tuple[Pair, ...]
    unshown: int  # relations beyond those shown


def events(index: Index) -> tuple[list[EventView], list[tuple[Event, Said]]]:
    """Events told by several claims in full, and those told by one as (event, claim)."""
    full, single = [], []
    for event in index.events:
        claims = index.ordered(event.claims)
        if len(claims) > 1:
            full.append(_event(index, event, [said(index, c) for c in claims]))
        elif claims:
            single.append((event, said(index, claims[0])))
    return full, single


def _event(index: Index, event: Event, spoken: list[Said]) -> EventView:
    kinds = _columns(spoken)
    relations = sorted(
        (f for f in index.findings_of.get(event.id, ()) if f.relation in TOLD), key=lambda f: TOLD.index(f.relation)
    )
    return EventView(
        event,
        anchor("e", event.id),
        tuple(counted(*k) for k in kinds),
        _rows(index, event, spoken, kinds),
        _plots(index, event, spoken),
        picture(index, event),
        index.event.get(index.told.part_of[event.id].event) if event.id in index.told.part_of else None,
        _course(index, event),
        tuple(Estimated(counted(s.population, s.outcome), s) for s in index.told.series.get(event.id, ())),
        index.told.responsibility.get(event.id),
        tuple(paired(index, f) for f in relations[:MOST]),
        max(0, len(relations) - MOST),
    )


def _course(index: Index, event: Event) -> findings.Story | None:
    """The story of an event that has more than one phase."""
    story = index.told.story.get(event.id)
    return story if story and len(story.phases) > 1 else None


def _columns(spoken: list[Said]) -> list[tuple[str, str]]:
    """The quantities that most accounts give; each counts an account once."""
    told = {(s.voice, f.figure.population, f.figure.outcome): None for s in spoken for f in s.figures}
    count = Counter((population, outcome) for _, population, outcome in told)
    return [kind for kind, n in count.most_common(WIDEST) if n > 1]


def _rows(index: Index, event: Event, spoken: list[Said], kinds: list[tuple[str, str]]) -> tuple[Row, ...]:
    accounts = {a.origin: a for a in index.accounts.get(event.id, ())}
    by_who: dict[str, list[Said]] = {}
    for s in spoken:
        by_who.setdefault(s.voice, []).append(s)
    rows = []
    for voice, items in by_who.items():
        relays = accounts[voice].relays if voice in accounts else ()
        rows.append(_row(items, relays, kinds))
    return tuple(rows)


def _row(items: list[Said], relays: tuple[str, ...], kinds: list[tuple[str, str]]) -> Row:
    figures = [f for _, f in once([(s, f) for s in items for f in s.figures])]
    named = [tuple(f for f in figures if (f.figure.population, f.figure.outcome) == kind) for kind in kinds]
    others = tuple(f for f in figures if (f.figure.population, f.figure.outcome) not in kinds)
    return Row(items[0].side, relays, tuple(items), tuple(named), others)


def _plots(index: Index, event: Event, spoken: list[Said]) -> tuple[Plot, ...]:
    groups: dict[tuple[str, str], list[tuple[Said, Shown]]] = {}
    for s in spoken:
        for f in s.figures:
            if f.figure.low is not None or f.figure.high is not None:
                kind = "people" if f.figure.population in PERSONS else f.figure.population
                groups.setdefault((kind, f.figure.outcome), []).append((s, f))
    told = {kind: once(found) for kind, found in groups.items()}
    return tuple(_plot(index, event, kind, found) for kind, found in told.items() if _worth(found))


def _worth(found: list[tuple[Said, Shown]]) -> bool:
    """Whether there are two different values to see."""
    return len({(f.figure.low, f.figure.high, f.figure.approximate) for _, f in found}) > 1


def _plot(index: Index, event: Event, kind: tuple[str, str], found: list[tuple[Said, Shown]]) -> Plot:
    estimate = _estimate(index, event, kind)
    ends = [v for _, f in found for v in (f.figure.low, f.figure.high) if v is not None]
    scale = Scale.over(ends + ([v for v in (estimate.low, estimate.high) if v is not None] if estimate else []))
    lines = sorted(found, key=lambda pair: (middle(pair[1].figure), pair[0].who))
    band = None
    if estimate and estimate.low is not None and estimate.high is not None:
        best = scale.at(estimate.best) if estimate.best is not None else None
        band = (scale.at(estimate.low), best, scale.at(estimate.high))
    return Plot(
        counted(*kind), tuple(_line(scale, s, f) for s, f in lines), tuple(scale.ticks()), scale.logarithmic, band
    )


def _line(scale: Scale, spoken: Said, shown: Shown) -> Line:
    f = shown.figure
    return Line(spoken, shown, bar(scale, f.low, f.high, approximate=f.approximate, cumulative=f.cumulative))


def _estimate(index: Index, event: Event, kind: tuple[str, str]) -> Estimate | None:
    return index.estimate.get((event.id, *kind))
