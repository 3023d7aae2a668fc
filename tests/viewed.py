"""Comparisons of hand-made claims with all that is found in them, for tests of the views."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from making import NO_COPIES, claim, figure, report
from tawatur.findings import compare
from tawatur.model import Claim, Comparison, Event, Lineage, Report, Time

if TYPE_CHECKING:
    from collections.abc import Iterable

STATUSES = ("planned", "began", "ongoing", "suspended", "resumed", "completed", "occurred", "not_occurred")
NAMES = ("الوزارة", "المرصد", "المنظمة", "المجلس المحلي", None)
ACTORS = ("الوزارة", "الجيش", "الفصائل")


def compared(
    claims: Iterable[Claim], homes: Iterable[Report], lineage: Lineage = NO_COPIES, events: tuple[Event, ...] = ()
) -> Comparison:
    """What is found of some claims, as one event unless events are given."""
    claims, homes = tuple(claims), tuple(homes)
    events = events or (Event("e", "e | ح", claims[0].event_type, tuple(c.id for c in claims)),)
    accounts, found, estimates = compare(events, claims, homes, lineage)
    return Comparison(homes, claims, lineage, events, accounts, found, estimates)


@st.composite
def worlds(draw: st.DrawFn) -> Comparison:
    """A few reports of a few claims each, in one or two events, some of them copies."""
    homes, claims = [], []
    for number in range(draw(st.integers(1, 5))):
        day = f"2016-12-{draw(st.integers(14, 24))}"
        clauses = [f"خبر {number} جملة {k} عن 12{k} شخصا خرجوا" for k in range(draw(st.integers(1, 4)))]
        home = report(". ".join(clauses), f"صحيفة {number % 3}", draw(st.sampled_from([day, day, None])))
        homes.append(home)
        claims += [draw(_claims(home, words, k)) for k, words in enumerate(clauses)]
    cut = draw(st.integers(1, len(claims)))
    parts = [part for part in (claims[:cut], claims[cut:]) if part]
    events = tuple(Event(f"e{n}", "l | ل", p[0].event_type, tuple(c.id for c in p)) for n, p in enumerate(parts))
    pairs = [(b.id, a.id) for a, b in pairwise(claims) if draw(st.integers(0, 9)) == 0]
    return compared(claims, homes, Lineage((), (), tuple(pairs)), events)


@st.composite
def _claims(draw: st.DrawFn, home: Report, words: str, k: int) -> Claim:
    low = draw(st.sampled_from([None, 0, 10, 90, 100, 120, 400, 5000]))
    high = draw(st.sampled_from([None, 120, 400, 5000]))
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        high = low = 120
    kinds: dict[str, Any] = {
        "population": draw(st.sampled_from(["people", "civilians", "fighters"])),
        "outcome": draw(st.sampled_from(["evacuated", "killed", "besieged"])),
        "about": draw(st.booleans()),
        "total": draw(st.booleans()),
    }
    end = f"2016-12-{draw(st.integers(13, 23))}"
    start = draw(st.sampled_from([None, end]))
    return claim(
        home,
        words,
        draw(st.sampled_from(["evacuation", "siege", "attack"])),
        draw(st.sampled_from(STATUSES)),
        by=draw(st.sampled_from(NAMES)),
        figures=(figure(f"12{k} شخصا", low, high, **kinds),) if draw(st.booleans()) else (),
        times=(Time("يومها", start, end),) if draw(st.booleans()) else (),
        actors=(draw(st.sampled_from(ACTORS)),) if draw(st.booleans()) else (),
        stance=draw(st.sampled_from(["neutral", "neutral", "doubted", "denied"])),
    )
