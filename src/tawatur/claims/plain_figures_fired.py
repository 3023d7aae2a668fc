"""Which entries and rules fire in a text, for the check of a pack's figures, counted nouns and outcomes."""

from __future__ import annotations

from tawatur.claims.figures_table import table
from tawatur.claims.figures_told import outcomes_of
from tawatur.claims.plain_figures import find
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import Pack

_OF = ("figures", "populations", "outcomes")


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: entries of its words and rules, with the figures and what they count."""
    tokens = tokenise(text, pack.lexicon)
    hits = find(tokens, pack)
    values = [hit.canonical() for hit in hits]
    values += [f"{hit.canonical()} {hit.population}" for hit in hits if hit.population]
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension in _OF}
    outcomes = sorted({o for w in tokens.words for o in outcomes_of(w)})
    rules = {hit.rule.id for hit in table(pack).grammar.hits(table(pack).grammar.string(tokens))}
    return [(name, value) for name in sorted(words | rules) for value in (*values, *outcomes, "")]
