"""A report that is a row somebody logged by hand in; what it says as a claim of that monitor, at first hand, out."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from tawatur.archive.observations import Cellular, cells_of
from tawatur.model import (
    BATCH,
    FIRST_HAND,
    OBSERVATION,
    Claim,
    EventType,
    Figure,
    Link,
    Outcome,
    Place,
    Population,
    Span,
    Status,
    Time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tawatur.lang.gazetteer import Gazetteer
    from tawatur.lang.pack import Pack
    from tawatur.model import Report, Role

READER = f"{OBSERVATION}1"
_ROLES: tuple[tuple[str, Role], ...] = (("place", "at"), ("origin", "from"), ("destination", "to"))
#: Fields whose cells a claim's span holds.
_SPOKEN = frozenset(
    {"date", "time", "until", "place", "origin", "destination", "batch", "population", "outcome", "count", "low",
     "high", "event_type", "status"}
)  # fmt: skip


def observe(report: Report, packs: Sequence[Pack] = ()) -> tuple[Claim, ...]:
    """The claim of a row in ``Report.fields``; none for a report without. ``packs`` know places, the first best."""
    cells = cells_of(report.fields)
    counted = [cell for cell in cells if cell.field == "count"]
    if not counted:
        return ()
    told = {cell.field: cell for cell in cells if cell.field}
    figures = tuple(_figure(cell, told) for cell in counted)
    kind = cast("EventType", _value(told, "event_type") or _event_type(figures[0]))
    spoken = [cell.span for cell in cells if cell.field in _SPOKEN]
    span = Span(spoken[0].start, spoken[-1].end)
    claim = Claim(
        Claim.key(report.id, span, kind),
        report.id,
        span,
        kind,
        cast("Status", _value(told, "status") or _status(figures[0])),
        attribution=_monitor(told),
        figures=figures,
        places=tuple(_places(told, packs)),
        times=tuple(_times(told)),
        rules=(FIRST_HAND,) if "monitor" in told and _value(told, "how") != "told" else (),
        reader=READER,
        pack=packs[0].hash if packs else "",
    )
    return (claim,)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("tawatur.claims").joinpath("observed.toml").read_text("utf-8"))


def _value(told: dict[str, Cellular], name: str) -> str:
    return told[name].value if name in told else ""


def _event_type(figure: Figure) -> str:
    if figure.outcome == "carried_out" and figure.population in _table()["carried_out"]:
        return str(_table()["carried_out"][figure.population])
    return str(_table()["event_type"][figure.outcome])


def _status(figure: Figure) -> str:
    return "ongoing" if figure.outcome in _table()["ongoing"]["outcomes"] else "occurred"


def _monitor(told: dict[str, Cellular]) -> tuple[Link, ...]:
    cell = told.get("monitor")
    return (Link(cell.words, span=cell.span, kind="monitor"),) if cell else ()


def _figure(cell: Cellular, told: dict[str, Cellular]) -> Figure:
    """A count by its clean value, ``low..high~/outcome/population``."""
    bounds, outcome, population = cell.value.split("/")
    low, high = (float(bound) if bound else None for bound in bounds.rstrip("~").split(".."))
    batch = told.get("batch")
    return Figure(
        cell.words,
        cell.span,
        low,
        high,
        bounds.endswith("~"),
        cast("Population", population),
        cast("Outcome", outcome),
        cumulative=_value(told, "cumulative") == "yes",
        rules=(f"{BATCH}{batch.words}",) if batch else (),
    )


def _places(told: dict[str, Cellular], packs: Sequence[Pack]) -> list[Place]:
    spot = _spot(told)
    found = []
    for name, role in _ROLES:
        if cell := told.get(name):
            lat, lon = spot if spot and name == "place" else (None, None)
            found.append(_place(cell, role, lat, lon, packs))
    if spot and "place" not in told:
        cell = told.get("position") or told["lat"]
        found.append(Place(cell.words, None, *spot, "at", span=cell.span))
    return found


def _spot(told: dict[str, Cellular]) -> tuple[float, float] | None:
    if "lat" in told and "lon" in told:
        return float(told["lat"].value), float(told["lon"].value)
    lat, _, lon = _value(told, "position").partition(",")
    return (float(lat), float(lon)) if lon else None


def _place(cell: Cellular, role: Role, lat: float | None, lon: float | None, packs: Sequence[Pack]) -> Place:
    """A place by the gazetteer where its name is sure to stand for one site; the monitor's own position goes first."""
    from tawatur.lang import gazetteer

    sites = next((found for pack in packs if (found := _sites(gazetteer.load(pack), cell.words))), ())
    if lat is not None and lon is not None and sites:
        near = min(sites, key=lambda s: (abs(s.lat - lat) + abs(s.lon - lon), s.name))
        name = near.name if abs(near.lat - lat) + abs(near.lon - lon) < 1 else None
        return Place(cell.words, name, lat, lon, role, span=cell.span)
    if lat is not None or len(sites) != 1:
        return Place(cell.words, None, lat, lon, role, span=cell.span)
    (site,) = sites
    return Place(cell.words, site.name, site.lat, site.lon, role, site.radius_km, cell.span)


def _sites(known: Gazetteer, words: str) -> tuple[Any, ...]:
    """The sites of a name; of several the one in our own tables, else the one with by far most people."""
    if not any(char.isalnum() for char in words):
        return ()
    sites = tuple(dict.fromkeys(known.sites(words)))
    if len(sites) < 2:
        return sites
    ranked = sorted(sites, key=lambda s: (-s.own, -s.population, s.name))
    sure = ranked[0].own > ranked[1].own or ranked[0].population > 10 * max(1, ranked[1].population)
    return (ranked[0],) if sure else sites


def _times(told: dict[str, Cellular]) -> list[Time]:
    cell = next((told[name] for name in ("date", "time") if _value(told, name)), None)
    if cell is None:
        return []
    end = _value(told, "until") or cell.value
    return [Time(cell.words, cell.value, end, "at", cell.span)]
