"""Claims as they stood at some time in, the same as people had decided by then out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from tawatur.ledger.review_fields import found_again
from tawatur.ledger.review_rows import PAIRED, REMARKS, Decision, applied, made_of
from tawatur.ledger.schema import decisions, runs
from tawatur.model import Claim


def reviewed_then(connection: Connection, claims: Sequence[Claim], moment: str | None) -> tuple[Claim, ...]:
    """The claims without those rejected by a moment (ISO 8601, None for now), the others as corrected by then.

    A decision counts for the claim that it was made about, and for that which it has been settled on since.
    """
    held: dict[str, list[Decision]] = defaultdict(list)
    by_id = {claim.id: claim for claim in claims}
    for made in _made(connection, moment):
        home = by_id.get(made.anchor.claim) or by_id.get(made.claim or "")
        if home is not None:
            field = found_again(home, made.field, made.part) if made.field else made.field
            held[home.id].append(replace(made, claim=home.id, now=field, withdrawn=None, unsettled=""))
    then = (applied(claim, held[claim.id]) if claim.id in held else claim for claim in claims)
    return tuple(claim for claim in then if claim is not None)


def until(connection: Connection, as_of: int | str) -> str | None:
    """The moment up to which decisions count: a time as it is, of a run that at which the next one began."""
    if isinstance(as_of, str):
        return as_of
    found: str | None = connection.execute(select(func.min(runs.c.at)).where(runs.c.id > as_of)).scalar()
    return found


def _made(connection: Connection, moment: str | None) -> Iterator[Decision]:
    """The decisions about single claims that held at a moment, in the order in which they came."""
    for row in connection.execute(select(decisions).order_by(decisions.c.seq)).mappings():
        made = made_of(row)
        gone = made.withdrawn is not None and (moment is None or made.withdrawn.at <= moment)
        if made.action not in (*REMARKS, *PAIRED) and not gone and (moment is None or made.at <= moment):
            yield made
