"""Reports and their claims in, their lineage out: shared wording, who had it first, what each copied claim repeats."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.copies.alterations import Altered, altered
from tawatur.copies.carry import copied_claims
from tawatur.copies.dates import order
from tawatur.copies.direction import direction
from tawatur.copies.find import find
from tawatur.copies.groups import groups
from tawatur.copies.index import CopyIndex, opened
from tawatur.copies.marks import Marks
from tawatur.copies.pieces import Piece, differences
from tawatur.copies.rank import ranks
from tawatur.copies.verify import Copy
from tawatur.copies.words import Corpus
from tawatur.model import Claim, CopyLink, Lineage, Report

__all__ = ["Altered", "CopyIndex", "Marks", "Piece", "altered", "differences", "opened", "trace"]


def trace(reports: Sequence[Report], claims: Sequence[Claim] = ()) -> Lineage:
    """Who shares wording with whom among the reports, whatever the order they come in.

    Links are by report id, earlier first; where nothing tells who was first, ``directed`` is False and known dates
    come before unknown ones, then ids in order. A report given twice counts once. Claims of reports that are not
    given are left out.
    """
    corpus = Corpus(sorted({r.id: r for r in reports}.values(), key=order))
    found = find(corpus)
    copies = [c for c in found if not c.quoted]
    ways = [direction(corpus, copy) for copy in copies]
    rank = ranks(
        len(corpus.reports), ((c.a, c.b) if way > 0 else (c.b, c.a) for c, way in zip(copies, ways, strict=True) if way)
    )
    links = (_link(corpus, c, way, rank) for c, way in zip(copies, ways, strict=True))
    return Lineage(
        links=tuple(sorted(links, key=lambda link: (link.earlier, link.later))),
        groups=groups(corpus, copies, rank),
        copied_claims=copied_claims(corpus, copies, claims, rank),
        quotations=tuple(_link(corpus, c, 0, rank) for c in found if c.quoted),
    )


def _link(corpus: Corpus, copy: Copy, way: int, rank: Sequence[int]) -> CopyLink:
    turned = rank[copy.b] < rank[copy.a]
    early, late = (copy.b, copy.a) if turned else (copy.a, copy.b)
    seen = [p.turned() if turned else p for p in copy.passages]
    left, right = corpus.detail(early), corpus.detail(late)
    return CopyLink(
        earlier=corpus.reports[early].id,
        later=corpus.reports[late].id,
        kind=copy.kind,
        shared_words=copy.shared,
        coverage=round(copy.coverage, 4),
        directed=bool(way) and (way < 0) == turned,
        passages=tuple((left.span(p.a0, p.a1), right.span(p.b0, p.b1)) for p in seen),
    )
