"""Clock times in time phrases: the hour in words or digits, what is added to it, the part of the day, the day."""

from __future__ import annotations

from tawatur.claims import numbers
from tawatur.claims import times_calendar as cal
from tawatur.claims.times_points import Point, Points

_HOUR = 60


class Clock(Points):
    """Points, and points with a time of the day."""

    def _clock(self, at: int) -> Point | None:
        view = self.view
        named = view.cls(at) == "unit" and view.value(at, "unit") == "hour" and view.form(at) == "singular"
        after = at + named
        hour, minute, after = self._hour(after)
        if hour is None:
            return None
        minute, after = self._minutes(after, minute)
        start = after + (view.cls(after) == "from")
        if view.cls(start) != "daypart":
            day = self.day(start) if named else None
            then = day or (after, cal.relative_day(0))
            return (then[0], cal.at_clock(then[1], _clock(hour % 24, minute))) if named else None
        part = self._daypart(start, True)
        assert part is not None
        hour = _of_day(hour, view.number(start, "hour"))
        day = self._day_only(start) or part
        return day[0], cal.at_clock(day[1], _clock(hour, minute))

    def _minutes(self, at: int, minute: int) -> tuple[int, int]:
        """What is added to the hour or taken from it: a half, a quarter, ten minutes."""
        view = self.view
        less = view.cls(at) == "less"
        start = at + less
        sign = -1 if less else 1
        if view.cls(start) == "half" and (less or view.fold(start).startswith("و")):
            return sign * view.number(start, "minute"), start + 1
        apart = view.fold(start) == "و" and view.digits(start + 1) is not None
        if not (less or apart or view.fold(start).startswith("و")) or start + apart >= len(view.tokens.words):
            return minute, at
        number = numbers.read(view.tokens, start + apart)
        if number is None or view.value_at(number.after, "unit") != "minute" or not 0 < number.low < _HOUR:
            return minute, at
        return sign * int(number.low), number.after + 1

    def _day_only(self, at: int) -> Point | None:
        after = at + 1 + (self.view.cls(at + 1) == "from")
        return self.day(after)

    def _hour(self, at: int) -> tuple[int | None, int, int]:
        view = self.view
        if (view.cls(at) == "ordinal" and view.fold(at).endswith("ه")) or view.fold(at) == "الواحده":
            teen = view.cls(at + 1) == "teen" and not view.fold(at + 1).startswith("و")
            return view.number(at) + 10 * teen, 0, at + 1 + teen
        digits = view.digits(at)
        if digits is None or digits > 24:
            return None, 0, at
        minutes = view.digits(at + 2) if view.fold(at + 1) == ":" else None
        return (digits, minutes, at + 3) if minutes is not None and minutes < 60 else (digits, 0, at + 1)


def _clock(hour: int, minute: int) -> str:
    whole = (hour * _HOUR + minute) % (24 * _HOUR)
    return f"{whole // _HOUR:02}:{whole % _HOUR:02}:00"


def _of_day(hour: int, part: int) -> int:
    """The hour on a 24-hour clock from the hour told and the part of the day."""
    if part >= 12 and hour < 12 and not (part == 22 and hour <= 4):
        return hour + 12
    return 0 if part in (0, 22) and hour == 12 else hour % 24
