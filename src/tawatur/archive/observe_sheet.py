"""Sheets for observations: an empty template written, or one observation checked and added to a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tawatur.archive.csv_tables import tables
from tawatur.archive.formulas import harmless
from tawatur.archive.items import Source
from tawatur.archive.observations import Sheet, observed
from tawatur.archive.table_columns import OBSERVATIONS, Columns, columns_of
from tawatur.archive.table_values import Cell, Days
from tawatur.errors import FormatError, InputError
from tawatur.lang.tables import VALUES, about, caption, label_of

#: The columns of our own template, in order.
COLUMNS = (
    "date", "time", "until", "place", "origin", "destination", "batch", "population", "outcome", "count", "low", "high",
    "how", "remark", "monitor", "event_type", "status", "cumulative", "lat", "lon", "id",
)  # fmt: skip
CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # the same bytes whenever it is written
_ROWS = 2000  # rows that lists of values are offered in
_WIDTH = {"place": 22, "outcome": 24, "population": 24, "how": 24, "remark": 36, "event_type": 24}


def both(ar: str, en: str) -> str:
    """A caption in both languages."""
    return f"{ar} | {en}"


def headers() -> list[str]:
    """The headers of the template, in both languages."""
    return [both(label_of("columns", name, "ar"), label_of("columns", name, "en")) for name in COLUMNS]


def choices(field: str) -> list[str]:
    """What a cell of a field may hold, in both languages, in the order of the annotation guide."""
    return [both(label_of(field, value, "ar"), label_of(field, value, "en")) for value in VALUES[field]]


def template(path: Path) -> None:
    """Write an empty sheet for observations: an XLSX workbook or a CSV file, by the suffix. InputError for another."""
    if path.suffix.lower() == ".csv":
        path.write_bytes(_line(headers()).encode("utf-8-sig"))
    elif path.suffix.lower() == ".xlsx":
        path.write_bytes(_workbook())
    else:
        raise InputError(f"{path.name}: no name of a sheet", "give a name that ends in .xlsx or .csv")


def add(path: Path, values: Mapping[str, str]) -> str:
    """Add an observation (field to cell) to a CSV file, which is made where there is none; its row as read out.

    Raises FormatError for what cannot be, and then nothing is written.
    """
    columns = _columns(path)
    cells = [""] * len(columns.headers)
    for name, value in values.items():
        if name not in columns.fields:
            raise FormatError(f"{path.name} has no column for {name}", "leave it out, or begin a new file")
        cells[columns.fields[name]] = _safe(value)
    row: list[Cell] = [cell or None for cell in cells]
    item = observed(Sheet(columns, path.name, None, Days()), row, "the new row")
    _append(path, cells)
    return item.text


def _columns(path: Path) -> Columns:
    if not path.exists():
        return columns_of([headers()])
    with path.open("rb") as stream:
        (table,) = tables(Source(str(path), path.name, stream))
        found = columns_of([row.cells for row in table.begin() if not row.broken])
    if found.kind != OBSERVATIONS or table.told != "comma" or table.encoding != "utf-8":
        reason = f"{path.name} is no CSV file of observations in UTF-8 with commas"
        raise FormatError(reason, "give a new name, or a file that this command or the template made")
    return found


def _append(path: Path, cells: Sequence[str]) -> None:
    if not path.exists():
        template(path)
    data = path.read_bytes()
    with path.open("ab") as stream:
        stream.write(("" if data.endswith((b"\n", b"\r")) else "\r\n").encode() + _line(cells).encode())


def _safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers with a sign stay as they are."""
    return value if value[:1] in "+-" and value[1:].replace(".", "", 1).isdecimal() else harmless(value)


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _workbook() -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {"date": book.add_format({"num_format": "yyyy-mm-dd"}), "time": book.add_format({"num_format": "hh:mm"})}
    rows = book.add_worksheet(_caption("observations"))
    values = _values(book, bold)
    for n, (name, header) in enumerate(zip(COLUMNS, headers(), strict=True)):
        shape = formats.get({"until": "time"}.get(name, name))
        rows.set_column(n, n, _WIDTH.get(name, 14), shape)
        rows.write_string(0, n, header, bold)
        for rule in _rules(name, values):
            rows.data_validation(1, n, _ROWS, n, rule)
    rows.freeze_panes(1, 0)
    rows.right_to_left()
    _explanations(book, bold)
    book.close()
    return out.getvalue()


def _caption(name: str) -> str:
    return both(caption(name, "ar"), caption(name, "en"))


def _values(book: object, bold: object) -> dict[str, str]:
    """Write the sheet of allowed values; for each field the range of its values."""
    sheet = book.add_worksheet(_caption("values"))  # type: ignore[attr-defined]
    sheet.right_to_left()
    ranges = {}
    for n, field in enumerate(VALUES):
        sheet.set_column(n, n, 34)
        sheet.write_string(0, n, both(label_of("columns", field, "ar"), label_of("columns", field, "en")), bold)
        for row, words in enumerate(choices(field), 1):
            sheet.write_string(row, n, words)
        ranges[field] = f"='{_caption('values')}'!${chr(65 + n)}$2:${chr(65 + n)}${len(VALUES[field]) + 1}"
    return ranges


def _rules(name: str, values: Mapping[str, str]) -> Iterator[dict[str, object]]:
    hint = {"input_title": label_of("columns", name, "ar")[:32], "input_message": _hint(name)}
    if name in values:
        yield {"validate": "list", "source": values[name], **hint}
    elif name in ("low", "high"):
        yield {"validate": "decimal", "criteria": ">=", "value": 0, **hint}
    elif name in ("lat", "lon"):
        most = 90 if name == "lat" else 180
        yield {"validate": "decimal", "criteria": "between", "minimum": -most, "maximum": most, **hint}
    else:
        yield {"validate": "any", **hint}


def _hint(name: str) -> str:
    return f"{about(name, 'ar')}\n{about(name, 'en')}"[:255]


def _explanations(book: object, bold: object) -> None:
    sheet = book.add_worksheet(_caption("explanations"))  # type: ignore[attr-defined]
    sheet.right_to_left()
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, 70)
    first = (_caption("column"), caption("meaning", "ar"), caption("meaning", "en"))
    for n, words in enumerate(first):
        sheet.write_string(0, n, words, bold)
    for row, (name, header) in enumerate(zip(COLUMNS, headers(), strict=True), 1):
        for n, words in enumerate((header, about(name, "ar"), about(name, "en"))):
            sheet.write_string(row, n, words)
