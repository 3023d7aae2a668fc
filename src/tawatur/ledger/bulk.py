"""Many rows into a table by the driver's own way: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

_AT_ONCE = 500  # rows in one message to PostgreSQL
_ESCAPED = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


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
        cursor.execute(f"COPY {table} ({told}) FROM STDIN", stream=lines(rows))  # type: ignore[call-arg]
    finally:
        cursor.close()


def lines(rows: Sequence[dict[str, Any]]) -> Iterator[bytes]:
    """Rows as COPY takes them, some hundred at a time."""
    for at in range(0, len(rows), _AT_ONCE):
        lines = ("\t".join(map(_cell, row.values())) for row in rows[at : at + _AT_ONCE])
        yield ("\n".join(lines) + "\n").encode()


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    text = str(value)
    for char, told in _ESCAPED:
        if char in text:
            text = text.replace(char, told)
    return text
