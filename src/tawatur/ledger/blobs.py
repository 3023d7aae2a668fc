"""The raw bytes of what was read, by their hash, compressed, in the ledger itself."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from sqlalchemy import insert, select

from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.rights import acting
from tawatur.ledger.schema import blobs
from tawatur.model import Report

LARGEST = 64 * 2**20  # bytes of a file that is kept; larger ones stay beside the ledger


def keep_raw(ledger: Ledger, reports: Iterable[Report]) -> tuple[int, tuple[str, ...]]:
    """Keep the bytes that reports were read from, a file or a line of one; how many are new, and the files missed.

    A file is missed when it is gone, has other bytes than were read, or is larger than ``LARGEST`` as a whole.
    """
    wanted = {report.raw_digest: report.origin_file for report in reports if report.raw_digest and report.origin_file}
    with reading(ledger.engine) as connection:
        held = set(connection.execute(select(blobs.c.digest)).scalars())
    by_file: dict[str, set[str]] = defaultdict(set)
    for digest, file in wanted.items():
        if digest not in held:
            by_file[file].add(digest)
    new, missing = 0, []
    for file, digests in by_file.items():
        found = {digest: data for digest, data in _pieces(Path(file)) if digest in digests}
        if found:
            with acting(ledger, ledger.author, "write") as connection:
                connection.execute(insert(blobs), [_row(digest, data) for digest, data in found.items()])
        new += len(found)
        if len(found) < len(digests):
            missing.append(file)
    return new, tuple(missing)


def raw(ledger: Ledger, digest: str) -> bytes:
    """The bytes with a SHA-256. Raises NotFoundError where they are not kept, LedgerError where they are damaged."""
    with reading(ledger.engine) as connection:
        body = connection.execute(select(blobs.c.body).where(blobs.c.digest == digest)).scalar()
    if not body:
        raise NotFoundError(f"the bytes {digest[:16]} are not kept", "")
    data = unpacked(body)
    if sha256(data).hexdigest() != digest:
        raise LedgerError(f"the bytes kept as {digest[:16]} are damaged", "restore a backup")
    return data


def unpacked(body: str) -> bytes:
    """The bytes of a row. Raises LedgerError where it is damaged."""
    try:
        return zlib.decompress(b64decode(body))
    except (ValueError, zlib.error) as error:
        raise LedgerError(f"kept bytes are damaged ({error})", "restore a backup") from error


def _row(digest: str, data: bytes) -> dict[str, object]:
    return {"digest": digest, "size": len(data), "body": b64encode(zlib.compress(data)).decode()}


def _pieces(path: Path) -> Iterator[tuple[str, bytes]]:
    """What reports may have come from in a file, with its hash: the whole, or a line of it."""
    try:
        if not path.is_file():
            return
        if path.stat().st_size <= LARGEST:
            data = path.read_bytes()
            yield sha256(data).hexdigest(), data
        with path.open("rb") as file:
            for line in file:
                yield from ((sha256(data).hexdigest(), data) for data in dict.fromkeys((line, line.rstrip(b"\r\n"))))
    except OSError:  # told as missing
        return
