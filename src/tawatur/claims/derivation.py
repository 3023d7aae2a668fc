"""A report in, for every claim the derivation out: the words that each rule took and the weights that decided."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.claims import derivation_models as models
from tawatur.claims.assemble import Made, Reader, reader
from tawatur.claims.figures_settle import models as figures_models
from tawatur.claims.reading import Reading, prepare
from tawatur.lang.pack import Pack
from tawatur.model import DOUBTFUL, Claim, Confidence, Report


def derivations(report: Report, pack: Pack) -> dict[str, list[str]]:
    """Claim id → lines. The derivation is made again from the report; nothing of it is kept with the claims."""
    made_by = reader(pack)
    reading = prepare(report, pack)
    borders = models.Borders.of(made_by, reading)
    return {made.claim.id: list(_lines(made, made_by, borders)) for made in made_by.made(report)}


def _lines(made: Made, by: Reader, borders: models.Borders) -> Iterator[str]:
    reading = borders.reading
    tokens, clause, claim = reading.tokens, made.clause, made.claim
    yield f"clause: tokens {clause.first}-{clause.after} between {_around(reading, clause.first, clause.after)}"
    known = [
        f"{word.raw} ({', '.join(sense.entry.id for sense in word.senses)})"
        for word in tokens.words[clause.first : clause.after]
        if word.senses
    ]
    yield "words known: " + "; ".join(known)
    yield from models.kinds(made, by, reading)
    yield from borders.lines(clause)
    if made.scope is not None:
        scope = made.scope
        said = tokens.of(scope.verb_first, scope.verb_after) if scope.verb_after > scope.verb_first else ""
        yield f"voice: {scope.kind} by {scope.rule or 'no rule'}, from the words {said!r}"
    else:
        yield "voice: no words give it to anybody else, so the publisher says it"
    for figure in claim.figures:
        yield f"figure {figure.text}: {', '.join(figure.rules) or 'number'}; counted noun {figure.noun or 'none'}"
    yield from models.figures(made, by, made.hits, reading, figures_models(by.pack.language))
    yield from models.participants(made, by, reading)
    yield from models.places(claim, made.asked)
    yield from confidences(claim)
    yield f"read by {claim.reader}, language pack {claim.pack}"


def _around(reading: Reading, first: int, after: int) -> str:
    words = reading.tokens.words
    before = words[first - 1].raw if first else "the beginning"
    behind = words[after].raw if after < len(words) else "the end"
    return f"{before.strip() or 'a line end'} and {behind.strip() or 'a line end'}"


def confidences(claim: Claim) -> Iterator[str]:
    """How likely each field is right, doubtful ones marked."""
    if claim.confidence:
        yield f"confidence: {_sure(claim.confidence)}"
    for figure in claim.figures:
        if figure.confidence:
            yield f"confidence in {figure.text}: {_sure(figure.confidence)}"
    for text, sure in [(p.text, p.confidence) for p in claim.places] + [(t.text, t.confidence) for t in claim.times]:
        if sure is not None:
            yield f"confidence in {text}: {_shown(sure)}"


def _sure(confidence: Confidence) -> str:
    return ", ".join(f"{field} {_shown(sure)}" for field, sure in confidence)


def _shown(sure: float) -> str:
    return f"{sure:.2f}{' (doubtful)' if sure < DOUBTFUL else ''}"
