"""What a source is once read, and the words by which names are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tawatur.lang.bodies import Body
from tawatur.lang.fold import fold_word


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: tokens ``first`` to ``after`` hold the phrase, the name stands within it."""

    first: int
    after: int
    name_first: int
    name_after: int
    name: str
    kind: str  # person, body, outlet, unnamed, other
    body: Body | None
    words: frozenset[str]  # comparable words of the whole phrase
    like: bool  # recognised as a source by its head, not by its place alone


def comparable(fold: str) -> str:
    """A folded word without its article, for comparing names."""
    return fold[2:] if fold.startswith("ال") and len(fold) > 4 else fold


@lru_cache(maxsize=65_536)
def words_of(name: str) -> frozenset[str]:
    """The comparable words of a name."""
    cleaned = "".join(c if c.isalnum() else " " for c in fold_word(name.replace("اً", "")))
    return frozenset(comparable(w) for w in cleaned.split())
