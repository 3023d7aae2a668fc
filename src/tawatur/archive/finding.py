"""Paths, folders and globs in, the files to read out, each once and in a fixed order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from tawatur.archive.formats import SUFFIXES
from tawatur.archive.items import STANDARD_INPUT
from tawatur.archive.member_names import is_note
from tawatur.errors import InputError
from tawatur.model import Issue, OnIssue


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; ``named`` when the user named it, so that a file of no use is worth a word."""

    path: Path
    named: bool


@dataclass(slots=True)
class Finder:
    """Walks what the user named. Files and folders met before are not read again; links in a circle end by that."""

    on_issue: OnIssue
    seen: set[tuple[int, int]] = field(default_factory=set)

    def find(self, paths: Iterable[str | Path]) -> Iterator[Found]:
        """Every file to read, in the order of the paths and sorted by name below each; issues for the rest."""
        for path in paths:
            yield from self._named(Path(path))

    def _named(self, path: Path) -> Iterator[Found]:
        if str(path) == STANDARD_INPUT:
            yield Found(path, True)
        elif self._is_pattern(path):
            yield from self._matched(path)
        elif _is_folder(path):
            yield from self._folder(path)
        else:
            yield from self._file(path, named=True)

    def _is_pattern(self, path: Path) -> bool:
        return glob.has_magic(str(path)) and not os.path.lexists(path)

    def _matched(self, pattern: Path) -> Iterator[Found]:
        names = sorted(glob.glob(str(pattern), recursive=True))  # noqa: PTH207  patterns may be absolute
        found = False
        for item in self._below([Path(name) for name in names]):
            found = True
            yield item
        if not found:
            self._refuse(pattern, "no report matches this pattern", "check the pattern and the folder it starts from")

    def _folder(self, folder: Path) -> Iterator[Found]:
        if self._met(folder):
            return
        found = False
        for item in self._below(self._inside(folder)):
            found = True
            yield item
        if not found:
            self._refuse(folder, "no report in this folder", f"put {', '.join(sorted(SUFFIXES))} files there")

    def _below(self, paths: list[Path]) -> Iterator[Found]:
        waiting = paths[::-1]
        while waiting:
            path = waiting.pop()
            if not _is_folder(path):
                yield from self._file(path, named=False)
            elif not self._met(path):
                waiting.extend(reversed(self._inside(path)))

    def _inside(self, folder: Path) -> list[Path]:
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self._refuse(folder, f"cannot be listed ({_why(error)})", "check that it may be read")
            return []

    def _file(self, path: Path, named: bool) -> Iterator[Found]:
        if (named or _may_be_report(path)) and not self._met(path):
            yield Found(path, named)

    def _met(self, path: Path) -> bool:
        try:
            status = path.stat()
        except (OSError, ValueError):
            return False
        key = (status.st_dev, status.st_ino)
        if key in self.seen:
            return True
        self.seen.add(key)
        return False

    def _refuse(self, path: Path, reason: str, advice: str) -> None:
        self.on_issue(Issue(str(path), "", reason, advice))


def _may_be_report(path: Path) -> bool:
    """Whether a file that the user did not name may hold reports: its suffix says so, and it is no note about files."""
    return path.suffix.lower() in SUFFIXES and not is_note(path.name)


def open_regular(path: Path) -> BufferedReader:
    """A regular file, open for reading. Raises InputError for what is missing, locked, a device, a pipe or a folder."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("not a regular file", "give a file or a folder, or - for standard input")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        return os.fdopen(handle, "rb")
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read ({_why(error)})", "check the path and that it may be read") from error


def _why(error: OSError | ValueError) -> str:
    return str(error.strerror if isinstance(error, OSError) and error.strerror else error).lower()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
