"""The nouns of the views: what a comparison tells of an event along time, of an operation, of who did it, of sources.

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
#: What an origin says of an actor's part: names it, owns up, denies for itself, denies for another, expects it.
Says = Literal["names", "owns", "denies_itself", "denies", "expects"]
Standing = Literal["admitted", "disputed", "denied", "named", "expected"]
Changed = Literal["figure", "population", "bound", "hedge", "attribution", "status"]


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


@dataclass(frozen=True, slots=True)
class Voice:
    """What one origin says of an actor's part in an event."""

    origin: str
    name: str
    side: str | None
    says: Says
    event_types: tuple[EventType, ...]
    claims: tuple[str, ...]
    doubted_by: tuple[str, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Actor:
    """One who is said to have done it, by whom, and whether it is admitted or denied."""

    name: str
    names: tuple[str, ...]  # as the claims write it
    standing: Standing
    voices: tuple[Voice, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who is said to have done what an event holds. ``unnamed`` are claims of what happened that do not say by whom."""

    event: str
    label: str
    actors: tuple[Actor, ...]
    unnamed: tuple[str, ...]
    denials: tuple[str, ...]  # claims that it did not happen, by others than the actors
    findings: tuple[str, ...]  # an accusation and its denial


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that nobody says and that would help to settle a contradiction; ``ask`` are origins that may know."""

    kind: str
    claims: tuple[str, ...]
    ask: tuple[str, ...]
    names: tuple[str, ...]  # of those to ask
    weight: float
    words: Words


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle one contradiction, what helps most first. ``size`` is how far the two are apart."""

    finding: str
    event: str
    claims: tuple[str, str]
    size: float  # log ratio of the nearest bounds; of statuses that of a doubling
    latest: str | None  # the later of the two as-of days
    gaps: tuple[Gap, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 95 % interval (Wilson) of the share; no share of nothing."""

    count: int
    of: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bias:
    """How an origin's counts stand to those of others: the median log ratio, its interval where there are enough."""

    count: int
    log_ratio: float | None
    low: float | None
    high: float | None
    enough: bool
    claims: tuple[str, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Profile:
    """How one origin stands to the others in this material. It says nothing of who tells the truth."""

    origin: str
    name: str
    sides: tuple[str, ...]
    events: tuple[str, ...]
    claims: tuple[str, ...]  # said by it, without repeats
    repeats: tuple[str, ...]  # claims in which others carry its words
    alone: Share
    corroborated: Share
    contradicted: Share
    revised: Share
    copying: Share  # of the claims of its reports, those that repeat the words of another report
    bias: Bias
    words: Words


@dataclass(frozen=True, slots=True)
class Variant:
    """What a relay changed of one account: ``before`` in ``first``, ``after`` in ``other``."""

    event: str
    origin: str
    name: str
    relay: str
    changed: Changed
    first: str
    other: str
    before: str
    after: str
    finding: str
    words: Words


@dataclass(frozen=True, slots=True)
class Views:
    """Everything that a comparison tells beside its findings."""

    stories: tuple[Story, ...]
    operations: tuple[Operation, ...]
    series: tuple[Series, ...]
    responsibility: tuple[Responsibility, ...]
    settling: tuple[Settling, ...]
    profiles: tuple[Profile, ...]
    variants: tuple[Variant, ...]
