"""The features of pairs of one scene, each weighed once for all pairs that have it: what depends on few values is kept.

The same features as in ``features.py``, in parts: kind, place, time and people of two claims take few values, and their
parts are looked up by small numbers. Only how alike words are and how counts stand to each other is worked out for
each pair.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tawatur.events.features import (
    figure_features,
    kind_features,
    people_features,
    place,
    place_features,
    position_features,
    time_features,
    word_features,
)
from tawatur.events.finer import (
    around_features,
    count_features,
    kin,
    named_features,
    rare_place_features,
    rare_word_features,
    time_word,
    together_features,
    toll_features,
    type_features,
    when_features,
)
from tawatur.events.weights import likely, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tawatur.events.features import Feature
    from tawatur.events.views import Scene, View

K = TypeVar("K")
V = TypeVar("V")

_REMEMBERED = 1 << 18  # parts of a sort that are kept; then they are made anew


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some features of a pair, what those that count add to the odds; by whom other odds ask, what they keep of it."""

    features: tuple[Feature, ...]
    gains: tuple[float, ...]
    others: dict[object, tuple[tuple[float, ...], tuple[Feature, ...]]] = field(default_factory=dict)


class Weighed(NamedTuple):
    """The features of a pair: the parts that many pairs have, and those that are worked out for each."""

    parts: list[Part]
    own: list[Feature]


class Numbers(NamedTuple):
    """Small numbers for what a claim has in common with others: two claims with equal numbers make equal parts."""

    kind: int
    place: int
    time: int
    people: int
    running: bool  # a figure of it is a running total


@dataclass(slots=True)
class Weigher:
    """Weighs pairs of claims of one scene."""

    scene: Scene
    weights: Mapping[str, float] = field(default_factory=lambda: table())
    _numbers: dict[str, Numbers] = field(default_factory=dict)
    _known: dict[object, int] = field(default_factory=dict)
    _kinds: dict[tuple[int, int, bool], tuple[Part, str]] = field(default_factory=dict)
    _places: dict[tuple[int, int, bool], tuple[Part, str]] = field(default_factory=dict)
    _times: dict[tuple[int, int], tuple[Part, str]] = field(default_factory=dict)
    _together: dict[tuple[str, str, str, bool], Part] = field(default_factory=dict)
    _people: dict[tuple[int, int, bool, bool], Part] = field(default_factory=dict)
    _positions: dict[tuple[object, ...], Part] = field(default_factory=dict)
    _lone_total: Part | None = None

    def probability(self, a: View, b: View) -> float:
        """The probability that two claims are of one event."""
        return self.likelihood(self.weighed(a, b))

    def likelihood(self, near: Weighed) -> float:
        """The probability that two claims with these features are of one event."""
        gains: list[float] = []
        for part in near.parts:
            gains += part.gains
        get = self.weights.get
        gains += [get(name, 0.0) * value for name, value in near.own]
        return likely(math.fsum(gains))

    def weighed(self, a: View, b: View) -> Weighed:
        """The features of two claims in parts."""
        return Weighed(list(self._shared(a, b)), self._own(a, b))

    def features(self, a: View, b: View) -> list[Feature]:
        """The features of two claims as ``features.features`` tells them, in another order."""
        found: list[Feature] = []
        for part in self._shared(a, b):
            found += part.features
        return found + self._own(a, b)

    def gains(self, a: View, b: View) -> Iterator[Feature]:
        """What each feature of two claims adds to the odds, those that add nothing left out."""
        get = self.weights.get
        for name, value in self.features(a, b):
            weight = get(name)
            if weight:
                yield name, weight * value

    def numbers(self, view: View) -> Numbers:
        """The numbers of a claim."""
        found = self._numbers.get(view.claim.id)
        return found or self._numbered(view)

    def _numbered(self, view: View) -> Numbers:
        claim, number = view.claim, self._number
        found = self._numbers[claim.id] = Numbers(
            number(("kind", claim.event_type, claim.status, view.around.kinds, view.around.definite)),
            number(("place", view.places, view.spots, view.inherited, view.inherited_spots)),
            number(("time", view.window, view.exact, view.said, view.reigning)),
            number(("people", view.actors, view.affected, view.origin)),
            any(f.cumulative for f in claim.figures),
        )
        return found

    def _number(self, values: tuple[object, ...]) -> int:
        return self._known.setdefault(values, len(self._known))

    def _shared(self, a: View, b: View) -> Iterator[Part]:
        """The parts that many pairs have."""
        one, other, here = self.numbers(a), self.numbers(b), a.claim.report == b.claim.report
        denied = (a.claim.status == "not_occurred") != (b.claim.status == "not_occurred")
        kind = self._kinds.get((one.kind, other.kind, here)) or self._kind(a, b, one.kind, other.kind)
        where = self._places.get((one.place, other.place, denied)) or self._place(a, b, one.place, other.place, denied)
        when = self._times.get((one.time, other.time)) or self._time(a, b, one.time, other.time)
        yield kind[0]
        yield where[0]
        yield when[0]
        mixed = kind[1], where[1], when[1], here
        yield self._together.get(mixed) or self._mixed(*mixed)
        people = one.people, other.people, denied, here
        yield self._people.get(people) or keep(self._people, people, self._told(people_features(a, b), denied))
        stand = (
            (denied, abs(a.rank - b.rank), a.sentence == b.sentence, a.paragraph == b.paragraph)
            if here
            else (denied, a.rank < 2 and b.rank < 2)
        )
        yield self._positions.get(stand) or keep(self._positions, stand, self._told(position_features(a, b), denied))
        if not (a.figures and b.figures) and (one.running or other.running):
            if self._lone_total is None:
                self._lone_total = self._part(count_features(a, b, "in" if here else "out"))
            yield self._lone_total

    def _own(self, a: View, b: View) -> list[Feature]:
        """The features that are worked out for each pair."""
        found = list(word_features(a, b))
        if (a.claim.status == "not_occurred") != (b.claim.status == "not_occurred"):
            found += [(f"{name}, one denied", value) for name, value in found]
        side = "in" if a.claim.report == b.claim.report else "out"
        found += rare_word_features(a, b, self.scene)
        found += around_features(a, b, side)
        if a.figures and b.figures:
            found += figure_features(a, b)
            found += count_features(a, b, side)
            found += toll_features(a, b, side)
        return found

    def _kind(self, a: View, b: View, x: int, y: int) -> tuple[Part, str]:
        here = a.claim.report == b.claim.report
        side, word = "in" if here else "out", kin(a, b)
        told = [("bias", 1.0), *kind_features(a, b, self.scene), *type_features(a, b, side)]
        return keep(self._kinds, (x, y, here), (self._part([*told, *named_features(a, b, word, side)]), word))

    def _place(self, a: View, b: View, x: int, y: int, denied: bool) -> tuple[Part, str]:
        told = [*self._told(place_features(a, b), denied).features, *rare_place_features(a, b, self.scene)]
        return keep(self._places, (x, y, denied), (self._part(told), place(a, b)))

    def _time(self, a: View, b: View, x: int, y: int) -> tuple[Part, str]:
        told = self._part([*time_features(a, b), *when_features(a, b)])
        return keep(self._times, (x, y), (told, time_word(a, b)))

    def _mixed(self, kind: str, where: str, when: str, here: bool) -> Part:
        told = self._part(together_features(kind, where, when, "in" if here else "out"))
        return keep(self._together, (kind, where, when, here), told)

    def _told(self, found: Iterable[Feature], denied: bool) -> Part:
        """Features, and each once more where one claim of the two is denied."""
        told = list(found)
        return self._part(told + [(f"{name}, one denied", value) for name, value in told] if denied else told)

    def _part(self, found: Iterable[Feature]) -> Part:
        told = tuple(found)
        gains = (self.weights.get(name, 0.0) * value for name, value in told)
        return Part(told, tuple(gain for gain in gains if gain))


def keep(known: dict[K, V], key: K, made: V) -> V:
    """What was made, kept by its key; where very many are kept, all others are let go of."""
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = made
    return made
