"""The form for observations on a phone, written as an XLSForm (xlsform.org), for ODK and KoboToolbox."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from tawatur.archive.observe_sheet import CREATED
from tawatur.errors import InputError
from tawatur.lang.tables import VALUES, about, caption, label_of

FORM, VERSION = "tawatur_observation", "1"
_LANGUAGES = (("English (en)", "en"), ("العربية (ar)", "ar"))
#: Type, field, what must hold, whether it must be filled in; groups are named as the server's columns begin.
_SURVEY: tuple[tuple[str, str, str, bool], ...] = (
    ("date", "date", ". <= today()", True),
    ("time", "time", "", False),
    ("time", "until", "", False),
    ("text", "place", "", True),
    ("geopoint", "position", "", False),
    ("text", "origin", "", False),
    ("text", "destination", "", False),
    ("text", "batch", "", False),
    ("select_one population", "population", "", True),
    ("select_one outcome", "outcome", "", True),
    ("integer", "count", ". >= 0", True),
    ("integer", "low", ". >= 0", False),
    ("integer", "high", ". >= 0 and (string-length(${low}) = 0 or . >= ${low})", False),
    ("select_one cumulative", "cumulative", "", False),
    ("select_one how", "how", "", True),
    ("select_one event_type", "event_type", "", False),
    ("select_one status", "status", "", False),
    ("text", "monitor", "", True),
    ("text", "remark", "", False),
)


def xlsform(path: Path) -> None:
    """Write the form. Raises InputError for a name that does not end in .xlsx."""
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{path.name}: no name of a form", "give a name that ends in .xlsx")
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    for name, rows in (("survey", _survey()), ("choices", _choices()), ("settings", _settings())):
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 8, 24)
        for n, row in enumerate(rows):
            for at, words in enumerate(row):
                if words:
                    sheet.write_string(n, at, words)
    book.close()
    path.write_bytes(out.getvalue())


def _survey() -> list[Sequence[str]]:
    labels = [f"label::{name}" for name, _ in _LANGUAGES]
    hints = [f"hint::{name}" for name, _ in _LANGUAGES]
    rows: list[Sequence[str]] = [("type", "name", *labels, *hints, "constraint", "required")]
    for kind, field, constraint, required in _SURVEY:
        named = [label_of("columns", field, code) for _, code in _LANGUAGES]
        told = [about(field, code) for _, code in _LANGUAGES]
        rows.append((kind, field, *named, *told, constraint, "yes" if required else ""))
    return rows


def _choices() -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [("list_name", "name", *(f"label::{name}" for name, _ in _LANGUAGES))]
    for field, values in VALUES.items():
        rows += [(field, value, *(label_of(field, value, code) for _, code in _LANGUAGES)) for value in values]
    return rows


def _settings() -> list[Sequence[str]]:
    title = f"{caption('observations', 'ar')} | {caption('observations', 'en')}"
    return [("form_title", "form_id", "version", "default_language"), (title, FORM, VERSION, _LANGUAGES[1][0])]
