"""Which pairs of claims are worth a look: those that share a key, a bounded number for each claim and key."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from tawatur.events.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.events.views import Scene, View

EVERY = 120  # claims of a scene in which every pair is looked at
COMMON = 60  # a word or name that more claims than this share tells nothing
WINDOW = 60  # neighbours looked at on each side of a claim in one block, in order of time
_FAMILIES = {
    "clash": "violence", "airstrike": "violence", "shelling": "violence", "bombing": "violence", "attack": "violence",
    "casualties": "violence", "capture": "violence", "withdrawal": "violence", "mobilisation": "violence",
    "violation": "violence", "evacuation": "movement", "displacement": "movement", "return": "movement",
    "siege": "movement", "obstruction": "movement", "aid": "movement", "release": "movement", "detention": "movement",
    "needs": "movement",
}  # fmt: skip


def pairs(scene: Scene) -> list[tuple[str, str]]:
    """Candidate pairs of claim ids, each pair and the list sorted. Grows with the number of claims, not its square."""
    if len(scene.views) <= EVERY:
        return list(combinations(sorted(scene.views), 2))
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(scene.views):
        for block in sorted(set(keys(scene.views[key]))):
            blocks[block].append(key)
    found: set[tuple[str, str]] = set()
    for block, members in blocks.items():
        if len(members) <= COMMON or not block.startswith(("word", "actor")):
            found.update(_neighbours(scene, members))
    return sorted(found)


def keys(view: View) -> Iterator[str]:
    """The blocks of a claim: its report, its words, places and actors, its fortnight, also by type family."""
    yield "report " + view.claim.report
    family = _FAMILIES.get(view.claim.event_type, "words")
    date = view.window[0] or view.window[1] if view.window else None
    for moment in {date, view.said}:
        if moment is not None:
            for fortnight in (moment // 14, moment // 14 + 1):
                yield f"{family} {fortnight}"
                yield f"any {fortnight}"
    if date is None and view.said is None:
        yield f"{family} undated"
        yield "any undated"
    for name in view.inherited:
        yield f"{family} at {name}"
    for lat, lon in view.spots:
        yield f"{family} near {round(lat * 2)} {round(lon * 2)}"
    for word in view.actors | view.affected:
        yield f"actor {word}"
    for word in set(tokens(view.quote)):
        if len(word) > 4:
            yield f"word {word[:7]}"


def family(event_type: str) -> str:
    """The family of an event type: violence, movement or words."""
    return _FAMILIES.get(event_type, "words")


def _neighbours(scene: Scene, members: list[str]) -> Iterator[tuple[str, str]]:
    def when(key: str) -> tuple[int, str, int, str]:
        view = scene.views[key]
        date = view.window[0] or view.window[1] if view.window else None
        return date or view.said or 0, view.claim.report, view.rank, key

    ordered = sorted(members, key=when)
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 : i + 1 + WINDOW]:
            yield (a, b) if a < b else (b, a)
