"""``tawatur run`` and ``tawatur export``: the whole job, as a page or as data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import (
    Job,
    column_option,
    input_options,
    json_option,
    judgements_option,
    on_terminal,
    paths_argument,
    print_json,
)
from tawatur.cli.ledger import keep, ready, url_option
from tawatur.cli.pictures import pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tawatur.model import Claim, Comparison, Judgement

PAGE = "index.html"
TAKEN = {
    "kept": "as kept from an earlier run",
    "new": "new",
    "changed": "changed",
    "failed": "read again as they had failed or were doubtful",
    "outdated": "read again as an older version had read them",
    "asked": "read again as asked",
}
MOST_DOUBTS = 25  # in the short result; doubts.json has all
MOST_VIEWS = 50  # of each kind in the short result; views.json has all


@click.command()
@paths_argument
@column_option
@input_options
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Write the page and the data here."
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--keep",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep every input here, byte for byte, under its SHA-256.",
)
@click.option(
    "--redo",
    type=click.Choice(["needed", "failed", "outdated", "all", "none"]),
    default="needed",
    show_default=True,
    help="With --out given again: which files to read anew beside those that are new or changed. failed: doubtful ones "
    "too; outdated: those that an older tawatur read; needed: both.",
)
@judgements_option
@url_option
@json_option
@click.pass_context
def run(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    out: Path | None,
    show: bool,
    url: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Read reports, compare their accounts, show what agrees and what does not.

    PATH is a .txt, .md, .html, .pdf or .docx file (one report), a feed (.rss, .atom), an export of Telegram Desktop, a
    mail or mailbox (.eml, .mbox), a .jsonl or .json file (reports with id, outlet, published, title and text), a table
    (.csv, .xlsx, .parquet: a report a row, or what monitors counted), an archive of these (.zip, .tar, .gz, .warc),
    a folder or a glob of them, or - for standard input.

    With --out the folder gets index.html (one page, works without a network), claims.jsonl, figures.csv, contract.json,
    views.json (operations, series, sources and more), doubts.json (fields to review), files.csv (what became of each
    input: read, doubtful, skipped or failed) and record.json. The same command given again goes on where a run was
    stopped, and reads only what is new, changed, failed, doubtful or outdated: see --redo. With --ledger, or once
    tawatur ledger init was called, the record is kept in a ledger as well, and what people decided there holds:
    which claims speak of one event (tawatur review pair), and claims that were missed (tawatur review add).

    \b
    Examples:
      tawatur run page.txt --published 2016-12-17 --outlet "Example News"
      tawatur run reports/ --out out/reports --open
      cat reports.jsonl | tawatur run - --json
    """
    key = ready(url)
    job = Job()
    comparison = job.run(paths, out=out, **options)
    folder = out or (Path(tempfile.mkdtemp(prefix="tawatur-")) if show else None)
    page = write(comparison, folder) if folder else None
    anew: list[Comparison] = []

    def regroup(decided: tuple[Judgement, ...], added: tuple[Claim, ...]) -> Comparison:
        anew.append(job.regrouped(comparison, decided, added))
        return anew[-1]

    kept = keep(comparison, url, regroup, key)
    if anew:
        comparison = anew[-1]
        page = write(comparison, folder) if folder else None
    tell(comparison, page, as_json)
    if kept:
        click.echo(kept, err=True)
    if show and page:
        click.launch(str(page))
    context.exit(job.code)


form_option = click.option(
    "--form",
    type=click.Choice(["contract", "jsonl", "csv", "views"]),
    default="contract",
    show_default=True,
    help="contract: an object with claims, copies, events and relations; jsonl: a claim a line; csv: a figure a row; "
    "views: an object with stories, operations, series, responsibility, what would settle it, profiles, variants.",
)


@click.command()
@paths_argument
@form_option
@column_option
@input_options
@click.pass_context
def export(context: click.Context, /, paths: tuple[str, ...], form: str, **options: Any) -> None:
    """Read reports, do the whole job and print the result as data.

    \b
    Examples:
      tawatur export --form csv reports/ > figures.csv
      tawatur export --form jsonl page.txt --published 2016-12-17
    """
    job = Job()
    show_as(job.run(paths, **options), form)
    context.exit(job.code)


def show_as(comparison: Comparison, form: str) -> None:
    """Print a comparison in a form of ``form_option``."""
    from tawatur import publish

    if form in ("contract", "views"):
        print_json(publish.contract(comparison) if form == "contract" else publish.views(comparison))
    else:
        click.echo(publish.jsonl(comparison) if form == "jsonl" else publish.csv(comparison), nl=False)


def write(comparison: Comparison, folder: Path) -> Path:
    """Write the page and the data; the page's path."""
    from tawatur import publish

    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / PAGE, publish.page_pieces(comparison, pictures=pictures(comparison, folder)))
    _put(folder / "claims.jsonl", [publish.jsonl(comparison)])
    _put(folder / "figures.csv", [publish.csv(comparison)])
    _put(folder / "contract.json", _json(publish.contract(comparison)))
    _put(folder / "views.json", _json(publish.views(comparison)))
    _put(folder / "doubts.json", _json(publish.doubts(comparison)))
    _put(folder / "files.csv", [publish.files(comparison)])
    _put(folder / "record.json", _json({**comparison.record, "issues": _issues(comparison)}))
    return folder / PAGE


def _put(path: Path, pieces: Iterable[str]) -> None:
    """Write a text piece by piece: a page or an export as a whole takes many times its size."""
    from tawatur.archive import write_whole

    write_whole(path, (piece.encode("utf-8") for piece in pieces))


def _json(value: object) -> Iterator[str]:
    """A value as JSON, in pieces."""
    import json

    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(value)
    yield "\n"


def _issues(comparison: Comparison) -> list[dict[str, str]]:
    from dataclasses import asdict

    return [asdict(issue) for issue in comparison.issues]


def _files(comparison: Comparison) -> dict[str, object]:
    """How many inputs came out how, and those of which something is to be told."""
    from dataclasses import asdict

    states = [file.state for file in comparison.files]
    told = [asdict(file) for file in comparison.files if file.state != "read"]
    counts = {str(state): states.count(state) for state in sorted(set(states))}
    return {"count": len(states), **counts, "taken": _taken(comparison), "told": told}


def _taken(comparison: Comparison) -> dict[str, int]:
    """How many files were taken as an earlier run kept them, and why the others were read; none without --out."""
    taken = [file.taken for file in comparison.files if file.taken]
    return {why: taken.count(why) for why in sorted(set(taken))}


def tell(comparison: Comparison, page: Path | None, as_json: bool) -> None:
    """Print a run in short: as JSON when asked for or when nobody reads along on a terminal."""
    from tawatur import publish

    if as_json or not on_terminal():
        print_json(_summary(comparison, page))
        return
    click.echo(publish.summary(comparison))
    click.echo(_files_in_words(comparison))
    if page:
        click.echo(f"Page: {page}")


def _files_in_words(comparison: Comparison) -> str:
    states = [file.state for file in comparison.files]
    counts = [
        f"{states.count(state)} {state}" for state in ("read", "doubtful", "skipped", "failed") if state in states
    ]
    taken = _taken(comparison)
    again = ", ".join(f"{taken[why]} {words}" for why, words in TAKEN.items() if why in taken)
    return f"Files: {', '.join(counts) or 'none'}" + (f" ({again})" if "kept" in taken else "")


def _summary(comparison: Comparison, page: Path | None) -> dict[str, object]:
    """A run in short, for programs; every claim is in ``tawatur export``."""
    from tawatur import publish

    relations = [f.relation for f in comparison.findings]
    return {
        "reports": len(comparison.reports),
        "claims": len(comparison.claims),
        "events": len(comparison.events),
        "accounts": len(comparison.accounts),
        "copies": [list(group.reports) for group in comparison.lineage.groups],
        "relations": {kind: relations.count(kind) for kind in sorted(set(relations))},
        "contradictions": [
            {
                "event": f.event,
                "a": f.a,
                "b": f.b,
                "a_words": f.a_words,
                "b_words": f.b_words,
                "reason": f.reason_en,
                "confidence": f.confidence,
            }
            for f in sorted(comparison.findings, key=lambda f: -(f.confidence or 0.0))
            if f.relation == "contradict"
        ],
        "views": {kind: {"count": len(v), "first": v[:MOST_VIEWS]} for kind, v in publish.views(comparison).items()},
        "files": _files(comparison),
        "issues": _issues(comparison),
        "doubts": {"count": len(comparison.doubts), "first": publish.doubts(comparison)[:MOST_DOUBTS]},
        "page": str(page) if page else None,
        "record": comparison.record,
    }
