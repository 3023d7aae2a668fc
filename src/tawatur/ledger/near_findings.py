"""Groups of claims that were made anew in, their events, accounts, findings and estimates out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tawatur import findings
from tawatur.events import named
from tawatur.findings.checks import sound
from tawatur.findings.pairing import NEAR_ENOUGH
from tawatur.ledger.near_state import with_claims
from tawatur.model import Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tawatur.events.views import Placed, Scene
    from tawatur.ledger.near_grouping import Tied
    from tawatur.ledger.near_state import Known, Pairs, State
    from tawatur.model import OnIssue


def told(
    state: State, groups: Sequence[Sequence[str]], held: Sequence[Known], together: Tied, on_issue: OnIssue
) -> tuple[Comparison, set[str]]:
    """What is told of the groups, and the versions of the views in whose place it stands.

    The claims of other events that are near enough are there to be compared with, as their events stand.
    """
    mine = {known.n: known for known in held}
    pairs = state.pairs(mine, NEAR_ENOUGH)
    beside = {known.n: known for known in state.known({b for _, b in pairs} - mine.keys())}
    near = {**mine, **beside}
    given = state.placed(near)
    rows = _sound(given, on_issue)
    scene = _scene(state, rows, near, pairs)
    events = named(groups, {row.claim.id: row.claim for row in given}, scene, together)
    others = state.events({known.event for known in beside.values() if known.event})
    lineage = state.links({row.report.id for row in rows})
    made = findings.compare(
        (*events, *others),
        [row.claim for row in rows],
        state.reports({row.report.id for row in rows}).values(),
        with_claims(lineage, near.values()),
        view=scene,
        only={event.id for event in events},
        on_issue=on_issue,
    )
    stood = {known.event for known in held if known.event}
    old = state.standing(stood) | state.findings_on({known.id for known in held}, {event.id for event in others})
    return Comparison((), (), lineage, events=events, accounts=made[0], findings=made[1], estimates=made[2]), old


def _sound(rows: Sequence[Placed], on_issue: OnIssue) -> list[Placed]:
    """The claims without figures and times that cannot be."""
    reports = {row.report.id: row.report for row in rows}
    checked = {c.id: c for c in sound([row.claim for row in rows], reports, on_issue)}
    return [replace(row, claim=checked[row.claim.id]) for row in rows]


def _scene(state: State, rows: Sequence[Placed], near: Mapping[int, Known], pairs: Pairs) -> Scene:
    """The claims as views, with the pairs among them that are remembered."""
    scene = state.seen(rows)
    ids = {n: known.id for n, known in near.items()}
    chances = {(ids[a], ids[b]): chance for (a, b), chance in pairs.items() if a in ids and b in ids}
    scene.chances = {pair: chance for pair, chance in sorted(chances.items()) if pair[0] < pair[1]}
    scene.pairs = list(scene.chances)
    return scene
