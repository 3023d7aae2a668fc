"""The part of a pair's odds that costs little, by which the claims that share a block with a claim are ranked.

Kind, place, time, position and rare words, weighed by the same table as in ``features``; what costs more (how alike the
sentences are, ratios of counts) is looked at only for the nearest. What depends on few values is weighed once for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tawatur.events.features import kind_features, place, place_features, position_features, time_features
from tawatur.events.finer import (
    kin,
    rare_place_features,
    rare_word_features,
    time_word,
    together_features,
    when_features,
)
from tawatur.events.weighing import keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tawatur.events.features import Feature
    from tawatur.events.views import Scene, View


@dataclass(slots=True)
class Nearest:
    """Ranks claims of one scene."""

    scene: Scene
    weights: Mapping[str, float]
    _kinds: dict[tuple[int, int, bool], tuple[str, float]] = field(default_factory=dict)
    _places: dict[tuple[int, int], tuple[str, float, float]] = field(default_factory=dict)
    _times: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)
    _together: dict[tuple[str, str, str, bool], float] = field(default_factory=dict)
    _positions: dict[tuple[bool, bool], float] = field(default_factory=dict)

    def odds(self, a: View, b: View) -> float:
        """The logarithm of the odds that two claims are of one event, as far as little work tells."""
        numbers, here = self.scene.weighed().numbers, a.claim.report == b.claim.report
        one, other = numbers(a), numbers(b)
        kind = self._kinds.get((one.kind, other.kind, here)) or self._kind(a, b, (one.kind, other.kind, here))
        where = self._places.get((one.place, other.place)) or self._place(a, b, (one.place, other.place))
        when = self._times.get((one.time, other.time)) or self._time(a, b, (one.time, other.time))
        mixed = kind[0], where[0], when[0], here
        together = self._together.get(mixed)
        if together is None:
            together = self._mixed(*mixed)
        total = where[1] + (kind[1] + together) + when[1]
        return total + (self._position(a, b, here) + self._sum(rare_word_features(a, b, self.scene), where[2]))

    def _sum(self, found: Iterable[Feature], start: float = 0.0) -> float:
        get = self.weights.get
        return sum([get(name, 0.0) * value for name, value in found], start)

    def _kind(self, a: View, b: View, key: tuple[int, int, bool]) -> tuple[str, float]:
        return keep(self._kinds, key, (kin(a, b), self._sum(kind_features(a, b, self.scene))))

    def _place(self, a: View, b: View, key: tuple[int, int]) -> tuple[str, float, float]:
        rare = self._sum(rare_place_features(a, b, self.scene))
        return keep(self._places, key, (place(a, b), self._sum(place_features(a, b)), rare))

    def _time(self, a: View, b: View, key: tuple[int, int]) -> tuple[str, float]:
        told = self._sum(time_features(a, b)) + self._sum(when_features(a, b))
        return keep(self._times, key, (time_word(a, b), told))

    def _mixed(self, kind: str, where: str, when: str, here: bool) -> float:
        told = self._sum(together_features(kind, where, when, "in" if here else "out"))
        return keep(self._together, (kind, where, when, here), told)

    def _position(self, a: View, b: View, here: bool) -> float:
        if here:
            return self._sum(position_features(a, b))
        key = a.rank < 2, b.rank < 2
        known = self._positions.get(key)
        return keep(self._positions, key, self._sum(position_features(a, b))) if known is None else known
