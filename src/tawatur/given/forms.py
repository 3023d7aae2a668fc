"""Claims as JSON in, rows out: the contract's form (``gold.json``), or a claim a line with its report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from tawatur.errors import FormatError

_ADVICE = "give an object with claims by report, as tawatur export writes it, or a claim a line"


class Row(NamedTuple):
    """One claim as given: its report's name or id, its place in the file, and what it says."""

    report: str | None
    place: str
    fields: Any


def rows_of(text: str, file: str) -> Iterator[Row]:
    """The claims of a JSON document or of JSON lines. Raises FormatError where the file is neither."""
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        return _lines(text, file)
    if isinstance(whole, dict) and "claims" not in whole and "event_type" in whole:
        return _lines(text, file)
    claims = whole.get("claims") if isinstance(whole, dict) else whole
    if not isinstance(claims, dict | list):
        raise FormatError(f"{file}: no claims in it", _ADVICE)
    return _by_report(claims) if isinstance(claims, dict) else _listed(claims)


def _by_report(claims: dict[str, Any]) -> Iterator[Row]:
    for report, items in claims.items():
        if not isinstance(items, list):
            yield Row(report, f"report {report}", items)
            continue
        for number, item in enumerate(items, 1):
            yield Row(report, _place(item, f"report {report}, claim {number}"), item)


def _listed(claims: list[Any]) -> Iterator[Row]:
    for number, item in enumerate(claims, 1):
        yield Row(_report(item), _place(item, f"claim {number}"), item)


def _lines(text: str, file: str) -> Iterator[Row]:
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not rows or not rows[0][1].lstrip().startswith("{"):
        raise FormatError(f"{file}: no claims in it", _ADVICE)
    return (_line(number, line) for number, line in rows)


def _line(number: int, line: str) -> Row:
    try:
        item = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Row(None, f"line {number}", "no JSON")
    return Row(_report(item), f"line {number}", item)


def _report(item: Any) -> str | None:
    """The report that a claim names: a name, an id, or an object with either."""
    named = item.get("report") if isinstance(item, dict) else None
    if isinstance(named, dict):
        named = named.get("id") or named.get("name")
    return named if isinstance(named, str) else None


def _place(item: Any, otherwise: str) -> str:
    key = item.get("id") if isinstance(item, dict) else None
    return f"claim {key}" if isinstance(key, str) and key else otherwise
