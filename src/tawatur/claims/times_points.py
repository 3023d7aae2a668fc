"""Points and whole periods in time phrases: days, dates, months, years, parts of the day, clock times."""

from __future__ import annotations

from tawatur.claims import numbers
from tawatur.claims import times_calendar as cal
from tawatur.claims.times_calendar import Meaning
from tawatur.claims.times_spans import near_hijri, told_day
from tawatur.claims.times_words import View

Point = tuple[int, Meaning]
_SIDES = {"past": -1, "next": 1, "this": 0}
_MARKS = ("،", ",", "(", "-", "–")
_HIJRI_SIGNS = ("ه", "هـ", "هجري", "هجريه", "للهجره")
_COMMON_SIGNS = ("م", "ميلادي", "للميلاد")
_TOLD_DAYS = {"نفسه": 0, "ذاته": 0, "عينه": 0, "التالي": 1, "السابق": -1}


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

    def _clock(self, _at: int) -> Point | None:
        """A time of the day, see ``times_clock``."""
        return None

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
            if view.fold(at).endswith("اليوم") and (told := _TOLD_DAYS.get(view.fold(at + 1))) is not None:
                return at + 2, told_day(told)
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
        numeric = self._numeric(at)
        if numeric:
            return numeric
        day = self.day_number(at)
        if day is None:
            return None
        view, (after, number) = self.view, day
        if view.fold(after) in ("/", "-", "–") and view.digits(at) is not None:
            return self._days(at, after + 1, number)
        after += view.cls(after) == "from"
        if view.cls(after) == "this" and view.value(after + 1, "unit") == "month":
            return after + 2, cal.of_month(number, 0)
        if view.cls(after) == "unit" and view.value(after, "unit") == "month":
            month = self._month(after + 1, number)
            return month or self._of_this_month(after, number)
        return self._month(after, number)

    def _days(self, at: int, second: int, number: int) -> Point | None:
        """The third to the tenth of a month, with a dash between."""
        last = self._date(second) if self.view.fold(at + 1) != "/" and self.view.digits(second) else None
        return (last[0], cal.from_day(number, last[1])) if last else None

    def _numeric(self, at: int) -> Point | None:
        """A date in digits: day, month and year in either order, or day and month."""
        view = self.view
        parts, after = view.dotted(at), at + 1
        if not parts:
            mark = view.fold(at + 1)
            while mark in ("/", "-") and len(parts) < 3 and (part := view.digits(at + 2 * len(parts))) is not None:
                parts.append(part)
                if view.fold(at + 2 * len(parts) - 1) != mark:
                    break
            after = at + 2 * len(parts) - 1
            if mark == "-" and len(parts) == 2:
                return None
        means = cal.numeric(parts)
        return self._signed(after, means) if means else None

    def _of_this_month(self, at: int, day: int) -> Point | None:
        if not self.view.fold(at).startswith("ال"):
            return None
        side = self.side(at + 1)
        told = self.view.fold(at + 1) in ("نفسه", "ذاته")
        return at + 1 + bool(side), cal.of_month(day, _SIDES.get(side, 0), told)

    def _month(self, at: int, day: int | None) -> Point | None:
        view = self.view
        if view.cls(at) == "hijri":
            return self._hijri_month(at, day)
        if view.cls(at) != "month":
            return None
        number = view.number(at)
        after = self._twin(at + 1, number)
        if day is None and view.fold(after) in ("/", "-", "–") and view.cls(after + 1) == "month":
            last = self._month(after + 1, None)
            return (last[0], cal.between(cal.calendar(None, number, None), last[1])) if last else None
        year, side = self._year(after), self.side(after)
        if year:
            return self._signed(year[0], cal.calendar(day, number, year[1]))
        return after + bool(side), cal.calendar(day, number, None, side)

    def _hijri_month(self, at: int, day: int | None) -> Point | None:
        view, number = self.view, self.view.number(at)
        year, side = self._year(at + 1), self.side(at + 1)
        if year:
            return self._signed(year[0], cal.hijri(day, number, year[1]))
        if day is None and not side and " " not in view.fold(at):  # a man may be called Ramadan
            return None
        return at + 1 + bool(side), near_hijri(day, number, side)

    def _twin(self, at: int, number: int) -> int:
        """The token after the same month's name in another tradition, if one stands at a token."""
        view = self.view
        mark = view.fold(at) in ("/", "-", "–", "(")
        if view.cls(at + mark) != "month" or view.number(at + mark) != number:
            return at
        closes = view.fold(at) == "(" and view.fold(at + 2) == ")"
        return at + 1 + mark + closes

    def _signed(self, at: int, means: Meaning) -> Point:
        return at + (self.view.fold(at) in _HIJRI_SIGNS + _COMMON_SIGNS), means

    def _year(self, at: int) -> tuple[int, int] | None:
        view = self.view
        after = at + (view.cls(at) == "from" or view.fold(at) in ("،", ","))
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
        told = year and 1900 <= year <= 2100 and (loose or (view.cls(at - 1) == "in" and not self._counted(at + 1)))
        return (at + 1, cal.whole_year(year)) if told and year else None

    def _counted(self, at: int) -> bool:
        """Whether something that numbers count, or a share, stands at a token."""
        words = self.view.tokens.words
        return at < len(words) and ("populations" in words[at].by or words[at].fold in ("%", "٪"))

    def _spelled_year(self, at: int) -> Point | None:
        number = numbers.read(self.view.tokens, at) if at < len(self.view.tokens.words) else None
        if number is None or number.digits or number.low != number.high or not 1900 <= number.low <= 2100:
            return None
        return number.after, cal.whole_year(int(number.low))

    def _two_years(self, at: int) -> Point | None:
        """عامي 2014 و2015: the years with what lies between them."""
        view, second = self.view, self.view.digits(at + 3) if self.view.fold(at + 2) == "و" else None
        first = view.digits(at + 1)
        if first is None or second is None or not 1900 <= first <= second <= 2100:
            return None
        return at + 4, cal.between(cal.whole_year(first), cal.whole_year(second))

    def _named_period(self, at: int, loose: bool) -> Point | None:
        view, unit = self.view, str(self.view.value(at, "unit"))
        if unit == "month" and (month := self._month(at + 1, None)):
            return month
        if unit == "year" and view.form(at) == "dual" and (both := self._two_years(at)):
            return both
        if unit == "year" and (year := view.digits(at + 1)) and 1900 <= year <= 2100:
            return at + 2, cal.whole_year(year)
        if unit == "year" and (spelled := self._spelled_year(at + 1)):
            return spelled
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
        if day is None and view.number(at, "hour") == 0 and self.side(at + 1) == "past":  # منتصف الليلة الماضية
            return at + 2, cal.night(cal.relative_day(-1))
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


def _week_before(of: Meaning) -> Meaning:
    def dated(m: cal.Moment) -> cal.Range | None:
        known = of(m)
        return cal.on(cal.shifted(known.start, "week", -1)) if known and known.start else None

    return dated
