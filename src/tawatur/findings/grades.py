"""Where origins stand on a quantity in, a proposed grade with its grounds out, in the sense of Airwars."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tawatur.events.words import tokens
from tawatur.findings.intervals import overlap
from tawatur.findings.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tawatur.findings.estimates import Stand
    from tawatur.findings.wording import Both
    from tawatur.model import Account, Grade

_HARM = {"killed", "injured", "detained", "destroyed", "blocked", "besieged"}


def graded(stands: Sequence[Stand], accounts: Mapping[str, Account]) -> tuple[Grade, Both]:
    """The grade and its grounds in English and Arabic: confirmed, contested, fair, weak, the first that holds."""
    names = [accounts[s.origin].name if s.origin in accounts else s.origin for s in stands]
    listed = (", ".join(names), "، ".join(names))
    owners = [name for name, s in zip(names, stands, strict=True) if _owns_up(s)]
    if owners:
        return "confirmed", say("grades", "confirmed", names=(", ".join(owners), "، ".join(owners)))
    if any(not overlap(a.frame.interval, b.frame.interval) for a, b in combinations(stands, 2)):
        return "contested", say("grades", "contested", names=listed)
    sides = {a.side for s in stands if (a := accounts.get(s.origin)) and a.side}
    known = sum(bool((a := accounts.get(s.origin)) and a.side) for s in stands)
    if len(stands) < 2 or (known == len(stands) and len(sides) == 1):
        return "weak", say("grades", "weak", names=listed)
    told = say("sides", "several", n=str(len(sides))) if len(sides) > 1 else say("sides", "unknown")
    return "fair", say("grades", "fair", n=str(len(stands)), names=listed, sides=told)


def _owns_up(stand: Stand) -> bool:
    """True when the origin is itself the actor of the harm that it counts."""
    claim = stand.frame.claim
    if stand.frame.outcome not in _HARM or claim.origin is None or claim.event_type == "casualties":
        return False
    voice = set(tokens(claim.origin.body or claim.origin.name))
    return any(voice and set(tokens(actor.name)) == voice for actor in claim.actors)
