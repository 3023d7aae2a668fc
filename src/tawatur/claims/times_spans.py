"""Longer stretches of time: parts of a year or month, seasons, decades, Hijri months without their year.

As in ``times_calendar``, each function gives a meaning: what a phrase says once there is something to date it from.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from hijridate import Gregorian

from tawatur.claims.times_calendar import Meaning, Moment, Range, hijri

_YEAR, _MONTH = 360, 32  # days: at least so many in a year, fewer than so many in a month
_MONTHS = 12
_KNOWN = range(1925, 2077)  # years of the common era that the Umm al-Qura tables cover


def share(of: Meaning, number: int, parts: int) -> Meaning:
    """The so-manieth of equal parts of a year or a month; number 0 is the last."""

    def dated(m: Moment) -> Range | None:
        whole = of(m)
        if whole is None or whole.start is None or whole.end is None:
            return None
        which = number or parts
        days = (whole.end - whole.start).days + 1
        if which > parts or not (days >= _YEAR or days < _MONTH):
            return None
        return _months(whole.start, which, parts) if days >= _YEAR else _days(whole, which, parts, days)

    return dated


def _months(start: date, which: int, parts: int) -> Range:
    size = _MONTHS // parts
    last = which * size
    return Range(start.replace(month=last - size + 1), start.replace(month=last, day=monthrange(start.year, last)[1]))


def _days(whole: Range, which: int, parts: int, days: int) -> Range:
    size = days // parts
    assert whole.start is not None
    first = whole.start + timedelta(days=size * (which - 1))
    return Range(first, whole.end if which == parts else first + timedelta(days=size - 1))


def season(month: int, of: Meaning) -> Meaning:
    """Three months that begin in a month of a year; winter ends in the next year."""

    def dated(m: Moment) -> Range | None:
        whole = of(m)
        return None if whole is None or whole.start is None else _season(month, whole.start.year)

    return dated


def _season(month: int, year: int) -> Range:
    ends, there = (month + 1) % _MONTHS + 1, year + (month + 2 > _MONTHS)
    return Range(date(year, month, 1), date(there, ends, monthrange(there, ends)[1]))


def near_season(month: int, side: str) -> Meaning:
    """The last or the next season, or the one that holds the anchor."""

    def dated(m: Moment) -> Range | None:
        if m.day is None:
            return None
        found = [_season(month, year) for year in range(m.day.year - 2, m.day.year + 2)]
        past = [r for r in found if r.end and r.end < m.day]
        return past[-1] if side == "past" else found[len(past)] if side == "this" else _ahead(found, m.day)

    return dated


def _ahead(found: list[Range], day: date) -> Range | None:
    return next((r for r in found if r.start and r.start > day), None)


def decade(first: int) -> Meaning:
    """Ten years from a year on."""
    return lambda _: Range(date(first, 1, 1), date(first + 9, 12, 31))


def near_hijri(day: int | None, month: int, side: str) -> Meaning:
    """A Hijri day or month without its year: the last one begun, the next when ahead; ``past`` is over."""

    def dated(m: Moment) -> Range | None:
        if m.day is None or m.day.year not in _KNOWN:
            return None
        year = Gregorian(m.day.year, m.day.month, m.day.day).to_hijri().year
        found = [r for y in (year - 1, year, year + 1) if (r := hijri(day, month, y)(m))]
        ahead = side == "next" or (m.forward and side != "past")
        fits = [r for r in found if _lies(r, m.day, ahead, side)]
        return (fits[0] if ahead else fits[-1]) if fits else None

    return dated


def _lies(known: Range, day: date, ahead: bool, side: str) -> bool:
    bound = known.end if ahead or side == "past" else known.start
    if bound is None:
        return False
    return bound >= day if ahead else bound < day if side == "past" else bound <= day


def told_day(offset: int) -> Meaning:
    """So many days from the day that was told last; nothing when none was."""
    return lambda m: Range(m.told + timedelta(days=offset), m.told + timedelta(days=offset)) if m.told else None


def whole(of: Meaning) -> Meaning:
    """A period to its own end, though the day of publication lies within it."""
    return lambda m: of(replace(m, forward=True)) if m.day and (k := of(m)) and k.end == m.day else of(m)
