"""Paths in, the files that would be read out, with size and time of change: what tells that something is new."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tawatur.archive.finding import Finder
from tawatur.model import Issue

Listed = tuple[str, int, int]  # path, bytes, time of change in nanoseconds


def inputs(paths: Iterable[str | Path]) -> tuple[Listed, ...]:
    """The files below the paths, sorted; what cannot be looked at is left out."""
    found = []
    for file in Finder(_ignore).find(paths):
        try:
            status = file.path.stat()
        except OSError:
            continue  # gone since it was found
        found.append((str(file.path), status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))


def _ignore(issue: Issue) -> None:
    """A folder without reports is no fault of one that is watched."""
