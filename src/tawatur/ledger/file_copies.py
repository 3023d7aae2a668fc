"""A SQLite file in, one state of it as another file out, under the same key or another; on disk when it returns."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from tawatur.errors import LedgerError
from tawatur.ledger import sealed
from tawatur.ledger.keys import Key


def copy(source: Path, target: Path, old: Key | None, new: Key | None) -> None:
    """Copy a file that is under a key (``old``; None: plain) while others write to it. Nothing is at the target yet."""
    try:
        if old == new:
            with (
                closing(sealed.opened(source, old)) as held,
                closing(sealed.opened(target, new, "mode=rwc")) as made,
            ):
                held.backup(made)
        else:
            with closing(sealed.opened(source, old, by=sealed.driver())) as held:
                sealed.write_anew(held, target, new)
        settle(target, new)
    except sealed.errors(bool(old or new)) as error:
        raise LedgerError(
            f"{source} cannot be copied to {target} ({error})", "check both places and the disk"
        ) from error


def settle(file: Path, key: Key | None) -> None:
    """Make one file of a database that nobody has open: no log of writes beside it, and on disk."""
    with closing(sealed.opened(file, key)) as held:
        held.execute("PRAGMA journal_mode=DELETE")
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
