"""Accounts in, what their relays changed out: figure, population, bound, hedge, attribution, status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio

from tawatur.events.words import fold, tokens
from tawatur.findings.nouns import Variant
from tawatur.findings.parties import key_of
from tawatur.findings.phrasing import words
from tawatur.findings.wording import say, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Changed
    from tawatur.findings.wording import Both
    from tawatur.model import Claim, Figure, Finding


SPELT = 85.0  # per cent of likeness from which two names are spellings of one


class Change(NamedTuple):
    """One thing that is other in the second of two claims, as each has it."""

    kind: Changed
    before: Both
    after: Both


def variants(ground: Ground) -> tuple[Variant, ...]:
    """What copies changed, and what findings between two reports call a variant, by account and claim."""
    found = [*_of_copies(ground), *_of_findings(ground)]
    kept = {(v.first, v.other, v.changed, v.before, v.after): v for v in reversed(found)}
    return tuple(sorted(kept.values(), key=lambda v: (v.event, v.origin, v.first, v.other, v.changed, v.before)))


def _of_copies(ground: Ground) -> Iterator[Variant]:
    for copy, first in sorted(ground.first.items()):
        a, b = ground.claims[first], ground.claims[copy]
        changes = [change for f, g in _matched(a, b) for change in _changed(f, g)]
        for change in (*changes, *_attribution(ground, a, b), *_status(a, b)):
            yield _variant(ground, a, b, change)


def _of_findings(ground: Ground) -> Iterator[Variant]:
    for finding in ground.findings:
        if finding.relation == "variant" and finding.aspect == "figure":
            yield from _of_finding(ground, finding)


def _of_finding(ground: Ground, finding: Finding) -> Iterator[Variant]:
    """The changes between the two figures of a finding, the claim that was said first before the other."""
    told = ((ground.claims[finding.a], finding.a_words), (ground.claims[finding.b], finding.b_words))
    pairs = [(c, f) for c, text in told if (f := next((f for f in c.figures if f.text == text), None))]
    if len(pairs) == 2 and pairs[0][0].report != pairs[1][0].report:
        (a, f), (b, g) = sorted(pairs, key=lambda p: (ground.clock(p[0]).said or 0, _published(ground, p[0]), p[0].id))
        for change in _changed(f, g):
            yield _variant(ground, a, b, change, finding.id)


def _published(ground: Ground, claim: Claim) -> str:
    return ground.reports[claim.report].published or ""


def _matched(a: Claim, b: Claim) -> list[tuple[Figure, Figure]]:
    """The figures of two claims of one wording: one by one, else by what they count."""
    if len(a.figures) == len(b.figures):
        return list(zip(a.figures, b.figures, strict=True))
    kinds = {(g.population, g.outcome): g for g in reversed(b.figures)}
    return [(f, kinds[f.population, f.outcome]) for f in a.figures if (f.population, f.outcome) in kinds]


def _changed(f: Figure, g: Figure) -> Iterator[Change]:
    """What is other in a figure; of the number its shape (open or closed) goes before its size."""
    texts: tuple[Both, Both] = ((f.text, f.text), (g.text, g.text))
    if (f.low is None, f.high is None) != (g.low is None, g.high is None):
        yield Change("bound", *texts)
    elif (f.low, f.high) != (g.low, g.high):
        yield Change("figure", *texts)
    elif f.approximate != g.approximate:
        yield Change("hedge", *texts)
    if f.population != g.population:
        yield Change("population", *texts)


def _attribution(ground: Ground, a: Claim, b: Claim) -> Iterator[Change]:
    """Another voice in the end. A publisher's own voice is the publisher's; a name written longer is no change."""
    one, other = (claim.origin.name if claim.origin else ground.outlet(claim) for claim in (a, b))
    if _same_voice(one, other) or (a.origin is None and b.origin is None):
        return
    own = say("variant", "own")
    yield Change("attribution", (one, one) if a.origin else own, (other, other) if b.origin else own)


def _same_voice(one: str, other: str) -> bool:
    """Whether two names are of one body, one holds the other, or they differ by spelling only."""
    first, second = set(tokens(one)), set(tokens(other))
    within = first <= second or second <= first
    return within or key_of(one) == key_of(other) or ratio(fold(one), fold(other)) >= SPELT


def _status(a: Claim, b: Claim) -> Iterator[Change]:
    if a.status != b.status:
        told = ("denied" if c.status == "not_occurred" else c.status for c in (a, b))
        yield Change("status", *(term("phases", phase) for phase in told))


def _variant(ground: Ground, a: Claim, b: Claim, change: Change, finding: str = "") -> Variant:
    source, relay = ground.outlet(a), ground.outlet(b)
    quoted = (*change.before, *change.after) if change.kind != "status" else ()
    return Variant(
        event=ground.home[a.id],
        origin=ground.origin(a),
        name=ground.name(a),
        relay=relay,
        changed=change.kind,
        first=a.id,
        other=b.id,
        before=change.before[0],
        after=change.after[0],
        finding=finding,
        words=words(
            "variant",
            change.kind,
            [relay, source, *quoted],
            relay=relay,
            source=source,
            before=change.before,
            after=change.after,
        ),
    )
