"""Figures of one quantity as bars on a common scale, in percent of the width; the numbers' axis runs left to right."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to percent of the width; logarithmic when the values span more than a factor of 20."""

    least: float
    most: float
    logarithmic: bool

    @staticmethod
    def over(values: Iterable[float]) -> Scale:
        """A scale that holds all these values with some room at both ends."""
        found = sorted(values) or [0.0, 1.0]
        positive = [v for v in found if v > 0]
        if positive and positive[-1] / positive[0] > 20:
            return Scale(positive[0] / 1.3, positive[-1] * 1.3, True)
        room = max((found[-1] - found[0]) * 0.12, found[-1] * 0.05, 1)
        return Scale(max(0.0, found[0] - room), found[-1] + room, False)

    def at(self, value: float) -> float:
        """Where a value stands, 4 to 96; values outside the scale stand at its edge."""
        bounded = min(max(value, self.least), self.most)
        if self.logarithmic:
            share = math.log(bounded / self.least) / math.log(self.most / self.least)
        else:
            share = (bounded - self.least) / ((self.most - self.least) or 1)
        return round(4 + 92 * share, 2)

    def ticks(self) -> list[tuple[float, float]]:
        """Up to six round values on the scale, each with its place."""
        return [(value, self.at(value)) for value in self._round()]

    def _round(self) -> list[float]:
        if self.logarithmic:
            first, last = math.floor(math.log10(self.least)), math.ceil(math.log10(self.most))
            steps = [m * 10.0**e for e in range(first, last + 1) for m in NICE]
            inside = [v for v in steps if self.least <= v <= self.most]
            return inside[:: max(1, math.ceil(len(inside) / 6))]
        rough = (self.most - self.least) / 5
        unit = max(1, 10 ** math.floor(math.log10(rough)))
        step = next(m * unit for m in (*NICE, 10) if m * unit >= rough)
        first = math.ceil(self.least / step)
        return [i * step for i in range(first, math.floor(self.most / step) + 1)]


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure on a scale: both ends in percent, open ends, and whether it is dashed or filled."""

    left: float
    right: float
    open_left: bool
    open_right: bool
    dashed: bool
    filled: bool

    @property
    def point(self) -> bool:
        """Whether the figure is one value."""
        return not self.open_left and not self.open_right and self.right - self.left < 0.5


def bar(scale: Scale, low: float | None, high: float | None, *, approximate: bool, cumulative: bool) -> Bar:
    """A figure's bar; an open end runs to the edge. An approximate value is as wide as ten percent either way."""
    if approximate and low is not None and low == high:
        low, high = low * 0.9, low * 1.1
    left = scale.at(low) if low is not None else 1.0
    right = scale.at(high) if high is not None else 99.0
    return Bar(left, right, low is None, high is None, approximate, cumulative)
