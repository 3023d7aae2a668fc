"""What reading each file gave, kept on disk between runs: read again is what is new, changed, failed or outdated."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import closing
from dataclasses import dataclass, fields
from importlib import metadata
from io import BufferedReader, BufferedWriter
from pathlib import Path

from tawatur.archive import Found, Given, Parts, Tally
from tawatur.archive.whole_files import draft, hashed, remove_stale
from tawatur.codec import dumps, loads
from tawatur.model import Issue, Report, Span, digest
from tawatur.readers import code_hash
from tawatur.settings import Redo, python_version, version
from tawatur.terms import FileState, FileTaken

FOLDER = "files"
REDO: dict[Redo, frozenset[FileTaken]] = {
    "needed": frozenset(("failed", "outdated")),
    "failed": frozenset(("failed",)),
    "outdated": frozenset(("outdated",)),
    "all": frozenset(("asked",)),
    "none": frozenset(),
}
#: Libraries whose version can change what a file gives.
LIBRARIES = ("brotli", "feedparser", "orjson", "pdfminer.six", "pyarrow", "resiliparse")
_CHECKSUM = 65  # bytes of the last line: a SHA-256 over all before it
_TAIL = 1 << 20  # bytes that the line before it has at most
_CHUNK = 1 << 20
_YOUNG = 2_000_000_000  # nanoseconds: a file that young may change without its time changing
_PARTS: dict[bytes, type[Given | Issue]] = {b"g": Given, b"i": Issue}
_END = b"e"


@dataclass(frozen=True, slots=True)
class End:
    """The last of what is kept of a file: what became of it, of which bytes that holds, and what code read them."""

    digest: str  # SHA-256 of the file
    made_by: str
    state: FileState
    passed_by: int
    broke: bool
    nothing: str


#: What is kept has these fields: of what has others nothing is taken.
_SHAPE = [field.name for noun in (Given, Report, Span, Issue, End) for field in fields(noun)]


class KeptFiles:
    """Stands between files and what reading them gives, as ``archive.read`` asks: what is kept, where it still holds.

    ``hints`` are what the user said of the files. ``outdated`` counts those that stand as older code read them.
    """

    def __init__(self, folder: Path, hints: tuple[object, ...], redo: Redo = "needed") -> None:
        self.folder = folder / FOLDER
        self.made_by = made_by()
        self.hints = hints
        self.redo = REDO[redo]
        self.outdated = 0
        self.used: set[str] = set()
        remove_stale(self.folder)

    def __call__(self, found: Found, stream: BufferedReader, tally: Tally, fresh: Parts) -> Parts:
        """The parts of a file, kept or fresh; fresh ones are kept once the last of them was taken."""
        place = self.path(found)
        before = _stamp(stream)
        try:
            known = tally.digest or _hashed(stream)
        except OSError:
            known = ""  # reading it tells why
        stream.seek(0)
        if not known:
            return fresh
        self.used.add(place.name)
        end = _end(place)
        tally.taken = self._why(end, known)
        if tally.taken == "kept" and end is not None:
            tally.passed_by, tally.broke, tally.nothing = end.passed_by, end.broke, end.nothing
            return _kept(place)
        return self._keeping(place, stream, tally, fresh, (before, known))

    def path(self, found: Found) -> Path:
        """Where the parts of a file are kept."""
        name = digest("file", str(found.path), found.named, _SHAPE, *self.hints)
        return self.folder / name[:2] / f"{name}.jsonl"

    def _why(self, end: End | None, known: str) -> FileTaken:
        if end is None:
            return "new"
        if end.digest != known:
            return "changed"
        if "asked" in self.redo:
            return "asked"
        if "failed" in self.redo and end.state in ("failed", "doubtful"):
            return "failed"
        if end.made_by != self.made_by:
            if "outdated" in self.redo:
                return "outdated"
            self.outdated += 1
        return "kept"

    def _keeping(
        self, place: Path, stream: BufferedReader, tally: Tally, fresh: Parts, seen: tuple[tuple[int, ...], str]
    ) -> Parts:
        """Fresh parts, written to a draft on the way; it takes its place when the file is what it was before."""
        own, total = Tally(tally.file), hashlib.sha256()
        self.folder.mkdir(parents=True, exist_ok=True)
        with draft(self.folder) as made, closing(fresh):
            for part in fresh:
                own.part(part)
                _write(made.out, total, b"g" if isinstance(part, Given) else b"i", part)
                yield part
            own.passed_by, own.broke, own.nothing = tally.passed_by, tally.broke, tally.nothing
            end = End(seen[1], self.made_by, own.outcome().state, own.passed_by, own.broke, own.nothing)
            _write(made.out, total, _END, end)
            made.out.write(total.hexdigest().encode() + b"\n")
            if _still(stream, *seen):
                made.keep(place, sync=False)
            else:
                reason = "it was changed while it was read"
                yield Issue(tally.file, "", reason, "run again once nobody writes to it", "doubtful")

    def forget(self) -> None:
        """Remove what is kept of files that were not asked for."""
        for place in self.folder.glob("??/*.jsonl"):
            if place.name not in self.used:
                place.unlink(missing_ok=True)


def made_by() -> str:
    """What read a file: another version of it may read more, or otherwise."""
    installed = {name: _installed(name) for name in LIBRARIES}
    return digest("made by", version(), python_version(), code_hash("archive", "lang"), installed)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _write(out: BufferedWriter, total: hashlib._Hash, kind: bytes, value: object) -> None:
    line = kind + dumps(value) + b"\n"
    total.update(line)
    out.write(line)


def _kept(place: Path) -> Parts:
    """The parts kept at a place, one at a time."""
    with place.open("rb") as stream:
        for line in stream:
            if line[:1] == _END:
                return
            yield loads(_PARTS[line[:1]], line[1:])


def _end(place: Path) -> End | None:
    """The end of what is kept at a place; None when nothing is, or when a byte of it was changed."""
    try:
        with place.open("rb") as stream:
            total, tail = _summed(stream, max(0, stream.seek(0, os.SEEK_END) - _CHECKSUM))
            whole = stream.read() == total.encode() + b"\n"
    except FileNotFoundError:
        return None
    last = tail.rstrip(b"\n").rpartition(b"\n")[2]
    return loads(End, last[1:]) if whole and last[:1] == _END else None


def _summed(stream: BufferedReader, left: int) -> tuple[str, bytes]:
    """The SHA-256 of so many first bytes of a stream, and the last of them."""
    stream.seek(0)
    total, tail = hashlib.sha256(), b""
    while piece := stream.read(min(left, _CHUNK)):
        left -= len(piece)
        total.update(piece)
        tail = (tail + piece)[-_TAIL:]
    return total.hexdigest(), tail


def _hashed(stream: BufferedReader) -> str:
    stream.seek(0)
    return hashed(stream)


def _stamp(stream: BufferedReader) -> tuple[int, ...]:
    told = os.fstat(stream.fileno())
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns


def _still(stream: BufferedReader, before: tuple[int, ...], known: str) -> bool:
    """Whether a file is what it was: by size and times, and by its bytes where its times are too young to tell."""
    if _stamp(stream) != before:
        return False
    return max(before[1:]) < time.time_ns() - _YOUNG or _hashed(stream) == known
