"""A delimited file of sources, items and values in, its rows out; which column holds what is guessed or told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from tawatur.archive.csv_tables import tables
from tawatur.archive.finding import open_regular
from tawatur.archive.items import Source
from tawatur.errors import FormatError, SettingsError
from tawatur.fusion.items import Said
from tawatur.fusion.values import kind_of
from tawatur.lang.tables import fused_field, says_nothing
from tawatur.model import Issue, OnIssue

if TYPE_CHECKING:
    from tawatur.archive.tables import Row, Table

SAID, TRUE = ("source", "item", "value"), ("item", "value")
_MORE = "attribute"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column, from 0, holds each field; whether the first row is a header; and how that is known."""

    columns: dict[str, int]
    header: tuple[str, ...]
    how: str  # told, by their names, by their order

    def told(self) -> str:
        """The columns as a user names them."""
        names = (f"{field}={self._name(at)}" for field, at in self.columns.items())
        return f"{', '.join(names)} ({self.how})"

    def _name(self, at: int) -> str:
        return self.header[at].strip() if at < len(self.header) and self.header[at].strip() else str(at + 1)


def layout_of(file: Path, columns: Iterable[tuple[str, str]] = (), *, fields: Sequence[str] = SAID) -> Layout:
    """What the columns of a file hold: as ``columns`` says (field to header or number from 1), else by the header's
    names, else in the order of ``fields``. Raises FormatError where the file is no table or lacks a column that was
    told, SettingsError for a field that is none."""
    with _table(file) as table:
        head = [tuple(map(str, row.cells)) for row in table.begin() if not row.broken and any(row.cells)]
    if not head:
        raise FormatError(f"{file} has no rows", f"give a table of {', '.join(fields)}")
    return _layout(file, head, dict(columns), fields)


def said_in(file: Path, layout: Layout, on_issue: OnIssue) -> Iterator[Said]:
    """The rows of a file that say something. Rows that lack a cell or are broken go to ``on_issue``, one line each;
    rows whose value is left open ("not available") are counted in one line at the end."""
    for _, cells in _rows(file, layout, on_issue):
        yield Said(intern(cells["source"]), cells["item"], intern(cells["value"]), intern(cells.get(_MORE, "")))


def told_in(file: Path, layout: Layout, on_issue: OnIssue) -> dict[str, str]:
    """The value that a file gives each item, by the item's name as ``fuse`` gives it; of two rows the first stands."""
    found: dict[str, str] = {}
    for place, cells in _rows(file, layout, on_issue):
        name = " | ".join(filter(None, (cells["item"], cells.get(_MORE, ""))))
        if found.setdefault(name, cells["value"]) != cells["value"]:
            on_issue(Issue(str(file), place, f"a second value of {name!r}", "the first stands"))
    return found


@contextmanager
def _table(file: Path) -> Iterator[Table]:
    with open_regular(file) as stream:
        (table,) = tables(Source(str(file), file.name, stream))
        yield table


def _layout(file: Path, head: Sequence[tuple[str, ...]], told: dict[str, str], fields: Sequence[str]) -> Layout:
    if unknown := next((field for field in told if field not in (*fields, _MORE)), None):
        raise SettingsError(f"{unknown!r} is no field of {file.name}", f"name one of {', '.join((*fields, _MORE))}")
    first, width = head[0], max(map(len, head))
    named = _named(first, fields)
    columns = {field: _column(file, name, first, width) for field, name in told.items()}
    has_header = (
        len(named) >= 2 or any(not name.isdecimal() for name in told.values()) or _differs(head, fields, columns)
    )
    free = {field: at for field, at in named.items() if field not in columns and at not in columns.values()}
    columns |= free if len(named) >= 2 else {}
    how = "told" if len(columns) > len(free) else "by their names"
    if lacking := [field for field in fields if field not in columns]:
        left = [at for at in range(width) if at not in columns.values()]
        if len(left) < len(lacking):
            need = f"a table of {', '.join(fields)}"
            raise FormatError(
                f"{file} has {width} columns", f"give {need}, or name the columns with --column FIELD=COLUMN"
            )
        columns |= dict(zip(lacking, left, strict=False))
        how = "told, the rest by their order" if told else "by their order"
    ordered = {field: columns[field] for field in (*fields, _MORE) if field in columns}
    return Layout(ordered, first if has_header else (), how)


def _column(file: Path, name: str, first: Sequence[str], width: int) -> int:
    plain = [cell.strip().casefold() for cell in first]
    if name.strip().casefold() in plain:
        return plain.index(name.strip().casefold())
    if name.isdecimal() and 0 < int(name) <= width:
        return int(name) - 1
    raise FormatError(f"{file} has no column {name!r}", f"it has {', '.join(first)}, or number them from 1 to {width}")


def _named(first: Sequence[str], fields: Sequence[str]) -> dict[str, int]:
    """The columns whose header is a known name of a field; of several the first."""
    found: dict[str, int] = {}
    for at, cell in enumerate(first):
        field = fused_field(cell)
        if field in (*fields, _MORE):
            found.setdefault(field, at)
    return found


def _differs(head: Sequence[tuple[str, ...]], fields: Sequence[str], columns: dict[str, int]) -> bool:
    """Whether the first row's value is of another kind than those under it: a header of names that we do not know."""
    at = columns.get("value", len(fields) - 1)
    below = [row[at] for row in head[1:] if at < len(row) and not says_nothing(row[at])]
    if not below or at >= len(head[0]):
        return False
    return kind_of(below) != "words" and kind_of([head[0][at]]) == "words" and not says_nothing(head[0][at])


def _rows(file: Path, layout: Layout, on_issue: OnIssue) -> Iterator[tuple[str, dict[str, str]]]:
    """The place and the cells by field of each row that says something."""
    open_ended = 0
    with _table(file) as table:
        for doubt in table.doubts:
            on_issue(Issue(str(file), doubt.place, doubt.reason, doubt.advice, "doubtful"))
        for number, row in enumerate(table.all()):
            if (number == 0 and layout.header) or not any(map(str, row.cells)):
                continue
            cells = _cells(row, layout)
            if reason := row.broken or _lacking(cells):
                on_issue(Issue(str(file), row.place, reason, "left out; the rest is fused"))
            elif says_nothing(cells["value"]):
                open_ended += 1
            else:
                yield row.place, cells
    if open_ended:
        reason = f"{open_ended} rows leave their value open"
        on_issue(Issue(str(file), "", reason, "they say nothing of their items", "doubtful"))


def _cells(row: Row, layout: Layout) -> dict[str, str]:
    cells = row.cells
    return {field: str(cells[at]).strip() if at < len(cells) else "" for field, at in layout.columns.items()}


def _lacking(cells: dict[str, str]) -> str:
    empty = next((field for field, cell in cells.items() if not cell and field not in ("value", _MORE)), None)
    return f"no {empty}" if empty else ""
