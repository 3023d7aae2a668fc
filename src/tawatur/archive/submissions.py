"""Submissions of an ODK or KoboToolbox form as JSON in, the observations in them out.

Forms: the answer of KoboToolbox (``{"results": [...]}``), of ODK Central's OData (``{"value": [...]}``), a list,
or one submission. Groups may be nested objects or names with ``/``. Exports as CSV and XLSX are plain tables.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from tawatur.archive.items import Parts, Source
from tawatur.archive.json_weight import too_heavy
from tawatur.archive.limits import MAX_SUBMISSIONS
from tawatur.archive.table_values import Cell
from tawatur.archive.tables import Row, Table, read_tables
from tawatur.errors import FormatError

_DEEPEST = 8
_MOST = 1024  # fields of one submission
_HELD = ("results", "value")


def read(source: Source) -> Parts:
    """The submissions, each an observation. Raises FormatError for JSON of another shape, or none."""
    yield from read_tables(tables(source), source)


def tables(source: Source) -> Iterator[Table]:
    """The submissions as one table, whose columns are all fields that any of them has."""
    data = source.all(MAX_SUBMISSIONS).removeprefix(b"\xef\xbb\xbf")
    if (refusal := too_heavy(data)) is not None:
        raise refusal
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise FormatError(f"no JSON ({error})", "export the submissions anew") from error
    if isinstance(value, dict):
        value = next((value[key] for key in _HELD if isinstance(value.get(key), list)), [value])
    if not isinstance(value, list):
        raise FormatError("no list of submissions", "export the submissions anew")
    flat = [dict(_flat(one)) if isinstance(one, dict) else None for one in value]
    names = list(dict.fromkeys(name for one in flat if one for name in one))[:_MOST]
    yield Table(_rows(flat, names), form="submissions", told="submissions")


def _rows(flat: list[dict[str, Cell] | None], names: list[str]) -> Iterator[Row]:
    yield Row("header", tuple(names))
    for number, one in enumerate(flat, 1):
        place = f"item {number}"
        if one is None:
            yield Row(place, (), broken="no object with the answers of a form")
        else:
            yield Row(place, tuple(one.get(name) for name in names))


def _flat(value: dict[str, object], group: str = "", depth: int = 0) -> Iterator[tuple[str, Cell]]:
    for name, inner in value.items():
        key = f"{group}/{name}" if group else name
        if isinstance(inner, dict):
            point = inner.get("coordinates")
            if inner.get("type") == "Point" and isinstance(point, list) and len(point) >= 2:
                yield key, f"{point[1]} {point[0]}"  # GeoJSON has the longitude first
            elif depth < _DEEPEST:
                yield from _flat(inner, key, depth + 1)
        elif isinstance(inner, list):
            words = [str(item) for item in inner if isinstance(item, str | int | float)]
            yield key, " ".join(words) or None
        elif inner is None or isinstance(inner, str | int | float):
            yield key, inner
