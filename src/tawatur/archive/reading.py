"""Paths in, reports out, one at a time; an issue for everything that was refused or is in doubt."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BufferedReader, BytesIO
from pathlib import Path

from tawatur.archive.checking import DATE_ADVICE, check_text, is_date
from tawatur.archive.encodings import check_encoding
from tawatur.archive.finding import Finder, Found, open_regular
from tawatur.archive.formats import FORMATS, format_of, reader_of
from tawatur.archive.items import STANDARD_INPUT, DoubtOf, Hints, Item, Refusal, Source
from tawatur.archive.limits import MAX_DOCUMENT
from tawatur.archive.table_columns import check_columns
from tawatur.errors import InputError, NoReportsError, TawaturError
from tawatur.model import Issue, OnIssue, Report


def read(
    paths: Iterable[str | Path] | str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    encoding: str | None = None,
    columns: Iterable[tuple[str, str]] = (),
    on_issue: OnIssue,
) -> Iterator[Report]:
    """Paths, folders, globs or ``-`` in, reports out, lazily and in a fixed order; every id comes once.

    ``published`` (ISO 8601) and ``outlet`` fill in what an input does not say; ``encoding`` overrides the guess for
    text; ``columns`` say which column of a table holds a field, over the guess. Each bad input becomes one ``Issue``
    and the rest goes on. Raises InputError for a bad ``published`` or an unknown field of ``columns``, EncodingError
    for an unknown ``encoding``.
    """
    if published is not None and not is_date(published):
        raise InputError(f"{published!r} is no date", DATE_ADVICE)
    name = check_encoding(encoding) if encoding is not None else None
    columns = tuple(columns)
    check_columns(columns)
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    return _Reading(Hints(published, outlet, name, columns), on_issue).run(listed)


@dataclass(slots=True)
class _Reading:
    """One call of ``read``. Memory grows by some 300 bytes of hashes a report, to tell one that comes again."""

    hints: Hints
    on_issue: OnIssue
    known: set[int] = field(default_factory=set)

    def run(self, paths: list[str | Path]) -> Iterator[Report]:
        for found in Finder(self.on_issue).find(paths):
            try:
                yield from self._file(found)
            except TawaturError as error:
                self._tell(found.path, "", error)
            except OSError as error:
                self._tell(found.path, "", InputError(f"reading broke off ({error.strerror})", "try again"))

    def _file(self, found: Found) -> Iterator[Report]:
        path = found.path
        if str(path) == STANDARD_INPUT:
            yield from self._source(Source(str(path), "stdin", _standard_input(), self.hints))
            return
        with open_regular(path) as stream:
            yield from self._source(Source(str(path), path.name, stream, self.hints, named=found.named))

    def _source(self, source: Source) -> Iterator[Report]:
        form, declared = format_of(source), set[int]()  # the ids that the file has given so far
        if form is None:
            self._useless(source)
            return
        try:
            for part in reader_of(form)(source):
                if isinstance(part, Item):
                    yield from self._item(source, replace(part, form=part.form or form.name), declared)
                elif isinstance(part, Refusal):
                    self._tell(source.path, part.place, part.error)
                else:
                    self._doubt(source.path, part.place, (part.reason, part.advice))
        except NoReportsError as error:
            if source.named:
                self._doubt(source.path, "", (error.message, error.advice))

    def _item(self, source: Source, item: Item, declared: set[int]) -> Iterator[Report]:
        try:
            report = self._report(source, item, declared)
        except TawaturError as error:
            self._tell(source.path, item.place, error)
            return
        for doubt in item.doubts:
            self._doubt(source.path, item.place, doubt)
        if item.published and not is_date(item.published):
            reason = f"published {item.published[:40]!r} is no date; taken as unknown"
            self._doubt(source.path, item.place, (reason, DATE_ADVICE))
        yield from self._once(source.path, item.place, report)

    def _report(self, source: Source, item: Item, declared: set[int]) -> Report:
        text = check_text(item.text)
        if item.declared is not None:
            if hash(item.declared) in declared:
                reason = f"the id {item.declared!r} comes twice in this input"
                raise InputError(reason, "give each report an id of its own")
            declared.add(hash(item.declared))
        published = item.published if item.published and is_date(item.published) else None
        report = Report.make(
            text,
            name=item.name,
            declared=item.declared,
            outlet=item.outlet or source.hints.outlet,
            published=published or source.hints.published,
            title=item.title,
            origin_file=source.path,
            raw_digest=item.digest,
            encoding=item.encoding,
        )
        more = {"author": item.author, "url": item.url, "form": item.form}
        return replace(report, **more, checks=item.checks, fields=item.fields, pages=item.pages)

    def _once(self, path: str, place: str, report: Report) -> Iterator[Report]:
        key = int(report.id, 16)
        if key in self.known:
            self._doubt(path, place, ("the same report was read before", "remove one of the two"))
            return
        self.known.add(key)
        yield report

    def _useless(self, source: Source) -> None:
        if source.named:
            reason = f"{source.suffix or 'a file without suffix'} is not a form that reports come in"
            have = ", ".join(dict.fromkeys(form.suffixes[0] for form in FORMATS if form.suffixes))
            self._doubt(source.path, "", (reason, f"name it after its form if it holds reports: {have}"))

    def _tell(self, path: str | Path, place: str, error: TawaturError) -> None:
        self.on_issue(Issue(str(path), place, error.message, error.advice or "look at the file"))

    def _doubt(self, path: str, place: str, doubt: DoubtOf) -> None:
        self.on_issue(Issue(path, place, *doubt, "doubtful"))


def _standard_input() -> BufferedReader:
    stream = sys.stdin.buffer
    if isinstance(stream, BufferedReader):
        return stream
    return BufferedReader(BytesIO(stream.read(MAX_DOCUMENT + 1)))
