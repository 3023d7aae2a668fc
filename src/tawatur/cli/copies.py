"""``tawatur copies``: which reports share wording, who had it first, and what the copier changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, column_option, json_option, paths_argument, plain, reading_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table
    from rich.text import Text

    from tawatur.model import CopyLink, Lineage, Report, Span

_KINDS = {"whole": "whole", "part": "partial", "quotation": "quotation"}
_TOLD = {"whole": "copy of the whole", "part": "copy of a part", "quotation": "the same quotation"}


@click.command()
@paths_argument
@column_option
@reading_options
@json_option
@click.pass_context
def copies(context: click.Context, /, paths: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Find reports that share wording: copies of the whole or of a part, and quotations of the same words.

    PATH is input as for tawatur run. Each pair is shown side by side; words that only one of the two has stand in
    [brackets]. A wire that many carry is linked to each carrier once.

    With --json there is a line a link: a and b (ids of the reports as the input gives them, else names of files; the
    earlier first), kind (whole, partial, quotation), direction (a_to_b, or null where nothing tells who had it first),
    shared_words, coverage (of the shorter report), spans (start and end in a and in b, in code points of the text).

    \b
    Examples:
      tawatur copies reports.jsonl
      tawatur copies pages/ --json > links.jsonl
    """
    from tawatur.copies import trace

    job = Job()
    reports = {r.id: r for r in job.read(paths, **options)}
    links = _links(trace(tuple(reports.values())))
    if as_json:
        for link in links:
            click.echo(json.dumps(_row(link, reports), ensure_ascii=False))
    else:
        _show(links, reports)
    context.exit(job.code)


def _links(lineage: Lineage) -> list[CopyLink]:
    return sorted((*lineage.links, *lineage.quotations), key=lambda link: (link.earlier, link.later))


def _row(link: CopyLink, reports: Mapping[str, Report]) -> dict[str, Any]:
    a, b = reports[link.earlier], reports[link.later]
    return {
        "a": a.name or a.id,
        "b": b.name or b.id,
        "kind": _KINDS[link.kind],
        "direction": "a_to_b" if link.directed else None,
        "shared_words": link.shared_words,
        "coverage": link.coverage,
        "spans": [[[x.start, x.end], [y.start, y.end]] for x, y in link.passages],
        "a_file": a.origin_file,
        "b_file": b.origin_file,
        "a_key": a.id,
        "b_key": b.id,
    }


def _show(links: Sequence[CopyLink], reports: Mapping[str, Report]) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for link in links:
        a, b = reports[link.earlier], reports[link.later]
        console.print(f"{_TOLD[link.kind]}: {link.shared_words} words, {link.coverage:.0%} of the shorter report")
        console.print(_side_by_side(link, a, b))
        console.print()
    counted = [(sum(link.kind == kind for link in links), name) for kind, name in _KINDS.items()]
    kinds = ", ".join(f"{n} {name}" for n, name in counted if n)
    console.print(f"{len(reports)} reports, {len(links)} links" + (f" ({kinds})" if kinds else ""))


def _side_by_side(link: CopyLink, a: Report, b: Report) -> Table:
    from rich.table import Table

    from tawatur.copies import differences

    first, then = ("first", "later") if link.directed else ("one", "other")
    shown = Table(f"{first}: {_named(a)}", f"{then}: {_named(b)}", show_lines=True, expand=True)
    for pieces in differences(a, b, link.passages):
        shown.add_row(
            _marked((piece.same, piece.a, a.text) for piece in pieces),
            _marked((piece.same, piece.b, b.text) for piece in pieces),
        )
    return shown


def _named(report: Report) -> str:
    parts = (report.name or report.id, report.outlet, report.published)
    return plain(", ".join(part for part in parts if part))


def _marked(pieces: Iterable[tuple[bool, Span | None, str]]) -> Text:
    """The words of one side in one line; those that the other side does not have in brackets."""
    from rich.text import Text

    shown = Text()
    for same, span, text in pieces:
        if span:
            words = " ".join(plain(span.of(text)).split())
            shown.append(f"{words} ") if same else shown.append(f"[{words}] ", "bold")
    return shown
