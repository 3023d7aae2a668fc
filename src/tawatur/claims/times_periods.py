"""Periods with names of their own: parts of a year or month, seasons, decades; and dates that are said twice."""

from __future__ import annotations

from tawatur.claims import times_spans as spans
from tawatur.claims.times_clock import Clock
from tawatur.claims.times_points import Point
from tawatur.claims.times_words import View

_LAST = ("الاخير", "الاخيره")
_CENTURY = 1900
_TWENTY = 20


class Periods(Clock):
    """Points, and the periods that calendars do not name."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._named = {"half": self._share, "season": self._season, "decade": self._decade, "this": self._this_season}

    def at(self, at: int, loose: bool = False) -> Point | None:
        """As in ``Points``; a date in another calendar behind it belongs to it."""
        named = self._named.get(self.view.cls(at))
        point = (named(at) if named else None) or super().at(at, loose)
        return self._again(point) if point else None

    def _again(self, point: Point) -> Point:
        view, (after, means) = self.view, point
        bracket = view.fold(after) == "("
        if not bracket and view.cls(after) != "equals":
            return point
        other = self._date(after + 1)
        if other is None or (bracket and view.fold(other[0]) != ")"):
            return point
        return other[0] + bracket, lambda m: means(m) or other[1](m)

    def _share(self, at: int) -> Point | None:
        view = self.view
        if not view.fold(at).removeprefix("ب").startswith("ال"):
            return None
        last = view.fold(at + 1) in _LAST
        if not last and view.cls(at + 1) != "ordinal":
            return None
        number = 0 if last else view.number(at + 1)
        start = at + 2 + (view.cls(at + 2) == "from")
        of = self._month(start, None) or self._period(start, True)
        return (of[0], spans.share(of[1], number, view.number(at, "parts"))) if of else None

    def _season(self, at: int) -> Point | None:
        view, month = self.view, self.view.number(at)
        side = self.side(at + 1)
        if side:
            return at + 2, spans.near_season(month, side)
        start = at + 1 + (view.cls(at + 1) == "from")
        if view.cls(start) == "unit" and view.value(start, "unit") != "year":
            return None
        of = self._period(start, True) if view.cls(start) == "unit" or view.digits(start) else None
        return (of[0], spans.season(month, of[1])) if of else None

    def _this_season(self, at: int) -> Point | None:
        if self.view.cls(at + 1) != "season":
            return None
        return at + 2, spans.near_season(self.view.number(at + 1), "this")

    def _decade(self, at: int) -> Point | None:
        view, first = self.view, _CENTURY + self.view.number(at)
        if view.cls(at + 1) != "century":
            named = view.fold(at).removeprefix("ب").startswith("ال") and view.cls(at + 1) != "from"
            return (at + 1, spans.decade(first)) if named else None
        side, here = self.side(at + 2), view.cls(at + 2)
        if side == "past" or (here == "tens" and view.number(at + 2) == _TWENTY):
            return at + 3, spans.decade(first)
        if side == "this":
            return at + 3, spans.decade(first + 100)
        if here == "ordinal" and view.number(at + 2) == 1 and view.cls(at + 3) == "tens":
            return at + 4, spans.decade(first + 100)
        return None
