"""Report to claims by a reader, with what was kept from an earlier run, and an issue for everything that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tawatur import claims, lang, readers
from tawatur.model import Claim, Issue, Reader, Report
from tawatur.resume import Kept


@dataclass(frozen=True, slots=True)
class Extraction:
    """A report, its claims in text order, what went wrong, and whether the claims were kept from an earlier run."""

    report: Report
    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """The task of reading one report; picklable, so that it travels to other processes. ``folder`` keeps claims."""

    reader: str = "grammar"
    packs: tuple[Path, ...] = ()
    folder: Path | None = None
    anew: bool = False  # what was kept is not taken

    def __call__(self, report: Report) -> Extraction:
        """The report's claims: kept ones where there are any, else read now and kept."""
        reader = readers.reader(self.reader, self.packs)
        if self.folder is None:
            return _read(reader, report, self.packs)
        kept = Kept(self.folder, reader=reader.name, version=reader.version, pack=readers.pack_hash(reader))
        return _resume(kept, reader, report, self.packs, anew=self.anew)


def _resume(kept: Kept, reader: Reader, report: Report, packs: tuple[Path, ...], *, anew: bool) -> Extraction:
    issues: tuple[Issue, ...] = ()
    try:
        found = None if anew else kept.get(report.id)
    except ValueError as error:
        found = None
        issues = (_doubt(report, f"kept claims are damaged ({error})", "they were read again from the report"),)
    if found is not None:
        return Extraction(report, found, kept=True)
    fresh = _read(reader, report, packs)
    if not fresh.issues:
        kept.put(report.id, fresh.claims)
    return Extraction(report, fresh.claims, issues + fresh.issues)


def claims_of(reader: Reader, report: Report, packs: tuple[Path, ...]) -> tuple[Claim, ...]:
    """The claims of a report by a reader; of a row that somebody logged by hand, what it says, whatever the reader."""
    if not report.fields:
        return tuple(reader.read(report))
    return claims.observe(report, packs=[lang.load_for(code, packs) for code in lang.languages()])


def _read(reader: Reader, report: Report, packs: tuple[Path, ...]) -> Extraction:
    """One report read. A reader that fails on it costs this report's claims, not the run."""
    try:
        found = claims_of(reader, report, packs)
    except MemoryError:
        raise  # no fault of the report
    except Exception as error:
        reason = f"reader {reader.name} failed: {type(error).__name__}: {error}"
        return _failed(report, reason, "it has no claims here; please report this")
    wrong = readers.faults(report, found)
    if wrong:
        reason = f"reader {reader.name} broke the model: {wrong[0]}"
        return _failed(report, reason, "its claims were left out; please report this")
    doubt = None if report.fields else readers.doubt(reader, report)
    return Extraction(report, found, (_doubt(report, *doubt),) if doubt else ())


def _failed(report: Report, reason: str, advice: str) -> Extraction:
    line = " ".join(reason.split())
    return Extraction(report, (), (Issue(report.origin_file or report.name, report.name, line, advice),))


def _doubt(report: Report, reason: str, advice: str) -> Issue:
    return Issue(report.origin_file or report.name, report.name, reason, advice, "doubtful")
