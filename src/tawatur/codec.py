"""The nouns as JSON and back: equal when they return, whatever they hold."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, asdict, fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import orjson

T = TypeVar("T")


def dumps(value: object) -> bytes:
    """A noun, or anything of which JSON is made, as JSON; keys of mappings are sorted."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # halves of surrogate pairs: as escapes
        plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), default=asdict).encode()


def loads(kind: type[T], data: bytes | str) -> T:
    """JSON as the noun that it came from. Raises ValueError for what is no JSON, KeyError for a missing field."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        value = json.loads(data)  # takes halves of surrogate pairs, which a text may hold
    return cast("T", build(kind, value))


def build(kind: Any, value: Any) -> Any:
    """A JSON value as the annotated type: dataclasses, tuples and unions with None; all else stays as it is."""
    if value is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        shape = _shape(kind)
        return kind(*(build(inner, value[name]) if name in value else _default(kind, name) for name, inner in shape))
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind), value)
    if origin in (Union, types.UnionType):
        return build(next(a for a in get_args(kind) if a is not type(None)), value)
    return value


def _tuple(kinds: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if kinds[1:] == (Ellipsis,):
        return tuple(build(kinds[0], item) for item in value)
    return tuple(build(kind, item) for kind, item in zip(kinds, value, strict=True))


def _default(kind: Any, name: str) -> Any:
    """The value of a field that the noun did not have yet when it was written. Raises KeyError without a default."""
    default = next(f.default for f in fields(kind) if f.name == name)
    if default is MISSING:
        raise KeyError(name)
    return default


@lru_cache(maxsize=64)
def _shape(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, hints[f.name]) for f in fields(kind))
