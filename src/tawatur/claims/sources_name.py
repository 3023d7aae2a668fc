"""What a source is once read, and the words by which names are compared."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Protocol

from tawatur.lang.bodies import Body
from tawatur.lang.fold import fold_word


class Source:
    """Who speaks: tokens ``first`` to ``after`` hold the phrase, the name stands within it.

    The name and what it is compared by are worked out when they are asked for.
    """

    __slots__ = (
        "_body", "_by", "_lam", "_name", "_words", "after", "first", "kind", "like", "name_after", "name_first",
    )  # fmt: skip

    def __init__(
        self,
        by: Namer,
        first: int,
        after: int,
        name_first: int,
        name_after: int,
        kind: str,
        body: Body | None,
        like: bool,
        lam: int,
    ) -> None:
        self.first, self.after = first, after
        self.name_first, self.name_after = name_first, name_after
        self.kind = kind  # person, body, outlet, unnamed, document, other
        self.like = like  # recognised as a source by its head, not by its place alone
        self._by, self._lam = by, lam
        self._body: Body | Literal[False] | None = body or False
        self._name: str | None = None
        self._words: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """The name as written, without proclitics."""
        if self._name is None:
            self._name = self._by.name(self.name_first, self.name_after, self._lam)
        return self._name

    @property
    def words(self) -> frozenset[str]:
        """The comparable words of the whole phrase."""
        if self._words is None:
            self._words = self._by.words_in(self.first, self.after, self._lam)
        return self._words

    @property
    def body(self) -> Body | None:
        """The known body that speaks, or for which a person or an office does."""
        if self._body is False:
            self._body = self._by.spoken_for(self.first, self.after)
        return self._body


class Namer(Protocol):
    """What works out the names of sources."""

    def name(self, first: int, after: int, lam: int) -> str:
        """The name that stands at these tokens, without proclitics; ``lam``: where one of possession is cut off."""

    def words_in(self, first: int, after: int, lam: int) -> frozenset[str]:
        """The comparable words of these tokens."""

    def spoken_for(self, first: int, after: int) -> Body | None:
        """The first known body named there that is no outlet."""


def comparable(fold: str) -> str:
    """A folded word without its article, for comparing names."""
    return fold[2:] if fold.startswith("ال") and len(fold) > 4 else fold


@lru_cache(maxsize=65_536)
def words_of(name: str) -> frozenset[str]:
    """The comparable words of a name."""
    cleaned = "".join(c if c.isalnum() else " " for c in fold_word(name.replace("اً", "")))
    return frozenset(comparable(w) for w in cleaned.split())
