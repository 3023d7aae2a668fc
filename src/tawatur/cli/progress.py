"""Progress bars on standard error with the time left, only on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

import click

from tawatur.cli.estimate import Estimate, in_words

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bars:
    """One bar a stage. Away from a terminal nothing is drawn and lines go straight to standard error."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._estimates: dict[str, Estimate] = {}

    def __enter__(self) -> Bars:
        if sys.stderr.isatty():
            self._progress = _bars(sys.stderr, self._clock)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Show that ``done`` of ``total`` (None when not known) of a stage is done, and how long the rest will take."""
        if self._progress is None:
            return
        if stage not in self._tasks:
            self._estimates[stage] = Estimate(self._clock)
            self._tasks[stage] = self._progress.add_task(stage, total=total, left=self._estimates[stage].left)
        self._estimates[stage].seen(done, total)
        self._progress.update(self._tasks[stage], completed=done, total=total)

    def line(self, text: str) -> None:
        """Print a line above the bars."""
        if self._progress is None:
            click.echo(text, err=True)
        else:
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)


def _bars(out: TextIO, clock: Callable[[], float]) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.text import Text

    class Left(ProgressColumn):
        """What is left, asked anew whenever the bar is drawn."""

        def render(self, task: Task) -> Text:
            return Text("" if task.finished else in_words(task.fields["left"]()))

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), Left())
    return Progress(*columns, console=Console(file=out), transient=True, get_time=clock)
