"""The interval that a figure allows, by the hedges and the roundness of its words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tawatur.model import Figure

ABOUT = 0.10  # the width of "about", as a share
ROUND = 0.05  # the most that a bare round number may stand off

Interval = tuple[float, float]


def interval(figure: Figure) -> Interval:
    """Lowest and highest count that the figure's words allow; infinity where they set no upper bound."""
    low, high = figure.low, figure.high
    if low is None:
        return 0.0, math.inf if high is None else float(high)
    if high is None:
        return float(low), math.inf
    if low != high:
        return float(low), float(high)
    slack = low * ABOUT if figure.approximate else rounding(low)
    return low - slack, high + slack


def rounding(value: float) -> float:
    """How far a bare number may be rounded: half its last significant unit, at most 5 %; nothing for 194."""
    if value < 10 or value != int(value) or value % 10:
        return 0.0
    digits = str(int(value))
    unit = float("1" + "0" * (len(digits) - len(digits.rstrip("0"))))
    return min(unit / 2, value * ROUND)


def overlap(a: Interval, b: Interval) -> bool:
    """True when a count can satisfy both."""
    return a[0] <= b[1] and b[0] <= a[1]


def open_ended(a: Interval) -> bool:
    """True for "more than" and "no more than"."""
    return a[1] == math.inf or a[0] == 0.0 < a[1]
