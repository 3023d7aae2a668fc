"""Finer features of a pair of claims: counts, the time and words around them, and how kind, place and time go together.

As in ``features.py`` each has a name and a value, mostly 1, and a weight learned from training dossiers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tawatur.events.families import family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tawatur.events.views import Scene, View, Window

Feature = tuple[str, float]
_FAR = 10**9  # a day beyond all days: the open end of a window
_NEAR = 0.4  # log ratio below which two counts are near
_MOST = 3.0  # log ratios and sums of rarity are cut off here
_HARM = ("killed", "injured", "missing")
_COUNTED = (*_HARM, "displaced", "evacuated", "detained", "released")
_LONG_AGO = 21  # days


def finer(a: View, b: View, scene: Scene, place: str) -> Iterator[Feature]:
    """The finer features of two claims; ``place`` tells how their own places stand to each other."""
    side = "in" if a.claim.report == b.claim.report else "out"
    kind = kin(a, b)
    yield from type_features(a, b, side)
    yield from together_features(kind, place, time_word(a, b), side)
    yield from named_features(a, b, kind, side)
    yield from rare_features(a, b, scene)
    yield from around_features(a, b, side)
    yield from when_features(a, b)
    yield from count_features(a, b, side)
    yield from toll_features(a, b, side)


def type_features(a: View, b: View, side: str) -> Iterator[Feature]:
    """The types of two claims, in one report or two."""
    yield f"type {'+'.join(sorted((a.claim.event_type, b.claim.event_type)))} {side}", 1.0


def gap(a: Window, b: Window) -> int:
    """Days between two windows, 0 where they overlap."""
    (s, e), (t, f) = a, b
    before = (s if s is not None else -_FAR) - (f if f is not None else _FAR)
    after = (t if t is not None else -_FAR) - (e if e is not None else _FAR)
    return max(0, before, after)


def days(apart: int) -> str:
    """Days between two claims in words."""
    steps = ((0, "overlap"), (1, "a day apart"), (3, "days apart"), (10, "a week apart"))
    return next((name for limit, name in steps if apart <= limit), "weeks apart")


def kin(a: View, b: View) -> str:
    """Whether two claims are of one type, of one family of types, or of two."""
    one, other = a.claim.event_type, b.claim.event_type
    return "same type" if one == other else "same family" if family(one) == family(other) else "other family"


def together_features(kind: str, place: str, time: str, side: str) -> Iterator[Feature]:
    """Kind, place and time in pairs: the same kind at the same place says more than the two alone."""
    yield f"{kind}, {place} {side}", 1.0
    yield f"{kind}, {time} {side}", 1.0
    yield f"{place}, {time} {side}", 1.0


def time_word(a: View, b: View) -> str:
    """How the times that two claims name stand to each other, in a word or two."""
    if not a.window or not b.window:
        return "time in one" if a.window or b.window else "no time"
    return "same time" if a.window == b.window else f"time {days(gap(a.window, b.window))}"


def named_features(a: View, b: View, kind: str, side: str) -> Iterator[Feature]:
    """Claims of two kinds where one names the kind of the other: blame for "the shelling"."""
    if kind == "same type":
        return
    one, other = a.claim.event_type, b.claim.event_type
    named = (other in a.around.kinds) + (one in b.around.kinds)
    marked = (other in a.around.definite) + (one in b.around.definite)
    if named:
        yield f"names the other's kind {side}", float(named)
    if marked:
        yield f"names the other's kind as known {side}", float(marked)


def rare_features(a: View, b: View, scene: Scene) -> Iterator[Feature]:
    """Places and words that few claims share say more than those that all do."""
    yield from rare_place_features(a, b, scene)
    yield from rare_word_features(a, b, scene)


def rare_place_features(a: View, b: View, scene: Scene) -> Iterator[Feature]:
    """The rarest place that two claims share."""
    if places := a.places & b.places:
        yield "rare place shared", max(scene.rare_places[p] for p in places)
    elif places := a.inherited & b.inherited:
        yield "rare scene shared", max(scene.rare_places[p] for p in places)


def rare_word_features(a: View, b: View, scene: Scene) -> Iterator[Feature]:
    """The words that two claims share, and how rare these are."""
    words, rare = a.around.words & b.around.words, scene.rare_words
    yield "words shared", math.log1p(len(words))
    yield "rare words shared", min(_MOST, math.fsum([rare[w] for w in words]) / 5)


def around_features(a: View, b: View, side: str) -> Iterator[Feature]:
    """How alike the sentences are that two claims stand in, where they stand in two reports."""
    if side == "out":
        yield "sentences alike", a.around.sentence.cosine(b.around.sentence)
        yield "sentences of like concepts", a.around.concepts.cosine(b.around.concepts)


def when_features(a: View, b: View) -> Iterator[Feature]:
    """The time that reigns: a claim's own, else that of claims before it in its report, else the day it was said."""
    if not (a.window and b.window) and a.reigning and b.reigning:
        yield f"scene times {days(gap(a.reigning, b.reigning))}", 1.0
    one, other = _day(a), _day(b)
    if one is not None and other is not None:
        yield "days between, logarithm", math.log1p(abs(one - other))
        if abs(one - other) > _LONG_AGO:
            yield "weeks between", 1.0


def _day(view: View) -> int | None:
    if view.reigning:
        start, end = view.reigning
        return end if end is not None else start
    return view.said


def count_features(a: View, b: View, side: str) -> Iterator[Feature]:
    """Running totals, and how near the nearest two counts are."""
    running = [any(f.cumulative for f in v.claim.figures) for v in (a, b)]
    if a.figures and b.figures:
        yield f"running totals in {sum(running)}", 1.0
        yield f"running totals in {sum(running)} {side}", 1.0
    elif any(running):
        yield "a running total and no figure", 1.0
    apart = _ratio(a, b)
    if apart is not None:
        yield "figures ratio", apart
        yield f"figures ratio {side}", apart
        if apart < _NEAR:
            yield "figures near", 1.0
    for outcome in sorted({o for _, o in a.measured} & {o for _, o in b.measured} - {"none"}):
        yield f"both count {outcome}", 1.0


def _ratio(a: View, b: View) -> float | None:
    """How near the nearest two counts of the same people and outcome are, as a log ratio."""
    found = [
        _apart(_point(low, high), _point(lowest, highest))
        for who, what, low, high in a.figures
        for whom, that, lowest, highest in b.figures
        if (who, what) == (whom, that) and what != "none"
    ]
    return min(found, default=None)


def _apart(one: float, other: float) -> float:
    return min(_MOST, abs(math.log((one + 1) / (other + 1))))


def _point(low: float | None, high: float | None) -> float:
    return low if low is not None else high or 0.0


def toll_features(a: View, b: View, side: str) -> Iterator[Feature]:
    """The largest count of each outcome: tolls of one incident are of one size, and grow."""
    one, other = _largest(a), _largest(b)
    for outcome in _COUNTED:
        if outcome in one and outcome in other:
            kind = "harm" if outcome in _HARM else "moved"
            yield from _toll(kind, one[outcome], other[outcome], side)
            if a.said is not None and b.said is not None and a.said != b.said:
                first, last = (one, other) if a.said < b.said else (other, one)
                yield f"{kind} grows" if last[outcome] >= first[outcome] else f"{kind} falls", 1.0


def _toll(kind: str, one: float, other: float, side: str) -> Iterator[Feature]:
    apart, most = _apart(one, other), max(one, other)
    yield f"{kind} ratio {side}", apart
    yield f"{kind} ratio " + ("small" if apart < 0.5 else "middle" if apart < 1.5 else "large"), 1.0
    if most < 4:
        yield f"{kind} few", 1.0
    if most >= 100:
        yield f"{kind} many", 1.0


def _largest(view: View) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for _, outcome, low, high in view.figures:
        found[outcome] = max(found.get(outcome, 0.0), _point(low, high))
    return found
