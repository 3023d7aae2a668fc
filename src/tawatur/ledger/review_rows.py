"""Decisions as rows and back, and what they make of a claim: its state of review and its values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import Connection, RowMapping, func, or_, select

from tawatur.codec import build, dumps, loads
from tawatur.ledger.review_correcting import corrected
from tawatur.ledger.review_fields import found_again, in_words
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, decisions, reviews
from tawatur.model import Claim, Span, digest

Action = Literal["accept", "reject", "correct", "comment", "second", "same", "different", "unsure", "add"]
ACTIONS = get_args(Action)
ADD: Action = "add"  # a claim that no reader found, with the whole claim as its value
PEOPLE = "people"  # the reader of such claims
PAIRED = ("same", "different", "unsure")
REMARKS = ("comment", "second")  # decide nothing: words, and that a second review is asked for
DECISIVE = ("accept", "reject", "correct", ADD)
State = Literal["machine", "accepted", "added", "corrected", "rejected", "unsettled"]
STATES = get_args(State)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """Which claim a decision was made about, whatever becomes of it: its report, its words, its type then."""

    claim: str
    report: str
    span: Span
    event_type: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a decision back, when and why."""

    author: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a claim, or about two.

    ``field`` and ``part`` (the words of its figure, place or time) are those of the claim as it was then, ``seen`` what
    the machine had made of it: a value, or all fields by name. ``claim``, ``other`` and ``now`` say where it belongs as
    the record stands: ids, and a field; None for what is gone. ``unsettled`` says why somebody must look again.
    ``version`` is that of the claim's review after it.
    """

    id: str
    anchor: Anchor
    action: Action
    field: str
    part: Span | None
    value: Any
    seen: Any
    author: str
    at: str
    reason: str
    second: Anchor | None = None
    claim: str | None = None
    other: str | None = None
    now: str | None = None
    unsettled: str = ""
    version: int = 0
    withdrawn: Withdrawal | None = None
    withdrawn_version: int = 0
    seq: int = 0

    def line(self) -> str:
        """In words, for people."""
        told = {"correct": in_words, ADD: _added_in_words}.get(self.action)
        what = told(self.field, self.value) if told else self.field
        about = f"as {self.action} with {self.other}" if self.action in PAIRED else self.action
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.at} {self.author}: {about}{' ' + what if what else ''}{why}"


def _added_in_words(_: str, value: Any) -> str:
    """A claim that was added, as people say it."""
    return f"{value['event_type']}, {value['status']} at {value['span']['start']}-{value['span']['end']}"


@dataclass(frozen=True, slots=True)
class _Body:
    anchor: Anchor
    action: Action
    field: str
    part: Span | None
    value: Any
    seen: Any
    author: str
    at: str
    reason: str
    second: Anchor | None


def key_of(made: Decision) -> str:
    """The content hash of a decision: on what, what, by whom, when and why."""
    a, b = made.anchor, made.second
    on = [[x.report, x.span.start, x.span.end, x.event_type] for x in (a, b) if x]
    return digest("decision", on, made.action, made.field, made.value, made.author, made.at, made.reason)


def body_of(made: Decision) -> dict[str, Any]:
    """What never changes of a decision, as JSON has it."""
    names = _Body.__dataclass_fields__
    told: dict[str, Any] = json.loads(dumps({name: getattr(made, name) for name in names}))
    return told


def row_of(made: Decision) -> dict[str, Any]:
    """The row of a decision."""
    return {
        "id": made.id, "seq": made.seq, "report": made.anchor.report, "claim": made.claim, "other": made.other,
        "field": made.now, "version": made.version, "unsettled": made.unsettled, "body": dumps(body_of(made)).decode(),
        "withdrawn": dumps(made.withdrawn).decode() if made.withdrawn else None,
        "withdrawn_version": made.withdrawn_version or None,
    }  # fmt: skip


def made_of(row: RowMapping) -> Decision:
    """The decision of a row."""
    body = loads(_Body, row["body"])
    return Decision(
        row["id"],
        **{name: getattr(body, name) for name in _Body.__dataclass_fields__},
        claim=row["claim"],
        other=row["other"],
        now=row["field"],
        unsettled=row["unsettled"],
        version=row["version"],
        withdrawn=loads(Withdrawal, row["withdrawn"]) if row["withdrawn"] else None,
        withdrawn_version=row["withdrawn_version"] or 0,
        seq=row["seq"],
    )


def of_claims(connection: Connection, ids: Iterable[str]) -> dict[str, list[Decision]]:
    """All decisions about claims, also withdrawn ones, in the order in which they came."""
    out: dict[str, list[Decision]] = {key: [] for key in ids}
    for group in _groups(list(out)):
        about = or_(decisions.c.claim.in_(group), decisions.c.other.in_(group))
        for row in connection.execute(select(decisions).where(about).order_by(decisions.c.seq)).mappings():
            made = made_of(row)
            for key in {made.claim, made.other} & set(group):
                if key:
                    out[key].append(made)
    return out


def standing_claims(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """The claims that stand now, of these."""
    out = {}
    for group in _groups(ids):
        chosen = claims.c.id.in_(group) & claims_standing.c.until.is_(None)
        for key, body in connection.execute(
            select(claims.c.id, claims.c.body).select_from(CLAIMS_BY_RUN).where(chosen)
        ):
            out[key] = loads(Claim, body)
    return out


def versions_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The version of each claim's review: counts up with every decision, and whenever the machine reads it anew."""
    out = dict.fromkeys(ids, 0)
    for group in _groups(ids):
        read = (
            select(claims.c.id, func.count())
            .select_from(CLAIMS_BY_RUN)
            .where(claims.c.id.in_(group))
            .group_by(claims.c.id)
        )
        decided = select(reviews.c.claim, reviews.c.version).where(reviews.c.claim.in_(group))
        for query in (read, decided):
            for key, count in connection.execute(query):
                out[key] += count
    return out


def _groups(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def effective(held: Iterable[Decision]) -> dict[tuple[str | None, ...], Decision]:
    """Of the decisions about one claim those that hold: the latest on each field, on the whole, and on each pair."""
    out: dict[tuple[str | None, ...], Decision] = {}
    for made in held:
        if made.withdrawn is None:
            out[_about(made)] = made
    return out


def _about(made: Decision) -> tuple[str | None, ...]:
    if made.action in REMARKS:
        return (made.action, made.id)
    if made.action in PAIRED:
        return ("pair", *sorted((made.claim or made.anchor.claim, made.other or "")))
    return ("field", made.now) if made.now is not None else ("gone", made.field)


def state_of(held: Iterable[Decision]) -> State:
    """The state of review that decisions put a claim in."""
    own = {key: made for key, made in effective(held).items() if key[0] in ("field", "gone")}
    if any(made.unsettled for made in own.values()):
        return "unsettled"
    verdict = own.get(("field", ""))
    if verdict is not None and verdict.action == "reject":
        return "rejected"
    if any(made.action == "correct" for made in own.values()):
        return "corrected"
    if verdict is None:
        return "machine"
    return "added" if verdict.action == ADD else "accepted"


def applied(claim: Claim, held: Iterable[Decision]) -> Claim | None:
    """The claim with what people decided about it; None when they rejected it."""
    own = effective(held)
    verdict = own.get(("field", ""))
    if verdict is not None and verdict.action == "reject":
        return None
    base = _as_added(claim, verdict) if verdict is not None and verdict.action == ADD else claim
    values = [
        (name, made.value)
        for made in sorted(own.values(), key=lambda made: made.seq)
        if made.action == "correct" and made.now is not None
        if (name := made.now if base is claim else found_again(base, made.field, made.part)) is not None
    ]
    return corrected(base, values) if values else base


def _as_added(claim: Claim, made: Decision) -> Claim:
    """A claim that people added and a reader found later, with the values that people gave it."""
    if claim.reader == PEOPLE:
        return claim
    said: Claim = build(Claim, made.value)
    return replace(said, id=claim.id)
