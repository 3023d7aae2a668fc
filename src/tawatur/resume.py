"""Claims kept on disk between runs: a file a report, named by report, reader and pack, written whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import orjson

from tawatur.archive import write_whole
from tawatur.codec import build
from tawatur.model import Claim, digest


class Kept:
    """The claims kept in one folder for one reader and pack."""

    def __init__(self, folder: Path, *, reader: str, version: str, pack: str) -> None:
        self.folder = folder
        self.key = (reader, version, pack)

    def path(self, report: str) -> Path:
        """Where the claims of a report are kept."""
        name = digest("kept", report, *self.key)
        return self.folder / name[:2] / f"{name}.json"

    def get(self, report: str) -> tuple[Claim, ...] | None:
        """The kept claims of a report, or None when there are none. Raises ValueError when the file is damaged."""
        try:
            data = self.path(report).read_bytes()
        except FileNotFoundError:
            return None
        return unpack(data)

    def put(self, report: str, claims: tuple[Claim, ...]) -> None:
        """Keep the claims of a report. A reader of the folder sees the whole file or none."""
        path = self.path(report)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, pack(claims), sync=False)


def pack(claims: tuple[Claim, ...]) -> bytes:
    """Claims as bytes: a line with the SHA-256 of the rest, then JSON."""
    body = orjson.dumps(claims)
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(data: bytes) -> tuple[Claim, ...]:
    """The claims that ``pack`` packed, equal to them. Raises ValueError when a byte differs."""
    stated, _, body = data.partition(b"\n")
    if stated != hashlib.sha256(body).hexdigest().encode():
        raise ValueError("the checksum does not fit")
    return tuple(build(Claim, row) for row in orjson.loads(body))
