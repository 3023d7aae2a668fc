"""A table from another tool in, rows of claims in the contract's form out: one row a figure, or a claim without one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tawatur.archive.csv_tables import tables
from tawatur.archive.finding import open_regular
from tawatur.archive.items import Source
from tawatur.archive.tables import Row as Line
from tawatur.errors import FormatError, SettingsError
from tawatur.given.forms import Row
from tawatur.model import Issue, OnIssue

#: What a column may hold; a column of the same name is taken without being told.
FIELDS = (
    "report", "claim", "quote", "start", "end", "event_type", "status", "chain", "origin", "stance", "actors",
    "affected", "place", "places", "lat", "lon", "role", "time_start", "time_end", "figure", "value", "low", "high",
    "approximate", "population", "outcome", "cumulative", "part_of", "said",
)  # fmt: skip
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})
_SHARED = ("event_type", "status", "said")


def columns_of(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Pairs of field and column, as told on the command line, by field. SettingsError for a field that is not known."""
    found = dict(told)
    if unknown := next((field for field in found if field not in FIELDS), None):
        raise SettingsError(f"{unknown!r} is no field of a claim", f"name one of {', '.join(FIELDS)}")
    return found


def rows_in(file: Path, columns: dict[str, str], on_issue: OnIssue) -> list[Row]:
    """The claims of a delimited file with a header; rows with one claim id are one claim of several figures.

    Encoding and delimiter are found as for tables of reports; a guess goes to ``on_issue``. Raises FormatError where
    a column that was told is not there, or the file is no table.
    """
    with open_regular(file) as stream:
        (table,) = tables(Source(str(file), file.name, stream))
        for doubt in table.doubts:
            on_issue(Issue(str(file), doubt.place, doubt.reason, doubt.advice, "doubtful"))
        rows = table.all()
        header = [str(cell) for cell in next(rows).cells]
        if missing := sorted(set(columns.values()).difference(header)):
            raise FormatError(f"no column {missing[0]!r} in the table", f"it has {', '.join(sorted(header))}")
        named = {field: header.index(name) for field in FIELDS if (name := columns.get(field, field)) in header}
        return list(_joined(rows, named))


def _joined(rows: Iterable[Line], named: dict[str, int]) -> Iterable[Row]:
    """Each claim once, with the figures of all its lines; and a row for each line that is broken."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        words = {field: str(row.cells[at] or "").strip() for field, at in named.items() if at < len(row.cells)}
        cells = {field: value for field, value in words.items() if value}
        if row.broken:
            found["", row.place] = Row(None, row.place, row.broken)
        elif (key := (cells.get("report", ""), cells.get("claim") or row.place)) in found:
            found[key].fields["figures"] += _figures(cells)
        elif cells:
            place = f"claim {cells['claim']}" if "claim" in cells else row.place
            found[key] = Row(cells.get("report"), place, _fields(cells))
    return found.values()


def _fields(cells: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: cells[name] for name in _SHARED if name in cells}
    if "claim" in cells:
        fields["id"] = cells["claim"]
    fields["words"] = cells.get("quote")
    if "quote" not in cells and "start" in cells:
        fields |= {name: _integer(cells.get(name)) for name in ("start", "end")}
    fields["attribution"] = _voices(cells)
    fields |= {name: _split(cells.get(name)) for name in ("actors", "affected")}
    fields["places"] = _places(cells)
    if "time_start" in cells or "time_end" in cells:
        fields["times"] = [{"start": cells.get("time_start"), "end": cells.get("time_end")}]
    fields["figures"] = _figures(cells)
    return fields


def _voices(cells: dict[str, str]) -> list[dict[str, Any]]:
    names = [name.strip() for name in cells["chain"].split(">")] if "chain" in cells else []
    names = [name for name in names or [cells.get("origin", "")] if name]
    voices: list[dict[str, Any]] = [{"name": name} for name in names]
    if voices and "stance" in cells:
        voices[-1]["stance"] = cells["stance"]
    return voices


def _places(cells: dict[str, str]) -> list[dict[str, Any]]:
    names = _split(cells.get("place") or cells.get("places"))
    places: list[dict[str, Any]] = [{"text": name, "name": name} for name in names]
    if places:
        known = {name: _amount(cells[name]) for name in ("lat", "lon") if name in cells}
        places[0] |= known | ({"role": cells["role"]} if "role" in cells else {})
    return places


def _figures(cells: dict[str, str]) -> list[dict[str, Any]]:
    low, high = cells.get("low"), cells.get("high")
    if "value" in cells and low is None and high is None:
        low = high = cells["value"]
    if low is None and high is None:
        return []
    figure: dict[str, Any] = {"low": _amount(low), "high": _amount(high), "population": cells.get("population")}
    figure |= {name: _flag(cells[name]) for name in ("approximate", "cumulative") if name in cells}
    figure |= {name: cells[name] for name in ("outcome", "part_of") if name in cells}
    figure["words"] = cells.get("figure") or cells.get("value")
    return [figure]


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _integer(text: str | None) -> object:
    return int(text) if text is not None and text.isdecimal() else text


def _amount(text: str | None) -> object:
    """A number as a table writes it, with or without commas between thousands; else the text itself, to be refused."""
    if text is None:
        return None
    try:
        return float(text.replace(",", "").replace("٬", ""))
    except ValueError:
        return text


def _flag(text: str) -> object:
    small = text.lower()
    return True if small in _TRUE else False if small in _FALSE else text
