"""Claims kept on disk between runs: a file a report, named by report, reader and pack, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import types
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

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
        draft = path.with_suffix(f".{os.getpid()}.draft")
        draft.write_bytes(pack(claims))
        draft.replace(path)


def pack(claims: tuple[Claim, ...]) -> bytes:
    """Claims as bytes: a line with the SHA-256 of the rest, then JSON."""
    body = orjson.dumps(claims)
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(data: bytes) -> tuple[Claim, ...]:
    """The claims that ``pack`` packed, equal to them. Raises ValueError when a byte differs."""
    stated, _, body = data.partition(b"\n")
    if stated != hashlib.sha256(body).hexdigest().encode():
        raise ValueError("the checksum does not fit")
    return tuple(_build(Claim, row) for row in orjson.loads(body))


def _build(kind: Any, value: Any) -> Any:
    """A JSON value as the annotated type: dataclasses, tuples and unions with None; all else stays as it is."""
    if value is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(*(_build(inner, value[name]) for name, inner in _shape(kind)))
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in value)
    if origin in (Union, types.UnionType):
        return _build(next(a for a in get_args(kind) if a is not type(None)), value)
    return value


@lru_cache(maxsize=32)
def _shape(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, hints[f.name]) for f in fields(kind))
