#!/usr/bin/env python3
"""Write the pages of the documentation that are made from the program: commands, model and views.

usage: docs.py [--check]

--check writes nothing and fails when a page is not what the program says.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import click

from tawatur import model
from tawatur.cli import app
from tawatur.findings import nouns as views

DOCS = Path(__file__).resolve().parents[1] / "docs"
WIDTH = 100


def commands() -> str:
    """The reference of the command line, as the program's own help tells it."""
    lines = ["# Command line", "", "This page is made from the program by `tools/docs.py`.", ""]
    lines += _section(app, "tawatur", None)
    return "\n".join(lines).rstrip() + "\n"


def _section(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    settings = {**command.context_settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield from (f"## {context.command_path}", "", "```text", *_help(command, context), "```", "")
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _section(command.commands[inner], inner, context)


def _help(command: click.Command, context: click.Context) -> list[str]:
    return [line.rstrip() for line in command.get_help(context).splitlines()]


def nouns() -> str:
    """The nouns and their fields, as the model tells them."""
    lines = ["# The model", "", *inspect.getdoc(model).splitlines(), ""]  # type: ignore[union-attr]
    lines += ["This page is made from `tawatur.model` by `tools/docs.py`.", ""]
    for noun in _nouns(model):
        lines += _noun(noun)
    lines += ["## Values", ""]
    for name in ("EventType", "Status", "Stance", "Population", "Outcome", "Role", "Relation", "Grade"):
        values = ", ".join(f"`{value}`" for value in typing.get_args(getattr(model, name)))
        lines += [f"**{name}**: {values}", ""]
    return "\n".join(lines).rstrip() + "\n"


def seen() -> str:
    """The nouns of the views and their fields."""
    lines = ["# The nouns of the views", "", *inspect.getdoc(views).splitlines(), ""]  # type: ignore[union-attr]
    lines += ["This page is made from `tawatur.findings.nouns` by `tools/docs.py`.", ""]
    for noun in _nouns(views):
        lines += _noun(noun)
    return "\n".join(lines).rstrip() + "\n"


def _nouns(module: types.ModuleType) -> list[type]:
    return [v for v in vars(module).values() if dataclasses.is_dataclass(v) and isinstance(v, type)]


def _noun(noun: type) -> Iterator[str]:
    yield from (
        f"## {noun.__name__}",
        "",
        *str(inspect.getdoc(noun)).splitlines(),
        "",
        "| field | type |",
        "| --- | --- |",
    )
    for field in dataclasses.fields(noun):
        yield f"| `{field.name}` | `{field.type}` |".replace("| None", r"\| None")
    yield ""


PAGES = {"commands.md": commands, "model.md": nouns, "views.md": seen}


def main() -> int:
    """Write the pages, or check them; 1 when a page is stale."""
    stale = [name for name, made in PAGES.items() if not _is(DOCS / name, made())]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/{name} is not what the program says; run make docs", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
