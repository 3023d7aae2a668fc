"""Reports, claims and events made by hand, for tests of the later stages."""

from __future__ import annotations

from typing import Any

from tawatur.model import Claim, Event, Figure, Lineage, Link, Mention, Place, Report, Span, Time

NO_COPIES = Lineage()
ALEPPO = Place("حلب", "Aleppo", 36.2, 37.16)


def report(text: str, outlet: str = "صحيفة المدينة", published: str | None = "2016-12-16") -> Report:
    return Report.make(text, outlet=outlet, published=published)


def figure(
    text: str,
    low: float | None,
    high: float | None,
    population: str,
    outcome: str,
    *,
    about: bool = False,
    total: bool = False,
) -> Figure:
    """A figure by its words; the span is set when a claim takes it in. The last word is its noun."""
    kinds: dict[str, Any] = {"population": population, "outcome": outcome}
    noun = text.split()[-1]
    return Figure(text, Span(0, 0), low, high, about, cumulative=total, noun=noun, **kinds)


def claim(
    home: Report,
    words: str,
    event_type: str,
    status: str = "occurred",
    *,
    by: str | None = None,
    figures: tuple[Figure, ...] = (),
    places: tuple[Place, ...] = (),
    times: tuple[Time, ...] = (),
    actors: tuple[str, ...] = (),
    affected: tuple[str, ...] = (),
    stance: str = "neutral",
    body: str | None = None,
) -> Claim:
    """A claim whose clause and figures are found in the report by their words."""
    start = home.text.index(words)
    kinds: dict[str, Any] = {"event_type": event_type, "status": status}
    link: dict[str, Any] = {"stance": stance, "body": body}
    return Claim(
        id=Claim.key(home.id, Span(start, start + len(words)), event_type),
        report=home.id,
        span=Span(start, start + len(words)),
        attribution=(Link(by, **link),) if by else (),
        actors=tuple(Mention(a) for a in actors),
        affected=tuple(Mention(a) for a in affected),
        figures=tuple(_placed(f, home, start) for f in figures),
        places=places,
        times=times,
        **kinds,
    )


def _placed(f: Figure, home: Report, start: int) -> Figure:
    at = home.text.index(f.text, start)
    return Figure(
        f.text,
        Span(at, at + len(f.text)),
        f.low,
        f.high,
        f.approximate,
        f.population,
        f.outcome,
        f.cumulative,
        noun=f.noun,
    )


def event(*claims: Claim) -> Event:
    """One event of some claims, as if they had been put together."""
    return Event("e", "e", claims[0].event_type, tuple(c.id for c in claims))
