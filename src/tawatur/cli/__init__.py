"""The command line: thin commands over the library. Loads no stage before a command needs it."""

from __future__ import annotations

import os
import sys

import click

from tawatur.cli.columns import columns
from tawatur.cli.compare import compare
from tawatur.cli.copies import copies
from tawatur.cli.explain import explain
from tawatur.cli.fetch import fetch
from tawatur.cli.fuse import fuse
from tawatur.cli.lang import lang
from tawatur.cli.ledger_rekeying import ledger
from tawatur.cli.observe import observe
from tawatur.cli.review_adding import review
from tawatur.cli.run import export, run
from tawatur.cli.score import score
from tawatur.cli.search import search
from tawatur.cli.sources import sources
from tawatur.cli.watch import watch
from tawatur.errors import TawaturError

__all__ = ["app", "main"]
#: Exit codes beside 0 (all done) and 1 (done, but input was refused or checks failed).
UNUSABLE, STOPPED = 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tawatur", message="tawatur %(version)s")
def app() -> None:
    """Read Arabic conflict reports; show who says what, on whose word, and where accounts disagree.

    Start with a folder of .txt files, or a .jsonl file with one report a line:

    \b
      tawatur run my-reports --out out/mine --open

    Everything happens on this machine and nothing is sent anywhere, but by tawatur fetch, which asks for what you name.
    Exit codes: 0 all done; 1 done, but some input was refused or a check failed; 2 wrong use, or nothing could be read.
    """


for command in (
    run,
    compare,
    copies,
    explain,
    export,
    sources,
    fuse,
    score,
    lang,
    columns,
    observe,
    ledger,
    search,
    review,
    watch,
    fetch,
):
    app.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: one line on stderr for what goes wrong, never a traceback for bad input."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(app(arguments, prog_name="tawatur", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(UNUSABLE)
    except TawaturError as error:
        _end(str(error), UNUSABLE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _end(f"{error.filename or 'system'}: {error.strerror or error}", UNUSABLE)
    except MemoryError:
        _end("memory is short; with --out, the same command goes on from here, or give fewer reports", UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped; with --out, the same command goes on from here", STOPPED)


def _end(line: str, code: int) -> None:
    click.echo(f"tawatur: {line}", err=True)
    sys.exit(code)
