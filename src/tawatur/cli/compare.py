"""``tawatur compare``: events, relations and estimates, from our own claims or from claims that somebody else made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import (
    Job,
    column_option,
    input_options,
    json_option,
    judgements_option,
    paths_argument,
    print_json,
)
from tawatur.cli.run import tell

if TYPE_CHECKING:
    from tawatur.model import Comparison

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_LINES = 1_000  # lines told about one file: one a claim


@click.command()
@paths_argument
@click.option(
    "--claims", "files", multiple=True, metavar="FILE", type=_FILE, help="Take these claims instead of reading them."
)
@column_option
@judgements_option
@click.option(
    "--form",
    type=click.Choice(["summary", "contract", "jsonl", "csv", "views"]),
    default="summary",
    show_default=True,
    help="summary: what was found, in short; the others as in tawatur export.",
)
@input_options
@json_option
@click.pass_context
def compare(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    files: tuple[Path, ...],
    columns: tuple[tuple[str, str], ...],
    judgements: Path | None,
    form: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Compare accounts: which claims speak of one event, what agrees, what contradicts, what only seems to.

    PATH is input as for tawatur run. With --claims the claims are not read from the reports but taken from a file: in
    the form of tawatur export (an object with claims by report, or a claim a line), or a table (.csv, .tsv) from
    another tool, a row a figure. Columns named as the fields are taken as they are; --column names the others. Claims
    that cannot be (low above high, dates that do not exist, unknown types) are refused, one line each.

    \b
    Examples:
      tawatur compare reports.jsonl --form contract
      tawatur compare reports.jsonl --claims gold.json --form contract
      tawatur compare reports/ --claims coded.csv --column report=file --column low=deaths_min
    """
    job = Job(most=MOST_LINES)
    if files:
        comparison = job.given(paths, files, columns, judgements, **options)
    else:
        comparison = job.run(paths, judgements=judgements, columns=columns, **options)
    _show(comparison, form, as_json)
    context.exit(job.code)


def _show(comparison: Comparison, form: str, as_json: bool) -> None:
    from tawatur import publish

    if form == "summary":
        tell(comparison, None, as_json)
    elif form in ("contract", "views"):
        print_json(publish.contract(comparison) if form == "contract" else publish.views(comparison))
    else:
        click.echo(publish.jsonl(comparison) if form == "jsonl" else publish.csv(comparison), nl=False)
