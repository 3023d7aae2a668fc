"""A person's name in, a record without it out: every spelling of it covered, everywhere, and the audit log still whole.

What is covered keeps its length, so that every span still points at its words. The entry of the redaction says which
entries of the log were covered and what their content hashes to now; their own hashes stay, so the chain holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from tawatur.codec import dumps, loads
from tawatur.errors import LedgerError
from tawatur.lang.spellings import openings
from tawatur.ledger import audit, near_tables, search_index
from tawatur.ledger.record import Ledger
from tawatur.ledger.rights import acting, covers_a_user
from tawatur.ledger.schema import (
    CLAIMS_BY_RUN,
    METADATA,
    blobs,
    claims,
    claims_standing,
    figures,
    places,
    reports,
    times,
    views,
)
from tawatur.ledger.schema import audit as log
from tawatur.ledger.search_query import Phrase, found
from tawatur.ledger.search_vocabulary import FORGET
from tawatur.ledger.search_words import placed, plain
from tawatur.model import Claim, Report, Span

_CLAIMED = (claims_standing, figures, places, times)
#: Columns that name rows, and no persons.
_KEYS = {"id", "version", "report", "event", "digest", "raw_digest", "hash", "previous", "since", "until", "run", "n"}
Cover = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Redacted:
    """How many reports, claims and other rows were covered, and how many files' raw bytes let go of."""

    reports: int
    claims: int
    others: int
    raw: int


def redact(ledger: Ledger, names: Sequence[str], spans: Iterable[tuple[str, Span]] = ()) -> Redacted:
    """Cover a person's names everywhere in the record, and further stretches (report id, span) of reports.

    Names are found as search finds a phrase: in any spelling, with proclitics. The raw bytes of reports that held one
    are let go of. Backups from before still hold the names. Raises LedgerError for a name without letters.
    """
    phrases = [_phrase(name) for name in names]
    further: dict[str, list[Span]] = {}
    for report, span in spans:
        further.setdefault(report, []).append(span)
    if not phrases and not further:
        raise LedgerError("nothing to redact", "give a name")

    def cover(text: str) -> str:
        return covered(text, _spans(text, phrases))

    with acting(ledger, ledger.author, "redact") as connection:
        covers_a_user(connection, cover)
        touched = _reports(connection, cover, further)
        changed = _claims(connection, cover, touched)
        others = sum(_rows(connection, table, cover) for table in METADATA.sorted_tables if table not in _OWN)
        entries = _entries(connection, cover)
        gone = _raw(connection, touched)
        _index_anew(connection, {*touched, *changed.values()})
        near_tables.forget(connection)
        told = {"reports": len(touched), "claims": len(changed), "raw": gone, "entries": entries}
        audit.append(
            connection, at=ledger.clock(), author=ledger.author, action=audit.REDACT, subject="person", after=told
        )
    _wipe(ledger)
    return Redacted(len(touched), len(changed), others + len(entries), gone)


def covered(text: str, spans: Iterable[Span]) -> str:
    """A text with some stretches covered, as long as before."""
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = audit.COVER * len(letters[span.start : span.end])
    return "".join(letters)


def _phrase(name: str) -> Phrase:
    words = plain(name)
    if sum(map(len, words)) < 2:
        raise LedgerError(f"{name!r} is no name", "give at least two letters")
    return Phrase(tuple(openings(words[0]).items()), tuple(words[1:]))


def _spans(text: str, phrases: Sequence[Phrase]) -> list[Span]:
    words = list(placed(text))
    told = [word.text for word in words]
    return [
        Span(words[first].span.start, words[end - 1].span.end)
        for phrase in phrases
        for first, end, _ in found(phrase, told)
    ]


def _walked(value: Any, cover: Cover, key: str = "") -> Any:
    """A JSON value with every string covered, but those that name rows."""
    if isinstance(value, str):
        return value if key in _KEYS else cover(value)
    if isinstance(value, list):
        return [_walked(item, cover, key) for item in value]
    if isinstance(value, dict):
        return {name: _walked(item, cover, name) for name, item in value.items()}
    return value


def _body(body: str, cover: Cover) -> str:
    value = json.loads(body)
    changed = _walked(value, cover)
    return body if changed == value else dumps(changed).decode()


def _reports(connection: Connection, cover: Cover, further: dict[str, list[Span]]) -> set[str]:
    touched = set()
    for key, outlet, body in connection.execute(select(reports.c.id, reports.c.outlet, reports.c.body)).all():
        changed = _body(body, cover)
        if key in further:
            value = json.loads(changed)
            changed = dumps({**value, "text": covered(value["text"], further[key])}).decode()
        if changed != body:
            touched.add(key)
            named = cover(outlet) if outlet else outlet
            connection.execute(update(reports).where(reports.c.id == key).values(body=changed, outlet=named))
    return touched


def _claims(connection: Connection, cover: Cover, touched: set[str]) -> dict[str, str]:
    """New versions of the claims that hold a name, and the reports they are of."""
    changed = {}
    for row in connection.execute(select(claims)).mappings().all():
        body = _body(row["body"], cover)
        origin = cover(row["origin"]) if row["origin"] else row["origin"]
        if body == row["body"] and origin == row["origin"]:
            continue
        version = hashlib.sha256(body.encode()).hexdigest()[:32]
        held = connection.execute(select(claims.c.version).where(claims.c.version == version)).first()
        if held is None:
            connection.execute(insert(claims), [{**row, "version": version, "body": body, "origin": origin}])
        for table in _CLAIMED:
            _moved(connection, table, row["version"], version, held is not None)
        connection.execute(delete(claims).where(claims.c.version == row["version"]))
        changed[row["version"]] = row["report"]
    search_index.drop(connection, [*changed, *touched])
    return changed


def _moved(connection: Connection, table: Table, old: str, new: str, known: bool) -> None:
    """Rows of one version as rows of another; those that the other has already are let go of."""
    if known:
        connection.execute(delete(table).where(table.c.version == old))
    else:
        connection.execute(update(table).where(table.c.version == old).values(version=new))


def _rows(connection: Connection, table: Table, cover: Cover) -> int:
    """Every text of a table covered; how many rows changed."""
    names = [c.name for c in table.columns if c.name not in _KEYS and c.type.python_type is str]
    keys = list(table.primary_key.columns)
    count = 0
    for row in connection.execute(select(table)).mappings().all():
        new = {name: _text(row[name], cover) for name in names if row[name] is not None}
        if all(row[name] == value for name, value in new.items()):
            continue
        count += 1
        if table is views:
            _view(connection, dict(row), new["body"])
            continue
        chosen = update(table)
        for key in keys:
            chosen = chosen.where(key == row[key.name])
        connection.execute(chosen.values(**new))
    return count


def _view(connection: Connection, row: dict[str, Any], body: str) -> None:
    standing = METADATA.tables["views_standing"]
    version = hashlib.sha256(row["kind"].encode() + b"\0" + body.encode()).hexdigest()[:32]
    held = connection.execute(select(views.c.version).where(views.c.version == version)).first()
    if held is None:
        connection.execute(insert(views), [{**row, "version": version, "body": body}])
    _moved(connection, standing, row["version"], version, held is not None)
    connection.execute(delete(views).where(views.c.version == row["version"]))


def _text(value: str, cover: Cover) -> str:
    """A text covered; JSON inside as JSON."""
    if value[:1] in '{["':
        try:
            return _body(value, cover)
        except ValueError:
            return cover(value)
    return cover(value)


def _entries(connection: Connection, cover: Cover) -> dict[str, str]:
    """The entries of the log that held a name, by number, with what their content hashes to now."""
    told = {}
    for row in connection.execute(select(log).order_by(log.c.seq)).mappings().all():
        new = {n: _text(row[n], cover) for n in ("author", "subject", "before", "after") if row[n] is not None}
        if any(row[name] != value for name, value in new.items()):
            connection.execute(update(log).where(log.c.seq == row["seq"]).values(**new))
            told[str(row["seq"])] = audit.content({**row, **new})
    return told


def _raw(connection: Connection, touched: set[str]) -> int:
    """Raw bytes of the reports let go of, their hashes kept."""
    digests = [
        digest
        for key, digest in connection.execute(select(reports.c.id, reports.c.raw_digest))
        if key in touched and digest
    ]
    gone = 0
    for digest in dict.fromkeys(digests):
        emptied = update(blobs).where(blobs.c.digest == digest, blobs.c.body != "").values(body="")
        gone += connection.execute(emptied).rowcount
    return gone


def _index_anew(connection: Connection, keys: set[str]) -> None:
    for key in sorted(keys):
        report = loads(Report, connection.execute(select(reports.c.body).where(reports.c.id == key)).scalar_one())
        chosen = (claims.c.report == key) & claims_standing.c.until.is_(None)
        rows = connection.execute(
            select(claims.c.version, claims.c.body).select_from(CLAIMS_BY_RUN).where(chosen)
        ).all()
        search_index.drop(connection, [key, *(version for version, _ in rows)])
        search_index.put(connection, [(report, True, [(version, loads(Claim, body)) for version, body in rows])])


def _wipe(ledger: Ledger) -> None:
    """What SQLite leaves of old rows in the file: written over."""
    if ledger.engine.dialect.name != "sqlite":
        return
    held = ledger.engine.raw_connection()
    try:
        cursor = held.cursor()
        for statement in (
            "INSERT INTO search_words(search_words) VALUES ('rebuild')", FORGET,
            "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)",
        ):  # fmt: skip
            cursor.execute(statement)
            cursor.fetchall()
        cursor.close()
    finally:
        held.close()


_OWN = (reports, claims, blobs, log, *_CLAIMED[:1])
