"""The features of a pair of claims in, what those that count for a kind of relation add to its odds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tawatur.events.features import Feature
    from tawatur.events.weighing import Part, Weighed


class Taken:
    """Features of a pair under the names that they have for a kind of relation; a name that is empty is not taken.

    Those named in ``met`` count together with others too. What a part that many pairs have adds is worked out once and
    kept with it.
    """

    def __init__(
        self, named: Callable[[str], str], weights: Mapping[str, float], met: frozenset[str] = frozenset()
    ) -> None:
        self.weights = weights
        self._met = met
        self._named = named
        self._weight: dict[str, float] = {}

    def features(self, near: Weighed) -> Iterator[Feature]:
        """The features that are taken, by their names here."""
        for found in (*(part.features for part in near.parts), near.own):
            for name, value in found:
                if named := self._named(name):
                    yield named, value

    def gains(self, near: Weighed) -> list[float]:
        """What each feature that is taken adds to the odds; those that add nothing are left out."""
        gains: list[float] = []
        for part in near.parts:
            gains += self._kept(part)[0]
        return gains + [gain for name, value in near.own if (gain := self._of(name) * value)]

    def among(self, near: Weighed) -> dict[str, float]:
        """The features that count together with others, by their names here."""
        if not self._met:
            return {}
        found: dict[str, float] = {}
        for part in near.parts:
            found.update(self._kept(part)[1])
        found.update(self._together(near.own))
        return found

    def _kept(self, part: Part) -> tuple[tuple[float, ...], tuple[Feature, ...]]:
        known = part.others.get(self)
        if known is None:
            told = (self._of(name) * value for name, value in part.features)
            known = part.others[self] = tuple(gain for gain in told if gain), tuple(self._together(part.features))
        return known

    def _together(self, found: Iterable[Feature]) -> Iterator[Feature]:
        for name, value in found:
            if (named := self._named(name)) in self._met:
                yield named, value

    def _of(self, name: str) -> float:
        weight = self._weight.get(name)
        if weight is None:
            named = self._named(name)
            weight = self._weight[name] = self.weights.get(named, 0.0) if named else 0.0
        return weight
