"""Claims as a weak reader would give them, to see how the later stages bear it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from tawatur.events.blocking import family
from tawatur.events.label import type_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.model import Claim


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
