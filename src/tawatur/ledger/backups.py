"""Backups of a ledger: taken while others work, checked before they count, old ones let go."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from tawatur.errors import LedgerError
from tawatur.ledger.connect import file_of, key_of, reading, writing
from tawatur.ledger.dumping import MANIFEST, Form, check, load, write
from tawatur.ledger.file_copies import copy
from tawatur.ledger.keys import Key, form_of
from tawatur.ledger.record import Ledger, open_file, open_ledger
from tawatur.ledger.restoring import check_restore
from tawatur.ledger.rights import at_work

EVERY = timedelta(days=1)  # at most so often does a backup make itself
KEPT = 10  # backups of one ledger in a folder, beyond which the oldest go
_SUFFIX = ".ledger"
_NAMED = re.compile(r"(\d{20})\.ledger")


def backup(ledger: Ledger, folder: Path) -> Path:
    """A checked copy of the ledger in a folder; its path, a file for SQLite and a folder for PostgreSQL.

    Of an encrypted ledger it is encrypted under the same key. A copy that does not verify is removed and LedgerError
    raised. Beyond ``KEPT`` copies the oldest are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = "".join(char for char in ledger.clock() if char.isdigit())[:20]
    path = folder / f"{stamp}{_SUFFIX}"
    file = file_of(str(ledger.engine.url))
    draft = path.with_suffix(".draft")
    try:
        if file is None:
            dump(ledger, draft)
            check(draft)
        else:
            copy(file, draft, ledger.key, ledger.key)
            _verify(draft, ledger.key)
        draft.replace(path)
    finally:
        _remove(draft)
    for old in sorted(folder.glob(f"*{_SUFFIX}"))[:-KEPT]:
        _remove(old)
    return path


def automatic_backup(ledger: Ledger, *, least: timedelta = EVERY) -> Path | None:
    """A backup beside the ledger when the newest is older than ``least``; its path, None when none was needed.

    On by default; the environment variable ``TAWATUR_BACKUPS`` names another folder, or turns them ``off``.
    """
    folder = folder_for(ledger)
    if folder is None:
        return None
    held = backups_of(folder)
    if held and datetime.now(UTC) - held[-1][1] < least:
        return None
    return backup(ledger, folder)


def folder_for(ledger: Ledger) -> Path | None:
    """Where a ledger's own backups lie: beside its file, or for PostgreSQL in the user's data folder; None when off."""
    told = os.environ.get("TAWATUR_BACKUPS", "")
    if told.lower() in ("off", "no", "0"):
        return None
    file = file_of(str(ledger.engine.url))
    if file is not None:
        return Path(told) / file.name if told else file.with_name(f"{file.name}.backups")
    name = sha256(ledger.engine.url.render_as_string().encode()).hexdigest()[:16]
    return Path(told) / name if told else user_data_path("tawatur") / "backups" / name


def backups_of(folder: Path) -> list[tuple[Path, datetime]]:
    """The backups in a folder with the time each was taken at, the oldest first."""
    named = ((path, _NAMED.fullmatch(path.name)) for path in folder.glob(f"*{_SUFFIX}"))
    found = [
        (path, datetime.strptime(match[1], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)) for path, match in named if match
    ]
    return sorted(found, key=lambda one: one[1])


def restore(path: Path, url: str, key: Key | None = None) -> Ledger:
    """A backup as the ledger at an address where none is; opened.

    With a key, given or told as for ``open_ledger``, the ledger is encrypted; a backup that is must be so under it.
    Raises LedgerError when one is there, RightsError where the backup has users and who is at work is no admin of it.
    """
    file, key = file_of(url), key or key_of(url)
    if file is not None and file.exists():
        raise LedgerError(f"{file} is there already", "restore to another place, then compare and exchange them")
    if path.is_dir() and (path / MANIFEST).exists():
        check_restore(path, at_work())
        ledger = open_ledger(url, create=True, key=key)
        try:
            with writing(ledger.engine) as connection:
                load(connection, path)
        except BaseException:
            ledger.close()
            raise
    elif file is not None and path.is_file():
        held = key if form_of(path) == "sealed" else None
        _verify(path, held)
        check_restore(path, at_work(), held)
        draft = file.with_name(file.name + ".draft")
        draft.unlink(missing_ok=True)
        copy(path, draft, held, key)
        draft.replace(file)
        ledger = open_ledger(url, key=key)
    else:
        raise LedgerError(f"{path} is no backup for this kind of ledger", "give a backup file, or the folder of a dump")
    if wrong := ledger.verify():
        ledger.close()
        raise LedgerError(f"what was restored is damaged: {wrong[0]}", "take another backup")
    return ledger


def dump(ledger: Ledger, folder: Path, form: Form = "jsonl") -> int:
    """The whole record into an empty folder as JSON lines or Parquet with a manifest; the number of rows."""
    with reading(ledger.engine) as connection:
        manifest = write(connection, folder, form)
        return sum(int(table["rows"]) for table in manifest["tables"].values())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _verify(path: Path, key: Key | None) -> None:
    copy = open_file(path, key)
    try:
        wrong = copy.verify()
    finally:
        copy.close()
    if wrong:
        raise LedgerError(f"{path} is damaged: {wrong[0]}", "run tawatur ledger verify on the ledger itself")
