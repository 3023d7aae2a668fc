"""New claims with their pairs in, the events that they change out: those events alone are taken apart and made again.

Taken apart are the events of claims that are likely of one event with a new one, that copies or analysts tie to one,
or that lost a claim; and then any event that a group so made would be merged with, until none is left. What a whole
comparison makes of these claims is the same unless one of its merges on the way joins a claim of them to another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tawatur.events.cluster import cluster
from tawatur.events.judged import settled
from tawatur.events.weights import FLOOR, THRESHOLD
from tawatur.ledger.near_state import with_claims
from tawatur.model import Lineage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tawatur.ledger.near_state import Known, Pairs, State
    from tawatur.model import Judgement, OnIssue

MOST = 2000  # claims that are grouped anew at most; further events stay as they are

Tied = list[tuple[str, str]]


def regrouped(
    state: State, fresh: Collection[int], gone: Collection[str], judgements: Sequence[Judgement], on_issue: OnIssue
) -> tuple[list[tuple[str, ...]], list[Known], Tied]:
    """Groups of claim ids that are no event yet, the claims in them, and what copies and analysts settled of them.

    ``gone`` are events that lost claims.
    """
    touched = {*gone, *_tied(state, fresh, judgements)}
    while True:
        held = {known.n: known for known in (*state.known(fresh), *state.of_events(touched))}
        pairs = state.pairs(held)
        groups, together = _clustered(held.values(), pairs, judgements, on_issue)
        further = _merging(state, groups, held, pairs)
        if not further or len(held) > MOST:
            return *_unlike(groups, list(held.values()), gone), together
        touched |= further


def _unlike(
    groups: Sequence[tuple[str, ...]], held: Sequence[Known], gone: Collection[str]
) -> tuple[list[tuple[str, ...]], list[Known]]:
    """The groups that are not one of the events that were taken apart, and the claims in them."""
    before: dict[str | None, set[str]] = defaultdict(set)
    for known in held:
        before[known.event].add(known.id)
    stood = {tuple(sorted(ids)) for event, ids in before.items() if event and event not in gone}
    made = [group for group in groups if group not in stood]
    mine = {key for group in made for key in group}
    return made, [known for known in held if known.id in mine]


def _tied(state: State, fresh: Collection[int], judgements: Sequence[Judgement]) -> set[str]:
    near = {b for a, b in state.pairs(fresh, THRESHOLD) if a in fresh}
    mine = state.known(fresh)
    ids = {known.id for known in mine}
    named = {known.first for known in mine if known.first}
    named |= {one for j in judgements for one in (j.a, j.b) if ids & {j.a, j.b}}
    found = (*state.known(near), *state.by_id(named), *state.repeating(ids))
    return {known.event for known in found if known.event}


def _clustered(
    held: Iterable[Known], pairs: Pairs, judgements: Sequence[Judgement], on_issue: OnIssue
) -> tuple[list[tuple[str, ...]], Tied]:
    ids = {known.n: known.id for known in held}
    known = set(ids.values())
    mine = [j for j in judgements if {j.a, j.b} <= known]
    together, apart = settled(mine, with_claims(Lineage(), held), known, on_issue)
    inside = {(ids[a], ids[b]): chance for (a, b), chance in pairs.items() if a in ids and b in ids}
    squares = {pair: chance**2 for pair, chance in inside.items() if pair[0] < pair[1]}
    return cluster(known, squares, together, apart, threshold=THRESHOLD**2, floor=FLOOR**2), together


def _merging(state: State, groups: Sequence[Sequence[str]], held: dict[int, Known], pairs: Pairs) -> set[str]:
    """Events outside that a group would be merged with."""
    number = {known.id: known.n for known in held.values()}
    home = {number[key]: at for at, group in enumerate(groups) for key in group}
    outside = {known.n: known.event for known in state.known({b for _, b in pairs if b not in held})}
    sums: dict[tuple[int, str], float] = defaultdict(float)
    for (a, b), chance in pairs.items():
        if a in home and (event := outside.get(b)):
            sums[home[a], event] += chance**2 - FLOOR**2
    sizes = state.sizes({event for _, event in sums})
    return {
        event
        for (at, event), total in sums.items()
        if FLOOR**2 + total / (len(groups[at]) * sizes[event]) >= THRESHOLD**2
    }
