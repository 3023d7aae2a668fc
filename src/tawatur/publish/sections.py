"""Contradictions, key figures and highlighted reports as the page shows them."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from tawatur.model import Claim, Doubt, Estimate, Event, Report
from tawatur.publish.index import Index, anchor, field_of, figure_anchor, grounds, single
from tawatur.publish.marks import Segment, Spot, letters_direction, segments
from tawatur.publish.quotes import Pair, Said, counted, middle, paired, said
from tawatur.publish.values import told

MOST = 200  # contradictions of one event shown; the exports have all


@dataclass(frozen=True, slots=True)
class Disputed:
    """The contradictions of one event, the surest first."""

    event: Event | None
    pairs: tuple[Pair, ...]
    unshown: int  # pairs beyond those shown


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of an estimate: its value, the names behind it, and the anchor of the words that give it.

    ``first_hand`` tells that one of the names is a monitor who counted.
    """

    value: float | None
    names: tuple[str, ...]
    anchor: str
    first_hand: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """An estimate with its bounds linked to words."""

    estimate: Estimate
    event: Event
    what: Markup
    low: Bound
    best: Bound
    high: Bound

    @property
    def grounds(self) -> Markup:
        """Why the grade is proposed, in both languages, without the grade itself."""
        return told(*grounds(self.estimate))

    @property
    def single(self) -> bool:
        """Whether one origin stands behind all of it."""
        return single(self.estimate)


@dataclass(frozen=True, slots=True)
class Text:
    """A report with its text cut for highlighting and its claims."""

    report: Report
    name: str
    anchor: str
    direction: str
    segments: tuple[Segment, ...]
    said: tuple[Said, ...]


def contradictions(index: Index) -> list[Disputed]:
    """Contradictions by event, in the order of events."""
    found: dict[str, list[Pair]] = {}
    for finding in index.findings:
        if finding.relation == "contradict":
            found.setdefault(finding.event, []).append(paired(index, finding))
    return [
        Disputed(index.event.get(event), _varied(index, pairs)[:MOST], max(0, len(pairs) - MOST))
        for event, pairs in found.items()
    ]


def _varied(index: Index, pairs: list[Pair]) -> tuple[Pair, ...]:
    """The surest first, of those as sure the widest gaps; a claim shown before waits until others had their turn."""
    seen: Counter[str] = Counter()
    turns = []
    for place, pair in enumerate(sorted(pairs, key=lambda p: (-(p.finding.confidence or 0.0), -_gap(index, p)))):
        turns.append((max(seen[pair.finding.a], seen[pair.finding.b]), place, pair))
        seen.update((pair.finding.a, pair.finding.b))
    return tuple(pair for *_, pair in sorted(turns, key=lambda turn: turn[:2]))


def _gap(index: Index, pair: Pair) -> float:
    """How far two figures are apart, as a logarithm; statuses come before figures."""
    sides = ((pair.a, pair.finding.a_words), (pair.b, pair.finding.b_words))
    found = [index.figure_named(s.claim, w) for s, w in sides]
    if not found[0] or not found[1]:
        return math.inf
    first, second = (middle(f[1]) for f in found if f)
    return abs(math.log(max(first, 1)) - math.log(max(second, 1)))


def of_relation(index: Index, *relations: str) -> list[Pair]:
    """Findings of these relations, in order."""
    return [paired(index, f) for f in index.findings if f.relation in relations]


def key_figures(index: Index) -> list[KeyFigure]:
    """Estimates, each bound linked to the words that give it."""
    return [_key_figure(index, e) for e in index.estimates]


def _key_figure(index: Index, estimate: Estimate) -> KeyFigure:
    bounds = (
        (estimate.low, estimate.low_by),
        (estimate.best, estimate.best_by),
        (estimate.high, estimate.high_by),
    )
    low, best, high = (_bound(index, estimate, value, by) for value, by in bounds)
    what = counted(estimate.population, estimate.outcome)
    return KeyFigure(estimate, index.event[estimate.event], what, low, best, high)


def _bound(index: Index, estimate: Estimate, value: float | None, origins: tuple[str, ...]) -> Bound:
    accounts = [a for a in index.accounts.get(estimate.event, ()) if a.origin in origins]
    names = tuple(dict.fromkeys(a.name for a in accounts)) or origins
    claims = [c for a in accounts for c in index.ordered(a.claims)]
    return Bound(value, names, _words_behind(claims, estimate, value), any(c.first_hand for c in claims))


def _words_behind(claims: list[Claim], estimate: Estimate, value: float | None) -> str:
    """The anchor of the figure nearest to the estimate's value; empty when no account behind it counts this."""
    fitting = [
        (f.population != estimate.population, value not in (f.low, f.high), abs(middle(f) - (value or 0)), c, i)
        for c in claims
        for i, f in enumerate(c.figures)
        if f.outcome == estimate.outcome
    ]
    if value is None or not fitting:
        return ""
    *_, claim, place = min(fitting, key=lambda found: found[:3])
    return figure_anchor(claim, place)


def texts(index: Index) -> list[Text]:
    """Every report with its highlighted text."""
    return [_text(index, r) for r in index.reports]


def _text(index: Index, report: Report) -> Text:
    claims = index.by_report.get(report.id, [])
    spots = [Spot(anchor("c", c.id), c.span, anchor("k", c.id), "claim") for c in claims]
    spots += [
        Spot(figure_anchor(c, i), f.span, anchor("k", c.id), "figure") for c in claims for i, f in enumerate(c.figures)
    ]
    return Text(
        report,
        index.names[report.id],
        anchor("r", report.id),
        letters_direction(report.text),
        tuple(segments(report.text, spots)),
        tuple(said(index, c) for c in claims),
    )


def doubts(index: Index, most: int) -> list[tuple[str, Doubt, Said]]:
    """The first fields to review: the kind of each and its claim."""
    known = [d for d in index.comparison.doubts if d.claim in index.claim][:most]
    return [(field_of(d), d, said(index, index.claim[d.claim])) for d in known]
