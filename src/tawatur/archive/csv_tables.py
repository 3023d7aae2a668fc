"""A delimited file (CSV, TSV) in, its reports or observations out, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.archive.csv_lines import lines_of
from tawatur.archive.csv_rows import Rows
from tawatur.archive.encodings import DAMAGE_ADVICE
from tawatur.archive.items import Doubtful, Parts, Source
from tawatur.archive.tables import Table, read_tables

_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", "،": "Arabic comma"}


def read(source: Source) -> Parts:
    """The rows of the file, each a report. Raises FormatError for no table, EncodingError for what is no text."""
    yield from read_tables(tables(source), source)


def tables(source: Source) -> Iterator[Table]:
    """The one table of the file."""
    found = lines_of(source.stream, source.hints.encoding)
    rows = Rows(found.lines, encoding=found.encoding)
    table = Table(iter(rows), form="csv", encoding=found.encoding, told=_NAMES[rows.delimiter])
    if found.doubt:
        table.doubts.append(Doubtful("", found.doubt, DAMAGE_ADVICE))
    yield table
