"""New claims in, the claims that they are looked at with out, as a whole comparison would choose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tawatur.events.blocking import COMMON, WINDOW, keys, moment, most, nearest, wide
from tawatur.ledger.near_tables import hashed, near_claims, near_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tawatur.events.views import Placed, View
    from tawatur.ledger.near_state import State


def chances(state: State, fresh: Sequence[Placed], numbers: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """Each new claim with its nearest, and how likely the two are of one event. Keys of new claims are kept before."""
    count = most(state.connection.execute(select(func.count()).select_from(near_claims)).scalar_one())
    small = state.seen(fresh)
    wanted = {row.claim.id: _candidates(state, small.views[row.claim.id], max(WINDOW, count)) for row in fresh}
    others = {n for found in wanted.values() for n in found} - set(numbers.values())
    rows = [*fresh, *state.placed(others)]
    of = {**numbers, **{known.id: known.n for known in state.known(others)}}
    scene, ids = state.seen(rows), {n: key for key, n in of.items()}
    found: dict[tuple[int, int], float] = {}
    for key, near in wanted.items():
        for other in nearest(scene, key, (ids[n] for n in near if ids[n] != key), count):
            a, b = sorted((key, other))
            found[of[a], of[b]] = scene.weighed().probability(scene.views[a], scene.views[b])
    return found


def _candidates(state: State, view: View, reach: int) -> set[int]:
    found: set[int] = set()
    for block in set(keys(view)):
        found |= _block(state, hashed(block), moment(view), reach if wide(block) else 0)
    return found


def _block(state: State, key: int, at: int, reach: int) -> set[int]:
    """Claims of a block: all of a small one, of a wide one the nearest in time; none of a common word."""
    c = near_keys.c
    mine = select(c.n).where(c.key == key)
    few = state.connection.execute(mine.limit(COMMON + 1)).scalars().all()
    if len(few) <= COMMON:
        return set(few)
    if not reach:
        return set()
    before = mine.where(c.at <= at).order_by(c.at.desc(), c.n.desc()).limit(reach)
    after = mine.where(c.at > at).order_by(c.at, c.n).limit(reach)
    return {n for query in (before, after) for n in state.connection.execute(query).scalars()}
