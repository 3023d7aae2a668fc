"""Words of a claim as comparable keys: folded, and as character grams that survive clitics and endings."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING

from tawatur.archive import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_ARTICLE = "ال"
_GRAM = 4
_REMEMBERED = 50_000  # words


def words(text: str) -> list[str]:
    """The folded words of a text, lower case."""
    return _WORD.findall(fold_word(text).lower())


def fold(text: str) -> str:
    """The words of a text, folded and joined by blanks."""
    return " ".join(words(text))


def tokens(text: str) -> list[str]:
    """The folded words of a name, without the article and without single letters."""
    bare = (w.removeprefix(_ARTICLE) if len(w) > 4 else w for w in words(text))
    return [intern(w) for w in bare if len(w) > 1]


def grams(text: str) -> Iterator[str]:
    """Character grams of each word of three letters or more: what two forms of one word have in common."""
    for word in words(text):
        yield from _grams(word)


@lru_cache(maxsize=_REMEMBERED)
def _grams(word: str) -> tuple[str, ...]:
    """The grams of one word, each held once in memory: the claims of a large scene have most of them in common."""
    if len(word) <= _GRAM:
        return (intern(word),) if len(word) > 2 else ()
    return tuple(intern(word[i : i + _GRAM]) for i in range(len(word) - _GRAM + 1))
