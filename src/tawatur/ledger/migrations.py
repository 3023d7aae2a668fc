"""The steps that bring a ledger to this version's schema: named, in order, each done once and whole."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, insert, inspect, select

from tawatur.errors import LedgerError
from tawatur.ledger import audit, rights, search_index
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.schema import (
    METADATA,
    blobs,
    claims_standing,
    decisions,
    leases,
    migrations,
    reviews,
    searches,
    users,
    views_standing,
)

Step = Callable[[Connection], None]


def _first(connection: Connection) -> None:
    METADATA.create_all(connection)


def _search(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[searches])
    search_index.rebuild(connection)


def _raw(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[blobs])


def _review(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[decisions, reviews])


def _leases(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[leases])


def _users(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[users])


def _gone(connection: Connection) -> None:
    for table in (claims_standing, views_standing):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {table.name}_until")
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def _marks(connection: Connection) -> None:
    search_index.rebuild(connection)


#: In order. A step that has been released is never changed: what it did is done by the next one.
STEPS: tuple[tuple[str, Step], ...] = (
    ("0001 first schema", _first),
    ("0002 search", _search),
    ("0003 raw bytes", _raw),
    ("0004 review", _review),
    ("0005 leases", _leases),
    ("0006 users", _users),
    ("0007 index of what stands no longer", _gone),
    ("0008 marks of place and time in the search index", _marks),
)


def done(engine: Engine) -> tuple[str, ...] | None:
    """The steps that a ledger has seen, in order; None where there is no ledger yet."""
    with reading(engine) as connection:
        return _seen(connection)


def _seen(connection: Connection) -> tuple[str, ...] | None:
    if not inspect(connection).has_table(migrations.name):
        return None
    return tuple(connection.execute(select(migrations.c.name).order_by(migrations.c.name)).scalars())


def migrate(engine: Engine, *, at: str, author: str) -> tuple[str, ...]:
    """Do the steps that are missing, all of them or none; their names.

    Raises LedgerError for a newer ledger, RightsError where the ledger has users and the author may not.
    """
    with writing(engine) as connection:
        seen = _seen(connection) or ()
        check_known(seen)
        missing = [(name, step) for name, step in STEPS if name not in seen]
        refusal = rights.check_before(connection, author, "migrate", at) if seen and missing else None
        if refusal:
            missing = []
        for name, step in missing:
            step(connection)
            connection.execute(insert(migrations), [{"name": name, "at": at}])
            audit.append(connection, at=at, author=author, action="migrate", subject=name)
    if refusal:
        raise refusal
    return tuple(name for name, _ in missing)


def check_known(seen: tuple[str, ...]) -> None:
    """Raise LedgerError where a ledger has seen steps that this version does not know."""
    unknown = [name for name in seen if name not in dict(STEPS)]
    if unknown:
        raise LedgerError(f"made by a newer tawatur (step {unknown[-1]!r})", "use that version; nothing was touched")


def check_current(engine: Engine) -> None:
    """Raise LedgerError unless there is a ledger of this version's schema."""
    seen = done(engine)
    if seen is None:
        raise LedgerError("no ledger is there", "make one: tawatur ledger init")
    check_known(seen)
    if len(seen) < len(STEPS):
        raise LedgerError("made by an older tawatur", "make a backup, then run tawatur ledger migrate")
