"""``tawatur fuse``: what many sources say of many items, one value an item."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, json_option, on_terminal, pairs_of, plain, print_json

if TYPE_CHECKING:
    from tawatur.fusion import Fusion, Measures

_MOST_ROWS = 12


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--truth",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of items and their true values: print how far the fused values are from them.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=pairs_of,
    help="Which column holds a field (source, item, attribute, value), by header or number; guessed else.",
)
@click.option(
    "--truth-column",
    "truth_columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=pairs_of,
    help="The same for the file of true values (item, attribute, value).",
)
@click.option("--all-votes", is_flag=True, help="Count the votes of sources that seem to copy in full.")
@json_option
@click.pass_context
def fuse(
    context: click.Context,
    /,
    file: Path,
    truth: Path | None,
    columns: tuple[tuple[str, str], ...],
    truth_columns: tuple[tuple[str, str], ...],
    all_votes: bool,
    as_json: bool,
) -> None:
    """Fuse a table of sources, items and values into one value an item.

    FILE is a CSV or TSV with columns source, item, value (and attribute, if items have several); which column is which
    is guessed and shown. Sources that are often right where others speak too count more, sources that seem to copy
    each other count less. Numbers that are near each other support each other; times of the day are compared however
    they are written.

    \b
    Examples:
      tawatur fuse claims.csv
      tawatur fuse claims.csv --truth gold.csv --json
      tawatur fuse claims.tsv --column source=editor --column item=city --column value=population
    """
    from tawatur import fusion

    job = Job(rest="mend the rows and fuse again")
    with job.telling() as told:
        layout = fusion.layout_of(file, columns)
        found = fusion.fuse(fusion.said_in(file, layout, told), copying=not all_votes)
        measures: tuple[Measures, ...] = ()
        lines = [f"columns: {layout.told()}"]
        if truth:
            of_truth = fusion.layout_of(truth, truth_columns, fields=("item", "value"))
            measures = fusion.measured(found.items, fusion.told_in(truth, of_truth, told))
            lines.append(f"columns of the truth: {of_truth.told()}")
    signature = _signature(found, file, truth, all_votes)
    if as_json or not on_terminal():
        print_json(
            {"signature": signature, "columns": lines, "measures": [asdict(m) for m in measures], **_rows(found)}
        )
    else:
        click.echo("\n".join([*lines, *_summary(found), *map(_line, measures), signature]))
    context.exit(job.code)


def _rows(found: Fusion) -> dict[str, Any]:
    return {
        "copiers": [asdict(copier) for copier in found.copiers],
        "sources": [asdict(source) for source in found.sources],
        "items": [asdict(item) for item in found.items],
    }


def _summary(found: Fusion) -> list[str]:
    """Counts, the sources with most rows, who seems to copy whom, and the items that are least settled."""
    rows = sum(source.said for source in found.sources)
    open_items = sum(len(item.values) > 1 for item in found.items)
    lines = [f"{rows} rows of {len(found.sources)} sources on {len(found.items)} items, {open_items} in dispute"]
    largest = sorted(found.sources, key=lambda s: (-s.said, s.name))[:_MOST_ROWS]
    lines += [f"  {s.name}: {s.said} rows, {s.compared} beside others, agrees at {s.rate:.2f}" for s in largest]
    lines += [f"  {c.a} and {c.b}: one seems to copy the other in {c.share:.0%}" for c in found.copiers[:_MOST_ROWS]]
    least = sorted((i for i in found.items if len(i.values) > 1), key=lambda i: (i.chance, i.item))[:_MOST_ROWS]
    lines += [
        f"  {item.item}: " + "; ".join(f"{r.value} ({r.chance:.2f}, {len(r.sources)} sources)" for r in item.values[:4])
        for item in least
    ]
    return [plain(line) for line in lines]


def _line(m: Measures) -> str:
    told = f"{m.method}: {m.items} items" + (f", exact {m.exact:.4f}" if m.exact is not None else "")
    if n := m.numbers:
        told += f", mean error {n.mean_error:.1f}, median error {n.median_error:.1f}, within 1 % {n.close:.3f}"
    return told


def _signature(found: Fusion, file: Path, truth: Path | None, all_votes: bool) -> str:
    marks = [
        f"tawatur:{version('tawatur')}",
        found.method,
        f"copying:{'no' if all_votes else 'yes'}",
        f"rows:{_hash(file)}",
    ]
    return "|".join([*marks, f"truth:{_hash(truth)}"] if truth else marks)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()[:16]
