"""``tawatur score``: the job measured on gold dossiers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, json_option, on_terminal, pack_option, print_json

if TYPE_CHECKING:
    from tawatur.score import Score

#: Names the measures' definitions: the annotation guide's scorer of November 2026.
SCORER = "guide-2026-11"


@click.command()
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["ar", "en"]), help="Count only reports in this language.")
@click.option(
    "--errors", default=0, metavar="N", type=click.IntRange(min=0), help="Show the first N errors of each kind."
)
@pack_option
@json_option
@click.pass_context
def score(
    context: click.Context, gold: Path, language: str | None, errors: int, packs: tuple[Path, ...], as_json: bool
) -> None:
    """Do the whole job on gold dossiers and print how well it went.

    GOLD_DIR holds a folder for each dossier, with reports.jsonl and gold.json. The signature names versions, language
    pack, seed and scorer: two scores compare only when what differs between their signatures is what you changed.
    """
    from tawatur import publish
    from tawatur.score import dossiers
    from tawatur.score import score as measure

    job, pairs, record = Job(), [], {}
    for dossier in dossiers(gold):
        comparison = job.run((str(dossier.reports),), packs=packs)
        record = comparison.record
        pairs.append((dossier, publish.contract(comparison)))
    total = measure(pairs, language)
    signature = _signature(record, len(pairs), language)
    if as_json or not on_terminal():
        print_json({"signature": signature, **total.result(), "errors": _errors(total, errors)})
    else:
        _print(total, signature, errors)
    context.exit(job.code)


def _signature(record: dict[str, Any], count: int, language: str | None) -> str:
    """What made the numbers, in one line."""
    parts = {
        "tawatur": record["versions"]["tawatur"],
        "python": record["versions"]["python"],
        "reader": f"{record['reader']['name']}-{record['reader']['version']}",
        "pack": record["pack"],
        "seed": record["seed"],
        "scorer": SCORER,
        "dossiers": count,
        "language": language or "all",
    }
    return "|".join(f"{key}:{value}" for key, value in parts.items())


def _print(total: Score, signature: str, errors: int) -> None:
    for name, value in total.result().items():
        if name != "fields":
            numbers = f"P {value['p']:.3f}  R {value['r']:.3f}  F1 {value['f1']:.3f}"
            click.echo(f"{name:22}{numbers}   gold {value['gold']}  found {value['pred']}")
    click.echo("  ".join(f"{name} {value:.3f}" for name, value in total.result()["fields"].items()))
    for error in _errors(total, errors):
        click.echo("\t".join(map(str, error)))
    click.echo(signature)


def _errors(total: Score, most: int) -> list[tuple[Any, ...]]:
    """The first errors of each kind."""
    seen: Counter[str] = Counter()
    out = []
    for error in total.errors:
        seen[error[0]] += 1
        if seen[error[0]] <= most:
            out.append(error)
    return out
