"""``tawatur observe``: what one's own monitors count, as a sheet, as a form, or one row at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tawatur.cli.common import plain

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)
#: What is asked for on a terminal where no option told it, in this order.
_ASKED = ("date", "time", "place", "population", "outcome", "count", "how", "monitor", "remark")
_NEEDED = ("outcome", "count")
_HELP = {
    "date": "The day, as 2016-12-31.",
    "time": "When the count began, as 14:30.",
    "until": "When it ended.",
    "place": "The name of the place.",
    "origin": "Where they came from.",
    "destination": "Where they were going.",
    "batch": "Which batch or convoy.",
    "population": "Who or what was counted, such as civilians or buses.",
    "outcome": "What befell them, such as killed or evacuated.",
    "count": "How many: 120, 100-150, 100+ or ~120.",
    "low": "The lowest it can have been.",
    "high": "The highest it can have been.",
    "how": "counted, list, photo, estimated or told.",
    "remark": "Anything else.",
    "monitor": "Who counted; a code is enough.",
    "event_type": "The kind of event; else it follows from the outcome.",
    "status": "How far it had come.",
    "cumulative": "yes when it counts all so far.",
    "lat": "Latitude in degrees.",
    "lon": "Longitude in degrees.",
    "id": "An id of your own.",
}


def _field_options(command: F) -> F:
    for name, told in reversed(_HELP.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, metavar="VALUE", help=told)(command)
    return command


@click.command()
@click.argument("file", required=False, type=_FILE)
@click.option("--template", type=_FILE, metavar="FILE", help="Write an empty sheet: .xlsx or .csv.")
@click.option("--xlsform", type=_FILE, metavar="FILE", help="Write the form for ODK and KoboToolbox: .xlsx.")
@_field_options
def observe(file: Path | None, template: Path | None, xlsform: Path | None, **values: str | None) -> None:
    """Log what your own monitors count: add one observation to FILE, or write a sheet or a form for many.

    FILE is a CSV file, which is made when there is none. What no option tells is asked for on a terminal. Values are
    understood in Arabic and English. What cannot be (a negative count, a date to come) is refused, and nothing is
    written.

    \b
    Examples:
      tawatur observe --template counts.xlsx
      tawatur observe --xlsform form.xlsx
      tawatur observe counts.csv --date 2016-12-16 --time 14:30 --place "معبر الراموسة" --population people
        --outcome evacuated --count 951 --how counted --monitor M-07
      tawatur run reports/ counts.csv --out out/mine
    """
    from tawatur import archive

    for path, write in ((template, archive.template), (xlsform, archive.xlsform)):
        if path is not None:
            if path.exists():
                raise click.UsageError(f"{path} is there already; give another name")
            write(path)
            click.echo(f"Written: {path}")
    told = {name: value for name, value in values.items() if value is not None}
    if file is None:
        if (template is None and xlsform is None) or told:
            raise click.UsageError("give the CSV file to add to, or --template FILE, or --xlsform FILE")
        return
    if _interactive() and not set(_NEEDED) <= set(told):
        told |= _asked(told)
    row = archive.add_observation(file, {name: value for name, value in told.items() if value})
    click.echo(f"{file}: {plain(row)}")


def _interactive() -> bool:
    """Is somebody there to be asked?"""
    return sys.stdin.isatty()


def _asked(told: dict[str, str]) -> dict[str, str]:
    missing = [name for name in _ASKED if name not in told]
    return {name: click.prompt(f"{name} ({_HELP[name]})", default="", show_default=False) for name in missing}
