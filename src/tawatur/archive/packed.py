"""One file packed with gzip, bzip2 or xz in; the file itself out, as a source that is unpacked while it is read."""

from __future__ import annotations

from pathlib import PurePosixPath

from tawatur.archive.formats import SUFFIXES
from tawatur.archive.items import Parts, Source
from tawatur.archive.member_names import label, own_name
from tawatur.archive.sniffing import suffix_of
from tawatur.archive.unpacking import PACKINGS, Inflating, Unpacked, budget_of, buffered
from tawatur.errors import FormatError, NoReportsError

_PACKED = (".gz", ".bz2", ".xz", ".gzip")
_PACKED_TAR = (".tgz", ".tbz", ".tbz2", ".txz")
_NAMED = 0x08
_EXTRA = 0x04


def read(source: Source) -> Parts:
    """The one member. Raises FormatError for what is not packed so, NoReportsError where it holds nothing known."""
    head = source.head()
    found = next(((magic, make) for magic, make in PACKINGS if head.startswith(magic)), None)
    if found is None:
        raise FormatError(f"not packed as {source.suffix or 'it'} tells", "give it with the suffix that it should have")
    inflating = Inflating(source.stream, found[1], found[0])
    budget = budget_of(source)
    budget.member()
    stream = buffered(Unpacked(inflating.take, budget, inflating.packed))
    name = _name(source.name, head, stream.peek(1024))
    yield source.member(own_name(label(name)), stream, place="")


def _name(outer: str, packed: bytes, head: bytes) -> str:
    """The name inside: the outer one without its suffix, else what gzip holds, else one that the first bytes give."""
    path = PurePosixPath(outer)
    suffix = path.suffix.lower()
    if suffix in _PACKED_TAR:
        return f"{path.stem}.tar"
    inner = path.stem if suffix in _PACKED else outer
    for name in (inner, _stored(packed)):
        if PurePosixPath(name).suffix.lower() in SUFFIXES:
            return name
    found = suffix_of(head)
    if not found:
        raise NoReportsError("holds no form that reports come in", "unpack it yourself, and give what it holds")
    return f"{inner}{found}"


def _stored(packed: bytes) -> str:
    """The name in the header of gzip; empty when there is none."""
    if packed[:2] != b"\x1f\x8b" or len(packed) < 10 or not packed[3] & _NAMED:
        return ""
    at = 10
    if packed[3] & _EXTRA:
        at += 2 + int.from_bytes(packed[10:12], "little")
    return packed[at:].partition(b"\0")[0].decode("utf-8", "replace")
