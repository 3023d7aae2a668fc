"""A Parquet file in, the reports or observations of its rows out, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pyarrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from tawatur.archive.items import Parts, Source
from tawatur.archive.limits import MAX_DOCUMENT, MAX_UNPACKED
from tawatur.archive.table_values import Cell
from tawatur.archive.tables import Row, Table, read_tables
from tawatur.errors import FormatError

_BATCH = 500  # rows in memory at a time
_MOST_COLUMNS = 1024
_LARGE = 1 << 30  # bytes that the values of a group of rows may take


def read(source: Source) -> Parts:
    """The rows of the file, each a report. Raises FormatError for what is no sound Parquet file."""
    yield from read_tables(tables(source), source)


def tables(source: Source) -> Iterator[Table]:
    """The one table of the file, its column names as the first row."""
    stream = source.stream if source.stream.seekable() else BytesIO(source.all(MAX_DOCUMENT))
    try:
        opened = pyarrow.parquet.ParquetFile(stream, page_checksum_verification=False)
        names = tuple(opened.schema_arrow.names)
        _check(opened)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise _broken(error) from error
    yield Table(_rows(opened, names), form="parquet", told="parquet")


def _check(opened: Any) -> None:
    about = opened.metadata
    groups = [about.row_group(n).total_byte_size for n in range(about.num_row_groups)]
    if max(groups, default=0) > _LARGE or sum(groups) > MAX_UNPACKED:
        raise FormatError("its rows would unpack to more than can be held", "write it in smaller groups of rows")
    if len(opened.schema_arrow.names) > _MOST_COLUMNS:
        raise FormatError(f"more than {_MOST_COLUMNS} columns", "leave out those that hold no report")


def _rows(opened: Any, names: tuple[str, ...]) -> Iterator[Row]:
    yield Row("header", names)
    number = 1
    try:
        for batch in opened.iter_batches(batch_size=_BATCH, use_threads=False):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield Row(f"row {number}", tuple(_cell(value) for value in values))
                number += 1
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise _broken(error, f" after row {number - 1}") from error


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | bool | int | float | datetime | date | time):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return float(value) if isinstance(value, Decimal) else str(value)


def _broken(error: Exception, where: str = "") -> FormatError:
    reason = " ".join(str(error).split())[:120]
    return FormatError(f"no sound Parquet file{where} ({reason})", "write it anew")
