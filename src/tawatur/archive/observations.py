"""A row that somebody logged by hand in; an item whose text is that row, with what each cell means, out.

The text has one line, ``column: cell · column: cell``, so that a claim can point at its own row. ``Item.fields`` keeps
each cell with its column under a key, ``field=value header``: the value is the clean one (``killed``, ``2016-12-16``,
``100..150``), the header and the cell are what the sheet has. What cannot be is refused, row by row, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tawatur.archive.formulas import harmless
from tawatur.archive.items import DoubtOf, Item
from tawatur.archive.table_columns import Columns
from tawatur.archive.table_values import Cell, Count, Days, clock_of, count_of, degrees_of, shown
from tawatur.errors import FormatError
from tawatur.lang.tables import VALUES, label_of, of_server, value_of
from tawatur.model import Span

BETWEEN, AFTER_HEADER = " · ", ": "
_SHOWN = 6  # values that a refusal names
_LONGEST = 2000  # characters of a cell
#: Outcomes that befall persons: where nobody says who was counted, it was people.
OF_PERSONS = frozenset(
    {"killed", "injured", "missing", "detained", "released", "evacuated", "displaced", "returned", "besieged",
     "surrendered", "in_need"}
)  # fmt: skip
#: The outcome that an event's type tells where a sheet has none.
BY_TYPE = {
    "evacuation": "evacuated", "displacement": "displaced", "return": "returned", "detention": "detained",
    "release": "released", "siege": "besieged", "aid": "reached", "obstruction": "blocked", "needs": "in_need",
    "mobilisation": "deployed", "capture": "seized", "withdrawal": "surrendered",
}  # fmt: skip
_PARTS = frozenset({"tonnes", "hours", "days", "percent", "money", "other"})  # what can be counted in parts of one


@dataclass(slots=True)
class Sheet:
    """A table of observations: its columns, its own name, who publishes it, and what its dates look like."""

    columns: Columns
    name: str
    outlet: str | None
    days: Days
    fresh: list[DoubtOf] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def learn(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Learn from the first rows how dates are written."""
        at = [self.columns.fields[name] for name in ("date", "time") if name in self.columns.fields]
        self.days.learn(row[n] for row in rows for n in at if n < len(row))

    def tell(self, kind: str, reason: str, advice: str) -> None:
        """A doubt about the whole sheet, told once."""
        if kind not in self._told:
            self._told.add(kind)
            self.fresh.append((reason, advice))


@dataclass(frozen=True, slots=True)
class Cellular:
    """One cell of a rendered row: the field it is for (empty when for none), its clean value, where it stands."""

    field: str
    value: str
    header: str
    words: str
    span: Span


def cells_of(fields: Sequence[tuple[str, str]]) -> tuple[Cellular, ...]:
    """The cells of ``Report.fields`` with their places in the report's text."""
    found, at = [], 0
    for key, words in fields:
        name, _, rest = key.partition("=")
        value, _, header = rest.partition(" ")
        start = at + len(header) + len(AFTER_HEADER)
        found.append(Cellular(name, value, header, words, Span(start, start + len(words))))
        at = start + len(words) + len(BETWEEN)
    return tuple(found)


def rendered(fields: Sequence[tuple[str, str]]) -> str:
    """The text of a row."""
    return BETWEEN.join(f"{cell.header}{AFTER_HEADER}{cell.words}" for cell in cells_of(fields))


def observed(sheet: Sheet, row: Sequence[Cell], place: str) -> Item:
    """A row as an item, without its form and digest. Raises FormatError, with column and reason, for what cannot be."""
    work = _Row(sheet, row)
    values = work.values()
    order = [n for n in range(len(row)) if work.words(n) and (n in values or not of_server(sheet.columns.header(n)))]
    fields = tuple((f"{values.get(n, '=')} {sheet.columns.header(n)}", work.words(n)) for n in order)
    declared, monitor = work.named("id"), work.named("monitor")
    outlet = work.named("outlet") or sheet.outlet
    if not monitor:
        reason = f"no monitor is named; such rows are {outlet or sheet.name}'s own and are not marked first-hand"
        sheet.tell("monitor", reason, "fill in a column for the monitor's code if your own monitors counted")
    return Item(
        rendered(fields),
        place=place,
        name=declared or f"{sheet.name} {place}",
        declared=declared or None,
        outlet=outlet or (None if monitor else sheet.name),
        published=sheet.days.read(work.cell("submitted")),
        fields=fields,
    )


class _Row:
    """The cells of one row, checked field by field."""

    def __init__(self, sheet: Sheet, row: Sequence[Cell]) -> None:
        self.sheet, self.columns, self.row = sheet, sheet.columns, row

    def cell(self, name: str) -> Cell:
        at = self.columns.fields.get(name)
        return self.row[at] if at is not None and at < len(self.row) else None

    def words(self, n: int) -> str:
        """A cell on one line, with nothing that the text of a row may not have."""
        words = " ".join(shown(self.row[n]).replace("\0", " ")[:_LONGEST].split()) if n < len(self.row) else ""
        return words[1:] if words[:1] == "'" and harmless(words[1:]) == words else words

    def named(self, name: str) -> str:
        """The words of a field's cell."""
        return self.words(at) if (at := self.columns.fields.get(name)) is not None else ""

    def values(self) -> dict[int, str]:
        """For each column that is understood ``field=value``."""
        fields = self.columns.fields
        found = {fields[name]: f"{name}={value}" for name, value in self._told() if name in fields}
        found |= {n: f"count={clean}" for n, clean in self._counts()}
        for name, at in fields.items():
            found.setdefault(at, f"{name}=")
        return found

    def _told(self) -> Iterator[tuple[str, str]]:
        for name in VALUES:
            if self.named(name):
                yield name, self._value(name)
        yield from self._times()
        yield from self._spot()

    def _value(self, name: str) -> str:
        words = self.named(name)
        value = value_of(name, words)
        if value is None:
            known = ", ".join(f"{v} ({label_of(name, v, 'ar')})" for v in VALUES[name][:_SHOWN])
            advice = f"use one of: {known}" + (", …; the template has them all" if len(VALUES[name]) > _SHOWN else "")
            raise FormatError(f"{self._header(name)}: {words[:40]!r} is not known", advice)
        return value

    def _header(self, name: str) -> str:
        return self.columns.header(self.columns.fields[name])

    def _times(self) -> Iterator[tuple[str, str]]:
        day, clock, start = self._day("date"), self._clock("time"), self._moment("time")
        if day and clock and "T" not in day:
            day = f"{day}T{clock}"
        if day := day or start:
            yield ("date" if self.named("date") else "time"), day
            yield from self._until(day)
        elif not self.named("date"):
            self.sheet.tell("date", "no date is told; such rows cannot be set in time", "fill in a column for the date")

    def _day(self, name: str) -> str | None:
        """The date of a field; None where there is none, or one that may be two. A date to come is refused."""
        cell = self.cell(name)
        if cell is None or not shown(cell).strip():
            return None
        found = self.sheet.days.read(cell)
        while self.sheet.days.fresh:
            reason, advice = self.sheet.days.fresh.pop(0)
            self.sheet.tell(reason[:24], reason, advice)
        if found is None and not self.sheet.days.open(cell):
            reason = f"{self._header(name)}: {shown(cell)[:40]!r} is no date between 1900 and 2100"
            raise FormatError(reason, "give an ISO 8601 date, such as 2016-12-17")
        if found and date.fromisoformat(found[:10]) > latest():
            raise FormatError(f"{self._header(name)}: {found} lies in the future", "correct the date")
        return found

    def _clock(self, name: str) -> str | None:
        """The time of day of a field, whose cell may hold the date as well."""
        cell = self.cell(name)
        if cell is None or not shown(cell).strip() or (isinstance(cell, datetime) and not cell.time()):
            return None
        found = clock_of(cell)
        if found is None and self.sheet.days.read(cell) is None and not self.sheet.days.open(cell):
            raise FormatError(f"{self._header(name)}: {shown(cell)[:40]!r} is no time", "give it as 14:30")
        return found

    def _moment(self, name: str) -> str | None:
        """The date-time of a field that may hold a mere time of day."""
        cell = self.cell(name)
        return self._day(name) if cell is not None and clock_of(shown(cell)) is None else None

    def _until(self, start: str) -> Iterator[tuple[str, str]]:
        if not self.named("until"):
            return
        clock = self._clock("until")
        end = self._moment("until") or (f"{start[:10]}T{clock}" if clock else None)
        if end is not None and end[: len(start)] < start[: len(end)]:
            raise FormatError(f"{self._header('until')}: {end} lies before {start}", "correct one of the two")
        if end is not None:
            yield "until", end

    def _spot(self) -> Iterator[tuple[str, str]]:
        for name, most in (("lat", 90.0), ("lon", 180.0)):
            if self.named(name):
                yield name, f"{degrees_of(self.cell(name), most):g}"
        if parts := self.named("position").replace(",", " ").split():
            if len(parts) < 2:
                raise FormatError(f"{self._header('position')}: no latitude and longitude", "give both, as 36.2 37.16")
            yield "position", f"{degrees_of(parts[0], 90.0):g},{degrees_of(parts[1], 180.0):g}"

    def _counts(self) -> Iterator[tuple[int, str]]:
        """For each count ``low..high~/outcome/population``."""
        told = [(n, outcome, who) for n, outcome, who in self.columns.counts if self.words(n)]
        if not told and (self.named("low") or self.named("high")):
            at = self.columns.fields["low" if self.named("low") else "high"]
            told = [(at, None, None)]
        if not told:
            raise FormatError("no count is told", "give how many, 0 for none")
        for n, outcome, who in told:
            befell = outcome or self._outcome()
            yield n, f"{self._count(n, len(told) == 1)}/{befell}/{self._population(who, befell, n)}"

    def _count(self, n: int, alone: bool) -> str:
        low, high = (count_of(self.cell(name)) if self.named(name) else None for name in ("low", "high"))
        count = count_of(self.words(n))
        if alone and (low or high):
            count = self._between(count, low, high)
        about = "~" if count.approximate or self._estimated() else ""
        return "..".join("" if bound is None else f"{bound:.15g}" for bound in (count.low, count.high)) + about

    def _between(self, count: Count, low: Count | None, high: Count | None) -> Count:
        least, most = (low.low if low else None), (high.high if high else None)
        if least is not None and most is not None and least > most:
            raise FormatError(f"the lowest count {least:g} is above the highest {most:g}", "correct one of the two")
        told = count.low if count.low is not None else count.high
        if told is not None and not (least or 0) <= told <= (most if most is not None else told):
            raise FormatError(f"the count {told:g} is not between the lowest and the highest", "correct one of them")
        return Count(least if low else count.low, most if high else count.high, count.approximate)

    def _estimated(self) -> bool:
        return bool(self.named("how")) and value_of("how", self.named("how")) == "estimated"

    def _outcome(self) -> str:
        if self.named("outcome"):
            return self._value("outcome")
        kind = self._value("event_type") if self.named("event_type") else ""
        if kind not in BY_TYPE:
            raise FormatError("it is not told what befell those counted", "fill in the outcome, such as killed")
        return BY_TYPE[kind]

    def _population(self, who: str | None, befell: str, n: int) -> str:
        if who is None and self.named("population"):
            who = self._value("population")
        if who is None and befell not in OF_PERSONS:
            raise FormatError("it is not told who or what was counted", "fill in the population, such as people")
        who = who or "people"
        counted = count_of(self.words(n))
        if who not in _PARTS and any(b is not None and b != int(b) for b in (counted.low, counted.high)):
            raise FormatError(f"{self.words(n)[:40]!r} is no whole number", "give a whole number")
        return who


def latest() -> date:
    """The last day that an observation can be of: today, wherever on earth that has begun."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()
