"""A claim's id in, what one must see to decide about it out: its report, what was decided, the claims beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tawatur.codec import loads
from tawatur.errors import NotFoundError
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.reviewing import Reviewed, reviewed_in
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, reports
from tawatur.model import Claim, Report


@dataclass(frozen=True, slots=True)
class Context:
    """A claim in its report, with the claims before and after it in the text, as people decided about each."""

    report: Report
    found: Reviewed
    before: Reviewed | None
    after: Reviewed | None

    @property
    def claim(self) -> Claim:
        """The claim as it is to be shown: as people have it, or as the machine read it where they rejected it."""
        return self.found.claim or self.found.machine


def context(ledger: Ledger, claim: str) -> Context:
    """A claim that stands, in its report. Raises NotFoundError for any other."""
    with reading(ledger.engine) as connection:
        standing = select(claims.c.report).select_from(CLAIMS_BY_RUN).where(claims_standing.c.until.is_(None))
        home = connection.execute(standing.where(claims.c.id == claim)).scalar()
        if home is None:
            raise NotFoundError(f"no claim {claim!r} stands", "tawatur review list tells those that do")
        report = loads(Report, connection.execute(select(reports.c.body).where(reports.c.id == home)).scalar_one())
        mine = select(claims.c.id).select_from(CLAIMS_BY_RUN).where(claims_standing.c.until.is_(None))
        ids = list(connection.execute(mine.where(claims.c.report == home)).scalars())
        held = reviewed_in(connection, ids)
    at = next(n for n, one in enumerate(held) if one.machine.id == claim)
    return Context(report, held[at], held[at - 1] if at else None, held[at + 1] if at + 1 < len(held) else None)
