"""The file of an index in, its reports out: those that were looked at last are kept, so memory stays bounded."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from typing import TypeVar, overload

from tawatur.copies.align import Seeds, seeds
from tawatur.copies.index_file import unpacked
from tawatur.copies.words import Corpus, Detail, Numbers, detail, kept
from tawatur.model import Report

KEPT = 2048  # reports whose text and words are kept
T = TypeVar("T")


class Shelf:
    """Reports of the file by number, with their words."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers = Numbers()
        self._reports: dict[int, Report] = {}
        self._words: dict[int, array[int]] = {}
        self._details: dict[int, Detail] = {}
        self._seeds: dict[int, Seeds] = {}

    def report(self, n: int) -> Report:
        """Report ``n`` as it was given."""
        known = self._reports.get(n)
        return kept(self._reports, n, self._read(n), KEPT) if known is None else known

    def words(self, n: int) -> array[int]:
        """The words of report ``n`` as numbers."""
        known = self._words.get(n)
        return kept(self._words, n, self._numbers.of(self.report(n).text), KEPT) if known is None else known

    def detail(self, n: int) -> Detail:
        """The places of the words of report ``n``."""
        known = self._details.get(n)
        return kept(self._details, n, detail(self.report(n).text), KEPT) if known is None else known

    def seeds(self, n: int) -> Seeds:
        """The seeds of report ``n``."""
        known = self._seeds.get(n)
        return kept(self._seeds, n, seeds(self.words(n)), 256) if known is None else known

    def _read(self, n: int) -> Report:
        row = self._db.execute("SELECT report FROM texts WHERE n = ?", (n,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"report {n} has no text")
        return unpacked(row[0])


class Some(Corpus):
    """Some reports of a shelf as a corpus, in the order of their numbers here; each is read when it is looked at."""

    def __init__(self, shelf: Shelf, numbers: Sequence[int]) -> None:
        super().__init__(())
        self._shelf, self._numbers = shelf, numbers
        self.reports = _Lazy(numbers, shelf.report)
        self.words = _Lazy(numbers, shelf.words)

    def detail(self, n: int) -> Detail:
        """The places of the words of report ``n`` of these."""
        return self._shelf.detail(self._numbers[n])

    def seeds(self, n: int) -> Seeds:
        """The seeds of report ``n`` of these."""
        return self._shelf.seeds(self._numbers[n])


class _Lazy(Sequence[T]):
    def __init__(self, numbers: Sequence[int], read: Callable[[int], T]) -> None:
        self._numbers, self._read = numbers, read

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self._read(n) for n in self._numbers[at]]
        return self._read(self._numbers[at])
