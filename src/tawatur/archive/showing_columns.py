"""Paths in, what the columns of each table are taken for out: the map that reading would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tawatur.archive.encodings import check_encoding
from tawatur.archive.finding import Finder, Found, open_regular
from tawatur.archive.formats import format_of, reader_of
from tawatur.archive.items import Hints, Source
from tawatur.archive.table_columns import Columns, check_columns
from tawatur.archive.table_values import Cell, shown
from tawatur.archive.tables import Table, understood
from tawatur.errors import FormatError, TawaturError
from tawatur.model import Issue, OnIssue

TABLES = frozenset({"csv", "xlsx", "parquet", "submissions"})
_SAMPLES = 2  # cells shown of each column
_WIDEST = 60  # characters of a cell that is shown


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: its header, the field it is taken for (empty for none), how that was found, and its first cells."""

    header: str
    field: str
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table: where it is, what its rows are (``reports``, ``observations``, empty when unreadable), its columns."""

    file: str
    sheet: str
    rows: str
    told: str
    encoding: str
    columns: tuple[ShownColumn, ...]


def columns(
    paths: Iterable[str | Path],
    *,
    encoding: str | None = None,
    columns: Iterable[tuple[str, str]] = (),
    on_issue: OnIssue,
) -> Iterator[ShownTable]:
    """Paths in; for each table what its columns are taken for out. Files that are no tables are told as issues."""
    given = tuple(columns)
    check_columns(given)
    hints = Hints(encoding=check_encoding(encoding) if encoding is not None else None, columns=given)
    for found in Finder(on_issue).find(list(paths)):
        try:
            yield from _file(found, hints)
        except TawaturError as error:
            on_issue(Issue(str(found.path), "", error.message, error.advice or "look at the file"))


def _file(found: Found, hints: Hints) -> Iterator[ShownTable]:
    with open_regular(found.path) as stream:
        source = Source(str(found.path), found.path.name, stream, hints, named=found.named)
        form = format_of(source)
        if form is not None and form.name in TABLES:
            reader_of(form)
            tables: Iterable[Table] = import_module(f"tawatur.archive.{form.module}").tables(source)
            yield from (_shown(table, source) for table in tables)
        elif found.named:
            raise FormatError("no table", "give a CSV, XLSX or Parquet file")


def _shown(table: Table, source: Source) -> ShownTable:
    held = understood(table, source)
    body = [row.cells for row in table.head[held.first :] if not row.broken]
    width = max([len(held.headers), *(len(cells) for cells in body)])
    samples = [tuple(_sample(body, n)) for n in range(width)]
    told = tuple(ShownColumn(held.header(n), *_meaning(held, n), samples[n]) for n in range(width))
    kind = held.kind if held.readable else ""
    return ShownTable(source.path, table.name, kind, table.told, table.encoding, told)


def _meaning(held: Columns, n: int) -> tuple[str, str]:
    if field := next((field for field, at in held.fields.items() if at == n), ""):
        return field, held.why[field]
    if counted := next((c for c in held.counts if c[0] == n), None):
        return " ".join(("count", *(part for part in counted[1:] if part))), "tag or header"
    return "", ""


def _sample(body: list[tuple[Cell, ...]], n: int) -> Iterator[str]:
    filled = (" ".join(shown(row[n]).split()) for row in body if n < len(row))
    for _, cell in zip(range(_SAMPLES), (cell for cell in filled if cell), strict=False):
        yield cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…"
