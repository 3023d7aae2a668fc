"""A raw JSON item in, a report out, or one line on why not: the validated edge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tawatur.errors import FormatError

_iso = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_TEXTS = ("id", "outlet", "title")
LONGEST_NAME = 1000  # characters of an id, an outlet or a title
DATE_ADVICE = "give an ISO 8601 date or date-time, such as 2016-12-17 or 2016-12-17T09:30:00+02:00"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one report, each checked; ``doubts`` are those that had to be left out, with the reason."""

    text: str
    id: str | None = None
    outlet: str | None = None
    published: str | None = None
    title: str = ""
    doubts: tuple[str, ...] = ()


def is_date(value: str) -> bool:
    """Whether a text is an ISO 8601 date or date-time of the calendar, with or without an offset."""
    if not _iso.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def check(value: object) -> Fields:
    """The fields of a JSON item. Raises FormatError, with field and reason, for what is no report."""
    if not isinstance(value, dict):
        raise FormatError(f"not an object but {_kind(value)}", 'give {"id", "outlet", "published", "title", "text"}')
    for name in _TEXTS:
        _check_name(name, value.get(name))
    published = value.get("published")
    good = isinstance(published, str) and is_date(published)
    return Fields(
        text=check_text(value.get("text")),
        id=value.get("id") or None,
        outlet=value.get("outlet") or None,
        published=published if good else None,
        title=value.get("title") or "",
        doubts=() if good or published in (None, "") else (f"published {str(published)[:40]!r} is no date",),
    )


def check_text(text: object) -> str:
    """The words of a report. Raises FormatError when they are missing, empty, or hold what no text may hold."""
    if text is None:
        raise FormatError('"text" is missing', "give the words of the report")
    if not isinstance(text, str):
        raise FormatError(f'"text" is {_kind(text)}', "give the words of the report as one string")
    if not text.strip():
        raise FormatError("the text is empty", "give the words of the report, or remove it")
    if "\0" in text:
        raise FormatError(f"the text holds a NUL character at {text.index(chr(0))}", "remove it")
    return text


def _check_name(name: str, value: object) -> None:
    if value is not None and not isinstance(value, str):
        raise FormatError(f'"{name}" is {_kind(value)}', "give a string or null")
    if isinstance(value, str) and (len(value) > LONGEST_NAME or "\0" in value):
        raise FormatError(f'"{name}" is too long or holds a NUL character', f"give up to {LONGEST_NAME} characters")


def _kind(value: object) -> str:
    kinds = {"dict": "an object", "list": "a list", "bool": "true or false", "NoneType": "null"}
    return kinds.get(type(value).__name__, "a number" if isinstance(value, int | float) else "a string")
