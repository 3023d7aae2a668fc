"""The frame of a figure: all that must be the same before two numbers may be compared."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from tawatur.events.words import tokens
from tawatur.findings.clocks import Clock, clock
from tawatur.findings.intervals import Interval, interval
from tawatur.findings.named import named_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tawatur.model import Claim, Figure, Outcome, Population, Report


@dataclass(frozen=True, slots=True)
class Frame:
    """One figure with its slots. ``population`` is who is counted after the nesting rules, ``noun`` the words."""

    claim: Claim
    figure: Figure
    origin: str
    population: Population
    outcome: Outcome
    quantity: str  # stock or flow
    cumulative: bool
    interval: Interval
    clock: Clock
    group: frozenset[str]
    places: frozenset[str]
    published: int | None
    changed: str = ""  # figure or population, where this relay alone has another than several that pass on the same

    @property
    def running(self) -> bool:
        """A count that stands for all up to its as-of: a running total, or what is true at a moment."""
        return self.cumulative or self.quantity == "stock"

    @property
    def denied(self) -> bool:
        """A count that its claim says is not so."""
        return self.claim.status == "not_occurred"

    @property
    def ahead(self) -> bool:
        """A count of what is planned or only possible."""
        return self.claim.status in ("planned", "possible")


@cache
def tables() -> Mapping[str, Mapping[str, list[str]]]:
    """Nesting, outcomes that name their population, and stocks, from ``populations.toml``."""
    return tomllib.loads(files("tawatur.findings").joinpath("populations.toml").read_text("utf-8"))


def frames(claim: Claim, report: Report | None, origin: str) -> tuple[Frame, ...]:
    """The frames of a claim's figures, in order."""
    when = clock(claim, report)
    said = when.said
    places = frozenset(w for p in claim.places for w in tokens(p.text))
    return tuple(_frame(claim, f, origin, when, places, said) for f in claim.figures)


def _frame(claim: Claim, figure: Figure, origin: str, when: Clock, places: frozenset[str], said: int | None) -> Frame:
    stock = figure.outcome in tables()["stock"]["outcomes"] or (claim.status == "ongoing" and not figure.cumulative)
    return Frame(
        claim=claim,
        figure=figure,
        origin=origin,
        population=counted(figure),
        outcome=figure.outcome,
        quantity="stock" if stock else "flow",
        cumulative=figure.cumulative,
        interval=interval(figure),
        clock=when,
        group=frozenset(tokens(figure.text)),
        places=places,
        published=said,
    )


def counted(figure: Figure) -> Population:
    """Who is counted: the population, or ``people`` where the noun only repeats the outcome (displaced, displaced)."""
    if figure.population in tables()["named_by"].get(figure.outcome, []):
        return "people"
    if figure.population == "people" and (hurt := _only_hurt(figure.text)):
        return hurt
    return figure.population


def _only_hurt(text: str) -> Population | None:
    """The population of a figure that names several groups, all of them told by what befell them: patients, wounded."""
    named, hurt = named_in(text), tables()["befallen"]["populations"]
    found = next((p for p in hurt if p in named), None) if named <= {*hurt} else None
    return cast("Population | None", found)


def ancestors(population: str) -> frozenset[str]:
    """All populations that a population is part of, without itself."""
    above = tables()["within"].get(population, [])
    return frozenset(above).union(*(ancestors(p) for p in above))


def nested(a: str, b: str) -> bool:
    """True when ``a`` counts some of those that ``b`` counts."""
    return b in ancestors(a)
