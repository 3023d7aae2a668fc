"""Parts of a figure in, the best label out: linear models whose rows are added up once per part and per word.

A row is one whole number with a lane of 32 bits for each label, so that one addition adds all labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from struct import Struct
from typing import cast

from tawatur.claims.figures_features import Feature, Part, Seen, expand, word_names
from tawatur.claims.linear import Linear, ahead
from tawatur.claims.models import model
from tawatur.lang.lexicon import Word

#: The label under which a table holds the weights of relations.
SAME = "="
_LANE = 32
_SCALE = 1000
_HALF = 1 << (_LANE - 1)
_REMEMBERED = 50_000


@dataclass(slots=True, eq=False)
class Scorer:
    """A model at work."""

    model: Linear
    labels: tuple[str, ...] = field(init=False)
    _rows: dict[str, int] = field(default_factory=dict, repr=False)
    _relations: dict[str, int] = field(default_factory=dict, repr=False)
    _parts: dict[Part, int] = field(default_factory=dict, repr=False)
    _lanes: Struct = field(init=False, repr=False)
    _lift: int = field(init=False, repr=False)  # keeps every lane above zero, so that none borrows from the next
    _key: str = field(init=False)
    _keys: dict[str, str] = field(default_factory=dict, repr=False)  # a place → where a word holds its row for it

    def __post_init__(self) -> None:
        self.labels = tuple(label for label in self.model.labels if label != SAME)
        width = len(self.labels)
        self._key = f"figures:{self.model.signature}:"
        self._lanes = Struct(f"<{width}I")
        self._lift = sum(_HALF << _LANE * lane for lane in range(width))
        for name, held in self.model.weights.items():
            whole = [(label, round(weight * _SCALE)) for label, weight in held]
            self._relations[name] = sum(weight for label, weight in whole if label == width)
            self._rows[name] = sum(weight << _LANE * label for label, weight in whole if label < width)

    def best(self, seen: Seen, more: int = 0) -> str:
        """The label with the highest sum, ``more`` added; the first of equals."""
        return self.choice(seen, more)[0]

    def choice(self, seen: Seen, more: int = 0) -> tuple[str, int]:
        """The best label, and how far it is before the second best, in thousandths."""
        parts, keys = self._parts, self._keys
        try:
            total = sum([parts[part] for part in seen.parts], self._lift + more)
            total += sum([word.notes[keys[place]] for place, word in seen.words])  # type: ignore[misc]  # rows are numbers
        except KeyError:
            self._remember(seen)
            return self.choice(seen, more)
        sums = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        best, lead = ahead(sums)
        return self.labels[best], lead

    def bag(self, words: list[Word]) -> int:
        """What a claim's words add up to whatever their place."""
        key = self._key
        try:
            return sum([word.notes[key] for word in words])  # type: ignore[misc]  # as above
        except KeyError:
            return sum([self._word("", word) for word in words])

    def _remember(self, seen: Seen) -> None:
        """Add up what is not known yet of what is seen."""
        if len(self._parts) >= _REMEMBERED:
            self._parts.clear()
        for part in seen.parts:
            if part not in self._parts:
                self._parts[part] = self._sum(expand(part))
        for place, word in seen.words:
            self._word(place, word)

    def _word(self, place: str, word: Word) -> int:
        key = self._keys.setdefault(place, self._key + place)
        row = word.notes.get(key)
        if row is None:
            row = self._sum((place + name, None) for name in word_names(word))
            word.note(key, row)
        return cast(int, row)

    def _sum(self, features: Iterable[Feature]) -> int:
        total = 0
        for name, outcome in features:
            if outcome is None:
                total += self._rows.get(name, 0)
            else:
                total += self._relations.get(name, 0) << _LANE * self.labels.index(outcome)
        return total


@cache
def scorer(name: str, language: str = "ar") -> Scorer:
    """The model of ``claims/models`` of that name and language, ready for use."""
    return Scorer(model(name, language))
