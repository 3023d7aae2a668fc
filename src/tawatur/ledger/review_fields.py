"""The fields of a claim that people decide about: their names, their values, and where they are in another reading.

``event_type``, ``status``, ``said``, ``origin``, ``span``; ``attribution`` (the whole chain), ``actors`` and
``affected`` (all of them); ``figures.N.low`` and so on (``PARTS``), N from 0 in the claim's order; ``figures.N`` for
one as a whole, to take it out, and ``figures.12-20`` for one that people add at these words. Values are such as JSON
has: spans are objects with ``start`` and ``end``.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields as columns
from typing import Any, NamedTuple

from tawatur.codec import build, dumps
from tawatur.errors import LedgerError
from tawatur.findings.checks import figure_fault, time_fault
from tawatur.ledger.review_values import checked_value, refused
from tawatur.model import Claim, Figure, Link, Mention, Place, Span, Time

PARTS = {
    "attribution": ("name", "stance", "body", "kind", "text"),
    "actors": ("name", "text"),
    "affected": ("name", "text"),
    "figures": ("low", "high", "approximate", "population", "outcome", "cumulative", "noun", "part_of", "text"),
    "places": ("name", "lat", "lon", "radius_km", "role", "text"),
    "times": ("start", "end", "kind", "text"),
}
NAMED = ("attribution", "actors", "affected")  # parts that are told as a whole, too
WHOLE = ("event_type", "status", "said", "origin", "span", *NAMED)
KINDS: dict[str, Any] = {
    "attribution": Link, "actors": Mention, "affected": Mention, "figures": Figure, "places": Place, "times": Time,
}  # fmt: skip
LEAST = 0.5  # of the words of two stretches together that both must have to be one
_ADVICE = {
    "attribution": "give the voices, outermost first: RT > Hmeimim (asserted)",
    "actors": "give the names: the army; its allies",
    "affected": "give the names: civilians; aid workers",
}
_VOICE = ("name", "stance", "body", "kind")
#: What a part must be told with when it is added; all else has a default.
_NEEDED = {"figures": ("population", "outcome")}
_DEFAULTS: dict[str, dict[str, Any]] = {"figures": {"low": None, "high": None, "approximate": False}}
#: What of a part people look at when they accept a claim as a whole.
_WEIGHED = {
    "figures": ("low", "high", "population", "outcome", "cumulative"),
    "places": ("name", "role"),
    "times": ("start", "end"),
}
_FORM = re.compile(r"([a-z_]+)(?:\.(?:(\d{1,4})(?:\.([a-z_]+))?|(\d{1,9})-(\d{1,9})))?", re.ASCII)


class Field(NamedTuple):
    """A field's name, taken apart: of a part its number, or the words at which one is added; the last name."""

    part: str  # empty for a field of the claim itself
    at: int | Span | None
    name: str  # empty for a part as a whole


def parsed(name: str) -> Field | None:
    """The field of a name; None where no claim could have it."""
    match = _FORM.fullmatch(name)
    if match is None:
        return None
    part, number, last, start, end = match.groups()
    if number is None and start is None:
        return Field("", None, part) if part in WHOLE else None
    if part not in PARTS or (last is not None and last not in PARTS[part]):
        return None
    if start is not None:
        return Field(part, Span(int(start), int(end)), "") if part != "attribution" else None
    return Field(part, int(number), last or "")


def fields_of(claim: Claim) -> dict[str, Any]:
    """Every field by its name, as the claim has it."""
    told: dict[str, Any] = {
        "event_type": claim.event_type,
        "status": claim.status,
        "said": claim.said,
        "origin": claim.origin.name if claim.origin else None,
        "span": plain(claim.span),
        "attribution": [_told(one, _VOICE) for one in claim.attribution],
        "actors": [{"name": one.name} for one in claim.actors],
        "affected": [{"name": one.name} for one in claim.affected],
    }
    for part, names in PARTS.items():
        for n, one in enumerate(getattr(claim, part)):
            told[f"{part}.{n}"] = _told(one, names)
            told |= {f"{part}.{n}.{name}": _held(one, name) for name in names}
    return told


def weighed(claim: Claim) -> dict[str, Any]:
    """The fields that somebody accepts with a claim as a whole: what it says, and not where its words stand."""
    told: dict[str, Any] = {
        "event_type": claim.event_type,
        "status": claim.status,
        "said": claim.said,
        "origin": claim.origin.name if claim.origin else None,
        "attribution": [[link.name, link.stance] for link in claim.attribution],
        "actors": [one.name for one in claim.actors],
        "affected": [one.name for one in claim.affected],
    }
    for part, names in _WEIGHED.items():
        for n, one in enumerate(getattr(claim, part)):
            told |= {f"{part}.{n}.{name}": getattr(one, name) for name in names}
    return told


def plain(value: object) -> Any:
    """A value as JSON has it, keys in order."""
    return json.loads(dumps(value))


def _told(one: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What a part says, without where its words stand."""
    return {name: _words(one) if name == "text" else getattr(one, name) for name in sorted(names)}


def _words(one: Any) -> str:
    words: str = one.name if isinstance(one, Link | Mention) else one.text
    return words


def _held(one: Any, name: str) -> Any:
    """A field of a part; its words with their place."""
    if name != "text":
        return getattr(one, name)
    return {"end": one.span.end, "start": one.span.start, "text": _words(one)} if one.span else None


def is_field(name: str) -> bool:
    """Whether some claim could have a field of this name."""
    return parsed(name) is not None


def checked(claim: Claim, name: str) -> str:
    """The field, if the claim has it or it can be added. Raises LedgerError for one that it has not."""
    field, known = parsed(name), fields_of(claim)
    if name not in known and not (field and isinstance(field.at, Span)):
        shown = [key for key in known if key.count(".") != 1]
        raise LedgerError(
            f"claim {claim.id} has no field {name[:60]!r}",
            f"give one of {', '.join(shown)}; figures.+ and the like add one",
        )
    return name


def value_of(name: str, told: object) -> Any:
    """A value as the field takes it, from JSON or as it was typed; an empty text is None.

    Raises LedgerError for a value that the field cannot have.
    """
    field = parsed(name)
    if field is None:
        raise LedgerError(f"{name[:60]!r} is no field", "see docs/review.md for the fields")
    told = told.strip() or None if isinstance(told, str) else told
    if name in ("span", *NAMED) or field.name in ("", "text"):
        told = _from_json(name, told)
    if name in NAMED:
        return _names(name, told)
    if field.part and not field.name:
        return _part(name, field, told)
    kind = f"{field.part}.{field.name}" if field.part else field.name
    return plain(checked_value(name, kind, told))


def _from_json(name: str, told: object) -> object:
    if not isinstance(told, str):
        return told
    try:
        return json.loads(told)
    except ValueError:
        raise refused(name, told, "give it as JSON, or decide with tawatur review correct") from None


def _names(name: str, told: object) -> list[dict[str, Any]]:
    """Voices, outermost first (none: the publisher's own word), or participants."""
    if told is None:
        return []
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise refused(name, told, _ADVICE[name])
    known = {column.name for column in columns(KINDS[name])}
    for one in told:
        if odd := next((key for key in one if key not in known), None):
            raise refused(name, odd, f"each has {', '.join(sorted(known))}")
        checked_value(name, f"{name}.name", one.get("name"))
        if name == "attribution":
            checked_value(name, "attribution.stance", one.get("stance", "neutral"))
            checked_value(name, "attribution.kind", one.get("kind", ""))
            checked_value(name, "attribution.body", one.get("body"))
        if one.get("span") is not None:
            checked_value(name, "span", one["span"])
    return [plain(build(KINDS[name], one)) for one in told]


def _part(name: str, field: Field, told: object) -> dict[str, Any] | None:
    """A part that is added, as an object of its fields; None for one that is taken out."""
    if isinstance(field.at, int):
        if told is not None:
            raise refused(name, told, f"give nothing, which takes it out; {field.part}.+ adds one")
        return None
    if not isinstance(told, dict) or field.at is None or field.at.start >= field.at.end:
        raise refused(name, told, "give its words and fields, as in: 7 civilians; low=7; high=7")
    names = PARTS[field.part]
    if odd := next((key for key in told if key not in names), None):
        raise refused(name, odd, f"it has {', '.join(names)}")
    if missing := next((key for key in (*_NEEDED.get(field.part, ()), "text") if told.get(key) in (None, "")), None):
        raise LedgerError(f"{name} without {missing}", f"say {missing}=…")
    made = {k: v if k == "text" else checked_value(name, f"{field.part}.{k}", v) for k, v in told.items()}
    if not isinstance(made["text"], str):
        raise refused(name, made["text"], "give its words")
    if fault := part_fault(added(field, made)):
        raise LedgerError(f"{name} would be {fault}", "nothing was decided")
    return dict(sorted(made.items()))


def added(field: Field, value: dict[str, Any]) -> Any:
    """The part that people add, as the model has it."""
    told = {**_DEFAULTS.get(field.part, {}), **value, "span": field.at}
    if field.part in ("actors", "affected"):
        return Mention(told.get("name") or told["text"], told["span"])
    return KINDS[field.part](**told)


def part_of(claim: Claim, name: str) -> Span | None:
    """Where the words of a field's part stand; None for a field of the claim itself."""
    field = parsed(name)
    if field is None or not field.part:
        return None
    if isinstance(field.at, int):
        span: Span | None = getattr(claim, field.part)[field.at].span
        return span
    return field.at


def found_again(claim: Claim, name: str, part: Span | None) -> str | None:
    """A field in another reading of the claim, by the words it stands on; None when they are in none."""
    field = parsed(name)
    if field is None or not isinstance(field.at, int):
        return name
    held = getattr(claim, field.part)
    last = f".{field.name}" if field.name else ""
    if part is None:
        return name if field.at < len(held) else None
    shared = [_shared(part, one.span) if one.span else 0 for one in held]
    best = max(shared, default=0)
    return f"{field.part}.{shared.index(best)}{last}" if best else None


def read_as(claim: Claim, name: str, value: Any) -> Any:
    """What a reading has for a field; for an added one what it has at those words, as far as ``value`` tells it."""
    field = parsed(name)
    if field is None or not isinstance(field.at, Span):
        return fields_of(claim).get(name)
    near = same_words(getattr(claim, field.part), field.at)
    told = value if isinstance(value, dict) else {}
    return {key: told[key] if key in ("text", "noun") else getattr(near, key) for key in told} if near else None


def takes_out(name: str, action: str, value: Any) -> bool:
    """Whether a decision takes a part out of its claim."""
    field = parsed(name)
    whole = field is not None and isinstance(field.at, int) and not field.name
    return whole and action == "correct" and value is None


def says_the_same(read: Any, value: Any) -> bool:
    """Whether a value is what a reading has, wherever its words stand."""
    if isinstance(read, list) and isinstance(value, list):
        return [[one.get(n) for n in _VOICE] for one in read] == [[one.get(n) for n in _VOICE] for one in value]
    return bool(read == value)


def in_words(name: str, value: Any) -> str:
    """A correction as people say it."""
    field = parsed(name)
    if field and field.part and not field.name:
        told = "; ".join(f"{k}={v}" for k, v in (value or {}).items() if k != "text")
        return f"{name} to «{value['text']}»{f' ({told})' if told else ''}" if value else f"{name} to nothing"
    if name in NAMED:
        return f"{name} to {_names_in_words(name, value)}"
    if isinstance(value, dict):
        words = f" «{value['text']}»" if "text" in value else ""
        return f"{name} to {value['start']}-{value['end']}{words}"
    return f"{name} to {value!r}"


def _names_in_words(name: str, value: list[dict[str, Any]]) -> str:
    """Voices or participants as they can be typed."""
    if name != "attribution":
        return "; ".join(one["name"] for one in value) or "nobody"
    voices = (f"{one['name']}{'' if one['stance'] == 'neutral' else ' (' + one['stance'] + ')'}" for one in value)
    return " > ".join(voices) or "the publisher's own word"


def same_words(held: tuple[Any, ...], span: Span) -> Any:
    """The first of some parts that stands on the same words; None where none does."""
    return next((one for one in held if one.span and overlap(one.span, span) >= LEAST), None)


def overlap(one: Span, other: Span) -> float:
    """Shared words of two stretches, as a part of what both cover, from 0 to 1."""
    shared = _shared(one, other)
    covered = one.end - one.start + other.end - other.start - shared
    return shared / covered if covered else 0.0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def spans_in(name: str, value: Any) -> list[Span]:
    """The stretches of a report that a field with this value speaks of."""
    field = parsed(name)
    found = [field.at] if field and isinstance(field.at, Span) else []
    for one in value if isinstance(value, list) else [value]:
        held = one.get("span", one) if isinstance(one, dict) else None
        if isinstance(held, dict) and "start" in held and "end" in held and isinstance(held["start"], int):
            found.append(Span(held["start"], held["end"]))
    return found


def part_fault(one: Any) -> str:
    """What makes no sense in a part; empty when all does."""
    if isinstance(one, Figure):
        return figure_fault(one)
    if isinstance(one, Time):
        return time_fault(one)
    if isinstance(one, Place) and (one.lat is None) != (one.lon is None):
        return "a place with half of its coordinates"
    return ""


def fault(claim: Claim) -> str:
    """What makes no sense in a corrected claim; empty when all does."""
    texts = {figure.text for figure in claim.figures}
    lost = next((f.part_of for f in claim.figures if f.part_of is not None and f.part_of not in texts), None)
    faults = map(part_fault, (*claim.figures, *claim.times, *claim.places))
    return next((told for told in faults if told), f"a figure that is part of {lost!r}, which is none" if lost else "")
