"""A backup in, whether somebody may make a ledger of it out: where it has users, one of its admins."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, select

from tawatur.ledger import dumping
from tawatur.ledger.connect import engine_at, reading
from tawatur.ledger.keys import Key
from tawatur.ledger.rights import Role, check_among
from tawatur.ledger.schema import users


def check_restore(path: Path, author: str, key: Key | None = None) -> None:
    """Raise RightsError where a backup, a file or the folder of a dump, has users and somebody is no admin of it."""
    check_among(_of_dump(path) if path.is_dir() else _of_file(path, key), author, "restore")


def _of_dump(folder: Path) -> dict[str, Role]:
    return {row["name"]: row["role"] for row in dumping.rows_of(folder, users.name)}


def _of_file(path: Path, key: Key | None) -> dict[str, Role]:
    engine = engine_at(path, key)
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table(users.name):
                return {}
            return {row.name: row.role for row in connection.execute(select(users.c.name, users.c.role))}
    finally:
        engine.dispose()
