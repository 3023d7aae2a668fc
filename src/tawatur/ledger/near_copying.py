"""New reports in, what they share with those that hold the nearest claims out; older links of these are looked at anew.

Whoever repeats a report's words has claims near its claims: copies are looked for among the reports of these, and those
that links lead to from there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from tawatur import copies
from tawatur.ledger import near_tables as near
from tawatur.ledger.near_tables import near_claims, near_copies
from tawatur.ledger.near_whole import copy_rows
from tawatur.ledger.rows import view_version
from tawatur.model import Lineage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tawatur.ledger.near_state import Known, Pairs, State

REPORTS = 24  # of the nearest claims, in which copies of a new report are looked for


def traced(state: State, changed: Collection[str], pairs: Pairs) -> tuple[Lineage, set[str]]:
    """The copies that new reports take part in, and the versions of the views whose place they take."""
    wide = state.beside({*changed, *_likely(state, changed, pairs)})
    texts = [report for report in state.reports(wide).values() if not report.fields]
    held = state.of_reports({report.id for report in texts})
    found = copies.trace(texts, [row.claim for row in state.placed([known.n for known in held])])
    joined = _joined(found, changed) | (state.beside(changed) & wide)
    lineage = _among(found, joined, changed, held)
    old = state.copied(joined, "link", "group") | state.copied(changed, "quotation")
    mine = [known for known in held if known.report in joined]
    old |= {view_version("copied_claim", (known.id, known.first)) for known in mine if known.first}
    _keep(state, lineage, joined, changed, mine)
    return lineage, old


def _likely(state: State, changed: Collection[str], pairs: Pairs) -> list[str]:
    best: dict[int, float] = defaultdict(float)
    for (a, b), chance in pairs.items():
        best[a], best[b] = max(best[a], chance), max(best[b], chance)
    by_report: dict[str, float] = defaultdict(float)
    for known in state.known(best):
        if known.report not in changed:
            by_report[known.report] = max(by_report[known.report], best[known.n])
    return sorted(by_report, key=lambda report: (-by_report[report], report))[:REPORTS]


def _joined(lineage: Lineage, changed: Collection[str]) -> set[str]:
    """The reports that links lead to from those that changed."""
    beside: dict[str, set[str]] = defaultdict(set)
    for link in lineage.links:
        beside[link.earlier].add(link.later)
        beside[link.later].add(link.earlier)
    found, border = set(changed), set(changed)
    while border:
        border = {other for report in border for other in beside[report]} - found
        found |= border
    return found


def _among(lineage: Lineage, joined: set[str], changed: Collection[str], held: Iterable[Known]) -> Lineage:
    mine = {known.id for known in held if known.report in joined}
    return Lineage(
        tuple(link for link in lineage.links if link.earlier in joined),
        tuple(group for group in lineage.groups if group.reports[0] in joined),
        tuple(pair for pair in lineage.copied_claims if pair[0] in mine),
        tuple(link for link in lineage.quotations if link.earlier in changed or link.later in changed),
    )


def _keep(state: State, lineage: Lineage, joined: set[str], changed: Collection[str], held: Sequence[Known]) -> None:
    firsts: Mapping[str, str] = dict(lineage.copied_claims)
    for known in held:
        if firsts.get(known.id) != known.first:
            moved = update(near_claims).where(near_claims.c.n == known.n).values(first=firsts.get(known.id))
            state.connection.execute(moved)
    gone = (*state.copied(joined, "link", "group"), *state.copied(changed, "quotation"))
    for version in sorted(set(gone)):
        state.connection.execute(delete(near_copies).where(near_copies.c.version == version))
    near.put(state.connection, near_copies, copy_rows(lineage))
