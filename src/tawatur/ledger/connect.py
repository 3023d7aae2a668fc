"""A ledger's address in, an engine out: SQLite with every write in a transaction of its own kind, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from tawatur.errors import LedgerError

_WAIT = 60.0  # seconds that a writer waits for another
_PRAGMAS = (
    "cache_size=-65536",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={int(_WAIT * 1000)}",
)
_LOCK = 0x7461776174757200  # of writers on PostgreSQL, who go one after the other as on SQLite
WRITING = "tawatur_writing"


def engine_of(url: str) -> Engine:
    """The engine behind ``sqlite:///FILE`` or ``postgresql://…``. Raises LedgerError for any other address."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LedgerError(f"{url!r} is no address of a ledger", "give sqlite:///FILE or postgresql://…") from error
    if parsed.drivername == "sqlite" and parsed.database:
        engine = create_engine(parsed, connect_args={"timeout": _WAIT, "check_same_thread": False})
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine
    if parsed.drivername in ("postgresql", "postgresql+pg8000"):
        try:
            return create_engine(parsed.set(drivername="postgresql+pg8000"), pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise LedgerError("PostgreSQL needs pg8000", "pip install 'tawatur[postgres]'") from error
    raise LedgerError(f"{parsed.drivername} holds no ledger", "give sqlite:///FILE or postgresql://…")


def file_of(url: str) -> Path | None:
    """The file of a SQLite ledger; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.drivername == "sqlite" and parsed.database else None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it or nothing. On SQLite it has the only right to write from its start."""
    with _told(engine), engine.connect() as connection:
        connection = connection.execution_options(**{WRITING: True})
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads one state, whatever others write meanwhile."""
    with _told(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """What goes wrong in a database, as one line."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())[:200]
        advice = "check the disk and who else uses it" if isinstance(error, OperationalError) else "run ledger verify"
        raise LedgerError(f"{engine.url.render_as_string()}: {reason}", advice) from error


def _on_connect(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # the driver opens no transactions of its own
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    kind = "IMMEDIATE" if connection.get_execution_options().get(WRITING) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")
