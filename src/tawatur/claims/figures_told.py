"""What words tell of outcomes, and a text as one character a token: the same for all words that tell the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack

#: Classes of the figures dimension that leave a word free to tell an outcome; other words are particles or nouns.
_MAY_TELL = (None, "reached", "near", "over", "under", "change", "estimated", "measure")
_PLURAL = ("ين", "ون")
_VERB_MARKS = "\u064f\u0651"  # a damma of the passive, a doubled letter
_NOTHING = "."
_FIRST = 0xF0000  # a private plane
_TELLS = re.compile(f"[^{_NOTHING}]")


def outcomes_of(word: Word) -> tuple[str, ...]:
    """The outcomes that a word can speak of, strongest first; remembered on the word."""
    known = word.notes.get("outcomes")
    if known is None:
        known = word.notes["outcomes"] = tuple(dict.fromkeys(_outcomes(word)))
    return known  # type: ignore[return-value]


def _outcomes(word: Word) -> list[str]:
    counted = word.by.get("populations")
    gives = [s.entry.gives for s in word.senses if s.entry.dimension == "outcomes"]
    gives.sort(key=lambda g: bool(g.get("weak")))
    if counted and "outcome" in counted.entry.gives:
        gives.append(counted.entry.gives)
    elif not (_is_phrase(word) or _is_predicate(word) or (not counted and _is_free(word))):
        return []
    return [str(g["outcome"]) for g in gives]


def _is_phrase(word: Word) -> bool:
    """``claimed the lives``: what its nouns mean by themselves does not count."""
    return " " in word.fold


def _is_predicate(word: Word) -> bool:
    """``remain stuck``, ``are held``: persons in the indefinite plural that a sentence may say of others."""
    sense = word.by.get("populations")
    return sense is not None and sense.entry.cls == "person" and not word.prefix and word.fold[-2:] in _PLURAL


def _is_free(word: Word) -> bool:
    """No particle or noun of the figures dimension, or one that its vowel marks show to be a verb."""
    return word.cls.get("figures") in _MAY_TELL or any(mark in word.raw for mark in _VERB_MARKS)


def is_weak(word: Word) -> bool:
    """Whether every outcome reading of a word gives way to others."""
    counts = "populations" in word.by and not _is_phrase(word)
    return counts or all(s.entry.gives.get("weak") for s in word.senses if s.entry.dimension == "outcomes")


def is_verb(word: Word) -> bool:
    """Whether a word's outcome reading is a verb."""
    sense = word.by.get("outcomes")
    return sense is not None and sense.pos == "verb"


@dataclass(frozen=True, slots=True)
class Told:
    """What a word tells: outcomes, strongest first, whether as a verb, and whether it gives way to other words."""

    outcomes: tuple[str, ...]
    verb: bool
    weak: bool


class Telling:
    """What the words of a pack tell, by the characters that stand for it."""

    def __init__(self, pack: Pack) -> None:
        self.told: dict[str, Told] = {}
        self._chars: dict[Told, str] = {}
        self._lexicon = pack.lexicon
        self._column = pack.lexicon.column("outcomes told", self._char)

    def words(self, tokens: Tokens, first: int, after: int) -> list[tuple[int, Told]]:
        """The tokens from ``first`` up to ``after`` that tell something, and what they tell."""
        told, string = self.told, tokens.column(self._column, self._lexicon)
        return [(match.start(), told[match[0]]) for match in _TELLS.finditer(string, first, after)]

    def _char(self, word: Word) -> str:
        outcomes = outcomes_of(word)
        if not outcomes:
            return _NOTHING
        told = Told(outcomes, is_verb(word), is_weak(word))
        char = self._chars.get(told)
        if char is None:
            char = self._chars[told] = chr(_FIRST + len(self._chars))
            self.told[char] = told
        return char
