"""Tokens to clauses: a linear chain over tokens marks where a proposition begins, goes on, and where none is.

The features of a word are added up once per distinct word and offset, so that decoding costs a few additions a token.
Trained as a conditional random field by ``tools/train_claims.py``; run here by Viterbi over three labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add

from tawatur.claims.features import of_word, shape, sign
from tawatur.claims.linear import Linear
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.quick import quick

OUT, BEGIN, IN = 0, 1, 2
LABELS = ["O", "B", "I"]
OFFSETS = (-2, -1, 0, 1, 2)
_PLACE = {str(offset): place for place, offset in enumerate(OFFSETS)}
_FAR = ("w=", "c=", "k=")  # features of a word that count two tokens away
_ENDS = frozenset(".!؟?…\n")
_LONG = 6  # tokens into a sentence; further ones are alike

_COUNT = list(range(_LONG))

#: Sums for a token two before, one before, and so on; the word's shape, its shape as neighbour, whether it ends.
Known = tuple[complex, complex, complex, complex, complex, str, str, bool]


@quick
@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of tokens that states one proposition."""

    first: int
    after: int


def word_names(word: Word, offset: int) -> list[str]:
    """Feature names of a word seen from a token that stands ``-offset`` away."""
    names = of_word(word)
    if abs(offset) == 2:
        names = tuple(n for n in names if n[:2] in _FAR)
    return [f"{offset}{name}" for name in names]


Context = tuple[int, str, str, str]  # tokens since the sentence began, the shape before, the shape now, the mark


def context_keys(tokens: Tokens, marks: Sequence[str]) -> Iterator[Context]:
    """For each token what its context is made of."""
    since, before = 0, "^"
    for word, mark in zip(tokens.words, marks, strict=True):
        now, last, ends = _surface(word)
        yield since, before, now, mark
        since = 0 if ends else min(since + 1, _LONG)
        before = last


def context_names(context: Context) -> tuple[str, ...]:
    """The feature names of a context."""
    since, before, now, mark = context
    return f"since={since}", f"shape={before}>{now}", f"mark={mark}", f"mark={mark}>{now}"


class Segmenter:
    """The model at work. What it knows of a word is remembered on the word itself.

    Scores are told against the score of standing outside, in thousandths, so that two numbers a token are enough; they
    travel as one complex number (begins, goes on), which is added up without a loop of our own.
    """

    def __init__(self, model: Linear) -> None:
        self.model = model
        self._weights: dict[str, complex] = {}  # of what is told of a token itself, or of the edge
        self._by_place: dict[str, list[complex]] = {}  # of the features of a word, in the order of ``OFFSETS``
        for name, held in model.weights.items():
            place, of = _PLACE.get(name[:2]), name[2:]
            if place is None:
                place, of = _PLACE.get(name[:1]), name[1:]
            if place is None or of == "EDGE":
                self._weights[name] = _against_out(held)
            elif 0 < place < 4 or of[:2] in _FAR:
                self._by_place.setdefault(of, [0j] * len(OFFSETS))[place] = _against_out(held)
        self._step = [_thousandths(model.weights.get(f"step={label}", ())) for label in range(3)]
        self._edge = [self._weights.get(f"{o}EDGE", 0j) for o in OFFSETS]
        self._key = f"segment:{model.signature}"
        self._context: dict[Context, complex] = {}

    def clauses(self, tokens: Tokens, marks: Sequence[str]) -> list[Clause]:
        """The clauses of a text, in order; ``marks`` is one word a token from earlier stages."""
        return self.found(tokens, marks)[0]

    def found(self, tokens: Tokens, marks: Sequence[str]) -> tuple[list[Clause], list[complex]]:
        """The clauses, and what speaks for each token's beginning and (imaginary) going on one, in thousandths."""
        if not tokens.words:
            return [], []
        emissions = self._emissions(tokens, marks)
        return list(_runs(self._viterbi(emissions))), emissions

    def labels(self, tokens: Tokens, marks: Sequence[str]) -> list[int]:
        """The likeliest label of every token."""
        return self._viterbi(self._emissions(tokens, marks)) if tokens.words else []

    def _sum(self, names: Iterable[str]) -> complex:
        get = self._weights.get
        return sum([get(name, 0j) for name in names], 0j)

    def _known(self, word: Word) -> Known:
        none = [0j] * len(OFFSETS)
        rows = [self._by_place.get(name, none) for name in of_word(word)]
        held: Known = (*map(sum, zip(*rows, strict=True)), *_surface(word))  # type: ignore[assignment]  # five sums
        word.note(self._key, held)
        return held

    def _emissions(self, tokens: Tokens, marks: Sequence[str]) -> list[complex]:
        rows = self._rows(tokens.words)
        two_before, before, here, behind, two_behind, now, last, ends = zip(*rows, strict=True)
        edge = self._edge
        sums = map(add, here, map(add, (edge[1], *before), (*behind[1:], edge[3])))
        further = map(add, (edge[0], edge[0], *two_before), (*two_behind[2:], edge[4], edge[4]))
        contexts = self._contexts(list(zip(_since(ends), ("^", *last), now, marks, strict=False)))
        return list(map(add, sums, map(add, further, contexts)))

    def _rows(self, words: list[Word]) -> list[Known]:
        key, known = self._key, self._known
        return [word.notes.get(key) or known(word) for word in words]  # type: ignore[misc]  # only ``known`` writes it

    def _contexts(self, keys: list[Context]) -> list[complex]:
        known = self._context
        try:
            return list(map(known.__getitem__, keys))
        except KeyError:
            known.update((key, self._sum(context_names(key))) for key in set(keys) if key not in known)
            return list(map(known.__getitem__, keys))

    def _viterbi(self, emissions: list[complex]) -> list[int]:
        (oo, ob, _), (bo, bb, bi), (io, ib, ii) = self._step  # nothing goes from outside into the middle of a clause
        o, b, i = 0.0, emissions[0].real, float("-inf")
        back: list[tuple[int, int, int]] = []
        for emission in emissions[1:]:
            to_o, from_o = o + oo, OUT
            if (score := b + bo) >= to_o:
                to_o, from_o = score, BEGIN
            if (score := i + io) >= to_o:
                to_o, from_o = score, IN
            to_b, from_b = o + ob, OUT
            if (score := b + bb) >= to_b:
                to_b, from_b = score, BEGIN
            if (score := i + ib) >= to_b:
                to_b, from_b = score, IN
            to_i, from_i = b + bi, BEGIN
            if (score := i + ii) >= to_i:
                to_i, from_i = score, IN
            o, b, i = to_o, to_b + emission.real, to_i + emission.imag
            back.append((from_o, from_b, from_i))
        return _walked(back, max((o, OUT), (b, BEGIN), (i, IN))[1])


def _walked(back: list[tuple[int, int, int]], label: int) -> list[int]:
    labels = [label]
    for pointers in reversed(back):
        label = pointers[label]
        labels.append(label)
    return labels[::-1]


def _thousandths(held: Iterable[tuple[int, float]]) -> tuple[float, float, float]:
    vector = [0.0, 0.0, 0.0]
    for label, weight in held:
        vector[label] = float(round(weight * 1000))
    return vector[OUT], vector[BEGIN], vector[IN]


def _against_out(held: Iterable[tuple[int, float]]) -> complex:
    out, begins, goes_on = _thousandths(held)
    return complex(begins - out, goes_on - out)


def _surface(word: Word) -> tuple[str, str, bool]:
    """The shape of a word, what it is to the token after it, and whether it ends a sentence."""
    now = shape(word)
    return now, sign(word) if word.kind == "mark" else now, word.kind != "word" and word.fold in _ENDS


def _since(ends: Sequence[bool]) -> list[int]:
    """For each token how many stand between it and the end of the sentence before."""
    out: list[int] = []
    begin = 0
    for end in [at + 1 for at, ended in enumerate(ends) if ended] + [len(ends)]:
        size = end - begin
        out += _COUNT[:size] if size <= _LONG else [*_COUNT, *([_LONG] * (size - _LONG))]
        begin = end
    return out


def _runs(labels: list[int]) -> Iterator[Clause]:
    first: int | None = None
    for at, label in enumerate([*labels, OUT]):
        if label != IN and first is not None:
            yield Clause(first, at)
            first = None
        if label == BEGIN:
            first = at
