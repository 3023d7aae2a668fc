"""What a search may be narrowed to, and the same as conditions on the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_, select, text

from tawatur.codec import loads
from tawatur.errors import LedgerError
from tawatur.ledger import search_tags
from tawatur.ledger.schema import VIEWS_BY_RUN, claims, figures, reviews, views, views_standing
from tawatur.ledger.search_index import OF_CLAIM, day_of, folded
from tawatur.ledger.search_places import KM_A_DEGREE, Area, area_of
from tawatur.ledger.search_tables import DAY, spots, texts
from tawatur.model import Estimate, Event

Condition = ColumnElement[bool]
Days = tuple[int | None, int | None]
_DECIDED = ("accepted", "added", "corrected", "rejected", "unsettled")


def _is_in(state: str) -> Condition:
    return exists().where(reviews.c.claim == claims.c.id, reviews.c.state == state)


#: By state: which claims (``claims.c.id``) are in it. Those that nobody decided about are as the machine made them.
REVIEWED: dict[str, Callable[[], Condition]] = {
    "machine": lambda: not_(or_(*map(_is_in, _DECIDED))),
    **{state: partial(_is_in, state) for state in _DECIDED},
}
_UNPACKED = {"sqlite": "json_each(:ids)", "postgresql": "json_array_elements_text(CAST(:ids AS json))"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to find only. Dates are ISO 8601 days, both ends included; ``None`` or empty does not narrow.

    ``happened``, ``said`` and ``published`` are pairs of the first and the last day, either may be empty. ``place`` is
    a name the gazetteer knows or ``LAT,LON``; with ``radius_km`` the circle around it, else the place's own extent.
    ``low`` and ``high`` bound a figure, of ``population`` and ``outcome`` where these are given. ``within`` is
    ``claims``, ``reports`` or ``all``; what only claims have narrows to claims.
    """

    within: str = "all"
    place: str = ""
    radius_km: float | None = None
    happened: tuple[str, str] = ("", "")
    said: tuple[str, str] = ("", "")
    published: tuple[str, str] = ("", "")
    event_type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    origin: str = ""
    outlet: str = ""
    population: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    grade: str = ""
    review: str = ""


def conditions(connection: Connection, wanted: Filters) -> Iterator[Condition]:
    """The filters but the day of publication as conditions on ``search_texts``.

    Raises LedgerError for what makes no sense.
    """
    yield from _kinds(wanted)
    yield from _between(texts.c.said, _days(wanted.said))
    for column, values in (
        (texts.c.event_type, wanted.event_type), (texts.c.status, wanted.status), (texts.c.stance, wanted.stance),
    ):  # fmt: skip
        if values:
            yield column.in_(values)
    for column, name in ((texts.c.origin, wanted.origin), (texts.c.outlet, wanted.outlet)):
        if name:
            yield _holds(column, name)
    if counted := list(_counted(wanted)):
        yield exists().where(figures.c.version == texts.c.ref, *counted)
    if wanted.grade:
        yield _of_claims(connection, list(_graded(connection, wanted.grade)))
    if wanted.review:
        yield _reviewed(wanted.review)
    if spot := list(_spot(wanted)):
        yield exists().where(spots.c.doc == texts.c.doc, *spot)


def published(wanted: Filters) -> tuple[int | None, int | None]:
    """The least and the largest doc of what was published in the days asked for; None where any may be."""
    first, last = _days(wanted.published)
    low = None if (first, last) == (None, None) else (first or 1) * DAY  # what has no date was not published before any
    return low, None if last is None else (last + 1) * DAY - 1


def marks(wanted: Filters) -> tuple[tuple[str, ...], ...]:
    """What stands in the index for the place and the time asked for: of each, one or more of these marks."""
    days = _days(wanted.happened)
    place = search_tags.for_area(_area(wanted)) if wanted.place else ()
    time = search_tags.for_days(*days) if days != (None, None) else ()
    return tuple(filter(None, (place, time)))


def narrows_to_claims(wanted: Filters) -> bool:
    """Whether only claims can have what is asked for."""
    plain = Filters(wanted.within, published=wanted.published, outlet=wanted.outlet)
    return wanted.within == "claims" or wanted != plain


def _kinds(wanted: Filters) -> Iterator[Condition]:
    if wanted.within not in ("all", "claims", "reports"):
        raise LedgerError(f"{wanted.within!r} is not searched", "search in claims, reports or all")
    if narrows_to_claims(wanted):
        if wanted.within == "reports":
            raise LedgerError("only claims have what was asked for", "search in claims")
        yield texts.c.part == OF_CLAIM
    elif wanted.within == "reports":
        yield texts.c.part != OF_CLAIM


def _days(ends: tuple[str, str]) -> Days:
    days = tuple(day_of(end) for end in ends)
    if bad := next((end for end, day in zip(ends, days, strict=True) if end and day is None), None):
        raise LedgerError(f"{bad!r} is no date", "give it as 2016-12-17")
    return days[0], days[1]


def _between(column: ColumnElement[Any], days: Days) -> Iterator[Condition]:
    if days[0] is not None:
        yield column >= days[0]
    if days[1] is not None:
        yield column <= days[1]


def _holds(column: ColumnElement[Any], name: str) -> Condition:
    """The folded name stands in the column as whole words."""
    if not (words := folded(name)):
        raise LedgerError(f"{name!r} holds no word", "give a name")
    return (" " + column + " ").like(f"% {words} %")


def _counted(wanted: Filters) -> Iterator[Condition]:
    if wanted.population:
        yield figures.c.population.in_(wanted.population)
    if wanted.outcome:
        yield figures.c.outcome.in_(wanted.outcome)
    if wanted.low is not None:
        yield or_(figures.c.high >= wanted.low, and_(figures.c.high.is_(None), figures.c.low.is_not(None)))
    if wanted.high is not None:
        yield or_(figures.c.low <= wanted.high, and_(figures.c.low.is_(None), figures.c.high.is_not(None)))


def _spot(wanted: Filters) -> Iterator[Condition]:
    """Where and when a row of ``search_spots`` must lie."""
    if wanted.place:
        yield _lying(_area(wanted))
    first, last = _days(wanted.happened)
    if first is not None:
        yield spots.c.last >= first
    if last is not None:
        yield spots.c.first <= last


def _area(wanted: Filters) -> Area:
    return area_of(wanted.place, wanted.radius_km)


def _lying(area: Area) -> Condition:
    """In one of the regions, or in a circle."""
    countries = (spots.c.region.between(n, n + "\U0010ffff") for n in area.regions if n.endswith(":"))
    return or_(*countries, *(spots.c.region == n for n in area.regions if n[-1] != ":"), *map(_near, area.circles))


def _near(circle: tuple[float, float, float]) -> Condition:
    lat, lon, km = circle
    east = (spots.c.lon - lon) * cos(radians(lat))
    north = spots.c.lat - lat
    return north * north + east * east <= (km / KM_A_DEGREE) ** 2


def _graded(connection: Connection, grade: str) -> Iterator[str]:
    """The claims of the events that have an estimate of a grade."""
    standing = select(views.c.body).select_from(VIEWS_BY_RUN).where(views_standing.c.until.is_(None))
    graded = connection.execute(standing.where(views.c.kind == "estimate")).scalars()
    chosen = {e.event for e in (loads(Estimate, body) for body in graded) if e.grade == grade}
    for body in connection.execute(standing.where(views.c.kind == "event")).scalars():
        event = loads(Event, body)
        if event.id in chosen:
            yield from event.claims


def _of_claims(connection: Connection, ids: list[str]) -> Condition:
    """Texts of claims with these ids, however many."""
    unpacked = (
        "json_each(:ids)" if connection.dialect.name == "sqlite" else "json_array_elements_text(CAST(:ids AS json))"
    )
    among = text(f"claims.id IN (SELECT value FROM {unpacked})").bindparams(ids=json.dumps(ids))
    return exists().where(claims.c.version == texts.c.ref, among)


def _reviewed(state: str) -> Condition:
    if state not in REVIEWED:
        raise LedgerError(f"{state!r} is no state of review", f"give one of: {', '.join(REVIEWED)}")
    return exists().where(claims.c.version == texts.c.ref, REVIEWED[state]())
