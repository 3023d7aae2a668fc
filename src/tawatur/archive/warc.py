"""A web archive (WARC) in; the pages and files that servers answered with out, as sources with address and encoding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from tawatur.archive.formats import SUFFIXES
from tawatur.archive.items import Budget, Doubtful, Parts, Refusal, Skip, Source
from tawatur.archive.limits import MAX_PAYLOAD
from tawatur.archive.member_names import label
from tawatur.archive.sniffing import suffix_of
from tawatur.archive.unpacking import budget_of, nothing, seekable
from tawatur.archive.warc_http import Answer, answer
from tawatur.archive.warc_records import Broken, Record, is_altered, is_too_large, records, wanted
from tawatur.errors import FormatError

#: Media types, and the suffix of the form that they are.
_FORMS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/rdf+xml": ".rss",
    "text/xml": ".xml", "application/xml": ".xml", "text/csv": ".csv", "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx", "application/zip": ".zip",
    "message/rfc822": ".eml", "text/markdown": ".md",
}  # fmt: skip
#: Types that tell nothing: the first bytes are asked.
_SILENT = frozenset(
    ("", "application/octet-stream", "binary/octet-stream", "application/force-download", "text/unknown")
)
_SNIFFED = frozenset((".html", ".pdf"))
_NOTES = frozenset(("robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt", "llms.txt"))
_SCHEMES = ("http", "https", "ftp", "file", "")
_GIVEN = (0, 200, 203)


def read(source: Source) -> Parts:
    """The answers in the archive's order; requests, notes, redirects, errors and what is no report are passed by.

    A broken record is refused by itself. Raises FormatError when a limit is passed.
    """
    with seekable(source) as stream:
        yield from _answers(source, stream, budget_of(source))


def _answers(source: Source, stream: IO[bytes], budget: Budget) -> Parts:
    given = False
    for count, found in enumerate(records(stream, budget), 1):
        budget.member()
        if isinstance(found, Broken):
            yield Refusal(f"record {count}, byte {found.offset}", found.error)
        elif reason := _no_answer(found):
            yield Skip(_place(count, found), reason)
        else:
            for part in _record(source, found, _place(count, found), budget):
                given = given or not isinstance(part, Skip)
                yield part
        given = given or isinstance(found, Broken)
    if not given:
        raise nothing()


def _record(source: Source, record: Record, place: str, budget: Budget) -> Iterator[Source | Refusal | Skip | Doubtful]:
    """What a record answers; a refusal when it cannot be unpacked."""
    if is_too_large(record):
        yield Refusal(place, FormatError(f"larger than {MAX_PAYLOAD >> 20} MB", "leave it out"))
        return
    altered = is_altered(record)
    try:
        plain = record.kind != "response"
        got = answer(record.body, record.fields.get("content-type", ""), budget, plain=plain)
    except FormatError as error:
        budget.check()
        yield Refusal(place, error)
        return
    suffix = _form(got, record)
    if reason := _useless(got, record, suffix):
        yield Skip(place, reason)
        return
    if why := record.fields.get("warc-truncated"):
        yield Doubtful(place, f"the crawler cut it off ({label(why)[:20]})", "compare it with the page at its address")
    if altered:
        yield Doubtful(
            place, "its bytes are not those that the crawler kept", "compare it with the page at its address"
        )
    member = source.member(_name(record.url, suffix), got.body, place=place)
    fetched = record.fields.get("warc-date", "")[:40]
    yield replace(member, charset=got.charset, url=record.url, fetched=fetched)


def _no_answer(record: Record) -> str:
    """Why a record is no page or file, by its header; empty when it may be one."""
    if record.kind == "revisit":
        return "the same as at an earlier visit"
    if not wanted(record.fields):
        return f"a record of the kind {label(record.kind)[:20]!r}"
    scheme = record.url.partition(":")[0].lower() if ":" in record.url else ""
    return "" if scheme in _SCHEMES else "a note of the crawler"


def _useless(got: Answer, record: Record, suffix: str) -> str:
    """Why an answer is no report; empty when it may be one."""
    if got.status not in _GIVEN:
        return f"answered with status {got.status}"
    if not got.body.strip():
        return "empty"
    if suffix not in SUFFIXES:
        return f"{got.media or 'a type that is not told'}: not a form that reports come in"
    return "a note for machines" if PurePosixPath(_path(record.url)).name.lower() in _NOTES else ""


def _form(got: Answer, record: Record) -> str:
    """The suffix of an answer's form: by its type, else by its first bytes."""
    if got.media in _SILENT or got.media == "unk":
        told = record.fields.get("warc-identified-payload-type", "").lower()
        found = suffix_of(got.body[:4096])
        return _FORMS.get(told, found if found in _SNIFFED else "")
    return _FORMS.get(got.media, "")


def _name(url: str, suffix: str) -> str:
    """A name for what came from an address: the address itself, with the suffix of its form."""
    plain = label(unquote(url.partition("://")[2] or url, errors="replace").partition("#")[0]).rstrip("/")
    return plain if plain.lower().endswith(suffix) else f"{plain}{suffix}"


def _path(url: str) -> str:
    """The path of an address; empty for one that is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _place(count: int, record: Record) -> str:
    return f"record {count}, {label(record.url)}" if record.url else f"record {count}"
