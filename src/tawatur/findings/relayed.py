"""Frames in, the same frames out as their origins stated them: what some relays of a statement lost, others still tell.

Two figures pass on one statement when they stand in one event and have the same origin, outcome and number. Who passes
it on without its hedge, day or population has these from those who kept them. A relay that stands alone with another
number or population than several others give is marked: it is shown as a variant, and contradicts nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tawatur.findings.frames import nested

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from tawatur.findings.clocks import Clock
    from tawatur.findings.frames import Frame

LATE = 3  # days by which a relay may follow the statement that it passes on
SEVERAL = 2  # reports that must agree against one that stands alone

T = TypeVar("T", bound="Hashable")
_Place = tuple[str, int]  # claim, number of the figure in it


def settled(frames: Mapping[str, Sequence[Frame]], home: Mapping[str, str]) -> dict[str, tuple[Frame, ...]]:
    """The frames of every claim, by claim id, with what other relays of their statements tell.

    ``home`` is the event of each claim; claims without one stay as they are.
    """
    held = {(claim, n): f for claim, own in frames.items() if claim in home for n, f in enumerate(own)}
    for key, mend in (
        (_statement, _populations),
        (_statement, _hedges),
        (_statement, _days),
        (_count, _numbers),
        (_statement, _other_populations),
    ):
        for places in _grouped(held, home, key):
            held.update(zip(places, mend([held[p] for p in places]), strict=True))
    return {claim: tuple(held.get((claim, n), f) for n, f in enumerate(own)) for claim, own in frames.items()}


def _grouped(
    held: Mapping[_Place, Frame], home: Mapping[str, str], key: Callable[[Frame], Hashable]
) -> Iterator[list[_Place]]:
    groups: dict[Hashable, list[_Place]] = defaultdict(list)
    for place in sorted(held):
        groups[home[place[0]], held[place].origin, held[place].outcome, key(held[place])].append(place)
    return (places for places in groups.values() if len({held[p].claim.report for p in places}) > 1)


def _statement(frame: Frame) -> Hashable:
    return _number(frame), frame.cumulative


def _count(frame: Frame) -> Hashable:
    return frame.population, frame.cumulative, frame.clock.as_of


def _number(frame: Frame) -> float:
    low, high = frame.figure.low, frame.figure.high
    return low if low is not None else high if high is not None else 0.0


def _populations(group: Sequence[Frame]) -> Iterable[Frame]:
    """Who is counted, where no noun says it and all other relays name one population."""
    told = {f.population for f in group if not _uncounted(f)}
    if len(told) != 1:
        return group
    return [replace(f, population=next(iter(told))) if _uncounted(f) else f for f in group]


def _uncounted(frame: Frame) -> bool:
    return frame.population == "other" and not frame.figure.noun


def _hedges(group: Sequence[Frame]) -> Iterable[Frame]:
    """The hedge that is met most often, where a relay gives the bare number."""
    hedged = Counter(f.interval for f in group if not _bare(f))
    if not hedged:
        return group
    wide = min(hedged, key=lambda i: (-hedged[i], i))
    return [replace(f, interval=wide) if _bare(f) else f for f in group]


def _bare(frame: Frame) -> bool:
    return frame.figure.low == frame.figure.high and not frame.figure.approximate


def _days(group: Sequence[Frame]) -> Iterable[Frame]:
    """The day that a total is told for, else the day on which it was first said."""
    told = {f.clock.as_of for f in group if f.clock.as_of_from == "event"}
    said = sorted(f.clock.said for f in group if f.clock.as_of_from == "said" and f.clock.said is not None)
    if len(told) > 1 or not (told or said):
        return group
    day = next(iter(told)) if told else said[0]
    if day is None or any(not 0 <= other - day <= LATE for other in said):
        return group
    return [replace(f, clock=_on(f.clock, day)) if f.running else f for f in group]


def _on(clock: Clock, day: int) -> Clock:
    told = clock.as_of_from == "event" or clock.as_of == day
    return clock if told else replace(clock, as_of=day, as_of_from="relay")


def _numbers(group: Sequence[Frame]) -> Iterable[Frame]:
    """Marks a number that one report has and that several others have with one digit changed or two swapped."""
    return _alone(group, _number, _misread, "figure")


def _other_populations(group: Sequence[Frame]) -> Iterable[Frame]:
    """Marks a population that one report has, where several others count a wider or narrower one."""
    return _alone(group, lambda f: f.population, lambda a, b: nested(a, b) or nested(b, a), "population")


def _alone(
    group: Sequence[Frame], value: Callable[[Frame], T], likely: Callable[[T, T], bool], mark: str
) -> Iterable[Frame]:
    reports: dict[T, set[str]] = defaultdict(set)
    for frame in group:
        reports[value(frame)].add(frame.claim.report)
    kept = [v for v, told in reports.items() if len(told) >= SEVERAL]
    lone = {v for v, told in reports.items() if len(told) == 1 and any(likely(v, other) for other in kept)}
    return [replace(f, changed=mark) if value(f) in lone else f for f in group]


def _misread(a: float, b: float) -> bool:
    one, other = f"{a:.0f}", f"{b:.0f}"
    apart = [n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y]
    swapped = len(apart) == 2 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
    return len(one) == len(other) > 1 and (len(apart) == 1 or swapped)
