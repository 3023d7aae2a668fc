"""Which pairs of claims are worth a look: those that share a key, a bounded number for each claim and key."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import partial
from heapq import heappush, heapreplace, nlargest
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

from tawatur.events.families import family
from tawatur.events.nearest import Nearest
from tawatur.events.weights import table
from tawatur.events.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tawatur.events.views import Scene, View

    #: What does a task on each parcel of work, in order: ``map``, or one that uses several processes.
    Mapped = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]

T = TypeVar("T")
Ranked = dict[str, list[tuple[float, str]]]  # the nearest of each claim, as a heap

EVERY = 120  # claims of a scene in which every pair is looked at
COMMON = 60  # a word or name that more claims than this share tells nothing
WINDOW = 24  # neighbours looked at on each side of a claim in one block, in order of time, and as many as are kept
NEAREST = 12  # claims that a claim is looked at with in a large scene, and in a smaller one as many more as
AFFORDED = 30_000  # pairs allow
_CLAIMS = 5_000  # a parcel of work
_WIDE = ("movement at", "violence at", "words at", "report")  # blocks that may be large


def parcels(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Items in parcels of ``size``."""
    return [items[at : at + size] for at in range(0, len(items), size)]


def pairs(scene: Scene, mapped: Mapped = map) -> list[tuple[str, str]]:
    """Candidate pairs of claim ids, each pair and the list sorted. Grows with the number of claims, not its square.

    Beyond ``EVERY`` claims a claim is looked at with the nearest of those with which it shares a block, by what little
    work tells of them, and with those of which it is one of the nearest.
    """
    if scene.pairs is None:
        every = len(scene.views) <= EVERY
        scene.pairs = list(combinations(sorted(scene.views), 2)) if every else _in_blocks(scene, mapped)
    return scene.pairs


def _in_blocks(scene: Scene, mapped: Mapped) -> list[tuple[str, str]]:
    views = scene.views
    ordered = sorted(views, key=lambda key: _when(views[key]))
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(ordered):
        for block in set(keys(views[key])):
            blocks[block].append(at)
    kept = {block: members for block, members in blocks.items() if len(members) <= COMMON or wide(block)}
    task = partial(_nearest, scene=scene, ordered=ordered, blocks=kept, most=most(len(views)))
    return _joined(mapped(task, parcels(range(len(ordered)), _CLAIMS)), most(len(views)))


def most(claims: int) -> int:
    """With how many others a claim of so many is looked at."""
    return max(NEAREST, AFFORDED // max(1, claims))


def wide(block: str) -> bool:
    """Whether a block may hold more than ``COMMON`` claims: then the nearest in time are looked at."""
    return block.startswith(_WIDE)


def nearest(scene: Scene, key: str, others: Iterable[str], count: int) -> list[str]:
    """Of other claims of a scene the ``count`` nearest to one, by what little work tells of them."""
    by, views = Nearest(scene, table()), scene.views
    return [b for _, b in nlargest(count, ((by.odds(views[key], views[b]), b) for b in others))]


def _nearest(
    places: Sequence[int], scene: Scene, ordered: Sequence[str], blocks: Mapping[str, Sequence[int]], most: int
) -> Ranked:
    """Of claims at these places and later ones that share a block with them, the ``most`` nearest of each."""
    by, views = Nearest(scene, table()), scene.views
    ranked: Ranked = defaultdict(list)
    for at in places:
        a = ordered[at]
        view, mine, others = views[a], ranked[a], set[int]()
        for block in set(keys(view)) & blocks.keys():
            members = blocks[block]
            after = bisect_right(members, at)
            others.update(members[after : after + max(WINDOW, most)])
        for b in [ordered[other] for other in others]:
            odds = by.odds(view, views[b])
            _keep(mine, (odds, b), most)
            _keep(ranked[b], (odds, a), most)
    return ranked


def _joined(parts: Iterable[Ranked], most: int) -> list[tuple[str, str]]:
    """The pairs of claims of which one is among the ``most`` nearest of the other, over all parts."""
    nearest: Ranked = {}
    for part in parts:
        for key, found in part.items():
            kept = nearest.setdefault(key, found)
            if kept is not found:
                for one in found:
                    _keep(kept, one, most)
    return sorted({(a, b) if a < b else (b, a) for a, kept in nearest.items() for _, b in kept})


def _keep(kept: list[tuple[float, str]], found: tuple[float, str], most: int) -> None:
    if len(kept) < most:
        heappush(kept, found)
    elif found > kept[0]:
        heapreplace(kept, found)


def keys(view: View) -> Iterator[str]:
    """The blocks of a claim: its report, its words, places and actors, its fortnight, also by type family."""
    yield "report " + view.claim.report
    kind = family(view.claim.event_type)
    date = view.window[0] or view.window[1] if view.window else None
    for at in {date, view.said}:
        if at is not None:
            for fortnight in (at // 14, at // 14 + 1):
                yield f"{kind} {fortnight}"
                yield f"any {fortnight}"
    if date is None and view.said is None:
        yield f"{kind} undated"
        yield "any undated"
    for name in view.inherited:
        yield f"{kind} at {name}"
    for lat, lon in view.spots:
        yield f"{kind} near {round(lat * 2)} {round(lon * 2)}"
    for word in view.actors | view.affected:
        yield f"actor {word}"
    for word in set(tokens(view.quote)):
        if len(word) > 4:
            yield f"word {word[:7]}"


def moment(view: View) -> int:
    """The day by which the claims of a block are ordered: of the event, else on which it was said."""
    date = view.window[0] or view.window[1] if view.window else None
    return date or view.said or 0


def _when(view: View) -> tuple[int, str, int, str]:
    return moment(view), view.claim.report, view.rank, view.claim.id
