"""A claim that no reader found in, as somebody tells it, the same in the record out: marked as made by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from tawatur.codec import dumps, loads
from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_added import added_claim, restand
from tawatur.ledger.review_correcting import corrected
from tawatur.ledger.review_fields import plain, value_of
from tawatur.ledger.review_rows import ADD, PEOPLE, Decision, key_of, of_claims, standing_claims
from tawatur.ledger.review_settling import settle
from tawatur.ledger.review_told import inside, resolved, span_of
from tawatur.ledger.reviewing import anchor_of, named, put
from tawatur.ledger.rights import acting
from tawatur.ledger.schema import reports
from tawatur.model import Claim, Report, Span

_BY = "added by "  # the rule of a claim that people added begins so; who did follows


def add_claim(
    ledger: Ledger,
    report: str,
    words: str | Span,
    event_type: str,
    fields: Iterable[tuple[str, Any]] = (),
    *,
    author: str,
    reason: str = "",
    at: str | None = None,
) -> Decision:
    """A claim that a report (its id, or its name) puts forward and no reader found, with an entry in the audit log.

    ``words`` are the claim's in the report, or where they stand; ``fields`` are given as to ``correct``: ``status``,
    ``attribution``, ``figures.+`` and so on. It stands among the claims from then on, whatever later runs find; once a
    reader finds the same claim, both are one. Withdrawing the decision takes it out again. Raises NotFoundError for a
    report that is not there, LedgerError for words or values that cannot be and for a claim that stands already.
    """
    author = named(author)
    with acting(ledger, author, "decide") as connection:
        now, home = at or ledger.clock(), _report(connection, report)
        claim = _told(home, words, value_of("event_type", event_type), fields, author)
        if claim.id in standing_claims(connection, [claim.id]):
            raise LedgerError(f"claim {claim.id} says so already", "correct that one: tawatur review correct")
        value = plain(claim)
        added_claim(value, home.text)
        made = Decision("", anchor_of(claim), ADD, "", None, value, None, author, now, reason, None, claim.id, None, "")
        made = replace(made, id=key_of(made))
        put(connection, [made], at=now, author=author)
        restand(connection, [home.id], at=now, author=author)
        settle(connection, [home.id], at=now, author=author)
        return next(one for one in of_claims(connection, [claim.id])[claim.id] if one.id == made.id)


def gone_from(connection: Connection, withdrawn: Sequence[Decision], *, at: str, author: str) -> None:
    """Let claims stand no longer that were added by decisions that are withdrawn, inside the transaction of that."""
    touched = sorted({made.anchor.report for made in withdrawn if made.action == ADD})
    if touched:
        restand(connection, touched, at=at, author=author)
        settle(connection, touched, at=at, author=author)


def _told(report: Report, words: str | Span, event_type: Any, fields: Iterable[tuple[str, Any]], author: str) -> Claim:
    """The claim as somebody tells it."""
    span = span_of(report.text, words)
    key = Claim.key(report.id, span, event_type)
    claim = Claim(key, report.id, span, event_type, "occurred", rules=(_BY + author,), reader=PEOPLE)
    for told, given in fields:
        name, value = resolved(claim, report.text, told, given)
        if name in ("event_type", "span"):
            raise LedgerError(f"{name} given as a field", "give the words and the type themselves")
        if name.partition(".")[2].partition(".")[0].isdecimal():
            raise LedgerError(f"an added claim has no {name}", "add its parts: figures.+, places.+")
        value = value_of(name, value)
        inside(name, value, report.text)
        claim = corrected(claim, [(name, value)])
    return claim


def _report(connection: Connection, told: str) -> Report:
    """A report by its id, or by its name where only one has it."""
    if body := connection.execute(select(reports.c.body).where(reports.c.id == told)).scalar():
        return loads(Report, body)
    written = dumps(told).decode()[1:-1]  # as JSON has it
    likely = select(reports.c.body).where(reports.c.body.contains(written, autoescape=True))
    found = [report for body in connection.execute(likely).scalars() if (report := loads(Report, body)).name == told]
    if len(found) > 1:
        raise LedgerError(f"{len(found)} reports are named {told!r}", f"give an id, such as {found[0].id}")
    if not found:
        raise NotFoundError(f"the ledger has no report {told!r}", "give its id or its name, as tawatur search tells it")
    return found[0]
