"""Tokens to clauses: a linear chain over tokens marks where a proposition begins, goes on, and where none is.

The features of a word are added up once per distinct word and offset, so that decoding costs a few additions a token.
Trained as a conditional random field by ``tools/train_claims.py``; run here by Viterbi over three labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawatur.claims.features import of_word, shape
from tawatur.claims.linear import Linear
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word

OUT, BEGIN, IN = 0, 1, 2
LABELS = ["O", "B", "I"]
OFFSETS = (-2, -1, 0, 1, 2)
_ENDS = frozenset(".!؟?…\n")
_LONG = 6  # tokens into a sentence; further ones are alike

Vector = tuple[float, float, float]
_ZERO: Vector = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of tokens that states one proposition."""

    first: int
    after: int


def word_names(word: Word, offset: int) -> list[str]:
    """Feature names of a word seen from a token that stands ``-offset`` away."""
    names = of_word(word)
    if abs(offset) == 2:
        names = tuple(n for n in names if n[:2] in ("w=", "c=", "k="))
    return [f"{offset}{name}" for name in names]


Context = tuple[int, str, str, str]  # tokens since the sentence began, the shape before, the shape now, the mark


def context_keys(tokens: Tokens, marks: Sequence[str]) -> Iterator[Context]:
    """For each token what its context is made of."""
    since, before = 0, "^"
    for word, mark in zip(tokens.words, marks, strict=True):
        now = shape(word)
        yield since, before, now, mark
        ends = word.kind != "word" and word.fold in _ENDS
        since = 0 if ends else min(since + 1, _LONG)
        before = word.fold if word.kind == "mark" else now


def context_names(context: Context) -> tuple[str, ...]:
    """The feature names of a context."""
    since, before, now, mark = context
    return f"since={since}", f"shape={before}>{now}", f"mark={mark}", f"mark={mark}>{now}"


class Segmenter:
    """The model at work. ``scores`` of words are remembered on the words themselves."""

    def __init__(self, model: Linear) -> None:
        self._weights: dict[str, Vector] = {}
        for name, held in model.weights.items():
            vector = [0.0, 0.0, 0.0]
            for label, weight in held:
                vector[label] = weight
            self._weights[name] = (vector[0], vector[1], vector[2])
        self._step = [[self._weights.get(f"step={a}", _ZERO)[b] for b in range(3)] for a in range(3)]
        self._edge = {o: self._weights.get(f"{o}EDGE", _ZERO) for o in OFFSETS}
        self._key = f"segment:{model.signature}"
        self._context: dict[Context, Vector] = {}

    def clauses(self, tokens: Tokens, marks: Sequence[str]) -> list[Clause]:
        """The clauses of a text, in order; ``marks`` is one word a token from earlier stages (line kind, reported or not)."""
        return list(_runs(self._viterbi(self._emissions(tokens, marks))))

    def _word(self, word: Word) -> tuple[Vector, ...]:
        held = word.notes.get(self._key)
        if held is None:
            held = word.notes[self._key] = tuple(self._sum(word_names(word, o)) for o in OFFSETS)
        return held  # type: ignore[return-value]  # notes hold what each table puts there

    def _sum(self, names: Sequence[str]) -> Vector:
        get = self._weights.get
        o = b = i = 0.0
        for name in names:
            vector = get(name)
            if vector:
                o, b, i = o + vector[0], b + vector[1], i + vector[2]
        return o, b, i

    def _emissions(self, tokens: Tokens, marks: Sequence[str]) -> list[Vector]:
        edges = [tuple(self._edge[o] for o in OFFSETS)] * 2
        rows = [*edges, *map(self._word, tokens.words), *edges]
        return [
            (
                a[0][0] + b[1][0] + c[2][0] + d[3][0] + e[4][0] + f[0],
                a[0][1] + b[1][1] + c[2][1] + d[3][1] + e[4][1] + f[1],
                a[0][2] + b[1][2] + c[2][2] + d[3][2] + e[4][2] + f[2],
            )
            for a, b, c, d, e, f in zip(
                rows, rows[1:], rows[2:], rows[3:], rows[4:], self._contexts(tokens, marks), strict=False
            )
        ]

    def _contexts(self, tokens: Tokens, marks: Sequence[str]) -> list[Vector]:
        known = self._context
        out: list[Vector] = []
        for key in context_keys(tokens, marks):
            vector = known.get(key)
            if vector is None:
                vector = known[key] = self._sum(context_names(key))
            out.append(vector)
        return out

    def _viterbi(self, emissions: list[Vector]) -> list[int]:
        if not emissions:
            return []
        (oo, ob, _), (bo, bb, bi), (io, ib, ii) = self._step  # nothing goes from outside into the middle of a clause
        o, b, _ = emissions[0]
        i = float("-inf")
        back: list[tuple[int, int, int]] = []
        for eo, eb, ei in emissions[1:]:
            to_o, from_o = max((o + oo, OUT), (b + bo, BEGIN), (i + io, IN))
            to_b, from_b = max((o + ob, OUT), (b + bb, BEGIN), (i + ib, IN))
            to_i, from_i = max((b + bi, BEGIN), (i + ii, IN))
            o, b, i = to_o + eo, to_b + eb, to_i + ei
            back.append((from_o, from_b, from_i))
        label = max((o, OUT), (b, BEGIN), (i, IN))[1]
        labels = [label]
        for pointers in reversed(back):
            label = pointers[label]
            labels.append(label)
        return labels[::-1]


def _runs(labels: list[int]) -> Iterator[Clause]:
    first: int | None = None
    for at, label in enumerate([*labels, OUT]):
        if label != IN and first is not None:
            yield Clause(first, at)
            first = None
        if label == BEGIN:
            first = at
