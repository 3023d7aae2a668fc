"""Time phrases: a view of tokens and a place in it in, the phrase's end and what it means out.

Each method tries one construction at a token and gives None when it is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tawatur.claims import numbers
from tawatur.claims import times_calendar as cal
from tawatur.claims.times_calendar import Meaning, Range
from tawatur.claims.times_periods import Periods
from tawatur.claims.times_spans import whole
from tawatur.claims.times_words import View

_MOST_BETWEEN = 6  # words between منذ and the date of what began
_AND = ("و", "ف")


@dataclass(slots=True)
class Found:
    """A phrase that ends before token ``after``: its meaning and kind."""

    after: int
    means: Meaning
    kind: str = "at"


def _unknown(_: cal.Moment) -> Range | None:
    return None


def _to_now(moment: cal.Moment) -> Range | None:
    return Range(None, moment.day) if moment.day else None


class Parser:
    """Tries all constructions at a token."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.points = Periods(view)
        self._by_class = {
            "since": self._since,
            "until": self._until,
            "by": self._by,
            "within": self._within,
            "before": self._before,
            "after": self._after,
            "between": self._between,
            "from": self._from,
            "to": self._to,
            "about": self._about,
            "unit": self._unit,
        }

    def at(self, at: int) -> Found | None:
        """The phrase that begins at a token."""
        special = self._by_class.get(self.view.cls(at))
        return special(at) if special else self._point(at) or self._lasting(at)

    def _lasting(self, at: int) -> Found | None:
        """The past two days, the coming hours: a definite number of units with its side."""
        last = self.view.fold(at) == "اخر"
        if not last and not self.view.fold(at).removeprefix("ب").startswith("ال"):
            return None
        lasting = self.duration(at + last)
        side = self.points.side(lasting[0]) if lasting and not last else "past"
        if lasting is None or side not in ("past", "next"):
            return None
        after, unit, count = lasting
        if not count:
            unit, count = ("day", 1 if unit == "hour" else 3) if unit in ("hour", "day") else (unit, 0)
        return Found(after + (not last), cal.lasting(unit, count, side), "during") if count else None

    def _point(self, at: int, loose: bool = False) -> Found | None:
        point = self.points.at(at, loose)
        return Found(point[0], point[1]) if point else None

    def _about(self, at: int) -> Found | None:
        return self._point(at + 1, loose=True)

    def _unit(self, at: int) -> Found | None:
        """Two days named together, else a point."""
        pair = self.view.value(at, "unit") == "day" and self.view.form(at) == "dual"
        return (self._between(at) if pair else None) or self._point(at) or self._lasting(at)

    def _skip_about(self, at: int) -> int:
        return at + 1 if self.view.cls(at) == "about" else at

    def _since(self, at: int) -> Found | None:
        after = self._skip_about(at + 1)
        point = self._point(after, loose=True)
        if point:
            return self._since_until(point) or Found(point.after, cal.since(point.means), "since")
        lasting = self.duration(after)
        if lasting and lasting[2]:
            end, unit, count = lasting
            return Found(end, cal.since(cal.ago(unit, -count)), "since")
        if lasting and not self.points.side(lasting[0]):
            return Found(lasting[0], _to_now, "since")
        return self._since_event(at + 1)

    def _since_until(self, begin: Found) -> Found | None:
        at = begin.after
        if self.view.cls(at) not in ("until", "to"):
            return None
        if self.view.cls(at + 1) == "now":
            return Found(at + 2, cal.since(begin.means), "since")
        end = self._point(at + 1, loose=True)
        return Found(end.after, cal.between(begin.means, end.means), "during") if end else None

    def _since_event(self, at: int) -> Found | None:
        words = self.view.tokens.words
        for step in range(at, min(at + _MOST_BETWEEN, len(words))):
            if words[step].kind != "word":
                break
            if step > at and (point := self._dated_event(step)):
                return Found(point.after, cal.since(point.means), "since")
        if at + 1 < len(words) and words[at].kind == words[at + 1].kind == "word" and not self.view.cls(at):
            return Found(at + 2, _to_now, "since")
        return None

    def _dated_event(self, at: int) -> Found | None:
        if self.view.cls(at) in ("in", "before"):
            return self._point(at + 1, loose=True) if self.view.cls(at) == "in" else self._before(at)
        return self._point(at) if self.view.cls(at) in ("unit", "weekday") else None

    def _until(self, at: int) -> Found | None:
        cls = self.view.cls(at + 1)
        if cls == "now" or (cls == "unit" and self.view.fold(at + 1) == "الساعه" and not self.points.at(at + 1, True)):
            return Found(at + 2, _to_now, "until")
        point = self._point(self._skip_about(at + 1), loose=True)
        return Found(point.after, cal.until(whole(point.means)), "until") if point else None

    def _to(self, at: int) -> Found | None:
        return Found(at + 2, _to_now, "until") if self.view.cls(at + 1) == "now" else None

    def _by(self, at: int) -> Found | None:
        point = self._point(at + 1, loose=True)
        return Found(point.after, cal.until(whole(point.means)), "by") if point else None

    def _within(self, at: int) -> Found | None:
        lasting = self.duration(at + 1)
        named = self._point(at + 1, loose=True)
        if named and lasting and named.after > lasting[0] + bool(self.points.side(lasting[0])):
            return Found(named.after, named.means, "during")
        if lasting:
            after, unit, count = lasting
            side = self.points.side(after)
            one = count == 1 and self.view.fold(at + 1).startswith("ال")
            if count and not (one and unit != "week" and side):
                size = 7 if one and unit == "week" else count
                of = "day" if size == 7 and one else unit
                return Found(after + bool(side), cal.lasting(of, size, side), "during")
            if not count and not side and unit in ("hour", "day"):
                return Found(after, _soon(unit), "during")
            if not count and side and unit in ("hour", "day"):
                return Found(after + 1, cal.lasting("day", 1 if unit == "hour" else 3, side), "during")
        return Found(named.after, named.means, "during") if named else None

    def _from_told(self, at: int, sign: int) -> Found | None:
        """Two days before or after that: قبل ذلك بيومين."""
        view = self.view
        if view.fold(at + 1) != "ذلك" or not view.fold(at + 2).startswith("ب"):
            return None
        lasting = self.duration(at + 2)
        if not lasting or not lasting[2]:
            return None
        after, unit, count = lasting
        return Found(after, lambda m: cal.on(cal.shifted(m.told, unit, sign * count)) if m.told else None, "after")

    def _before(self, at: int) -> Found | None:
        told = self._from_told(at, -1)
        if told:
            return told
        lasting = self.duration(self._skip_about(at + 1))
        if lasting and not self.points.side(lasting[0]):
            after, unit, count = lasting
            if count or unit in ("hour", "minute"):
                return Found(after, cal.ago(unit, -(count or 1)))
        if self.view.fold(at + 1) == "قليل":
            return Found(at + 2, cal.relative_day(0))
        point = self._point(at + 1, loose=True)
        if point is None:
            return None
        if self.view.cls(at + 1) == "daypart":
            return point
        return Found(point.after, _before_end(point.means), "before")

    def _after(self, at: int) -> Found | None:
        told = self._from_told(at, 1)
        if told:
            return told
        lasting = self.duration(at + 1)
        if not lasting or not lasting[2] or self.view.fold(at + 1).startswith("ال"):
            return None
        after, unit, count = lasting
        return Found(after, _later(unit, count), "after")

    def _between(self, at: int) -> Found | None:
        first = self._side_of_pair(at + 1)
        if not first:
            return None
        joined = self.view.fold(first.after) == "و"
        begin = first.after + joined
        if not joined and not self.view.fold(begin).startswith(_AND):
            return None
        last = self._point(begin, loose=True)
        if last is None:
            return None
        return Found(last.after, self._pair(at + 1, first, last), "during")

    def _from(self, at: int) -> Found | None:
        first = self._side_of_pair(at + 1)
        if not first or self.view.cls(first.after) not in ("to", "until"):
            return None
        last = self._point(first.after + 1, loose=True)
        return Found(last.after, self._pair(at + 1, first, last), "during") if last else None

    def _side_of_pair(self, at: int) -> Found | None:
        point = self._point(at, loose=True)
        if point:
            return point
        day = self.points.day_number(at)
        return Found(day[0], _unknown) if day else None

    def _pair(self, at: int, first: Found, last: Found) -> Meaning:
        """The range of both; a bare day takes the month of the second."""
        day = self.points.day_number(at)
        if first.means is not _unknown or day is None:
            return cal.between(first.means, last.means)

        def dated(m: cal.Moment) -> Range | None:
            known = last.means(m)
            if known is None or known.end is None or not 1 <= day[1] <= known.end.day:
                return None
            return Range(known.end.replace(day=day[1]), known.end)

        return dated

    def duration(self, at: int) -> tuple[int, str, int] | None:
        """A number of units: (token after it, unit, count; 0 when not told)."""
        view = self.view
        if view.fold(at) == "ال":
            at += 1
        if view.cls(at) == "unit":
            return self._unit_first(at)
        number = numbers.read(view.tokens, at) if at < len(view.tokens.words) else None
        if number and view.cls(number.after) == "unit":
            return number.after + 1, str(view.value(number.after, "unit")), int(number.low)
        if view.cls(at) == "few" and view.cls(at + 1) == "unit":
            return at + 2, str(view.value(at + 1, "unit")), 0
        return None

    def _unit_first(self, at: int) -> tuple[int, str, int]:
        view = self.view
        unit, form = str(view.value(at, "unit")), view.form(at)
        if form == "dual":
            return at + 1, unit, 2
        if form != "plural":
            return at + 1, unit, 1
        skip = at + 2 if view.fold(at + 1) == "ال" else at + 1
        number = numbers.read(view.tokens, skip) if skip < len(view.tokens.words) else None
        if number and (view.fold(skip).startswith("ال") or skip > at + 1):
            return number.after, unit, int(number.low)
        return at + 1 + (view.cls(at + 1) == "few"), unit, 0


def _before_end(of: Meaning) -> Meaning:
    def dated(m: cal.Moment) -> Range | None:
        known = of(m)
        if known is None:
            return None
        end = known.end - timedelta(days=1) if known.end and known.start == known.end else known.end
        return Range(m.day if m.forward else None, end)

    return dated


def _soon(unit: str) -> Meaning:
    """Within hours, within days: open at its end, unless it must be over by tomorrow."""

    def dated(m: cal.Moment) -> Range | None:
        if m.day is None:
            return None
        return Range(m.day, cal.shifted(m.day, "day", 1) if unit == "hour" else None)

    return dated


def _later(unit: str, count: int) -> Meaning:
    def dated(m: cal.Moment) -> Range | None:
        base = m.day if m.forward else m.told
        return cal.on(cal.shifted(base, unit, count)) if base else None

    return dated
