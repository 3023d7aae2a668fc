"""The date of the calendar that begins at a token, in languages that set words side by side."""

from __future__ import annotations

from tawatur.claims import times_calendar as cal
from tawatur.claims.plain_meanings import days
from tawatur.claims.times_parse import Found
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Sense

DIMENSION = "times"
DASHES = ("-", "\u2013", "\u2014")
YEARS = range(1900, 2101)


class Dates:
    """Reads the date that begins at a token."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.words, self.size = tokens, tokens.words, len(tokens)

    def sense(self, at: int) -> Sense | None:
        """The time sense of a token."""
        return self.words[at].by.get(DIMENSION) if 0 <= at < self.size else None

    def cls(self, at: int) -> str:
        """The time class of a token, or empty."""
        sense = self.sense(at)
        return sense.entry.cls if sense else ""

    def n(self, at: int, key: str = "n") -> int:
        """A number that a time word gives."""
        sense = self.sense(at)
        assert sense is not None  # its class was seen
        return int(sense.entry.gives[key])

    def _day(self, at: int) -> int | None:
        if at >= self.size or self.words[at].kind != "number":
            return None
        fold = self.words[at].fold
        return int(fold) if fold.isdecimal() and 1 <= int(fold) <= 31 else None

    def _suffix(self, at: int) -> int:
        """Past the letters of an ordinal: 4th, 21st."""
        return at + 1 if at < self.size and self.words[at].fold in ("st", "nd", "rd", "th") else at

    def _month(self, at: int) -> tuple[int, int] | None:
        """The month at a token and the token after it, its full stop included."""
        if self.cls(at) != "month" or not self.words[at].raw[0].isupper():
            return None
        short = at + 1 < self.size and self.words[at + 1].fold == "." and len(self.words[at].fold) <= 4
        dot = short and at + 2 < self.size and self.words[at + 2].kind == "number"
        return self.n(at), at + 2 if dot else at + 1

    def _year(self, at: int) -> tuple[int | None, int]:
        """The year behind a date and the token after it."""
        k = at + 1 if at < self.size and self.words[at].fold == "," else at
        if k < self.size and self.words[k].kind == "number":
            fold = self.words[k].fold
            if fold.isdecimal() and len(fold) == 4 and int(fold) in YEARS:
                return int(fold), k + 1
        return None, at

    def _year_at(self, at: int) -> Found | None:
        while self.cls(at) == "the":
            at += 1
        year, after = self._year(at)
        if year is None or self.words[at].fold == ",":
            return None
        counted = after < self.size and "populations" in self.words[after].by
        return None if counted else Found(after, cal.whole_year(year))

    def _date(self, at: int) -> Found | None:
        day = self._day(at)
        if day is not None:
            return self._day_first(at, day)
        month = self._month(at) if at < self.size else None
        return self._month_first(month[0], month[1]) if month else None

    def _day_first(self, at: int, day: int) -> Found | None:
        """12 March 2016, 16 and 17 October, 8-10 August."""
        k = self._suffix(at + 1)
        if k < self.size and self.words[k].fold in ("and", "to", *DASHES):
            second = self._day(k + 1)
            last = self._date(k + 1) if second is not None else None
            if last is not None and last.kind != "range":
                return Found(last.after, days(day, last.means), "range")
        k = k + 1 if k < self.size and self.words[k].fold == "of" else k
        month = self._month(k) if k < self.size else None
        if month is None:
            return None
        year, after = self._year(month[1])
        return Found(after, cal.calendar(day, month[0], year))

    def _month_first(self, month: int, at: int) -> Found | None:
        """March 12, 2016; March 3-5; March 2016; March."""
        day = self._day(at)
        if day is None:
            year, after = self._year(at)
            return Found(after, cal.calendar(None, month, year))
        k = self._suffix(at + 1)
        if k < self.size and self.words[k].fold in ("and", "to", *DASHES) and self._day(k + 1) is not None:
            last = self._day(k + 1)
            year, after = self._year(self._suffix(k + 2))
            return Found(after, days(day, cal.calendar(last, month, year)), "range")
        year, after = self._year(k)
        return Found(after, cal.calendar(day, month, year))
