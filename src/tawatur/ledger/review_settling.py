"""A re-run's claims in, decisions where they belong now out; those that the re-run unsettles say why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

from sqlalchemy import Connection, func, select, update

from tawatur.codec import build, dumps, loads
from tawatur.ledger import review_fields as of_fields
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_rows import ADD, PAIRED, PEOPLE, REMARKS, Anchor, Decision, effective, made_of, row_of
from tawatur.ledger.reviewing import count, log, refresh, told
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, decisions
from tawatur.model import Claim

_SHOWN = 3
#: The fields of claims, and of their parts, that the first ledgers looked at.
_AT_FIRST = (
    "event_type", "status", "origin", "low", "high", "population", "outcome", "cumulative", "start", "end",
)  # fmt: skip
_AT_ONCE = 500
Seen = dict[str, tuple[int, int | None]]


def settle(
    connection: Connection, reports: Sequence[str], *, at: str, author: str, moved: Mapping[str, str] | None = None
) -> None:
    """Put the decisions about reports that were read again where they belong, inside the transaction of the reading.

    ``moved`` says of claims that people added which claims are the same (``review_added.with_added``).
    """
    for group in (reports[n : n + _AT_ONCE] for n in range(0, len(reports), _AT_ONCE)):
        about = select(decisions).where(decisions.c.report.in_(group)).order_by(decisions.c.seq)
        held = [made_of(row) for row in connection.execute(about).mappings()]
        if held:
            _settle(connection, held, moved or {}, at=at, author=author)


def _settle(
    connection: Connection, held: Sequence[Decision], moved: Mapping[str, str], *, at: str, author: str
) -> None:
    since = {made.anchor.claim: made.claim for made in held if made.action == ADD and not made.withdrawn and made.claim}
    homes = _homes(connection, {x.report for made in held for x in (made.anchor, made.second) if x}, {**since, **moved})
    placed = [homes.placed(made) if made.withdrawn is None else made for made in held]
    anchors: dict[str, set[str]] = defaultdict(set)
    for made in placed:
        if made.claim and made.withdrawn is None and made.action not in (*REMARKS, *PAIRED):
            anchors[made.claim].add(made.anchor.claim)
    touched: set[str] = set()
    for before, made in zip(held, placed, strict=True):
        if made.claim and homes.stood_together(anchors[made.claim]) and made.action not in (*REMARKS, *PAIRED):
            made = replace(made, unsettled=made.unsettled or "decisions about several claims meet in this one")
        if made == before:
            continue
        touched |= {key for one in (before, made) for key in (one.claim, one.other) if key}
        row = row_of(made)
        values = {name: row[name] for name in ("claim", "other", "field", "unsettled")}
        connection.execute(update(decisions).where(decisions.c.id == made.id).values(**values))
        log(connection, "settle", made, at=at, author=author, before=told(before), after=told(made))
    count(connection, sorted(touched))
    refresh(connection, touched)


class _Homes:
    """The claims of some reports, those that stand and when the others stood."""

    def __init__(self, standing: Sequence[Claim], seen: Seen, moved: Mapping[str, str]) -> None:
        self.moved = moved
        self.by_id = {claim.id: claim for claim in standing}
        self.by_report: dict[str, list[Claim]] = defaultdict(list)
        for claim in standing:
            self.by_report[claim.report].append(claim)
        self.seen = seen

    def placed(self, made: Decision) -> Decision:
        """The decision where it belongs now."""
        claim, why = self._home(made.anchor)
        other, why_other = self._home(made.second) if made.second else (None, "")
        if claim is None or why_other:
            now = "" if made.action in PAIRED else None
            return replace(made, claim=_id(claim), other=_id(other), now=now, unsettled=why or why_other)
        now = of_fields.found_again(claim, made.field, made.part)
        why = "" if made.action in (*REMARKS, *PAIRED) else _unsettled(made, claim, now)
        return replace(made, claim=claim.id, other=_id(other), now=now, unsettled=why)

    def _home(self, anchor: Anchor) -> tuple[Claim | None, str]:
        """The claim that a decision is about, or why there is none."""
        for key in (anchor.claim, self.moved.get(anchor.claim, "")):
            if key in self.by_id:
                return self.by_id[key], ""
        near = [
            (claim.event_type == anchor.event_type, shared, claim)
            for claim in self.by_report[anchor.report]
            if (shared := of_fields.overlap(anchor.span, claim.span)) >= of_fields.LEAST
            and not self._beside(anchor, claim)
        ]
        if not near:
            return None, "the claim is read no more"
        best = max(near, key=lambda found: found[:2])
        if sum(found[:2] == best[:2] for found in near) > 1:
            return None, "the words are now several claims"
        return best[2], ""

    def stood_together(self, ids: Collection[str]) -> bool:
        """Whether two of these claims stood at one time: then they are several, and not readings of one."""
        ids = {self.moved.get(key, key) for key in ids}
        held = (self.seen[key] for key in ids if key in self.seen)
        periods = sorted((since, inf if until is None else until) for since, until in held)
        return any(later < until for (_, until), (later, _) in pairwise(periods))

    def _beside(self, anchor: Anchor, claim: Claim) -> bool:
        """Whether a claim stood already while the other one did: then it is another."""
        if anchor.claim not in self.seen:
            return False
        until = self.seen[anchor.claim][1]
        return until is None or self.seen[claim.id][0] < until


def _id(claim: Claim | None) -> str | None:
    return claim.id if claim else None


def _unsettled(made: Decision, claim: Claim, now: str | None) -> str:
    """Why a decision must be looked at again with this reading of its claim; empty when it need not."""
    if made.action == ADD:
        said: Claim = build(Claim, made.value)
        return "" if claim.reader == PEOPLE else _differing(of_fields.weighed(said), of_fields.weighed(claim))
    if now is None:
        return "" if of_fields.takes_out(made.field, made.action, made.value) else f"{made.field} is read no more"
    if made.field:
        read = of_fields.read_as(claim, now, made.value if made.action == "correct" else made.seen)
        known = (made.seen, made.value) if made.action == "correct" else (made.seen,)
        if not any(of_fields.says_the_same(read, one) for one in known):
            return f"the machine now reads {now} as {_shown(read)}, not {_shown(made.seen)}"
        if claim.event_type != made.anchor.event_type and made.field != "event_type":
            return f"the machine now reads {claim.event_type}, not {made.anchor.event_type}"
        return ""
    return _differing(made.seen, of_fields.weighed(claim))


def _differing(before: dict[str, Any], after: dict[str, Any]) -> str:
    if "attribution" not in before:  # decided when fewer fields were looked at
        after = {name: after[name] for name in after if name in before or name.rpartition(".")[2] in _AT_FIRST}
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    lines = [f"{name} as {_shown(after.get(name))}, not {_shown(before.get(name))}" for name in names[:_SHOWN]]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"the machine now reads {', '.join(lines)}{more}" if names else ""


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return str(value) if not isinstance(value, list | dict) else dumps(value).decode()


def _homes(connection: Connection, reports: set[str], moved: Mapping[str, str]) -> _Homes:
    mine = claims.c.report.in_(sorted(reports))
    standing = select(claims.c.body).select_from(CLAIMS_BY_RUN).where(mine, claims_standing.c.until.is_(None))
    found = [loads(Claim, body) for body in connection.execute(standing).scalars()]
    open_ones = func.count() - func.count(claims_standing.c.until)
    columns = claims.c.id, func.min(claims_standing.c.since), func.max(claims_standing.c.until), open_ones
    periods = select(*columns).select_from(CLAIMS_BY_RUN).where(mine).group_by(claims.c.id)
    seen: Seen = {key: (since, None if still else until) for key, since, until, still in connection.execute(periods)}
    return _Homes(found, seen, moved)


def unsettled(ledger: Ledger) -> tuple[Decision, ...]:
    """Decisions that hold and that a re-run unsettled, each with the reason, in the order in which they came."""
    with reading(ledger.engine) as connection:
        return unsettled_in(connection)


def unsettled_in(connection: Connection) -> tuple[Decision, ...]:
    """The same inside a transaction."""
    query = select(decisions).where(decisions.c.unsettled != "", decisions.c.withdrawn.is_(None))
    ill = [made_of(row) for row in connection.execute(query.order_by(decisions.c.seq)).mappings()]
    ids = sorted({made.claim or "" for made in ill} - {""})
    rows = [
        made_of(row)
        for n in range(0, len(ids), _AT_ONCE)
        for row in connection.execute(
            select(decisions).where(decisions.c.claim.in_(ids[n : n + _AT_ONCE])).order_by(decisions.c.seq)
        ).mappings()
    ]
    by_claim: dict[str | None, list[Decision]] = defaultdict(list)
    for made in rows:
        by_claim[made.claim].append(made)
    holding = {made.id for held in by_claim.values() for made in effective(held).values()}
    return tuple(made for made in ill if made.claim is None or made.id in holding)
