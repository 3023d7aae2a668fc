"""Points and whole periods in time phrases: days, dates, months, years, parts of the day, clock times."""

from __future__ import annotations

from tawatur.claims import times_calendar as cal
from tawatur.claims.times_calendar import Meaning
from tawatur.claims.times_words import View

Point = tuple[int, Meaning]
_SIDES = {"past": -1, "next": 1, "this": 0}
_MARKS = ("،", ",", "(", "-", "–")
_HIJRI_SIGNS = ("ه", "هـ", "هجري", "هجريه", "للهجره")
_COMMON_SIGNS = ("م", "ميلادي", "للميلاد")


class Points:
    """Tries points at a token of a view. ``loose`` allows what is a time only after a word such as منذ."""

    def __init__(self, view: View) -> None:
        self.view = view

    def at(self, at: int, loose: bool = False) -> Point | None:
        """The point that begins at a token: (token after it, meaning)."""
        cls = self.view.cls(at)
        if cls == "daypart":
            return self._daypart(at, loose)
        if cls == "tonight":
            return self._tonight(at)
        if cls == "edge":
            return self._edge(at)
        if cls == "now":
            return at + 1, cal.relative_day(0)
        if cls in ("weekday", "relday"):
            return self.day(at)
        return self._clock(at) or self.day(at) or self._period(at, loose)

    def side(self, at: int) -> str:
        """Past, next or this, when such an adjective stands at a token; empty otherwise."""
        cls = self.view.cls(at)
        return cls if cls in _SIDES else ""

    def day(self, at: int) -> Point | None:
        """A day: weekday, relative day or date, each perhaps with another that says the same."""
        view, cls = self.view, self.view.cls(at)
        if cls == "unit" and view.value(at, "unit") == "day" and view.form(at) != "plural":
            return self.day(at + 1)
        if cls == "weekday":
            after, side = at + 1, self.side(at + 1)
            if view.cls(after) == "before" and self.side(after + 1) == "past":
                return after + 2, _week_before(cal.weekday(view.number(at), "past"))
            after += bool(side)
            return self._same_day(after) or (after, cal.weekday(view.number(at), "" if side == "this" else side))
        if cls == "relday":
            if view.cls(at + 1) == "ordinal":  # the first day, the fourth day of something
                return None
            means = cal.relative_day(view.number(at))
            after = self._skipped(at + 1)
            if view.cls(after) == "weekday":
                same = self._same_day(after + 1)
                return same if same else (after + 1, means)
            return self._same_day(at + 1) or (at + 1, means)
        return self._date(at)

    def _skipped(self, at: int) -> int:
        return at + 1 if self.view.fold(at) in _MARKS else at

    def _same_day(self, at: int) -> Point | None:
        after = self._skipped(at)
        date = self._date(after)
        if date and self.view.fold(at) == "(" and self.view.fold(date[0]) == ")":
            return date[0] + 1, date[1]
        return date

    def day_number(self, at: int) -> tuple[int, int] | None:
        """The number of a day in its month, in digits or as an ordinal."""
        view = self.view
        if view.fold(at) == "ال":
            at += 1
        digits = view.digits(at)
        if digits is not None:
            return (at + 1, digits) if 1 <= digits <= 31 else None
        cls = view.cls(at)
        if cls == "ordinal":
            if view.cls(at + 1) == "teen":
                return at + 2, 10 + view.number(at)
            if view.cls(at + 1) == "tens" and view.fold(at + 1).startswith("و"):
                return at + 2, view.number(at + 1) + view.number(at)
            return at + 1, view.number(at)
        return (at + 1, view.number(at)) if cls in ("tens", "firstday") else None

    def _date(self, at: int) -> Point | None:
        day = self.day_number(at)
        if day is None:
            return None
        after, number = day
        if self.view.fold(after) in ("/", "-") and self.view.digits(at) is not None:
            return self._slashed(after + 1, number)
        after += self.view.cls(after) == "from"
        if self.view.cls(after) == "unit" and self.view.value(after, "unit") == "month":
            month = self._month(after + 1, number)
            return month or self._of_this_month(after, number)
        return self._month(after, number)

    def _of_this_month(self, at: int, day: int) -> Point | None:
        if not self.view.fold(at).startswith("ال"):
            return None
        side = self.side(at + 1)
        told = self.view.fold(at + 1) in ("نفسه", "ذاته")
        return at + 1 + bool(side), cal.of_month(day, _SIDES.get(side, 0), told)

    def _slashed(self, at: int, day: int) -> Point | None:
        month = self.view.digits(at)
        if month is None or not 1 <= month <= 12:
            return None
        year = self.view.digits(at + 2) if self.view.fold(at + 1) in ("/", "-") else None
        if year is not None and year >= 1000:
            return at + 3, cal.calendar(day, month, year)
        return at + 1, cal.calendar(day, month, None)

    def _month(self, at: int, day: int | None) -> Point | None:
        view = self.view
        if view.cls(at) == "hijri":
            year = self._year(at + 1)
            return self._signed(year[0], cal.hijri(day, view.number(at), year[1])) if year else None
        if view.cls(at) != "month":
            return None
        after = at + 1
        slash = view.fold(after) == "/"
        if view.cls(after + slash) == "month":  # the same month in another tradition
            after += slash + 1
        year, side = self._year(after), self.side(after)
        if year:
            return self._signed(year[0], cal.calendar(day, view.number(at), year[1]))
        return after + bool(side), cal.calendar(day, view.number(at), None, side)

    def _signed(self, at: int, means: Meaning) -> Point:
        return at + (self.view.fold(at) in _HIJRI_SIGNS + _COMMON_SIGNS), means

    def _year(self, at: int) -> tuple[int, int] | None:
        view = self.view
        after = at + (view.cls(at) == "from")
        after += view.cls(after) == "unit" and view.value(after, "unit") == "year"
        year = view.digits(after)
        return (after + 1, year) if year is not None and 1000 <= year <= 2100 else None

    def _period(self, at: int, loose: bool) -> Point | None:
        view = self.view
        if view.cls(at) == "this" and view.cls(at + 1) == "unit":
            return at + 2, cal.period(str(view.value(at + 1, "unit")), 0)
        if view.cls(at) == "unit":
            return self._named_period(at, loose)
        month = self._month(at, None)
        if month and (loose or month[0] > at + 1 or view.cls(at - 1) == "in"):
            return month
        year = view.digits(at)
        return (at + 1, cal.whole_year(year)) if loose and year and 1900 <= year <= 2100 else None

    def _named_period(self, at: int, loose: bool) -> Point | None:
        view, unit = self.view, str(self.view.value(at, "unit"))
        if unit == "month" and (month := self._month(at + 1, None)):
            return month
        if unit == "year" and (year := view.digits(at + 1)) and 1900 <= year <= 2100:
            return at + 2, cal.whole_year(year)
        if unit not in ("week", "month", "year") or not view.fold(at).removeprefix("ب").startswith(("ال", "لل")):
            return None
        side = self.side(at + 1)
        if view.form(at) == "dual":
            return (at + 2, cal.lasting(unit, 2, side)) if side in ("past", "next") else None
        if side or loose:
            return at + 1 + bool(side), cal.period(unit, _SIDES.get(side, 0))
        return None

    def _edge(self, at: int) -> Point | None:
        whole = self._month(at + 1, None) or self._period(at + 1, True)
        return (whole[0], cal.edge(str(self.view.value(at, "edge")), whole[1])) if whole else None

    def _daypart(self, at: int, loose: bool) -> Point | None:
        view = self.view
        after = at + 1
        after += view.cls(after) == "from"
        night = bool(view.value(at, "night"))
        day = self.day(after)
        if day is None and view.cls(after) == "tonight":
            return self._tonight(after)
        if day:
            return (self._two_nights(after, day) if night else None) or (day[0], cal.night(day[1]) if night else day[1])
        if loose or view.fold(at).endswith("ا"):
            return at + 1, cal.relative_day(0)
        return None

    def _two_nights(self, at: int, day: Point) -> Point | None:
        after = day[0] + (self.view.fold(day[0]) in ("-", "–", "/"))
        if self.view.cls(at) == "weekday" and self.view.cls(after) == "weekday":
            return after + 1, cal.between(day[1], cal.weekday(self.view.number(after)))
        return None

    def _tonight(self, at: int) -> Point:
        if self.view.cls(at + 1) == "before" and self.side(at + 2) == "past":
            return at + 3, cal.night(cal.relative_day(-2))
        if self.side(at + 1) == "past":
            return at + 2, cal.night(cal.relative_day(-1))
        return at + 1, cal.night(cal.relative_day(0))

    def _clock(self, at: int) -> Point | None:
        view = self.view
        named = view.cls(at) == "unit" and view.value(at, "unit") == "hour" and view.form(at) == "singular"
        after = at + named
        hour, minute, after = self._hour(after)
        if hour is None:
            return None
        while view.cls(after) == "half":
            minute, after = 30, after + 1
        start = after + (view.cls(after) == "from")
        if view.cls(start) != "daypart":
            return (after, cal.at_clock(cal.relative_day(0), f"{hour % 24:02}:{minute:02}:00")) if named else None
        part = self._daypart(start, True)
        assert part is not None
        hour = _of_day(hour, view.number(start, "hour"))
        day = self._day_only(start) or part
        return day[0], cal.at_clock(day[1], f"{hour:02}:{minute:02}:00")

    def _day_only(self, at: int) -> Point | None:
        after = at + 1 + (self.view.cls(at + 1) == "from")
        return self.day(after)

    def _hour(self, at: int) -> tuple[int | None, int, int]:
        view = self.view
        if (view.cls(at) == "ordinal" and view.fold(at).endswith("ه")) or view.fold(at) == "الواحده":
            teen = view.cls(at + 1) == "teen"
            return view.number(at) + 10 * teen, 0, at + 1 + teen
        digits = view.digits(at)
        if digits is None or digits > 24:
            return None, 0, at
        minutes = view.digits(at + 2) if view.fold(at + 1) == ":" else None
        return (digits, minutes, at + 3) if minutes is not None and minutes < 60 else (digits, 0, at + 1)


def _of_day(hour: int, part: int) -> int:
    """The hour on a 24-hour clock from the hour told and the part of the day."""
    if part >= 12 and hour < 12 and not (part == 22 and hour <= 4):
        return hour + 12
    return 0 if part in (0, 22) and hour == 12 else hour % 24


def _week_before(of: Meaning) -> Meaning:
    def dated(m: cal.Moment) -> cal.Range | None:
        known = of(m)
        return cal.on(cal.shifted(known.start, "week", -1)) if known and known.start else None

    return dated
