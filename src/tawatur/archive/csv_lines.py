"""Bytes of a delimited file in, its lines as text out: any encoding, any line end, memory for one line only."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import chain

from tawatur.archive.encodings import decode
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.sniffing import unicode_of
from tawatur.errors import FormatError

SAMPLE = 1 << 20  # bytes that tell the encoding
_CHUNK = 1 << 18
_MARKS = {"utf-8": 3, "utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end, and its number; ``cut`` when it was longer than a report can be and its rest is gone."""

    number: int
    text: str
    cut: bool = False


@dataclass(slots=True)
class Lines:
    """The lines of a stream, the encoding that they were read in, and why that may be wrong (empty when sure)."""

    lines: Iterator[Line]
    encoding: str
    doubt: str = ""


def lines_of(stream: BufferedReader, encoding: str | None = None) -> Lines:
    """The lines of a stream, decoded as they are read. Bytes that break the encoding come as lone surrogates.

    The first megabyte tells the encoding: a mark, zero bytes, valid UTF-8, else the legacy one that fits best. Raises
    EncodingError for bytes that are no text, FormatError for none at all.
    """
    first = stream.read(SAMPLE)
    if not first.strip(b" \t\r\n\0"):
        raise FormatError("empty", "give the table, or remove the file")
    whole = _whole_lines(first)
    try:
        found = decode(whole, encoding)
    except UnicodeError as error:  # of a codec that is no plain one
        raise FormatError(f"not text in {encoding}", "leave out the encoding, or name the right one") from error
    name = found.encoding
    text = _decoded(chain((first,), iter(lambda: stream.read(_CHUNK), b"")), name)
    return Lines(_numbered(text), name, found.doubt)


def _whole_lines(first: bytes) -> bytes:
    """The sample up to its last line's end, so that no character is cut."""
    if len(first) < SAMPLE:
        return first
    wide = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}.get(unicode_of(first[:4]))
    if wide is None:
        return first[: first.rfind(b"\n") + 1] or first
    end = first.rfind(wide)
    while end > 0 and end % 2:
        end = first.rfind(wide, 0, end + 1)
    return first[: end + 2] if end > 0 else first[: len(first) & ~1]


def _decoded(chunks: Iterator[bytes], name: str) -> Iterator[str]:
    errors = "surrogateescape" if name == "utf-8" else "replace"
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(name)(errors), translate=True)
    first = True
    for data in chunks:
        text = decoder.decode(data)
        yield text.removeprefix("\ufeff") if first else text
        first = first and not text
    yield decoder.decode(b"", final=True)


def _numbered(chunks: Iterator[str]) -> Iterator[Line]:
    number, held, cut = 1, "", False
    for chunk in chunks:
        *done, rest = chunk.split("\n")
        for piece in done:
            yield Line(number, held + piece, cut)
            number, held, cut = number + 1, "", False
        held += rest
        if len(held) > MAX_REPORT:
            held, cut = held[:80], True
    if held:
        yield Line(number, held, cut)
