"""``tawatur lang``: language packs."""

from __future__ import annotations

from pathlib import Path

import click

from tawatur.cli.common import json_option, on_terminal, pack_option, print_json

SHOWN = 20


@click.group()
def lang() -> None:
    """Language packs: the words and rules that reports are read by."""


@lang.command()
@pack_option
@json_option
@click.pass_context
def check(context: click.Context, packs: tuple[Path, ...], as_json: bool) -> None:
    """Run every example that stands beside a word or a rule.

    Prints how many examples there are, how many of them are counter-examples, and which fail; when one does, the exit
    code is 1.
    """
    from tawatur import claims
    from tawatur.lang import load

    pack = load(*packs)
    result = claims.check(pack)
    failures = [str(failure) for failure in result.failures]
    if as_json or not on_terminal():
        print_json({"pack": pack.hash, "total": result.total, "counter_examples": result.counter, "failures": failures})
    else:
        counts = f"{result.total} examples, {result.counter} of them counter-examples; {len(failures)} fail"
        click.echo(f"{counts} (pack {pack.hash})")
        for failure in failures[:SHOWN]:
            click.echo(f"  {failure}")
        if len(failures) > SHOWN:
            click.echo(f"  and {len(failures) - SHOWN} more; --json lists all")
    context.exit(1 if failures else 0)
