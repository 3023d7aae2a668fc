"""Claims and their lineage in, the origin of each out: two claims corroborate each other only when their origins
differ.

Decided in this order: the innermost voice of the attribution chain, or the publisher where the chain is empty; then
shared wording, by which a claim in a copied passage has the origin of the claim it repeats. Equal values never make
one origin of two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tawatur.copies.carriers import roots
from tawatur.copies.names import Names, parse, unnamed
from tawatur.copies.table import plain
from tawatur.model import Claim, CopyLink, Lineage, Link, Report, Span

MONITOR = "monitor"  # the kind of a voice that counted itself: nobody else's, whatever its name


class Origins:
    """The origin of every claim of a comparison, as a key that equal origins share.

    A voice that speaks for a body has the body's key, here and wherever else it is met without its body. A voice
    without a name is one with no other but its own repeats: its key carries the report that had it first. So does an
    unknown publisher.
    """

    def __init__(self, reports: Sequence[Report], claims: Sequence[Claim], lineage: Lineage) -> None:
        self._reports = {r.id: r for r in reports}
        self._claims = {c.id: c for c in claims}
        self._sources = _sources(lineage.links)
        self._shown: dict[str, Counter[str]] = {}
        self._beside = _names_by_report(reports, claims)
        self._names = Names(
            (name for names in self._beside.values() for name in names), {o for r in reports if (o := _outlet(r))}
        )
        self._bodies = self._known_bodies(claims)
        self._roots = roots(
            lineage.copied_claims,
            self._claims,
            self._reports,
            lambda link, report: self._voice(link, report, report),
            self.publisher,
        )
        self._keys = {c.id: self._key(c) for c in sorted(claims, key=lambda c: (c.report, c.span.start, c.id))}

    def key(self, claim_id: str) -> str:
        """The key of a claim's origin. Raises KeyError for a claim that is not part of the comparison."""
        return self._keys[claim_id]

    def name(self, key: str) -> str:
        """The origin as its reports write it: the form met most often, the longer of equals. Raises KeyError."""
        return min(self._shown[key].items(), key=lambda item: (-item[1], -len(item[0]), item[0]))[0]

    def independent(self, a: str, b: str) -> bool:
        """Whether two claims, by id, come from different origins."""
        return self.key(a) != self.key(b)

    def publisher(self, report: str) -> str:
        """The key of a report's publisher, the same that a chain ending in that outlet has.

        The publisher of what was forwarded is whom it was forwarded from.
        """
        outlet = _outlet(self._reports[report])
        return self._names.canonical(outlet) if outlet else f"@{report}"

    def _key(self, claim: Claim) -> str:
        root, own = self._roots.get(claim.id, (claim, False))
        home = root.report if own else self._home(root.report, root.span)
        if root.origin is None:
            key, shown = self.publisher(home), _outlet(self._reports[home]) or self._reports[home].name
        else:
            key, shown = self._voice(root.origin, root.report, home), root.origin.body or root.origin.name
        self._shown.setdefault(key, Counter())[shown] += 1
        return key

    def _voice(self, link: Link, report: str, home: str) -> str:
        if link.kind == MONITOR:
            return f"{MONITOR} {plain(link.name)}"
        if link.body:
            return self._names.canonical(link.body)
        if link.kind == "unnamed" or (not link.kind and unnamed(link.name)):
            return f"{parse(link.name).key}@{home}"
        name = self._names.canonical(link.name, self._beside[report])
        return self._bodies.get(name, name)

    def _home(self, report: str, span: Span) -> str:
        """The report that the words of a span came from, by way of the passages they stand in."""
        seen = {report}
        while True:
            step = next((s for s in self._sources.get(report, ()) if _half(span, s[1]) and s[0] not in seen), None)
            if step is None:
                return report
            report, _, span = step
            seen.add(report)

    def _known_bodies(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Names of voices to the one body that the reports say they speak for."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            for link in claim.attribution:
                if link.body and not (link.kind == "unnamed" or unnamed(link.name)):
                    name = self._names.canonical(link.name, self._beside[claim.report])
                    found[name].add(self._names.canonical(link.body))
        return {name: next(iter(bodies)) for name, bodies in found.items() if len(bodies) == 1}


def _outlet(report: Report) -> str | None:
    return report.relayed_from or report.outlet


def _names_by_report(reports: Iterable[Report], claims: Iterable[Claim]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {r.id: {o for o in (r.outlet, r.relayed_from) if o} for r in reports}
    for claim in claims:
        for link in (link for link in claim.attribution if link.kind != MONITOR):
            names.setdefault(claim.report, set()).update(n for n in (link.name, link.body) if n)
    return names


def _sources(links: Iterable[CopyLink]) -> dict[str, list[tuple[str, Span, Span]]]:
    """For each report the passages it has from earlier ones: (earlier report, the words here, the words there)."""
    sources: dict[str, list[tuple[str, Span, Span]]] = defaultdict(list)
    for link in links:
        sources[link.later] += [(link.earlier, here, there) for there, here in link.passages]
    return sources


def _half(span: Span, passage: Span) -> bool:
    both = min(span.end, passage.end) - max(span.start, passage.start)
    return 2 * both >= span.end - span.start
