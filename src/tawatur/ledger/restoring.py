"""A backup in, whether somebody may make a ledger of it out: where it has users, one of its admins."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, select

from tawatur.ledger import dumping
from tawatur.ledger.connect import engine_of, reading
from tawatur.ledger.rights import Role, check_among
from tawatur.ledger.schema import users


def check_restore(path: Path, author: str) -> None:
    """Raise RightsError where a backup, a file or the folder of a dump, has users and somebody is no admin of it."""
    check_among(_of_dump(path) if path.is_dir() else _of_file(path), author, "restore")


def _of_dump(folder: Path) -> dict[str, Role]:
    return {row["name"]: row["role"] for row in dumping.rows_of(folder, users.name)}


def _of_file(path: Path) -> dict[str, Role]:
    engine = engine_of(f"sqlite:///{path}")
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table(users.name):
                return {}
            return {row.name: row.role for row in connection.execute(select(users.c.name, users.c.role))}
    finally:
        engine.dispose()
