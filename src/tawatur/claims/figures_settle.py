"""A claim's quantities to its figures: population, outcome, running totals, and which includes which."""

from __future__ import annotations

from typing import Protocol, cast

from tawatur.claims import confidence
from tawatur.claims.figures_context import Context, contexts
from tawatur.claims.figures_features import Seen, View, cumulative_seen, outcome_seen
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_models import Scorer, scorer
from tawatur.claims.figures_outcome import by_rule, certain
from tawatur.claims.figures_population import population_of, refined
from tawatur.claims.figures_table import Table, table
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Confidence, EventType, Figure, Outcome, Population, Span, Status


class Chooser(Protocol):
    """Decides what rules leave open."""

    def outcome(self, hit: FigureHit, rule: Outcome, seen: Seen, /) -> tuple[Outcome, int]:
        """What happened to what a quantity counts, from what the rules say and what bears on it; its lead before the
        second best, in thousandths."""
        ...

    def cumulative(self, hit: FigureHit, seen: Seen, words: list[Word], /) -> tuple[bool, int]:
        """Whether it is a running total, in a claim of these words; the lead of that."""
        ...


class Models:
    """The chooser in use for one claim: the trained tables."""

    def __init__(self, outcomes: Scorer, totals: Scorer) -> None:
        self.outcomes, self.totals = outcomes, totals
        self.bag: int | None = None

    def outcome(self, _hit: FigureHit, _rule: Outcome, seen: Seen, /) -> tuple[Outcome, int]:
        """The outcome that the table gives."""
        label, lead = self.outcomes.choice(seen)
        return cast(Outcome, label), lead

    def cumulative(self, _hit: FigureHit, seen: Seen, words: list[Word], /) -> tuple[bool, int]:
        """What the table of running totals gives; the claim's words are added up once."""
        if self.bag is None:
            self.bag = self.totals.bag(words)
        label, lead = self.totals.choice(seen, self.bag)
        return label == "yes", lead


def settle(
    hits: list[FigureHit],
    tokens: Tokens,
    first: int,
    after: int,
    event_type: EventType,
    status: Status,
    pack: Pack,
    near: EventType | None = None,
) -> tuple[Figure, ...]:
    """The figures of a claim that covers tokens [first, after), in text order; ``near`` is a type that it may be of as
    well."""
    mine = [hit for hit in hits if first <= hit.first and hit.after <= after]
    if not mine:
        return ()
    view = View(tokens, first, after, event_type, status, tuple(hits), near)
    return decide(mine, view, pack, models(pack.language))


def models(language: str) -> Models:
    """The trained tables of a language as a chooser."""
    return Models(scorer("outcomes", language), scorer("cumulative", language))


def decide(hits: list[FigureHit], view: View, pack: Pack, choose: Chooser) -> tuple[Figure, ...]:
    """Figures of a claim's quantities, by the rules and a chooser."""
    made = table(pack)
    view.look(made)
    found = contexts(hits, view.tokens, view.first, view.after, view.telling)
    done: list[Figure] = []
    for c in found:
        done.append(_figure(c, found, done, view, made, choose))
    return tuple(done)


def _figure(c: Context, found: list[Context], done: list[Figure], view: View, made: Table, choose: Chooser) -> Figure:
    hit, text = c.hit, view.tokens.text
    before = done[-1] if done else None
    table_says = population_of(c, view, made, [f.population for f in done])
    outcome, by = _outcome(c, table_says, before.outcome if before else None, view, choose)
    whole = done[c.whole].outcome if c.whole is not None and c.whole < len(done) else None
    population = refined(c, table_says, outcome, view.event_type, whole)
    all_left = hit.all_left if whole is None else None
    total = cumulative_seen(view, c, population, outcome, before is not None and before.cumulative)
    cumulative, lead = choose.cumulative(hit, total, view.words)
    return Figure(
        text=text[hit.start : hit.end],
        span=Span(hit.start, hit.end),
        low=hit.low,
        high=hit.high,
        approximate=hit.approximate,
        population="people" if all_left else population,
        outcome=outcome,
        cumulative=cumulative,
        part_of=None if c.whole is None else text[found[c.whole].hit.start : found[c.whole].hit.end],
        noun=hit.noun,
        rules=(*hit.rules, all_left) if all_left else hit.rules,
        confidence=_sure(c, population, outcome, by, (cumulative, lead), view.event_type),
    )


#: How an outcome came about: ``noun``, or ``table`` with whether the rules agree; and its lead.
By = tuple[str, int]


def _outcome(
    c: Context, population: Population, before: Outcome | None, view: View, choose: Chooser
) -> tuple[Outcome, By]:
    if sure := certain(c, population):
        return sure, ("noun", 0)
    rule = by_rule(c, population, view.event_type, before)
    outcome, lead = choose.outcome(c.hit, rule, outcome_seen(view, c, population, rule, before))
    return outcome, ("table, as rules" if outcome == rule else "table", lead)


def _sure(
    c: Context, population: Population, outcome: Outcome, by: By, total: tuple[bool, int], event_type: EventType
) -> Confidence:
    """How likely the fields of a figure are right."""
    hit = c.hit
    number = hit.kind, hit.digits, hit.bounded, hit.noun_cls, hit.approximate
    rule, size = hit.rules[0] if hit.rules else "-", min(len(str(int(hit.low or hit.high or 0))), 7)
    named = "own" if hit.population == population else "whole" if c.whole is not None else "around"
    return (
        ("value", confidence.of("value", *number, rule, size, hit.partitive, event_type)),
        ("population", confidence.of("population", named, population, hit.kind, hit.noun_cls)),
        ("outcome", confidence.of("outcome", by[0], confidence.lead(by[1] / 1000), outcome)),
        ("cumulative", confidence.of("cumulative", confidence.lead(total[1] / 1000), total[0], c.whole is not None)),
    )
