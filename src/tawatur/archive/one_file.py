"""One file in; its reports and issues out, as they are read, those of its members included."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedReader, BytesIO
from typing import BinaryIO, Protocol

from tawatur.archive.checking import DATE_ADVICE, check_text, is_date
from tawatur.archive.finding import Found, open_regular
from tawatur.archive.formats import FORMATS, format_of, reader_of
from tawatur.archive.items import STANDARD_INPUT, Budget, Doubtful, DoubtOf, Hints, Item, Refusal, Skip, Source
from tawatur.archive.limits import MAX_DEPTH, MAX_DOCUMENT, MAX_GROWTH, MAX_MEMBERS, MAX_UNPACKED
from tawatur.archive.outcomes import Given, Tally
from tawatur.archive.store import Store
from tawatur.errors import FormatError, InputError, NoReportsError, TawaturError
from tawatur.model import Issue, Report

Parts = Generator[Given | Issue, None, None]


class Memory(Protocol):
    """Keeps what files gave, and gives it again in place of ``fresh`` parts where it still holds."""

    def __call__(self, found: Found, stream: BufferedReader, tally: Tally, fresh: Parts) -> Parts:
        """The parts of a file whose stream is at its start, kept or fresh."""
        ...


def parts(found: Found, hints: Hints, tally: Tally, store: Store | None = None, memory: Memory | None = None) -> Parts:
    """Reports and issues in the order of the file, before it is known which reports other files give too.

    ``tally`` is told what was passed by, and whether reading broke off; counting the parts is the caller's. With a
    ``store`` the bytes are kept there first.
    """
    try:
        if str(found.path) == STANDARD_INPUT:
            with _standard_input(tally, store) as stream:
                yield from _read(found, stream, hints, tally)
            return
        with open_regular(found.path) as stream:
            tally.size, tally.at = os.fstat(stream.fileno()).st_size, stream.raw.tell
            tally.digest = _kept(stream, store) if store else ""
            stream.seek(0)
            fresh = _read(found, stream, hints, tally)
            yield from memory(found, stream, tally, fresh) if memory else fresh
    except InputError as error:
        tally.broke, tally.at = True, int
        yield _refused(str(found.path), "", error)


def _read(found: Found, stream: BufferedReader, hints: Hints, tally: Tally) -> Parts:
    path, piped = found.path, str(found.path) == STANDARD_INPUT
    try:
        budget = Budget(max(MAX_UNPACKED, MAX_GROWTH * tally.size), MAX_MEMBERS)
        name, named = ("stdin", True) if piped else (path.name, found.named)
        yield from _Reading(tally).of(Source(str(path), name, stream, hints, named=named, budget=budget))
    except TawaturError as error:
        tally.broke = True
        yield _refused(str(path), "", error)
    except OSError as error:
        tally.broke = True
        yield _refused(str(path), "", InputError(f"reading broke off ({error.strerror or error})", "try again"))


def _kept(stream: BinaryIO, store: Store) -> str:
    try:
        return store.keep(stream)
    except OSError as error:
        reason = f"its bytes cannot be kept ({error.strerror or error})"
        raise InputError(reason, f"make room in {store.folder}, or keep them elsewhere") from error


class _Reading:
    """One file being read."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    def of(self, source: Source) -> Parts:
        """The reports of a source and of what lies in it."""
        form, declared = format_of(source), set[int]()  # the ids that the source has given so far
        if form is None:
            yield from self._useless(source)
            return
        if source.depth > MAX_DEPTH:
            if source.budget:
                source.budget.too_deep()
            raise FormatError(f"lies more than {MAX_DEPTH} archives deep", "unpack the outer ones")
        try:
            for part in reader_of(form)(source):
                if isinstance(part, Item):
                    yield from _item(source, replace(part, form=part.form or form.name), declared)
                else:
                    yield from self._other(source, part)
        except NoReportsError as error:
            yield from self._nothing(source, (error.message, error.advice))

    def _other(self, source: Source, part: Refusal | Skip | Doubtful | Source) -> Parts:
        if isinstance(part, Source):
            yield from self._member(part)
        elif isinstance(part, Skip):
            self.tally.passed_by += 1
        elif isinstance(part, Refusal):
            yield _refused(source.path, _within(source, part.place), part.error)
        else:
            yield _doubt(source.path, _within(source, part.place), (part.reason, part.advice))

    def _member(self, source: Source) -> Parts:
        """The reports of a member; one that cannot be read is refused, unless the whole file has come to its limits."""
        try:
            yield from self.of(source)
        except TawaturError as error:
            if source.budget:
                source.budget.check()
            yield _refused(source.path, source.place, error)

    def _useless(self, source: Source) -> Parts:
        reason = f"{source.suffix or 'a file without suffix'} is not a form that reports come in"
        have = ", ".join(dict.fromkeys(form.suffixes[0] for form in FORMATS if form.suffixes))
        yield from self._nothing(source, (reason, f"name it after its form if it holds reports: {have}"))

    def _nothing(self, source: Source, doubt: DoubtOf) -> Parts:
        """A file of another purpose is worth a word when the user named it."""
        if source.depth:
            self.tally.passed_by += 1
            return
        self.tally.nothing = self.tally.nothing or doubt[0]
        if source.named:
            yield _doubt(source.path, source.place, doubt)


def _item(source: Source, item: Item, declared: set[int]) -> Parts:
    place = _within(source, item.place)
    try:
        report = _report(source, item, declared)
    except TawaturError as error:
        yield _refused(source.path, place, error)
        return
    for doubt in item.doubts:
        yield _doubt(source.path, place, doubt)
    if item.published and not is_date(item.published):
        reason = f"published {item.published[:40]!r} is no date; taken as unknown"
        yield _doubt(source.path, place, (reason, DATE_ADVICE))
    yield Given(report, place)


def _report(source: Source, item: Item, declared: set[int]) -> Report:
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
        origin_file=f"{source.path}!{source.place}" if source.place else source.path,
        raw_digest=item.digest,
        encoding=item.encoding,
    )
    more = {"author": item.author, "url": item.url, "form": item.form}
    passed = {"relayed_from": item.relayed_from, "reply_to": item.reply_to}
    return replace(report, **more, **passed, checks=item.checks, fields=item.fields, pages=item.pages)


def _refused(path: str, place: str, error: TawaturError) -> Issue:
    return Issue(path, place, error.message, error.advice or "look at the file")


def _doubt(path: str, place: str, doubt: DoubtOf) -> Issue:
    return Issue(path, place, *doubt, "doubtful")


def _within(source: Source, place: str) -> str:
    return f"{source.place}: {place}" if source.place and place else source.place or place


@contextmanager
def _standard_input(tally: Tally, store: Store | None) -> Iterator[BufferedReader]:
    """Standard input; with a store it is kept there as a whole first, and read from there."""
    stream = sys.stdin.buffer
    if store:
        tally.digest = _kept(stream, store)
        with open_regular(store.path(tally.digest)) as kept:
            yield kept
    else:
        yield stream if isinstance(stream, BufferedReader) else BufferedReader(BytesIO(stream.read(MAX_DOCUMENT + 1)))
