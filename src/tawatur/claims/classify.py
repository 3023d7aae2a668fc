"""A clause's features in, its type and its status out: two linear models that share what they have added up.

The features of a word are added up once per distinct word, for all labels of both models, so that a clause costs a few
additions of rows. A row is one whole number with a lane of 32 bits for each label: one addition adds all.
``features`` gives the same features by name, for training and for ``explain``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import Any, NamedTuple

from tawatur.claims import features
from tawatur.claims.attribution import Scope
from tawatur.claims.grammar import Grammar
from tawatur.claims.linear import Linear, ahead
from tawatur.claims.segment import Clause
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.model import EventType, Status

_LANE = 32  # bits of a label's score; a row is one whole number, which adds up all labels at once
_SCALE = 10_000  # weights have three digits, the length of a clause one
_NEAR = 2 * _SCALE  # the lead of a type, as log odds, up to which the second best may be meant as well
_HALF = 1 << (_LANE - 1)
_MOST = 65_536  # distinct sequences of cues and rules remembered

#: Row of a word in a clause, as its first word, as its second; as the word before it and the one before that; the
#: word's first cue; 1 for a word, 0 for numbers and marks.
Known = tuple[int, int, int, int, int, str, int]


#: ``Known`` of all words of a text, turned: what each of its parts is, by token.
Columns = list[tuple[Any, ...]]

#: What the clauses around a clause were taken for: the type of the one two before, of the one before, of the next.
Beside = tuple[str, str, str]


def seen(
    kinds: Grammar, tokens: Tokens, clause: Clause, scope: Scope | None, theme: Mapping[str, float]
) -> dict[str, float]:
    """All that the models see of a clause by itself, by name; ``theme`` is ``features.of_theme`` of its report."""
    string = kinds.string(tokens)[clause.first : clause.after]
    beyond = {**features.of_rules(kinds, string), **features.of_scope(scope), **theme, "bias": 1.0}
    return {**features.of_clause(tokens, clause.first, clause.after), **beyond}


class Choice(NamedTuple):
    """What a clause was taken for, and what those beside it were taken for by themselves."""

    event_type: EventType
    status: Status
    beside: Beside
    type_lead: int  # of the type before the second best, in ten-thousandths
    status_lead: int
    near: EventType | None = None  # the type that comes next, where it comes near


@dataclass(slots=True, eq=False)
class Classifier:
    """The type and status models of a reader, side by side."""

    types: Linear
    statuses: Linear
    kinds: Grammar
    _width: int = field(init=False, repr=False)  # how many types
    _rows: dict[str, int] = field(init=False, repr=False)
    _lanes: Struct = field(init=False, repr=False)
    _lift: int = field(init=False, repr=False)  # keeps every lane above zero, so that none borrows from the next
    _length: int = field(init=False, repr=False)  # a tenth of the row of a clause's length, for one word
    _key: str = field(init=False)
    _themes: dict[str, list[int]] = field(init=False, repr=False, default_factory=dict)  # by cue, for each tenth
    _held: dict[object, int] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        width = self._width = len(self.types.labels)
        self._rows = {}
        for model, shift in ((self.types, 0), (self.statuses, width)):
            for name, held in model.weights.items():
                row = sum(round(weight * 1000) * (_SCALE // 1000) << _LANE * (shift + label) for label, weight in held)
                self._rows[name] = self._rows.get(name, 0) + row
        lanes = width + len(self.statuses.labels)
        self._lanes = Struct(f"<{lanes}I")
        self._lift = sum(_HALF << _LANE * lane for lane in range(lanes)) + self._rows.get("bias", 0)
        self._length = self._rows.get("length", 0) // 10
        self._key = f"clause:{self.types.signature}"

    def theme(self, tokens: Tokens) -> int:
        """The row of a report's theme, for ``choose``."""
        known = self._themes
        return sum([(known.get(cue) or self._theme(cue))[tenths] for cue, tenths in features.theme_tenths(tokens)])

    def _theme(self, cue: str) -> list[int]:
        row = self._rows.get(f"theme={cue}", 0) // 10
        held = self._themes[cue] = [row * tenths for tenths in range(11)]
        return held

    def choose(
        self, tokens: Tokens, clauses: Sequence[Clause], scopes: Sequence[Scope | None], theme: int = 0
    ) -> list[Choice]:
        """The types and statuses of the clauses of a report, which has a theme.

        Each clause is judged twice: by itself, and again with what the clauses beside it were taken for.
        """
        if not clauses:
            return []
        columns, string = self._columns(tokens.words), self.kinds.string(tokens)
        totals = [self._total(columns, string, *each) + theme for each in zip(clauses, scopes, strict=True)]
        first = ["", "", *map(self._type, totals), ""]
        out: list[Choice] = []
        for at, total in enumerate(totals):
            beside = first[at], first[at + 1], first[at + 3]
            out.append(self._choice(total + self._beside(beside), beside))
        return out

    def _choice(self, total: int, beside: Beside) -> Choice:
        scores = self.scores(total)
        types = scores[: self._width]
        kind, type_lead = ahead(types)
        status, status_lead = ahead(scores[self._width :])
        near = self.types.labels[types.index(sorted(types)[-2])] if type_lead < _NEAR else None
        labels = self.types.labels[kind], self.statuses.labels[status]
        return Choice(*labels, beside, type_lead, status_lead, near)  # type: ignore[arg-type]  # the models' labels

    def _type(self, total: int) -> str:
        types = self.scores(total)[: self._width]
        return self.types.labels[types.index(max(types))]

    def scores(self, total: int) -> tuple[int, ...]:
        """The scores of all types, then of all statuses, in ten-thousandths above a common floor."""
        return self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))

    def total(self, tokens: Tokens, clause: Clause, scope: Scope | None) -> int:
        """The scores of a clause by itself, without its report's theme, all in one number."""
        return self._total(self._columns(tokens.words), self.kinds.string(tokens), clause, scope)

    def _columns(self, words: Sequence[Word]) -> Columns:
        """What is known of each word of a text."""
        key, known = self._key, self._known
        return list(zip(*[w.notes.get(key) or known(w) for w in words], strict=True))

    def _total(self, columns: Columns, string: str, clause: Clause, scope: Scope | None) -> int:
        sums, firsts, seconds, before, two_before, cues, spoken = columns
        first, after = clause.first, clause.after
        total: int = self._lift + sum(sums[first:after])
        if spoken[first : first + 2] == (1, 1) and first + 1 < after:
            total += firsts[first] + seconds[first + 1]
        else:
            total += self._opening(columns, first, after)
        if first:
            total += before[first - 1]
            if first > 1:
                total += two_before[first - 2]
        total += self._cued(tuple(dict.fromkeys(filter(None, cues[first:after]))))
        total += self._ruled(string[first:after]) + self._voiced(scope)
        return total + self._length * min(sum(spoken[first:after]), features.LONGEST)

    @staticmethod
    def _opening(columns: Columns, first: int, after: int) -> int:
        """The rows of a clause's first words in their places."""
        spoken = [at for at in range(first, after) if columns[6][at]][:2]
        return sum(column[at] for column, at in zip(columns[1:3], spoken, strict=False))

    def _known(self, word: Word) -> Known:
        names = features.clause_word(word) if word.kind == "word" else ()
        held: Known = (
            self._sum(names),
            self._sum("0" + name for name in names),
            self._sum("1" + name for name in names),
            self._sum(features.before(word, 1)),
            self._sum(features.before(word, 2)),
            "".join(features.cues_of(word)[:1]) if word.kind == "word" else "",
            int(word.kind == "word"),
        )
        word.note(self._key, held)
        return held

    def _cued(self, cues: tuple[str, ...]) -> int:
        known = self._held.get(cues)
        return self._remember(cues, features.of_cues(cues)) if known is None else known

    def _ruled(self, string: str) -> int:
        key = "rules", self.kinds.ids(string)
        known = self._held.get(key)
        return self._remember(key, features.of_rules(self.kinds, string)) if known is None else known

    def _voiced(self, scope: Scope | None) -> int:
        key = scope and (scope.kind, scope.event_type, frozenset([link.stance for link in scope.chain]))
        known = self._held.get(key)
        return self._remember(key, features.of_scope(scope)) if known is None else known

    def _beside(self, beside: Beside) -> int:
        known = self._held.get(beside)
        return self._remember(beside, features.of_neighbours(*beside)) if known is None else known

    def _remember(self, key: object, names: Iterable[str]) -> int:
        if len(self._held) >= _MOST:
            self._held.clear()
        row = self._held[key] = self._sum(names)
        return row

    def _sum(self, names: Iterable[str]) -> int:
        get = self._rows.get
        return sum([get(name, 0) for name in names])
