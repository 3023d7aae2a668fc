"""An event's claims in, its type and its readable label out: what, where, when, in English and Arabic."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tawatur.events.views import day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tawatur.model import Claim, EventType

_VAGUE = {"casualties", "other", "condemnation", "monitoring"}  # say least about what happened


@cache
def type_names() -> Mapping[str, tuple[str, str]]:
    """Event type to its name in English and Arabic."""
    table = tomllib.loads(files("tawatur.events").joinpath("names.toml").read_text("utf-8"))
    return {key: (english, arabic) for key, (english, arabic) in table["types"].items()}


def majority(claims: Sequence[Claim]) -> EventType:
    """The type that most claims have; of equals the one that says more, then the first by name."""
    counts = Counter(c.event_type for c in claims)
    return min(counts, key=lambda t: (-counts[t], t in _VAGUE, t))


def label(claims: Sequence[Claim], event_type: EventType) -> str:
    """``Evacuation · Aleppo · 2016-12-15/16 | إجلاء · حلب · 2016-12-15/16``; parts that nobody says are left out."""
    english, arabic = type_names()[event_type]
    place_en, place_ar = _place(claims)
    dates = _dates(claims)
    sides = ([english, place_en, dates], [arabic, place_ar, dates])
    return " | ".join(" · ".join(part for part in side if part) for side in sides)


def _place(claims: Sequence[Claim]) -> tuple[str, str]:
    named = Counter((p.name or p.text) for c in claims for p in c.places)
    if not named:
        return "", ""
    name = min(named, key=lambda n: (-named[n], n))
    texts = Counter(p.text for c in claims for p in c.places if (p.name or p.text) == name)
    return name, min(texts, key=lambda t: (-texts[t], len(t), t))


def _dates(claims: Sequence[Claim]) -> str:
    known = [t[:10] for c in claims for time in c.times for t in (time.start, time.end) if t and day(t)]
    if not known:
        return ""
    counts = Counter(known)
    common = min(counts, key=lambda t: (-counts[t], t))
    first, last = min(known), max(known)
    if first == last:
        return first
    near = (day(last) or 0) - (day(first) or 0) <= 31
    return f"{first}/{last}" if near else common
