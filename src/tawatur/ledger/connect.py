"""A ledger's address in, an engine out: SQLite, plain or encrypted, with every write in a transaction of its own kind,
or PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from tawatur.errors import LedgerError
from tawatur.ledger import keys, sealed
from tawatur.ledger.keys import Key

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


def engine_of(url: str, key: Key | None = None) -> Engine:
    """The engine behind ``sqlite:///FILE``, encrypted under a key, or ``postgresql://…``.

    Raises LedgerError for any other address, a wrong key, and a key to a file that is not encrypted.
    """
    parsed = _parsed(url)
    if parsed.drivername == "sqlite" and parsed.database:
        return engine_at(Path(parsed.database), key)
    if parsed.drivername in ("postgresql", "postgresql+pg8000"):
        if key is not None or keys.OPTION in parsed.query:
            raise LedgerError("a ledger on PostgreSQL takes no key", "encrypt the disk of its server")
        try:
            return create_engine(parsed.set(drivername="postgresql+pg8000"), pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise LedgerError("PostgreSQL needs pg8000", "pip install 'tawatur[postgres]'") from error
    raise LedgerError(f"{parsed.drivername} holds no ledger", "give sqlite:///FILE or postgresql://…")


def engine_at(file: Path, key: Key | None) -> Engine:
    """The engine behind a file, encrypted under a key. Raises as ``engine_of`` does."""
    form = keys.check_fits(file, key)
    url = URL.create("sqlite", database=str(file))
    told = {"timeout": _WAIT, "check_same_thread": False}
    if key is None:
        engine = create_engine(url, connect_args=told)
    else:
        engine = create_engine(url, connect_args=told, module=sealed.driver())
        if form == "sealed":
            sealed.check(file, key)
    event.listen(engine, "connect", partial(_on_connect, key))
    event.listen(engine, "begin", _on_begin)
    return engine


def file_of(url: str) -> Path | None:
    """The file of a SQLite ledger; None for PostgreSQL. Raises LedgerError for what is no address."""
    parsed = _parsed(url)
    return Path(parsed.database) if parsed.drivername == "sqlite" and parsed.database else None


def key_of(url: str) -> Key | None:
    """The key to an encrypted ledger: of the key file in its address, else of the environment; None where none is told.

    Raises LedgerError for a key file that is none, or that others may read.
    """
    file = file_of(url)
    return keys.key_told(_parsed(url).query, file) if file is not None else None


def key_file_of(url: str) -> Path | None:
    """The key file that an address names, there or not; None where it names none."""
    told = _parsed(url).query.get(keys.OPTION)
    return Path(str(told)).expanduser() if told is not None else None


def lacks_key(url: str) -> bool:
    """Whether an address leads to an encrypted file, and no key to it is told."""
    file = file_of(url)
    return file is not None and keys.form_of(file) == "sealed" and key_of(url) is None


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise LedgerError(f"{url!r} is no address of a ledger", "give sqlite:///FILE or postgresql://…") from error


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


def _on_connect(key: Key | None, connection: Any, _record: object) -> None:
    if key is not None:
        sealed.unlock(connection, key)
    connection.isolation_level = None  # the driver opens no transactions of its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    kind = "IMMEDIATE" if connection.get_execution_options().get(WRITING) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")
