"""Keys to encrypted ledgers on a terminal: asked for, never shown, never in an argument."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tawatur.errors import LedgerError

if TYPE_CHECKING:
    from tawatur.ledger import Key


def asked(address: str) -> Key | None:
    """The key to an encrypted ledger, where none is told and somebody can be asked; else None."""
    from tawatur.ledger import file_of, lacks_key

    return _prompted(f"Key of {file_of(address)}") if lacks_key(address) else None


def asked_for_backup(path: Path, address: str) -> Key | None:
    """The key to an encrypted backup that becomes the ledger at an address, in the same way."""
    from tawatur.ledger import is_sealed, key_of

    return _prompted(f"Key of {path.name}") if is_sealed(path) and key_of(address) is None else None


def first_key(address: str) -> Key:
    """The key for a ledger that will be encrypted: told, made in the key file that the address names, or asked for."""
    from tawatur.ledger import file_of, key_file_of, key_of

    path, file = key_file_of(address), file_of(address)
    if file is None:
        raise LedgerError("a ledger on PostgreSQL takes no key", "encrypt the disk of its server")
    if path is not None and not path.exists() and not file.exists():
        return made(path, file)
    return key_of(address) or asked_twice(
        "New key of the ledger", "add ?key_file=FILE to its address, or set TAWATUR_LEDGER_KEY"
    )


def made(path: Path, ledger: Path) -> Key:
    """A new key in a new file; told."""
    from tawatur.ledger import make_key

    key = make_key(path, ledger)
    click.echo(f"Key: {path}, new. Keep a copy elsewhere: without it nobody reads the ledger again.")
    return key


def asked_twice(what: str, advice: str) -> Key:
    """A new key, asked for twice. Raises LedgerError where nobody can be asked."""
    if (key := _prompted(what, confirm=True)) is None:
        raise LedgerError("no key was given", advice)
    return key


def _prompted(what: str, *, confirm: bool = False) -> Key | None:
    from tawatur.ledger import Key

    if not sys.stdin.isatty():
        return None
    return Key(str(click.prompt(what, hide_input=True, confirmation_prompt=confirm, err=True)))
