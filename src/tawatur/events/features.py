"""Named features of a pair of claims: what speaks for one happening and what against it."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

from tawatur.events.finer import days, finer, gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tawatur.events.views import Scene, View

Feature = tuple[str, float]


def features(a: View, b: View, scene: Scene) -> Iterator[Feature]:
    """The features of two claims of one scene: (name, value), values mostly 1; the order of the two does not matter."""
    yield "bias", 1.0
    yield from kind_features(a, b, scene)
    denied = (a.claim.status == "not_occurred") != (b.claim.status == "not_occurred")
    for name, value in chain(word_features(a, b), place_features(a, b), people_features(a, b), position_features(a, b)):
        yield name, value
        if denied:
            yield f"{name}, one denied", value
    yield from time_features(a, b)
    yield from figure_features(a, b)
    yield from finer(a, b, scene, place(a, b))


def kind_features(a: View, b: View, scene: Scene) -> Iterator[Feature]:
    """The event types and statuses of two claims."""
    x, y = sorted((a.claim.event_type, b.claim.event_type))
    where = "in" if a.claim.report == b.claim.report else "out"
    yield f"type {x}+{y}", 1.0
    if x == y:
        yield f"type same {where}", 1.0
        yield "type common", scene.share(x)
    statuses = {a.claim.status, b.claim.status}
    if "not_occurred" in statuses and len(statuses) == 2:
        yield "status denied" + (" same type" if x == y else ""), 1.0
    elif len(statuses) == 1:
        yield "status same", 1.0
    elif statuses & {"planned", "possible"}:
        yield "status ahead" + (" same type" if x == y else ""), 1.0


def similarity(a: View, b: View) -> float:
    """The cosine of two claims' words, weighted by rarity: 0 to 1."""
    small, large = (a, b) if len(a.words) < len(b.words) else (b, a)
    words = large.words
    return sum([w * words[g] for g, w in small.words.items() if g in words]) / (a.norm * b.norm)


def word_features(a: View, b: View) -> Iterator[Feature]:
    """How alike the words of two claims are."""
    alike = similarity(a, b)
    yield "words alike", alike
    yield "words alike root", math.sqrt(max(0.0, alike))
    if alike > 0.7:
        yield "words nearly the same", 1.0


def place_features(a: View, b: View) -> Iterator[Feature]:
    """How the places of two claims stand to each other: their own, else those that reign where they stand."""
    if a.places and b.places:
        yield from _two_places("places", a.places, b.places, a.spots, b.spots)
        return
    yield ("places in one only" if a.places or b.places else "places in neither"), 1.0
    if a.inherited and b.inherited:
        yield from _two_places("scene", a.inherited, b.inherited, a.inherited_spots, b.inherited_spots)


def _two_places(
    kind: str,
    a: frozenset[str],
    b: frozenset[str],
    spots_a: Iterable[tuple[float, float]],
    spots_b: Iterable[tuple[float, float]],
) -> Iterator[Feature]:
    if a & b:
        yield f"{kind} the same", 1.0
        return
    if {w for p in a for w in p.split()} & {w for p in b for w in p.split()}:
        yield f"{kind} share a word", 1.0
    distances = [distance_km(p, q) for p in spots_a for q in spots_b]
    if not distances:
        yield f"{kind} not comparable", 1.0
        return
    near = min(distances)
    step = next((name for limit, name in _STEPS if near < limit), "farther")
    yield f"{kind} {step}", 1.0


_STEPS = ((2.0, "within 2 km"), (10.0, "within 10 km"), (40.0, "within 40 km"), (120.0, "within 120 km"))


def distance_km(p: tuple[float, float], q: tuple[float, float]) -> float:
    """Kilometres between two points, on a flat chart that is good enough below some hundred kilometres."""
    x = (q[1] - p[1]) * math.cos(math.radians((p[0] + q[0]) / 2))
    return 111.2 * math.hypot(x, q[0] - p[0])


def time_features(a: View, b: View) -> Iterator[Feature]:
    """How the times that two claims name stand to each other, else the days on which they were said."""
    if a.window and b.window:
        yield "times " + days(gap(a.window, b.window)), 1.0
        if a.exact and b.exact and a.window == b.window:
            yield "times the same window", 1.0
        return
    yield ("times in one only" if a.window or b.window else "times in neither"), 1.0
    if a.said is not None and b.said is not None:
        yield "said " + days(abs(a.said - b.said)), 1.0


def place(a: View, b: View) -> str:
    """How the places that two claims name themselves stand to each other, in one word or two."""
    if not a.places or not b.places:
        return "place in one" if a.places or b.places else "no place"
    if a.places & b.places:
        return "same place"
    if {w for p in a.places for w in p.split()} & {w for p in b.places for w in p.split()}:
        return "place of like name"
    near = min((distance_km(p, q) for p in a.spots for q in b.spots), default=None)
    if near is None:
        return "place not comparable"
    return "place near" if near < 10 else "place not far" if near < 60 else "place far"


def people_features(a: View, b: View) -> Iterator[Feature]:
    """Whom two claims name, and whose words they are."""
    for kind, x, y in (("actors", a.actors, b.actors), ("affected", a.affected, b.affected)):
        if x and y:
            shared = len(x & y) / min(len(x), len(y))
            yield f"{kind} shared", shared
            if not shared:
                yield f"{kind} differ", 1.0
    cross = (a.actors & b.affected) | (b.actors & a.affected)
    if cross:
        yield "actor of one is affected in the other", 1.0
    if a.origin and b.origin and a.origin & b.origin:
        yield "origin shared " + ("in" if a.claim.report == b.claim.report else "out"), 1.0


def figure_features(a: View, b: View) -> Iterator[Feature]:
    """What two claims count."""
    shared = a.measured & b.measured
    if shared:
        yield "figures of the same kind", 1.0
    elif {o for _, o in a.measured} & {o for _, o in b.measured} - {"none"}:
        yield "figures of the same outcome", 1.0
    elif a.measured and b.measured:
        yield "figures of other kinds", 1.0
    if set(a.figures) & set(b.figures):
        yield "figures equal", 1.0


def position_features(a: View, b: View) -> Iterator[Feature]:
    """Where two claims stand: in one report, how far apart, or in two."""
    if a.claim.report != b.claim.report:
        yield "another report", 1.0
        if a.rank < 2 and b.rank < 2:
            yield "both lead their reports", 1.0
        return
    apart = abs(a.rank - b.rank)
    if apart <= 3:
        yield f"claims {apart} apart", 1.0
    else:
        yield ("claims 4 to 6 apart" if apart <= 6 else "claims far apart"), 1.0
    if a.sentence == b.sentence:
        yield "the same sentence", 1.0
    elif a.paragraph == b.paragraph:
        yield "the same paragraph", 1.0
