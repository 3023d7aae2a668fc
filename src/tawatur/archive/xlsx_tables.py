"""A workbook (XLSX) in, the reports or observations of its sheets out, a row at a time; formulas give their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from xml.parsers import expat

from tawatur.archive.items import Doubtful, Parts, Source
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.office_package import BROKEN
from tawatur.archive.table_values import Cell
from tawatur.archive.tables import Row, Table, read_tables
from tawatur.archive.xlsx_package import Attributes, Package, package, parse
from tawatur.errors import FormatError
from tawatur.lang.tables import explains

_MOST_COLUMNS = 1024  # of a row; what stands further right is left out
_MOST_ROWS = 1 << 20  # that a sheet can have
_reference = re.compile(r"([A-Z]{1,3})(\d+)")
_escaped = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(source: Source) -> Parts:
    """The rows of all sheets, each a report. Raises FormatError for what is no workbook, or has no readable sheet."""
    yield from read_tables(tables(source), source)


def tables(source: Source) -> Iterator[Table]:
    """The sheets in their order; one that is hidden, or holds explanations, is passed by, the first of them told."""
    book = package(source)
    shown = [sheet for sheet in book.sheets if not sheet.hidden and not explains(sheet.name)]
    doubts = [
        Doubtful(sheet.name, "the sheet is hidden and was not read", "make it visible if it holds reports")
        for sheet in book.sheets
        if sheet.hidden
    ]
    if not shown:
        raise FormatError("all sheets are hidden, or hold explanations", "make the one with the rows visible")
    for n, sheet in enumerate(shown):
        work = _Sheet(book)
        table = Table(work.rows(sheet.part), sheet.name, "xlsx", told="sheet", epoch1904=book.epoch1904)
        table.after = partial(work.doubts, sheet.name)
        table.doubts = doubts if n == 0 else []
        yield table


@dataclass(slots=True)
class _Sheet:
    """The rows of one sheet, as they are parsed."""

    book: Package
    number: int = 0
    column: int = 0
    kind: str = "n"
    style: int = 0
    formula: bool = False
    within: str = ""
    held: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    done: list[Row] = field(default_factory=list)
    size: int = 0
    unkept: int = 0  # formulas without a kept value
    errors: int = 0

    def rows(self, part: str) -> Iterator[Row]:
        """The rows that have cells. Raises FormatError where the sheet breaks off."""
        try:
            stream = self.book.open(part)
            for _ in parse(stream, self.start, self.end, self.text):
                yield from self.done
                self.done.clear()
        except expat.ExpatError as error:
            raise FormatError(
                f"the sheet breaks off after row {self.number} ({error})", "save the workbook anew"
            ) from error
        except BROKEN as error:
            reason = f"the sheet breaks off after row {self.number} ({type(error).__name__})"
            raise FormatError(reason, "save the workbook anew") from error

    def doubts(self, name: str) -> Iterator[Doubtful]:
        """What was found wrong with cells of the sheet."""
        if self.unkept:
            reason = f"{self.unkept} formulas have no value kept in the file; their cells are taken as empty"
            yield Doubtful(name, reason, "open the workbook in a spreadsheet and save it anew")
        if self.errors:
            yield Doubtful(name, f"{self.errors} cells hold an error of a formula", "mend the formulas")

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self.within = name
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.within = "rPh"
        elif name == "row":
            written = attributes.get("r", "")
            self.number = int(written) if written.isdecimal() and len(written) < 9 else self.number + 1
            self.cells, self.column, self.size = [], 0, 0
            if self.number > _MOST_ROWS:
                raise FormatError("a sheet of more rows than a workbook can have", "save the workbook anew")

    def text(self, words: str) -> None:
        if self.within in ("v", "t"):
            self.size += len(words)
            if self.size > MAX_REPORT:
                raise FormatError(f"a row of more than {MAX_REPORT >> 20} million characters", "split it")
            self.held.append(words)

    def end(self, name: str) -> None:
        if name in ("v", "t", "rPh"):
            self.within = ""
        elif name == "c":
            self._put(self._value("".join(self.held)))
        elif name == "row" and any(cell is not None for cell in self.cells):
            self.done.append(Row(f"row {self.number}", tuple(self.cells)))

    def _cell(self, attributes: Attributes) -> None:
        found = _reference.match(attributes.get("r", ""))
        self.column = _column(found[1]) if found else self.column + 1
        self.kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        self.style = int(style) if style.isdecimal() and len(style) < 9 else 0
        self.formula, self.within = False, ""
        self.held.clear()

    def _put(self, value: Cell) -> None:
        if value is None or self.column > _MOST_COLUMNS:
            return
        self.cells.extend([None] * (self.column - len(self.cells)))
        self.cells[self.column - 1] = value

    def _value(self, words: str) -> Cell:
        if not words:
            self.unkept += self.formula and self.kind != "str"
            return None
        if self.kind == "s":
            return _plain(self.book.strings[int(words)]) if int(words) < len(self.book.strings) else None
        if self.kind in ("str", "inlineStr"):
            return _plain(words)
        if self.kind == "b":
            return words.strip() == "1"
        if self.kind == "e":
            self.errors += 1
            return None
        return words if self.kind == "d" else self._number(words)

    def _number(self, words: str) -> Cell:
        value = float(words)
        if self.style in self.book.dates:
            return _moment(value, self.book.epoch1904)
        return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _plain(words: str) -> str:
    """A string of a workbook with its escapes (``_x000D_``) as what they stand for."""
    if "_x" not in words:
        return words
    return _escaped.sub(lambda found: chr(int(found[1], 16)) if found[1] != "0000" else " ", words)


def _moment(value: float, epoch1904: bool) -> Cell:
    """A day count as a date-time, below one as a time of day; the number itself where it is no date."""
    if 0 <= value < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(value * 86_400) % 86_400)).time()
    if not 1 <= value < 2_958_466:
        return value
    first = datetime(1904, 1, 1) if epoch1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    return first + timedelta(seconds=round(value * 86_400))
