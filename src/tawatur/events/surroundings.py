"""A claim's surroundings: its sentence, what the language pack knows of its words, and the time that reigns where it
names none. Made once a claim, so that a pair costs only set operations.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tawatur import lang
from tawatur.events.rarity import Rarity
from tawatur.events.words import grams, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tawatur.events.rarity import Common
    from tawatur.lang.lexicon import Word

_STOP = re.compile(r"[.!?؟…\n]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ARTICLE = "ال"
_TOLD = frozenset({"events", "settings"})  # dimensions of the pack that tell what a clause is about
_LONG = 4  # letters of a word that can be rare
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Weighted:
    """Words or concepts with their weights, and the length of the whole as a vector."""

    weights: Mapping[str, float]
    norm: float

    def cosine(self, other: Weighted) -> float:
        """How alike two are, from 0 to 1."""
        small, large = (self, other) if len(self.weights) <= len(other.weights) else (other, self)
        others = large.weights
        both = sum([w * others[g] for g, w in small.weights.items() if g in others])
        return both / (self.norm * other.norm)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a claim and in it, besides what the claim itself tells."""

    sentence: Weighted  # the words of its sentence
    concepts: Weighted  # what the pack knows of them
    words: frozenset[str]  # the longer words of the claim
    kinds: frozenset[str]  # event types that its words name
    definite: frozenset[str]  # those that it names as known: "the shelling"


@dataclass(frozen=True, slots=True)
class Rough:
    """The same before anything is weighed by how rare it is."""

    sentence: Counter[str]
    concepts: Counter[str]
    words: frozenset[str]
    kinds: frozenset[str]
    definite: frozenset[str]


def rough(text: str, start: int, end: int) -> Rough:
    """The surroundings of the claim from ``start`` to ``end`` of a report's text."""
    sentence = _sentence(text, start, end)
    quote = text[start:end]
    known = _known(quote)
    named = frozenset(kind for word in known for kind in _kinds(word))
    marked = frozenset(kind for word in known if word.prefix.endswith(_ARTICLE) for kind in _kinds(word, noun=True))
    words = frozenset(word for word in tokens(quote) if len(word) >= _LONG)
    return Rough(Counter(grams(sentence)), Counter(concepts(sentence)), words, named, marked)


def weighed(found: Sequence[Rough], common: Common) -> list[Around]:
    """All surroundings of a scene, with rare words and concepts weighing more."""
    of_words, of_concepts = Rarity(common.sentences, common.claims), Rarity(common.concepts, common.claims)
    return [
        Around(_weigh(r.sentence, of_words), _weigh(r.concepts, of_concepts), r.words, r.kinds, r.definite)
        for r in found
    ]


def weighted(counts: Mapping[str, int], rare: Mapping[str, float]) -> dict[str, float]:
    """The weight of each word by how rare it is and how often it is met; most are met once and share their number."""
    return {word: rare[word] * (1 + math.log(n)) if n > 1 else rare[word] for word, n in counts.items()}


def _weigh(counts: Counter[str], rare: Mapping[str, float]) -> Weighted:
    weights = weighted(counts, rare)
    return Weighted(weights, math.sqrt(sum(w * w for w in weights.values())) or 1.0)


def _sentence(text: str, start: int, end: int) -> str:
    before = [m.end() for m in _STOP.finditer(text, max(0, start - 1_000), start)]
    after = _STOP.search(text, end)
    return text[before[-1] if before else max(0, start - 1_000) : after.start() if after else len(text)]


@lru_cache(maxsize=_REMEMBERED)
def concepts(text: str) -> tuple[str, ...]:
    """What the language pack knows of a text's words: kinds of happenings, objects, groups of people."""
    return tuple(name for word in _known(text) for name in _names(word))


def _names(word: Word) -> Iterator[str]:
    for sense in word.senses:
        if sense.entry.dimension in _TOLD:
            yield sense.entry.cls
        elif sense.entry.dimension == "populations" and "population" in sense.entry.gives:
            yield f"population {sense.entry.gives['population']}"


def _kinds(word: Word, *, noun: bool = False) -> Iterator[str]:
    for sense in word.senses:
        if sense.entry.dimension == "events" and (sense.pos == "noun" or not noun):
            yield from kinds().get(sense.entry.cls.split("_")[0], ())


@cache
def kinds() -> Mapping[str, list[str]]:
    """Families of the pack's words for happenings to the event types that they name, from ``names.toml``."""
    return dict(tomllib.loads(files("tawatur.events").joinpath("names.toml").read_text("utf-8"))["kinds"])


def _known(text: str) -> list[Word]:
    pack = lang.load_for(lang.language_in(text) or lang.FIRST, ())
    return [pack.lexicon.word(word) for word in _LETTERS.findall(text)]
