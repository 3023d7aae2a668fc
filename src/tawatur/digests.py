"""Fields in, their content hash out: the same on any machine and in any order of work."""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring

_json_of = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(*fields: object) -> str:
    """The content hash of a JSON array of fields: 16 hexadecimal digits of SHA-256, the same on any machine."""
    return hashed(f"[{','.join(map(_json, fields))}]")


def hashed(array: str) -> str:
    """The hash of a JSON array as written."""
    return hashlib.sha256(array.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _json(field: object) -> str:
    if type(field) is str:
        return encode_basestring(field)
    return str(field) if type(field) is int else _json_of(field)  # a bool is no plain int
