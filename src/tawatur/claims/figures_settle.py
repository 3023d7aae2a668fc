"""A claim's quantities to its figures: population, outcome, running totals, and which includes which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from tawatur.claims.figures_context import Context, contexts
from tawatur.claims.figures_features import View, cumulative_features, outcome_features
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_linear import model
from tawatur.claims.figures_outcome import by_rule, certain
from tawatur.claims.figures_population import population_of, refined
from tawatur.claims.figures_table import table
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack
from tawatur.model import EventType, Figure, Outcome, Span, Status


class Chooser(Protocol):
    """Decides what rules leave open."""

    def choose(self, name: str, hit: FigureHit, rule: str, features: Iterator[str], /) -> str:
        """The answer of model ``name`` for a quantity, from what the rules say and the features that bear on it."""
        ...


class Models:
    """The chooser in use: the trained tables."""

    def choose(self, name: str, _hit: FigureHit, _rule: str, features: Iterator[str], /) -> str:
        """The label that the table of that name gives."""
        return model(name).best(features)


def settle(
    hits: list[FigureHit], tokens: Tokens, first: int, after: int, event_type: EventType, status: Status, pack: Pack
) -> tuple[Figure, ...]:
    """The figures of a claim that covers tokens [first, after), in text order."""
    mine = [hit for hit in hits if first <= hit.first and hit.after <= after]
    return decide(mine, View(tokens, first, after, event_type, status), pack, Models()) if mine else ()


def decide(hits: list[FigureHit], view: View, pack: Pack, choose: Chooser) -> tuple[Figure, ...]:
    """Figures of a claim's quantities, by the rules and a chooser."""
    found = contexts(hits, view.tokens, view.first, view.after)
    done: list[Figure] = []
    for c in found:
        done.append(_figure(c, found, done, view, pack, choose))
    return tuple(done)


def _figure(
    c: Context, found: list[Context], done: list[Figure], view: View, pack: Pack, choose: Chooser
) -> Figure:
    hit, text = c.hit, view.tokens.text
    before = done[-1] if done else None
    table_says = population_of(c, view, table(pack), [f.population for f in done])
    rule = by_rule(c, table_says, view.event_type, before.outcome if before else None)
    seen = outcome_features(view, c, table_says, rule, before.outcome if before else None)
    settled = certain(c, table_says)
    outcome = settled or cast(Outcome, choose.choose("outcomes", hit, rule, seen))
    whole = done[c.whole].outcome if c.whole is not None and c.whole < len(done) else None
    population = refined(c, table_says, outcome, view.event_type, whole)
    total = cumulative_features(view, c, population, outcome, before is not None and before.cumulative)
    return Figure(
        text=text[hit.start : hit.end],
        span=Span(hit.start, hit.end),
        low=hit.low,
        high=hit.high,
        approximate=hit.approximate,
        population=population,
        outcome=outcome,
        cumulative=choose.choose("cumulative", hit, "no", total) == "yes",
        part_of=None if c.whole is None else text[found[c.whole].hit.start : found[c.whole].hit.end],
        noun=hit.noun,
        rules=hit.rules,
    )
