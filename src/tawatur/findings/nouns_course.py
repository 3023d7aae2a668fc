"""The nouns of the views of one event: its phases, an operation and its counts, a quantity along time.

Every statement points to the ids of the claims it rests on and carries its words in English and Arabic. Days are ISO
dates, None where unknown; ``as_of_from`` tells whether the day is that of the event or of the statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.terms import EventType, Outcome, Population

#: A status as a phase; ``denied`` is ``not_occurred``.
PhaseName = Literal[
    "planned", "possible", "began", "ongoing", "suspended", "resumed", "completed", "occurred", "denied"
]
AsOf = Literal["event", "said", "relay", "unknown"]
OperationKind = Literal["evacuation", "delivery", "battle", "talks"]


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in English and Arabic. ``names`` are the names and quoted words that stand in it."""

    en: str
    ar: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """What one origin says of how far a happening is, as of one day; ``claims`` holds its repeats too."""

    origin: str
    name: str
    side: str | None
    phase: PhaseName
    event_type: EventType
    start: str | None
    as_of: str | None
    as_of_from: AsOf
    said: str | None  # the earliest day on which it was said
    claims: tuple[str, ...]
    doubted_by: tuple[str, ...]  # who passes it on with doubt
    against: tuple[str, ...]  # findings by which another origin says what cannot also be
    words: Words


@dataclass(frozen=True, slots=True)
class Clash:
    """Two phases that cannot both hold: the finding, its claims, their origins, and its reason."""

    finding: str
    claims: tuple[str, str]
    origins: tuple[str, str]
    words: Words


@dataclass(frozen=True, slots=True)
class Story:
    """How an event went by each origin: phases in order of time, those without a day last."""

    event: str
    label: str
    phases: tuple[Phase, ...]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One figure as an operation tells it: the place of the figure in its claim, and the claims that repeat it."""

    claim: str
    figure: int
    origin: str
    name: str
    side: str | None
    text: str
    low: float | None
    high: float | None
    approximate: bool
    population: Population
    outcome: Outcome
    as_of: str | None
    as_of_from: AsOf
    batch: str  # the name of the batch, when a row of a monitor gives it
    first_hand: bool
    repeats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """The running totals of one origin in order of time; ``falls`` where a later one leaves no room for an earlier."""

    origin: str
    name: str
    side: str | None
    population: Population
    outcome: Outcome
    counts: tuple[Count, ...]
    falls: bool
    words: Words


@dataclass(frozen=True, slots=True)
class SumCheck:
    """The batches that one origin counts, added up, against a total: ``low`` is the least that they come to."""

    origin: str
    name: str
    population: Population
    outcome: Outcome
    batches: tuple[Count, ...]
    left_out: tuple[Count, ...]  # batches without a day, or later than the total
    low: float
    total: Count
    fits: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Inside:
    """What one claim says of who remains, with its figures."""

    origin: str
    name: str
    side: str | None
    phase: PhaseName
    as_of: str | None
    as_of_from: AsOf
    claims: tuple[str, ...]
    counts: tuple[Count, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Monitored:
    """What a monitor counted against what another announces. ``ratio`` is announced by counted, None when open."""

    counted: tuple[Count, ...]  # one count, or the batches of one monitor added up
    low: float
    high: float | None
    announced: Count
    relation: Literal["agree", "contradict", "part"]
    ratio: float | None
    finding: str  # the finding that tells it; empty when none does
    words: Words


@dataclass(frozen=True, slots=True)
class Operation:
    """An evacuation, delivery, battle or round of talks: its course, batches, totals, checks, and who remains."""

    event: str
    parts: tuple[str, ...]  # other events that belong to it
    label: str
    kind: OperationKind
    story: Story
    batches: tuple[Count, ...]
    totals: tuple[Running, ...]
    sums: tuple[SumCheck, ...]
    remaining: tuple[Inside, ...]
    monitored: tuple[Monitored, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What the accounts allow as of one day. ``open`` where the highest says "or more"; ``texts`` keep the hedges."""

    as_of: str
    low: float
    best: float
    high: float
    open: bool
    origins: tuple[str, ...]
    claims: tuple[str, ...]
    texts: tuple[str, ...]
    lowered: bool  # a later account leaves no room for what was said by this day
    words: Words


@dataclass(frozen=True, slots=True)
class Series:
    """Estimates of one quantity along as-of days. Running totals never fall; other counts stand each for its day."""

    event: str
    population: Population
    outcome: Outcome
    kind: Literal["running", "daily"]
    points: tuple[Point, ...]
    undated: tuple[str, ...]  # claims that nobody dates
    words: Words
