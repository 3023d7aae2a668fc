"""Clauses and their labels: the fast sums and the fast path search against plain ones, feature by feature."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.claims import attribution, features, segment
from tawatur.claims.assemble import kinds
from tawatur.claims.classify import Classifier, seen
from tawatur.claims.linear import Linear
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang import load

PACK = load()
VOCABULARY = ("قتل", "وقال", "الجيش", "في", "حلب", "إن", "12", "مدنيا", "،", ".", ":", "\n", "«", "بلا", "غرقت", "ولم")
MARKS = ("", "in", "say", "quote", "noise")
texts = st.lists(st.sampled_from(VOCABULARY), max_size=7).map(" ".join)
weights = st.integers(-300, 300).map(lambda n: n / 100)


def exact(model: Linear, names: list[str]) -> list[Fraction]:
    """The scores of all labels, in exact arithmetic."""
    out = [Fraction(0)] * len(model.labels)
    for name in names:
        for label, weight in model.weights.get(name, ()):
            out[label] += Fraction(round(weight * 100), 100)
    return out


def names_at(tokens: Tokens, marks: list[str]) -> list[list[str]]:
    """The features of every token, as training names them."""
    out = []
    for at, context in enumerate(segment.context_keys(tokens, marks)):
        names = list(segment.context_names(context))
        for offset in segment.OFFSETS:
            inside = 0 <= at + offset < len(tokens)
            names += segment.word_names(tokens.words[at + offset], offset) if inside else [f"{offset}EDGE"]
        out.append(names)
    return out


@st.composite
def marked(draw: st.DrawFn) -> tuple[Tokens, list[str]]:
    tokens = tokenise(draw(texts), PACK.lexicon)
    return tokens, draw(st.lists(st.sampled_from(MARKS), min_size=len(tokens), max_size=len(tokens)))


@settings(max_examples=50, deadline=None)
@given(st.data(), marked())
def test_labels_are_those_of_the_best_of_all_paths(data: st.DataObject, read: tuple[Tokens, list[str]]) -> None:
    tokens, marks = read
    names = names_at(tokens, marks)
    drawn = sorted({name for held in names for name in held} | {f"step={label}" for label in range(3)})
    row = st.tuples(weights, weights, weights).map(lambda w: tuple(enumerate(w)))
    model = Linear(("O", "B", "I"), {name: data.draw(row) for name in drawn}, f"drawn-{data.draw(st.integers())}")
    labels = segment.Segmenter(model).labels(tokens, marks)
    emissions = [exact(model, held) for held in names]
    steps = [exact(model, [f"step={label}"]) for label in range(3)]

    def score(path: tuple[int, ...]) -> Fraction:
        moves = sum((steps[a][b] for a, b in pairwise(path)), Fraction(0))
        return moves + sum((scores[label] for scores, label in zip(emissions, path, strict=True)), Fraction(0))

    paths = [
        path
        for path in product(range(3), repeat=len(tokens))
        if path[:1] != (segment.IN,) and (segment.OUT, segment.IN) not in set(pairwise(path))
    ]
    assert tuple(labels) in paths
    assert score(tuple(labels)) == max(map(score, paths))
    for word in tokens.words:
        word.notes.pop(f"segment:{model.signature}", None)


scopes = st.none() | st.builds(
    lambda kind, event: attribution.Scope(0, 9, (), 0, 1, kind, event), st.sampled_from(["direct", "speech_act"]),
    st.none() | st.just("demand"),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.data(), texts.filter(str.strip), scopes)
def test_a_clause_scores_the_sum_of_its_named_features(
    data: st.DataObject, text: str, scope: attribution.Scope | None
) -> None:
    tokens = tokenise(text, PACK.lexicon)
    first = data.draw(st.integers(0, len(tokens) - 1))
    clause = segment.Clause(first, data.draw(st.integers(first + 1, len(tokens))))
    grammar = kinds(PACK)
    named = seen(grammar, tokens, clause, scope, features.of_theme(tokens))
    row = st.tuples(weights, weights).map(lambda w: tuple(enumerate(w)))
    sign = str(data.draw(st.integers()))
    types, statuses = (Linear(("a", "b"), {n: data.draw(row) for n in sorted(named)}, sign) for _ in range(2))
    made = Classifier(types, statuses, grammar)
    floor = Fraction(1 << 31)
    total = made.total(tokens, clause, scope) + made.theme(tokens)
    got = [(Fraction(score) - floor) / 10_000 for score in made.scores(total)]
    expected = [Fraction(0)] * 4
    for model, shift in ((types, 0), (statuses, 2)):
        for name, value in named.items():
            for label, score in enumerate(exact(model, [name])):
                expected[shift + label] += score * Fraction(round(value * 10), 10)
    assert got == expected
    for word in tokens.words:
        word.notes.pop(f"clause:{sign}", None)
