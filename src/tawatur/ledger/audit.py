"""The audit log: entries that each carry the hash of the one before, so that a change or a gap anywhere shows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from tawatur.codec import dumps
from tawatur.errors import LedgerError
from tawatur.ledger.schema import audit

START = "0" * 64
COVER = "█"  # stands for each letter that a redaction covered
REDACT = "redact"  # what an entry does that tells of covered ones


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the log stood: how many entries, and the hash of the last; printed elsewhere it shows truncation."""

    entries: int
    hash: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.hash}"

    @staticmethod
    def parse(text: str) -> Anchor:
        """An anchor as it was printed. Raises LedgerError for anything else."""
        match = re.fullmatch(r"(\d+):([0-9a-f]{64})", text.strip())
        if match is None:
            raise LedgerError(f"{text[:80]!r} is no anchor", "give it as tawatur ledger status printed it")
        return Anchor(int(match[1]), match[2])


def append(
    connection: Connection,
    *,
    at: str,
    author: str,
    action: str,
    subject: str,
    before: object = None,
    after: object = None,
) -> Anchor:
    """Add one entry, inside the transaction of what it tells of."""
    last = anchor(connection)
    row: dict[str, object] = {
        "seq": last.entries + 1,
        "at": at,
        "author": author,
        "action": action,
        "subject": subject,
        "before": _text(before),
        "after": _text(after),
        "previous": last.hash,
    }
    row["hash"] = content(row)
    connection.execute(insert(audit), [row])
    return Anchor(last.entries + 1, str(row["hash"]))


def anchor(connection: Connection) -> Anchor:
    """Where the log stands."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    return Anchor(last.seq, last.hash) if last else Anchor(0, START)


def faults(connection: Connection, known: Anchor | None = None) -> Iterator[str]:
    """What is wrong with the log, a line each; ``known`` is an anchor from before."""
    previous, expected, covered = START, 1, _redacted(connection)
    for row in connection.execute(select(audit).order_by(audit.c.seq)).mappings():
        if row["seq"] != expected:
            yield f"entry {expected} is missing before entry {row['seq']}"
        if row["previous"] != previous:
            yield f"entry {row['seq']} does not follow from the one before it"
        if row["hash"] != (now := content(dict(row))) and not (
            covered.get(str(row["seq"])) == now and _covered(dict(row))
        ):
            yield f"entry {row['seq']} was changed"
        if known and row["seq"] == known.entries and row["hash"] != known.hash:
            yield f"entry {row['seq']} is not the one that the anchor tells of"
        previous, expected = row["hash"], row["seq"] + 1
    if known and expected <= known.entries:
        yield f"the log ends at entry {expected - 1}; the anchor tells of {known.entries}"


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(audit)).scalar_one()


def _text(value: object) -> str | None:
    return None if value is None else dumps(value).decode()


def _covered(row: Mapping[str, object]) -> bool:
    return any(COVER in str(row[name]) for name in ("author", "subject", "before", "after"))


def redactions(connection: Connection) -> int:
    """How many redactions there were."""
    return connection.execute(select(func.count()).select_from(audit).where(audit.c.action == REDACT)).scalar_one()


def _redacted(connection: Connection) -> dict[str, str]:
    """By number, what the entries that redactions covered hash to, as the redactions tell."""
    told: dict[str, str] = {}
    for after in connection.execute(
        select(audit.c.after).where(audit.c.action == REDACT).order_by(audit.c.seq)
    ).scalars():
        told.update(json.loads(after)["entries"])
    return told


def content(row: Mapping[str, object]) -> str:
    """The hash of what an entry says and of the entry before."""
    names = ("seq", "at", "author", "action", "subject", "before", "after", "previous")
    return hashlib.sha256(dumps([row[name] for name in names])).hexdigest()
