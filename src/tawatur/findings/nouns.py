"""The nouns of the views: what a comparison tells of an event along time, of an operation, of who did it, of sources.

Every statement points to the ids of the claims it rests on and carries its words in English and Arabic. Days are ISO
dates, None where unknown; ``as_of_from`` tells whether the day is that of the event or of the statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.findings.nouns_course import (
    AsOf,
    Clash,
    Count,
    Inside,
    Monitored,
    Operation,
    OperationKind,
    Phase,
    PhaseName,
    Point,
    Running,
    Series,
    Story,
    SumCheck,
    Words,
)
from tawatur.terms import EventType

__all__ = [
    "Actor",
    "AsOf",
    "Bias",
    "Changed",
    "Clash",
    "Count",
    "Gap",
    "Inside",
    "Monitored",
    "Operation",
    "OperationKind",
    "Phase",
    "PhaseName",
    "Point",
    "Profile",
    "Responsibility",
    "Running",
    "Says",
    "Series",
    "Settling",
    "Share",
    "Standing",
    "Story",
    "SumCheck",
    "Variant",
    "Views",
    "Voice",
    "Words",
]

#: What an origin says of an actor's part: names it, owns up, denies for itself, denies for another, expects it.
Says = Literal["names", "owns", "denies_itself", "denies", "expects"]
Standing = Literal["admitted", "disputed", "denied", "named", "expected"]
Changed = Literal["figure", "population", "bound", "hedge", "attribution", "status"]


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
