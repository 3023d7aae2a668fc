"""Cells of tables in, dates, times and counts out; what can be read in two ways is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tawatur.archive.items import DoubtOf
from tawatur.errors import FormatError
from tawatur.lang.tables import halves, months, plain

Cell = str | int | float | bool | datetime | date | time | None
FIRST, LAST = 1900, 2100  # years that a date of a table can have
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_SERIALS = (18_264, 73_415)  # days of Excel that are taken for dates: 1950 to 2100
_SECONDS = (631_152_000, 4_102_444_800)  # the same years in seconds since 1970
_LONGEST = 80  # characters of a cell that may be a date
_SURE_FROM = 12  # a day above this cannot be a month

_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>(?!Z|UTC|GMT)[^\W\d]{1,6}|[ap]\.m\.)?"
)
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_THEN = rf"(?:[T,\s]+(?:{_CLOCK})?{_ZONE})?\s*"
_year_first = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_THEN}", re.IGNORECASE)
_year_last = re.compile(rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<year>\d{{4}}){_THEN}", re.IGNORECASE)
_named = re.compile(
    rf"(?:[^\d,،]+[,،]?\s+)?(?P<day>\d{{1,2}})[\s\-]+(?P<name>[^\d,،]+?)[\s\-,،]+(?P<year>\d{{4}}){_THEN}",
    re.IGNORECASE,
)
_named_first = re.compile(rf"(?P<name>[^\d,،]+?)\s+(?P<day>\d{{1,2}})[,،]?\s+(?P<year>\d{{4}}){_THEN}", re.IGNORECASE)
_short_year = re.compile(r"(?P<day>\d{1,2})[\s\-/](?P<name>[^\W\d]{3,12})[\s\-/](?P<short>\d{2})", re.IGNORECASE)
_year_behind = re.compile(
    rf"[^\W\d]{{3}} (?P<name>[^\W\d]{{3}}) (?P<day>\d{{1,2}}) {_CLOCK}{_ZONE}\s+(?P<year>\d{{4}})", re.IGNORECASE
)
_clock = re.compile(_CLOCK, re.IGNORECASE)
_clock_within = re.compile(rf"(?<![\d:]){_CLOCK}", re.IGNORECASE)
_name_parts = re.compile(r"[/()]")
_thousands = re.compile(r"(?<=\d)[,٬'’\u00a0\u202f ](?=\d{3}(?!\d))")
_number = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
_range = re.compile(r"(\d{1,15})\s*[-–—]\s*(\d{1,15})")


def shown(cell: Cell) -> str:
    """A cell as text on one line: dates as ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() and cell.tzinfo is None else _iso(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell) if isinstance(cell, int) else cell


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


@dataclass(slots=True)
class Days:
    """The dates of one column: which of two numbers is the day is learned from the rows seen so far, else not told.

    ``fresh`` holds doubts that came up since it was last emptied, each kind once.
    """

    epoch1904: bool = False
    order: str = ""  # dmy, mdy, or empty while nothing tells
    witness: str = ""  # the cell that told the order
    fresh: list[DoubtOf] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def learn(self, cells: Iterable[Cell]) -> None:
        """Learn the order from cells: two that speak against each other leave it open."""
        seen = {order: cell for cell in cells if isinstance(cell, str) and (order := _order(cell))}
        if len(seen) == 1:
            ((self.order, self.witness),) = seen.items()

    def read(self, cell: Cell) -> str | None:
        """A cell as ISO 8601 date or date-time; None when it is none, or may be two."""
        if isinstance(cell, datetime):
            return shown(cell) if FIRST <= cell.year <= LAST else None
        if isinstance(cell, date):
            return cell.isoformat() if FIRST <= cell.year <= LAST else None
        if isinstance(cell, bool) or cell is None or isinstance(cell, time):
            return None
        if isinstance(cell, int | float):
            return self._numbered(float(cell))
        if len(cell) > _LONGEST:
            return None
        words = " ".join(plain_digits(cell).split())
        if re.fullmatch(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}", words):
            return self._numbered(float(words))
        return self._written(words)

    def open(self, cell: Cell) -> bool:
        """Whether a cell is a date of two numbers and a year, which may stay open."""
        return isinstance(cell, str) and bool(_year_last.fullmatch(" ".join(plain_digits(cell[:_LONGEST]).split())))

    def _numbered(self, value: float) -> str | None:
        if _SERIALS[0] <= value <= _SERIALS[1]:
            moment = _EPOCHS[self.epoch1904] + timedelta(seconds=round(value * 86_400))
            self._tell("serial", f"numbers such as {value:g} are read as days of Excel, this one as {shown(moment)}")
            return shown(moment)
        seconds = value / 1000 if value > _SECONDS[1] else value
        if _SECONDS[0] <= seconds <= _SECONDS[1]:
            return _iso(datetime.fromtimestamp(seconds, UTC))
        return None

    def _written(self, words: str) -> str | None:
        if found := _year_first.fullmatch(words):
            return _made(found, int(found["month"]), int(found["day"]))
        if found := _year_last.fullmatch(words):
            return self._two_numbers(found, words)
        if (found := _short_year.fullmatch(words)) and _month(found["name"]):
            self._tell("short", f"dates such as {words} are read as of this century")
            return self._written(f"{found['day']} {found['name']} 20{found['short']}")
        for pattern in (_year_behind, _named, _named_first):
            if (found := pattern.fullmatch(words)) and (month := _month(found["name"])):
                return _made(found, month, int(found["day"]))
        return None

    def _two_numbers(self, found: re.Match[str], words: str) -> str | None:
        a, b = int(found["a"]), int(found["b"])
        order = "dmy" if a > _SURE_FROM or a == b else "mdy" if b > _SURE_FROM else self.order
        if not order:
            self._tell("open", f"dates such as {words} can be day first or month first; all such are taken as unknown")
            return None
        if order == self.order and max(a, b) <= _SURE_FROM and a != b:
            first = "day" if order == "dmy" else "month"
            self._tell("order", f"dates such as {words} are read with the {first} first, as {self.witness} has it")
        return _made(found, *((b, a) if order == "dmy" else (a, b)))

    def _tell(self, kind: str, reason: str) -> None:
        if kind not in self._told:
            self._told.add(kind)
            self.fresh.append((reason, "write dates as 2016-12-31 if that is wrong"))


def looks_like_date(cell: Cell) -> bool:
    """Whether a cell is a written date, in whatever order; a bare number is none."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or not 6 <= len(cell) <= 60:
        return False
    words = " ".join(plain_digits(cell).split())
    return bool(_year_last.fullmatch(words)) or Days().read(words if not words.isdigit() else None) is not None


def _order(cell: str) -> str:
    found = _year_last.fullmatch(" ".join(plain_digits(cell[:_LONGEST]).split()))
    if not found or _made(found, *sorted((int(found["a"]), int(found["b"])))) is None:
        return ""
    return "dmy" if int(found["a"]) > _SURE_FROM else "mdy" if int(found["b"]) > _SURE_FROM else ""


def _month(name: str) -> int | None:
    known = months()
    parts = (plain(part) for part in (name, *_name_parts.split(name)))
    return next((known[part] for part in parts if part in known), None)


def _made(found: re.Match[str], month: int, day: int) -> str | None:
    try:
        made = date(int(found["year"]), month, day)
    except ValueError:
        return None
    if not FIRST <= made.year <= LAST:
        return None
    if found["hour"] is None:
        return made.isoformat()
    hour = _hour(found)
    if hour is None:
        return None
    zone = (found["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
    return f"{made.isoformat()}T{hour}{zone}"


def _hour(found: re.Match[str]) -> str | None:
    """The clock of a match as HH:MM or HH:MM:SS; None when it is no time of day."""
    hour, minute, half = int(found["hour"]), int(found["minute"]), plain(found["half"] or "")
    kind = halves().get(half) or halves().get(half.replace(" ", ""))
    if half and (kind is None or not 1 <= hour <= 12):
        return None
    if kind:
        hour = hour % 12 + (12 if kind == "pm" else 0)
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{found['second']}" if found["second"] else "")


def clock_of(cell: Cell) -> str | None:
    """A time of day as HH:MM or HH:MM:SS; None when the cell is none. A number below one is a share of the day."""
    if isinstance(cell, datetime):
        return cell.strftime("%H:%M")
    if isinstance(cell, time):
        return cell.replace(microsecond=0, tzinfo=None).isoformat("auto" if cell.second else "minutes")
    if isinstance(cell, str) and len(cell) > _LONGEST:
        return None
    if isinstance(cell, float) and 0 <= cell < 1:
        return f"{round(cell * 1440) // 60 % 24:02}:{round(cell * 1440) % 60:02}"
    found = _clock.match(plain_digits(cell).strip()) if isinstance(cell, str) else None
    rest = plain_digits(str(cell)).strip()[found.end() :] if found else ""
    return _hour(found) if found and not re.sub(_ZONE, "", rest) else None


def clock_in(words: str) -> str | None:
    """The time of day that stands in words, with a date or other words around it; None when there is none."""
    found = _clock_within.search(plain_digits(words[:_LONGEST]))
    if found is not None and found["half"] and not halves().get(plain(found["half"])):  # a word of something else
        found = _clock_within.search(found[0][: found.start("half") - found.start()])
    return _hour(found) if found else None


def plain_digits(words: str) -> str:
    """The text with ASCII digits and without invisible marks."""
    kept = (c for c in words if not ("\u200b" <= c <= "\u200f" or "\u202a" <= c <= "\u202e" or c in "\u061c\ufeff"))
    return "".join(str(int(c)) if c.isdecimal() and not c.isascii() else c for c in kept)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, with bounds; None is open."""

    low: float | None
    high: float | None
    approximate: bool = False


def count_of(cell: Cell) -> Count:
    """A count: a number, ``10-20``, ``50+``, ``>50``, ``<50``, ``~50``. Raises FormatError for what is none."""
    words = plain_digits(shown(cell)[:_LONGEST]).strip()
    sign = words[:1] if words[:1] in "~≈<>≤≥+" else words[-1:] if words[-1:] == "+" else ""
    bare = _thousands.sub("", words.strip(f" {sign}" if sign else " ").replace("٫", "."))
    if bare.startswith(("-", "−")) and _number.fullmatch(bare[1:].strip()):
        raise FormatError(f"the count {words} is negative", "give 0 or more")
    if (span := _range.fullmatch(bare)) and not sign:
        if int(span[1]) > int(span[2]):
            raise FormatError(f"the count {words} begins above its end", "give the lower number first")
        return Count(float(span[1]), float(span[2]))
    if not _number.fullmatch(bare):
        raise FormatError(f"{words[:40]!r} is no count", "give a number, such as 120, 100-150, 100+ or ~120")
    value = float(bare)
    return _bounded(sign, value)


def _bounded(sign: str, value: float) -> Count:
    if sign in ("+", ">", "≥"):
        return Count(value, None)
    if sign in ("<", "≤"):
        return Count(None, value)
    return Count(value, value, sign in ("~", "≈") and bool(sign))


def degrees_of(cell: Cell, most: float) -> float:
    """Degrees between ``-most`` and ``most``. Raises FormatError for what is none."""
    try:
        value = float(plain_digits(shown(cell)).strip().replace("٫", ".").rstrip("°"))
    except ValueError:
        value = most + 1
    if not -most <= value <= most:
        raise FormatError(f"{shown(cell)[:40]!r} is no degree between -{most:g} and {most:g}", "give decimal degrees")
    return value
