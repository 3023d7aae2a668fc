"""Bytes and a path in, a file out that is there whole or not at all, whatever stops the program."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from io import BufferedWriter
from pathlib import Path
from typing import IO

_CHUNK = 1 << 20
_STALE = 24 * 3600  # seconds after which the draft of a run that was killed is removed


class Draft:
    """A file that is written beside its place: ``out`` takes the bytes, ``keep`` moves it there."""

    def __init__(self, path: Path, out: BufferedWriter) -> None:
        self.path = path
        self.out = out

    def keep(self, place: Path, *, sync: bool = True) -> None:
        """Move what was written to its place, whose folder is made; by default after it is on the disk."""
        self.out.flush()
        if sync:
            os.fsync(self.out.fileno())
        self.out.close()
        place.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(place)
        if sync:
            for folder in dict.fromkeys((place.parent, self.path.parent)):
                sync_folder(folder)


@contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """A draft in a folder that exists; it is gone at the end unless it was kept. Raises OSError as the disk does."""
    path = folder / f".{secrets.token_hex(8)}.draft"
    try:
        with path.open("xb") as out:
            yield Draft(path, out)
    finally:
        path.unlink(missing_ok=True)


def remove_stale(folder: Path) -> None:
    """Remove the drafts that runs left in a folder when they were killed more than a day ago."""
    for left in folder.glob(".*.draft"):
        with suppress(FileNotFoundError):  # another run has just put its draft in place
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()


def write_whole(path: Path, data: bytes | Iterable[bytes], *, sync: bool = True) -> None:
    """Write a file, at once or piece by piece, beside its place and move it there, by default after it is on the disk.

    Raises OSError, which names the path, where the disk does not take it; what stood there then stays.
    """
    try:
        with draft(path.parent) as made:
            made.out.writelines([data] if isinstance(data, bytes) else data)
            made.keep(path, sync=sync)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def hashed(stream: IO[bytes], out: IO[bytes] | None = None) -> str:
    """The SHA-256 of the rest of a stream as hexadecimal digits; ``out`` takes a copy on the way."""
    found = sha256()
    while piece := stream.read(_CHUNK):
        found.update(piece)
        if out is not None:
            out.write(piece)
    return found.hexdigest()


def sync_folder(folder: Path) -> None:
    """Put a folder's entries on the disk; where folders cannot be opened (Windows) that is not needed."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
