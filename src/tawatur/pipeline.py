"""The stages in order: archive, claims, copies, events, findings. The same input, shuffled or not, the same result."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur import archive, copies, events, findings, readers
from tawatur.claims import explain as explained
from tawatur.extraction import Extract, Extraction, claims_of
from tawatur.kept_files import KeptFiles
from tawatur.model import Claim, Comparison, FileOutcome, Issue, Judgement, Lineage, OnIssue, Report, digest
from tawatur.runners import each, shared
from tawatur.settings import SEED, Redo, Settings, versions

if TYPE_CHECKING:
    from tawatur.events.blocking import Mapped
    from tawatur.events.views import Scene

#: Called with a stage's name, what is done, and what there is in all (None when not known): bytes while files are read.
Progress = Callable[[str, int, int | None], None]
#: One path or several; a path is a file, a folder, a glob, or ``-`` for standard input.
Paths = str | Path | Iterable[str | Path]
KEPT = "kept"
TIMING = "timing.json"
_log = logging.getLogger("tawatur")


def _untold(_stage: str, _done: int, _total: int | None) -> None:
    """Nobody asks how far the work is."""


def read(
    paths: Paths,
    *,
    published: str | None = None,
    outlet: str | None = None,
    encoding: str | None = None,
    columns: Iterable[tuple[str, str]] = (),
    on_issue: OnIssue | None = None,
) -> Iterator[Report]:
    """Files, folders, globs or ``-`` in; their reports out, one at a time.

    What is refused goes to ``on_issue``, else to the log. ``published`` (ISO 8601) and ``outlet`` stand where a report
    itself tells none; ``columns`` say which column of a table holds a field. Raises InputError for a bad ``published``
    or an unknown field, EncodingError for an unknown ``encoding``.
    """
    told = on_issue or _to_log
    return archive.read(
        _many(paths), published=published, outlet=outlet, encoding=encoding, columns=columns, on_issue=told
    )


def extract(report: Report, *, packs: Iterable[str | Path] = (), reader: str = "grammar") -> tuple[Claim, ...]:
    """A report in; its claims out, in text order. ``packs`` are folders laid over the language pack."""
    folders = _folders(packs)
    return claims_of(readers.reader(reader, folders), report, folders)


def derivations(report: Report, *, packs: Iterable[str | Path] = ()) -> dict[str, list[str]]:
    """How the claims that the grammar reader finds in a report came about: claim id → lines; none for a logged row."""
    if report.fields:
        return {}
    parts = readers.GrammarReader(*_folders(packs)).parts(report)
    return {claim: lines for part, pack in parts for claim, lines in explained(part, pack).items()}


def compare(
    reports: Iterable[Report],
    claims: Iterable[Claim] | None = None,
    *,
    judgements: Sequence[Judgement] = (),
    packs: Iterable[str | Path] = (),
    on_issue: OnIssue | None = None,
) -> Comparison:
    """Reports in, with their claims if they are known; copies, events, accounts, findings, estimates out.

    What analysts decided (``judgements``) comes before what is reckoned; decisions that cannot hold with earlier ones,
    figures and times that cannot be, and claims of reports that are not there are refused through ``on_issue``.
    """
    known = tuple(sorted({r.id: r for r in reports}.values(), key=_place))
    folders = _folders(packs)
    found = [c for r in known for c in extract(r, packs=folders)] if claims is None else claims
    settings = Settings(packs=folders)
    return _compared(known, _in_order(known, found), settings, judgements, on_issue or _to_log)


def regrouped(
    comparison: Comparison,
    judgements: Sequence[Judgement],
    added: Sequence[Claim] = (),
    *,
    on_issue: OnIssue | None = None,
) -> Comparison:
    """A comparison in, the same reports and claims with events and findings under further decisions out.

    ``added`` are claims that people found in these reports and no reader did: they are compared with the others.
    """
    reports, lineage = comparison.reports, None if added else comparison.lineage
    claims = _in_order(reports, (*comparison.claims, *added)) if added else comparison.claims
    made = staged(reports, claims, judgements, lineage=lineage, on_issue=on_issue or _to_log)
    return replace(made, issues=comparison.issues, files=comparison.files, record=comparison.record)


def run(
    paths: Paths,
    *,
    published: str | None = None,
    outlet: str | None = None,
    encoding: str | None = None,
    columns: Iterable[tuple[str, str]] = (),
    packs: Iterable[str | Path] = (),
    processes: int = 1,
    out: str | Path | None = None,
    reader: str = "grammar",
    judgements: Sequence[Judgement] = (),
    keep: str | Path | None = None,
    redo: Redo = "needed",
    on_issue: OnIssue | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Files, folders, globs or ``-`` in; the whole comparison out, with an issue for everything refused or doubtful.

    With ``out``, what files gave and the claims in it are kept in that folder and a later run goes on from there: it
    reads files that are new or changed, and those that ``redo`` says: ``failed`` or doubtful ones, ``outdated`` ones
    that older code read, both (``needed``), ``all`` or ``none``. With ``keep``, the bytes of every file are kept in
    that folder. ``processes`` 0 means every core; with more than one, a script must make the call under
    ``if __name__ == "__main__"``, as processes are spawned. Raises a TawaturError for options that make no sense; what
    cannot be read never raises.
    """
    folder = Path(out) if out is not None else None
    settings = Settings(published, outlet, encoding, _folders(packs), processes, folder, reader, tuple(columns), redo)
    given = _many(paths)
    settings.beside(given)
    clock = _Clock()
    work = _Work(settings, on_issue, progress, Path(keep) if keep is not None else None)
    work.extract(given)
    clock.mark("read and extract")
    reports = work.reports()
    claims = _in_order(reports, [c for found in work.claims.values() for c in found])
    comparison = _compared(reports, claims, settings, judgements, work.on_issue, work.step)
    clock.mark("compare")
    if folder is not None:
        clock.write(folder / TIMING, reports=len(reports), kept=work.kept, processes=processes)
    files = tuple(sorted(work.files, key=lambda file: file.file))
    return replace(comparison, issues=tuple(sorted(set(work.issues), key=_issue_place)), files=files)


class _Work:
    """Reports, claims and issues of one run, as they come in."""

    def __init__(
        self, settings: Settings, on_issue: OnIssue | None, progress: Progress | None, keep: Path | None
    ) -> None:
        self.settings, self.keep = settings, keep
        self.files: list[FileOutcome] = []
        self.tell = on_issue or _to_log
        self.progress = progress
        self.issues: list[Issue] = []
        self.kept = 0
        self.by_id: dict[str, Report] = {}
        self.claims: dict[str, tuple[Claim, ...]] = {}

    def extract(self, paths: tuple[str | Path, ...]) -> None:
        """Read every report and its claims."""
        s = self.settings
        readers.reader(s.reader, s.packs)
        kept = s.out / KEPT if s.out else None
        task = Extract(s.reader, s.packs, kept, anew=s.redo == "all")
        memory = KeptFiles(kept, (s.published, s.outlet, s.encoding, s.columns), s.redo) if kept else None
        reports = archive.read(
            paths,
            published=s.published,
            outlet=s.outlet,
            encoding=s.encoding,
            columns=s.columns,
            on_issue=self.on_issue,
            on_file=self.files.append,
            keep=self.keep,
            memory=memory,
            on_bytes=self._reading(paths),
        )
        for extraction in each(task, reports, s.processes):
            self.take(extraction)
        if memory:
            memory.forget()
            self._outdated(memory)

    def _reading(self, paths: tuple[str | Path, ...]) -> Callable[[int], None] | None:
        """Tells how far reading is; nothing when nobody asks."""
        if self.progress is None:
            return None
        piped = "-" in map(str, paths)
        total = None if piped else sum(size for _, size, _ in archive.inputs(paths))
        return lambda done: self.step("read and extract", done, total)

    def _outdated(self, memory: KeptFiles) -> None:
        """Tell what stands as older code read it."""
        if memory.outdated:
            reason = f"{memory.outdated} files are as an older version read them"
            self.on_issue(Issue(str(memory.folder), "", reason, "give --redo outdated to read them again", "doubtful"))

    def take(self, extraction: Extraction) -> None:
        """Add a report and its claims."""
        for issue in extraction.issues:
            self.on_issue(issue)
        self.kept += extraction.kept
        self.by_id[extraction.report.id] = extraction.report
        self.claims[extraction.report.id] = extraction.claims

    def reports(self) -> tuple[Report, ...]:
        """The reports by publication and name."""
        return tuple(sorted(self.by_id.values(), key=_place))

    def on_issue(self, issue: Issue) -> None:
        """Keep an issue and tell it."""
        self.issues.append(issue)
        self.tell(issue)

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Tell how far the work is."""
        if self.progress:
            self.progress(stage, done, total)


def _compared(
    reports: tuple[Report, ...],
    claims: tuple[Claim, ...],
    settings: Settings,
    judgements: Sequence[Judgement],
    on_issue: OnIssue,
    step: Progress = _untold,
) -> Comparison:
    made = staged(reports, claims, judgements, mapped=shared(settings.processes), on_issue=on_issue, step=step)
    return replace(made, record=_record(reports, settings))


def staged(
    reports: tuple[Report, ...],
    claims: tuple[Claim, ...],
    judgements: Sequence[Judgement] = (),
    *,
    lineage: Lineage | None = None,
    view: Scene | None = None,
    mapped: Mapped = map,
    on_issue: OnIssue,
    step: Progress = _untold,
) -> Comparison:
    """Reports and claims in, what the stages after these make of them out, without a record of the run.

    ``lineage`` and ``view`` (``events.scene``) are those of these reports and claims where they are made already;
    ``mapped`` does work in parcels, as ``runners.shared``.
    """
    if lineage is None:
        step("copies", 0, 1)
        written = tuple(report for report in reports if not report.fields)  # rows of a sheet are alike and no copies
        lineage = copies.trace(written, claims)
        step("copies", 1, 1)
    step("events", 0, 1)
    view = view or events.scene(claims, reports)
    grouped = events.group(claims, reports, lineage, judgements, view=view, on_issue=on_issue, mapped=mapped)
    step("events", 1, 1)
    step("findings", 0, 1)
    accounts, found, estimates = findings.compare(
        grouped, claims, reports, lineage, view=view, on_issue=on_issue, mapped=mapped
    )
    step("findings", 1, 1)
    doubts = findings.doubts(claims, found, lineage, reports)
    return Comparison(reports, claims, lineage, grouped, accounts, found, estimates, doubts=doubts)


def _record(reports: Sequence[Report], settings: Settings) -> dict[str, object]:
    """The run record: what made the result, without a clock and without what cannot change it."""
    reader = readers.reader(settings.reader, settings.packs)
    return {
        "versions": versions(),
        "reader": {"name": reader.name, "version": reader.version},
        "pack": readers.pack_hash(reader),
        "options": {
            "published": settings.published,
            "outlet": settings.outlet,
            "encoding": settings.encoding,
            "columns": [list(pair) for pair in settings.columns],
            "packs": [folder.name for folder in settings.packs],
        },
        "seed": SEED,
        "reports": len(reports),
        "input": digest("input", *sorted(r.id for r in reports)),
    }


class _Clock:
    """Seconds by stage, kept apart from what must be the same on every run."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self.last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """End a stage here."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self.last, 3)
        self.last = now

    def write(self, path: Path, **counts: int) -> None:
        """Write start, seconds and counts as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"started": self.started, "seconds": self.seconds, **counts}
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _in_order(reports: Sequence[Report], claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims by report, then as they stand in the text; those of no known report last."""
    rank = {report.id: i for i, report in enumerate(reports)}
    return tuple(
        sorted(claims, key=lambda c: (rank.get(c.report, len(rank)), c.span.start, c.span.end, c.event_type, c.id))
    )


def _place(report: Report) -> tuple[bool, str, str, str]:
    return (report.published is None, report.published or "", report.name, report.id)


def _issue_place(issue: Issue) -> tuple[object, ...]:
    numbers = [int(n) for n in re.findall(r"\d+", issue.place)]
    return (issue.file, numbers, issue.place, issue.reason, issue.advice, issue.severity)


def _many(paths: Paths) -> tuple[str | Path, ...]:
    """Paths in a fixed order, so that of one report in two files the same file is always the first."""
    return (paths,) if isinstance(paths, str | Path) else tuple(sorted(paths, key=str))


def _folders(packs: Iterable[str | Path]) -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in packs)


def _to_log(issue: Issue) -> None:
    _log.warning("%s", issue.line())
