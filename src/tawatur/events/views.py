"""What the pair features look at: one view a claim, made once, so that a pair costs only set operations."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tawatur.events.rarity import Common, Rarity, count
from tawatur.events.surroundings import rough, weighed, weighted
from tawatur.events.weighing import Weigher
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
    common: Common
    rare_places: Mapping[str, float]  # how rare each place is, about 0 to 1
    rare_words: Mapping[str, float]
    pairs: list[tuple[str, str]] | None = None  # of claims worth a look, once looked for
    chances: dict[tuple[str, str], float] = field(
        default_factory=dict
    )  # that two claims are of one event, once weighed
    weigher: Weigher | None = None  # once asked for

    def weighed(self) -> Weigher:
        """What weighs pairs of these claims, with all that it has weighed."""
        self.weigher = self.weigher or Weigher(self)
        return self.weigher

    def share(self, event_type: str) -> float:
        """The share of one event type among the claims."""
        return self.common.types.get(event_type, 0) / max(1, self.common.claims)


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
    return seen(placed(claims, reports))


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim where it stands: its number in its report, and the places and time that reign there."""

    claim: Claim
    report: Report
    rank: int
    before: tuple[Place, ...]
    reigning: Window | None

    def words(self) -> Counter[str]:
        """The words of a claim and of the names in it, as character grams."""
        claim = self.claim
        names = (*(m.name for m in (*claim.actors, *claim.affected)), *(p.text for p in claim.places))
        return Counter(grams(" ".join([claim.span.of(self.report.text), *names])))


def placed(claims: Iterable[Claim], reports: Iterable[Report]) -> list[Placed]:
    """The claims whose reports are there, each id once, by report and as they stand in it; reports with all claims."""
    by_report = {r.id: r for r in reports}
    grouped: dict[str, list[Claim]] = {}
    for claim in {c.id: c for c in claims}.values():
        if claim.report in by_report:
            grouped.setdefault(claim.report, []).append(claim)
    return [row for key in sorted(grouped) for row in _rows(by_report[key], grouped[key])]


def seen(rows: Sequence[Placed], common: Common | None = None) -> Scene:
    """Views of claims; ``common`` tells how common words are where these claims are a few of many."""
    words = [row.words() for row in rows]
    found = [rough(row.report.text, row.claim.span.start, row.claim.span.end) for row in rows]
    held = common or Common(
        len(rows),
        dict(Counter(row.claim.event_type for row in rows)),
        count(words),
        count([r.sentence for r in found]),
        count([r.concepts for r in found]),
        count([_place_words(row.before) for row in rows]),
        count([r.words for r in found]),
    )
    weights, around = Rarity(held.words, held.claims), weighed(found, held)
    views = {row.claim.id: _view(row, told, weights, near) for row, told, near in zip(rows, words, around, strict=True)}
    places = Rarity(held.places, held.claims, math.log(2 * held.claims + 2))
    return Scene(views, held, places, Rarity(held.longer, held.claims))


def _rows(report: Report, claims: Sequence[Claim]) -> list[Placed]:
    rows: list[Placed] = []
    before: tuple[Place, ...] = ()
    last: Window | None = None
    ordered = sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))
    for rank, claim in enumerate(ordered):
        before, last = claim.places or before, _window(claim) or last
        rows.append(Placed(claim, report, rank, before, last))
    return rows


def _view(row: Placed, said: Counter[str], weights: Mapping[str, float], around: Around) -> View:
    claim = row.claim
    words = weighted(said, weights)
    window = _window(claim)
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
