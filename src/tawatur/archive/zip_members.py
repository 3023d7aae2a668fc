"""A ZIP file in, its members out as sources, each unpacked as a stream; nothing is written under a member's name."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from tawatur.archive.formats import SUFFIXES
from tawatur.archive.items import Budget, Item, Parts, Refusal, Skip, Source
from tawatur.archive.limits import MAX_LIST, MAX_LISTED
from tawatur.archive.member_names import is_part, label, odd, own_name, parts_of_pages, passed_by
from tawatur.archive.unpacking import BROKEN_ADVICE, FAULTS, Unpacked, budget_of, buffered, nothing, seekable
from tawatur.archive.zip_names import names_of
from tawatur.errors import FormatError

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_ENCRYPTED = 0x1
_HEADER = 30  # bytes before a member's name


@dataclass(frozen=True, slots=True)
class _Member:
    info: zipfile.ZipInfo
    name: str  # to show, with slashes


def read(source: Source) -> Parts:
    """The members in the archive's order. Raises FormatError when it is broken, locked, or made to do harm."""
    with seekable(source) as stream:
        _check_list(stream)
        with _opened(stream) as zipped:
            infos = zipped.infolist()
            _check_overlap(infos)
            _check_locked(infos)
            yield from _members(source, zipped, infos)


def _opened(stream: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except FAULTS as error:
        raise FormatError(f"no sound ZIP file ({_short(error)})", BROKEN_ADVICE) from error


def _members(source: Source, zipped: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Parts:
    names = names_of(infos)
    budget = budget_of(source)
    parts = parts_of_pages(names)
    web = is_web_archive(names)
    opened = False
    for info, name in zip(infos, names, strict=True):
        budget.member()
        if reason := _reason(info, name, parts, web):
            yield Skip(label(name), reason)
            continue
        opened = True
        if doubt := odd(name):
            yield doubt
        yield from _member(source, zipped, _Member(info, label(name)), budget)
    if not opened:
        raise nothing()


def _member(
    source: Source, zipped: zipfile.ZipFile, member: _Member, budget: Budget
) -> Iterator[Source | Refusal | Item]:
    """The member as a source; a refusal when it cannot be opened."""
    if member.info.flag_bits & _ENCRYPTED:
        yield Refusal(member.name, _locked())
        return
    try:
        opened = zipped.open(member.info)
    except NotImplementedError:
        reason = f"packed in a way that is not known ({member.info.compress_type})"
        yield Refusal(member.name, FormatError(reason, "unpack it yourself, and give what it holds"))
        return
    except FAULTS as error:
        yield Refusal(member.name, FormatError(f"broken: cannot be unpacked ({_short(error)})", BROKEN_ADVICE))
        return
    with opened:
        packed = member.info.compress_size
        stream = buffered(Unpacked(opened.read, budget, lambda: packed))
        yield source.member(own_name(member.name), stream, place=member.name)


def _reason(info: zipfile.ZipInfo, name: str, parts: frozenset[str], web: bool) -> str:
    """Why a member is passed by; empty when it is read."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link"
    if is_part(name.replace("\\", "/"), parts):
        return "a part of a saved page"
    if web and not is_web_record(name):
        return "an index of a web archive"
    return passed_by(name)


def is_web_archive(names: list[str]) -> bool:
    """Whether the members are those of a web archive in a ZIP (WACZ)."""
    return "datapackage.json" in names and any(is_web_record(name) for name in names)


def is_web_record(name: str) -> bool:
    """Whether a member holds the records of a web archive."""
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _check_list(stream: IO[bytes]) -> None:
    """Raise FormatError when the list of members is larger than it may be; the list itself is not read."""
    size = stream.seek(0, 2)
    start = max(0, size - (1 << 16) - 200)
    stream.seek(start)
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return
    count, listed = struct.unpack("<HI", tail[at + 10 : at + 16])
    at = tail.rfind(_END64)
    if at >= 0 and len(tail) >= at + 56:
        count, listed = struct.unpack("<QQ", tail[at + 32 : at + 48])
    if count > MAX_LISTED or min(listed, size) > MAX_LIST:
        raise FormatError(f"holds more than {MAX_LISTED} members", "unpack it yourself, and give the folder")


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """Raise FormatError when two members share bytes, as only bombs do."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise FormatError("its members overlap, as in a bomb", "do not unpack it; ask who made it")
        end = info.header_offset + _HEADER + info.compress_size


def _check_locked(infos: list[zipfile.ZipInfo]) -> None:
    files = [info for info in infos if not info.filename.endswith("/") and _readable(info)]
    if files and all(info.flag_bits & _ENCRYPTED for info in files):
        raise _locked()


def _locked() -> FormatError:
    return FormatError("locked with a password", "unpack it with its password, and give what it holds")


def _readable(info: zipfile.ZipInfo) -> bool:
    suffix = PurePosixPath(info.filename).suffix.lower()
    return not suffix or suffix in SUFFIXES


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
