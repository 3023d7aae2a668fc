"""A path in, the SQLite file behind an index of copies out: its form, who may read it, and what is told of a bad one.

Tables: ``reports`` (number, id, place in the order of publication), ``texts`` (the report, packed), ``holders`` and
``others`` (sampled shingle and report: those that stand for the shingle in the index, and those that only have it),
``briefs`` (those that have a single one), ``links`` (the later report, the earlier one, what they share).
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path

from tawatur.copies.table import table
from tawatur.copies.words import Corpus
from tawatur.errors import FormatError, InputError
from tawatur.model import Report, Span

_DECIDING = ("align", "dates", "direction", "find", "index_placing", "shingles", "verify", "words")  # modules
FORM = 2  # of the tables; a file of a higher one was written by a newer tawatur
KIND = 0x7477_6370  # application id: twcp
_MAGIC = b"SQLite format 3\0"
_WAIT = 30.0  # seconds for another run that writes
_ANEW = "name another file; if it was an index, set it aside and give all reports again"
_TABLES = """
CREATE TABLE method (digest TEXT NOT NULL);
CREATE TABLE reports (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, place TEXT NOT NULL UNIQUE);
CREATE TABLE texts (n INTEGER PRIMARY KEY, report BLOB NOT NULL);
CREATE TABLE holders (shingle INTEGER, report INTEGER, PRIMARY KEY (shingle, report)) WITHOUT ROWID;
CREATE TABLE others (shingle INTEGER, report INTEGER, PRIMARY KEY (shingle, report)) WITHOUT ROWID;
CREATE TABLE briefs (n INTEGER PRIMARY KEY);
CREATE TABLE links (
    later INTEGER, earlier INTEGER, way INTEGER NOT NULL, shared TEXT NOT NULL, PRIMARY KEY (later, earlier)
) WITHOUT ROWID;
CREATE INDEX links_earlier ON links (earlier, later);
"""
_PROBE = "أُخْلِيَتْ مدينةٌ إلى ٣ آبار ى ئ ؤ ـ، Café Straße 12,500 İ x²"  # what folding might treat otherwise one day
_TUPLES = {"checks", "fields", "pages"}


def connect(path: Path) -> sqlite3.Connection:
    """The file, made when it is not there, readable by its owner alone as it holds the texts.

    Raises FormatError when it is no such file, is damaged, or was written by a newer tawatur.
    """
    with told(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        head = _head(path)
        if head and not head.startswith(_MAGIC):
            raise FormatError(f"{path}: is no index of copies, or a damaged one", _ANEW)
        db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        try:
            _opened(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _opened(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA cache_size = -65536")
    with writing(db):
        kind, form = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
            _make(db)
            return
    if kind != KIND:
        raise FormatError(f"{path}: is no index of copies", "name another file")
    if form > FORM:
        raise FormatError(f"{path}: was written by a newer tawatur (form {form}, known {FORM})", "update tawatur")
    if not _is_whole(path):
        raise FormatError(f"{path}: the index of copies is damaged (cut off)", _ANEW)
    if form < FORM:
        with writing(db):
            db.execute("CREATE TABLE IF NOT EXISTS briefs (n INTEGER PRIMARY KEY)")  # filled as all are placed anew
            db.execute("DELETE FROM method")
            db.execute(f"PRAGMA user_version = {FORM}")


def _make(db: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";"):
        db.execute(statement)
    db.execute("INSERT INTO method VALUES (?)", (method(),))
    db.execute(f"PRAGMA application_id = {KIND}")
    db.execute(f"PRAGMA user_version = {FORM}")


def _is_whole(path: Path) -> bool:
    """Whether the file has the pages that its head tells of (SQLite file format, offsets 16 and 28)."""
    head = _head(path)
    size = int.from_bytes(head[16:18], "big")
    return path.stat().st_size >= (65536 if size == 1 else size) * int.from_bytes(head[28:32], "big")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(32)


def method() -> str:
    """A digest of all that decides a link beside the reports: code, folding, hashing, the lists of names and cues."""
    code = [(Path(__file__).parent / f"{name}.py").read_text("utf-8") for name in _DECIDING]
    names = table()
    lists = [sorted(names.agency.items()), *map(sorted, (names.credit, names.unnamed, names.classes, names.body))]
    probe = list(Corpus([Report.make(_PROBE)]).words[0])
    decides = json.dumps([code, lists, probe], ensure_ascii=False)
    return blake2b(decides.encode(), digest_size=16).hexdigest()


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: what a kill leaves half done is undone when the file is opened next."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.rollback()
        raise
    db.commit()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite raises, as one line on the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        advice = (
            "wait for the other run" if "locked" in str(error) else "see that there is room and that it may be used"
        )
        raise InputError(f"{path}: the index of copies cannot be used ({error})", advice) from error
    except sqlite3.DatabaseError as error:
        raise FormatError(f"{path}: is no index of copies, or a damaged one ({error})", _ANEW) from error


@contextmanager
def sound(what: str) -> Iterator[None]:
    """What was read and makes no sense is an error of the file."""
    try:
        yield
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise sqlite3.DatabaseError(f"{what} cannot be read: {error}") from error


def packed(report: Report) -> bytes:
    """A report as the file holds it."""
    kept = {f.name: getattr(report, f.name) for f in fields(report)}
    return zlib.compress(json.dumps(kept | {"checks": [(s.start, s.end) for s in report.checks]}).encode(), 3)


def unpacked(blob: bytes) -> Report:
    """The report that was packed."""
    with sound("a text"):
        kept = json.loads(zlib.decompress(blob))
        return Report(
            **{name: value for name, value in kept.items() if name not in _TUPLES},
            checks=tuple(Span(*pair) for pair in kept["checks"]),
            fields=tuple((name, value) for name, value in kept["fields"]),
            pages=tuple(kept["pages"]),
        )
