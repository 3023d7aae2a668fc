"""What happened to what a figure counts: by the nearest cue, the noun itself, or the kind of claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from tawatur.claims.figures_context import Context, Cue
from tawatur.claims.figures_hits import FigureHit
from tawatur.model import EventType, Outcome, Population

_VEHICLES = frozenset({"buses", "trucks", "ambulances", "vehicles", "convoys"})
_SHOTS = frozenset({"strikes", "munitions"})
_UNTOUCHED = frozenset({"hours", "days", "money"})
#: When no word tells: what a claim of this type says of people.
BY_TYPE: dict[str, Outcome] = {
    "casualties": "killed", "clash": "killed", "airstrike": "killed", "shelling": "killed", "bombing": "killed",
    "attack": "killed", "evacuation": "evacuated", "displacement": "displaced", "return": "returned",
    "siege": "besieged", "obstruction": "blocked", "aid": "reached", "detention": "detained", "release": "released",
    "capture": "seized", "mobilisation": "deployed", "withdrawal": "surrendered", "protest": "present",
    "needs": "in_need",
}  # fmt: skip
_VEHICLES_BY_TYPE: dict[str, Outcome] = {"aid": "reached", "mobilisation": "deployed"}
_STRONG_AFTER = 2
_DEAD = frozenset({"population.dead", "population.victims"})
_HURTS = frozenset({"killed", "injured"})
_MOVED = frozenset({"evacuated", "reached", "returned", "released", "remaining"})


def certain(context: Context, population: Population) -> Outcome | None:
    """What the annotation guide settles by the noun alone: strikes are carried out, the dead were killed."""
    if population == "strikes":
        return "carried_out"
    dead = not _DEAD.isdisjoint(context.hit.rules)
    return "killed" if dead and context.hit.outcome == "killed" else None


def by_rule(context: Context, population: Population, event_type: EventType, before: Outcome | None) -> Outcome:
    """The outcome that cues and tables give; ``before`` is that of the figure before it in a list."""
    hit = context.hit
    if hit.outcome and population != "wounded":
        return hit.outcome
    cue = _cue(context)
    if hit.outcome:
        return cue if cue in _MOVED else hit.outcome
    if hit.noun_cls == "span" or population in _UNTOUCHED:
        return "none"
    if population in _SHOTS:
        return cue if cue in ("destroyed", "seized") else "carried_out"
    if population in _VEHICLES:
        return _vehicle(cue, event_type)
    if (context.listed or context.whole is not None) and not context.own and before:
        return before
    return cue or _fallback(hit, event_type)


def _vehicle(cue: Outcome | None, event_type: EventType) -> Outcome:
    if event_type == "evacuation" or cue == "evacuated":
        return "carried_out"
    if event_type == "obstruction" or cue == "blocked":
        return "blocked"
    return cue or _VEHICLES_BY_TYPE.get(event_type, "destroyed")


def _cue(context: Context) -> Outcome | None:
    """The cue that governs: a strong one since the figure before, a verb that follows, a strong one before, any."""
    near = [c for c in context.after if c.verb and c.distance <= _STRONG_AFTER]
    order = (context.own, near, context.before, context.after)
    cue = _strong(order) or next((cues[0] for cues in order if cues), None)
    return cast(Outcome, cue.outcomes[0]) if cue else None


def _strong(order: Iterable[Sequence[Cue]]) -> Cue | None:
    for cues in order:
        for cue in cues:
            if not cue.weak:
                return cue
    return None


def _fallback(hit: FigureHit, event_type: EventType) -> Outcome:
    return BY_TYPE.get(event_type, "none") if hit.noun_cls != "thing" else "none"
