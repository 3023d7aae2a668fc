"""Paths in, reports out, one at a time; an issue for everything that was refused or is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tawatur.archive.checking import DATE_ADVICE, is_date
from tawatur.archive.encodings import check_encoding
from tawatur.archive.finding import Finder, Found
from tawatur.archive.items import Hints
from tawatur.archive.limits import MAX_REFUSED
from tawatur.archive.one_file import Memory, parts
from tawatur.archive.outcomes import Given, Tally
from tawatur.archive.store import Store
from tawatur.archive.table_columns import check_columns
from tawatur.errors import InputError
from tawatur.model import FileOutcome, Issue, OnFile, OnIssue, Report

_FEW = 10  # refused parts a report, beyond which a file is taken for something else
OnBytes = Callable[[int], None]


def read(
    paths: Iterable[str | Path] | str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    encoding: str | None = None,
    columns: Iterable[tuple[str, str]] = (),
    on_issue: OnIssue,
    on_file: OnFile | None = None,
    keep: Path | None = None,
    memory: Memory | None = None,
    on_bytes: OnBytes | None = None,
) -> Iterator[Report]:
    """Paths, folders, globs or ``-`` in, reports out, lazily and in a fixed order; every id comes once.

    ``published`` (ISO 8601) and ``outlet`` fill in what an input does not say; ``encoding`` overrides the guess for
    text; ``columns`` say which column of a table holds a field, over the guess. Each bad input becomes one ``Issue``
    and the rest goes on; ``on_file`` is told what became of each file once it was read. The bytes of every file are
    kept in the folder ``keep``, under their SHA-256; ``memory`` is asked for what earlier runs made of it, and
    ``on_bytes`` told how many bytes of all files have been read. Raises InputError for a bad ``published`` or an
    unknown field of ``columns``, EncodingError for an unknown ``encoding``.
    """
    if published is not None and not is_date(published):
        raise InputError(f"{published!r} is no date", DATE_ADVICE)
    name = check_encoding(encoding) if encoding is not None else None
    columns = tuple(columns)
    check_columns(columns)
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    store = Store(keep) if keep else None
    hints = Hints(published, outlet, name, columns)
    return _Reading(hints, on_issue, on_file or _ignore, store, memory, on_bytes).run(listed)


def _ignore(outcome: FileOutcome) -> None:
    """Nobody asked what becomes of a file."""


@dataclass(slots=True)
class _Reading:
    """One call of ``read``. Memory grows by some 300 bytes of hashes a report, to tell one that comes again."""

    hints: Hints
    on_issue: OnIssue
    on_file: OnFile
    store: Store | None
    memory: Memory | None
    on_bytes: OnBytes | None
    behind: int = 0  # bytes of files that were read
    known: set[int] = field(default_factory=set)

    def run(self, paths: list[str | Path]) -> Iterator[Report]:
        for found in Finder(self._unfound).find(paths):
            yield from self._file(found)

    def _file(self, found: Found) -> Iterator[Report]:
        """The reports of a file that no file before it gave."""
        tally = Tally(str(found.path))
        for part in parts(found, self.hints, tally, self.store, self.memory):
            issue = part if isinstance(part, Issue) else self._again(tally.file, part)
            if issue is not None:
                tally.issue(issue)
                self.on_issue(issue)
            elif isinstance(part, Given):
                tally.reports += 1
                yield part.report
            self._moved(self.behind + min(tally.at(), tally.size))
            if tally.refused > max(MAX_REFUSED, _FEW * tally.reports):
                self._given_up(tally)
                break
        self.behind += tally.size
        self._moved(self.behind)
        self.on_file(tally.outcome())

    def _given_up(self, tally: Tally) -> None:
        """Leave the rest of a file unread that hardly holds a report."""
        tally.broke = True
        reason = f"more than {MAX_REFUSED:,} parts of it are refused; the rest is not read"
        self.on_issue(Issue(tally.file, "", reason, "look at what it is, and leave it out"))

    def _moved(self, done: int) -> None:
        if self.on_bytes:
            self.on_bytes(done)

    def _again(self, file: str, given: Given) -> Issue | None:
        """A doubt about a report that was read before; else it is known from now on."""
        key = int(given.report.id, 16)
        if key in self.known:
            return Issue(file, given.place, "the same report was read before", "remove one of the two", "doubtful")
        self.known.add(key)
        return None

    def _unfound(self, issue: Issue) -> None:
        self.on_issue(issue)
        self.on_file(FileOutcome(issue.file, "failed", issue.reason, refused=1))
