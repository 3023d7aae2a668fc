"""Names as the scorer compares them: without marks, vowels, letter variants and article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_PUNCTUATION = re.compile("[\"'“”«»()\\[\\].,،؛:]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ء", "ة": "ه"})
_ARTICLE = "ال"
#: A name may have this many words more than the longest accepted one.
_SLACK = 4

Json = dict[str, Any]


def words(name: str | None) -> list[str]:
    """A name as a list of comparable words."""
    plain = unicodedata.normalize("NFKC", name or "").lower()
    spaced = _PUNCTUATION.sub(" ", _MARKS.sub(" ", plain))
    return [_bare(word) for word in spaced.translate(_LETTERS).split()]


def same(name: str | None, accepted: Iterable[str | None]) -> bool:
    """Is the name an accepted one, several words of one, or one with a few words more?"""
    mine = set(words(name))
    known = [k for k in (set(words(other)) for other in accepted) if k]
    if not mine or len(mine) > max((len(k) for k in known), default=0) + _SLACK:
        return False
    return any(_fits(mine, k) for k in known)


def _fits(mine: set[str], known: set[str]) -> bool:
    return mine == known or (len(known) > 1 and known <= mine) or (len(mine) > 1 and mine < known)


def _bare(word: str) -> str:
    return word[2:] if len(word) > 4 and word.startswith(_ARTICLE) else word


def phrases(items: Iterable[Any] | None) -> set[str]:
    """Texts of a list of strings or of objects with ``text``, each as comparable words."""
    return {" ".join(words(i["text"] if isinstance(i, dict) else i)) for i in items or ()} - {""}


def chain(claim: Json) -> list[Json]:
    """The attribution of a claim, outermost first."""
    return claim.get("attribution") or []


def same_origin(gold: Json, mine: Json) -> bool:
    """Do both claims go back to the publisher, or to the same voice?"""
    if not chain(gold) or not chain(mine):
        return not chain(gold) and not chain(mine)
    return _same_link(chain(gold)[-1], chain(mine)[-1])


def same_chain(gold: Json, mine: Json) -> bool:
    """Are the chains link for link the same?"""
    return len(chain(gold)) == len(chain(mine)) and all(map(_same_link, chain(gold), chain(mine)))


def _same_link(gold: Json, mine: Json) -> bool:
    return same(mine.get("name"), [gold.get("name"), *(gold.get("aliases") or ())])


def language(text: str) -> str:
    """``ar`` when half of the letters or more are Arabic, else ``en``."""
    letters = [char for char in text if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
    return "ar" if 2 * arabic >= len(letters) else "en"
