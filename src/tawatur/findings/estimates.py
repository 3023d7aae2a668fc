"""An event's frames in, low, best and high of each measured quantity out, with who stands behind each.

``best`` is the weighted median over independent origins (an exact count weighs 1, "about" 0.8, an open bound 0.5 and
stands for its bound); ``low`` and ``high`` are the lowest and highest that an origin allows. Never a mean: one
swapped digit would ruin it. A running total that a later one of anybody overtakes no longer counts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tawatur.findings.clocks import show
from tawatur.findings.grades import graded
from tawatur.findings.intervals import open_ended, rounding
from tawatur.findings.wording import say
from tawatur.model import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tawatur.findings.frames import Frame
    from tawatur.model import Account, Event, Outcome, Population


OUTGROWN = 1.5  # times an "at least" that a later total must be, for the first to say nothing any more; our own setting


class Stand(NamedTuple):
    """Where one origin stands on a quantity: its latest figure, as a bound below and above, and how firmly."""

    origin: str
    frame: Frame
    low: float
    high: float
    point: float
    weight: float


def estimates(event: Event, frames: Iterable[Frame], accounts: Sequence[Account]) -> list[Estimate]:
    """One estimate for each population and outcome that the event's accounts count; plans are left out."""
    groups: dict[tuple[Population, Outcome], list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.outcome != "none" and not frame.ahead and frame.claim.status != "not_occurred":
            groups[frame.population, frame.outcome].append(frame)
    by_origin = {a.origin: a for a in accounts}
    return [_estimate(event, key, groups[key], by_origin) for key in sorted(groups)]


def _estimate(
    event: Event, key: tuple[Population, Outcome], frames: Sequence[Frame], accounts: Mapping[str, Account]
) -> Estimate:
    stands = standing(frames)
    best = median([(s.point, s.weight) for s in stands])
    low, high = min(s.low for s in stands), max(s.high for s in stands)
    grade, grounds = graded(stands, accounts)
    gaps = [say("gaps", gap) for gap in _gaps(stands)]
    days = [s.frame.clock.as_of for s in stands if s.frame.clock.as_of is not None]
    return Estimate(
        event=event.id,
        population=key[0],
        outcome=key[1],
        as_of=show(max(days)) if days else None,
        low=low,
        best=best,
        high=high,
        low_by=tuple(sorted(s.origin for s in stands if s.low == low)),
        best_by=tuple(sorted(s.origin for s in stands if s.point == best)),
        high_by=tuple(sorted(s.origin for s in stands if s.high == high)),
        grade=grade,
        grounds_en=grounds[0],
        grounds_ar=grounds[1],
        gaps_en=tuple(g[0] for g in gaps),
        gaps_ar=tuple(g[1] for g in gaps),
    )


def standing(frames: Sequence[Frame]) -> list[Stand]:
    """One stand for each origin, sorted by origin: its latest and, of one day, its largest figure."""
    running = [f for f in frames if f.cumulative] or list(frames)
    latest: dict[str, Frame] = {}
    for frame in sorted(running, key=_rank):
        latest[frame.origin] = frame
    stands = [_stand(latest[origin]) for origin in sorted(latest)]
    return [s for s in stands if not any(_overtaken(s, other) for other in stands)]


def _rank(frame: Frame) -> tuple[float, float, str, int]:
    as_of = frame.clock.as_of
    return (-math.inf if as_of is None else as_of, frame.interval[0], frame.claim.id, frame.figure.span.start)


def _stand(frame: Frame) -> Stand:
    low, high = frame.interval
    if open_ended(frame.interval):
        bound = low if high == math.inf else high
        low, high, point, weight = bound, bound, bound, 0.5
    else:
        point, weight = (low + high) / 2, 0.8 if _loose(frame) else 1.0
    if any(link.stance == "doubted" for link in frame.claim.attribution):
        weight /= 2
    return Stand(frame.origin, frame, low, high, point, weight)


def _loose(frame: Frame) -> bool:
    """True for "about" and for a range, by the words or by those of another relay."""
    low, high = frame.interval
    return frame.figure.approximate or frame.figure.low != frame.figure.high or high - low > 2 * rounding(low)


def _overtaken(stand: Stand, other: Stand) -> bool:
    """True when another origin's later running total is higher, and the two need not contradict."""
    a, b = stand.frame, other.frame
    if a.clock.as_of is None or b.clock.as_of is None or not (a.running and b.running):
        return False
    told = a.interval[1] if a.interval[1] != math.inf else a.interval[0] * OUTGROWN
    return b.clock.as_of > a.clock.as_of and b.interval[0] > told


def median(points: Iterable[tuple[float, float]]) -> float:
    """The weighted median of values with weights above zero: always one of the values; the lower one of two halves."""
    ordered = sorted(points)
    half = sum(weight for _, weight in ordered) / 2
    passed = 0.0
    for value, weight in ordered:
        passed += weight
        if passed >= half - 1e-12:
            return value
    raise ValueError("a median of nothing")


def _gaps(stands: Sequence[Stand]) -> list[str]:
    gaps = []
    if all(s.frame.clock.as_of is None for s in stands):
        gaps.append("as_of")
    if not any(s.frame.claim.places for s in stands):
        gaps.append("place")
    if all(s.frame.figure.high is None for s in stands):
        gaps.append("upper")
    if any(s.frame.claim.origin and s.frame.claim.origin.kind == "unnamed" for s in stands):
        gaps.append("origin")
    return gaps
