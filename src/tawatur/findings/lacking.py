"""Contradictions in, what would settle each of them out: the slots that nobody tells and the sources that may know."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from tawatur.copies.names import unnamed
from tawatur.findings.frames import nested
from tawatur.findings.ground import day
from tawatur.findings.named import named_in
from tawatur.findings.nouns import Gap, Settling
from tawatur.findings.parties import stands_beside
from tawatur.findings.phrasing import listed, names_of, words
from tawatur.findings.relations import same_counted, same_outcome
from tawatur.findings.wording import term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Words
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
    doubtful, telling = _doubtful(ground), Telling(ground)
    found = [_settling(ground, f, doubtful, telling) for f in ground.findings if f.relation == "contradict"]
    fresh = sorted(found, key=lambda s: (s.latest or "", s.finding), reverse=True)
    return tuple(sorted(fresh, key=lambda s: -s.size))


def _doubtful(ground: Ground) -> dict[str, list[str]]:
    """The kinds of fields of each claim that may be read wrongly."""
    found: dict[str, list[str]] = {}
    for doubt in ground.comparison.doubts:
        first, *rest = doubt.field.split(".")
        found.setdefault(doubt.claim, []).append(rest[-1] if len(rest) > 1 else first)
    return found


def _settling(ground: Ground, finding: Finding, doubtful: dict[str, list[str]], telling: Telling) -> Settling:
    pair = (ground.claims[finding.a], ground.claims[finding.b])
    figures = _figures(ground, finding, pair)
    gaps = [*_reading(finding, pair, doubtful), *_sources(finding, figures, telling)]
    gaps += _slots(ground, figures) if figures else _of_statuses(ground, pair)
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
    """How far two figures are apart: the log ratio of the nearest bounds; where they meet, that of a doubling."""
    a, b = sorted(f.interval for f in figures) if figures else ((0.0, 0.0), (0.0, 0.0))
    return round(math.log((b[0] + 1) / (a[1] + 1)) if a[1] < b[0] else STATUS_SIZE, 4)


def _gap(kind: str, claims: Ids, asked: dict[str, str], told: Words) -> Gap:
    return Gap(kind, claims, tuple(asked), tuple(asked.values()), WEIGHTS[kind], told)


def _reading(finding: Finding, pair: tuple[Claim, Claim], doubtful: dict[str, list[str]]) -> Iterator[Gap]:
    """Fields on which the contradiction hangs and that may be read wrongly: to look them up costs least."""
    decide = DECIDE[finding.aspect]
    unsure = {c.id: found for c in pair if (found := [f for f in doubtful.get(c.id, ()) if f in decide])}
    fields = sorted({field for found in unsure.values() for field in found})
    if fields:
        told = words("gap", "reading", fields=listed(term("field", field) for field in fields))
        yield _gap("reading", tuple(unsure), {}, told)


def _slots(ground: Ground, figures: Figures) -> Iterator[Gap]:
    """Slots of two figures that are not told."""
    for frame in figures:
        name, text = ground.name(frame.claim), frame.figure.text
        lacking = {
            "as_of": frame.clock.as_of_from != "event",
            "place": not frame.claim.places,
            "bound": frame.figure.high is None,
        }
        for kind in (kind for kind, is_lacking in lacking.items() if is_lacking):
            told = words("gap", kind, (name, text), name=name, words=text)
            yield _gap(kind, (frame.claim.id,), {frame.origin: name}, told)
    a, b = figures
    if _others_counted(a, b):
        texts = (a.figure.text, b.figure.text)
        both = {f.origin: ground.name(f.claim) for f in figures}
        yield _gap("population", (a.claim.id, b.claim.id), both, _both("population", texts))


def _both(key: str, texts: tuple[str, str]) -> Words:
    return words("gap", key, texts, a=texts[0], b=texts[1])


def _of_statuses(ground: Ground, pair: tuple[Claim, Claim]) -> Iterator[Gap]:
    """Slots of two statuses that are not told: the day, and of whom they speak."""
    quotes = (ground.quote(pair[0]), ground.quote(pair[1]))
    for claim, quote in zip(pair, quotes, strict=True):
        if ground.clock(claim).as_of_from != "event":
            name = ground.name(claim)
            told = words("gap", "when", (name, quote), name=name, words=quote)
            yield _gap("as_of", (claim.id,), {ground.origin(claim): name}, told)
    groups = [named_in(quote) for quote in quotes]
    if all(groups) and groups[0] != groups[1]:
        asked = {ground.origin(claim): ground.name(claim) for claim in pair}
        yield _gap("population", (pair[0].id, pair[1].id), asked, _both("whom", quotes))


def _others_counted(a: Frame, b: Frame) -> bool:
    """Whether the words of two figures leave open whom they count, or name two groups."""
    known = {a.population, b.population, a.figure.population, b.figure.population}
    nouns = [named_in(f.figure.noun) for f in (a, b) if f.figure.noun]
    return len(known) > 1 or "other" in known or (len(nouns) == 2 and nouns[0] != nouns[1])


def _nameless(ground: Ground, claim: Claim) -> Iterator[Gap]:
    """An origin without a name: who carries it may know it."""
    origin = claim.origin
    if origin and not origin.body and (origin.kind == "unnamed" or unnamed(origin.name)):
        relay, quote = ground.outlet(claim), ground.quote(claim)
        told = words("gap", "origin", (relay, quote), words=quote, relay=relay)
        yield _gap("origin", (claim.id,), {relay: relay}, told)


def _sources(finding: Finding, figures: Figures | None, telling: Telling) -> Iterator[Gap]:
    """Kinds of sources that do not tell this: no party to it, who counted on the spot, who speaks of the event."""
    pair = (finding.a, finding.b)
    told = telling.of(finding, figures)
    if not told.counted and not told.beside:
        yield _gap("non_party", pair, {}, words("gap", "non_party"))
    if figures and not told.counted:
        yield _gap("monitor", pair, {}, words("gap", "monitor"))
    if names := tuple(told.others.values()):
        yield _gap("ask_others", pair, told.others, words("gap", "ask_others", names, who=names_of(names)))
    if figures and not told.batches and all(f.cumulative for f in figures):
        yield _gap("batches", pair, {}, _both("batches", (figures[0].figure.text, figures[1].figure.text)))


class Telling:
    """Who tells what in each event: looked up once for each kind of figures or statuses."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.known: dict[tuple[object, ...], Told] = {}

    def of(self, finding: Finding, figures: Figures | None) -> Told:
        """Who tells what the two claims of a finding are about."""
        kinds: frozenset[object]
        if figures:
            kinds = frozenset((f.population, f.outcome) for f in figures)
        else:
            pair = [self.ground.claims[c] for c in (finding.a, finding.b)]
            kinds = frozenset((c.event_type, status) for c in pair for status in (pair[0].status, pair[1].status))
        key = (finding.event, kinds)
        if key not in self.known:
            self.known[key] = self._look(finding, figures, kinds)
        return self.known[key]

    def _look(self, finding: Finding, figures: Figures | None, kinds: frozenset[object]) -> Told:
        claims = self.ground.standing(self.ground.event[finding.event])
        like = {c.id: [f for f in self.ground.frames(c) if _like(f, figures)] for c in claims} if figures else {}
        telling = [c for c in claims if like.get(c.id) or (c.event_type, c.status) in kinds]
        names = {self.ground.origin(c): self.ground.name(c) for c in telling}
        others = {self.ground.origin(c): self.ground.name(c) for c in claims if self.ground.origin(c) not in names}
        ranked = sorted(others, key=lambda key: (_ASKED_FIRST[stands_beside(others[key])], others[key], key))
        return Told(
            counted=any(c.first_hand for c in telling),
            beside=any(stands_beside(name) == "beside" for name in names.values()),
            others={key: others[key] for key in ranked[:MOST_ASKED]},
            batches=any(not f.running for found in like.values() for f in found),
        )


class Told(NamedTuple):
    """Of one kind of figures or statuses: whether a monitor counted, whether one beside the parties tells it,
    who else speaks of the event, and whether batches are told."""

    counted: bool
    beside: bool
    others: dict[str, str]
    batches: bool


def _like(frame: Frame, figures: Figures) -> bool:
    """Whether a figure counts what one of two figures counts, or a part of it."""
    return any(
        same_outcome(frame, known) and (same_counted(frame, known) or nested(frame.population, known.population))
        for known in figures
    )
