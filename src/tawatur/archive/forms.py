"""An open file in, its raw reports out: one text, or JSON objects with the place and the digest of their bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, TextIOWrapper
from typing import Protocol

import orjson

from tawatur.errors import FormatError

MAX_REPORT = 16 << 20  # bytes of one report: a text file, or a line of JSON lines
MAX_DOCUMENT = 256 << 20  # bytes of one JSON document, which is read as a whole
_CHUNK = 1 << 16
_BLANK = b" \t\r\n\0"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTRACT = frozenset({"id", "outlet", "published", "title", "text"})


class SupportsRead(Protocol):
    """Anything that gives up to a number of bytes."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Raw:
    """One raw item: what JSON said, or why there is nothing (``refusal``); its place in the file and its digest."""

    value: object
    place: str
    digest: str  # SHA-256 of the line or the document
    encoding: str = "utf-8"
    refusal: FormatError | None = None


def read_all(stream: SupportsRead, limit: int) -> bytes:
    """The whole stream. Raises FormatError when it is longer than a number of bytes; no more than that is read."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise FormatError(f"larger than {limit >> 20} MB", "split it into one report a file or a line")
    return data


def json_lines(stream: BufferedReader) -> Iterator[Raw]:
    """The objects of a file of JSON lines in UTF-8 or UTF-16; a bad line gives a refusal and the rest goes on."""
    encoding = _encoding(stream.peek(4)[:4])
    lines = _narrow_lines(stream) if encoding == "utf-8" else _wide_lines(stream, encoding)
    for number, line in enumerate(lines, 1):
        place = f"line {number}"
        if isinstance(line, FormatError):
            yield Raw(None, place, "", encoding, line)
        elif line.strip(_BLANK):
            yield _parsed(line, place, encoding)


def json_document(stream: BufferedReader) -> Iterator[Raw]:
    """The reports of a JSON document: an object, a list, or ``{"reports": [...]}``. FormatError for other things."""
    data = read_all(stream, MAX_DOCUMENT)
    if not data.strip(_BLANK):
        raise FormatError("empty", "give the reports, or remove the file")
    raw = _parsed(data, "", _encoding(data[:4]))
    if raw.refusal is not None:
        raise raw.refusal
    value = raw.value
    if isinstance(value, dict) and "reports" in value and "text" not in value:
        value = value["reports"]
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield from (Raw(item, f"item {n}", raw.digest, raw.encoding) for n, item in enumerate(value, 1))
    elif isinstance(value, dict) and len(_CONTRACT & value.keys()) > 1:
        yield raw
    else:
        raise NoReportsError("JSON that holds no reports", 'give an object with "text", a list, or {"reports": [...]}')


class NoReportsError(FormatError):
    """Sound JSON of another purpose: worth a word only when the user named the file."""


def looks_like_document(head: bytes) -> bool | None:
    """Whether the first bytes of a stream begin a JSON document (True), JSON lines (False), or plain text (None)."""
    encoding = _encoding(head[:4])
    start = head[: len(head) & ~1].decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    first, _, rest = start.partition("\n")
    if start.startswith("["):
        return True if start[1:].lstrip()[:1] in ("{", "]") else None
    if not start.startswith("{"):
        return None
    return first.strip() == "{" or (bool(rest) and not first.rstrip().endswith("}") and rest.lstrip()[:1] == '"')


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head[1:2] == b"\0" and head[:1]:
        return "utf-16-le"
    return "utf-16-be" if head[:1] == b"\0" else "utf-8"


def _parsed(data: bytes, place: str, encoding: str) -> Raw:
    try:
        plain = _as_utf8(data, encoding)
        return Raw(orjson.loads(plain), place, sha256(data).hexdigest(), encoding)
    except UnicodeDecodeError as error:
        reason = FormatError(f"not {encoding.upper()} (byte {error.start})", "save it as UTF-8")
    except orjson.JSONDecodeError as error:
        reason = FormatError(f"broken JSON ({error.msg}, column {error.colno})", "mend or remove it")
    return Raw(None, place, "", encoding, reason)


def _as_utf8(data: bytes, encoding: str) -> bytes:
    text = data.decode(encoding)
    return text.removeprefix("\ufeff").encode("utf-8")


def _narrow_lines(stream: BufferedReader) -> Iterator[bytes | FormatError]:
    while line := stream.readline(MAX_REPORT + 1):
        if len(line) <= MAX_REPORT or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield _too_long()


def _wide_lines(stream: BufferedReader, encoding: str) -> Iterator[bytes | FormatError]:
    text = TextIOWrapper(stream, encoding, "surrogatepass", newline="\n")
    limit = MAX_REPORT // 2
    try:
        while line := text.readline(limit + 1):
            if len(line) <= limit or line.endswith("\n"):
                yield line.encode(encoding, "surrogatepass")
                continue
            while (rest := text.readline(_CHUNK)) and not rest.endswith("\n"):
                pass
            yield _too_long()
    except UnicodeDecodeError:
        yield FormatError(f"the file ends inside a character of {encoding.upper()}", "save it as UTF-8")
    finally:
        text.detach()


def _too_long() -> FormatError:
    return FormatError(f"a line larger than {MAX_REPORT >> 20} MB", "split it into reports")
