"""A report in, for every claim the derivation out: the words that each rule took and the weights that decided."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.claims.assemble import Made, Reader, reader
from tawatur.claims.classify import seen
from tawatur.claims.features import of_neighbours, of_theme
from tawatur.claims.linear import Linear
from tawatur.claims.reading import Reading, prepare
from tawatur.lang.pack import Pack
from tawatur.model import Report


def derivations(report: Report, pack: Pack) -> dict[str, list[str]]:
    """Claim id → lines. The derivation is made again from the report; nothing of it is kept with the claims."""
    made_by = reader(pack)
    reading = prepare(report, pack)
    return {made.claim.id: list(_lines(made, made_by, reading)) for made in made_by.made(report)}


def _lines(made: Made, by: Reader, reading: Reading) -> Iterator[str]:
    tokens, clause, claim = reading.tokens, made.clause, made.claim
    yield f"clause: tokens {clause.first}-{clause.after} between {_around(reading, clause.first, clause.after)}"
    known = [
        f"{word.raw} ({', '.join(sense.entry.id for sense in word.senses)})"
        for word in tokens.words[clause.first : clause.after]
        if word.senses
    ]
    yield "words known: " + "; ".join(known)
    names = seen(by.classifier.kinds, tokens, clause, made.scope, of_theme(tokens))
    names.update(dict.fromkeys(of_neighbours(*made.choice.beside), 1.0))
    yield _choice("type", claim.event_type, by.classifier.types, names)
    if any(link.stance == "denied" for link in claim.attribution):
        yield f"status {claim.status}: its source denies it"
    else:
        yield _choice("status", claim.status, by.classifier.statuses, names)
    if made.scope is not None:
        scope = made.scope
        said = tokens.of(scope.verb_first, scope.verb_after) if scope.verb_after > scope.verb_first else ""
        yield f"voice: {scope.kind} by {scope.rule or 'no rule'}, from the words {said!r}"
    else:
        yield "voice: no words give it to anybody else, so the publisher says it"
    for figure in claim.figures:
        yield f"figure {figure.text}: {', '.join(figure.rules) or 'number'}; counted noun {figure.noun or 'none'}"
    yield f"read by {claim.reader}, language pack {claim.pack}"


def _around(reading: Reading, first: int, after: int) -> str:
    words = reading.tokens.words
    before = words[first - 1].raw if first else "the beginning"
    behind = words[after].raw if after < len(words) else "the end"
    return f"{before.strip() or 'a line end'} and {behind.strip() or 'a line end'}"


def _choice(what: str, label: str, model: Linear, features: dict[str, float]) -> str:
    parts = ", ".join(f"{name} {weight:+.2f}" for name, weight in model.why(features, label))
    scores = model.scores(features)
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    second = model.labels[order[1]] if model.labels[order[0]] == label else model.labels[order[0]]
    return f"{what} {label} (before {second}): {parts}"
