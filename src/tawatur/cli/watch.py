"""``tawatur watch``: reads what is put into folders as it comes, and keeps the page and the data up to date."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, column_option, input_options, judgements_option, paths_argument
from tawatur.cli.run import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.archive import Listed

DONE = "watched.json"  # in the folder of the result: the files that it was made from
SETTLED = 1.0  # seconds without a change after which files are taken for complete


@click.command()
@paths_argument
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the page and the data here, as tawatur run does.",
)
@click.option("--every", default=5.0, show_default=True, metavar="SECONDS", help="How often to look.")
@click.option("--once", is_flag=True, help="Look once, do what is to be done, and end (for cron).")
@column_option
@judgements_option
@input_options
def watch(paths: tuple[str, ...], out: Path, every: float, once: bool, judgements: Path | None, **options: Any) -> None:
    """Watch folders: whenever files come, change or go, do the whole job anew and replace the page and the data.

    A file counts once its size and time have stood still for a second; downloads under names of their own (.part,
    .crdownload) do not count. Claims of reports that were read before are taken from DIR, so only what is new costs
    time. What stood in DIR stays whole until the new result is. Ctrl-C ends it; started again, it goes on.

    \b
    Examples:
      tawatur watch inbox/ --out out/inbox
      tawatur watch inbox/ --out out/inbox --once
    """
    if every <= 0:
        raise click.BadParameter("give more than 0 seconds", param_hint="--every")
    if any(out.resolve().is_relative_to(Path(path).resolve()) for path in paths if Path(path).is_dir()):
        raise click.BadParameter("the result must lie outside of what is watched", param_hint="--out")
    for files in _changes(paths, out, every, once=once):
        job = Job()
        try:
            comparison = job.run(paths, out=out, judgements=judgements, **options)
        except click.exceptions.Exit:
            click.echo("nothing in it can be read yet", err=True)
        else:
            page = write(comparison, out)
            click.echo(
                f"{len(comparison.reports)} reports from {len(files)} file{'s' * (len(files) != 1)}: {page}", err=True
            )
        _mark(out, files)


def _changes(paths: tuple[str, ...], out: Path, every: float, *, once: bool) -> Iterator[tuple[Listed, ...]]:
    """The files each time that they have changed since the last result and stand still."""
    done = _marked(out)
    while True:
        files = _settled(paths)
        if files != done:
            done = files
            yield files
        if once:
            return
        time.sleep(every)


def _settled(paths: tuple[str, ...]) -> tuple[Listed, ...]:
    from tawatur.archive import inputs

    before = inputs(paths)
    while True:
        newest = max((changed for _, _, changed in before), default=0)
        time.sleep(max(0.0, min(SETTLED, SETTLED - (time.time() - newest / 1e9))))
        now = inputs(paths)
        if now == before:
            return now
        before = now


def _marked(out: Path) -> tuple[Listed, ...]:
    """The files of the last result; none when there is no result, or its list is damaged."""
    try:
        rows = json.loads((out / DONE).read_text("utf-8"))
        return tuple((str(path), int(size), int(changed)) for path, size, changed in rows)
    except (FileNotFoundError, ValueError, TypeError):
        return ()


def _mark(out: Path, files: tuple[Listed, ...]) -> None:
    from tawatur.archive import write_whole

    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / DONE, json.dumps(files, ensure_ascii=False).encode("utf-8", "surrogateescape"))
