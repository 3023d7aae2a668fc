"""What the commands share: options, the job with its issues and progress, and exit codes."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tawatur.cli.progress import Bars

if TYPE_CHECKING:
    from tawatur.model import Claim, Comparison, Issue, Judgement, OnIssue, Report

F = TypeVar("F", bound=Callable[..., Any])
REFUSED, NOTHING = 1, 2
#: Lines about one file; what goes beyond is counted.
MOST_LINES = 5

paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True)
pack_option = click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with your own words, names and places, laid over the language pack. May be given several times.",
)
judgements_option = click.option(
    "--judgements",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Decisions of analysts, one JSON object a line: a, b (claim ids), verdict (same, different, unsure), author.",
)


def pairs_of(_context: click.Context, _option: click.Parameter, told: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """``FIELD=COLUMN`` as pairs."""
    pairs = tuple((field.strip(), column.strip()) for field, _, column in (pair.partition("=") for pair in told))
    if bad := next((pair for pair, (field, column) in zip(told, pairs, strict=True) if not (field and column)), None):
        raise click.BadParameter(f"{bad!r} is no FIELD=COLUMN, such as text=Body")
    return pairs


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=pairs_of,
    help="Which column of a table holds a field (text, published, outlet, id, …), by header or number; guessed else.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON even on a terminal.")


def input_options(command: F) -> F:
    """The options that say how input is to be read, and claims from it."""
    cores = click.option(
        "--processes", default=1, show_default=True, type=click.IntRange(min=0), help="Cores to use; 0 for all."
    )
    return reading_options(pack_option(cores(command)))


def reading_options(command: F) -> F:
    """The options that say how input is to be read."""
    for option in (
        click.option("--encoding", metavar="NAME", help="Encoding of the files; detected when left out."),
        click.option("--outlet", metavar="NAME", help="Publisher of reports that do not name one."),
        click.option(
            "--published",
            metavar="DATE",
            help="When undated reports were published, such as 2016-12-17. Without it, «yesterday» stays open.",
        ),
    ):
        command = option(command)
    return command


class Job:
    """One run of the whole job from the command line: issues as lines on stderr, bars on a terminal."""

    def __init__(
        self, most: int = MOST_LINES, rest: str = "tawatur run --out keeps all of them in record.json"
    ) -> None:
        self.most = most
        self.rest = rest  # where the lines beyond are found
        self.refused = 0
        self.decided: tuple[Judgement, ...] = ()  # what analysts decided, read from a file
        self._told: Counter[str] = Counter()

    def run(self, paths: tuple[str, ...], *, judgements: Path | None = None, **options: Any) -> Comparison:
        """The comparison. When nothing could be read the program ends, with the reason told."""
        from tawatur import pipeline

        with Bars() as bars:
            told = partial(self._tell, bars)
            self.decided = _decisions(judgements, told)
            comparison = pipeline.run(paths, judgements=self.decided, on_issue=told, progress=bars.step, **options)
        return self._done(comparison)

    def regrouped(self, comparison: Comparison, decided: tuple[Judgement, ...], added: tuple[Claim, ...]) -> Comparison:
        """The comparison under decisions from a ledger beside those of the file, with claims that people added there;
        what was told is not told again.
        """
        from tawatur import pipeline

        with Bars() as bars:

            def told(issue: Issue) -> None:
                if issue not in comparison.issues:
                    self._tell(bars, issue)

            return pipeline.regrouped(comparison, (*decided, *self.decided), added, on_issue=told)

    def read(self, paths: tuple[str, ...], **options: Any) -> tuple[Report, ...]:
        """The reports alone. When there are none the program ends, with the reason told."""
        return tuple(self.each(paths, **options))

    def each(self, paths: tuple[str, ...], **options: Any) -> Iterator[Report]:
        """The reports one at a time. When there are none the program ends, with the reason told."""
        from tawatur import pipeline

        some = False
        with Bars() as bars:
            for report in pipeline.read(paths, on_issue=partial(self._tell, bars), **options):
                some = True
                yield report
        self._end_of_input(some=some)

    @contextmanager
    def telling(self) -> Iterator[OnIssue]:
        """Where a stage's issues go while it works on one file."""
        with Bars() as bars:
            yield partial(self._tell, bars)
        self._tell_rest()

    def given(
        self,
        paths: tuple[str, ...],
        files: tuple[Path, ...],
        columns: tuple[tuple[str, str], ...],
        judgements: Path | None,
        **options: Any,
    ) -> Comparison:
        """The same with claims from files instead of our own."""
        from tawatur import given, pipeline

        packs = options.pop("packs")
        options.pop("processes")
        with Bars() as bars:
            told = partial(self._tell, bars)
            decided = _decisions(judgements, told)
            reports = tuple(pipeline.read(paths, on_issue=told, **options))
            claims = given.claims(files, reports, columns=given.columns_of(columns), on_issue=told)
            comparison = pipeline.compare(reports, claims, judgements=decided, packs=packs, on_issue=told)
        return self._done(comparison)

    def _done(self, comparison: Comparison) -> Comparison:
        self._end_of_input(some=bool(comparison.reports))
        return comparison

    def _end_of_input(self, *, some: bool) -> None:
        self._tell_rest()
        if not some:
            if not self.refused:
                click.echo("tawatur: nothing to read; see tawatur run --help for the forms that can be", err=True)
            raise click.exceptions.Exit(NOTHING)

    @property
    def code(self) -> int:
        """0, or 1 when input was refused."""
        return REFUSED if self.refused else 0

    def _tell(self, bars: Bars, issue: Issue) -> None:
        self.refused += issue.severity == "refused"
        self._told[issue.file] += 1
        if self._told[issue.file] <= self.most:
            bars.line(plain(issue.line()))

    def _tell_rest(self) -> None:
        for file, count in self._told.items():
            if count > self.most:
                click.echo(plain(f"{file}: {count - self.most} more like these; {self.rest}"), err=True)


def _decisions(file: Path | None, told: OnIssue) -> tuple[Judgement, ...]:
    """What analysts decided, read from a file if there is one."""
    from tawatur import given

    return given.judgements(file, told) if file else ()


def plain(text: str) -> str:
    """A text as one line without control characters, so that a file name cannot steer the terminal."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)


def on_terminal() -> bool:
    """Does standard output go to a terminal?"""
    return sys.stdout.isatty()


def print_json(value: object) -> None:
    """Print a value as JSON, Arabic as Arabic."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
