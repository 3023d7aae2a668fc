"""What time phrases mean that only languages set side by side have, by the shared calendar."""

from __future__ import annotations

from datetime import timedelta

from tawatur.claims import times_calendar as cal
from tawatur.claims.times_calendar import Meaning, Moment, Range


def unknown(_: Moment) -> Range | None:
    """A time that nothing dates."""
    return None


def days(day: int, last: Meaning) -> Meaning:
    """From a day up to another of the same month, which is told."""

    def dated(m: Moment) -> Range | None:
        known = last(m)
        if known is None or known.end is None or known.end.day < day:
            return known
        return Range(known.end.replace(day=day), known.end)

    return dated


def ahead(unit: str, count: int) -> Meaning:
    """From the day of publication so many units on; hours fill the days that they take."""

    def dated(m: Moment) -> Range | None:
        return Range(m.day, cal.shifted(m.day, unit, max(24, count) if unit == "hour" else count)) if m.day else None

    return dated


def lasting(unit: str, count: int | None, side: str) -> Meaning:
    """The past or coming so many units; of an unknown number only the day of publication is known."""
    if count is not None:
        return cal.lasting(unit, count, "past" if side == "past" else "next")
    if side == "past":
        return lambda m: Range(None, m.day) if m.day else None
    return lambda m: Range(m.day, None) if m.day else None


def week(offset: int) -> Meaning:
    """A week from Monday to Sunday, so many from the anchor's."""

    def dated(m: Moment) -> Range | None:
        if m.day is None:
            return None
        first = m.day + timedelta(days=7 * offset - m.day.weekday())
        return Range(first, first + timedelta(days=6))

    return dated
