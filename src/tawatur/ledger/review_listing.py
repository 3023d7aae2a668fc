"""What to look at, what matters most first: decisions that a re-run unsettled, second reviews, contradictions, doubtful
fields; and who is given what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from tawatur.codec import loads
from tawatur.findings.doubts import STAKES
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_fields import fields_of
from tawatur.ledger.review_leases import MINUTES, MOST, lend, lent_in
from tawatur.ledger.review_rows import State, effective, of_claims, standing_claims, state_of, versions_of
from tawatur.ledger.review_second import seconds_in
from tawatur.ledger.review_settling import unsettled_in
from tawatur.ledger.reviewing import named
from tawatur.ledger.rights import acting, folded
from tawatur.ledger.schema import VIEWS_BY_RUN, reports, views, views_standing
from tawatur.model import Claim, Doubt, Finding, Report

_AT_ONCE = 200
_FIRST = 10.0  # above all doubts and contradictions
_SECOND = 9.0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide: a claim, a field of it (empty for the whole), its value, why, and how much it matters.

    ``claim`` is None where the claim of a decision is gone; ``decision`` is the one that is unsettled, ``other`` the
    claim that it contradicts. ``version`` goes with the decision that is made. ``also`` and ``fields`` are why else the
    claim is open, and the fields of that.
    """

    why: str
    matters: float
    claim: Claim | None
    report: Report | None
    field: str = ""
    value: Any = None
    state: State = "machine"
    version: int = 0
    decision: str = ""
    other: str = ""
    also: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The words of the claim."""
        return self.claim.span.of(self.report.text) if self.claim and self.report else ""


@dataclass(frozen=True, slots=True)
class _Task:
    why: str
    matters: float
    claim: str
    field: str = ""
    decision: str = ""
    other: str = ""
    report: str = ""


def queue(ledger: Ledger, limit: int = 50, author: str = "", *, at: str | None = None) -> tuple[Item, ...]:
    """What nobody decided yet and what is unsettled, what matters most first, at most so many.

    With ``author`` what that person may do: nothing that others have, no second review of one's own decision.
    """
    with reading(ledger.engine) as connection:
        return tuple(islice(_open(connection, folded(author), at or ledger.clock()), limit))


def take(
    ledger: Ledger,
    author: str,
    count: int = 10,
    *,
    minutes: float = MINUTES,
    leave: Collection[str] = (),
    at: str | None = None,
) -> tuple[Item, ...]:
    """The next claims to decide, given to one person for so many minutes: nobody else is given them or may decide them
    meanwhile. What the person has already is given again, for as long from now. An item for each of ``count`` claims,
    but for those to ``leave``.

    Raises LedgerError for a person without a name or more than a day.
    """
    author = named(author)
    with acting(ledger, author, "decide") as connection:
        now = at or ledger.clock()
        mine = {x.claim for x in lent_in(connection, now).values() if x.author == author}
        found: dict[str, Item] = {}
        for item in _open(connection, author, now, mine):
            if item.claim is None or item.claim.id in leave:
                continue
            found.setdefault(item.claim.id, item)
            if len(found) >= min(count, MOST):
                break
        lend(connection, list(found), author, now, minutes)
    return tuple(found.values())


def _open(connection: Connection, author: str, at: str, mine: Set[str] = frozenset()) -> Iterator[Item]:
    """All that is open to somebody (to anybody for no name), what is ``mine`` first, then what matters most."""
    seconds = {second.claim: second for second in seconds_in(connection) if second.agrees is None}
    others = {key for key, x in lent_in(connection, at).items() if author and x.author != author}
    tasks = [
        *(
            _Task(f"unsettled: {d.unsettled}", _FIRST, d.claim or "", d.now or "", d.id, report=d.anchor.report)
            for d in unsettled_in(connection)
        ),
        *(
            _Task(f"second review: {second.asked.line()}", _SECOND, key, decision=second.asked.id)
            for key, second in sorted(seconds.items())
        ),
        *sorted(
            (*_contradictions(connection), *_doubts(connection)), key=lambda t: (-t.matters, t.claim, t.field, t.other)
        ),
    ]
    free = [
        task
        for task in tasks
        if task.claim not in others and not (author and task.claim in seconds and not seconds[task.claim].may(author))
    ]
    free.sort(key=lambda task: task.claim not in mine)
    together: dict[str, list[_Task]] = defaultdict(list)
    for task in free:
        together[task.claim].append(task)
    for first in range(0, len(free), _AT_ONCE):
        yield from _items(connection, free[first : first + _AT_ONCE], together)


def _bodies(connection: Connection, kind: str) -> Iterator[str]:
    chosen = (views.c.kind == kind) & views_standing.c.until.is_(None)
    yield from connection.execute(select(views.c.body).select_from(VIEWS_BY_RUN).where(chosen)).scalars()


def _doubts(connection: Connection) -> Iterator[_Task]:
    for body in _bodies(connection, "doubt"):
        doubt = loads(Doubt, body)
        yield _Task(
            f"doubtful ({doubt.confidence:.2f}): {doubt.value}", doubt.matters, doubt.claim, _asked(doubt.field)
        )


def _asked(doubted: str) -> str:
    """The field to decide about where one is in doubt: both bounds of a value at once, the claim itself as a whole."""
    part, _, name = doubted.rpartition(".")
    return part if name in ("value", "page") else "" if doubted == "claim" else doubted


def _contradictions(connection: Connection) -> Iterator[_Task]:
    for body in _bodies(connection, "finding"):
        found = loads(Finding, body)
        if found.relation == "contradict":
            why = f"contradicts {found.b}: {found.reason_en}"
            yield _Task(why, STAKES["contradict"], found.a, other=found.b)


def _items(connection: Connection, tasks: Sequence[_Task], together: Mapping[str, Sequence[_Task]]) -> Iterator[Item]:
    """The tasks that are open still, each with the other ones about its claim (``together``)."""
    beside = [one for task in tasks if task.claim for one in together[task.claim]]
    ids = sorted({key for task in (*tasks, *beside) for key in (task.claim, task.other) if key})
    known, held, versions = (
        standing_claims(connection, ids), of_claims(connection, ids), versions_of(connection, ids)
    )  # fmt: skip
    home = {claim.report for claim in known.values()} | {task.report for task in tasks if task.report}
    bodies = connection.execute(select(reports.c.body).where(reports.c.id.in_(sorted(home)))).scalars()
    texts = {report.id: report for report in (loads(Report, body) for body in bodies)}
    for task in tasks:
        claim = known.get(task.claim)
        if claim is None:
            if task.decision:
                yield Item(task.why, task.matters, None, texts.get(task.report), task.field, decision=task.decision)
            continue
        state = state_of(held[claim.id])
        if not task.decision and _is_decided(task, known, held, state):
            continue
        more = [
            one
            for one in together[task.claim]
            if one != task and (one.decision or not _is_decided(one, known, held, state))
        ]
        yield Item(
            task.why, task.matters, claim, texts[claim.report], task.field, fields_of(claim).get(task.field), state,
            versions[claim.id], task.decision, task.other,
            tuple(f"{one.field}: {one.why}" if one.field else one.why for one in more),
            tuple(one.field for one in more if one.field),
        )  # fmt: skip


def _is_decided(task: _Task, known: dict[str, Claim], held: dict[str, Any], state: State) -> bool:
    """Whether people decided what is asked: about the claim, its field, or both claims of a contradiction."""
    if task.other:
        states = (state_of(held[key]) for key in (task.claim, task.other) if key in known)
        return all(one not in ("machine", "unsettled") for one in states)
    return state in ("accepted", "rejected") or ("field", task.field) in effective(held[task.claim])
