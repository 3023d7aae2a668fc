"""Tokens to clauses: a linear chain over tokens marks where a proposition begins, goes on, and where none is.

The features of a word are added up once per distinct word and offset, so that decoding costs a few additions a token.
Trained as a conditional random field by ``tools/train_claims.py``; run here by Viterbi over three labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.claims.features import of_word, shape
from tawatur.claims.linear import Linear
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word

OUT, BEGIN, IN = 0, 1, 2
LABELS = ["O", "B", "I"]
OFFSETS = (-2, -1, 0, 1, 2)
_ENDS = frozenset(".!؟?…\n")
_FAR = 3  # features of words two away: the word and its classes only

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


def context_names(tokens: Tokens, marks: Sequence[str]) -> list[tuple[str, ...]]:
    """For each token the features that depend on more than a word: how far into the sentence, shapes met, and given marks."""
    out: list[tuple[str, ...]] = []
    since, before = 0, "^"
    for word, mark in zip(tokens.words, marks, strict=True):
        now = shape(word)
        out.append((f"since={min(since, 6)}", f"shape={before}>{now}", f"mark={mark}", f"mark={mark}>{now}"))
        since = 0 if word.kind != "word" and word.fold in _ENDS else since + 1
        before = word.fold if word.kind == "mark" else now
    return out


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
        left, right = [tuple(self._edge[o] for o in OFFSETS)] * 2, [tuple(self._edge[o] for o in OFFSETS)] * 2
        rows = left + [self._word(w) for w in tokens.words] + right
        contexts = context_names(tokens, marks)
        out: list[Vector] = []
        for at, names in enumerate(contexts):
            a, b, c, d, e = rows[at][0], rows[at + 1][1], rows[at + 2][2], rows[at + 3][3], rows[at + 4][4]
            f = self._sum(names)
            out.append(
                (
                    a[0] + b[0] + c[0] + d[0] + e[0] + f[0],
                    a[1] + b[1] + c[1] + d[1] + e[1] + f[1],
                    a[2] + b[2] + c[2] + d[2] + e[2] + f[2],
                )
            )
        return out

    def _viterbi(self, emissions: list[Vector]) -> list[int]:
        if not emissions:
            return []
        step = self._step
        best = [emissions[0][OUT], emissions[0][BEGIN], float("-inf")]
        back: list[tuple[int, int, int]] = []
        for e in emissions[1:]:
            row, came = [], []
            for to in range(3):
                options = [best[of] + step[of][to] for of in range(3)]
                if to == IN:
                    options[OUT] = float("-inf")
                top = max(options)
                row.append(top + e[to])
                came.append(options.index(top))
            best = row
            back.append((came[0], came[1], came[2]))
        label = best.index(max(best))
        labels = [label]
        for pointers in reversed(back):
            label = pointers[label]
            labels.append(label)
        return labels[::-1]


def _runs(labels: list[int]) -> list[Clause]:
    out: list[Clause] = []
    first: int | None = None
    for at, label in enumerate([*labels, OUT]):
        if label != IN and first is not None:
            out.append(Clause(first, at))
            first = None
        if label == BEGIN:
            first = at
    return out
