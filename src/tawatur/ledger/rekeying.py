"""A ledger file in, the same under another key out: encrypted, decrypted, or its key changed.

It is written anew beside the old one and checked before it takes its place, so a kill at any moment leaves the old one
or the new one, whole. Nobody else has it open meanwhile. The old one is written over then, as far as the disk does so,
unless it has another name by which it is kept.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from tawatur.errors import LedgerError
from tawatur.ledger import audit, sealed
from tawatur.ledger.audit import Anchor
from tawatur.ledger.connect import file_of
from tawatur.ledger.file_copies import settle
from tawatur.ledger.keys import Key
from tawatur.ledger.record import open_file, open_ledger
from tawatur.ledger.rights import acting

_CHUNK = 1 << 20


def rekey(url: str, new: Key | None, *, key: Key | None = None) -> None:
    """Bring the ledger at an address under another key, ``new``; None makes it a plain file. Backups stay as they are.

    ``key`` opens it as for ``open_ledger``. Raises LedgerError where it is no file, is damaged, has that key already or
    is open elsewhere, RightsError where it has users and who is at work is no admin; nothing is touched then.
    """
    file = file_of(url)
    if file is None:
        raise LedgerError("a ledger on PostgreSQL has no key of its own", "encrypt the disk of its server")
    ledger = open_ledger(url, key=key)
    try:
        old = ledger.key
        if old == new:
            raise LedgerError(f"{file} is {'under that key' if new else 'plain'} already", "give another key")
        with acting(ledger, ledger.author, "change the key"):
            pass
        if wrong := ledger.verify():
            raise LedgerError(f"{file} is damaged: {wrong[0]}", "restore a backup first")
        known = ledger.anchor()
    finally:
        ledger.close()
    file = file.resolve()
    draft = file.with_name(file.name + ".draft")
    _remove(draft)
    try:
        draft.touch(0o600)
        shutil.copymode(file, draft)
        with _alone(file, old) as held, file.open("rb+") as before:
            sealed.write_anew(held, draft, new)
            _signed(draft, new, known, was=old is not None)
            settle(draft, new)
            if os.name == "nt":  # where no file that is open can be replaced
                held.close()
                before.close()
            draft.replace(file)
            if os.name != "nt" and not os.fstat(before.fileno()).st_nlink:
                _write_over(before)  # so that whoever waits to open the old one finds no ledger there any more
    finally:
        _remove(draft)


@contextmanager
def _alone(file: Path, key: Key | None) -> Iterator[Any]:
    """A connection to a file that nobody else has open, or can open meanwhile."""
    driver: Any = sealed.driver()
    held = None
    try:
        settle(file, key)  # refused while another connection is open, by the library that this process opens it with
        held = sealed.opened(file, key, by=driver)
        held.execute("PRAGMA locking_mode=EXCLUSIVE")
        held.execute("PRAGMA journal_mode=DELETE")
        held.execute("BEGIN EXCLUSIVE")
        held.execute("COMMIT")
        yield held
    except sealed.errors(True) as error:
        raise LedgerError(f"{file} is open elsewhere, or its disk ails ({error})", "let the others close it") from error
    finally:
        if held is not None:
            held.close()


def _signed(draft: Path, key: Key | None, known: Anchor, *, was: bool) -> None:
    """Tell the audit log of a copy, and check it."""
    copy = open_file(draft, key)
    try:
        with acting(copy, copy.author, "change the key") as connection:
            old, now = ({"encrypted": encrypted} for encrypted in (was, key is not None))
            audit.append(
                connection, at=copy.clock(), author=copy.author, action="rekey", subject="", before=old, after=now
            )
        wrong = copy.verify(known)
    finally:
        copy.close()
    if wrong:
        raise LedgerError(f"{draft} does not verify: {wrong[0]}", "nothing was changed; check the disk")


def _write_over(old: BinaryIO) -> None:
    size = old.seek(0, os.SEEK_END)
    old.seek(0)
    for at in range(0, size, _CHUNK):
        old.write(secrets.token_bytes(min(_CHUNK, size - at)))
    old.flush()
    os.fsync(old.fileno())


def _remove(draft: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        draft.with_name(draft.name + end).unlink(missing_ok=True)
