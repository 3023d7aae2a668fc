"""Figures as an operation tells them, and batches added up against totals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tawatur.findings.frames import nested
from tawatur.findings.ground import day
from tawatur.findings.monitored import batch_of, is_batch
from tawatur.findings.nouns import Count, SumCheck
from tawatur.findings.phrasing import added, number, words
from tawatur.findings.relations import same_counted, same_outcome
from tawatur.findings.wording import quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Words

WIDE = 3  # digits of a batch number in the order of batches
LEAST = 2  # batches that make a sum
MOST = 200  # totals of an event, the latest, that sums are set against


class Sum(NamedTuple):
    """Batches of one origin, population and outcome, with the least and the most that they come to."""

    batches: Sequence[Frame]
    low: float
    high: float


def count(ground: Ground, frame: Frame) -> Count:
    """A frame as a count, with the claims that repeat it."""
    claim, figure = frame.claim, frame.figure
    return Count(
        claim=claim.id,
        figure=ground.place(frame),
        origin=frame.origin,
        name=ground.name(claim),
        side=ground.side(claim),
        text=figure.text,
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        population=frame.population,
        outcome=frame.outcome,
        as_of=day(frame.clock.as_of),
        as_of_from=frame.clock.as_of_from,
        batch=ground.batch(frame),
        first_hand=claim.first_hand,
        repeats=ground.repeats.get(claim.id, ()),
    )


def in_time(frames: Iterable[Frame]) -> list[Frame]:
    """Frames by day and hour of their as-of, those without last; then by batch, origin and place in the text."""
    return sorted(frames, key=_moment)


def _moment(frame: Frame) -> tuple[object, ...]:
    ends = sorted(t.end or t.start or "" for t in frame.claim.times)
    as_of = frame.clock.as_of
    hour = ends[-1][10:] if ends else ""
    place = (frame.claim.report, frame.figure.span.start, frame.claim.id)
    return (as_of is None, as_of or 0, hour, batch_of(frame).zfill(WIDE), frame.origin, place)


def once(ground: Ground, frames: Iterable[Frame]) -> list[Count]:
    """Counts in time; what one origin says again of the same day stands once, with its repeats."""
    kept: dict[tuple[object, ...], list[Frame]] = defaultdict(list)
    for frame in in_time(frames):
        figure = frame.figure
        said = (frame.origin, figure.low, figure.high, figure.approximate, frame.population, frame.outcome)
        kept[*said, frame.clock.as_of, batch_of(frame)].append(frame)
    return [_merged(ground, same) for same in kept.values()]


def _merged(ground: Ground, same: list[Frame]) -> Count:
    first, *others = (count(ground, frame) for frame in same)
    more = [c for other in others for c in (other.claim, *other.repeats) if c != first.claim]
    return replace(first, repeats=tuple(dict.fromkeys((*first.repeats, *more))))


def apart(frames: Iterable[Frame]) -> tuple[list[Frame], list[Frame]]:
    """Batches and totals.

    What is no running total is a total too where it should hold batches that have names, and where nothing but its
    wording makes it a batch (it has neither name nor days) and it is more than any running total could hold.
    """
    found = in_time(frames)
    named = [f for f in found if batch_of(f)][:MOST]
    running = [f for f in found if f.cumulative][:MOST]
    whole = [f.cumulative or _covers(f, named) or _exceeds(f, running) for f in found]
    told = list(zip(found, whole, strict=True))
    return [f for f, is_total in told if not is_total], [f for f, is_total in told if is_total]


def _covers(frame: Frame, named: Iterable[Frame]) -> bool:
    own = frame.clock.window is not None
    return own and any(holds(batch, frame) and _before(batch, frame) for batch in named)


def _exceeds(frame: Frame, running: Iterable[Frame]) -> bool:
    if batch_of(frame) or frame.clock.window:
        return False
    whole = [total for total in running if holds(frame, total)]
    return bool(whole) and all(frame.interval[0] > total.interval[1] for total in whole)


def sums(batches: Sequence[Frame]) -> list[Sum]:
    """The batches of each origin, population and outcome added up, where there are two that cannot be the same."""
    found = (added_up(same) for _, same in _by_kind(batches))
    return [s for s in found if len(s.batches) >= LEAST]


def _by_kind(batches: Iterable[Frame]) -> list[tuple[tuple[str, str, str], list[Frame]]]:
    groups: dict[tuple[str, str, str], list[Frame]] = defaultdict(list)
    for frame in in_time(batches):
        groups[frame.origin, frame.population, frame.outcome].append(frame)
    return sorted(groups.items())


def added_up(batches: Iterable[Frame]) -> Sum:
    """Batches of one kind together: the least and the most that they come to.

    Batches with two names, with days that do not meet, or of one claim are apart. Of several claims on the same days
    only the largest counts, since they may tell of one batch.
    """
    apart: dict[str, dict[str, list[Frame]]] = defaultdict(lambda: defaultdict(list))
    last, number = None, 0
    for frame in sorted(batches, key=_begin):
        name, (start, end) = batch_of(frame), frame.clock.window or (0, 0)
        if not name:
            number += last is None or start > last
            last = end if last is None else max(last, end)
        apart[f"={name}" if name else str(number)][frame.claim.id].append(frame)
    kept = [max(claims.values(), key=_least) for claims in apart.values()]
    frames = in_time(frame for same in kept for frame in same)
    return Sum(frames, sum(f.interval[0] for f in frames), sum(f.interval[1] for f in frames))


def _begin(frame: Frame) -> tuple[object, ...]:
    return (frame.clock.window or (0, 0), frame.claim.id, frame.figure.span.start)


def _least(frames: list[Frame]) -> tuple[float, str]:
    return sum(f.interval[0] for f in frames), frames[0].claim.id


def checks(ground: Ground, batches: Sequence[Frame], totals: Sequence[Frame]) -> list[SumCheck]:
    """Every sum of batches against every total that should hold it: Σ low ≤ high."""
    found = [_check(ground, same, total) for _, same in _by_kind(batches) for total in in_time(totals)[-MOST:]]
    return [check for check in found if check]


def _check(ground: Ground, batches: Sequence[Frame], total: Frame) -> SumCheck | None:
    own = [b for b in batches if holds(b, total)]
    inside = [b for b in own if _before(b, total)]
    if not inside or len((whole := added_up(inside)).batches) < LEAST:
        return None
    out = [b for b in own if b not in inside]
    fits = whole.low <= total.interval[1]
    return SumCheck(
        origin=batches[0].origin,
        name=ground.name(batches[0].claim),
        population=batches[0].population,
        outcome=batches[0].outcome,
        batches=tuple(count(ground, b) for b in whole.batches),
        left_out=tuple(count(ground, b) for b in out),
        low=whole.low,
        total=count(ground, total),
        fits=fits,
        words=_told(ground, whole, total, len(out), fits=fits),
    )


def holds(batch: Frame, total: Frame) -> bool:
    """Whether a total should have room for a batch: the same happened, to the same people or some of them."""
    kind = same_outcome(batch, total) and (same_counted(batch, total) or nested(batch.population, total.population))
    return kind and (total.cumulative or is_batch(batch, total))


def _before(batch: Frame, total: Frame) -> bool:
    """Whether a batch has a name or days of its own, and was counted within the time that a total counts."""
    when, until, since = batch.clock.as_of, total.clock.as_of, total.clock.start
    own = bool(batch_of(batch)) or batch.clock.window is not None
    return own and when is not None and until is not None and (since or 0) <= when <= until


def _told(ground: Ground, whole: Sum, total: Frame, out: int, *, fits: bool) -> Words:
    name, other, first = ground.name(whole.batches[0].claim), ground.name(total.claim), whole.batches[0]
    told = words(
        "operation",
        "sum_fits" if fits else "sum_exceeds",
        [name, other, total.figure.text],
        n=str(len(whole.batches)),
        name=name,
        sum=number(round(whole.low)),
        noun=quantity(first.population, first.outcome),
        total=total.figure.text,
        whole=other,
    )
    return added(told, "operation", "left_out", n=str(out)) if out else told
