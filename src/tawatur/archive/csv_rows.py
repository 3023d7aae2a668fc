"""Lines of a delimited file in, its rows out: quoted cells over several lines, and rows that break off told as such."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tawatur.archive.csv_lines import Line
from tawatur.archive.encodings import Decoded, decode
from tawatur.archive.items import digest_of
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.tables import Row
from tawatur.errors import EncodingError

DELIMITERS = ",;\t|،"
_SNIFFED = 40  # lines that tell the delimiter
_MOST_LINES = 2000  # of one row: a quotation mark that none closes within so many is a stray one
_MOST_CELLS = 4096  # of one row
_escaped = re.compile("[\udc80-\udcff]")
csv.field_size_limit(MAX_REPORT)


@dataclass(slots=True)
class Rows:
    """The rows of a delimited file. ``delimiter`` empty: found by the first lines, or named in a line ``sep=;``."""

    lines: Iterator[Line]
    delimiter: str = ""
    encoding: str = "utf-8"
    width: int = 0  # cells that most of the first rows have; 0 while that is one
    _held: deque[Line] = field(default_factory=deque)

    def __post_init__(self) -> None:
        while len(self._held) < _SNIFFED and (line := next(self.lines, None)) is not None:
            self._held.append(line)
        if self._held and (named := _named(self._held[0].text)):
            self._held.popleft()
            self.delimiter = named
        texts = [line.text for line in self._held]
        self.delimiter = self.delimiter or delimiter_of(texts)
        self.width = _width(texts, self.delimiter)

    def __iter__(self) -> Iterator[Row]:
        while (line := self._next()) is not None:
            yield self._row(line)

    def _next(self) -> Line | None:
        return self._held.popleft() if self._held else next(self.lines, None)

    def _row(self, line: Line) -> Row:
        place = f"line {line.number}"
        if line.cut:
            return Row(place, (), broken=f"a line of more than {MAX_REPORT >> 20} million characters")
        if '"' not in line.text:
            return self._checked(place, line.text.split(self.delimiter), [line])
        taken = [line]
        cells = self._quoted(taken)
        if cells is None or (len(taken) > 1 and self.width and len(_filled(cells)) > self.width):
            self._held.extendleft(reversed(taken[1:]))
            reason = "a quotation mark opens a cell and none closes it"
            return Row(place, (line.text,), broken=reason)
        return self._checked(place if len(taken) == 1 else f"lines {line.number}-{taken[-1].number}", cells, taken)

    def _quoted(self, taken: list[Line]) -> list[str] | None:
        """The cells of a row that begins with the one line in ``taken``, which gets the further ones; None when a
        quotation mark stays open."""
        size, ended = len(taken[0].text), False

        def fed() -> Iterator[str]:
            nonlocal size, ended
            yield taken[0].text + "\n"
            while len(taken) < _MOST_LINES and size < MAX_REPORT and (more := self._next()) is not None:
                taken.append(more)
                size += len(more.text)
                if more.cut:
                    break
                yield more.text + "\n"
            ended = True

        try:
            cells = next(csv.reader(fed(), delimiter=self.delimiter, skipinitialspace=True))
        except (csv.Error, StopIteration):
            return None
        if ended:
            return None
        return cells

    def _checked(self, place: str, cells: list[str], taken: list[Line]) -> Row:
        raw, encoding = "\n".join(line.text for line in taken), ""
        data = raw.encode("utf-8", "surrogateescape")
        digest = digest_of(data)
        if not raw.isascii() and _escaped.search(raw):
            other = _other(data)
            if other is None:
                return Row(place, tuple(cells), digest, f"bytes that are no {self.encoding}")
            encoding, lines = other.encoding, [line + "\n" for line in other.text.split("\n")]
            cells = next(csv.reader(lines, delimiter=self.delimiter, skipinitialspace=True), [])
        if self.width and len(_filled(cells)) > self.width:
            reason = f"{len(_filled(cells))} cells, where rows have {self.width}"
            return Row(place, tuple(cells[:_MOST_CELLS]), digest, reason)
        return Row(place, tuple(cells[:_MOST_CELLS]), digest, encoding=encoding)


def _other(data: bytes) -> Decoded | None:
    """A row of another encoding than its file's, when it is sure which."""
    try:
        found = decode(data)
    except EncodingError:
        return None
    return None if found.doubt else found


def _filled(cells: Sequence[str]) -> Sequence[str]:
    """The cells without empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _named(line: str) -> str:
    """The delimiter that a line of Excel's names (``sep=;``); empty for any other line."""
    bare = line.strip(' "\t') if not line.endswith("\t") else line.lstrip(' "')
    return bare[4] if bare[:4].lower() == "sep=" and len(bare) == 5 and bare[4] in DELIMITERS else ""


def delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter that cuts most lines into the same number of cells, more than one; a comma where none does."""
    ranked = [(_evenness(lines, delimiter), -n, delimiter) for n, delimiter in enumerate(DELIMITERS)]
    best = max(ranked)
    return best[2] if best[0] > 0 else ","


def _widths(lines: Sequence[str], delimiter: str) -> list[int]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, skipinitialspace=True)
    try:
        return [len(cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        return []


def _width(lines: Sequence[str], delimiter: str) -> int:
    """The cells of the first row or of most of the first rows, whichever are more; 0 for one."""
    widths = _widths(lines, delimiter)
    most = max(widths[0], Counter(widths).most_common(1)[0][0]) if widths else 0
    return most if most > 1 else 0


def _evenness(lines: Sequence[str], delimiter: str) -> float:
    widths = _widths(lines, delimiter)
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0
    width, rows = counted.most_common(1)[0]
    return rows / len(widths) + min(width, 20) / 1000
