"""The time phrase that begins at a token, in languages that set words side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tawatur.claims import times_calendar as cal
from tawatur.claims.plain_meanings import ahead, days, lasting, unknown, week
from tawatur.claims.plain_numbers import read
from tawatur.claims.plain_times_dates import DASHES, Dates
from tawatur.claims.times_calendar import Meaning, Moment, Range
from tawatur.claims.times_parse import Found
from tawatur.claims.tokens import Tokens

_REACH = 12  # tokens between "since" and the date of what is told
_DAY = timedelta(days=1)


class Parser(Dates):
    """Reads the time phrase that begins at a token."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._outer: dict[str, Callable[[int], Found | None]] = {
            "since": self._since, "until": self._until, "by": self._until, "before": self._before,
            "after": self._past, "between": self._between, "from": self._from, "within": self._within,
            "in": self._in, "now": self._now,
        }  # fmt: skip

    def at(self, at: int) -> Found | None:
        """The phrase at a token, or None."""
        outer = self._outer.get(self.cls(at))
        if outer is not None:
            return outer(at)
        if self.words[at].kind == "number" or self.cls(at) or "figures" in self.words[at].cls:
            return self.point(at)
        return None

    # with what stands before a point

    def _since(self, at: int) -> Found | None:
        point = self._year_or_point(at + 1)
        if point is not None:
            return Found(point.after, cal.since(point.means), "since")
        for k in range(at + 2, min(at + _REACH, self.size)):
            if self.words[k].kind != "word":
                return None
            point = self._in(k) if self.cls(k) == "in" else self.point(k)
            if point is not None:
                return Found(point.after, cal.since(point.means), "since")
        return None

    def _until(self, at: int) -> Found | None:
        point = self._year_or_point(at + 1)
        return Found(point.after, cal.until(point.means), "until") if point else None

    def _before(self, at: int) -> Found | None:
        return self._beyond(at, "before", lambda known, _: Range(None, known.start - _DAY) if known.start else None)

    def _past(self, at: int) -> Found | None:
        return self._beyond(at, "after", lambda known, m: Range(known.end + _DAY, m.day) if known.end else None)

    def _beyond(self, at: int, kind: str, beyond: Callable[[Range, Moment], Range | None]) -> Found | None:
        """What lies before or after the point that the next words tell."""
        point = self._year_or_point(at + 1)
        if point is None:
            return None
        means = point.means

        def dated(m: Moment) -> Range | None:
            known = means(m)
            return beyond(known, m) if known else None

        return Found(point.after, dated, kind)

    def _between(self, at: int) -> Found | None:
        return self._pair(at + 1, ("and", "or", "to", *DASHES))

    def _from(self, at: int) -> Found | None:
        return self._pair(at + 1, ("to", "until", "till", "through", *DASHES))

    def _pair(self, at: int, joints: tuple[str, ...]) -> Found | None:
        """Two points with a word between them; a day whose month is told only behind the second takes it."""
        first = self.point(at)
        if first is None:
            return self._day_and_date(at, joints)
        if first.after + 1 >= self.size or self.words[first.after].fold not in joints:
            return first if first.kind == "range" else None
        second = self.point(first.after + 1)
        return Found(second.after, cal.between(first.means, second.means), "during") if second else None

    def _day_and_date(self, at: int, joints: tuple[str, ...]) -> Found | None:
        day = self._day(at)
        if day is None or at + 2 >= self.size or self.words[at + 1].fold not in joints:
            return None
        last = self._date(at + 2)
        return Found(last.after, days(day, last.means), "during") if last else None

    def _within(self, at: int) -> Found | None:
        k = at + 1
        while self.cls(k) in ("the", "next"):
            k += 1
        count = read(self.tokens, k) if k < self.size else None
        after = count.after if count else k
        if self.cls(after) != "unit":
            return None
        unit = self._unit(after)
        if count is None or count.approximate:
            return Found(after + 1, lambda m: Range(m.day, None) if m.day else None, "during")
        return Found(after + 1, ahead(unit, int(count.low)), "during")

    def _in(self, at: int) -> Found | None:
        """On, in, at, during, over … and a point."""
        point = self._year_or_point(at + 1)
        if point is not None and not (self.cls(at + 1) == "daypart" and point.kind == "part"):
            return Found(point.after, point.means, point.kind)
        count = read(self.tokens, at + 1) if at + 1 < self.size else None
        if count is not None and self.cls(count.after) == "unit" and self.words[at].fold in ("over", "during"):
            return Found(count.after + 1, unknown, "during")  # how long, not when
        return None

    def _now(self, at: int) -> Found | None:
        if self.cls(at + 1) == "this" and self.cls(at + 2) == "unit":
            return Found(at + 3, cal.since(self._period(self._unit(at + 2), 0)), "since")
        return Found(at + 1, lambda m: Range(None, m.day) if m.day else None, "until")

    def _year_or_point(self, at: int) -> Found | None:
        return self.point(at) or self._year_at(at)

    # points

    def point(self, at: int) -> Found | None:
        """A day, a period or a range of days that begins at a token."""
        while at < self.size and self.cls(at) == "the":
            at += 1
        if at >= self.size:
            return None
        cls = self.cls(at)
        if cls == "edge":
            return self._edge(at)
        if cls == "weekday":
            return self._weekday(at, "")
        if cls in ("past", "next", "this"):
            return self._sided(at, cls)
        if cls == "relday":
            return self._with_part(at + 1, cal.relative_day(self.n(at)))
        if cls == "tonight":
            return self._overnight(at)
        if cls == "told":
            return Found(at + 1, lambda m: cal.on(m.told) if m.told else None)
        if cls == "daypart":
            return self._daypart(at)
        return self._date(at) or self._ago(at)

    def _weekday(self, at: int, side: str) -> Found | None:
        if not self.words[at].raw[0].isupper():
            return None
        k = at + 1
        if k < self.size and self.words[k].fold == ",":
            dated = self._date(k + 1)
            if dated is not None:
                return dated
        dated = self._date(k)
        if dated is not None and self.cls(k) == "month":
            return dated
        return self._with_part(k, cal.weekday(self.n(at), side))

    def _with_part(self, at: int, means: Meaning) -> Found:
        """A day with the part of it that follows: Friday night."""
        if self.cls(at) != "daypart":
            return Found(at, means)
        night = self.sense(at)
        assert night is not None  # its class was seen
        return Found(at + 1, cal.night(means) if night.entry.gives.get("night") else means)

    def _overnight(self, at: int) -> Found:
        back = self.n(at)
        return Found(at + 1, cal.night(cal.relative_day(back)))

    def _daypart(self, at: int) -> Found | None:
        """The night of 19 October, dawn on Friday."""
        k = at + 1
        if k < self.size and (self.words[k].fold == "of" or self.cls(k) == "in"):
            point = self.point(k + 1)
            sense = self.sense(at)
            assert sense is not None  # its class was seen
            if point is not None:
                return Found(point.after, cal.night(point.means) if sense.entry.gives.get("night") else point.means)
        return None

    def _sided(self, at: int, side: str) -> Found | None:
        k = at + 1
        if self.cls(k) == "weekday":
            return self._weekday(k, "" if side == "this" else side)
        if self.cls(k) == "daypart":
            back = -1 if side == "past" else 0
            return self._with_part(k, cal.relative_day(back))
        if self.cls(k) == "month":
            return Found(k + 1, cal.calendar(None, self.n(k), None, "" if side == "this" else side))
        count = read(self.tokens, k) if k < self.size and self.cls(k) != "unit" else None
        after = count.after if count else k
        if self.cls(after) != "unit":
            return None
        unit = self._unit(after)
        if count is not None:
            return Found(after + 1, lasting(unit, None if count.approximate else int(count.low), side), "during")
        if self._plural(after):
            return Found(after + 1, lasting(unit, None, side), "during")
        strict = self.words[at].fold in ("past", "coming")
        if strict or unit in ("hour", "day", "minute"):
            return Found(after + 1, cal.lasting(unit, 1, "past" if side == "past" else "next"), "during")
        return Found(after + 1, self._period(unit, {"past": -1, "this": 0, "next": 1}[side]))

    def _plural(self, at: int) -> bool:
        sense = self.sense(at)
        return sense is not None and sense.form == "plural"

    def _unit(self, at: int) -> str:
        sense = self.sense(at)
        assert sense is not None  # its class was seen
        return str(sense.entry.gives["unit"])

    def _period(self, unit: str, offset: int) -> Meaning:
        return week(offset) if unit == "week" else cal.period(unit, offset)

    def _edge(self, at: int) -> Found | None:
        sense = self.sense(at)
        assert sense is not None  # its class was seen
        which, k = str(sense.entry.gives["edge"]), at + 1
        while k < self.size and (self.words[k].fold in ("of", "in", "-") or self.cls(k) in ("the", "in")):
            k += 1
        point = self._year_or_point(k)
        if point is None:
            return None
        period = self.cls(k) in ("month", "this") or self.words[k].kind == "number"
        soft = which in ("earlier", "later")
        return Found(point.after, point.means if soft or not period else cal.edge(which, point.means))

    def _ago(self, at: int) -> Found | None:
        """Two days ago, a week earlier."""
        if self.words[at].kind != "number" and "figures" not in self.words[at].cls:
            return None
        count = read(self.tokens, at)
        k = count.after if count else at + 1 if self.words[at].fold in ("a", "an") else at
        if k == at or self.cls(k) != "unit" or not (self.cls(k + 1) == "ago" or self._earlier(k + 1)):
            return None
        if count is not None and count.approximate:
            return Found(k + 2, unknown)
        size, unit, told = int(count.low) if count else 1, self._unit(k), self._earlier(k + 1)

        def dated(m: Moment) -> Range | None:
            base = (m.told or m.day) if told else m.day
            return cal.on(cal.shifted(base, unit, -size)) if base else None

        return Found(k + 2, dated)

    def _earlier(self, at: int) -> bool:
        sense = self.sense(at)
        return sense is not None and sense.entry.gives.get("edge") == "earlier" and self.words[at].fold == "earlier"
