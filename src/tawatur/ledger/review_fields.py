"""The fields of a claim that people decide about: their names, their values, and claims with corrected ones.

``event_type``, ``status``, ``origin``; ``figures.N.low|high|population|outcome|cumulative``; ``places.N.name``;
``times.N.start|end``, N from 0 in the claim's order.
"""

from __future__ import annotations

import math
import typing
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tawatur import terms
from tawatur.errors import LedgerError
from tawatur.findings.checks import figure_fault, time_fault
from tawatur.model import Claim, Link, Span

PARTS = {
    "figures": ("low", "high", "population", "outcome", "cumulative"),
    "places": ("name",),
    "times": ("start", "end"),
}
_TERMS = {
    "event_type": terms.EventType, "status": terms.Status, "population": terms.Population, "outcome": terms.Outcome,
}  # fmt: skip
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def fields_of(claim: Claim) -> dict[str, Any]:
    """Every field by its name, as the claim has it."""
    told: dict[str, Any] = {
        "event_type": claim.event_type,
        "status": claim.status,
        "origin": claim.origin.name if claim.origin else None,
    }
    for part, names in PARTS.items():
        for n, one in enumerate(getattr(claim, part)):
            told |= {f"{part}.{n}.{name}": getattr(one, name) for name in names}
    return told


def is_field(name: str) -> bool:
    """Whether some claim could have a field of this name."""
    part, _, rest = name.partition(".")
    number, _, last = rest.partition(".")
    whole = name in ("event_type", "status", "origin")
    return whole or (number.isdecimal() and number.isascii() and last in PARTS.get(part, ()))


def checked(claim: Claim, field: str) -> str:
    """The field, if the claim has it. Raises LedgerError for one that it has not."""
    known = fields_of(claim)
    if field not in known:
        raise LedgerError(f"claim {claim.id} has no field {field[:60]!r}", f"give one of {', '.join(known)}")
    return field


def value_of(field: str, told: object) -> Any:
    """A value as the field takes it, from JSON or as it was typed; an empty text is None.

    Raises LedgerError for a value that the field cannot have.
    """
    name = field.rpartition(".")[2]
    told = told.strip() or None if isinstance(told, str) else told
    if name in _TERMS:
        known = typing.get_args(_TERMS[name])
        return _held(told in known, told, field, f"give one of {', '.join(known)}")
    if name == "cumulative":
        truth = _TRUTHS.get(str(told).lower())
        _held(truth is not None, told, field, "give true or false")
        return truth
    if told is None:
        return None
    if name in ("low", "high"):
        return _number(field, told)
    _held(isinstance(told, str), told, field, "give a text")
    return _day(field, str(told)) if name in ("start", "end") else told


def _number(field: str, told: object) -> float:
    try:
        number = float(str(told))
    except ValueError:
        number = math.nan
    _held(0 <= number < math.inf, told, field, "give a number of 0 or more, or nothing for no bound")
    return number


def _day(field: str, told: str) -> str:
    try:
        date.fromisoformat(told[:10])
    except ValueError:
        raise LedgerError(f"{field} cannot be {told[:60]!r}", "give a date such as 2016-12-17, or nothing") from None
    return told


def _held(holds: bool, told: object, field: str, advice: str) -> Any:
    if not holds:
        raise LedgerError(f"{field} cannot be {str(told)[:60]!r}", advice)
    return told


def part_of(claim: Claim, field: str) -> Span | None:
    """Where the words of a field's figure, place or time stand; None for a field of the claim itself."""
    part, _, rest = field.partition(".")
    if part not in PARTS:
        return None
    span: Span | None = getattr(claim, part)[int(rest.partition(".")[0])].span
    return span


def found_again(claim: Claim, field: str, part: Span | None) -> str | None:
    """A field in another reading of the claim, by the words it stands on; None when they are in none."""
    kind, _, rest = field.partition(".")
    if kind not in PARTS:
        return field
    number, _, name = rest.partition(".")
    held = getattr(claim, kind)
    if part is None:
        return field if int(number) < len(held) else None
    shared = [_shared(part, one.span) if one.span else 0 for one in held]
    best = max(shared, default=0)
    return f"{kind}.{shared.index(best)}.{name}" if best else None


def overlap(one: Span, other: Span) -> float:
    """Shared words of two stretches, as a part of what both cover, from 0 to 1."""
    shared = _shared(one, other)
    covered = one.end - one.start + other.end - other.start - shared
    return shared / covered if covered else 0.0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def corrected(claim: Claim, values: Mapping[str, Any]) -> Claim:
    """The claim with these values. A place of another name loses the coordinates of the first."""
    told: dict[str, Any] = {name: values[name] for name in ("event_type", "status") if name in values}
    if "origin" in values:
        told["attribution"] = _attributed(claim, values["origin"])
    for part in PARTS:
        held = list(getattr(claim, part))
        for n, one in enumerate(held):
            mine = {name: values[key] for name in PARTS[part] if (key := f"{part}.{n}.{name}") in values}
            if mine:
                unknown = {"lat": None, "lon": None, "radius_km": None} if part == "places" else {}
                held[n] = replace(one, **mine, **unknown)
        told[part] = tuple(held)
    return replace(claim, **told)


def _attributed(claim: Claim, name: str | None) -> tuple[Link, ...]:
    """The chain with another innermost voice; without one the publisher speaks for itself."""
    if name is None:
        return ()
    last = claim.attribution[-1] if claim.attribution else Link(name)
    return (*claim.attribution[:-1], Link(name, last.stance))


def fault(claim: Claim) -> str:
    """What makes no sense in a corrected claim; empty when all does."""
    faults = (*map(figure_fault, claim.figures), *map(time_fault, claim.times))
    return next((told for told in faults if told), "")
