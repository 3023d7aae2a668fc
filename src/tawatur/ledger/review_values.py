"""What somebody gives for one field in, the value that the field takes out; anything else is refused in one line."""

from __future__ import annotations

import math
import typing
from datetime import date
from typing import Any

from tawatur import terms
from tawatur.errors import LedgerError

_TERMS: dict[str, tuple[str, ...]] = {
    "event_type": typing.get_args(terms.EventType),
    "status": typing.get_args(terms.Status),
    "figures.population": typing.get_args(terms.Population),
    "figures.outcome": typing.get_args(terms.Outcome),
    "attribution.stance": typing.get_args(terms.Stance),
    "attribution.kind": ("", "person", "body", "outlet", "monitor", "document", "unnamed"),
    "places.role": typing.get_args(terms.Role),
    "times.kind": ("at", "since", "until", "by", "during", "after", "before", "range"),
}
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_TRUE_OR_FALSE = ("figures.approximate", "figures.cumulative")
_NUMBERS = {
    "figures.low": (0.0, math.inf),
    "figures.high": (0.0, math.inf),
    "places.lat": (-90.0, 90.0),
    "places.lon": (-180.0, 180.0),
    "places.radius_km": (0.0, 20_000.0),
}
_DAYS = ("said", "times.start", "times.end")
_NAMES = ("attribution.name", "actors.name", "affected.name")


def refused(field: str, told: object, advice: str) -> LedgerError:
    """The error for a value that a field cannot have."""
    return LedgerError(f"{field} cannot be {str(told)[:60]!r}", advice)


def checked_value(field: str, kind: str, told: object) -> Any:
    """The value of one kind of field (``status``, ``figures.low``); ``field`` is what an error calls it.

    Raises LedgerError for a value that it cannot have.
    """
    if kind in _TERMS:
        return _term(field, "" if told is None and "" in _TERMS[kind] else told, _TERMS[kind])
    if kind in _TRUE_OR_FALSE:
        truth = _TRUTHS.get(str(told).lower())
        if truth is None:
            raise refused(field, told, "give true or false")
        return truth
    if kind == "span" or kind.endswith(".text"):
        return _place(field, told, with_words=kind != "span")
    if told is None or (isinstance(told, str) and not told.strip()):
        if kind in _NAMES:
            raise refused(field, "", f"give a name; {field.rpartition('.')[0]} with nothing takes it out")
        return "" if kind == "figures.noun" else None
    if kind in _NUMBERS:
        return _number(field, told, *_NUMBERS[kind])
    if not isinstance(told, str):
        raise refused(field, told, "give a text")
    return _day(field, told) if kind in _DAYS else told


def _term(field: str, told: object, known: tuple[str, ...]) -> object:
    if told not in known:
        raise refused(field, told, f"give one of {', '.join(filter(None, known))}")
    return told


def _number(field: str, told: object, least: float, most: float) -> float:
    try:
        number = float(str(told))
    except ValueError:
        number = math.nan
    if not least <= number <= most or math.isinf(number):
        bounds = f"of {least:g} or more" if math.isinf(most) else f"from {least:g} to {most:g}"
        raise refused(field, told, f"give a number {bounds}, or nothing for none")
    return number


def _day(field: str, told: str) -> str:
    try:
        date.fromisoformat(told[:10])
    except ValueError:
        raise refused(field, told, "give a date such as 2016-12-17, or nothing") from None
    return told


def _place(field: str, told: object, *, with_words: bool) -> dict[str, Any]:
    """A stretch of a report's text as an object; with its words, where the field has them."""
    held = told if isinstance(told, dict) else {}
    start, end, words = held.get("start"), held.get("end"), held.get("text")
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end))
    if not whole or not 0 <= start < end or (with_words and not (isinstance(words, str) and words)):  # type: ignore[operator]
        raise refused(field, told, "give words of the report, or where they begin and end: 120-155")
    return {"end": end, "start": start, "text": words} if with_words else {"end": end, "start": start}
