"""What monitors counted at first hand in, set against what others announce of the same, out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from tawatur.findings.counts import count, in_time, sums
from tawatur.findings.frames import nested
from tawatur.findings.intervals import overlap
from tawatur.findings.monitored import batch_of
from tawatur.findings.nouns import Monitored
from tawatur.findings.phrasing import added, bounds, words
from tawatur.findings.relations import relate, same_counted, same_outcome
from tawatur.findings.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Words
    from tawatur.findings.wording import Both

    Against = Literal["agree", "contradict", "part"]


MOST = 200  # announced counts, the latest, that what monitors counted is set against


class Watch(NamedTuple):
    """What one monitor counted: a figure of its own, or batches added up."""

    frames: Sequence[Frame]
    low: float
    high: float


def monitored(ground: Ground, frames: Sequence[Frame]) -> tuple[Monitored, ...]:
    """Each count of a monitor, and each sum of its batches, against each count that somebody else announces."""
    seen = in_time(f for f in frames if f.claim.first_hand)
    announced = in_time(f for f in frames if not f.claim.first_hand)[-MOST:]
    watches = [Watch([f], *f.interval) for f in seen if not batch_of(f)]
    watches += [Watch(*found) for found in sums([f for f in seen if batch_of(f)])]
    found = (_against(ground, watch, frame) for watch in watches for frame in announced)
    return tuple(told for told in found if told)


def _against(ground: Ground, watch: Watch, frame: Frame) -> Monitored | None:
    relation = _relation(watch, frame)
    if relation is None or frame.origin == watch.frames[0].origin:
        return None
    ratio = _ratio(watch, frame)
    pairs = (frozenset((f.claim.id, frame.claim.id)) for f in watch.frames)
    finding = next((ground.between[pair] for pair in pairs if pair in ground.between), None)
    return Monitored(
        counted=tuple(count(ground, f) for f in watch.frames),
        low=watch.low,
        high=watch.high if math.isfinite(watch.high) else None,
        announced=count(ground, frame),
        relation=relation,
        ratio=ratio,
        finding=finding.id if finding else "",
        words=_told(ground, watch, frame, relation, ratio),
    )


def _relation(watch: Watch, frame: Frame) -> Against | None:
    """How what was watched stands to what is announced; None where the two are not of one thing."""
    first = watch.frames[0]
    if len(watch.frames) == 1:
        verdict = relate(first, frame, independent=True).relation
        return verdict if verdict in ("agree", "contradict", "part") else None
    if not same_outcome(first, frame) or not (_same_days(watch, frame)):
        return None
    same, room = same_counted(first, frame), watch.low <= frame.interval[1]
    if not same and not nested(first.population, frame.population):
        return None
    if same and overlap((watch.low, watch.high), frame.interval):
        return "agree"
    return "part" if room and (frame.cumulative or not same) else "contradict"


def _same_days(watch: Watch, frame: Frame) -> bool:
    """Whether what is announced counts the days of the batches: up to them, or within its own window."""
    days = [f.clock.as_of for f in watch.frames]
    known = [d for d in days if d is not None]
    if frame.clock.as_of is None or len(known) < len(days):
        return False
    start = frame.clock.start if frame.clock.start is not None else min(known)
    return start <= min(known) and max(known) <= frame.clock.as_of


def _ratio(watch: Watch, frame: Frame) -> float | None:
    """Announced by counted, of the middle of each; an open bound stands for itself. None where nobody was counted."""
    low, high = frame.figure.low, frame.figure.high
    told = [bound for bound in (low, high) if bound is not None]
    counted = watch.low + watch.high
    return round(2 * sum(told) / len(told) / counted, 2) if 0 < counted < math.inf else None


def _told(ground: Ground, watch: Watch, frame: Frame, relation: Against, ratio: float | None) -> Words:
    monitor, name = ground.name(watch.frames[0].claim), ground.name(frame.claim)
    told = words(
        "operation",
        f"monitor_{relation}",
        [monitor, name, frame.figure.text],
        monitor=monitor,
        counted=_counted(watch),
        announced=frame.figure.text,
        name=name,
    )
    if ratio is None or relation == "part":
        return told
    opened = (None if frame.figure.low is None else ratio, None if frame.figure.high is None else ratio)
    return added(told, "operation", "ratio", ratio=bounds(*opened))


def _counted(watch: Watch) -> Both:
    size = bounds(round(watch.low), round(watch.high) if math.isfinite(watch.high) else None)
    many = len(watch.frames)
    return say("operation", "in_batches", size=size, n=str(many)) if many > 1 else size
