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
    from tawatur.lang import FIRST, language_of, languages, load_for

    told: dict[str, dict[str, str | int]] = {}
    failures: list[str] = []
    for code in languages():
        pack = load_for(code, packs)
        result = claims.check(pack)
        told[code] = {"pack": pack.hash, "total": result.total, "counter_examples": result.counter}
        told[code]["failures"] = len(result.failures)
        failures += [str(failure) for failure in result.failures]
    if as_json or not on_terminal():
        sums = {key: sum(int(each[key]) for each in told.values()) for key in ("total", "counter_examples")}
        print_json({"pack": told[FIRST]["pack"], **sums, "packs": told, "failures": failures})
    else:
        for code, each in told.items():
            counts = f"{each['total']} examples, {each['counter_examples']} of them counter-examples"
            click.echo(f"{language_of(code).name}: {counts}; {each['failures']} fail (pack {each['pack']})")
        for failure in failures[:SHOWN]:
            click.echo(f"  {failure}")
        if len(failures) > SHOWN:
            click.echo(f"  and {len(failures) - SHOWN} more; --json lists all")
    context.exit(1 if failures else 0)
