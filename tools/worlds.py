"""Synthetic worlds with known truth: days, true counts, origins that count them, outlets that pass the counts on.

A world is one operation in one place. Each quantity has a true running total a day. Origins have a bias, noise, days
that they miss, round numbers and hedges. Outlets carry what origins state: in the origin's words or in their own, by
way of another outlet, a day late, without the attribution, with a digit or a population garbled, with the hedge lost.
What the comparison is given can be degraded: days, populations and hedges unknown. The same seed makes the same world.
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from copies_world import sentence
from synthetic import BODIES, PLACES
from tawatur.model import Claim, EventType, Figure, Link, Outcome, Place, Population, Report, Span, Time


class Quantity(NamedTuple):
    """What is counted: type of event, population, outcome, the range of its final count, the words that state it."""

    event: EventType
    population: Population
    outcome: Outcome
    final: tuple[int, int]
    words: str


QUANTITIES = (
    Quantity("evacuation", "people", "evacuated", (3_000, 40_000), "بلغ عدد من أُجلوا من {place} {figure} شخص"),
    Quantity("casualties", "people", "killed", (20, 600), "ارتفعت حصيلة القتلى في {place} إلى {figure} شخص"),
    Quantity("casualties", "people", "injured", (60, 2_000), "وصل عدد الجرحى في {place} إلى {figure} شخص"),
    Quantity("displacement", "people", "displaced", (1_000, 90_000), "نزح عن {place} منذ بدء العملية {figure} شخص"),
)
OTHER_POPULATION: Population = "civilians"
SIDES = ("a", "a", "b", "b", "", "", "", "", "")  # of origins, in order: two parties, the rest none
OUTLETS = tuple(f"{kind} {name}" for kind in ("صحيفة", "إذاعة", "موقع") for name in (
    "الضفاف", "المرصاد اليوم", "السهل", "المدى البعيد", "النواعير", "الرافدان", "المنارة الجديدة", "الساحل الغربي",
))  # fmt: skip
OWN_PAGE, OWN_WORDS, TWO_STEPS, LATE = 0.5, 0.5, 0.25, 0.2  # shares of statements and relays
DROPPED, GARBLED, HEDGE_LOST = 0.15, 0.04, 0.10
DEGREES = {"day": 0.3, "undated": 0.1, "population": 0.2, "hedge": 0.1}  # what is lost when frames are degraded
HEDGES = ("", "", "", "more", "about", "most")


@dataclass(frozen=True, slots=True)
class Statement:
    """What an origin truly stated: which quantity, as of which day, between which bounds."""

    origin: str
    quantity: int
    day: int  # from the first day of the world
    low: float | None
    high: float | None
    approximate: bool
    text: str  # the whole statement
    figure: str  # the words of the figure


@dataclass(slots=True)
class World:
    """One world: what is true, what was stated, and what the comparison is given."""

    seed: int
    place: str
    first: date
    truth: list[list[float]]  # a row a quantity: the running total of each day
    quantities: list[int] = field(default_factory=list)  # which of QUANTITIES
    sides: dict[str, str] = field(default_factory=dict)  # origin → party, empty for none
    statements: list[Statement] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    said: dict[str, Statement] = field(default_factory=dict)  # claim id → the statement it passes on
    copied: set[frozenset[str]] = field(default_factory=set)  # pairs of reports that carry one statement's words

    def day(self, number: int) -> date:
        """The date of a day of the world."""
        return self.first + timedelta(days=number)


def world(seed: int, *, degraded: bool = True) -> World:
    """A world by its seed; degraded, the comparison is given less than was stated."""
    rng = random.Random(f"world {seed}")
    days = rng.randint(6, 12)
    names = rng.sample(BODIES, rng.randint(5, len(SIDES)))
    made = World(seed, rng.choice(PLACES), date(2016, 1, 1) + timedelta(days=rng.randrange(3000)), [])
    made.sides = dict(zip(names, SIDES, strict=False))
    made.quantities = sorted(rng.sample(range(len(QUANTITIES)), 2))
    made.truth = [_total(rng, days, *QUANTITIES[k].final) for k in made.quantities]
    for name in names:
        _state(rng, made, name)
    _publish(rng, made, DEGREES if degraded else dict.fromkeys(DEGREES, 0.0))
    return made


def _total(rng: random.Random, days: int, least: int, most: int) -> list[float]:
    """A running total that grows to something between two numbers, evenly on the scale of their logarithms."""
    final = math.exp(rng.uniform(math.log(least), math.log(most)))
    steps = [rng.expovariate(1) for _ in range(days)]
    return [float(round(final * sum(steps[: n + 1]) / sum(steps))) for n in range(days)]


def _state(rng: random.Random, made: World, name: str) -> None:
    """What one origin states on the days that it covers."""
    party = bool(made.sides[name])
    covers, noise, rounds = rng.uniform(0.3, 0.8), rng.uniform(0.02, 0.10), rng.random() < 0.6
    for q, truth in enumerate(made.truth):
        bias = rng.gauss(0, 0.25 if party else 0.08)
        stated = 0.0
        for day, true in enumerate(truth):
            if true < 1 or rng.random() > covers:
                continue
            stated = max(stated, true * math.exp(bias + rng.gauss(0, noise)))
            made.statements.append(_statement(rng, made, name, q, day, stated, rounds))


def _statement(rng: random.Random, made: World, name: str, q: int, day: int, value: float, rounds: bool) -> Statement:
    """A count in words, rounded and hedged as the origin does; "more than" rounds down, "no more than" up."""
    hedge = rng.choice(HEDGES)
    shown = rounded(value, up=hedge == "most", down=hedge == "more") if rounds or hedge else round(value)
    words = {"more": "أكثر من ", "about": "نحو ", "most": "ما لا يزيد على "}.get(hedge, "") + str(shown)
    low, high = None if hedge == "most" else float(shown), None if hedge == "more" else float(shown)
    lines = [f"{QUANTITIES[made.quantities[q]].words.format(place=made.place, figure=words)}."]
    lines += [f"{sentence(rng)}." for _ in range(2)]
    return Statement(name, q, day, low, high, hedge == "about", " ".join(lines), words)


def rounded(value: float, *, up: bool = False, down: bool = False) -> int:
    """To two significant digits, as people say numbers."""
    unit = 10 ** max(0, len(str(int(value))) - 2)
    steps = value / unit
    return max(1, int(math.ceil(steps) if up else math.floor(steps) if down else round(steps))) * unit


def _publish(rng: random.Random, made: World, lost: dict[str, float]) -> None:
    """Statements on their origins' own pages, and what outlets make of them."""
    for statement in made.statements:
        group: list[str | None] = []
        if rng.random() < OWN_PAGE:
            group.append(_report(rng, made, statement, statement.origin, (), statement.day, lost, own=False))
        for outlet in rng.sample(OUTLETS, rng.randint(0, 4)):
            late = statement.day + (rng.random() < LATE)
            links = (Link(statement.origin, kind="body"),)
            if rng.random() < TWO_STEPS:
                links = (Link(rng.choice(OUTLETS), kind="outlet"), *links)
            group.append(_report(rng, made, statement, outlet, links, late, lost, own=rng.random() < OWN_WORDS))
        same = [report for report in group if report is not None]
        made.copied.update(frozenset(pair) for pair in combinations(same, 2))


def _report(
    rng: random.Random,
    made: World,
    statement: Statement,
    outlet: str,
    links: tuple[Link, ...],
    day: int,
    lost: dict[str, float],
    *,
    own: bool,
) -> str | None:
    """One report with one claim; its id when it carries the statement's words."""
    quantity = QUANTITIES[made.quantities[statement.quantity]]
    relayed = bool(links)
    if relayed and rng.random() < DROPPED:
        links, own = (), False  # who drops the source keeps the words
    figure, words = _garbled(rng, made, statement) if relayed and rng.random() < GARBLED else _figure(made, statement)
    if (relayed and rng.random() < HEDGE_LOST) or rng.random() < lost["hedge"]:
        value = figure.low if figure.low is not None else figure.high
        figure, words = replace(figure, low=value, high=value, approximate=False), words.split()[-1]
    lead = quantity.words.format(place=made.place, figure=words) if not own else _in_own_words(rng, made, words)
    kept = [] if own else [statement.text.partition(". ")[2]]
    text = "\n".join([f"{lead}. " + " ".join(kept), *(f"{sentence(rng)}." for _ in range(rng.randint(2, 4)))])
    published = None if rng.random() < lost["undated"] else made.day(day).isoformat()
    report = Report.make(text, name=f"w{len(made.reports)}", outlet=outlet, published=published)
    at = lead.index(words)
    figure = replace(figure, text=words, span=Span(at, at + len(words)))
    if rng.random() < lost["population"]:
        figure = replace(figure, population="other")
    span = Span(0, len(lead))
    told = made.day(statement.day).isoformat()
    times = () if rng.random() < lost["day"] else (Time("", None, told, "until"),)
    claim = Claim(
        Claim.key(report.id, span, quantity.event), report.id, span, quantity.event, "occurred", links,
        figures=(figure,), places=(Place(made.place, made.place),), times=times,
    )  # fmt: skip
    made.reports.append(report)
    made.claims.append(claim)
    made.said[claim.id] = statement
    return None if own else report.id


def _in_own_words(rng: random.Random, made: World, words: str) -> str:
    return f"{sentence(rng)} وذكر المصدر أن العدد في {made.place} بات {words}"


def _figure(made: World, statement: Statement) -> tuple[Figure, str]:
    quantity = QUANTITIES[made.quantities[statement.quantity]]
    low, high, about = statement.low, statement.high, statement.approximate
    figure = Figure("", Span(0, 1), low, high, about, quantity.population, quantity.outcome, cumulative=True)
    return figure, statement.figure


def _garbled(rng: random.Random, made: World, statement: Statement) -> tuple[Figure, str]:
    """Two digits swapped or one changed, or another population."""
    figure, words = _figure(made, statement)
    *before, number = words.split()
    if rng.random() < 0.5:
        return replace(figure, population=OTHER_POPULATION), words
    at = rng.randrange(len(number))
    changed = number[:at] + rng.choice("123456789".replace(number[at], "")) + number[at + 1 :]
    value = float(changed)
    low, high = (None if bound is None else value for bound in (figure.low, figure.high))
    return replace(figure, low=low, high=high), " ".join([*before, changed])
