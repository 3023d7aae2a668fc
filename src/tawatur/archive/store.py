"""Bytes as received in, kept under their SHA-256; the same bytes out, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tawatur.archive.whole_files import draft, hashed, remove_stale
from tawatur.errors import InputError

_digest = re.compile(r"[0-9a-f]{64}")


class Store:
    """A folder of files named by the SHA-256 of what they hold, as ``ab/abcdef…``; each content is kept once.

    What is kept is on the disk before ``keep`` returns. Raises OSError where the disk does not take it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        remove_stale(folder)

    def keep(self, stream: IO[bytes]) -> str:
        """Keep what a stream holds from here on; its SHA-256. A file of that name appears whole or not at all."""
        if stream.seekable():
            start = stream.tell()
            known = hashed(stream)
            if self.has(known):
                return known
            stream.seek(start)
        return self._written(stream)

    def _written(self, stream: IO[bytes]) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        with draft(self.folder) as made:
            found = hashed(stream, made.out)
            made.keep(self.path(found))
        return found

    def has(self, digest: str) -> bool:
        """Whether bytes of this SHA-256 are kept. Nothing is read: ``open`` checks them."""
        return self.path(digest).is_file()

    def path(self, digest: str) -> Path:
        """Where bytes of this SHA-256 lie, if they are kept. Raises InputError for what is no SHA-256."""
        if not _digest.fullmatch(digest):
            raise InputError(f"{digest[:80]!r} is no SHA-256", "give 64 hexadecimal digits in lower case")
        return self.folder / digest[:2] / digest

    @contextmanager
    def open(self, digest: str) -> Iterator[IO[bytes]]:
        """The bytes of this SHA-256, read and checked before the first is given.

        Raises InputError when they are not kept, or are no longer those that were.
        """
        try:
            stream = self.path(digest).open("rb")
        except OSError as error:
            raise InputError(f"no bytes are kept under {digest[:16]}…", "read the input again") from error
        with stream:
            if hashed(stream) != digest:
                raise InputError(f"the bytes kept under {digest[:16]}… were changed", "restore them from a backup")
            stream.seek(0)
            yield stream

    def damaged(self) -> Iterator[str]:
        """The SHA-256 of everything kept that no longer has it, in order."""
        for path in sorted(self.folder.glob("??/*")):
            if _digest.fullmatch(path.name):
                with path.open("rb") as stream:
                    if hashed(stream) != path.name:
                        yield path.name
