"""Packed bytes in, a stream of unpacked bytes out, which breaks off where a bomb would go on."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Protocol, cast

from tawatur.archive.items import Budget, Source
from tawatur.archive.limits import MAX_HELD, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FROM, XZ_MEMORY
from tawatur.errors import FormatError, NoReportsError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 16
BROKEN_ADVICE = "get it again from where it came, or unpack what is left of it yourself"
#: What broken or hostile packing makes the standard library raise.
FAULTS = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError,
    OSError, ValueError, MemoryError, struct.error,
)  # fmt: skip


def nothing() -> NoReportsError:
    """An error for an archive without anything that is read."""
    return NoReportsError("holds nothing of a form that reports come in", "give one that holds pages or documents")


class Decompressor(Protocol):
    """What ``zlib``, ``bz2`` and ``lzma`` have in common."""

    eof: bool
    unused_data: bytes

    def decompress(self, data: bytes, /, max_length: int = ...) -> bytes:
        """Some unpacked bytes."""
        ...


class Unpacked(io.RawIOBase):
    """A stream over ``take(size)``, each piece counted against the budget, and against ``packed()`` bytes read so far.

    Reading raises FormatError when a limit is passed or the packing is broken.
    """

    def __init__(self, take: Callable[[int], bytes], budget: Budget, packed: Callable[[], int] | None = None) -> None:
        super().__init__()
        self.take, self.budget, self.packed = take, budget, packed
        self.count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as there are bytes."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._piece(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _piece(self, size: int) -> bytes:
        began = time.perf_counter()
        try:
            piece = self.take(size)
        except FAULTS as error:
            raise FormatError(f"broken: it cannot be unpacked ({_why(error)})", BROKEN_ADVICE) from error
        self.count += len(piece)
        self.budget.spend(len(piece), time.perf_counter() - began)
        if self.packed and self.count > RATIO_FROM and self.count > MAX_RATIO * max(1, self.packed()):
            raise FormatError(f"unpacks to more than {MAX_RATIO} times its size", "leave it out, or unpack it yourself")
        return piece


@dataclass(slots=True)
class Inflating:
    """Unpacks one stream of gzip, bzip2 or xz after another; zeros and junk after the last one end it.

    ``start`` is where in the packed stream the one being read begins. With ``single`` it ends after one, and ``after``
    is where the next one begins.
    """

    stream: IO[bytes]
    make: Callable[[], Decompressor]
    magic: bytes
    single: bool = False
    consumed: int = 0
    after: int = 0
    _waiting: bytes = b""
    _now: Decompressor | None = field(default=None)

    def take(self, size: int) -> bytes:
        """Up to ``size`` unpacked bytes; none at the end. Raises EOFError where the packed bytes are cut off."""
        while True:
            if self._now is None and not self._next():
                return b""
            assert self._now is not None
            piece = self._step(self._now, size)
            if self._now.eof:
                self._finish(self._now)
            if piece:
                return piece

    def packed(self) -> int:
        """Packed bytes taken from the stream so far."""
        return self.consumed

    def _next(self) -> bool:
        if self.after and self.single:
            return False
        self._fill(len(self.magic))
        if self.after and not self._waiting.startswith(self.magic):
            return False
        if not self._waiting:
            raise EOFError("empty")
        self._now = self.make()
        return True

    def _step(self, now: Decompressor, size: int) -> bytes:
        if not self._waiting and not _has_more(now):
            self._fill(1)
        data, self._waiting = self._waiting, b""
        piece = now.decompress(data, size)
        self._waiting = getattr(now, "unconsumed_tail", b"")
        if not data and not piece and not now.eof:
            raise EOFError("it is cut off")
        return piece

    def _finish(self, now: Decompressor) -> None:
        self._waiting = now.unused_data
        self.after = self.consumed - len(self._waiting)
        self._now = None

    def _fill(self, least: int) -> None:
        while len(self._waiting) < least and (piece := self.stream.read(CHUNK)):
            self.consumed += len(piece)
            self._waiting += piece


def _has_more(now: Decompressor) -> bool:
    """Whether bz2 or lzma still hold input of their own; zlib gives back what it has not used."""
    return not getattr(now, "needs_input", True)


def gzip_decompressor() -> Decompressor:
    """One that unpacks gzip."""
    return cast("Decompressor", zlib.decompressobj(31))


#: First bytes, and what unpacks what begins with them.
PACKINGS: tuple[tuple[bytes, Callable[[], Decompressor]], ...] = (
    (b"\x1f\x8b", gzip_decompressor),
    (b"BZh", cast("Callable[[], Decompressor]", bz2.BZ2Decompressor)),
    (b"\xfd7zXZ\x00", cast("Callable[[], Decompressor]", lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY))),
)


def budget_of(source: Source) -> Budget:
    """What the members of a source may still unpack to."""
    return source.budget or Budget(MAX_UNPACKED, MAX_MEMBERS)


def buffered(raw: Unpacked) -> io.BufferedReader:
    """A stream with a head to look at."""
    return io.BufferedReader(raw, CHUNK)


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """The stream of a source if one can go back in it, else a copy: in memory, beyond 8 MB in a file without a name.

    Raises FormatError for a copy larger than MAX_HELD.
    """
    if source.stream.seekable():
        yield source.stream
        return
    with tempfile.SpooledTemporaryFile(8 << 20) as held:
        count = 0
        while piece := source.stream.read(CHUNK):
            count += len(piece)
            if count > MAX_HELD:
                reason = f"an archive inside an archive larger than {MAX_HELD >> 20} MB"
                raise FormatError(reason, "unpack the outer one")
            held.write(piece)
        held.seek(0)
        yield cast("IO[bytes]", held)


def _why(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
