"""A claim's words in, the groups of people that it names out: fighters, civilians, patients, as the pack knows them."""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur import lang
from tawatur.findings.frames import nested, tables

_WORD = re.compile(r"[^\W\d_]+")
_EVERYBODY = "people"
_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def named_in(quote: str) -> frozenset[str]:
    """Populations of persons that the words of a claim name; empty where it names none, or people at large."""
    known = (lang.load().lexicon.word(word) for word in _WORD.findall(quote))
    found = {str(w.gives("populations", "population")) for w in known if w.gives("populations", "person")}
    return frozenset() if _EVERYBODY in found else frozenset(found)


def apart(one: str, other: str) -> bool:
    """True when both claims name groups, and no group of one can have people of a group of the other."""
    a, b = named_in(one), named_in(other)
    return bool(a and b) and not any(_meet(x, y) for x in a for y in b)


def _meet(x: str, y: str) -> bool:
    """True when somebody can be of both groups: the same or nested, both armed, or both told by what befell them."""
    mixed = tables()["mixed"]
    shared = any({x, y} <= {*group} for group in mixed.values())
    return x == y or nested(x, y) or nested(y, x) or shared
