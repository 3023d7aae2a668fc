"""Copies as the page shows them: who copied whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from tawatur.model import CopyGroup, CopyLink, Lineage, Report
from tawatur.publish.index import Index


@dataclass(frozen=True, slots=True)
class Copied:
    """Reports that share wording, the closest link behind each later one, and how many claims repeat others' words."""

    group: CopyGroup
    reports: tuple[Report, ...]
    links: dict[str, CopyLink]
    repeated: int


def copies(index: Index) -> list[Copied]:
    """Copy groups, each later report with its closest link to another of the group."""
    lineage = index.comparison.lineage
    repeated = Counter(index.claim[c].report for c, _ in lineage.copied_claims if c in index.claim)
    carried = _carried(lineage)
    out = []
    for group in lineage.groups:
        reports = tuple(index.report[r] for r in group.reports if r in index.report)
        links = {r.id: _closest(carried[r.id], set(group.reports)) for r in reports}
        known = {r: link for r, link in links.items() if link}
        out.append(Copied(group, reports, known, sum(repeated[r.id] for r in reports)))
    return out


def _carried(lineage: Lineage) -> dict[str, list[CopyLink]]:
    out: dict[str, list[CopyLink]] = defaultdict(list)
    for link in lineage.links:
        out[link.later].append(link)
    return out


def _closest(links: list[CopyLink], inside: set[str]) -> CopyLink | None:
    fitting = [k for k in links if k.earlier in inside]
    return max(fitting, key=lambda k: (k.directed, k.shared_words, k.earlier), default=None)
