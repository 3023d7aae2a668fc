"""An event in, its estimates along as-of days out, where there is more than one day.

Of running totals each origin's latest counts on every later day too, and no day's estimate is above a later one's:
a total cannot fall, so a later account that is lower leaves no room for more before. Other counts stand for their day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tawatur.findings.estimates import median, standing
from tawatur.findings.ground import day
from tawatur.findings.nouns import Point, Series
from tawatur.findings.phrasing import added, names_of, number, words
from tawatur.findings.wording import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tawatur.findings.estimates import Stand
    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Words
    from tawatur.model import Event, Outcome, Population

EXACT = 100  # below it a middle of two counts is told with its fraction
Ends = tuple[float, float, float]  # low, best, high


class Day(NamedTuple):
    """Where origins stand as of one day, and what that comes to by itself."""

    as_of: int
    stands: Sequence[Stand]
    ends: Ends


def series(ground: Ground) -> tuple[Series, ...]:
    """Every quantity that an event's accounts count as of two days or more, by event, population and outcome."""
    return tuple(found for event in ground.events for found in _of(ground, event))


def _of(ground: Ground, event: Event) -> list[Series]:
    groups: dict[tuple[Population, Outcome], list[Frame]] = defaultdict(list)
    for claim in ground.standing(event):
        for frame in ground.frames(claim):
            if frame.outcome != "none" and not frame.ahead and not frame.denied:
                groups[frame.population, frame.outcome].append(frame)
    found = (_series(ground, event, groups[kind]) for kind in sorted(groups))
    return [s for s in found if len(s.points) > 1]


def _series(ground: Ground, event: Event, frames: list[Frame]) -> Series:
    running = [f for f in frames if f.cumulative]
    days = _days(running or frames, carried=bool(running))
    settled = _never_falling([d.ends for d in days]) if running else [d.ends for d in days]
    first = frames[0]
    return Series(
        event=event.id,
        population=first.population,
        outcome=first.outcome,
        kind="running" if running else "daily",
        points=tuple(_point(ground, d, ends) for d, ends in zip(days, settled, strict=True)),
        undated=tuple(sorted({f.claim.id for f in (running or frames) if f.clock.as_of is None})),
        words=words("series", "running" if running else "daily", noun=quantity(first.population, first.outcome)),
    )


def _days(frames: list[Frame], *, carried: bool) -> list[Day]:
    """Each as-of day with the stands of its counts, of earlier ones too when they are carried on."""
    dated = [(f.clock.as_of, f) for f in frames if f.clock.as_of is not None]
    found = []
    for as_of in sorted({d for d, _ in dated}):
        stands = standing([f for d, f in dated if (d <= as_of if carried else d == as_of)])
        found.append(Day(as_of, stands, _ends(stands)))
    return found


def _ends(stands: Sequence[Stand]) -> Ends:
    best = median([(s.point, s.weight) for s in stands])
    return min(s.low for s in stands), best, max(s.high for s in stands)


def _never_falling(days: Sequence[Ends]) -> list[Ends]:
    """Each end lowered to the lowest that any later day has."""
    out: list[Ends] = []
    for low, best, high in reversed(days):
        later = out[-1] if out else (low, best, high)
        out.append((min(low, later[0]), min(best, later[1]), min(high, later[2])))
    return out[::-1]


def _point(ground: Ground, at: Day, ends: Ends) -> Point:
    claims = [s.frame.claim for s in at.stands]
    names = tuple(dict.fromkeys(ground.name(c) for c in claims))
    opened = any(s.frame.figure.high is None for s in at.stands)
    return Point(
        as_of=day(at.as_of) or "",
        low=ends[0],
        best=ends[1],
        high=ends[2],
        open=opened,
        origins=tuple(s.origin for s in at.stands),
        claims=tuple(dict.fromkeys(c.id for c in claims)),
        texts=tuple(s.frame.figure.text for s in at.stands),
        lowered=ends != at.ends,
        words=_told(at, ends, names, opened=opened),
    )


def _told(at: Day, ends: Ends, names: tuple[str, ...], *, opened: bool) -> Words:
    low, best, high = (number(end if end < EXACT else round(end)) for end in ends)
    told = words(
        "series",
        "point_open" if opened else "point",
        names,
        day=day(at.as_of) or "",
        low=low,
        best=best,
        high=high,
        who=names_of(names),
    )
    return added(told, "series", "lowered") if ends != at.ends else told
