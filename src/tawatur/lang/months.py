"""Dates in words of languages that no pack reads: ``months.toml`` in, the same in digits out, and their labels."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tawatur.lang.language import HERE

_Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Months(BaseModel):
    """One language's months, what may stand around them in a date, and words before dates of change and publication."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(min_length=2)]
    months: Annotated[tuple[_Names, ...], Field(min_length=12, max_length=12)]
    before: tuple[str, ...] = ()
    day_endings: tuple[str, ...] = ()
    month_endings: tuple[str, ...] = ()
    examples: dict[str, str]
    counter: _Names
    changed: _Names
    published: _Names
    lines: Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]


#: The languages of ``months.toml``.
MONTHS = tuple(
    Months.model_validate(row) for row in tomllib.loads((HERE / "months.toml").read_text("utf-8"))["language"]
)


def labels(name: str) -> tuple[str, ...]:
    """The words before the day on which a page was ``changed``, or ``published``, in all these languages."""
    return tuple(word for language in MONTHS for word in getattr(language, name))


def in_digits(words: str) -> str:
    """The words with each day, month and year of these languages written as ISO 8601 («1er août 2014»: 2014-08-01)."""
    if not any(mark.isdecimal() for mark in words):
        return words
    for pattern in _PATTERNS:
        words = pattern.sub(_iso, words)
    return words


def _iso(found: re.Match[str]) -> str:
    month = next(int(name[1:]) for name, value in found.groupdict().items() if name[0] == "m" and value)
    return f"{int(found['year'])}-{month:02}-{int(found['day']):02}"


def _pattern(language: Months) -> re.Pattern[str]:
    names = "|".join(f"(?P<m{n}>{_any(spelled)})" for n, spelled in enumerate(language.months, 1))
    before = rf"(?:(?:{_any(language.before)})\s+)?" if language.before else ""
    day, month = (rf"(?:{_any(ends)})?" if ends else "" for ends in (language.day_endings, language.month_endings))
    date = rf"(?<![\w./-])(?P<day>\d{{1,2}}){day}\s+{before}(?:{names}){month}\.?,?\s+{before}(?P<year>\d{{4}})(?!\w)"
    return re.compile(date, re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_PATTERNS = tuple(map(_pattern, MONTHS))
