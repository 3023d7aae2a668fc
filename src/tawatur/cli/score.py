"""``tawatur score``: the job measured on gold dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, json_option, on_terminal, pack_option, plain, print_json

if TYPE_CHECKING:
    from tawatur.model import Claim, Comparison
    from tawatur.score import Dossier, Score

#: Names the measures' definitions: the annotation guide's scorer of November 2026.
SCORER = "guide-2026-11"


@click.command()
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["ar", "en"]), help="Count only reports in this language.")
@click.option(
    "--errors",
    default=0,
    metavar="N",
    type=click.IntRange(min=0),
    help="Add the claims report, with N examples of each group: by field and rule, what is right and what is mixed up.",
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

    job = Job()
    done = [(dossier, job.run((str(dossier.reports),), packs=packs)) for dossier in dossiers(gold)]
    total = measure([(dossier, publish.contract(comparison)) for dossier, comparison in done], language)
    signature = _signature(done[-1][1].record, len(done), language)
    told = _report(done, language, errors) if errors else {}
    if as_json or not on_terminal():
        print_json({"signature": signature, **total.result(), **({"report": told} if errors else {})})
    else:
        _print(total, signature, told, errors)
    context.exit(job.code)


def _report(done: list[tuple[Dossier, Comparison]], language: str | None, examples: int) -> dict[str, dict[str, Any]]:
    """The claims report of all dossiers."""
    from tawatur.score import report

    return report([(dossier, _named(comparison)) for dossier, comparison in done], examples, language)


def _named(comparison: Comparison) -> dict[str, list[Claim]]:
    """The claims by their report's name."""
    return {report.name: list(comparison.claims_of(report.id)) for report in comparison.reports}


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


def _print(total: Score, signature: str, told: dict[str, dict[str, Any]], most: int) -> None:
    for name, value in total.result().items():
        if name != "fields":
            numbers = f"P {value['p']:.3f}  R {value['r']:.3f}  F1 {value['f1']:.3f}"
            click.echo(f"{name:22}{numbers}   gold {value['gold']}  found {value['pred']}")
    click.echo("  ".join(f"{name} {value:.3f}" for name, value in total.result()["fields"].items()))
    if told:
        from tawatur.score import lines

        for line in lines(told, most):
            click.echo(plain(line))
    click.echo(signature)
