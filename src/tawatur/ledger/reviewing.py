"""Decisions of people into the ledger and out: none deleted, none lost, a stale one told what it did not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from tawatur.codec import loads
from tawatur.errors import LedgerError, NotFoundError, StaleError
from tawatur.ledger import audit, review_leases
from tawatur.ledger import review_fields as of_fields
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_pairs import consistent
from tawatur.ledger.review_rows import (
    ACTIONS,
    ADD,
    PAIRED,
    REMARKS,
    Action,
    Anchor,
    Decision,
    State,
    Withdrawal,
    applied,
    body_of,
    effective,
    key_of,
    made_of,
    of_claims,
    row_of,
    standing_claims,
    state_of,
    versions_of,
)
from tawatur.ledger.review_told import inside, resolved
from tawatur.ledger.rights import acting, check, folded
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, decisions, reports, reviews
from tawatur.model import Claim, Report


@dataclass(frozen=True, slots=True)
class Edit:
    """One decision to make: on a claim, on its ``field`` (correct, accept), or on it and ``other`` (same, different).

    ``version`` is that of the claim's review that the decider saw: a decision about an older one is refused. Without
    it the decision is about whatever stands.
    """

    claim: str
    action: Action
    field: str = ""
    value: Any = None
    reason: str = ""
    version: int | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim as the machine read it, and as people decided: ``claim`` is None when they rejected it."""

    machine: Claim
    claim: Claim | None
    state: State
    version: int
    decisions: tuple[Decision, ...]


def decide(ledger: Ledger, edits: Sequence[Edit], *, author: str, at: str | None = None) -> tuple[Decision, ...]:
    """Make decisions, all of them or none, with an entry each in the audit log. The same ones again change nothing.

    Raises StaleError when somebody decided about a claim after the version that an edit names, NotFoundError for a
    claim that does not stand, LedgerError for a field, a value or a pair that cannot be, and for a claim that somebody
    else has (``take``); words and requests for a second review are free.
    """
    author = named(author)
    with acting(ledger, author, "decide") as connection:
        return decided(connection, edits, author=author, at=at or ledger.clock())


def decided(connection: Connection, edits: Sequence[Edit], *, author: str, at: str) -> tuple[Decision, ...]:
    """The same inside a transaction."""
    ids = list(dict.fromkeys(key for edit in edits for key in (edit.claim, edit.other) if key))
    known = _known(connection, ids)
    deciding = [edit.claim for edit in edits if edit.action not in REMARKS]
    review_leases.free(connection, deciding, author, at)
    _fresh(connection, edits, versions_of(connection, [edit.claim for edit in edits]))
    texts = texts_of(connection, {known[edit.claim].report for edit in edits if edit.action == "correct"})
    made = [_made(edit, known, texts, author, at) for edit in edits]
    put(connection, made, at=at, author=author)
    review_leases.done(connection, deciding, author)
    sound(connection, [known[key] for key in ids])
    consistent(connection, made)
    return tuple(_rows(connection, [one.id for one in made]))


def withdraw(
    ledger: Ledger, ids: Sequence[str], *, author: str, reason: str = "", at: str | None = None
) -> tuple[Decision, ...]:
    """Take decisions back, all of them or none; what they superseded holds again. Withdrawn ones stay as they are.

    Raises NotFoundError for an id that no decision has, LedgerError where what would hold then makes no sense with the
    decisions that came after.
    """
    from tawatur.ledger.review_missed import gone_from  # which knows this module

    author = named(author)
    with acting(ledger, author, "decide") as connection:
        if any(made.author != author for made in _rows(connection, ids)):
            check(connection, author, "undo the decisions of others")
        made = withdrawn(connection, ids, how := Withdrawal(author, at or ledger.clock(), reason))
        gone_from(connection, made, at=how.at, author=author)
        made = tuple(_rows(connection, ids))
        try:
            about = [key for one in made for key in _about(one)]
            sound(connection, list(standing_claims(connection, about).values()))
        except LedgerError as error:
            raise LedgerError(
                f"without that, {error.message}", "take back the later decisions as well, in the same command"
            ) from error
        return made


def withdrawn(connection: Connection, ids: Sequence[str], how: Withdrawal) -> tuple[Decision, ...]:
    """The same inside a transaction."""
    for made in _rows(connection, ids):
        if made.withdrawn is not None:
            continue
        about = _about(made)
        count(connection, about)
        version = _version(connection, made)
        later = replace(made, withdrawn=how, withdrawn_version=version)
        row = row_of(later)
        changed = {name: row[name] for name in ("withdrawn", "withdrawn_version")}
        connection.execute(update(decisions).where(decisions.c.id == made.id).values(**changed))
        refresh(connection, about)
        log(connection, "withdraw", made, at=how.at, author=how.author, before=told(made), after=told(later))
    return tuple(_rows(connection, ids))


def put(connection: Connection, made: Iterable[Decision], *, at: str, author: str) -> int:
    """Decisions as they are into the ledger, but those that are there; how many came."""
    seq = connection.execute(select(func.max(decisions.c.seq))).scalar() or 0
    new = 0
    for one in made:
        if connection.execute(select(decisions.c.id).where(decisions.c.id == one.id)).first():
            continue
        seq, new = seq + 1, new + 1
        about = _about(one)
        before = _superseded(connection, one)
        count(connection, about)
        row = replace(one, seq=seq, version=_version(connection, one))
        connection.execute(insert(decisions), [row_of(row)])
        refresh(connection, about)
        log(connection, one.action, one, at=at, author=author, before=before, after=told(row))
    return new


def told(made: Decision) -> dict[str, Any]:
    """A decision as the audit log tells it."""
    how = made.withdrawn
    return {
        "decision": made.id,
        **body_of(made),
        "claim": made.claim,
        "other": made.other,
        "now": made.now,
        "unsettled": made.unsettled,
        "withdrawn": {"author": how.author, "at": how.at, "reason": how.reason} if how else None,
    }


def log(
    connection: Connection, action: str, made: Decision, *, at: str, author: str, before: object, after: object
) -> None:
    """An entry of the audit log about a decision."""
    about = made.claim or made.anchor.claim
    audit.append(connection, at=at, author=author, action=f"review {action}", subject=about, before=before, after=after)


def refresh(connection: Connection, ids: Iterable[str]) -> None:
    """The states of review of claims, from the decisions about them."""
    for key, held in of_claims(connection, ids).items():
        chosen = update(reviews).where(reviews.c.claim == key)
        connection.execute(chosen.values(state=state_of(held)))


def count(connection: Connection, ids: Iterable[str]) -> None:
    """The next version of the reviews of claims."""
    for key in ids:
        chosen = update(reviews).where(reviews.c.claim == key).values(version=reviews.c.version + 1)
        if not connection.execute(chosen).rowcount:
            connection.execute(insert(reviews), [{"claim": key, "version": 1, "state": "machine"}])


def _about(made: Decision) -> list[str]:
    return [key for key in (made.claim, made.other) if key]


def _version(connection: Connection, made: Decision) -> int:
    return versions_of(connection, [made.claim])[made.claim] if made.claim else 0


def _superseded(connection: Connection, made: Decision) -> dict[str, Any] | None:
    """What held of the same before, for the audit log."""
    if not made.claim or made.action in REMARKS:
        return None
    held = of_claims(connection, [made.claim])[made.claim]
    before = effective(held)
    after = effective([*held, made])
    gone = next((one for key, one in before.items() if after[key] is made), None)
    return told(gone) if gone else {"state": state_of(held), "seen": made.seen}


def _rows(connection: Connection, ids: Sequence[str]) -> list[Decision]:
    rows = connection.execute(select(decisions).where(decisions.c.id.in_(ids))).mappings()
    by_id = {row["id"]: made_of(row) for row in rows}
    if missing := next((key for key in ids if key not in by_id), None):
        raise NotFoundError(f"no decision {missing!r} is there", "tawatur review export tells all of them")
    return [by_id[key] for key in ids]


def named(author: str) -> str:
    """The name of an author as it is kept. Raises LedgerError for a decision that names nobody."""
    if not (name := folded(author)):
        raise LedgerError("a decision needs an author", "say who decides")
    return name


def checked(connection: Connection, edit: Edit, author: str, at: str) -> Decision:
    """The decision that an edit would make, not made yet. Raises as ``decide``."""
    known = _known(connection, [key for key in (edit.claim, edit.other) if key])
    return _made(edit, known, texts_of(connection, {known[edit.claim].report}), author, at)


def texts_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The texts of reports by id."""
    chosen = reports.c.id.in_(sorted(ids))
    held = connection.execute(select(reports.c.body).where(chosen)).scalars()
    return {report.id: report.text for report in (loads(Report, body) for body in held)}


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    known = standing_claims(connection, ids)
    if missing := next((key for key in ids if key not in known), None):
        raise NotFoundError(f"no claim {missing!r} stands", "tawatur review list tells those that do")
    return known


def shaped(edit: Edit) -> None:
    """Raise LedgerError for a decision that makes no sense whatever the claim."""
    if edit.action not in ACTIONS:
        raise LedgerError(f"{edit.action!r} is no decision", f"give one of {', '.join(ACTIONS)}")
    if edit.action == ADD:
        raise LedgerError("a claim is not added by its id", "name its report and words: tawatur review add")
    if (edit.action in PAIRED) != bool(edit.other) or edit.other == edit.claim:
        raise LedgerError(
            f"{edit.action!r} of {edit.claim} and {edit.other or 'nothing'}", "name two claims for a pair"
        )
    if (edit.action == "correct" and not edit.field) or (edit.action in ("reject", "second", *PAIRED) and edit.field):
        raise LedgerError(f"{edit.action} with the field {edit.field!r}", "correct a field, reject the whole claim")
    if edit.action == "comment" and not edit.reason.strip():
        raise LedgerError("a comment without words", "say it as the reason")


def _made(edit: Edit, known: Mapping[str, Claim], texts: Mapping[str, str], author: str, at: str) -> Decision:
    """The decision that an edit makes, checked."""
    claim, field, value = known[edit.claim], edit.field, edit.value
    shaped(edit)
    if edit.action == "correct":
        field, value = resolved(claim, texts[claim.report], edit.field, edit.value)
        value = of_fields.value_of(of_fields.checked(claim, field), value)
        inside(field, value, texts[claim.report])
    elif field:
        field = of_fields.checked(claim, field)
    seen = None if edit.action in PAIRED else of_fields.weighed(claim)
    if field:
        seen = of_fields.read_as(claim, field, value)
    made = Decision(
        "", anchor_of(claim), edit.action, field, of_fields.part_of(claim, field) if field else None,
        value if edit.action == "correct" else None, seen, author, at, edit.reason,
        anchor_of(known[edit.other]) if edit.other else None, claim.id, edit.other or None, field,
    )  # fmt: skip
    return replace(made, id=key_of(made))


def anchor_of(claim: Claim) -> Anchor:
    """Where decisions about a claim hold on to."""
    return Anchor(claim.id, claim.report, claim.span, claim.event_type)


def _fresh(connection: Connection, edits: Sequence[Edit], versions: dict[str, int]) -> None:
    """Raise StaleError where somebody decided after the version that an edit names."""
    stale = {e.claim: e.version for e in edits if e.version is not None and e.version != versions[e.claim]}
    changes: list[str] = []
    for key, held in of_claims(connection, stale).items():
        seen = stale[key] or 0
        otherwise = "a later run reads it otherwise" if seen < versions[key] else "it was never at that version"
        mine = [made.line() for made in held if made.version > seen]
        mine += [
            f"{made.withdrawn.at} {made.withdrawn.author}: withdrew {made.action} {made.field}".rstrip()
            for made in held
            if made.withdrawn and made.withdrawn_version > seen
        ]
        changes += [f"{key}: {line}" for line in mine or [otherwise]]
    if stale:
        first, seen_first = next(iter(stale.items()))
        raise StaleError(
            f"claim {first} is at version {versions[first]}, not {seen_first}: {'; '.join(changes)}",
            "look at it again and decide on the new version",
            tuple(changes),
        )


def sound(connection: Connection, known: Sequence[Claim]) -> None:
    """Raise LedgerError where one of these claims makes no sense with all that was decided about it."""
    held = of_claims(connection, [claim.id for claim in known])
    for claim in known:
        _not_taken_out(claim, held[claim.id])
        after = applied(claim, held[claim.id])
        if after is not None and (wrong := of_fields.fault(after)) != of_fields.fault(claim) and wrong:
            raise LedgerError(
                f"claim {claim.id} would have {wrong}",
                "nothing was decided; correct the other value first, or both at once",
            )


def _not_taken_out(claim: Claim, held: Iterable[Decision]) -> None:
    """Raise LedgerError where a field is corrected of a part that somebody took out before."""
    mine = [made for made in effective(held).values() if made.now]
    out = {made.now: made for made in mine if of_fields.takes_out(made.now or "", made.action, made.value)}
    for made in mine:
        gone = out.get((made.now or "").rpartition(".")[0])
        if gone and made.seq > gone.seq and not made.unsettled:
            raise LedgerError(
                f"{gone.author} took {gone.now} out of claim {claim.id}", f"undo that first: decision {gone.id}"
            )


def reviewed(ledger: Ledger, ids: Sequence[str] | None = None) -> tuple[Reviewed, ...]:
    """Claims that stand (all of them, or those named) with what was decided about them, by report and place."""
    with reading(ledger.engine) as connection:
        if ids is None:
            standing = select(claims.c.id).select_from(CLAIMS_BY_RUN).where(claims_standing.c.until.is_(None))
            ids = list(connection.execute(standing).scalars())
        return reviewed_in(connection, ids)


def reviewed_in(connection: Connection, ids: Sequence[str]) -> tuple[Reviewed, ...]:
    """Those of some claims that stand, inside a transaction."""
    known = standing_claims(connection, ids)
    held, versions = of_claims(connection, known), versions_of(connection, list(known))
    order = sorted(known.values(), key=lambda c: (c.report, c.span.start, c.span.end, c.event_type, c.id))
    return tuple(
        Reviewed(c, applied(c, held[c.id]), state_of(held[c.id]), versions[c.id], tuple(held[c.id])) for c in order
    )
