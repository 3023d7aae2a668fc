"""The words of a claim or a figure in, what the language pack knows of them out: populations, limits, negations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tawatur import lang
from tawatur.lang.lexicon import phrase_at

if TYPE_CHECKING:
    from tawatur.lang.lexicon import Word

_WORD = re.compile(r"[^\W\d_]+")
_EVERYBODY = "people"
_LIMITS = frozenset({"only", "post_exact"})
_NEGATION = "neg_"
_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def named_in(quote: str) -> frozenset[str]:
    """Populations of persons that words name; empty where they name none, or people at large."""
    known = _words(quote)
    found = {str(w.gives("populations", "population")) for w in known if w.gives("populations", "person")}
    return frozenset() if _EVERYBODY in found else frozenset(found)


def limited(quote: str) -> bool:
    """True when the words say that it is so many and no more."""
    return bool(_classes(quote) & _LIMITS)


def negated(quote: str) -> bool:
    """True when the words hold a negation."""
    return any(name.startswith(_NEGATION) for name in _classes(quote))


@lru_cache(maxsize=_REMEMBERED)
def _classes(quote: str) -> frozenset[str]:
    words = _words(quote)
    phrases = [found[1] for at in range(len(words)) if (found := phrase_at(lang.load().lexicon, words, at))]
    return frozenset(name for word in (*words, *phrases) for name in word.cls.values())


def _words(quote: str) -> list[Word]:
    lexicon = lang.load().lexicon
    return [lexicon.word(word) for word in _WORD.findall(quote)]
