"""For the language pack's examples: which entries and rules took part in reading a text, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.claims.assemble import reader
from tawatur.claims.figures import FigureHit, find, settle
from tawatur.claims.figures_table import table
from tawatur.claims.segment import Clause
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.pack import Pack
from tawatur.model import EventType, Status

#: The dimensions of the language pack that figures are read with.
DIMENSIONS = ("figures", "populations", "outcomes")
_NEAR = 6
_TOUCHING = 1


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """(id, canonical) of each entry and rule: bounds, bounds with population, an outcome, or ``none``."""
    tokens = tokenise(text, pack.lexicon)
    made, hits = table(pack), find(tokens, pack)
    out = [(rule, hit.canonical()) for hit in hits for rule in hit.rules]
    figures = settle(hits, tokens, 0, len(tokens), *_kind(tokens, pack), pack)
    for hit, figure in zip(hits, figures, strict=True):
        counted = f"{hit.canonical()} {figure.population}"
        out += [(rule, counted) for rule in figure.rules if rule.startswith("population.")]
        out += _touched(hit, tokens)
    rules = made.grammar.hits(made.grammar.string(tokens))
    return out + [(h.rule.id, "none") for h in rules if h.rule.make == "never"] + list(_words(tokens))


def _kind(tokens: Tokens, pack: Pack) -> tuple[EventType, Status]:
    """The type and status that the reader gives a text taken as one clause."""
    choice = reader(pack).classifier.choose(tokens, [Clause(0, len(tokens))], [None])[0]
    return choice.event_type, choice.status


def _touched(hit: FigureHit, tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Entries whose words stand in a figure's phrase, right beside it, or, for context, near it."""
    for k in range(max(0, hit.first - _NEAR), min(len(tokens), hit.after + _NEAR)):
        close = hit.first - _TOUCHING <= k < hit.after + _TOUCHING
        for sense in tokens.words[k].senses:
            name = sense.entry.id
            if sense.entry.dimension == "figures" and (close or name.startswith("context.")):
                yield name, hit.canonical()


def _words(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Words that keep numbers from being figures, and words that tell outcomes, wherever they stand."""
    for word in tokens.words:
        for sense in word.senses:
            entry = sense.entry
            if entry.dimension == "outcomes":
                yield entry.id, str(entry.gives["outcome"])
            elif entry.id.startswith(("named.", "context.")):
                yield entry.id, "none"
