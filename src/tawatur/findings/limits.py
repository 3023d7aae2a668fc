"""A claim's words in, whether they set a limit (only, no more than) or negate, by the classes of the pack."""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur import lang
from tawatur.lang.lexicon import phrase_at

_WORD = re.compile(r"[^\W\d_]+")
_LIMITS = frozenset({"only", "post_exact"})
_NEGATION = "neg_"
_REMEMBERED = 20_000


def limited(quote: str) -> bool:
    """True when the words say that it is so many and no more."""
    return bool(_classes(quote) & _LIMITS)


def negated(quote: str) -> bool:
    """True when the words hold a negation."""
    return any(name.startswith(_NEGATION) for name in _classes(quote))


@lru_cache(maxsize=_REMEMBERED)
def _classes(quote: str) -> frozenset[str]:
    lexicon = lang.load().lexicon
    words = [lexicon.word(word) for word in _WORD.findall(quote)]
    phrases = [found[1] for at in range(len(words)) if (found := phrase_at(lexicon, words, at))]
    return frozenset(name for word in (*words, *phrases) for name in word.cls.values())
