"""A tar file in, its members out as sources, read forward only; nothing is written under a member's name."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from tawatur.archive.items import Item, Parts, Refusal, Skip, Source
from tawatur.archive.limits import MAX_DOCUMENT
from tawatur.archive.member_names import PAGES, could_be_part, is_part, label, odd, own_name, parts_of_pages, passed_by
from tawatur.archive.unpacking import BROKEN_ADVICE, CHUNK, FAULTS, Unpacked, budget_of, buffered, nothing
from tawatur.errors import FormatError

_FAULTS = (*FAULTS, IndexError, OverflowError)
_MOST_AT_ONCE = 1 << 20  # bytes that an honest header asks for
_MOST_HELD = 64 << 20  # bytes of possible parts of saved pages, held until all names are known


@dataclass(slots=True)
class _Forward(io.RawIOBase):
    """A stream that tarfile reads: it goes forward only, and no header gets more than it may ask for."""

    stream: IO[bytes]
    at: int = 0
    last: bytes = b""

    def tell(self) -> int:
        """Bytes read so far."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Read on to an offset. Raises ValueError for one that lies behind."""
        if whence or offset < self.at:
            raise ValueError("a member points back")
        while self.at < offset and self.read(min(CHUNK, offset - self.at)):
            pass
        return self.at

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes. Raises ValueError for more than a header needs."""
        if not 0 <= size <= _MOST_AT_ONCE:
            raise ValueError("a header is too large")
        data = self.stream.read(size)
        self.at += len(data)
        self.last = data
        return data


@dataclass(slots=True)
class _Held:
    """Members that may be parts of a saved page whose name has not come yet."""

    members: list[tuple[str, bytes]] = field(default_factory=list)
    size: int = 0

    def takes(self, size: int) -> bool:
        """Whether there is room."""
        return self.size + size <= _MOST_HELD


def read(source: Source) -> Parts:
    """The members in the archive's order. Raises FormatError where it is broken; what came before stands."""
    pages: list[str] = []
    held = _Held()
    opened = False
    for member, tar in _listed(source):
        if PAGES & {_suffix(member.name)}:
            pages.append(member.name.removeprefix("./"))
        if reason := _reason(member):
            yield Skip(label(member.name), reason)
            continue
        opened = True
        if doubt := odd(member.name):
            yield doubt
        yield from _member(source, tar, member, held)
    folders = parts_of_pages(pages)
    for name, data in held.members:
        if is_part(name.removeprefix("./"), folders):
            yield Skip(label(name), "a part of a saved page")
        else:
            yield source.member(own_name(label(name)), data, place=label(name))
    if not opened:
        raise nothing()


def _listed(source: Source) -> Iterator[tuple[tarfile.TarInfo, tarfile.TarFile]]:
    budget = budget_of(source)
    try:
        forward = _Forward(source.stream)
        tar = tarfile.TarFile(fileobj=forward, errors="surrogateescape")
    except _FAULTS as error:
        raise _broken(error) from error
    while True:
        try:
            member = tar.next()
        except _FAULTS as error:
            raise _broken(error) from error
        if member is None:
            if forward.last.strip(b"\0"):
                raise _broken(ValueError("it is cut off or damaged"))
            return
        tar.members.clear()  # type: ignore[attr-defined]  # else it keeps every member that it has seen
        budget.member()
        yield member, tar


def _broken(error: BaseException) -> FormatError:
    why = " ".join(str(error).split())[:80] or type(error).__name__
    return FormatError(f"no sound tar file from here on ({why})", BROKEN_ADVICE)


def _member(
    source: Source, tar: tarfile.TarFile, member: tarfile.TarInfo, held: _Held
) -> Iterator[Source | Refusal | Item]:
    place = label(member.name)
    try:
        opened = tar.extractfile(member)
    except _FAULTS as error:
        yield Refusal(place, _broken(error))
        return
    if opened is None:
        return
    stream = buffered(Unpacked(opened.read, budget_of(source)))
    if could_be_part(member.name) and member.size <= MAX_DOCUMENT and held.takes(member.size):
        held.members.append((member.name, stream.read()))
        held.size += member.size
    else:
        yield source.member(own_name(place), stream, place=place)


def _reason(member: tarfile.TarInfo) -> str:
    if member.isdir():
        return "a folder"
    if not member.isreg():
        return "a link, a device or a pipe"
    return passed_by(member.name)


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"
