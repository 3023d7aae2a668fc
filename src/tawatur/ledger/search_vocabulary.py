"""The words that stand in SQLite's full text at all: a query is asked with these alone.

A word is looked for under dozens of spellings, of which few were ever written; each costs a look into every segment of
the full text. A beginning (``مقات*``) is asked as the words that begin so: FTS5 reads all their places before it gives
the first of them otherwise. PostgreSQL needs neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from tawatur.ledger.search_query import Both, Either, Node, Phrase, every

TABLE, TERMS = "search_vocabulary", "search_terms"
SQLITE = (
    f"CREATE TABLE {TABLE} (word TEXT PRIMARY KEY) WITHOUT ROWID",
    f"CREATE VIRTUAL TABLE {TERMS} USING fts5vocab(search_words, 'row')",
)
#: Leaves out the words that stand nowhere any more.
FORGET = f"DELETE FROM {TABLE} WHERE word NOT IN (SELECT term FROM {TERMS})"
_MISSING = f"SELECT count(*) FROM {TERMS} WHERE term NOT IN (SELECT word FROM {TABLE})"
_AMONG = f"SELECT word FROM {TABLE} WHERE word IN (SELECT value FROM json_each(?))"
_BEGINNING = f"SELECT word FROM {TABLE} WHERE word >= ? AND word < ? LIMIT ?"
_MANY = 500  # words with one beginning that are asked for one by one


def add(connection: Connection, texts: Iterable[str]) -> None:
    """Know the words of texts, which have blanks between them."""
    words = sorted({word for text in texts for word in text.split(" ") if word})
    if words:
        told = json.dumps(words, ensure_ascii=False)
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO {TABLE} SELECT value FROM json_each(?)", (told,))


def missing(connection: Connection) -> int:
    """How many words of the full text are not known, and so not found."""
    return int(connection.exec_driver_sql(_MISSING).scalar_one())


def narrowed(connection: Connection, tree: Node) -> Node:
    """A tree that finds the same, with the words that stand in the index."""
    told = {form for phrase in every(tree) if not phrase.open for form, _ in phrase.first}
    held = set(connection.exec_driver_sql(_AMONG, (json.dumps(sorted(told), ensure_ascii=False),)).scalars())

    def within(node: Node) -> Node:
        if isinstance(node, Either):
            return Either(tuple(map(within, node.among)))
        if isinstance(node, Both):
            return Both(tuple(map(within, node.wanted)), tuple(map(within, node.unwanted)))
        return _begun(connection, node) if node.open else _kept(node, (f for f in node.first if f[0] in held))

    return within(tree)


def _begun(connection: Connection, phrase: Phrase) -> Phrase:
    """Words that begin so in the place of the beginning, where they are not too many."""
    words: dict[str, int] = {}
    for form, far in phrase.first:
        room = _MANY + 1 - len(words)
        found = connection.exec_driver_sql(_BEGINNING, (form, form + "\U0010ffff", room)).scalars()
        words |= dict.fromkeys(found, far)
        if len(words) > _MANY:
            return phrase
    return replace(_kept(phrase, words.items()), open=False)


def _kept(phrase: Phrase, forms: Iterable[tuple[str, int]]) -> Phrase:
    """The phrase with fewer forms, but never without any: one that stands nowhere finds nothing."""
    return replace(phrase, first=tuple(forms) or phrase.first[:1])
