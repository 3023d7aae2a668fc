"""A ledger in, what is well with it and what is not out, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from tawatur.errors import LedgerError
from tawatur.ledger import audit, search_index, search_vocabulary
from tawatur.ledger.backups import automatic_backup, backups_of, folder_for
from tawatur.ledger.blobs import unpacked
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.migrations import STEPS
from tawatur.ledger.record import Ledger
from tawatur.ledger.schema import blobs, claims, claims_standing, migrations, reports
from tawatur.ledger.search_index import OF_CLAIM
from tawatur.ledger.search_tables import texts
from tawatur.ledger.verifying import faults

RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, what was found, and what to do (empty when it is well)."""

    name: str
    well: bool
    told: str
    advice: str = ""
    mended: bool = False


def examine(ledger: Ledger, *, fix: bool = False) -> tuple[Check, ...]:
    """All checks. ``fix`` mends what is safe to mend: the search index is made anew, a backup is made."""
    found = tuple(_checks(ledger))
    if not fix:
        return found
    ill = {check.name for check in found if not check.well}
    mended: set[str] = set()
    if "search index" in ill:
        with writing(ledger.engine) as connection:
            search_index.rebuild(connection)
        mended.add("search index")
    if "backups" in ill and not ill & {"content", "audit log"}:
        automatic_backup(ledger, least=timedelta(0))
        mended.add("backups")
    again = found if not mended else tuple(_checks(ledger))
    return tuple(_after(check, mended) for check in again)


def _after(check: Check, mended: set[str]) -> Check:
    return Check(check.name, check.well, check.told, check.advice, check.name in mended and check.well)


def _checks(ledger: Ledger) -> Iterator[Check]:
    with reading(ledger.engine) as connection:
        yield _schema(connection)
        wrong = list(faults(connection))
        yield _check(
            "content", wrong, "the database and every row are in order", "restore the newest backup that verifies"
        )
        broken = list(audit.faults(connection))
        yield _check("audit log", broken, f"{audit.count(connection)} entries follow one another",
                     "find out who changed it; compare with a backup and a printed anchor")  # fmt: skip
        yield _check("orphans", list(_orphans(connection)), "no row is left alone", "restore a backup, or report this")
        yield _raw(connection)
    yield _index(ledger)
    yield _backups(ledger)


def _check(name: str, wrong: list[str], well: str, advice: str) -> Check:
    if not wrong:
        return Check(name, True, well)
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return Check(name, False, wrong[0] + more, advice)


def _schema(connection: Connection) -> Check:
    seen = connection.execute(select(func.count()).select_from(migrations)).scalar_one()
    if seen == len(STEPS):
        return Check("schema", True, f"{STEPS[-1][0]}")
    return Check("schema", False, f"{seen} of {len(STEPS)} steps", "run tawatur ledger migrate")


def _orphans(connection: Connection) -> Iterator[str]:
    never = select(claims.c.version).where(claims.c.version.not_in(select(claims_standing.c.version))).limit(3)
    for version in connection.execute(never).scalars():
        yield f"claim version {version} never stood"


def _raw(connection: Connection) -> Check:
    """Whether the kept bytes are what their hash says, and how many reports have none."""
    broken = [
        digest for digest, body in connection.execute(select(blobs.c.digest, blobs.c.body)) if _is_broken(digest, body)
    ]
    if broken:
        return Check(
            "raw bytes", False, f"{len(broken)} files are damaged", "restore a backup, or read the files again"
        )
    wanted = set(connection.execute(select(reports.c.raw_digest).where(reports.c.raw_digest != "")).scalars())
    missing = len(wanted - set(connection.execute(select(blobs.c.digest)).scalars()))
    told = f"{len(wanted) - missing} of {len(wanted)} files are kept"
    return Check("raw bytes", not missing, told, "run the same files again with --ledger" if missing else "")


def _is_broken(digest: str, body: str) -> bool:
    if not body:  # let go of by a redaction
        return False
    try:
        return sha256(unpacked(body)).hexdigest() != digest
    except LedgerError:
        return True


def _index(ledger: Ledger) -> Check:
    """Whether what is searched is what stands."""
    mend = "run tawatur ledger doctor --fix"
    with reading(ledger.engine) as connection:
        standing = select(claims_standing.c.version).where(claims_standing.c.until.is_(None))
        indexed = select(texts.c.ref).where(texts.c.part == OF_CLAIM)
        read = select(texts.c.ref).where(texts.c.part != OF_CLAIM)
        queries = (
            standing.where(claims_standing.c.version.not_in(indexed)), indexed.where(texts.c.ref.not_in(standing)),
            select(reports.c.id).where(reports.c.id.not_in(read)),
        )  # fmt: skip
        off = sum(connection.execute(select(func.count()).select_from(q.subquery())).scalar_one() for q in queries)
    if off:
        return Check("search index", False, f"{off} texts are out of step", mend)
    if ledger.engine.dialect.name == "sqlite":
        try:
            with writing(ledger.engine) as connection:
                connection.execute(text("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)"))
                unknown = search_vocabulary.missing(connection)
        except (LedgerError, DBAPIError) as error:
            return Check("search index", False, f"the full text is out of step ({error})", mend)
        if unknown:
            return Check("search index", False, f"{unknown} words of the full text would not be found", mend)
    return Check("search index", True, "in step with the record")


def _backups(ledger: Ledger) -> Check:
    folder = folder_for(ledger)
    if folder is None:
        return Check("backups", True, "turned off by TAWATUR_BACKUPS")
    held = backups_of(folder)
    if not held:
        return Check("backups", False, f"none in {folder}", "run tawatur ledger backup, or doctor --fix")
    newest, at = held[-1]
    age = datetime.now(UTC) - at
    told = f"{len(held)} in {folder}, the newest {age.days} days old ({Path(newest).name})"
    return Check("backups", age <= RECENT, told, "" if age <= RECENT else "run tawatur ledger backup, or doctor --fix")
