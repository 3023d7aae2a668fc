"""What the pair features look at: one view a claim, made once, so that a pair costs only set operations."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tawatur.events.surroundings import rarity, rough, weighed, weighted
from tawatur.events.words import fold, grams, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tawatur.events.surroundings import Around
    from tawatur.model import Claim, Place, Report

_PARAGRAPH = re.compile(r"\n+")
_SENTENCE = re.compile(r"[.!?؟…\n]+")

Window = tuple[int | None, int | None]
Measured = tuple[str, str, float | None, float | None]


@dataclass(frozen=True, slots=True)
class View:
    """One claim as the features see it. Days are proleptic ordinals; ``rank`` is the claim's place in its report."""

    claim: Claim
    quote: str
    rank: int
    paragraph: int
    sentence: int
    said: int | None
    window: Window | None
    exact: bool  # the window is the claim's own and closed on both sides
    words: Mapping[str, float]
    norm: float
    places: frozenset[str]
    spots: tuple[tuple[float, float], ...]
    inherited: frozenset[str]
    inherited_spots: tuple[tuple[float, float], ...]
    actors: frozenset[str]
    affected: frozenset[str]
    origin: frozenset[str]
    measured: frozenset[tuple[str, str]]
    figures: tuple[Measured, ...]
    around: Around
    reigning: Window | None  # the claim's own window, else that of the last claim before it that has one


@dataclass(slots=True)
class Scene:
    """All claims of one comparison as views, with what the whole of it says of types and words."""

    views: dict[str, View]
    types: Counter[str] = field(default_factory=Counter)
    rare_places: dict[str, float] = field(default_factory=dict)  # how rare each place is, about 0 to 1
    rare_words: dict[str, float] = field(default_factory=dict)
    pairs: list[tuple[str, str]] | None = None  # of claims worth a look, once looked for
    chances: dict[tuple[str, str], float] = field(
        default_factory=dict
    )  # that two claims are of one event, once weighed

    def share(self, event_type: str) -> float:
        """The share of one event type among the claims."""
        return self.types[event_type] / max(1, len(self.views))


def day(text: str | None) -> int | None:
    """The ordinal of an ISO date or date-time; None where there is none or it is no date."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


def scene(claims: Iterable[Claim], reports: Iterable[Report]) -> Scene:
    """Views of the claims whose reports are there, each id once, in an order of their own."""
    by_report = {r.id: r for r in reports}
    grouped: dict[str, list[Claim]] = {}
    for claim in {c.id: c for c in claims}.values():
        if claim.report in by_report:
            grouped.setdefault(claim.report, []).append(claim)
    rows = [row for key in sorted(grouped) for row in _rows(by_report[key], grouped[key])]
    weights = rarity([row.words for row in rows])
    around = weighed([rough(row.report.text, row.claim.span.start, row.claim.span.end) for row in rows])
    views = {row.claim.id: _view(row, weights, near) for row, near in zip(rows, around, strict=True)}
    types: Counter[str] = Counter(row.claim.event_type for row in rows)
    return Scene(views, types, _rare_places(list(views.values())), rarity([v.around.words for v in views.values()]))


def _rare_places(views: Sequence[View]) -> dict[str, float]:
    found, whole = rarity([v.inherited for v in views]), math.log(2 * len(views) + 2)
    return {place: weight / whole for place, weight in found.items()}


@dataclass(slots=True)
class _Row:
    claim: Claim
    report: Report
    rank: int
    words: Counter[str]
    before: tuple[Place, ...]
    window: Window | None
    reigning: Window | None


def _rows(report: Report, claims: Sequence[Claim]) -> list[_Row]:
    rows: list[_Row] = []
    before: tuple[Place, ...] = ()
    last: Window | None = None
    ordered = sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))
    for rank, claim in enumerate(ordered):
        text = claim.span.of(report.text)
        said = " ".join([text, *(m.name for m in (*claim.actors, *claim.affected)), *(p.text for p in claim.places)])
        before, window = claim.places or before, _window(claim)
        last = window or last
        rows.append(_Row(claim, report, rank, Counter(grams(said)), before, window, last))
    return rows


def _view(row: _Row, weights: Mapping[str, float], around: Around) -> View:
    claim = row.claim
    words = weighted(row.words, weights)
    window = row.window
    head = row.report.text[: claim.span.start]
    return View(
        claim=claim,
        quote=claim.span.of(row.report.text),
        rank=row.rank,
        paragraph=len(_PARAGRAPH.findall(head)),
        sentence=len(_SENTENCE.findall(head)),
        said=day(claim.said) or day(row.report.published),
        window=window,
        exact=window is not None and None not in window,
        words=words,
        norm=math.sqrt(sum(w * w for w in words.values())) or 1.0,
        places=_place_words(claim.places),
        spots=_spots(claim.places),
        inherited=_place_words(row.before),
        inherited_spots=_spots(row.before),
        actors=_names(m.name for m in claim.actors),
        affected=_names(m.name for m in claim.affected),
        origin=frozenset(tokens(claim.origin.name)) if claim.origin else frozenset(tokens(row.report.outlet or "")),
        measured=frozenset((f.population, f.outcome) for f in claim.figures),
        figures=tuple((f.population, f.outcome, f.low, f.high) for f in claim.figures),
        around=around,
        reigning=row.reigning,
    )


def _window(claim: Claim) -> Window | None:
    starts = [day(t.start) for t in claim.times]
    ends = [day(t.end) for t in claim.times]
    known = [d for d in (*starts, *ends) if d is not None]
    if not known:
        return None
    start = None if None in starts else min(d for d in starts if d is not None)
    end = None if None in ends else max(d for d in ends if d is not None)
    return start, end


def _place_words(places: Iterable[Place]) -> frozenset[str]:
    return frozenset(key for p in places for key in (fold(p.text), fold(p.name or "")) if key)


def _spots(places: Iterable[Place]) -> tuple[tuple[float, float], ...]:
    return tuple((p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None)


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in tokens(name))
