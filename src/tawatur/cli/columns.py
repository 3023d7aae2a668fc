"""``tawatur columns``: what the columns of a table are taken for."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tawatur.cli.common import column_option, json_option, on_terminal, paths_argument, plain, print_json

if TYPE_CHECKING:
    from tawatur.archive import ShownTable
    from tawatur.model import Issue

_REFUSED, _NOTHING = 1, 2


@click.command()
@paths_argument
@column_option
@click.option("--encoding", metavar="NAME", help="Encoding of the files; detected when left out.")
@json_option
@click.pass_context
def columns(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    columns: tuple[tuple[str, str], ...],
    encoding: str | None,
    as_json: bool,
) -> None:
    """Show what the columns of tables are taken for, and why.

    PATH is a CSV, TSV, XLSX or Parquet file, submissions of a form as JSON, or a folder of them. A column's field was
    given by you, told by a HXL tag, by the header, or by the contents. What is guessed wrongly, say with --column, here
    as in tawatur run.

    \b
    Examples:
      tawatur columns reports.xlsx
      tawatur columns export.csv --column text=Body --column published="Post date"
    """
    from tawatur import archive

    issues: list[Issue] = []
    tables = list(archive.columns(paths, encoding=encoding, columns=columns, on_issue=issues.append))
    if as_json or not on_terminal():
        print_json([asdict(table) for table in tables])
    else:
        for table in tables:
            click.echo("\n".join(map(plain, _lines(table))) + "\n")
    for issue in issues:
        click.echo(plain(issue.line()), err=True)
    context.exit(_NOTHING if not tables else _REFUSED if issues else 0)


def _lines(table: ShownTable) -> list[str]:
    rows = table.rows or "nothing that can be read; name the column of text, as in --column text=Body"
    where = f"{table.file}, sheet {table.sheet}" if table.sheet else table.file
    lines = [f"{where}: {rows} ({table.told}, {table.encoding})"]
    for column in table.columns:
        why = "as you say" if column.why == "given" else f"by {column.why}"
        field = f"{column.field} ({why})" if column.field else "–"
        lines.append(f"  {column.header}: {field}" + (f"  {' | '.join(column.samples)}" if column.samples else ""))
    return lines
