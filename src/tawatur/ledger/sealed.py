"""Encrypted SQLite files by SQLCipher: opened with a key, looked at without a change, written under another key."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, cast

from tawatur.errors import LedgerError
from tawatur.ledger.keys import Key

How = Literal["mode=ro", "mode=rw", "mode=rwc", "immutable=1"]


def driver() -> ModuleType:
    """The module that opens encrypted files; of the form of ``sqlite3``. Raises LedgerError where it is missing."""
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise LedgerError("an encrypted ledger needs sqlcipher3", "pip install 'tawatur[cipher]'") from error
    return cast(ModuleType, dbapi2)


def unlock(connection: Any, key: Key) -> None:
    """Give a new connection its key, before anything else is asked of it."""
    connection.execute("PRAGMA cipher_log_level=NONE")  # which goes to stderr: what is wrong is told by errors
    connection.set_key(key.told)
    connection.execute("PRAGMA temp_store=MEMORY")  # nothing of it in files for temporary tables


def check(file: Path, key: Key) -> None:
    """Raise LedgerError unless a key opens an encrypted file. Neither the file nor its log of writes is touched.

    A connection that may write would, on closing, bring that log into the file even where the key is wrong; one that
    only reads would leave empty files beside it where there is no log.
    """
    log = file.with_name(f"{file.name}-wal")
    try:
        with closing(opened(file, key, "mode=ro" if log.exists() and log.stat().st_size else "immutable=1")) as held:
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver().DatabaseError as error:
        if "not a database" not in str(error):
            raise LedgerError(f"{file}: {error}", "check the disk and who else uses it; nothing was touched") from error
        raise LedgerError(
            f"{file}: the key is wrong, or the file is damaged", "give its key; nothing was touched"
        ) from error


def opened(file: Path, key: Key | None, how: How = "mode=rw", *, by: ModuleType | None = None) -> Any:
    """A connection to a file, with no transactions of its own; ``by`` is the module to take where no key says."""
    module: Any = by or (sqlite3 if key is None else driver())
    connection = module.connect(f"{file.resolve().as_uri()}?{how}", uri=True, isolation_level=None)
    if key is not None:
        unlock(connection, key)
    return connection


def errors(encrypted: bool) -> tuple[type[Exception], ...]:
    """What connections to plain files raise, and those to encrypted ones."""
    return (sqlite3.Error, driver().Error) if encrypted else (sqlite3.Error,)


def write_anew(held: Any, target: Path, key: Key | None) -> None:
    """All that a connection of ``driver()`` holds into a new file, under a key or plain."""
    held.execute("PRAGMA temp_store=MEMORY")
    held.execute("ATTACH DATABASE ? AS anew KEY ?", (str(target.resolve()), key.told if key else ""))
    try:
        held.execute("SELECT sqlcipher_export('anew')")
    finally:
        held.execute("DETACH DATABASE anew")
