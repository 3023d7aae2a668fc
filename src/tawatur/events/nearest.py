"""The part of a pair's odds that costs little, by which the claims that share a block with a claim are ranked.

Kind, place, time, position and rare words, weighed by the same table as in ``features``; what costs more (how alike the
sentences are, ratios of counts) is looked at only for the nearest. What depends on few values is weighed once for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tawatur.events.features import kind_features, place, place_features, position_features, time_features
from tawatur.events.finer import kin, rare_features, time_word, together_features, when_features

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tawatur.events.features import Feature
    from tawatur.events.views import Scene, View

_REMEMBERED = 1 << 18  # pairs of places; then they are weighed anew


@dataclass(slots=True)
class Nearest:
    """Ranks claims of one scene."""

    scene: Scene
    weights: Mapping[str, float]
    _kinds: dict[tuple[str, str, bool], float] = field(default_factory=dict)
    _places: dict[tuple[object, ...], tuple[str, float]] = field(default_factory=dict)
    _when: dict[tuple[object, ...], float] = field(default_factory=dict)
    _together: dict[tuple[str, str, str, bool], float] = field(default_factory=dict)

    def odds(self, a: View, b: View) -> float:
        """The logarithm of the odds that two claims are of one event, as far as little work tells."""
        here = a.claim.report == b.claim.report
        word, total = self._place(a, b)
        total += self._kind(a, b, here) + self._mixed(kin(a, b), word, time_word(a, b), here)
        total += self._times(a, b)
        total += self._sum(position_features(a, b)) + self._sum(rare_features(a, b, self.scene))
        return total

    def _sum(self, found: Iterable[Feature]) -> float:
        get = self.weights.get
        return sum([get(name, 0.0) * value for name, value in found])

    def _kind(self, a: View, b: View, here: bool) -> float:
        key = a.claim.event_type, b.claim.event_type, here
        known = self._kinds.get(key)
        if known is None:
            known = self._kinds[key] = self._sum(kind_features(a, b, self.scene))
        return known

    def _place(self, a: View, b: View) -> tuple[str, float]:
        key = a.places, a.inherited, a.spots, b.places, b.inherited, b.spots
        known = self._places.get(key)
        if known is None:
            if len(self._places) > _REMEMBERED:
                self._places.clear()
            known = self._places[key] = place(a, b), self._sum(place_features(a, b))
        return known

    def _times(self, a: View, b: View) -> float:
        key = a.window, a.exact, a.said, a.reigning, b.window, b.exact, b.said, b.reigning
        known = self._when.get(key)
        if known is None:
            if len(self._when) > _REMEMBERED:
                self._when.clear()
            known = self._when[key] = self._sum(time_features(a, b)) + self._sum(when_features(a, b))
        return known

    def _mixed(self, kind: str, where: str, when: str, here: bool) -> float:
        key = kind, where, when, here
        known = self._together.get(key)
        if known is None:
            side = "in" if here else "out"
            known = self._together[key] = self._sum(together_features(kind, where, when, side))
        return known
