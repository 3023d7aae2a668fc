"""Reports whose claims changed in; what was remembered of them goes, and what stands of them now is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, or_, select, update

from tawatur.codec import loads
from tawatur.events.views import placed
from tawatur.findings import doubts
from tawatur.ledger import near_tables as near
from tawatur.ledger.near_tables import near_claims, near_keys, near_pairs
from tawatur.ledger.near_whole import claim_row, key_rows
from tawatur.ledger.schema import VIEWS_BY_RUN, claims, claims_standing, views, views_standing
from tawatur.model import Claim, Lineage, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from tawatur.events.views import Placed
    from tawatur.ledger.near_state import Known, State


def changed(connection: Connection) -> tuple[set[str], int]:
    """Versions that stand and are not remembered, or the other way round; how many are remembered."""
    remembered, stands = near_claims.c.version, claims_standing.c
    new = select(stands.version).where(stands.until.is_(None), ~exists().where(remembered == stands.version))
    still = exists().where(stands.version == remembered, stands.until.is_(None))
    gone = select(remembered).where(~still)
    size = connection.execute(select(func.count()).select_from(near_claims)).scalar_one()
    return {version for query in (new, gone) for version in connection.execute(query).scalars()}, size


def reports_of(connection: Connection, versions: Collection[str]) -> set[str]:
    """The reports that versions of claims are of."""
    return {report for (report,) in near.rows(connection, select(claims.c.report), claims.c.version, versions)}


def forgotten(state: State, reports: Collection[str]) -> tuple[list[Known], set[str], set[str]]:
    """What was remembered of reports goes: their claims, the events beside these, the versions of their doubts."""
    gone = state.of_reports(reports)
    numbers = [known.n for known in gone]
    beside = {b for _, b in state.pairs(numbers)}
    events = {known.event for known in state.known(beside) if known.event}
    old = _doubted(state, [row.claim for row in state.placed(numbers)])
    few = [numbers[at : at + 500] for at in range(0, len(numbers), 500)]
    for some in few:
        state.connection.execute(delete(near_keys).where(near_keys.c.n.in_(some)))
        state.connection.execute(delete(near_pairs).where(or_(near_pairs.c.a.in_(some), near_pairs.c.b.in_(some))))
        state.connection.execute(delete(near_claims).where(near_claims.c.n.in_(some)))
    return gone, events, old


def _doubted(state: State, held: Sequence[Claim]) -> set[str]:
    """The versions of the doubts that stand about claims."""
    if not held:
        return set()
    texts = state.reports({claim.report for claim in held}).values()
    ids = {digest(doubt.claim, doubt.field) for doubt in doubts(held, (), Lineage(), texts)}
    stands = select(views.c.id, views.c.version).select_from(VIEWS_BY_RUN).where(views_standing.c.until.is_(None))
    rows = state.connection.execute(stands.where(views.c.kind == "doubt", views.c.event.is_(None)))
    return {version for key, version in rows if key in ids}


def remembered(state: State, reports: Collection[str]) -> tuple[list[Placed], dict[str, int]]:
    """The claims of reports that stand, where they stand, with the numbers that they have from now on."""
    query = select(claims.c.version, claims.c.body)
    told = dict(tuple(row) for row in near.rows(state.connection, query, claims.c.report, reports))
    held = {v: loads(Claim, told[v]) for v in near.standing(state.connection, claims_standing, told)}
    rows = placed(held.values(), state.reports(reports).values())
    last = state.connection.execute(select(func.max(near_claims.c.n))).scalar() or 0
    numbers = {row.claim.id: last + 1 + n for n, row in enumerate(rows)}
    state.put(numbers, rows)
    versions = {claim.id: version for version, claim in held.items()}
    near.put(state.connection, near_claims, [claim_row(row, numbers, versions, {}, {}) for row in rows])
    scene = state.seen(rows)
    near.put(state.connection, near_keys, key_rows(scene.views.values(), numbers))
    return rows, numbers


def moved(connection: Connection, homes: Mapping[str, str], held: Iterable[Known]) -> None:
    """Claims are in other events from now on."""
    for known in held:
        if homes[known.id] != known.event:
            connection.execute(update(near_claims).where(near_claims.c.n == known.n).values(event=homes[known.id]))
