"""A web archive's bytes in, its records out one by one; one that is broken is told, and the next one is found."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, cast

from tawatur.archive.items import Budget
from tawatur.archive.limits import MAX_PAYLOAD
from tawatur.archive.unpacking import CHUNK, Inflating, Unpacked, buffered, gzip_decompressor
from tawatur.archive.warc_header import LONGEST_LINE, BadRecordError, bad_record, header_fields
from tawatur.errors import FormatError

_GZIP = b"\x1f\x8b"
_DIGESTS = frozenset(("sha1", "sha256", "md5"))
_IN_MEMORY = 4 << 20
_BEHIND = 64  # line ends that may stand behind a record
_begins = re.compile(rb"(?:^|\n)(WARC/[01]\.\d+[ \t]*\r?\n)")
_version = re.compile(rb"WARC/[01]\.\d+[ \t]*\r?\n?")


@dataclass(slots=True)
class Record:
    """A record: its fields by lower-case name, where in the file it begins, and its bytes (none where not wanted)."""

    fields: dict[str, str]
    offset: int
    body: IO[bytes] = field(default_factory=io.BytesIO)

    @property
    def kind(self) -> str:
        """response, resource, request, …"""
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """The address that was asked for, without the angle brackets that some crawlers put around it."""
        return self.fields.get("warc-target-uri", "").strip("<> ")


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, by where it begins, and why."""

    offset: int
    error: FormatError


Found = Iterator[Record | Broken]


def records(stream: IO[bytes], budget: Budget) -> Found:
    """The records of a seekable stream, packed with gzip or not. A record's body is of use until the next is asked for.

    Raises FormatError when a limit is passed.
    """
    at = stream.tell()
    head = stream.read(2)
    stream.seek(at)
    return _packed(stream, budget) if head == _GZIP else _plain(stream)


def _plain(stream: IO[bytes]) -> Found:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    while (at := _skip_blank(stream)) < size:
        try:
            fields = _fields(stream)
            length = _length(fields)
            begin = stream.tell()
            _check_next(stream, begin + length, size)
            stream.seek(begin)
            record = Record(fields, at, _body(stream, fields, length))
        except BadRecordError as error:
            yield Broken(at, error)
            if not _find(stream, at + 1):
                return
            continue
        with record.body:
            yield record
        stream.seek(begin + length)


def _skip_blank(stream: IO[bytes]) -> int:
    """Pass line ends (and the zeros that pad some files); where the stream stands then."""
    at = stream.tell()
    while piece := stream.read(_BEHIND):
        rest = piece.lstrip(b"\r\n\0")
        if rest:
            stream.seek(at + len(piece) - len(rest))
            return at + len(piece) - len(rest)
        at += len(piece)
    return at


def _fields(stream: IO[bytes]) -> dict[str, str]:
    """The version line and the fields of a record."""
    line = stream.readline(LONGEST_LINE)
    if not _version.fullmatch(line):
        raise bad_record("it does not begin as one")
    return header_fields(stream)


def _length(fields: dict[str, str]) -> int:
    value = fields.get("content-length", "")
    if not value.isascii() or not value.isdecimal() or len(value) > 15:
        raise bad_record(f"its length {value[:20]!r} is none")
    return int(value)


def _check_next(stream: IO[bytes], end: int, size: int) -> None:
    """Raise unless a record, or nothing, follows behind a record's end."""
    if end > size:
        raise bad_record("it is cut off, or its length is wrong")
    stream.seek(end)
    _check_behind(stream.read(_BEHIND))


def _check_behind(behind: bytes) -> None:
    """Raise unless a record ends before these bytes: two line ends, another record, or the end of the file."""
    rest = behind.lstrip(b"\r\n\0")
    if rest and not behind.startswith(b"\r\n\r\n") and not rest.startswith(b"WARC/"[: len(rest)]):
        raise bad_record("its length is wrong")


def _find(stream: IO[bytes], start: int) -> bool:
    """Go to where the next record begins after ``start``; False when there is none."""
    stream.seek(start)
    kept, at = b"", start
    while piece := stream.read(CHUNK):
        data = kept + piece
        if found := _begins.search(data):
            stream.seek(at - len(kept) + found.start(1))
            return True
        at += len(piece)
        kept = data[-32:]
    return False


def wanted(fields: dict[str, str]) -> bool:
    """Whether a record's bytes are worth reading: a page or file, not a note of the crawler."""
    return fields.get("warc-type", "").lower() in ("response", "resource", "conversion")


def _body(stream: IO[bytes], fields: dict[str, str], length: int) -> IO[bytes]:
    """A record's bytes: copied, in memory or, when large, in a file without a name."""
    if not wanted(fields):
        return io.BytesIO()
    if length > MAX_PAYLOAD:
        return _TooLarge()
    held = cast("IO[bytes]", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  it lives as long as the record
    try:
        if _copy(stream, held, length) < length:
            raise bad_record("it is cut off")
    except FormatError:
        held.close()
        raise
    held.seek(0)
    return held


class _TooLarge(io.BytesIO):
    """Stands for the bytes of a record that is larger than any page or file that is read."""


def is_altered(record: Record) -> bool:
    """Whether a record's bytes are not those of its digest; False where it has none in a form that is known."""
    name, _, told = record.fields.get("warc-block-digest", "").partition(":")
    kind = name.strip().lower().replace("-", "")
    if kind not in _DIGESTS or is_too_large(record):
        return False
    found = hashlib.new(kind, usedforsecurity=False)
    while piece := record.body.read(CHUNK):
        found.update(piece)
    record.body.seek(0)
    told = told.strip()
    short, shorter = (encode(found.digest()).decode() for encode in (base64.b32encode, base64.b64encode))
    return told.lower() != found.hexdigest() and told.upper().rstrip("=") != short.rstrip("=") and told != shorter


def is_too_large(record: Record) -> bool:
    """Whether a record is larger than what is read of one."""
    return isinstance(record.body, _TooLarge)


def _copy(stream: IO[bytes], to: IO[bytes] | None, length: int) -> int:
    done = 0
    while done < length and (piece := stream.read(min(CHUNK, length - done))):
        done += len(piece)
        if to is not None:
            to.write(piece)
    return done


def _packed(stream: IO[bytes], budget: Budget) -> Found:
    """Members of gzip, each with a record as a rule; where one breaks, the next sound one is looked for."""
    at, size = 0, stream.seek(0, io.SEEK_END)
    while at < size:
        stream.seek(at)
        inflating = Inflating(stream, gzip_decompressor, _GZIP, single=True)
        try:
            yield from _inside(buffered(Unpacked(inflating.take, budget, inflating.packed)), at)
            inflating_end = inflating.after
        except FormatError as error:
            budget.check()
            yield Broken(at, error if isinstance(error, BadRecordError) else bad_record(error.message))
            inflating_end = 0
        at = at + inflating_end if inflating_end else _next_member(stream, at + 1, size)
        at = _behind_zeros(stream, at)


def _inside(stream: io.BufferedReader, at: int) -> Found:
    """The records of one unpacked member."""
    while _forward_blank(stream):
        fields = _fields(stream)
        length = _length(fields)
        with _body(stream, fields, length) as body:
            if (not wanted(fields) or isinstance(body, _TooLarge)) and _copy(stream, None, length) < length:
                raise bad_record("it is cut off")
            _check_behind(stream.peek(_BEHIND)[:_BEHIND])
            yield Record(fields, at, body)


def _forward_blank(stream: io.BufferedReader) -> bool:
    """Pass line ends; whether anything follows."""
    while head := stream.peek(1):
        rest = head.lstrip(b"\r\n\0")
        stream.read(len(head) - len(rest))
        if rest:
            return True
    return False


def _next_member(stream: IO[bytes], start: int, size: int) -> int:
    """Where the next member of gzip begins that unpacks to the start of a record; ``size`` when there is none."""
    stream.seek(start)
    kept, at = b"", start
    while piece := stream.read(CHUNK):
        data = kept + piece
        begin = at - len(kept)
        found = data.find(b"\x1f\x8b\x08")
        while found >= 0:
            if _is_record(stream, begin + found):
                return begin + found
            found = data.find(b"\x1f\x8b\x08", found + 1)
        at += len(piece)
        stream.seek(at)
        kept = data[-2:]
    return size


def _is_record(stream: IO[bytes], at: int) -> bool:
    stream.seek(at)
    inflating = Inflating(stream, gzip_decompressor, _GZIP, single=True)
    try:
        return Unpacked(inflating.take, Budget(1 << 20, 1)).read(5) == b"WARC/"
    except FormatError:
        return False


def _behind_zeros(stream: IO[bytes], at: int) -> int:
    """Pass the zeros that pad some files."""
    stream.seek(at)
    while piece := stream.read(CHUNK):
        rest = piece.lstrip(b"\0\r\n")
        if rest:
            return at + len(piece) - len(rest)
        at += len(piece)
    return at
