"""Claims as a weak reader would give them, to see how the later stages bear it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from tawatur.events.families import family
from tawatur.events.label import type_names
from tawatur.model import EventType, Outcome, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.model import Claim, Figure


def degraded(claims: Iterable[Claim], seed: str) -> list[Claim]:
    """Claims as a weak reader would give them; the same seed gives the same."""
    dice = random.Random(seed)
    return [_worse(c, dice) for c in claims if dice.random() >= 0.15]


def _worse(claim: Claim, dice: random.Random) -> Claim:
    kin = [t for t in sorted(type_names()) if family(t) == family(claim.event_type)]
    return replace(
        claim,
        event_type=dice.choice(kin) if dice.random() < 0.2 else claim.event_type,
        places=tuple(replace(p, lat=None, lon=None) if dice.random() < 0.3 else p for p in claim.places),
        times=tuple(t for t in claim.times if dice.random() >= 0.3),
        actors=tuple(a for a in claim.actors if dice.random() >= 0.3),
    )


def rough(claims: Iterable[Claim], seed: str) -> list[Claim]:
    """Claims with all faults that a reader has: also types of other families, statuses, figures and sources."""
    dice = random.Random(seed)
    return [_rougher(_worse(c, dice), dice) for c in claims if dice.random() >= 0.12]


def _rougher(claim: Claim, dice: random.Random) -> Claim:
    types: list[EventType] = [*get_args(EventType)]
    statuses: list[Status] = ["occurred", "occurred", "ongoing", "planned"]
    return replace(
        claim,
        event_type=dice.choice(types) if dice.random() < 0.12 else claim.event_type,
        status=dice.choice(statuses) if dice.random() < 0.15 else claim.status,
        attribution=() if dice.random() < 0.1 else claim.attribution,
        figures=tuple(_miscounted(f, dice) for f in claim.figures if dice.random() >= 0.1),
        affected=tuple(a for a in claim.affected if dice.random() >= 0.4),
        places=tuple(p for p in claim.places if dice.random() >= 0.2),
    )


def _miscounted(figure: Figure, dice: random.Random) -> Figure:
    outcomes: list[Outcome] = ["none", "killed", "evacuated", "displaced"]
    return replace(
        figure,
        population="people" if dice.random() < 0.1 else figure.population,
        outcome=dice.choice(outcomes) if dice.random() < 0.12 else figure.outcome,
        cumulative=figure.cumulative != (dice.random() < 0.2),
        part_of=None if dice.random() < 0.3 else figure.part_of,
    )
