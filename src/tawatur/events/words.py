"""Words of a claim as comparable keys: folded, and as character grams that survive clitics and endings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tawatur.archive import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_ARTICLE = "ال"
_GRAM = 4


def words(text: str) -> list[str]:
    """The folded words of a text, lower case."""
    return _WORD.findall(fold_word(text).lower())


def fold(text: str) -> str:
    """The words of a text, folded and joined by blanks."""
    return " ".join(words(text))


def tokens(text: str) -> list[str]:
    """The folded words of a name, without the article and without single letters."""
    bare = (w.removeprefix(_ARTICLE) if len(w) > 4 else w for w in words(text))
    return [w for w in bare if len(w) > 1]


def grams(text: str) -> Iterator[str]:
    """Character grams of each word of three letters or more: what two forms of one word have in common."""
    for word in words(text):
        if len(word) <= _GRAM:
            if len(word) > 2:
                yield word
            continue
        yield from (word[i : i + _GRAM] for i in range(len(word) - _GRAM + 1))
