"""Pairs of gold and predicted things: by overlap, one to one, the heaviest pairs first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tawatur.score.names import Json, words

#: A claim is found when its clause shares this much of the shorter span, and this much of the union.
SHORTER, UNION = 0.5, 0.25
#: A figure is found when its phrase shares this much of the union.
FIGURE = 0.5


def shared_characters(a: Json, b: Json) -> int:
    """Characters that two spans share."""
    return max(0, min(int(a["end"]), int(b["end"])) - max(int(a["start"]), int(b["start"])))


def union_share(a: Json, b: Json) -> float:
    """Intersection over union of two spans."""
    both = shared_characters(a, b)
    return both / (_length(a) + _length(b) - both) if both else 0.0


def claim_weight(gold: Json, mine: Json) -> float:
    """How well a predicted claim fits a gold one; 0 when it does not cover the clause."""
    shorter = shared_characters(gold, mine) / max(1, min(_length(gold), _length(mine)))
    union = union_share(gold, mine)
    if shorter < SHORTER or union < UNION:
        return 0.0
    same_type = gold.get("event_type") == mine.get("event_type")
    same_status = gold.get("status") == mine.get("status")
    return shorter + union + same_type + 0.3 * same_status


def pair(
    golds: Sequence[Json], mine: Sequence[Json], weight: Callable[[Json, Json], float], least: float
) -> list[tuple[int, int]]:
    """Positions of pairs of at least this weight; greedy, the heaviest first, ties in order of position."""
    weighed = [(-weight(g, m), i, j) for i, g in enumerate(golds) for j, m in enumerate(mine)]
    left, right, out = set(range(len(golds))), set(range(len(mine))), []
    for negative, i, j in sorted(weighed):
        if -negative >= least and i in left and j in right:
            left.discard(i)
            right.discard(j)
            out.append((i, j))
    return out


def common(golds: set[str], mine: set[str]) -> int:
    """How many phrases pair up, one to one, by a common word; in alphabetical order."""
    rest = sorted(mine)
    found = 0
    for phrase in sorted(golds):
        partner = next((r for r in rest if set(r.split()) & set(phrase.split())), None)
        if partner is not None:
            rest.remove(partner)
            found += 1
    return found


def common_times(golds: Iterable[Json], mine: Iterable[Json]) -> int:
    """How many times pair up, one to one: the same days, and a common word."""
    rest = [_time(t) for t in mine]
    found = 0
    for start, end, said in map(_time, golds):
        partner = next((r for r in rest if r[:2] == (start, end) and r[2] & said), None)
        if partner is not None:
            rest.remove(partner)
            found += 1
    return found


def _time(item: Json) -> tuple[str, str, set[str]]:
    return (item.get("start") or "")[:10], (item.get("end") or "")[:10], set(words(item.get("text")))


def _length(span: Json) -> int:
    return int(span["end"]) - int(span["start"])
