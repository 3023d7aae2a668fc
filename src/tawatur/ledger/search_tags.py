"""Where and when in, marks that stand in the index beside the words out: a claim's own, and those to ask for.

The index gives what has a word and a mark newest first, and skips from hit to hit, so that a page costs the same in a
large ledger. Marks are coarse: squares of the earth in three sizes, governorates, countries, runs of days in three
lengths. What they let through is looked at exactly (``search_filters``). No word can be one: ``§`` is none's letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from math import floor

from tawatur.ledger.search_places import Area

SIDES = (("a", 0.05), ("b", 0.25), ("c", 2.0))  # degrees, of squares
LONG = 31  # days up to which a time is short
_SHORT = (("d", 8), ("e", 64), ("f", 1024))  # days of a run, for short times
_LONG = (("g", 64), ("f", 1024))
_ALWAYS = "§h"  # a time of many years, or far from ours
_LONGEST = 2560  # days
_OURS = (date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal())
_MOST = 100  # marks to ask for at once
_REMEMBERED = 50_000


@lru_cache(maxsize=_REMEMBERED)
def of_place(lat: float, lon: float, region: str) -> tuple[str, ...]:
    """The marks of a point and its region (``search_places.region_of``)."""
    squares = (_square(name, *_row_and_column(lat, lon, side)) for name, side in SIDES)
    return (*squares, _region(region), _country(region)) if region else tuple(squares)


@lru_cache(maxsize=_REMEMBERED)
def of_time(first: int, last: int) -> tuple[str, ...]:
    """The marks of a time from a day to a day, as ordinals."""
    first, last = min(first, last), max(first, last)
    if first < _OURS[0] or last > _OURS[1] or last - first > _LONGEST:
        return (_ALWAYS,)
    lengths = _SHORT if last - first <= LONG else _LONG
    return tuple(mark for name, days in lengths for mark in _runs(name, days, first, last))


def for_area(area: Area) -> tuple[str, ...]:
    """The marks of which all that lies in an area has one or more; none where these would be too many."""
    regions = [_country(name) if name.endswith(":") else _region(name) for name in area.regions]
    for name, side in SIDES:
        corners = [
            (_row_and_column(south, west, side), _row_and_column(north, east, side))
            for south, west, north, east in area.boxes()
        ]
        if sum((top - low + 1) * (right - left + 1) for (low, left), (top, right) in corners) <= _MOST:
            squares = (
                _square(name, row, column)
                for (low, left), (top, right) in corners
                for row in range(low, top + 1)
                for column in range(left, right + 1)
            )
            return tuple(dict.fromkeys((*regions, *squares)))
    return ()


def for_days(first: int | None, last: int | None) -> tuple[str, ...]:
    """The marks of which every time that shares a day with these has one or more; None is an open end."""
    start, end = max(first or 0, _OURS[0]), min(last or _OURS[1], _OURS[1])
    for name, days in _SHORT:
        if end // days - start // days < _MOST:
            longer = _runs("g", 64, start, end) if name != "f" else ()
            return (*_runs(name, days, start, end), *longer, _ALWAYS)
    raise AssertionError("two centuries are fewer runs")


def joined(marks: Iterable[str]) -> str:
    """Marks as they stand in the index, each once."""
    return " ".join(dict.fromkeys(marks))


def _runs(name: str, days: int, first: int, last: int) -> Iterator[str]:
    return (f"§{name}{run}" for run in range(first // days, last // days + 1))


def _row_and_column(lat: float, lon: float, side: float) -> tuple[int, int]:
    return max(0, floor((lat + 90) / side)), max(0, floor((lon + 180) / side))


def _square(name: str, row: int, column: int) -> str:
    return f"§{name}{row}x{column}"


def _region(name: str) -> str:
    return "§r" + "".join(filter(str.isalnum, name)).lower()


def _country(name: str) -> str:
    return "§n" + name.split(":")[0].lower()
