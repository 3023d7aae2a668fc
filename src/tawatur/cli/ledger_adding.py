"""``tawatur ledger add``: reports into a record that is there; only what they touch is compared anew."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, json_option, on_terminal, pack_option, print_json, reading_options
from tawatur.cli.ledger import opened, url_option
from tawatur.cli.ledger_users import ledger

__all__ = ["add", "ledger"]

if TYPE_CHECKING:
    from tawatur.ledger import CaughtUp, Ledger


@ledger.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--whole", is_flag=True, help="Compare the whole record, not only what the new reports touch.")
@url_option
@reading_options
@pack_option
@json_option
@click.pass_context
def add(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    whole: bool,
    url: str | None,
    packs: tuple[Path, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Add reports to a ledger, and bring its events, findings and copies up to them.

    PATH is what tawatur run takes. What is in the ledger stays; only the events that the new reports touch are made
    anew. The whole record is compared the first time, when more than a fifth of it is new, and with --whole. Without
    PATH the ledger is brought up to reports that came in some other way.

    \b
    Examples:
      tawatur ledger add today.jsonl --ledger sqlite:///my.db
      tawatur ledger add --whole --ledger sqlite:///my.db
    """
    from tawatur.ledger import catch_up

    job = Job()
    with opened(url) as held:
        count = _taken_in(held, job, paths, packs, options) if paths else 0
        with job.telling() as tell:
            done = catch_up(held, whole=whole, on_issue=tell)
    if as_json or not on_terminal():
        print_json({"reports": count, **asdict(done)})
    else:
        click.echo(_told(count, done))
    context.exit(job.code)


def _taken_in(held: Ledger, job: Job, paths: tuple[str, ...], packs: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Read reports and take them in with their claims; how many."""
    from tawatur import extract
    from tawatur.ledger import keep_raw

    reports = list(job.each(paths, **options))
    held.add((report, extract(report, packs=packs)) for report in reports)
    keep_raw(held, reports)
    return len(reports)


def _told(count: int, done: CaughtUp) -> str:
    if not done.run:
        return f"{count} reports read; nothing is new."
    made = "the whole record was compared" if done.whole else f"{done.events} events made anew"
    return f"{count} reports read, {done.claims} claims looked at, {made}: run {done.run}."
