"""The places of a claim among those of its report, in languages that set words side by side."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.claims import confidence
from tawatur.claims.places_governing import PLACELESS, Asked, governing
from tawatur.claims.places_hits import AGAIN, PlaceHit
from tawatur.model import Place, Role

_MOVES = frozenset({"evacuation", "displacement", "withdrawal", "return", "mobilisation"})
_FRONTED = 5


def settle(asked: Asked) -> tuple[Place, ...]:
    """The places of a claim's tokens; when it names none, the one that opens its sentence or governs it from before."""
    ground = asked.ground
    own = ground.within(asked.first, asked.after)
    if own:
        kept = [hit for hit in own if not _said_twice(hit, own)]
        return tuple(hit.place(_role_in(hit, asked.event_type), "own") for hit in kept)
    if asked.event_type in PLACELESS:
        return ()
    start = ground.sentence(asked.first)
    for hit in ground.within(start, start + _FRONTED):
        if hit.after <= asked.first and ground.tokens.words[min(hit.after, len(ground.tokens) - 1)].fold == ",":
            return (hit.place("at", "fronted"),)
    found, odds = governing(asked)
    return (found.place("at", "governing", confidence.lead(odds)),) if found is not None else ()


def _said_twice(hit: PlaceHit, own: Sequence[PlaceHit]) -> bool:
    """Whether a second mention ("the town") points to what the same claim names."""
    return hit.rule == AGAIN and any(h.name == hit.name and h.rule != AGAIN for h in own)


def _role_in(hit: PlaceHit, event_type: str) -> Role:
    return "at" if hit.role == "from" and event_type not in _MOVES else hit.role
