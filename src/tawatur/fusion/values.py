"""A cell in, a value out that equals others however it is written: numbers, times of the day, else words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

Kind = Literal["number", "time", "words"]
Key = float | str | tuple[int, int, int]

_SAMPLE = 20_000  # cells that tell of what kind they are
_SHARE = 0.9  # of them that must be of one kind
#: Cells that say nothing.
MISSING = frozenset(
    {"", "-", "--", "---", "n/a", "na", "n.a.", "nan", "null", "none", "nil", "unknown", "not available", "?", "tbd"}
)
_number = re.compile(r"[+-]?(?:\d{1,3}(?:[,٬'\u00a0\u202f ]\d{3})+|\d+)(?:[.٫]\d+)?(?:[eE][+-]?\d+)?")
_clock = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?\s*([ap])?\.?\s?(?:m\b\.?)?", re.IGNORECASE)
_iso = re.compile(r"\b\d{4}-(\d{1,2})-(\d{1,2})")
_slashed = re.compile(r"\b(\d{1,2})[/-](\d{1,2})(?:[/-]\d{2,4})?\b")
_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_worded = re.compile(
    rf"\b({'|'.join(_months)})[a-z]*\.?\s+(\d{{1,2}})\b|\b(\d{{1,2}})[\s-]+({'|'.join(_months)})", re.IGNORECASE
)
_filler = re.compile(r"\b(?:gate|terminal)\b")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it compares, and the words in which it was first seen."""

    key: Key
    words: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def missing(cell: str) -> bool:
    """Whether a cell says nothing."""
    return cell.strip().casefold() in MISSING


def kind_of(cells: Iterable[str]) -> Kind:
    """The kind of most of these cells: numbers or times when nine in ten are, else words."""
    sample = list(islice(cells, _SAMPLE))
    if not sample:
        return "words"
    if sum(number(cell) is not None for cell in sample) >= _SHARE * len(sample):
        return "number"
    return "time" if sum(clock(cell) is not None for cell in sample) >= _SHARE * len(sample) else "words"


def parsed(cell: str, kind: Kind) -> Value:
    """A cell as a value of a kind; as words where it is none of that kind."""
    key: Key | None = number(cell) if kind == "number" else clock(cell) if kind == "time" else None
    return Value(_plain(cell) if key is None else key, cell.strip())


def number(cell: str) -> float | None:
    """A number, thousands parted or not, in digits of any script; None for anything else."""
    text = _digits(cell)
    if not _number.fullmatch(text):
        return None
    return float(re.sub(r"[,٬'\u00a0\u202f ]", "", text).replace("٫", "."))


def clock(cell: str) -> tuple[int, int, int] | None:
    """Month and day (0 where none is told) and minute of the day; None where no time of the day is told."""
    text = _digits(cell)
    found = _clock.search(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    if hour > 24 or minute > 59:
        return None
    return *_day(text[: found.start()] + " " + text[found.end() :]), hour % 24 * 60 + minute


def _day(text: str) -> tuple[int, int]:
    if found := _iso.search(text) or _slashed.search(text):
        return int(found[1]), int(found[2])
    if found := _worded.search(text):
        month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _months.index(month[:3].lower()) + 1, int(day)
    return 0, 0


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).casefold()
    return " ".join(_filler.sub(" ", text).split()) or text.strip()


def _digits(cell: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in cell.strip())
