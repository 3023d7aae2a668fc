"""``tawatur sources``: how each origin and outlet stands to the others."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import Job, column_option, input_options, json_option, on_terminal, paths_argument, print_json

if TYPE_CHECKING:
    from tawatur.publish import Language


@click.command()
@paths_argument
@column_option
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Of the lines.")
@input_options
@json_option
@click.pass_context
def sources(
    context: click.Context, /, paths: tuple[str, ...], language: Language, as_json: bool, **options: Any
) -> None:
    """Show how each source stands to the others: alone, agreed with, contradicted, copying, higher or lower counts.

    PATH is input as for tawatur run. Shares have intervals and sample sizes. Nothing here says who tells the truth: a
    party that everybody repeats is agreed with often, a lone witness never.

    \b
    Examples:
      tawatur sources examples/aleppo-2016
      tawatur sources reports/ --language ar
    """
    from tawatur import findings, publish

    job = Job()
    comparison = job.run(paths, **options)
    if as_json or not on_terminal():
        profiles = [asdict(p) for p in findings.profiles(comparison)]
        variants = [asdict(v) for v in findings.variants(comparison)]
        print_json({"about": asdict(findings.caution()), "profiles": profiles, "variants": variants})
    else:
        click.echo(publish.sources(comparison, language=language), nl=False)
    context.exit(job.code)
