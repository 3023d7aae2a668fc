"""What the comparison of a record is remembered by: which claims are near which, so that a new report is compared with
what it touches alone.

It is made from reports and standing claims, so it is no part of a dump and can be made again; a ledger that lacks it is
compared as a whole once. Claims have numbers here. Keys of blocks are hashes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, Table, Text, bindparam, inspect, select

from tawatur.codec import dumps, loads
from tawatur.events.rarity import Common
from tawatur.ledger import bulk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Connection

NEAR = MetaData()
_AT_ONCE = 500

near_claims = Table(
    "near_claims",
    NEAR,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("rank", Integer, nullable=False),  # which claim of its report it is
    Column("place", Text, nullable=False),  # the places and the time that reign where it stands
    Column("event", Text),
    Column("first", Text),  # the claim whose words it repeats
    Index("near_claims_id", "id"),
    Index("near_claims_version", "version"),
    Index("near_claims_report", "report"),
    Index("near_claims_event", "event"),
    Index("near_claims_first", "first"),
)

near_keys = Table(
    "near_keys",
    NEAR,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Index("near_keys_n", "n"),
    sqlite_with_rowid=False,
)

#: Both ways: how likely two claims are of one event.
near_pairs = Table(
    "near_pairs",
    NEAR,
    Column("a", Integer, primary_key=True, autoincrement=False),
    Column("b", Integer, primary_key=True, autoincrement=False),
    Column("chance", Float, nullable=False),
    sqlite_with_rowid=False,
)

#: Views of copies by each report that takes part: a link, a group (``other`` is empty) or a shared quotation.
near_copies = Table(
    "near_copies",
    NEAR,
    Column("report", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Index("near_copies_version", "version"),
)

#: One row: how common words are.
near_common = Table("near_common", NEAR, Column("body", Text, nullable=False))


def there(connection: Connection) -> bool:
    """Whether the record has been compared in a way that is remembered."""
    made = inspect(connection).has_table(near_common.name)
    return made and connection.execute(select(near_common.c.body).limit(1)).first() is not None


def forget(connection: Connection) -> None:
    """Let go of all of it."""
    NEAR.drop_all(connection)


def create(connection: Connection) -> None:
    """The tables, empty."""
    forget(connection)
    NEAR.create_all(connection)


def put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Rows into one of the tables."""
    bulk.put(connection, table.name, rows)


def put_common(connection: Connection, common: Common) -> None:
    """How common words are from now on."""
    put(connection, near_common, [{"body": dumps(common).decode()}])


def common(connection: Connection) -> Common:
    """How common words were when the whole record was compared."""
    return loads(Common, connection.execute(select(near_common.c.body)).scalar_one())


def hashed(block: str) -> int:
    """The key of a block: 64 bits of a hash."""
    return int.from_bytes(hashlib.blake2b(block.encode(), digest_size=8).digest(), "big", signed=True)


def rows(connection: Connection, query: Any, column: Any, wanted: Collection[Any]) -> Iterator[Any]:
    """The rows of a query in which a column has one of the values, however many they are."""
    asked = query.where(column.in_(bindparam("few", expanding=True)))
    ordered = sorted(wanted)
    for at in range(0, len(ordered), _AT_ONCE):
        yield from connection.execute(asked, {"few": ordered[at : at + _AT_ONCE]})


def standing(connection: Connection, table: Table, versions: Collection[str]) -> set[str]:
    """The versions among some that stand: looked up one by one, as most of a record stands and few are asked for."""
    query = select(table.c.version, table.c.until)
    return {version for version, until in rows(connection, query, table.c.version, versions) if until is None}


def both_ways(pairs: Iterable[tuple[int, int, float]]) -> list[dict[str, Any]]:
    """Rows of pairs, in the order of their keys."""
    told = {k: chance for a, b, chance in pairs for k in ((a, b), (b, a))}
    return [{"a": a, "b": b, "chance": told[a, b]} for a, b in sorted(told)]
