"""What changed in the record between two moments."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.ledger.record import Ledger
from tawatur.model import Claim


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims that came, went, or stand with other values (before, after), each by report and place."""

    came: tuple[Claim, ...]
    went: tuple[Claim, ...]
    changed: tuple[tuple[Claim, Claim], ...]


def changes(ledger: Ledger, since: int | str, until: int | str | None = None) -> Changes:
    """What changed after a run (a number) or a time (ISO 8601), up to another or to now."""
    before = {claim.id: claim for claim in ledger.claims(as_of=since)}
    after = {claim.id: claim for claim in ledger.claims(as_of=until)}
    return Changes(
        tuple(claim for key, claim in after.items() if key not in before),
        tuple(claim for key, claim in before.items() if key not in after),
        tuple((before[k], claim) for k, claim in after.items() if k in before and _differ(before[k], claim)),
    )


def _differ(one: Claim, other: Claim) -> bool:
    return one != other or one.confidence != other.confidence
