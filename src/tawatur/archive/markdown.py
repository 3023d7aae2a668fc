"""A Markdown file in, its reports out: one, or one for each front matter that stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tawatur.archive.checking import DATE_ADVICE, is_date
from tawatur.archive.encodings import DAMAGE_ADVICE, decode
from tawatur.archive.html_dates import iso_of
from tawatur.archive.items import DoubtOf, Item, Parts, Refusal, Source, digest_of
from tawatur.archive.limits import MAX_LINES, MAX_REPORT
from tawatur.archive.mail_headers import told_date
from tawatur.archive.markdown_matter import Matter, matter_at
from tawatur.archive.markdown_text import plain_text, title_of
from tawatur.errors import FormatError
from tawatur.lang.tables import REPORT_FIELDS, fields_of

_either = re.compile(r"^\D*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")


@dataclass(slots=True)
class _Document:
    """One report of the file: the line it begins on, its front matter, and the lines below that."""

    line: int
    matter: Matter | None = None
    lines: list[str] = field(default_factory=list)


def read(source: Source) -> Parts:
    """The reports of the file. Raises FormatError when it is empty, EncodingError when it is no text."""
    data = source.all(MAX_REPORT)
    found = decode(data, source.hints.encoding)
    if not found.text.strip():
        raise FormatError("empty", "give the report, or remove the file")
    if found.text.count("\n") > MAX_LINES:
        raise FormatError(f"more than {MAX_LINES:,} lines", "split it")
    documents = list(_documents(found.text))
    for number, document in enumerate(documents, 1):
        several = len(documents) > 1
        name, place = (f"{source.name}/{number}", f"line {document.line}") if several else (source.name, "")
        doubts: list[DoubtOf] = [(found.doubt, DAMAGE_ADVICE)] if found.doubt and number == 1 else []
        try:
            yield _item(document, name, place, found.encoding, digest_of(data), doubts)
        except FormatError as error:
            yield Refusal(place, error)


def _documents(text: str) -> Iterator[_Document]:
    """The file cut where a front matter begins: on its first line, and anywhere below a blank line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    document, at, fence = _Document(1), 0, ""
    while at < len(lines):
        fence = _fenced(lines[at], fence)
        matter = None if fence or (at and lines[at - 1].strip()) else matter_at(lines, at)
        if matter is None:
            document.lines.append(lines[at])
            at += 1
            continue
        if document.matter is not None or any(line.strip() for line in document.lines):
            yield document
        document, at = _Document(at + 1, matter), matter.end
    yield document


def _fenced(line: str, fence: str) -> str:
    """The marks of the block of code that a line stands in; empty outside of one."""
    mark = line.strip()[:3]
    if mark not in ("```", "~~~"):
        return fence
    return mark if not fence else "" if mark == fence else fence


def _item(document: _Document, name: str, place: str, encoding: str, digest: str, doubts: list[DoubtOf]) -> Item:
    title, lines = title_of(document.lines)
    told = _Told(document.matter)
    text = plain_text(lines)
    if not text.strip():
        raise FormatError("no text" + (" below the front matter" if document.matter else ""), "give the words")
    return Item(
        text, place=place, name=name, declared=told.get("id") or None, outlet=told.get("outlet") or None,
        published=told.published, title=told.get("title") or title, author=told.get("author"), url=told.get("url"),
        encoding=encoding, digest=digest, doubts=(*doubts, *told.doubts),
    )  # fmt: skip


class _Told:
    """What a front matter says of its report; what it says beside that is told."""

    def __init__(self, matter: Matter | None) -> None:
        self.fields: dict[str, str] = {}
        self.doubts: list[DoubtOf] = []
        unknown = [key for key, value in (matter.values if matter else {}).items() if not self._take(key, value)]
        if unknown:
            reason = f"the front matter has keys that say nothing of a report: {', '.join(unknown)[:200]}"
            self.doubts.append((reason, f"known are {', '.join(name for name in REPORT_FIELDS if name != 'text')}"))
        self.published = self._date(self.get("published"))

    def get(self, name: str) -> str:
        """A field's value, empty where it is not told."""
        return self.fields.get(name, "")

    def _take(self, key: str, value: str) -> bool:
        known = [name for name in fields_of(key) if name in REPORT_FIELDS and name != "text"]
        if known:
            self.fields.setdefault(known[0], value)
        return bool(known)

    def _date(self, value: str) -> str | None:
        if not value or is_date(value):
            return value or None
        either = _either.match(value)
        if either and int(either[1]) <= 12 and int(either[2]) <= 12 and either[1] != either[2]:
            self.doubts.append((f"the date {value[:40]!r} is read with the day first", DATE_ADVICE))
        exact = iso_of(value)
        return exact if exact and len(exact) > len("2016-12-13T10:30") else told_date(value) or value
