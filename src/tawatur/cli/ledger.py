"""``tawatur ledger``: the record of what was read and found, kept for a team."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tawatur.cli.common import json_option, on_terminal, plain, print_json
from tawatur.cli.keys import asked, asked_for_backup, first_key
from tawatur.errors import LedgerError

if TYPE_CHECKING:
    from tawatur.ledger import Key, Ledger
    from tawatur.model import Claim, Comparison, Judgement

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 20

url_option = click.option(
    "--ledger",
    "url",
    metavar="URL",
    envvar="TAWATUR_LEDGER",
    help="sqlite:///FILE (encrypted: sqlite:///FILE?key_file=KEY) or postgresql://USER@HOST/NAME; without it a file in "
    "your data folder.",
)


def default_url() -> str:
    """The address of the ledger in the user's data folder."""
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('tawatur') / 'ledger.db'}"


def ready(url: str | None) -> Key | None:
    """The key to a ledger that will be written to; one that is a file is opened and closed.

    So what is wrong with it is told before hours of work. Raises LedgerError.
    """
    from tawatur.ledger import file_of, key_of

    address = url or default_url()
    file = file_of(address)
    if file is None or not file.exists():
        return key_of(address)
    key = asked(address)
    with opened(url, key=key):
        return key


@contextmanager
def opened(url: str | None, *, create: bool = False, key: Key | None = None) -> Iterator[Ledger]:
    """The ledger at an address, or the one in the data folder; let go of at the end."""
    from tawatur.ledger import file_of, open_ledger

    address = url or default_url()
    file = file_of(address)
    if create and file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    held = open_ledger(address, create=create, key=key or asked(address))
    try:
        yield held
    finally:
        held.close()


def keep(
    comparison: Comparison,
    url: str | None,
    regroup: Callable[[tuple[Judgement, ...], tuple[Claim, ...]], Comparison],
    key: Key | None = None,
) -> str:
    """Write to the ledger that was named, or to the one in the data folder where there is one; what was done.

    ``key`` is what ``ready`` gave.
    ``regroup`` makes the comparison anew with what people decided in that ledger about pairs of its claims, and with
    the claims that they added to its reports.
    """
    from tawatur.ledger import automatic_backup, file_of, keep_raw

    file = file_of(default_url())
    if url is None and (file is None or not file.exists()):
        return ""
    with opened(url, create=True, key=key) as held:
        run = held.write(comparison, regroup)
        keep_raw(held, comparison.reports)
        told = f"Ledger: {held.engine.url.render_as_string()}, run {run}"
        try:
            copied = automatic_backup(held)
        except (LedgerError, OSError) as error:
            return f"{told}; NO BACKUP could be made: {error}"
        return f"{told}; backup {copied}" if copied else told


@click.group()
def ledger() -> None:
    """The record of what was read and found: who said so, since when, and what changed.

    \b
    Start with:
      tawatur ledger init
      tawatur run my-reports --ledger sqlite:///my.db
    """


@ledger.command()
@click.option("--encrypt", "sealed", is_flag=True, help="Encrypt it: under the key of key_file, which is made where "
              "none is, of TAWATUR_LEDGER_KEY, or under one that is asked for.")  # fmt: skip
@url_option
def init(sealed: bool, url: str | None) -> None:
    """Make a ledger where none is; one that is there is left as it is."""
    with opened(url, create=True, key=first_key(url or default_url()) if sealed else None) as made:
        click.echo(f"Ledger: {made.engine.url.render_as_string()}{', encrypted' if made.key else ''}")


@ledger.command()
@url_option
@json_option
def status(url: str | None, as_json: bool) -> None:
    """How many runs, reports, claims and events are held, and the anchor of the audit log."""
    with opened(url) as held:
        told = {**held.status(), "encrypted": held.key is not None, "backups": _backups(held)}
    if as_json or not on_terminal():
        print_json(told)
        return
    for name, value in told.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name.replace('_', ' '):<10} {shown if shown is not None else '-'}")


def _backups(held: Ledger) -> dict[str, Any] | None:
    """How many backups there are, how old the newest is, and where they lie; None where they are turned off."""
    from tawatur.ledger import backups_of, folder_for

    folder = folder_for(held)
    if folder is None:
        return None
    found = backups_of(folder)
    hours = round((datetime.now(UTC) - found[-1][1]).total_seconds() / 3600, 1) if found else None
    return {"count": len(found), "newest_hours": hours, "folder": str(folder)}


@ledger.command()
@url_option
@click.option("--anchor", metavar="TEXT", help="An anchor that status printed before: shows a cut-off log.")
@click.pass_context
def verify(context: click.Context, url: str | None, anchor: str | None) -> None:
    """Check the database, every row and the audit log; exit code 1 when something is wrong."""
    from tawatur.ledger import Anchor

    known = Anchor.parse(anchor) if anchor else None
    with opened(url) as held:
        wrong, stands = held.verify(known), held.anchor()
    for line in wrong[:SHOWN]:
        click.echo(plain(line))
    if len(wrong) > SHOWN:
        click.echo(f"and {len(wrong) - SHOWN} more")
    if not wrong:
        click.echo(f"In order. Anchor: {stands}")
    context.exit(1 if wrong else 0)


@ledger.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@url_option
@click.option("--encrypt", "sealed", is_flag=True, help="Behind a password: asked for, or TAWATUR_PASSWORD.")
def backup(folder: Path, url: str | None, sealed: bool) -> None:
    """Copy the ledger into FOLDER while others work, and check the copy; the ten newest are kept."""
    from tawatur.ledger import backup as copy
    from tawatur.ledger import encrypt

    with opened(url) as held:
        if not sealed:
            click.echo(f"Backup: {copy(held, folder)}")
            return
        told = password(confirm=True)
        with TemporaryDirectory() as plain_folder:
            made = copy(held, Path(plain_folder))
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{made.name}.encrypted"
            encrypt(made, target, told)
            click.echo(f"Backup: {target}")


@ledger.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@url_option
def restore(path: Path, url: str | None) -> None:
    """Make the backup at PATH, a file or the folder of a dump, the ledger at an address where none is."""
    from tawatur.ledger import decrypt, is_encrypted
    from tawatur.ledger import restore as bring

    with TemporaryDirectory() as folder:
        if is_encrypted(path):
            opened_path = Path(folder, "opened")
            decrypt(path, opened_path, password())
            path = opened_path
        address = url or default_url()
        made = bring(path, address, asked_for_backup(path, address))
    click.echo(f"Ledger: {made.engine.url.render_as_string()}, {made.status()['claims']} claims")
    made.close()


@ledger.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@url_option
@click.option("--form", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True)
def dump(folder: Path, url: str | None, form: Any) -> None:
    """Write the whole record into FOLDER, a file a table, with a manifest; restore reads it back."""
    from tawatur.ledger import dump as write

    with opened(url) as held:
        click.echo(f"Dump: {folder}, {write(held, folder, form)} rows")


@ledger.command()
@url_option
@click.option("--fix", is_flag=True, help="Mend what is safe to mend: the search index, a missing backup.")
@json_option
@click.pass_context
def doctor(context: click.Context, url: str | None, fix: bool, as_json: bool) -> None:
    """Look a ledger over and say what to do about what is wrong; exit code 1 when something is."""
    from tawatur.ledger import examine

    with opened(url) as held:
        found = examine(held, fix=fix)
    if as_json or not on_terminal():
        print_json([asdict(check) for check in found])
    else:
        for check in found:
            mark = "mended" if check.mended else "well" if check.well else "ILL"
            click.echo(plain(f"{check.name:<13} {mark:<7} {check.told}{'; ' + check.advice if check.advice else ''}"))
    context.exit(0 if all(check.well for check in found) else 1)


@ledger.command("redact")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@url_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def cover(names: tuple[str, ...], url: str | None, yes: bool) -> None:
    """Cover a person's names everywhere in the record, in every spelling. This cannot be undone.

    Spans, counts and the audit log stay whole. Backups from before still hold the names: they are listed.
    """
    from tawatur.ledger import backups_of, folder_for, redact

    if not yes:
        click.confirm("What is covered cannot be brought back. Go on?", abort=True)
    with opened(url) as held:
        folder = folder_for(held)
        before = backups_of(folder) if folder else []
        done = redact(held, names)
    rows = f"{done.reports} reports, {done.claims} claims, {done.others} other rows"
    click.echo(f"Covered in {rows}; {done.raw} files let go of.")
    for path, _ in before:
        click.echo(f"Still holds it: {path}")


def password(*, confirm: bool = False) -> str:
    """The password of the environment, or one that is asked for."""
    told = os.environ.get("TAWATUR_PASSWORD")
    return told or str(click.prompt("Password", hide_input=True, confirmation_prompt=confirm, err=True))


@ledger.command()
@url_option
def migrate(url: str | None) -> None:
    """Bring a ledger of an older version to this one, all at once or not at all."""
    from tawatur.ledger import bring_up

    steps = bring_up(url or default_url(), asked(url or default_url()))
    click.echo("\n".join(steps) or "Nothing to do.")


@ledger.command()
@click.argument("since")
@click.option("--until", metavar="WHEN", help="The later moment; now when left out.")
@url_option
@json_option
def diff(since: str, until: str | None, url: str | None, as_json: bool) -> None:
    """Claims that came, went or changed since a run (its number) or a time (ISO 8601)."""
    from tawatur.ledger import changes

    with opened(url) as held:
        found = changes(held, _moment(since), _moment(until) if until else None)
        texts = {report.id: report.text for report in held.reports()}
    if as_json or not on_terminal():
        ids = {"came": [c.id for c in found.came], "went": [c.id for c in found.went]}
        print_json({**ids, "changed": [after.id for _, after in found.changed]})
        return
    for sign, rows in (("+", found.came), ("-", found.went), ("~", tuple(after for _, after in found.changed))):
        for claim in rows:
            click.echo(f"{sign} {_line(claim, texts)}")


def _line(claim: Claim, texts: dict[str, str]) -> str:
    return plain(f"{claim.id} {claim.event_type}, {claim.status}: {claim.span.of(texts.get(claim.report, ''))}")


def _moment(text: str) -> int | str:
    return int(text) if text.isdecimal() else text
