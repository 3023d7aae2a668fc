"""JSON and JSON lines in the contract's form in, their reports out, each object checked by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, TextIOWrapper
from itertools import chain

import orjson

from tawatur.archive.checking import DATE_ADVICE, check
from tawatur.archive.encodings import DAMAGE_ADVICE
from tawatur.archive.garbled import damage
from tawatur.archive.items import Item, Parts, Refusal, Source, digest_of
from tawatur.archive.json_weight import too_heavy
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.sniffing import looks_like_document, unicode_of
from tawatur.archive.telegram_scan import Chat, CutOffError, as_utf8, messages
from tawatur.errors import FormatError, NoReportsError, TawaturError

_CHUNK = 1 << 16
_PIECE = 1 << 20
_MEND = "mend or remove it"
_BLANK = b" \t\r\n\0"
_CONTRACT = frozenset({"id", "outlet", "published", "title", "text"})


@dataclass(frozen=True, slots=True)
class Raw:
    """One raw item: what JSON said, or why there is nothing (``refusal``); its place in the file and its digest."""

    value: object
    place: str
    digest: str  # SHA-256 of the line or the document
    encoding: str = "utf-8"
    refusal: FormatError | None = None


def read(source: Source) -> Parts:
    """A JSON document or JSON lines, told apart by the suffix, else by the first bytes; a report an object."""
    suffix = source.suffix
    document = suffix == ".json" or (suffix not in (".jsonl", ".ndjson") and looks_like_document(source.head()))
    empty = True
    for raw in json_document(source) if document else json_lines(source.stream):
        empty = False
        yield _item(raw)
    if empty:
        raise FormatError("empty", "give the reports, or remove the file")


def _item(raw: Raw) -> Item | Refusal:
    if raw.refusal is not None:
        return Refusal(raw.place, raw.refusal)
    try:
        fields = check(raw.value)
    except TawaturError as error:
        return Refusal(raw.place, error)
    doubts = [(f"{doubt}; taken as unknown", DATE_ADVICE) for doubt in fields.doubts]
    if reason := damage(fields.text):
        doubts.append((reason, DAMAGE_ADVICE))
    return Item(
        fields.text,
        place=raw.place,
        declared=fields.id,
        outlet=fields.outlet,
        published=fields.published,
        title=fields.title,
        encoding=raw.encoding,
        digest=raw.digest,
        doubts=tuple(doubts),
    )


def json_lines(stream: BufferedReader) -> Iterator[Raw]:
    """The objects of a file of JSON lines in UTF-8 or UTF-16; a bad line gives a refusal and the rest goes on."""
    encoding = unicode_of(stream.peek(4)[:4])
    lines = _narrow_lines(stream) if encoding == "utf-8" else _wide_lines(stream, encoding)
    for number, line in enumerate(lines, 1):
        place = f"line {number}"
        if isinstance(line, FormatError):
            yield Raw(None, place, "", encoding, line)
        elif line.strip(_BLANK):
            yield _parsed(line, place, encoding)


def json_document(source: Source) -> Iterator[Raw]:
    """The reports of a JSON document: an object, a list, or ``{"reports": [...]}``. FormatError for other things.

    One larger than a report can be is never held as a whole: each object of its list is read by itself.
    """
    data = source.stream.read(MAX_REPORT + 1)
    if len(data) > MAX_REPORT:
        yield from _objects(source, data)
        return
    if not data.strip(_BLANK):
        raise FormatError("empty", "give the reports, or remove the file")
    raw = _parsed(data, "", unicode_of(data[:4]))
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


def _objects(source: Source, first: bytes) -> Iterator[Raw]:
    """The objects of a list in a document whose first bytes have been read, one at a time."""
    encoding, whole, count = unicode_of(first[:4]), _digest(source.stream, first), 0
    begun = (first[at : at + _PIECE] for at in range(0, len(first), _PIECE))
    pieces = chain(begun, iter(lambda: source.stream.read(_PIECE), b""))
    try:
        for part in messages(as_utf8(lambda _: next(pieces, b""), encoding), under="reports"):
            if not isinstance(part, Chat):
                count += 1
                refusal = FormatError(part.refusal.message, _MEND) if part.refusal else None
                yield Raw(part.value, f"item {count}", whole or digest_of(part.data), encoding, refusal)
    except CutOffError as error:
        yield Raw(None, f"item {count + 1}", "", encoding, FormatError(error.message, "save it anew"))
        return
    except FormatError as error:
        raise FormatError("broken JSON", "save it anew") from error
    if not count:
        reason = f"JSON larger than {MAX_REPORT >> 20} MB that holds no list of reports"
        raise NoReportsError(reason, 'give a list of objects with "text"')


def _digest(stream: BufferedReader, first: bytes) -> str:
    """The SHA-256 of a stream of which the first bytes have been read; empty where one cannot go back in it."""
    if not stream.seekable():
        return ""
    here, total = stream.tell(), sha256(first)
    while piece := stream.read(_PIECE):
        total.update(piece)
    stream.seek(here)
    return total.hexdigest()


def _parsed(data: bytes, place: str, encoding: str) -> Raw:
    if (refusal := too_heavy(data)) is not None:
        return Raw(None, place, "", encoding, refusal)
    try:
        plain = _as_utf8(data, encoding)
        return Raw(orjson.loads(plain), place, sha256(data).hexdigest(), encoding)
    except UnicodeDecodeError as error:
        reason = FormatError(f"not {encoding.upper()} (byte {error.start})", "save it as UTF-8")
    except orjson.JSONDecodeError as error:
        reason = FormatError(f"broken JSON ({error.msg}, column {error.colno})", _MEND)
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
