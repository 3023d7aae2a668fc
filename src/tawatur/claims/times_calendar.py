"""Ranges of days and the arithmetic that dates a phrase: an anchor and a phrase's meaning in, inclusive bounds out.

Hijri dates go through ``hijridate`` (Umm al-Qura). Weeks run from Sunday to Saturday.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hijridate import Hijri

YEARS = range(1900, 2101)
_HIJRI = range(1343, 1501)
_FOUR_DIGITS, _TWO_DIGITS = 1000, 50
_FARTHEST = 12_000  # units
#: First and last day of the beginning, middle and end of a month.
_YEAR_EDGES = {"begin": (1, 3), "middle": (4, 9), "end": (10, 12)}  # months
_WEEK_EDGES = {"begin": (0, 1), "middle": (2, 4), "end": (5, 6)}  # days after the first
_MONTH_EDGES = {"begin": (1, 10), "middle": (11, 20), "end": (21, 31)}


@dataclass(slots=True)
class Range:
    """Inclusive days, either side None when open; ``clock`` is the time of day that the text gives, as ``HH:MM:SS``."""

    start: date | None
    end: date | None
    clock: str = ""

    def iso(self, side: date | None) -> str | None:
        """A bound as ISO text, with the clock time when there is one."""
        if side is None:
            return None
        return f"{side.isoformat()}T{self.clock}" if self.clock else side.isoformat()


@dataclass(slots=True)
class Moment:
    """Where a phrase is dated from: the anchor day, whether the clause looks ahead, and the last date told before."""

    day: date | None
    forward: bool = False
    told: date | None = None


#: What a phrase means once there is something to date it from; None when that cannot be said.
Meaning = Callable[[Moment], Range | None]


def on(day: date) -> Range:
    """One day."""
    return Range(day, day)


def shifted(day: date, unit: str, count: int) -> date:
    """A day moved by days, weeks, months or years, within the calendar's range; hours count as the days they fill."""
    count = max(-_FARTHEST, min(_FARTHEST, count))
    if unit in ("minute", "hour"):
        return day + timedelta(days=(abs(count) // 24 if unit == "hour" else 0) * (1 if count >= 0 else -1))
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    months = max(12, min(9999 * 12 + 11, months))
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def relative_day(offset: int) -> Meaning:
    """Today, yesterday, tomorrow."""
    return lambda m: on(m.day + timedelta(days=offset)) if m.day else None


def weekday(number: int, side: str = "") -> Meaning:
    """A day of the week, Monday 0: the last such day up to the anchor, the next when ahead; a side is strict."""

    def dated(m: Moment) -> Range | None:
        if m.day is None:
            return None
        ahead = side == "next" or (m.forward and side != "past")
        step = (number - m.day.weekday()) % 7 if ahead else -((m.day.weekday() - number) % 7)
        if side and step == 0:
            step = 7 if ahead else -7
        return on(m.day + timedelta(days=step))

    return dated


def calendar(day: int | None, month: int, year: int | None, side: str = "") -> Meaning:
    """A day of a month or a whole month; without a year the nearest past, or the nearest ahead."""

    def dated(m: Moment) -> Range | None:
        if year is not None:
            return _month_or_day(day, month, year)
        if m.day is None:
            return None
        ahead = side == "next" or (m.forward and side != "past")
        years = (m.day.year, m.day.year + 1) if ahead else (m.day.year, m.day.year - 1)
        found = [r for y in years if (r := _month_or_day(day, month, y))]
        return next((r for r in found if _lies(r, m.day, ahead)), None)

    return dated


def _lies(known: Range, day: date, ahead: bool) -> bool:
    side = known.end if ahead else known.start
    return side is not None and (side >= day if ahead else side <= day)


def _month_or_day(day: int | None, month: int, year: int) -> Range | None:
    if year not in YEARS or not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return Range(date(year, month, 1), date(year, month, last))
    return on(date(year, month, day)) if 1 <= day <= last else None


def numeric(parts: list[int]) -> Meaning | None:
    """A date in digits: year first or last, else day and month; a month above twelve stands for the day."""
    if len(parts) == 3:
        day, month, year = reversed(parts) if parts[0] >= _FOUR_DIGITS else parts
        year += 2000 if year < _TWO_DIGITS else 0
        day, month = (month, day) if day <= 12 < month else (day, month)
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        return hijri(day, month, year) if year in _HIJRI else calendar(day, month, year) if year in YEARS else None
    if len(parts) != 2:
        return None
    month, year = reversed(parts) if parts[0] >= _FOUR_DIGITS else parts
    if 1 <= month <= 12 and year in YEARS:
        return calendar(None, month, year)
    day, month = parts
    return calendar(day, month, None) if 1 <= day <= 31 and 1 <= month <= 12 else None


def from_day(day: int, last: Meaning) -> Meaning:
    """From a day of the month to a later one."""

    def dated(m: Moment) -> Range | None:
        known = last(m)
        if known is None or known.end is None or not 1 <= day <= known.end.day:
            return None
        return Range(known.end.replace(day=day), known.end)

    return dated


def hijri(day: int | None, month: int, year: int) -> Meaning:
    """A Hijri date with its year; nothing when the calendar has no such day."""

    def dated(_: Moment) -> Range | None:
        if year not in _HIJRI:
            return None
        length = Hijri(year, month, 1).month_length()
        if day is not None and not 1 <= day <= length:
            return None
        first, last = (day, day) if day else (1, length)
        return Range(_gregorian(year, month, first), _gregorian(year, month, last))

    return dated


def _gregorian(year: int, month: int, day: int) -> date:
    return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())


def of_month(day: int, offset: int, told: bool = False) -> Meaning:
    """A day of this, the last, the next or (``told``) the month just spoken of."""

    def dated(m: Moment) -> Range | None:
        base = (m.told or m.day) if told else m.day
        if base is None:
            return None
        there = shifted(base.replace(day=1), "month", offset)
        return _month_or_day(day, there.month, there.year)

    return dated


def period(unit: str, offset: int) -> Meaning:
    """The whole week, month or year that lies ``offset`` of them from the anchor."""

    def dated(m: Moment) -> Range | None:
        if m.day is None:
            return None
        if unit == "week":
            first = m.day - timedelta(days=(m.day.weekday() + 1) % 7) + timedelta(days=7 * offset)
            return Range(first, first + timedelta(days=6))
        there = shifted(m.day.replace(day=1), unit, offset)
        return _month_or_day(None, there.month, there.year) if unit == "month" else whole_year(there.year)(m)

    return dated


def whole_year(year: int) -> Meaning:
    """A year of the common era."""
    return lambda _: Range(date(year, 1, 1), date(year, 12, 31)) if year in YEARS else None


def edge(which: str, of: Meaning) -> Meaning:
    """The beginning, middle or end of a period: as far as it has come."""

    def dated(m: Moment) -> Range | None:
        whole = of(m)
        if whole is None or whole.start is None or whole.end is None:
            return None
        part = _edge(which, whole.start, (whole.end - whole.start).days + 1)
        open_still = m.day and part.start and part.end and part.start <= m.day < part.end and not m.forward
        return replace(part, end=m.day) if open_still else part

    return dated


def _edge(which: str, start: date, days: int) -> Range:
    if 28 <= days <= 31:
        first, last = _MONTH_EDGES[which]
        return Range(start.replace(day=first), start.replace(day=min(last, days)))
    if days > 31:
        months = _YEAR_EDGES[which]
        last_day = monthrange(start.year, months[1])[1]
        return Range(start.replace(month=months[0]), start.replace(month=months[1], day=last_day))
    first, last = _WEEK_EDGES[which]
    return Range(start + timedelta(days=first), start + timedelta(days=last))


def ago(unit: str, count: int) -> Meaning:
    """So many units before (negative) or after the anchor, one day."""
    return lambda m: on(shifted(m.day, unit, count)) if m.day else None


def lasting(unit: str, count: int, side: str) -> Meaning:
    """The past or coming so many units, the day of publication included; hours fill at least one day."""
    size = max(24, count) if unit == "hour" else count

    def dated(m: Moment) -> Range | None:
        if m.day is None:
            return None
        if side == "past" or (not side and not m.forward):
            return Range(shifted(m.day, unit, -size), m.day)
        return Range(m.day, shifted(m.day, unit, size))

    return dated


def since(of: Meaning) -> Meaning:
    """From the start of a time to the day of publication."""

    def dated(m: Moment) -> Range | None:
        known = of(m)
        if known is None:
            return None
        end = m.day if m.day and known.start and known.start <= m.day else None
        return Range(known.start, end)

    return dated


def until(of: Meaning) -> Meaning:
    """Up to the end of a time; the start stays open."""
    return lambda m: replace(known, start=None) if (known := of(m)) else None


def between(a: Meaning, b: Meaning) -> Meaning:
    """From the start of one time to the end of another; a year told only at the end holds for both."""

    def dated(m: Moment) -> Range | None:
        last, first = b(m), a(m)
        if last and last.end and (first is None or first.start is None or first.start > last.end):
            first = a(replace(m, day=last.end, forward=False))
        return Range(first.start, last.end) if first and last else None

    return dated


def night(of: Meaning) -> Meaning:
    """The night that begins on a day."""

    def dated(m: Moment) -> Range | None:
        known = of(m)
        if known is None or known.start is None:
            return known
        return Range(known.start, known.start + timedelta(days=1))

    return dated


def at_clock(of: Meaning, clock: str) -> Meaning:
    """A day with the time of day."""
    return lambda m: replace(known, clock=clock) if (known := of(m)) else None
