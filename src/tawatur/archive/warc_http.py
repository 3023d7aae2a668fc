"""An HTTP answer as a crawler kept it in, what it carried out: unchunked, unpacked, with its type and encoding."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

import brotli  # type: ignore[import-untyped]

from tawatur.archive.items import Budget
from tawatur.archive.limits import MAX_PAYLOAD
from tawatur.archive.unpacking import CHUNK, FAULTS, Unpacked, gzip_decompressor
from tawatur.archive.warc_header import header_fields
from tawatur.errors import FormatError

_status = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_chunk = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_charset = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{2,40})", re.IGNORECASE)
_MOST_PACKINGS = 3
_ADVICE = "open the address in a browser, and save the page"
_LINE = 1 << 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: status (0 where it is not told), media type in lower case, encoding named, the bytes."""

    status: int
    media: str
    charset: str
    body: bytes


def answer(stream: IO[bytes], declared: str, budget: Budget, *, plain: bool = False) -> Answer:
    """A record's bytes as an answer; ``plain`` ones are no HTTP and of the type ``declared``.

    Raises FormatError for bytes packed in an unknown or broken way, or larger than MAX_PAYLOAD.
    """
    start = stream.tell()
    found = None if plain else _status.match(stream.readline(_LINE))
    if not found:
        stream.seek(start)
        return Answer(0, media_of(declared), charset_of(declared), stream.read(MAX_PAYLOAD + 1))
    fields = header_fields(stream)
    said = fields.get("content-type", "")
    body = stream.read(MAX_PAYLOAD + 1)
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = unchunked(body)
    for packing in reversed(_packings(fields)):
        body = unpacked(body, packing, budget)
    return Answer(int(found[1]), media_of(said), charset_of(said), body)


def media_of(value: str) -> str:
    """The media type of a Content-Type."""
    return value.partition(";")[0].partition(",")[0].strip().lower()


def charset_of(value: str) -> str:
    """The encoding that a Content-Type names; empty when it names none."""
    found = _charset.search(value)
    return found[1] if found else ""


def unchunked(data: bytes) -> bytes:
    """The bytes of chunks, joined; bytes that are no chunks come back as they are. A last chunk may be cut off."""
    joined = io.BytesIO()
    at = 0
    while found := _chunk.match(data, at):
        size = int(found[1], 16)
        if not size:
            return joined.getvalue()
        joined.write(data[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if data[at : at + 2] == b"\r\n" else data[at : at + 1] == b"\n"
    return joined.getvalue() if at >= len(data) > 0 else data


def _packings(fields: dict[str, str]) -> list[str]:
    names = [name.strip().lower() for name in fields.get("content-encoding", "").split(",")]
    found = [name for name in names if name not in ("", "identity", "utf-8", "none")]
    if len(found) > _MOST_PACKINGS:
        raise FormatError("packed more than three times over", _ADVICE)
    return found


def unpacked(data: bytes, packing: str, budget: Budget) -> bytes:
    """Bytes unpacked; as they are where they are not packed as told, as crawlers often keep them.

    Raises FormatError for a packing that is not known, or bytes cut off or broken in it.
    """
    if not data:
        return data
    if packing in ("gzip", "x-gzip"):
        return _inflated(data, gzip_decompressor, budget) if data.startswith(b"\x1f\x8b") else data
    if packing == "deflate":
        bare = data[0] & 15 != 8 or int.from_bytes(data[:2]) % 31
        return data if _is_page(data) else _inflated(data, lambda: zlib.decompressobj(-15 if bare else 15), budget)
    if packing == "br":
        return data if _is_page(data) else _unbrotlied(data, budget)
    if _is_page(data):
        return data
    raise FormatError(f"packed as {packing[:20]!r}, which is not known", _ADVICE)


def _is_page(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{", b"["))


def _inflated(data: bytes, make: Callable[[], object], budget: Budget) -> bytes:
    inflater = make()
    waiting = data

    def take(size: int) -> bytes:
        nonlocal waiting
        piece: bytes = inflater.decompress(waiting, size)  # type: ignore[attr-defined]
        waiting = inflater.unconsumed_tail  # type: ignore[attr-defined]
        return piece

    return _all(take, len(data), budget)


def _unbrotlied(data: bytes, budget: Budget) -> bytes:
    def pieces() -> Iterator[bytes]:
        inflater = brotli.Decompressor()
        for at in range(0, len(data), CHUNK):
            yield inflater.process(data[at : at + CHUNK], output_buffer_limit=CHUNK)
            while not inflater.can_accept_more_data():
                yield inflater.process(b"", output_buffer_limit=CHUNK)
        if not inflater.is_finished():
            raise FormatError("it cannot be unpacked (cut off)", _ADVICE)

    flow = pieces()
    rest = b""

    def take(size: int) -> bytes:
        nonlocal rest
        try:
            while not rest:
                rest = next(flow)
        except StopIteration:
            return b""
        except brotli.error as error:
            raise FormatError("it cannot be unpacked (broken)", _ADVICE) from error
        piece, rest = rest[:size], rest[size:]
        return piece

    return _all(take, len(data), budget)


def _all(take: Callable[[int], bytes], packed: int, budget: Budget) -> bytes:
    try:
        found = io.BufferedReader(Unpacked(take, budget, lambda: packed), CHUNK).read(MAX_PAYLOAD + 1)
    except FAULTS as error:
        raise FormatError("it cannot be unpacked", _ADVICE) from error
    if len(found) > MAX_PAYLOAD:
        raise FormatError(f"unpacks to more than {MAX_PAYLOAD >> 20} MB", "leave it out")
    return found
