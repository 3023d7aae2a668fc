"""Claims in, events out: claims that speak of one happening are put together, each with the reasons.

Blocking finds pairs worth a look, named features are weighed by a table learned from training dossiers, and average
linkage (of squared probabilities, so that strong pairs count more) makes groups of them, under what analysts decided
and what copies repeat.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING

from tawatur.events.blocking import pairs, parcels
from tawatur.events.cluster import cluster
from tawatur.events.judged import settled
from tawatur.events.label import label, majority, type_names
from tawatur.events.views import scene
from tawatur.events.weights import FLOOR, THRESHOLD
from tawatur.model import Event, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tawatur.events.blocking import Mapped
    from tawatur.events.views import Scene
    from tawatur.model import Claim, Issue, Judgement, Lineage, OnIssue, Report

__all__ = ["group", "named", "scene", "type_names"]

_SHOWN = 6  # reasons an event carries
_PAIRS = 5_000  # a parcel of work
_GROUPS = 400
_WEIGHED = 60  # pairs of an event that its reasons are taken from


def group(
    claims: Iterable[Claim],
    reports: Iterable[Report],
    lineage: Lineage,
    judgements: Iterable[Judgement] = (),
    *,
    view: Scene | None = None,
    on_issue: OnIssue | None = None,
    mapped: Mapped = map,
) -> tuple[Event, ...]:
    """Claims of any number of reports to events, sorted by id; every claim is in exactly one.

    The order of the input makes no difference. Claims whose report is missing stand alone. Judgements that cannot
    hold with earlier ones are refused through ``on_issue``; the rest stands. ``view`` is the ``scene`` of these claims
    where it is made already. ``mapped`` does the work on parcels of claims, pairs and groups: ``map``
    here, or in processes that share what is in memory.
    """
    by_id = {c.id: c for c in claims}
    readable = {r.id: r for r in reports}
    view = view or scene(by_id.values(), readable.values())
    together, apart = settled(judgements, lineage, set(by_id), on_issue or _ignore)
    squares = {pair: chance**2 for pair, chance in score(view, mapped).items()}
    groups = cluster(by_id, squares, together, apart, threshold=THRESHOLD**2, floor=FLOOR**2)
    return named(groups, by_id, view, together, mapped)


def named(
    groups: Iterable[Iterable[str]],
    claims: Mapping[str, Claim],
    view: Scene,
    together: Iterable[tuple[str, str]],
    mapped: Mapped = map,
) -> tuple[Event, ...]:
    """Groups of claim ids as events, sorted by id; ``together`` are the pairs that copies and analysts settled."""
    fixed = {frozenset(pair) for pair in together}
    found = mapped(partial(_events, claims=claims, view=view, fixed=fixed), parcels(list(groups), _GROUPS))
    return tuple(sorted(chain.from_iterable(found), key=lambda e: e.id))


def score(view: Scene, mapped: Mapped = map) -> dict[tuple[str, str], float]:
    """The probability of each candidate pair that it is of one event; kept in the scene."""
    if not view.chances:
        near = pairs(view, mapped)
        found = mapped(partial(_chances, view=view), parcels(near, _PAIRS))
        view.chances = dict(zip(near, chain.from_iterable(found), strict=True))
    return view.chances


def _chances(near: Sequence[tuple[str, str]], view: Scene) -> list[float]:
    weigh, views = view.weighed().probability, view.views
    return [weigh(views[a], views[b]) for a, b in near]


def _ignore(issue: Issue) -> None:
    """Judgements that are refused are dropped without a word where the caller does not ask."""


def _events(
    groups: Sequence[Iterable[str]], claims: Mapping[str, Claim], view: Scene, fixed: set[frozenset[str]]
) -> list[Event]:
    return [_event([claims[i] for i in group], view, fixed) for group in groups]


def _event(claims: Sequence[Claim], view: Scene, fixed: set[frozenset[str]]) -> Event:
    ids = tuple(sorted(c.id for c in claims))
    kind = majority(claims)
    return Event(digest("event", ids), label(claims, kind), kind, ids, _reasons(ids, view, fixed))


def _reasons(ids: Sequence[str], view: Scene, fixed: set[frozenset[str]]) -> tuple[str, ...]:
    gains = view.weighed().gains
    known = [i for i in ids if i in view.views]
    near = list(islice(combinations(known, 2), _WEIGHED))
    total: dict[str, float] = defaultdict(float)
    for a, b in near:
        for name, gain in gains(view.views[a], view.views[b]):
            total[name] += gain / len(near)
    settled_pairs = sum(frozenset(pair) in fixed for pair in near)
    told = [f"{name} +{gain:.2f}" for name, gain in sorted(total.items(), key=lambda t: (-t[1], t[0])) if gain >= 0.05]
    return (*([f"{settled_pairs} pairs settled by copies or analysts"] if settled_pairs else []), *told[:_SHOWN])
