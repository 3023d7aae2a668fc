"""Rows of a table in, a Parquet file out, and back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from tawatur.errors import LedgerError

_AT_ONCE = 10_000


def write(path: Path, table: Table, rows: Iterator[dict[str, Any]]) -> int:
    """The rows of a table, their columns typed as the table's, as a Parquet file; their number."""
    pyarrow, parquet = _pyarrow()
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    schema = pyarrow.schema([(column.name, kinds[column.type.python_type]) for column in table.columns])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        while group := list(islice(rows, _AT_ONCE)):
            out.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def read(path: Path, at_once: int) -> Iterator[list[dict[str, Any]]]:
    """The rows of a Parquet file, some at a time."""
    _, parquet = _pyarrow()
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=at_once):
            yield batch.to_pylist()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise LedgerError("Parquet needs pyarrow", "pip install 'tawatur[tables]'") from error
    return pyarrow, pyarrow.parquet
