"""Paths in, reports out, one at a time; an issue for everything that was refused or is in doubt."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from pathlib import Path

from tawatur.archive.checking import DATE_ADVICE, check, check_text, is_date
from tawatur.archive.encodings import check_encoding, damage, decode
from tawatur.archive.finding import STANDARD_INPUT, Finder, Found, open_regular
from tawatur.archive.forms import (
    MAX_DOCUMENT,
    MAX_REPORT,
    NoReportsError,
    Raw,
    json_document,
    json_lines,
    looks_like_document,
    read_all,
)
from tawatur.errors import InputError, TawaturError
from tawatur.model import Issue, OnIssue, Report

_ENCODING_ADVICE = "look at the text, or name its encoding"


def read(
    paths: Iterable[str | Path] | str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    encoding: str | None = None,
    on_issue: OnIssue,
) -> Iterator[Report]:
    """Paths, folders, globs or ``-`` in, reports out, lazily and in a fixed order; every id comes once.

    ``published`` (ISO 8601) and ``outlet`` fill in what an input does not say; ``encoding`` overrides the guess for
    text files. Each bad input becomes one ``Issue`` and the rest goes on. Raises InputError for a bad ``published``
    and EncodingError for an unknown ``encoding``, at once.
    """
    if published is not None and not is_date(published):
        raise InputError(f"{published!r} is no date", DATE_ADVICE)
    name = check_encoding(encoding) if encoding is not None else None
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    return _Reading(published, outlet, name, on_issue).run(listed)


@dataclass(slots=True)
class _Reading:
    """One call of ``read``. Memory grows by some 300 bytes of hashes a report, to tell one that comes again."""

    published: str | None
    outlet: str | None
    encoding: str | None
    on_issue: OnIssue
    known: set[int] = field(default_factory=set)

    def run(self, paths: list[str | Path]) -> Iterator[Report]:
        for found in Finder(self.on_issue).find(paths):
            try:
                yield from self._reports(found)
            except NoReportsError as error:
                if found.named:
                    self._doubt(found.path, "", error.message, error.advice)
            except TawaturError as error:
                self._tell(found.path, "", error)
            except OSError as error:
                self._tell(found.path, "", InputError(f"reading broke off ({error.strerror})", "try again"))

    def _reports(self, found: Found) -> Iterator[Report]:
        path = found.path
        if str(path) == STANDARD_INPUT:
            yield from self._standard_input(path)
            return
        with open_regular(path) as stream:
            yield from self._of_form(path, stream, path.suffix.lower())

    def _of_form(self, path: Path, stream: BufferedReader, form: str) -> Iterator[Report]:
        if form == ".txt":
            yield from self._text(path, read_all(stream, MAX_REPORT))
        else:
            yield from self._objects(path, json_document(stream) if form == ".json" else json_lines(stream))

    def _standard_input(self, path: Path) -> Iterator[Report]:
        stream = sys.stdin.buffer
        if not isinstance(stream, BufferedReader):
            stream = BufferedReader(BytesIO(read_all(stream, MAX_DOCUMENT)))
        document = looks_like_document(stream.peek(1))
        form = ".txt" if document is None else ".json" if document else ".jsonl"
        yield from self._of_form(path, stream, form)

    def _text(self, path: Path, data: bytes) -> Iterator[Report]:
        found = decode(data, self.encoding)
        report = Report.make(
            check_text(found.text),
            name="stdin" if str(path) == STANDARD_INPUT else path.name,
            outlet=self.outlet,
            published=self.published,
            origin_file=str(path),
            raw_digest=hashlib.sha256(data).hexdigest(),
            encoding=found.encoding,
        )
        if found.doubt:
            self._doubt(path, "", found.doubt, _ENCODING_ADVICE)
        yield from self._once(path, "", report)

    def _objects(self, path: Path, items: Iterator[Raw]) -> Iterator[Report]:
        ids: set[int] = set()
        empty = True
        for raw in items:
            empty = False
            try:
                report = self._object(path, raw, ids)
            except TawaturError as error:
                self._tell(path, raw.place, error)
            else:
                yield from self._once(path, raw.place, report)
        if empty:
            raise InputError("empty", "give the reports, or remove the file")

    def _object(self, path: Path, raw: Raw, ids: set[int]) -> Report:
        if raw.refusal is not None:
            raise raw.refusal
        fields = check(raw.value)
        if fields.id is not None:
            if hash(fields.id) in ids:
                raise InputError(f"the id {fields.id!r} comes twice in this input", "give each report an id of its own")
            ids.add(hash(fields.id))
        for doubt in fields.doubts:
            self._doubt(path, raw.place, f"{doubt}; taken as unknown", DATE_ADVICE)
        if reason := damage(fields.text):
            self._doubt(path, raw.place, reason, _ENCODING_ADVICE)
        return Report.make(
            fields.text,
            declared=fields.id,
            outlet=fields.outlet or self.outlet,
            published=fields.published or self.published,
            title=fields.title,
            origin_file=str(path),
            raw_digest=raw.digest,
            encoding=raw.encoding,
        )

    def _once(self, path: Path, place: str, report: Report) -> Iterator[Report]:
        key = int(report.id, 16)
        if key in self.known:
            self._doubt(path, place, "the same report was read before", "remove one of the two")
            return
        self.known.add(key)
        yield report

    def _tell(self, path: Path, place: str, error: TawaturError) -> None:
        self.on_issue(Issue(str(path), place, error.message, error.advice or "look at the file"))

    def _doubt(self, path: Path, place: str, reason: str, advice: str) -> None:
        self.on_issue(Issue(str(path), place, reason, advice, "doubtful"))
