"""Fused values and true ones in, how far they are apart out: ours beside a vote and, for numbers, the median."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

from tawatur.fusion.values import number, parsed

if TYPE_CHECKING:
    from tawatur.fusion import Fused

_CLOSE = 0.01


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of items that are numbers: how many, the mean and the median absolute error, the share within one per cent."""

    items: int
    mean_error: float
    median_error: float
    close: float


@dataclass(frozen=True, slots=True)
class Measures:
    """How one method stands to the truth: the items that both have, the share that is exactly right, and for numbers
    their errors. None where there is nothing to measure."""

    method: str
    items: int
    exact: float | None
    numbers: Numbers | None


def measured(items: Sequence[Fused], truth: Mapping[str, str]) -> tuple[Measures, ...]:
    """Ours, then a vote, then the median of numbers, on the items of which the truth is known."""
    known = [(item, truth[item.item]) for item in items if item.item in truth]
    return (
        _measured("fused", [(item, item.value, true) for item, true in known]),
        _measured("vote", [(item, _voted(item), true) for item, true in known]),
        _measured("median", [(item, _median(item), true) for item, true in known if item.kind == "number"]),
    )


def _measured(method: str, rows: Sequence[tuple[Fused, str, str]]) -> Measures:
    right = [parsed(value, item.kind) == parsed(true, item.kind) for item, value, true in rows]
    apart = [(abs(x - y), y) for item, value, true in rows if item.kind == "number" for x, y in _numbers(value, true)]
    errors = [error for error, _ in apart]
    numbers = None
    if errors:
        close = fmean(error <= _CLOSE * abs(true) for error, true in apart)
        numbers = Numbers(len(errors), fmean(errors), median(errors), close)
    return Measures(method, len(rows), fmean(right) if right else None, numbers)


def _numbers(value: str, true: str) -> list[tuple[float, float]]:
    x, y = number(value), number(true)
    return [] if x is None or y is None else [(x, y)]


def _voted(item: Fused) -> str:
    """The value that most sources give; of equals the first by its words."""
    return min(item.values, key=lambda rival: (-len(rival.sources), rival.value)).value


def _median(item: Fused) -> str:
    """The median of the sources' numbers; the mean of the middle two."""
    points = [x for rival in item.values for x in [number(rival.value)] * len(rival.sources) if x is not None]
    return repr(median(points)) if points else item.value
