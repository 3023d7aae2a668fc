"""The words of two claims in, whether they speak of groups that have nobody in common out."""

from __future__ import annotations

from tawatur.findings.frames import nested, tables
from tawatur.findings.named import named_in


def apart(one: str, other: str) -> bool:
    """True when both claims name groups, and no group of one can have people of a group of the other."""
    a, b = named_in(one), named_in(other)
    return bool(a and b) and not any(_meet(x, y) for x in a for y in b)


def _meet(x: str, y: str) -> bool:
    """True when somebody can be of both groups: the same, one within the other, or mixed (``populations.toml``)."""
    mixed = tables()["mixed"]
    shared = any({x, y} <= {*group} for group in mixed.values())
    return x == y or nested(x, y) or nested(y, x) or shared
