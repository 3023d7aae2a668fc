"""A claim as somebody gives it in, the model's out, with all that is wrong with it: each field is checked by itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from tawatur.findings.checks import figure_fault, time_fault
from tawatur.model import (
    Claim,
    EventType,
    Figure,
    Link,
    Mention,
    Outcome,
    Place,
    Population,
    Role,
    Span,
    Stance,
    Status,
    Time,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tawatur.model import Report

T = TypeVar("T")
_LISTS = ("attribution", "actors", "affected", "figures", "places", "times")
_POLES, _ROUND = 90.0, 180.0
_SHOWN = 60  # characters of a quote that an issue repeats


class _WrongError(Exception):
    """A field that cannot be, and why."""


def built(fields: Any, report: Report) -> tuple[Claim | None, list[str]]:
    """The claim and what was left out of it; None, and why, where nothing of it can stand."""
    faults: list[str] = []
    try:
        return _claim(fields, report, faults), faults
    except _WrongError as wrong:
        return None, [str(wrong)]


def _claim(fields: Any, report: Report, faults: list[str]) -> Claim:
    if not isinstance(fields, dict):
        raise _WrongError(fields if isinstance(fields, str) else "no object")
    span = _span(fields, report.text, Span(0, len(report.text)))
    kind = _one_of(fields, "event_type", EventType)
    status = _one_of(fields, "status", Status, "occurred")
    key = fields.get("id")
    if key is not None and (not isinstance(key, str) or not key.strip()):
        raise _WrongError(f"the id {key!r} is no text")
    items = {name: _list(fields, name) for name in _LISTS}
    return Claim(
        id=key or Claim.key(report.id, span, kind),
        report=report.id,
        span=span,
        event_type=kind,
        status=status,
        attribution=_all(items["attribution"], _link, faults),
        actors=_all(items["actors"], _mention, faults),
        affected=_all(items["affected"], _mention, faults),
        figures=_all(items["figures"], lambda f: _figure(f, report.text, span), faults),
        places=_all(items["places"], _place, faults),
        times=_all(items["times"], _time, faults),
        said=_said(fields, faults),
        reader="given",
    )


def _all(items: Iterable[Any], make: Callable[[Any], T], faults: list[str]) -> tuple[T, ...]:
    """What can be made of a list; what cannot goes to the faults."""
    made: list[T] = []
    for item in items:
        try:
            made.append(make(item))
        except _WrongError as wrong:
            faults.append(str(wrong))
    return tuple(made)


def _list(fields: dict[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _WrongError(f"{name} is no list")
    return value


def _span(fields: dict[str, Any], text: str, home: Span) -> Span:
    """Where a claim or figure stands: by its offsets; in a table by its ``words``, or else the whole of ``home``."""
    start, end, size = fields.get("start"), fields.get("end"), len(text)
    if "words" in fields and start is None:
        words = fields["words"] if isinstance(fields["words"], str) else ""
        at = text.find(words, home.start, home.end) if words else -1
        if words and at < 0 and home.end - home.start == size:
            raise _WrongError(f"'{words[:_SHOWN]}' is not in the report")
        return Span(at, at + len(words)) if at >= 0 else home
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end))
    if start is None or end is None or not whole or not 0 <= start < end <= size:
        raise _WrongError(f"offsets {start!r} to {end!r} do not lie in the text of {size} characters")
    return Span(start, end)


def _one_of(fields: dict[str, Any], name: str, kinds: Any, otherwise: str | None = None) -> Any:
    value = fields.get(name, otherwise)
    if value not in get_args(kinds):
        raise _WrongError(f"{name} {value!r} is not known")
    return value


def _object(item: Any, name: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise _WrongError(f"a {name} that is no object")
    return item


def _name(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongError(f"{what} without a name")
    return value.strip()


def _link(item: Any) -> Link:
    fields = {"name": item} if isinstance(item, str) else _object(item, "voice")
    body, kind = fields.get("body"), fields.get("kind")
    return Link(
        _name(fields.get("name"), "a voice"),
        _one_of(fields, "stance", Stance, "neutral"),
        body=body if isinstance(body, str) else None,
        kind=kind if isinstance(kind, str) else "",
    )


def _mention(item: Any) -> Mention:
    return Mention(_name(item.get("name") if isinstance(item, dict) else item, "somebody"))


def _figure(item: Any, text: str, home: Span) -> Figure:
    fields = _object(item, "figure")
    span = _span(fields, text, home) if "start" in fields or "words" in fields else home
    words = next((w for w in (fields.get("text"), fields.get("words")) if isinstance(w, str)), span.of(text))
    part_of, noun = fields.get("part_of"), fields.get("noun")
    try:
        figure = Figure(
            words,
            span,
            _number(fields, "low"),
            _number(fields, "high"),
            _flag(fields, "approximate"),
            _one_of(fields, "population", Population),
            _one_of(fields, "outcome", Outcome, "none"),
            _flag(fields, "cumulative"),
            part_of if isinstance(part_of, str) else None,
            noun if isinstance(noun, str) and noun else (words.split() or [""])[-1],
        )
    except _WrongError as wrong:
        raise _WrongError(f"'{words}': {wrong}") from None
    if fault := figure_fault(figure):
        raise _WrongError(f"'{words}': {fault}")
    return figure


def _number(fields: dict[str, Any], name: str) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _WrongError(f"{name} {value!r} is no number")
    return value


def _flag(fields: dict[str, Any], name: str) -> bool:
    value = fields.get(name)
    if value is not None and not isinstance(value, bool):
        raise _WrongError(f"{name} {value!r} is neither true nor false")
    return bool(value)


def _place(item: Any) -> Place:
    fields = _object(item, "place")
    name = fields.get("name")
    text = _name(fields.get("text") or name, "a place")
    lat, lon = _number(fields, "lat"), _number(fields, "lon")
    if (lat is not None and abs(lat) > _POLES) or (lon is not None and abs(lon) > _ROUND):
        raise _WrongError(f"'{text}': {lat}, {lon} is nowhere on Earth")
    return Place(text, name if isinstance(name, str) else None, lat, lon, _one_of(fields, "role", Role, "at"))


def _time(item: Any) -> Time:
    fields = _object(item, "time")
    start, end = fields.get("start"), fields.get("end")
    text = fields.get("text") if isinstance(fields.get("text"), str) else f"{start or ''}/{end or ''}"
    for value in (start, end):
        if value is not None and not isinstance(value, str):
            raise _WrongError(f"'{text}': {value!r} is no date")
    time = Time(str(text), start, end)
    if fault := time_fault(time):
        raise _WrongError(f"'{text}': {fault}")
    return time


def _said(fields: dict[str, Any], faults: list[str]) -> str | None:
    said = fields.get("said")
    if said is None:
        return None
    fault = time_fault(Time("said", said, None)) if isinstance(said, str) else f"{said!r} is no date"
    if fault:
        faults.append(f"said: {fault}")
        return None
    return str(said)
