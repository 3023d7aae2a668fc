"""The record in, its events and findings brought up to it out: only what new reports touch is compared anew."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from tawatur.codec import loads
from tawatur.events.blocking import EVERY
from tawatur.findings import doubts
from tawatur.ledger import near_tables as near
from tawatur.ledger import near_whole, writing
from tawatur.ledger.connect import reading as reads
from tawatur.ledger.near_candidates import chances
from tawatur.ledger.near_copying import traced
from tawatur.ledger.near_findings import told
from tawatur.ledger.near_grouping import regrouped
from tawatur.ledger.near_rows import changed, forgotten, moved, remembered, reports_of
from tawatur.ledger.near_state import State
from tawatur.ledger.near_tables import near_pairs
from tawatur.ledger.review_pairs import judgements, judgements_in
from tawatur.ledger.rights import acting
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, reports
from tawatur.model import Claim, Issue, Report
from tawatur.settings import versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from tawatur.ledger.record import Ledger
    from tawatur.model import OnIssue

PART = 0.2  # of the claims: where more than these are new, the whole record is compared


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """The run that the changes stand under, 0 where there was nothing to do; what was done."""

    run: int
    whole: bool  # the whole record was compared
    claims: int  # that are new, or no longer what they were
    events: int  # that were made anew


def catch_up(ledger: Ledger, *, whole: bool = False, on_issue: OnIssue | None = None) -> CaughtUp:
    """Bring events, findings and copies up to the reports that stand.

    Compared anew are the events that new claims may belong to, and those that lost claims; the rest stands. The whole
    record is compared the first time, where ``whole`` asks for it, where it is small (``blocking.EVERY`` claims), and
    where more than a fifth of it is new.
    """
    issues: list[Issue] = []

    def tell(issue: Issue) -> None:
        issues.append(issue)
        if on_issue:
            on_issue(issue)

    done = None if whole else _by_part(ledger, tell, issues)
    return done or _whole(ledger, tell, issues)


def _by_part(ledger: Ledger, tell: OnIssue, issues: Sequence[Issue]) -> CaughtUp | None:
    """What new reports touch, compared anew; None where the whole record must be."""
    with acting(ledger, ledger.author, "catch up") as connection:
        if not near.there(connection):
            return None
        new, size = changed(connection)
        if not new:
            return CaughtUp(0, whole=False, claims=0, events=0)
        if size <= EVERY or len(new) > PART * size:
            return None
        done = _some(ledger, connection, reports_of(connection, new), tell)
        _finished(ledger, connection, done, issues)
        return done


def _whole(ledger: Ledger, tell: OnIssue, issues: Sequence[Issue]) -> CaughtUp:
    with reads(ledger.engine) as connection:
        texts = [loads(Report, b) for b in connection.execute(select(reports.c.body)).scalars()]
        query = (
            select(claims.c.version, claims.c.body).select_from(CLAIMS_BY_RUN).where(claims_standing.c.until.is_(None))
        )
        held = {version: loads(Claim, body) for version, body in connection.execute(query)}
    made, view = near_whole.compared(texts, list(held.values()), judgements(ledger), tell)
    with acting(ledger, ledger.author, "catch up") as connection:
        run = _begun(ledger, connection)
        writing.put_views(connection, run, made)
        near_whole.remember(connection, made, view, {claim.id: version for version, claim in held.items()})
        done = CaughtUp(run, whole=True, claims=len(held), events=len(made.events))
        _finished(ledger, connection, done, issues)
    return done


def _some(ledger: Ledger, connection: Connection, touched: set[str], tell: OnIssue) -> CaughtUp:
    run, state = _begun(ledger, connection), State(connection)
    gone, beside, old = forgotten(state, touched)
    rows, numbers = remembered(state, touched)
    pairs = chances(state, rows, numbers)
    near.put(connection, near_pairs, near.both_ways((a, b, chance) for (a, b), chance in pairs.items()))
    lineage, copied = traced(state, touched, pairs)
    lost = {known.event for known in gone if known.event}
    decided = judgements_in(connection)
    groups, held, together = regrouped(state, set(numbers.values()), lost, decided, tell)
    made, replaced = told(state, groups, held, together, tell)
    old |= copied | replaced | state.standing(lost) | state.findings_on({known.id for known in gone}, beside)
    fresh, texts = [row.claim for row in rows], {row.report.id: row.report for row in rows}
    found = doubts(fresh, made.findings, lineage, texts.values())
    writing.put_views_for(connection, run, replace(made, lineage=lineage, doubts=found), old)
    moved(connection, near_whole.homes_of(made.events), held)
    return CaughtUp(run, whole=False, claims=len(fresh), events=len(made.events))


def _begun(ledger: Ledger, connection: Connection) -> int:
    return ledger.begin(connection, {"catch up": True, "versions": versions()})


def _finished(ledger: Ledger, connection: Connection, done: CaughtUp, issues: Sequence[Issue]) -> None:
    writing.finish(connection, done.run, ledger.clock(), issues)
    ledger.log(connection, "finish run", str(done.run), after=asdict(done))
