"""Decisions on pairs of claims: same, different, unsure; for the grouping of events."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from tawatur.errors import LedgerError
from tawatur.events.judged import settled
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_rows import PAIRED, Decision, effective, made_of
from tawatur.ledger.schema import decisions
from tawatur.model import Issue, Judgement, Lineage


def consistent(connection: Connection, made: Sequence[Decision]) -> None:
    """Raise LedgerError where a decision on a pair contradicts what those before it imply."""
    mine = {f"{one.claim} {one.other}" for one in made if one.action in PAIRED}
    if not mine:
        return
    refused: list[Issue] = []
    held = judgements_in(connection)
    settled(held, Lineage(), {key for one in held for key in (one.a, one.b)}, refused.append)
    if issue := next((issue for issue in refused if issue.place in mine), None):
        raise LedgerError(f"{issue.place}: {issue.reason}", issue.advice)


def judgements(ledger: Ledger) -> tuple[Judgement, ...]:
    """Decisions on pairs of claims that stand, for the grouping of events: the latest on each pair."""
    with reading(ledger.engine) as connection:
        return judgements_in(connection)


def judgements_in(connection: Connection) -> tuple[Judgement, ...]:
    """The same inside a transaction."""
    paired = select(decisions).where(decisions.c.other.is_not(None), decisions.c.claim.is_not(None))
    rows = connection.execute(paired.order_by(decisions.c.seq)).mappings()
    held = [made for key, made in effective(map(made_of, rows)).items() if key[0] == "pair"]
    return tuple(
        Judgement(one.claim or "", one.other or "", one.action, one.author, one.at, one.reason)  # type: ignore[arg-type]
        for one in held
    )
