"""Many rows into a table by the driver's own way: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import RawIOBase
from typing import Any

from sqlalchemy import Connection

_AT_ONCE = 5000
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_TO_ESCAPE = re.compile("[\\\\\t\n\r]")


def put(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Rows, all with the same columns, into a table, inside the transaction."""
    if not rows:
        return
    names = list(rows[0])
    told = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "sqlite":
        sql = f"INSERT INTO {table} ({told}) VALUES ({', '.join('?' * len(names))})"
        connection.exec_driver_sql(sql, [tuple(row.values()) for row in rows])
        return
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"COPY {table} ({told}) FROM STDIN", stream=_Stream(_lines(rows)))  # type: ignore[call-arg]
    finally:
        cursor.close()


def _lines(rows: Sequence[dict[str, Any]]) -> Iterator[bytes]:
    for at in range(0, len(rows), _AT_ONCE):
        lines = ("\t".join(map(_cell, row.values())) for row in rows[at : at + _AT_ONCE])
        yield ("\n".join(lines) + "\n").encode()


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    text = str(value)
    return _TO_ESCAPE.sub(lambda match: _ESCAPED[match[0]], text) if _TO_ESCAPE.search(text) else text


class _Stream(RawIOBase):
    """What the driver reads COPY's data from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.held = chunks, b""

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; 0 at the end."""
        if not self.held:
            self.held = next(self.chunks, b"")
        size = min(len(buffer), len(self.held))
        buffer[:size], self.held = self.held[:size], self.held[size:]
        return size
