"""Places in one report in, the same places in a report that shares its wording out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.copies.align import Passage
from tawatur.copies.verify import Copy
from tawatur.copies.words import Corpus, Detail
from tawatur.model import Claim, Span

Words = tuple[int, int]  # first word, word after the last
_OVERLAP, _UNION = 0.5, 0.4  # of the shorter clause, of both: the same clause in other words


@dataclass(frozen=True, slots=True)
class _Placed:
    claim: Claim
    rank: int
    words: Words


def copied_claims(
    corpus: Corpus, copies: Sequence[Copy], claims: Sequence[Claim], rank: Sequence[int]
) -> tuple[tuple[str, str], ...]:
    """Pairs of a claim and the claim of the earliest report whose words it repeats, by claim id.

    Claims match when at least half of each stands in shared wording, their clauses fall on each other and their event
    type is the same.
    """
    held = _by_report(corpus, claims)
    by_base: dict[int, list[Copy]] = defaultdict(list)
    for copy in copies:
        by_base[copy.a].append(copy)
    root: dict[str, _Placed] = {}
    for base, own in by_base.items():
        for cluster in _clusters(_onto(corpus, base, own, held, rank)):
            _join(root, cluster)
    return tuple(
        sorted((c, top.claim.id) for c, top in ((c, _top(root, p)) for c, p in root.items()) if c != top.claim.id)
    )


def _by_report(corpus: Corpus, claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    number = {report.id: n for n, report in enumerate(corpus.reports)}
    held: dict[int, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.span.start, c.span.end, c.event_type, c.status, c.id)):
        if claim.report in number:
            held[number[claim.report]].append(claim)
    return held


def _onto(
    corpus: Corpus, base: int, copies: Sequence[Copy], held: dict[int, list[Claim]], rank: Sequence[int]
) -> list[_Placed]:
    """The claims of a report and, placed on its words, those of the reports linked to it; the earliest report first."""
    placed = [_Placed(c, rank[base], w) for c in held.get(base, ()) if (w := words_of(corpus.detail(base), c.span))]
    for copy in copies:
        turned = [p.turned() for p in copy.passages]
        for claim in held.get(copy.b, ()):
            own = words_of(corpus.detail(copy.b), claim.span)
            words = carried(turned, own) if own else None
            if words:
                placed.append(_Placed(claim, rank[copy.b], words))
    return sorted(placed, key=lambda p: p.rank)


def _clusters(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Claims of one clause and event type, one of a report, the earliest report's first."""
    clusters: list[list[_Placed]] = []
    for item in placed:
        fits = [(_fit(c[0], item), -k) for k, c in enumerate(clusters) if c[-1].claim.report != item.claim.report]
        best, at = max(fits, default=(0.0, 0))
        if best > 0:
            clusters[-at].append(item)
        else:
            clusters.append([item])
    return [c for c in clusters if len(c) > 1]


def _fit(a: _Placed, b: _Placed) -> float:
    if a.claim.event_type != b.claim.event_type or a.claim.report == b.claim.report:
        return 0.0
    both = shared(a.words, b.words)
    sizes = a.words[1] - a.words[0], b.words[1] - b.words[0]
    union = both / (sum(sizes) - both)
    return union + (a.claim.status == b.claim.status) / 4 if both >= _OVERLAP * min(sizes) and union >= _UNION else 0.0


def _join(root: dict[str, _Placed], cluster: Sequence[_Placed]) -> None:
    tops = [_top(root, item) for item in cluster]
    first = min(tops, key=lambda p: (p.rank, p.claim.span.start, p.claim.id))
    for item in (*cluster, *tops):
        root[item.claim.id] = first


def _top(root: dict[str, _Placed], item: _Placed) -> _Placed:
    while (above := root.get(item.claim.id, item)).claim.id != item.claim.id:
        item = above
    return item


def words_of(detail: Detail, span: Span) -> Words | None:
    """The words that a raw span touches; None when it touches none."""
    first, last = bisect_right(detail.stops, span.start), bisect_left(detail.starts, span.end)
    return (first, last) if first < last else None


def carried(passages: Sequence[Passage], words: Words) -> Words | None:
    """Words of side ``a`` onto side ``b``; None unless half of them stand in a shared passage."""
    passage = max(passages, key=lambda p: shared(words, (p.a0, p.a1)), default=None)
    if passage is None or 2 * shared(words, (passage.a0, passage.a1)) < words[1] - words[0]:
        return None
    pieces = [(max(i, words[0]) - i, min(i + n, words[1]) - i, j) for i, j, n in passage.runs]
    found = [(j + start, j + end) for start, end, j in pieces if start < end]
    if not found:
        return _between(passage, words)
    return min(s for s, _ in found), max(e for _, e in found)


def _between(passage: Passage, words: Words) -> Words | None:
    """The gap on side ``b`` that stands where the words stand on side ``a``, when neither has the same words there."""
    before = max((j + n for i, j, n in passage.runs if i + n <= words[0]), default=passage.b0)
    after = min((j for i, j, _ in passage.runs if i >= words[1]), default=passage.b1)
    return (before, after) if before < after else None


def shared(a: Words, b: Words) -> int:
    """How many words two stretches of one report have in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
