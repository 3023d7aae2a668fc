"""A table from another tool in, rows of claims in the contract's form out: one row a figure, or a claim without one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from tawatur.errors import FormatError, SettingsError
from tawatur.given.forms import Row

#: What a column may hold; a column of the same name is taken without being told.
FIELDS = (
    "report", "claim", "quote", "start", "end", "event_type", "status", "chain", "origin", "stance", "actors",
    "affected", "place", "places", "lat", "lon", "role", "time_start", "time_end", "figure", "value", "low", "high",
    "approximate", "population", "outcome", "cumulative", "part_of", "said",
)  # fmt: skip
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})
_SHARED = ("event_type", "status", "said")


def columns_of(told: Iterable[str]) -> dict[str, str]:
    """``FIELD=COLUMN`` as told on the command line, by field. SettingsError for a field that is not known."""
    found: dict[str, str] = {}
    for pair in told:
        field, equals, column = pair.partition("=")
        if field not in FIELDS or not equals or not column:
            raise SettingsError(f"--column {pair!r} makes no sense", f"FIELD=COLUMN, FIELD one of {', '.join(FIELDS)}")
        found[field] = column
    return found


def rows_in(text: str, columns: dict[str, str], *, tabs: bool) -> Iterator[Row]:
    """The claims of a table with a header; rows with one claim id are one claim of several figures.

    Raises FormatError where a column that was told is not there.
    """
    lines = csv.DictReader(text.splitlines(keepends=True), delimiter="\t" if tabs else ",")
    header = set(lines.fieldnames or ())
    if missing := sorted(set(columns.values()) - header):
        raise FormatError(f"no column {missing[0]!r} in the table", f"it has {', '.join(sorted(header))}")
    named = {field: columns.get(field, field) for field in FIELDS if columns.get(field, field) in header}
    return iter(_joined(_cells(line, named, number) for number, line in enumerate(lines, 2)))


def _cells(line: dict[str, str | None], named: dict[str, str], number: int) -> dict[str, str]:
    cells = {field: (line.get(column) or "").strip() for field, column in named.items()}
    return {**{field: value for field, value in cells.items() if value}, "line": str(number)}


def _joined(lines: Iterable[dict[str, str]]) -> list[Row]:
    """Each claim once, with the figures of all its lines."""
    found: dict[tuple[str, str], Row] = {}
    for cells in lines:
        key = (cells.get("report", ""), cells.get("claim") or f"line {cells['line']}")
        fields = _fields(cells)
        if key in found:
            found[key].fields["figures"] += fields["figures"]
        else:
            place = f"claim {cells['claim']}" if "claim" in cells else f"line {cells['line']}"
            found[key] = Row(cells.get("report"), place, fields)
    return list(found.values())


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
