"""Words in, the populations of persons that they name out, as the language pack knows them."""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur import lang

_WORD = re.compile(r"[^\W\d_]+")
_EVERYBODY = "people"
_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def named_in(quote: str) -> frozenset[str]:
    """Populations of persons that words name; empty where they name none, or people at large."""
    known = (lang.load().lexicon.word(word) for word in _WORD.findall(quote))
    found = {str(w.gives("populations", "population")) for w in known if w.gives("populations", "person")}
    return frozenset() if _EVERYBODY in found else frozenset(found)
