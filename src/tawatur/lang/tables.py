"""Words of spreadsheets: each language's ``tables.toml`` in, what headers of columns and cells mean out.

A table may mix languages whatever its reports are in, so the words of every language apply together. The file holds

- ``[columns]``: field = words that a header has;
- ``[hidden]``: ``unread``, names of sheets that hold explanations and no rows;
- ``[fused]``: the columns of a table of sources, items and values, and ``nothing``: cells that say nothing;
- ``[clock]``: ``am`` and ``pm``; names of months are those of the pack's ``times.toml``;
- ``[about]``: what a column of our own template for observations is for; ``[template]``: names of its sheets;
- ``[outcome]``, ``[population]``, ``[event_type]``, ``[status]``, ``[how]``, ``[cumulative]``: value = words that a
  cell of an observation has; the first of each is the one that our own templates show.

A value's own name (``killed``) is always understood.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tawatur.errors import PackError
from tawatur.lang.fold import fold_word
from tawatur.model import EventType, Outcome, Population, Status

HERE = Path(__file__).parent
ARTICLE = "ال"  # that a cell's word may have and the table's has not
LANGUAGES = ("en", "ar")  # in the order in which templates show them
Text = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[Text, ...], Field(min_length=1)]
#: Fields of a table of reports, and of a table of observations.
REPORT_FIELDS = ("text", "id", "outlet", "published", "title", "author", "url")
OBSERVED_FIELDS = (
    "id", "date", "time", "until", "place", "origin", "destination", "batch", "population", "outcome", "count", "low",
    "high", "how", "remark", "monitor", "event_type", "status", "lat", "lon", "position", "cumulative", "submitted",
    "outlet",
)  # fmt: skip
#: Fields of a table that is fused.
FUSED_FIELDS = ("source", "item", "attribute", "value")
FIELDS = frozenset((*REPORT_FIELDS, *OBSERVED_FIELDS))
#: Fields that a column of a form's server, whose name begins with a low line, can hold.
OF_THE_SERVER = frozenset({"id", "submitted", "published", "lat", "lon", "position", "monitor"})
_OF_A_PHONE = frozenset({"start", "end", "today", "deviceid", "phonenumber", "simserial", "subscriberid", "instanceID"})
#: The values that a cell of a field may have.
VALUES: dict[str, tuple[str, ...]] = {
    "outcome": get_args(Outcome),
    "population": get_args(Population),
    "event_type": get_args(EventType),
    "status": get_args(Status),
    "how": ("counted", "list", "photo", "estimated", "told"),
    "cumulative": ("no", "yes"),
}
_space = re.compile(r"[\s_.:*#?؟\-–—]+")
_parts = re.compile(r"[\n|/()\[\]]|\s[–—-]\s")


class TableFile(BaseModel):
    """One language's ``tables.toml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    columns: dict[str, Words]
    hidden: dict[str, Words]
    fused: dict[str, Words]
    clock: dict[str, Words]
    outcome: dict[str, Words]
    population: dict[str, Words]
    event_type: dict[str, Words]
    status: dict[str, Words]
    how: dict[str, Words]
    cumulative: dict[str, Words]
    about: dict[str, Text]
    template: dict[str, Text]

    @model_validator(mode="after")
    def _complete(self) -> TableFile:
        for field, values in VALUES.items():
            if set(getattr(self, field)) != set(values):
                raise ValueError(f"[{field}] has not the values {', '.join(values)}")
        if set(self.columns) != FIELDS or set(self.clock) != {"am", "pm"}:
            raise ValueError("[columns] or [clock] lacks a key or has one too many")
        if set(self.fused) != {*FUSED_FIELDS, "nothing"}:
            raise ValueError(f"[fused] has not the keys {', '.join(FUSED_FIELDS)}, nothing")
        return self


@lru_cache(maxsize=1)
def table_files() -> dict[str, TableFile]:
    """Every language's file by its code, validated. Raises PackError, which names the file."""
    return {code: _read(HERE / code / "tables.toml") for code in LANGUAGES}


def _read(path: Path) -> TableFile:
    try:
        return TableFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        advice = "compare it with the form in tawatur.lang.tables"
        raise PackError(f"{path.parent.name}/{path.name}: {error}", advice) from error


def plain(words: str) -> str:
    """A header or a cell made comparable: folded, with single spaces, without marks."""
    return _space.sub(" ", fold_word(words)).strip()


@lru_cache(maxsize=4096)
def fields_of(header: str) -> tuple[str, ...]:
    """The fields that a header may name, best first: as a whole, then by its parts (groups, two languages).

    A part is what stands between line breaks, bars, slashes, dashes and brackets; the last one counts first.
    """
    parts = [header, *reversed([part for part in _parts.split(header) if part.strip()])]
    if "-" in header:
        parts.append(header.rpartition("-")[2])
    own = header.startswith("_")
    if own:
        parts.append(header.rpartition("_")[2])
    found = dict.fromkeys(field for part in parts for field in _headers().get(plain(part), ()))
    return tuple(field for field in found if not own or field in OF_THE_SERVER)


def of_server(header: str) -> bool:
    """Whether a column is one that the server of a form adds for itself (``_version_``, ``meta/instanceID``)."""
    return header.startswith(("_", "meta/", "meta-", "formhub/")) or header in _OF_A_PHONE


@lru_cache(maxsize=4096)
def value_of(field: str, cell: str) -> str | None:
    """The value that a cell of a field has (``outcome``, «قتلى» gives ``killed``); None for words that are unknown."""
    known = _values(field)
    words = [plain(part) for part in (cell, *_parts.split(cell)) if part.strip()]
    words += [word.removeprefix(ARTICLE) for word in words]
    return next((known[word] for word in words if word in known), None)


def label_of(field: str, value: str, language: str) -> str:
    """The word that our own templates show for a value, or for a column where ``field`` is ``columns``."""
    shown: dict[str, tuple[str, ...]] = getattr(table_files()[language], field)
    return shown[value][0]


def about(field: str, language: str) -> str:
    """What a column of our own template is for."""
    return table_files()[language].about[field]


def caption(name: str, language: str) -> str:
    """A name of our own template's: of a sheet, or of a column of its explanations."""
    return table_files()[language].template[name]


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Names of months, made comparable, with their numbers."""
    files = (tomllib.loads((HERE / code / "times.toml").read_text("utf-8")) for code in LANGUAGES)
    entries = [entry for file in files for entry in file["entry"] if entry["cls"] == "month"]
    return {plain(word): e["gives"]["n"] for e in entries for word in (*e.get("words", ()), *e.get("phrases", ()))}


@lru_cache(maxsize=1)
def halves() -> dict[str, str]:
    """Words for the halves of a day: ``am`` or ``pm``."""
    return {
        plain(word): half for file in table_files().values() for half, words in file.clock.items() for word in words
    }


def fused_field(header: str) -> str | None:
    """The field of a table of sources, items and values that a header names; None for other words."""
    found = _fused().get(plain(header))
    return found if found in FUSED_FIELDS else None


@lru_cache(maxsize=1 << 16)
def says_nothing(cell: str) -> bool:
    """Whether a cell leaves its value open: empty, nothing but marks, or a word for that."""
    words = plain(cell)
    return not words or _fused().get(words) == "nothing"


@lru_cache(maxsize=1)
def _fused() -> dict[str, str]:
    """Words of headers with their field (a field's own name among them), and those that say nothing."""
    told = {plain(word): key for file in table_files().values() for key, words in file.fused.items() for word in words}
    return {**told, **{field: field for field in FUSED_FIELDS}}


def explains(sheet: str) -> bool:
    """Whether a sheet's name says that it holds explanations and no rows."""
    names = {plain(word) for file in table_files().values() for word in file.hidden["unread"]}
    return any(plain(part) in names for part in (sheet, *_parts.split(sheet)))


@lru_cache(maxsize=1)
def _headers() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for file in table_files().values():
        for field, words in file.columns.items():
            for word in (field, *words):
                found.setdefault(plain(word), []).append(field)
    return {word: tuple(dict.fromkeys(fields)) for word, fields in found.items()}


@lru_cache(maxsize=16)
def _values(field: str) -> dict[str, str]:
    known = {plain(value): value for value in VALUES[field]}
    for file in table_files().values():
        for value, words in getattr(file, field).items():
            for word in words:
                known.setdefault(plain(word), value)
    return known
