"""Contradictions in, what would settle each of them out: the slots that nobody tells and the sources that may know."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tawatur.copies.names import unnamed
from tawatur.findings.frames import nested
from tawatur.findings.ground import day
from tawatur.findings.named import named_in
from tawatur.findings.nouns import Gap, Settling
from tawatur.findings.parties import stands_beside
from tawatur.findings.phrasing import listed, names_of, words
from tawatur.findings.relations import same_counted, same_outcome
from tawatur.findings.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.wording import Both
    from tawatur.model import Claim, Finding

#: How much a point helps to settle a contradiction, from 0 to 1; our own setting.
WEIGHTS = {
    "reading": 1.0, "as_of": 0.9, "population": 0.8, "non_party": 0.7, "monitor": 0.6, "bound": 0.5, "batches": 0.5,
    "origin": 0.4, "ask_others": 0.4, "place": 0.3,
}  # fmt: skip
STATUS_SIZE = math.log(2)  # of two statuses, which have no numbers: that of a doubling
#: Fields by which figures or statuses come to contradict each other.
DECIDE = {
    "figure": {"value", "population", "outcome", "cumulative", "page", "origin", "times"},
    "status": {"claim", "event_type", "status", "origin", "times"},
}
MOST_ASKED = 5
_ASKED_FIRST = {"beside": 0, "unknown": 1, "party": 2}
Figures = tuple["Frame", "Frame"]
Ids = tuple[str, ...]


def settling(ground: Ground) -> tuple[Settling, ...]:
    """Every contradiction with what would settle it: the widest first, then the latest."""
    doubtful = _doubtful(ground)
    found = [_settling(ground, f, doubtful) for f in ground.findings if f.relation == "contradict"]
    fresh = sorted(found, key=lambda s: (s.latest or "", s.finding), reverse=True)
    return tuple(sorted(fresh, key=lambda s: -s.size))


def _doubtful(ground: Ground) -> dict[str, list[str]]:
    """The kinds of fields of each claim that may be read wrongly."""
    found: dict[str, list[str]] = {}
    for doubt in ground.comparison.doubts:
        first, *rest = doubt.field.split(".")
        found.setdefault(doubt.claim, []).append(rest[-1] if len(rest) > 1 else first)
    return found


def _settling(ground: Ground, finding: Finding, doubtful: dict[str, list[str]]) -> Settling:
    pair = (ground.claims[finding.a], ground.claims[finding.b])
    figures = _figures(ground, finding, pair)
    gaps = [*_reading(finding, pair, doubtful), *_sources(ground, finding, figures)]
    gaps += [*_slots(ground, figures), *_batches(ground, finding, figures)] if figures else []
    gaps += [gap for claim in pair for gap in _nameless(ground, claim)]
    days = [d for d in (ground.clock(c).as_of for c in pair) if d is not None]
    quoted = (finding.a_words, finding.b_words)
    return Settling(
        finding=finding.id,
        event=finding.event,
        claims=(finding.a, finding.b),
        size=_size(figures),
        latest=day(max(days, default=None)),
        gaps=tuple(sorted(gaps, key=lambda g: (-g.weight, g.kind, g.claims))),
        words=words("settling", finding.aspect, quoted, a=quoted[0], b=quoted[1], n=str(len(gaps))),
    )


def _figures(ground: Ground, finding: Finding, pair: tuple[Claim, Claim]) -> Figures | None:
    """The two figures that a finding compares, by their words."""
    if finding.aspect != "figure":
        return None
    quoted = zip(pair, (finding.a_words, finding.b_words), strict=True)
    a, b = (next((f for f in ground.frames(c) if f.figure.text == text), None) for c, text in quoted)
    return (a, b) if a and b else None


def _size(figures: Figures | None) -> float:
    """How far two figures are apart: the log ratio of the nearest bounds; of a denied figure that of a doubling."""
    if figures is None:
        return round(STATUS_SIZE, 4)
    small, large = sorted((f.interval for f in figures), key=lambda i: (i[0] + min(i[1], i[0] * 2), i))
    apart = math.log((large[0] + 1) / (small[1] + 1)) if math.isfinite(small[1]) else 0.0
    return round(apart if apart > 0 else STATUS_SIZE, 4)


def _gap(
    kind: str, claims: tuple[str, ...], asked: dict[str, str], names: tuple[str, ...], **values: str | Both
) -> Gap:
    told = words("gap", kind, names, **values)
    return Gap(kind, claims, tuple(asked), tuple(asked.values()), WEIGHTS[kind], told)


def _reading(finding: Finding, pair: tuple[Claim, Claim], doubtful: dict[str, list[str]]) -> Iterator[Gap]:
    """Fields on which the contradiction hangs and that may be read wrongly: to look them up costs least."""
    decide = DECIDE[finding.aspect]
    unsure = {c.id: found for c in pair if (found := [f for f in doubtful.get(c.id, ()) if f in decide])}
    fields = sorted({field for found in unsure.values() for field in found})
    if fields:
        yield _gap("reading", tuple(unsure), {}, (), fields=listed(say("field", field) for field in fields))


def _slots(ground: Ground, figures: Figures) -> Iterator[Gap]:
    """Slots of two figures that are not told."""
    for frame in figures:
        claim, name, text = (frame.claim.id,), ground.name(frame.claim), frame.figure.text
        asked = {frame.origin: name}
        if frame.clock.as_of_from != "event":
            yield _gap("as_of", claim, asked, (name, text), name=name, words=text)
        if not frame.claim.places:
            yield _gap("place", claim, asked, (name, text), name=name, words=text)
        if frame.figure.high is None:
            yield _gap("bound", claim, asked, (name, text), name=name, words=text)
    a, b = figures
    if _others_counted(a, b):
        both = {f.origin: ground.name(f.claim) for f in figures}
        texts = (a.figure.text, b.figure.text)
        yield _gap("population", (a.claim.id, b.claim.id), both, texts, a=texts[0], b=texts[1])


def _others_counted(a: Frame, b: Frame) -> bool:
    """Whether the words of two figures leave open whom they count, or name two groups."""
    known = {a.population, b.population, a.figure.population, b.figure.population}
    nouns = [named_in(f.figure.noun) for f in (a, b) if f.figure.noun]
    return len(known) > 1 or "other" in known or (len(nouns) == 2 and nouns[0] != nouns[1])


def _nameless(ground: Ground, claim: Claim) -> Iterator[Gap]:
    """An origin without a name: who carries it may know it."""
    origin = claim.origin
    if origin and (origin.kind == "unnamed" or unnamed(origin.name)):
        report = ground.reports[claim.report]
        relay, quote = report.outlet or report.name, ground.quote(claim)
        yield _gap("origin", (claim.id,), {relay: relay}, (relay, quote), words=quote, relay=relay)


def _sources(ground: Ground, finding: Finding, figures: Figures | None) -> Iterator[Gap]:
    """Kinds of sources that do not tell this: no party to it, who counted on the spot, who speaks of the event."""
    pair = (finding.a, finding.b)
    event = ground.event[finding.event]
    claims = ground.standing(event)
    telling = [c for c in claims if c.id in pair or _tells(ground, c, finding, figures)]
    names = {ground.origin(c): ground.name(c) for c in telling}
    counted = any(c.first_hand for c in telling)
    if not counted and not any(stands_beside(name) == "beside" for name in names.values()):
        yield _gap("non_party", pair, {}, ())
    if figures and not counted:
        yield _gap("monitor", pair, {}, ())
    others = {ground.origin(c): ground.name(c) for c in claims if ground.origin(c) not in names}
    ranked = sorted(others, key=lambda key: (_ASKED_FIRST[stands_beside(others[key])], others[key], key))[:MOST_ASKED]
    if ranked:
        asked = {key: others[key] for key in ranked}
        yield _gap("ask_others", pair, asked, tuple(asked.values()), who=names_of(asked.values()))


def _tells(ground: Ground, claim: Claim, finding: Finding, figures: Figures | None) -> bool:
    """Whether a claim counts what two figures count, or has a status of what two statuses are about."""
    if figures is None:
        return claim.event_type in (ground.claims[finding.a].event_type, ground.claims[finding.b].event_type)
    return any(_like(frame, known) for frame in ground.frames(claim) for known in figures)


def _like(frame: Frame, known: Frame) -> bool:
    people = same_counted(frame, known) or nested(frame.population, known.population)
    return same_outcome(frame, known) and people


def _batches(ground: Ground, finding: Finding, figures: Figures) -> Iterator[Gap]:
    """Two totals, and nobody tells batches of them."""
    a, b = figures
    event = ground.event[finding.event]
    told = (f for c in ground.standing(event) for f in ground.frames(c) if not f.running and _like(f, a))
    if a.cumulative and b.cumulative and not any(told):
        texts = (a.figure.text, b.figure.text)
        yield _gap("batches", (a.claim.id, b.claim.id), {}, texts, a=texts[0], b=texts[1])
