"""Claims and decisions that somebody else made in, ours out: ``claims`` in the contract's form or from a table,
``judgements`` as JSON lines. What cannot be is refused with one line a claim; the rest stands.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tawatur.errors import FormatError
from tawatur.given.building import built
from tawatur.given.forms import rows_of
from tawatur.given.judging import judgements
from tawatur.given.tables import columns_of, rows_in
from tawatur.model import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tawatur.given.forms import Row
    from tawatur.model import Claim, OnIssue, Report

__all__ = ["claims", "columns_of", "judgements"]
TABLES = (".csv", ".tsv", ".tab")
_LEFT_OUT = "left out; the rest is compared"
_PARTLY = "left out; the rest of the claim is compared"


def claims(
    files: Sequence[Path], reports: Iterable[Report], *, columns: dict[str, str], on_issue: OnIssue
) -> tuple[Claim, ...]:
    """The claims of files about known reports, in the files' order, each id once.

    A file is JSON in the contract's form, JSON lines (a claim a line, with its ``report``), or a table (CSV, TSV) read
    by ``columns`` (field to column, where they differ). A claim names its report by name or id. Refused claims and
    fields go to ``on_issue``, one issue a claim. Raises FormatError for a file that cannot be read at all.
    """
    known = _Known(reports)
    found: dict[str, Claim] = {}
    for file in files:
        for row in _rows(file, columns, on_issue):
            made = _made(file, row, known, found, on_issue)
            if made:
                found[made.id] = made
    return tuple(found.values())


def _rows(file: Path, columns: dict[str, str], on_issue: OnIssue) -> Iterable[Row]:
    if file.suffix.lower() in TABLES:
        return rows_in(file, columns, on_issue)
    return rows_of(_text(file), str(file))


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(f"{file}: not UTF-8", "save the claims as UTF-8") from None


class _Known:
    """Reports by id and, where it is only one report's, by name."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.all = list(reports)
        self._ids = {r.id: r for r in self.all}
        self._count = Counter(r.name for r in self.all)
        self._names = {r.name: r for r in self.all}

    def find(self, name: str | None) -> Report | str:
        """The report, or why there is none."""
        if name is None:
            return self.all[0] if len(self.all) == 1 else "it does not say which report it is from"
        if name in self._ids:
            return self._ids[name]
        if self._count[name] > 1:
            return f"{self._count[name]} reports are called {name!r}"
        return self._names.get(name) or f"no report is called {name!r}"


def _made(file: Path, row: Row, known: _Known, found: dict[str, Claim], on_issue: OnIssue) -> Claim | None:
    """The claim of a row; None where it is refused. All that is wrong with it is told in one issue."""
    report = row.fields if isinstance(row.fields, str) else known.find(row.report)
    if isinstance(report, str):
        on_issue(Issue(str(file), row.place, report, _LEFT_OUT))
        return None
    claim, faults = built(row.fields, report)
    if claim and claim.id in found:
        faults, claim = [f"the id {claim.id!r} is given twice"], None
    if faults:
        on_issue(Issue(str(file), row.place, ", ".join(faults), _PARTLY if claim else _LEFT_OUT))
    return claim
