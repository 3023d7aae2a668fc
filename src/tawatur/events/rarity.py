"""How common words, concepts, places and types are among the claims of a record, counted once, and how rare that is."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Common:
    """Of so many claims, how many have each type, word, word of the sentence, concept, place and longer word.

    Kept with a record, it weighs claims that come later as those before them were weighed.
    """

    claims: int
    types: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)
    concepts: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    longer: dict[str, int] = field(default_factory=dict)


class Rarity(dict[str, float]):
    """How rare each word is: the logarithm of one over the share of claims that have it; a new word counts as one."""

    def __init__(self, seen: Mapping[str, int], claims: int, whole: float = 1.0) -> None:
        super().__init__()
        self._seen, self._claims, self._whole = seen, claims, whole

    def __missing__(self, word: str) -> float:
        seen = self._seen.get(word, 1)
        value = self[word] = math.log((1 + self._claims) / (0.5 + seen)) / self._whole
        return value


def count(documents: Sequence[Iterable[str]]) -> dict[str, int]:
    """In how many documents each word is."""
    return dict(Counter(word for words in documents for word in set(words)))
