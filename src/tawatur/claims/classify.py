"""A clause's features in, its type and its status out: two linear models that share what they have added up.

The features of a word are added up once per distinct word, for all labels of both models, so that a clause costs a few
additions of rows. ``features`` gives the same features by name, for training and for ``explain``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import add
from typing import cast

from tawatur.claims import features
from tawatur.claims.attribution import Scope
from tawatur.claims.grammar import Grammar
from tawatur.claims.linear import Linear
from tawatur.claims.segment import Clause
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.model import EventType, Status

Row = tuple[float, ...]


def seen(kinds: Grammar, tokens: Tokens, clause: Clause, scope: Scope | None) -> dict[str, float]:
    """All that the models see of a clause, by name."""
    return {**features.of_clause(tokens, clause.first, clause.after), **_beyond(kinds, tokens, clause, scope)}


def _beyond(kinds: Grammar, tokens: Tokens, clause: Clause, scope: Scope | None) -> dict[str, float]:
    string = kinds.string_of(tokens, clause.first, clause.after)
    return {**features.of_rules(kinds, string), **features.of_scope(scope), "bias": 1.0}


@dataclass(slots=True, eq=False)
class Classifier:
    """The type and status models of a reader, side by side."""

    types: Linear
    statuses: Linear
    kinds: Grammar
    _rows: dict[str, Row] = field(init=False, repr=False)
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        width = len(self.types.labels)
        rows: dict[str, list[float]] = {}
        for model, shift in ((self.types, 0), (self.statuses, width)):
            for name, held in model.weights.items():
                row = rows.setdefault(name, [0.0] * (width + len(self.statuses.labels)))
                for label, weight in held:
                    row[shift + label] = weight
        self._rows = {name: tuple(row) for name, row in rows.items()}
        self._key = f"clause:{self.types.signature}"

    def choose(self, tokens: Tokens, clause: Clause, scope: Scope | None) -> tuple[EventType, Status]:
        """The type and the status of a clause."""
        scores = self._scores(tokens, clause, scope)
        width = len(self.types.labels)
        return (
            cast(EventType, self.types.labels[_top(scores[:width])]),
            cast(Status, self.statuses.labels[_top(scores[width:])]),
        )

    def _scores(self, tokens: Tokens, clause: Clause, scope: Scope | None) -> list[float]:
        words = features.spoken(tokens, clause.first, clause.after)
        known = [self._word(word) for word in words]
        rows = [sums[0] for sums in known]
        rows += [known[place][place + 1] for place in range(min(features.FIRST_WORDS, len(known)))]
        get, loose = self._rows.get, features.around(tokens, clause.first, clause.after)
        length = loose.pop("length")
        names = (*loose, *_beyond(self.kinds, tokens, clause, scope))
        rows += [row for name in names if (row := get(name))]
        if by_length := get("length"):
            rows.append(tuple(length * weight for weight in by_length))
        return [sum(column) for column in zip(*rows, strict=True)]

    def _word(self, word: Word) -> tuple[Row, ...]:
        held = word.notes.get(self._key)
        if held is None:
            names = features.clause_word(word)
            places = ("", *map(str, range(features.FIRST_WORDS)))
            held = word.notes[self._key] = tuple(self._sum(place + name for name in names) for place in places)
        return cast("tuple[Row, ...]", held)

    def _sum(self, names: Iterable[str]) -> Row:
        total: Row = self._rows["bias"]
        total = (0.0,) * len(total)
        for name in names:
            if row := self._rows.get(name):
                total = tuple(map(add, total, row))
        return total


def _top(scores: list[float]) -> int:
    return scores.index(max(scores))
