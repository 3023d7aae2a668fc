"""What reading a file gives, in order: reports, issues, and at the end what became of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tawatur.model import FileOutcome, Issue, Report
from tawatur.terms import FileTaken


@dataclass(frozen=True, slots=True)
class Given:
    """A report and where in its file it stands."""

    report: Report
    place: str


@dataclass(slots=True)
class Tally:
    """Counts what the parts of a file gave."""

    file: str
    reports: int = 0
    refused: int = 0
    doubts: int = 0
    passed_by: int = 0
    nothing: str = ""  # why nothing is to be read
    doubt: str = ""  # the first one, as what follows
    refusal: str = ""
    broke: bool = False  # reading ended before the file did
    digest: str = ""  # of the bytes that were kept
    taken: FileTaken = ""
    size: int = 0  # bytes of the file
    at: Callable[[], int] = int  # how many of them were read

    def part(self, part: Given | Issue) -> None:
        """Count a report or an issue."""
        if isinstance(part, Given):
            self.reports += 1
        else:
            self.issue(part)

    def issue(self, issue: Issue) -> None:
        """Count an issue; the first reason of each kind is kept."""
        reason = f"{issue.place}: {issue.reason}" if issue.place else issue.reason
        if issue.severity == "refused":
            self.refused += 1
            self.refusal = self.refusal or reason
        else:
            self.doubts += 1
            self.doubt = self.doubt or reason

    def outcome(self) -> FileOutcome:
        """What became of the file: one that broke off has failed, whatever was read before that."""
        counts = (self.reports, self.refused, self.doubts, self.passed_by, self.digest, self.taken)
        if self.broke or (self.refused and not self.reports):
            return FileOutcome(self.file, "failed", self.refusal, *counts)
        if not self.reports:
            return FileOutcome(self.file, "skipped", self.nothing or self.doubt or "holds no reports", *counts)
        reason = self.refusal or self.doubt
        return FileOutcome(self.file, "doubtful" if reason else "read", reason, *counts)
