"""Claims and what was found of them in, the fields that may well be wrong out, for review: what matters most first.

A figure whose order on the page of a PDF is not certain is to be checked there, and says on which page it stands.
A field matters as its kind does, more when a finding rests on its claim, and the more the likelier it is wrong. Claims
that repeat the words of another are left out: who reviews the first has reviewed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tawatur.model import DOUBTFUL, Claim, Doubt, Figure, Finding, Lineage, Place, Report, Time

#: What a wrong field costs, the value of a figure being 1; our own setting.
COSTS = {
    "claim": 0.8, "event_type": 0.6, "status": 0.8, "origin": 0.9, "actors": 0.3, "affected": 0.3,
    "page": 1.0, "value": 1.0, "population": 0.7, "outcome": 0.9, "cumulative": 0.7, "places": 0.4, "times": 0.5,
}  # fmt: skip
#: How much more it costs where a finding of this relation rests on the claim.
STAKES = {"contradict": 3.0, "update": 2.0, "part": 2.0, "agree": 2.0}

#: How likely a figure is right whose place in its line was not certain; our own setting.
UNSURE_ORDER = 0.5

_Field = tuple[str, str, str, float]  # name, kind, value in words, confidence


def doubts(
    claims: Iterable[Claim], findings: Iterable[Finding], lineage: Lineage, reports: Iterable[Report] = ()
) -> tuple[Doubt, ...]:
    """The fields with a confidence below ``DOUBTFUL``, and the figures to check on a page of their report.

    Claims whose confidence nobody reckoned have none of the first.
    """
    stakes: dict[str, float] = {}
    for finding in findings:
        for claim in (finding.a, finding.b):
            stakes[claim] = max(stakes.get(claim, 1.0), STAKES.get(finding.relation, 1.0))
    copied = {copy for copy, _ in lineage.copied_claims}
    paged = {r.id: r for r in reports if r.checks}
    found = [d for c in claims if c.id not in copied for d in _of(c, stakes.get(c.id, 1.0), paged.get(c.report))]
    return tuple(sorted(found, key=lambda d: (-d.matters, d.confidence, d.claim, d.field)))


def _of(claim: Claim, stake: float, report: Report | None) -> Iterator[Doubt]:
    for at, figure in enumerate(claim.figures):
        if report and report.page_to_check(figure.span) is not None:
            page = f"{figure.text}: {report.page_to_check(figure.span)}"
            matters = round((1 - UNSURE_ORDER) * COSTS["page"] * stake, 3)
            yield Doubt(claim.id, f"figures.{at}.page", page, UNSURE_ORDER, matters)
    for name, kind, value, sure in _fields(claim):
        if sure < DOUBTFUL:
            yield Doubt(claim.id, name, value, sure, round((1 - sure) * COSTS[kind] * stake, 3))


def _fields(claim: Claim) -> Iterator[_Field]:
    """Every field with a confidence."""
    for kind, sure in claim.confidence:
        yield kind, kind, _value(claim, kind), sure
    for at, figure in enumerate(claim.figures):
        for kind, sure in figure.confidence:
            yield f"figures.{at}.{kind}", kind, _counted(figure, kind), sure
    for at, place in enumerate(claim.places):
        if place.confidence is not None:
            yield f"places.{at}", "places", _place(place), place.confidence
    for at, time in enumerate(claim.times):
        if time.confidence is not None:
            yield f"times.{at}", "times", _time(time), time.confidence


def _value(claim: Claim, kind: str) -> str:
    if kind == "origin":
        return claim.origin.name if claim.origin else "publisher"
    if kind in ("actors", "affected"):
        return "; ".join(m.name for m in getattr(claim, kind)) or "nobody"
    return claim.status if kind == "status" else claim.event_type


def _counted(figure: Figure, kind: str) -> str:
    if kind == "value":
        return figure.text
    if kind == "cumulative":
        return f"{figure.text}: {'running total' if figure.cumulative else 'single count'}"
    return f"{figure.text}: {getattr(figure, kind)}"


def _place(place: Place) -> str:
    return f"{place.text}: {place.name or 'not known'}"


def _time(time: Time) -> str:
    return f"{time.text}: {time.start or 'open'} to {time.end or 'open'}"
