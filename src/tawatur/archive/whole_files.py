"""Bytes and a path in, a file out that is there whole or not at all, whatever stops the program."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, data: bytes | Iterable[bytes], *, sync: bool = True) -> None:
    """Write a file, at once or piece by piece, beside its place and move it there, by default after it is on the disk.

    Raises OSError where the disk does not take it; what stood there then stays.
    """
    draft = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.draft")
    try:
        with draft.open("xb") as out:
            out.writelines([data] if isinstance(data, bytes) else data)
            if sync:
                out.flush()
                os.fsync(out.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's entries on the disk; where folders cannot be opened (Windows) that is not needed."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
