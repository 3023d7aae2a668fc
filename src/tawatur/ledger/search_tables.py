"""The search index: what stands in the ledger, as folded words beside what is asked for with them.

It is made from reports and standing claims, so it is no part of a dump and can be made again. ``doc`` sorts as the day
of publication does: ``day * DAY + number``, day by ``date.toordinal``, 0 where no day is known. SQLite has
a full-text table over ``words`` and ``tags``, PostgreSQL both with their places as a ``tsvector``. What is changed or
taken out goes through triggers; what comes in does not, since FTS5 would write each row to the disk by itself there.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Connection, Float, Index, Integer, MetaData, Table, Text, insert

from tawatur.ledger import search_vocabulary

SEARCH = MetaData()
DAY = 2**31
FULL_TEXT = "search_words"

texts = Table(
    "search_texts",
    SEARCH,
    Column("doc", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("ref", Text, nullable=False),  # a version of a claim, or a report
    Column("part", Integer, nullable=False),  # of a report: where in its text the part begins; of a claim: -1
    Column("report", Text, nullable=False),
    Column("event_type", Text),
    Column("status", Text),
    Column("stance", Text),
    Column("origin", Text),  # folded
    Column("outlet", Text),  # folded
    Column("said", Integer),  # a day
    Column("words", Text, nullable=False),
    Column("tags", Text, nullable=False),  # of a claim: marks of where and when (search_tags)
    Index("search_texts_ref", "ref"),
)

#: Where and when a claim says that it was, a row for each pair of place and time; days are null where it says no time.
spots = Table(
    "search_spots",
    SEARCH,
    Column("doc", BigInteger, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("region", Text),  # country and governorate
    Column("first", Integer),
    Column("last", Integer),
    Column("lat", Float),
    Column("lon", Float),
    sqlite_with_rowid=False,
)

#: One row: the last number that a doc was given.
numbers = Table("search_numbers", SEARCH, Column("last", Integer, nullable=False))

_SQLITE = (
    f"CREATE VIRTUAL TABLE {FULL_TEXT} USING fts5(words, tags, content='search_texts', content_rowid='doc', "
    "tokenize='ascii', columnsize=0)",
    f"CREATE TRIGGER search_texts_out AFTER DELETE ON search_texts BEGIN "
    f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rowid, words, tags) VALUES ('delete', old.doc, old.words, old.tags); END",
    f"CREATE TRIGGER search_texts_anew AFTER UPDATE ON search_texts BEGIN "
    f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rowid, words, tags) VALUES ('delete', old.doc, old.words, old.tags); "
    f"INSERT INTO {FULL_TEXT}(rowid, words, tags) VALUES (new.doc, new.words, new.tags); END",
    *search_vocabulary.SQLITE,
)
_POSTGRESQL = (
    "ALTER TABLE search_texts ADD COLUMN vector tsvector",
    f"CREATE INDEX {FULL_TEXT} ON search_texts USING gin (vector) WITH (fastupdate = off)",
)
#: SQLite's table, of which only the numbers of the rows are read.
full_text = Table(FULL_TEXT, MetaData(), Column("rowid", Integer))


def create(connection: Connection) -> None:
    """The tables of the index, empty, in the place of those that are there."""
    if connection.dialect.name == "sqlite":
        for table in (search_vocabulary.TERMS, search_vocabulary.TABLE, FULL_TEXT):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    SEARCH.drop_all(connection)
    SEARCH.create_all(connection)
    connection.execute(insert(numbers), [{"last": 0}])
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)
