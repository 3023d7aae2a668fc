"""Claims that people added in, where they stand out: beside what a reader finds, or in one with it once it finds them.

A claim that people add is a decision (``add``) with the whole claim as its value; a row among the claims stands for it
as long as the decision holds and no reader finds the same claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from tawatur.codec import build, dumps, loads
from tawatur.errors import LedgerError
from tawatur.ledger import audit, writing
from tawatur.ledger.review_fields import LEAST, PARTS, fault, fields_of, overlap, plain, value_of
from tawatur.ledger.review_rows import ADD, PEOPLE, Decision, made_of
from tawatur.ledger.review_told import inside
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, decisions, reports
from tawatur.model import Claim, Report

_ADDS = f'%"action":"{ADD}"%'  # in a decision's body
Found = Sequence[tuple[Report, Sequence[Claim]]]


def added_claim(value: Any, text: str) -> Claim:
    """The claim that a decision adds, from its value. Raises LedgerError for one that cannot be."""
    try:
        made: Claim = build(Claim, value)
        named = made.id == Claim.key(made.report, made.span, made.event_type) and made.reader == PEOPLE
        told = fields_of(made)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise LedgerError(f"no claim ({error})", "give it as tawatur review export wrote it") from None
    if not named or plain(made) != plain(value):
        raise LedgerError("its id, reader or fields are not those of an added claim", "add it with tawatur review add")
    for name, held in told.items():
        if name.count(".") != 1 and not (held is None and name.endswith(".text")):
            value_of(name, held)
            inside(name, held, text)
    for name in PARTS:
        for part in getattr(made, name):
            inside("span", plain(part.span), text)
    if wrong := fault(made):
        raise LedgerError(f"the claim would have {wrong}", "nothing was decided")
    return made


def with_added(connection: Connection, found: Found) -> tuple[Found, dict[str, str]]:
    """What a reader found in reports, with the claims that people added there and it did not find.

    Beside it, for those that it found, their ids and the ids of what it found; that is the same claim when it shares at
    least half of the words of both, came new with this reading, and is no later reading of some other claim.
    """
    held = _adds(connection, [report.id for report, _ in found])
    if not held:
        return found, {}
    before = _standing(connection, list(held))
    moved: dict[str, str] = {}
    whole = []
    for report, mine in found:
        known = {claim.id: claim for claim in mine}
        stood = {claim.id: claim for claim in before[report.id] if claim.reader != PEOPLE}
        fresh = [claim for key, claim in known.items() if key not in stood]
        more = []
        for made in held.get(report.id, ()):
            claim: Claim = build(Claim, made.value)
            gone = [one for key, one in stood.items() if key not in known and key != made.claim]
            home = next((key for key in (made.claim, claim.id) if key in known), None)
            home = home or same_claim(claim, [one for one in fresh if one.id not in moved.values()], gone)
            if home is None:
                more.append(claim)
            else:
                moved[claim.id] = home
        whole.append((report, [*mine, *more]))
    return whole, moved


def same_claim(claim: Claim, among: Iterable[Claim], gone: Sequence[Claim] = ()) -> str | None:
    """Which of some claims says what a claim says; None where none does, or several do.

    One that is nearer to a claim that is ``gone`` is that one's later reading.
    """

    def near(one: Claim, other: Claim) -> tuple[bool, float]:
        return one.event_type == other.event_type, overlap(one.span, other.span)

    likely = [one for one in among if overlap(one.span, claim.span) >= LEAST]
    likely = [one for one in likely if not any(near(lost, one) >= near(claim, one) for lost in gone)]
    best = max((near(claim, one) for one in likely), default=None)
    same = [one.id for one in likely if near(claim, one) == best]
    return same[0] if len(same) == 1 else None


def restand(connection: Connection, ids: Iterable[str], *, at: str, author: str) -> None:
    """Let the claims that people added stand as decisions say, in a run of its own where that changes any."""
    wanted = sorted(set(ids))
    held, before = _adds(connection, wanted), _standing(connection, wanted)
    changed: list[tuple[str, list[Claim]]] = []
    for key in wanted:
        read = [claim for claim in before[key] if claim.reader != PEOPLE]
        known = {claim.id for claim in read}
        more = [build(Claim, made.value) for made in held.get(key, ()) if not {made.claim, made.anchor.claim} & known]
        if sorted(map(dumps, more)) != sorted(dumps(claim) for claim in before[key] if claim.reader == PEOPLE):
            changed.append((key, [*read, *more]))
    if not changed:
        return
    told = {"added by people": [key for key, _ in changed]}
    run = writing.begin(connection, at, told)
    audit.append(connection, at=at, author=author, action="begin run", subject=str(run), after=told)
    bodies = connection.execute(select(reports.c.body).where(reports.c.id.in_([key for key, _ in changed]))).scalars()
    texts = {report.id: report for report in (loads(Report, body) for body in bodies)}
    writing.put_reports(connection, run, [(texts[key], mine) for key, mine in changed])
    writing.finish(connection, run, at, ())


def added_among(connection: Connection, ids: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of reports that stand because people added them."""
    held = _standing(connection, list(_adds(connection, ids)))
    return tuple(claim for mine in held.values() for claim in mine if claim.reader == PEOPLE)


def read_in(connection: Connection, report: str) -> list[Claim]:
    """The claims of a report that stand because a reader found them."""
    return [claim for claim in _standing(connection, [report])[report] if claim.reader != PEOPLE]


def _adds(connection: Connection, ids: Sequence[str]) -> Mapping[str, list[Decision]]:
    """The decisions that add claims to reports and hold, by report: the latest for each claim."""
    out: dict[str, dict[str, Decision]] = defaultdict(dict)
    for few in writing.groups(ids):
        chosen = decisions.c.report.in_(few) & decisions.c.body.like(_ADDS) & decisions.c.withdrawn.is_(None)
        for row in connection.execute(select(decisions).where(chosen).order_by(decisions.c.seq)).mappings():
            made = made_of(row)
            out[made.anchor.report][made.anchor.claim] = made
    return {key: list(held.values()) for key, held in out.items()}


def _standing(connection: Connection, ids: Sequence[str]) -> dict[str, list[Claim]]:
    """The claims of reports that stand."""
    out: dict[str, list[Claim]] = defaultdict(list)
    for few in writing.groups(ids):
        chosen = claims.c.report.in_(few) & claims_standing.c.until.is_(None)
        for body in connection.execute(select(claims.c.body).select_from(CLAIMS_BY_RUN).where(chosen)).scalars():
            claim = loads(Claim, body)
            out[claim.report].append(claim)
    return out
