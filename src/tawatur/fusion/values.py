"""A cell in, a value out that equals others however it is written: numbers, times of the day, else words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from tawatur.archive.table_values import clock_in, plain_digits

Kind = Literal["number", "time", "words"]

_SAMPLE = 20_000  # cells that tell of what kind they are
_SHARE = 0.9  # of them that must be of one kind
_number = re.compile(r"[+-]?(?:\d{1,3}(?:[,٬'\u00a0\u202f ]\d{3})+|\d+)(?:[.٫]\d+)?(?:[eE][+-]?\d+)?")
_thousands = re.compile(r"[,٬'\u00a0\u202f ]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it compares, and the words in which it was first seen."""

    key: float | str
    words: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def kind_of(cells: Iterable[str]) -> Kind:
    """The kind of most of these cells: numbers or times when nine in ten are, else words."""
    sample = list(islice(cells, _SAMPLE))
    if not sample:
        return "words"
    if sum(number(cell) is not None for cell in sample) >= _SHARE * len(sample):
        return "number"
    return "time" if sum(clock_in(cell) is not None for cell in sample) >= _SHARE * len(sample) else "words"


def parsed(cell: str, kind: Kind) -> Value:
    """A cell as a value of a kind; as words where it is none of that kind.

    Of a time of the day the day beside it does not count: some sources tell it, others do not.
    """
    key: float | str | None = number(cell) if kind == "number" else _minute(cell) if kind == "time" else None
    return Value(_plain(cell) if key is None else key, cell.strip())


def number(cell: str) -> float | None:
    """A number, thousands parted or not, in digits of any script; None for anything else."""
    text = plain_digits(cell).strip()
    return float(_thousands.sub("", text).replace("٫", ".")) if _number.fullmatch(text) else None


def _minute(cell: str) -> str | None:
    """A time of the day as HH:MM."""
    told = clock_in(cell)
    return told[:5] if told else None


def _plain(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).casefold().split())
