"""``tawatur copies``: which reports share wording, who had it first, and what the copier changed."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, column_option, json_option, pack_option, plain, reading_options
from tawatur.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table
    from rich.text import Text

    from tawatur.copies import Altered, Marks
    from tawatur.model import CopyLink, Report, Span

FSI, PDI = "\u2068", "\u2069"  # first strong isolate and its end
PORTION = 1000  # reports that an index takes at a time
_KINDS = {"whole": "whole", "part": "partial", "quotation": "quotation"}
_TOLD = {"whole": "copy of the whole", "part": "copy of a part", "quotation": "the same quotation"}


@click.command()
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@column_option
@reading_options
@pack_option
@click.option(
    "--index",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the reports in this file, so that later ones are compared with them. It holds their texts.",
)
@click.option("--changes", is_flag=True, help="With --json: figures, hedges and attributions that differ (slower).")
@json_option
@click.pass_context
def copies(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    index: Path | None,
    packs: tuple[Path, ...],
    changes: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Find reports that share wording: copies of the whole or of a part, and quotations of the same words.

    PATH is input as for tawatur run. Each pair is shown side by side; words that only one of the two has stand in
    [brackets], and figures, hedges and attributions that differ are listed below. A wire that many carry is linked to
    each carrier once.

    With --index reports are compared with those of earlier runs as well; the links are those that all would have if
    they were given at once, and those that have a report of this run are shown. Without PATH, all are.

    With --json there is a line a link: a and b (ids of the reports as the input gives them, else names of files; the
    earlier first), kind (whole, partial, quotation), direction (a_to_b, or null where nothing tells who had it first),
    shared_words, coverage (of the shorter report), spans (start and end in a and in b, in code points of the text);
    with --changes also changed (kind, and span and words in a and in b; null where one has none).

    \b
    Examples:
      tawatur copies reports.jsonl
      tawatur copies pages/ --json > links.jsonl
      tawatur copies today/ --index all.copies
    """
    from tawatur.copies import Marks

    if not paths and not (index and index.exists()):
        raise SettingsError("nothing to read", "give PATH, or --index with a file that is there")
    job, told = Job(), Told(Marks(packs), changes=changes, as_json=as_json)
    count = _indexed(job, paths, index, options, told) if index else _at_once(job, paths, options, told)
    told.end(count)
    context.exit(job.code)


def _at_once(job: Job, paths: tuple[str, ...], options: Mapping[str, Any], told: Told) -> int:
    """Tell the links of these reports alone; how many reports there are."""
    from tawatur.copies import trace

    reports = {r.id: r for r in job.read(paths, **options)}
    lineage = trace(tuple(reports.values()))
    for link in sorted((*lineage.links, *lineage.quotations), key=lambda link: (link.earlier, link.later)):
        told.link(link, reports[link.earlier], reports[link.later])
    return len(reports)


def _indexed(job: Job, paths: tuple[str, ...], file: Path, options: Mapping[str, Any], told: Told) -> int:
    """Place these reports in an index and tell their links, or all of its links; how many reports it holds."""
    from tawatur.copies import opened

    _outside(file, paths)
    with opened(file) as index:
        waiting = job.each(paths, **options) if paths else iter(())
        while portion := list(islice(waiting, PORTION)):
            index.add(portion)
        for link, a, b in index.links(of_given=bool(paths)):
            told.link(link, a, b)
        return len(index)


def _outside(file: Path, paths: tuple[str, ...]) -> None:
    """Raise SettingsError when the index is or lies in what is to be read."""
    for path in (Path(p) for p in paths if p != "-"):
        if file.resolve().is_relative_to(path.resolve()):
            raise SettingsError(f"the index {file} lies inside the input {path}", "choose a place outside it")


class Told:
    """Tells links as they come: as lines of JSON, or side by side with a count at the end."""

    def __init__(self, marks: Marks, *, changes: bool, as_json: bool) -> None:
        self._marks, self._changes, self._as_json = marks, changes, as_json
        self._counted: Counter[str] = Counter()

    def link(self, link: CopyLink, a: Report, b: Report) -> None:
        """Tell one link."""
        self._counted[link.kind] += 1
        if not self._as_json:
            _show(link, a, b, self._altered(link, a, b))
            return
        row = _row(link, a, b)
        if self._changes:
            row["changed"] = [_change(x, a, b) for x in self._altered(link, a, b)]
        click.echo(json.dumps(row, ensure_ascii=False))

    def end(self, reports: int) -> None:
        """Tell how many there were."""
        if not self._as_json:
            kinds = ", ".join(f"{n} {name}" for kind, name in _KINDS.items() if (n := self._counted[kind]))
            links = self._counted.total()
            click.echo(f"{reports} reports, {links} links" + (f" ({kinds})" if kinds else ""))

    def _altered(self, link: CopyLink, a: Report, b: Report) -> tuple[Altered, ...]:
        from tawatur.copies import altered

        return () if link.kind == "quotation" else altered(a, b, link.passages, self._marks)


def _row(link: CopyLink, a: Report, b: Report) -> dict[str, Any]:
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


def _change(found: Altered, a: Report, b: Report) -> dict[str, Any]:
    sides = (("a", found.a, a.text), ("b", found.b, b.text))
    spans = {name: [span.start, span.end] if span else None for name, span, _ in sides}
    return {"kind": found.kind, **spans, **{f"{name}_words": span.of(t) if span else None for name, span, t in sides}}


def _show(link: CopyLink, a: Report, b: Report, changes: Sequence[Altered]) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(f"{_TOLD[link.kind]}: {link.shared_words} words, {link.coverage:.0%} of the shorter report")
    console.print(_side_by_side(link, a, b))
    for found in changes:
        one, other = (_quoted(span, text) for span, text in ((found.a, a.text), (found.b, b.text)))
        console.print(f"{found.kind}: {one} / {other}")
    console.print()


def _quoted(span: Span | None, text: str) -> str:
    """Words by themselves, so that the terminal lays out Arabic in its own direction."""
    return f"{FSI}{' '.join(plain(span.of(text)).split())}{PDI}" if span else "nothing"


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
