"""``tawatur ledger rekey``: a ledger encrypted, decrypted, or brought under another key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tawatur.cli.keys import asked, asked_twice, made
from tawatur.cli.ledger import default_url, opened, url_option
from tawatur.cli.ledger_adding import ledger

if TYPE_CHECKING:
    from tawatur.ledger import Key

__all__ = ["ledger", "rekey"]

NEW = "TAWATUR_LEDGER_NEW_KEY"


@ledger.command()
@click.option("--key-file", "path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="The key from now on; it is made where none is.")  # fmt: skip
@click.option("--plain", "decrypted", is_flag=True, help="Not encrypted from now on.")
@url_option
def rekey(path: Path | None, decrypted: bool, url: str | None) -> None:
    """Encrypt a ledger that is a file, or give it another key: that of --key-file, of TAWATUR_LEDGER_NEW_KEY, or one
    that is asked for.

    Nobody else may have it open. It is written anew and checked before it takes the place of the old file, which is
    written over then. Backups stay under the key that they were made with: they are listed.

    \b
    Examples:
      tawatur ledger rekey --ledger sqlite:///my.db --key-file ~/keys/my.key
      tawatur ledger rekey --ledger "sqlite:///my.db?key_file=$HOME/keys/my.key" --plain
    """
    from tawatur.ledger import backups_of, file_of, folder_for
    from tawatur.ledger import rekey as bring_under

    if path is not None and decrypted:
        raise click.BadParameter("--key-file and --plain exclude each other")
    address = url or default_url()
    old = asked(address)
    with opened(address, key=old) as held:
        folder = folder_for(held)
        before = backups_of(folder) if folder else []
    new = None if decrypted else _new(path, file_of(address))
    bring_under(address, new, key=old)
    click.echo(f"Ledger: {file_of(address)}, {'encrypted' if new else 'not encrypted'}")
    for backup, _ in before:
        click.echo(f"As it was before: {backup}")


def _new(path: Path | None, file: Path | None) -> Key:
    from tawatur.ledger import Key, read_key

    if path is not None and file is not None:
        return read_key(path, file) if path.exists() else made(path, file)
    if told := os.environ.get(NEW):
        return Key(told)
    return asked_twice("New key of the ledger", f"give --key-file FILE, or set {NEW}; --plain takes the key away")
