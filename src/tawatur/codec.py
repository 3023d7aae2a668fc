"""The nouns as JSON and back: equal when they return, whatever they hold."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
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
    """A JSON value as the annotated type: dataclasses, tuples and unions with None; all else stays as it is.

    A field that the noun did not have yet when it was written has its default. Raises KeyError without one.
    """
    make = _maker(kind)
    return make(value) if make else value


@lru_cache(maxsize=256)
def _maker(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a type; None where it stays as it is."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun(kind)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin in (Union, types.UnionType):
        return _maker(next(a for a in get_args(kind) if a is not type(None)))
    return None


def _noun(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    shape = [(f.name, _maker(hints[f.name]), f.default) for f in fields(kind)]

    def made(value: Any) -> Any:
        if value is None:
            return None
        found = []
        for name, make, default in shape:
            if name in value:
                found.append(make(value[name]) if make else value[name])
            elif default is MISSING:
                raise KeyError(name)
            else:
                found.append(default)
        return kind(*found)

    return made


def _tuple(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    makers = [_maker(kind) for kind in kinds if kind is not Ellipsis]
    first = makers[0]

    def many(value: Any) -> Any:
        return None if value is None else tuple(value) if first is None else tuple(map(first, value))

    def each(value: Any) -> Any:
        pairs = None if value is None else zip(makers, value, strict=True)
        return pairs and tuple(make(item) if make else item for make, item in pairs)

    return many if kinds[1:] == (Ellipsis,) else each
