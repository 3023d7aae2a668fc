"""Two claims in, whether bodies of one house stand behind them: a ministry and its centre, two armies of a ministry."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tawatur import lang
from tawatur.lang.bodies import bodies

if TYPE_CHECKING:
    from tawatur.model import Claim

_REMEMBERED = 20_000
_HIGHEST = 5  # parents followed at most


def one_house(a: Claim, b: Claim) -> bool:
    """True when the origins of both are bodies of the pack, and one is over the other or one is over both."""
    if a.origin is None or b.origin is None:
        return False
    return bool(_house(a.origin.body or a.origin.name) & _house(b.origin.body or b.origin.name))


def one_over(a: str, b: str) -> bool:
    """True when two names are of bodies of the pack, and they are one or one is over the other."""
    known = bodies(lang.load())
    one, other = known.within(a), known.within(b)
    return one is not None and other is not None and (one.name in _house(b) or other.name in _house(a))


@lru_cache(maxsize=_REMEMBERED)
def _house(name: str) -> frozenset[str]:
    """The names of the body that a name holds and of all bodies over it; empty for a name of no known body."""
    known = bodies(lang.load())
    found: list[str] = []
    body = known.within(name)
    while body and len(found) < _HIGHEST:
        found.append(body.name)
        body = known.named(body.parent) if body.parent else None
    return frozenset(found)
