"""Claims as the page shows them: quoted words cut into linked stretches, who says so through whom, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from tawatur.model import DOUBTFUL, Claim, Confidence, Figure, Finding, Report, Span
from tawatur.publish.index import Index, anchor, figure_anchor
from tawatur.publish.marks import Segment, Spot, letters_direction, segments
from tawatur.publish.values import between, both, bounds_markup, day, isolated, runs
from tawatur.publish.words import pair

ORDERED = frozenset({"interval", "value", "bounds", "event_time", "as_of"})  # slots of numbers and dates


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its value in words and the anchor of its highlighted words."""

    figure: Figure
    anchor: str
    value: Markup
    page: int | None = None  # of its report, on which it is to be checked
    picture: str = ""  # of that page, as a path from the folder of the result

    @property
    def what(self) -> Markup:
        """What is counted and what happened to it."""
        return counted(self.figure.population, self.figure.outcome)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its report, its speaker, its quoted words and its figures."""

    claim: Claim
    report: Report
    name: str
    voice: str  # the origin after independence is decided, else the name
    who: str
    side: str | None
    anchor: str
    card: str
    parts: tuple[Segment, ...]
    figures: tuple[Shown, ...]
    as_of: str | None
    by_publication: bool

    @property
    def direction(self) -> str:
        """The direction of the quoted words."""
        return letters_direction("".join(p.text for p in self.parts))

    @property
    def dated(self) -> Markup:
        """The date it holds for, isolated; empty when unknown."""
        return isolated(day(self.as_of[:10] if self.by_publication else self.as_of)) if self.as_of else Markup("")

    @property
    def when(self) -> Markup:
        """The times that the claim itself gives, each in both languages."""
        return Markup(" · ").join(t for t in (between(t.start, t.end) for t in self.claim.times) if t)


@dataclass(frozen=True, slots=True)
class Slot:
    """One compared point: its name, both values, and whether they are the same."""

    name: Markup
    a: Markup
    b: Markup
    same: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding with both claims, the words compared and the anchors of those words."""

    finding: Finding
    a: Said
    b: Said
    a_anchor: str
    b_anchor: str
    slots: tuple[Slot, ...]

    @property
    def reason(self) -> Markup:
        """Why the relation holds, in both languages; quoted clauses are isolated and cut short."""
        found = self.finding
        return both(*(_with_quotes(text, found.a_words, found.b_words) for text in (found.reason_en, found.reason_ar)))


def picture_of(report: Report, page: int | None) -> str:
    """Where the picture of a report's page lies in the folder of the result; empty without a page."""
    return f"pages/{report.raw_digest[:16]}-p{page}.png" if page and report.raw_digest else ""


@lru_cache(4096)
def term(section: str, key: str) -> Markup:
    """A term of the word table in both languages."""
    return both(*pair(section, key))


def unsure(confidence: Confidence | float | None, fields: str = "") -> bool:
    """Whether a thing, or one of its fields, is doubtful; ``fields`` are names with spaces between."""
    if confidence is None or isinstance(confidence, float):
        return confidence is not None and confidence < DOUBTFUL
    return any(sure < DOUBTFUL for field, sure in confidence if field in fields.split())


@lru_cache(4096)
def counted(population: str, outcome: str) -> Markup:
    """Population and outcome as one label: ``civilians, evacuated``; no outcome is not named."""
    (en, ar), (en_did, ar_did) = pair("population", population), pair("outcome", outcome)
    return both(en, ar) if outcome == "none" else both(f"{en}, {en_did}", f"{ar}، {ar_did}")


def shown(claim: Claim, report: Report, pictures: frozenset[str]) -> tuple[Shown, ...]:
    """The figures of a claim of a report; ``pictures`` are those of pages that there are."""
    pages = [report.page_to_check(f.span) for f in claim.figures]
    return tuple(
        Shown(
            f,
            figure_anchor(claim, i),
            bounds_markup(f.low, f.high, f.approximate),
            pages[i],
            picture_of(report, pages[i]) if picture_of(report, pages[i]) in pictures else "",
        )
        for i, f in enumerate(claim.figures)
    )


def once(found: Iterable[tuple[Said, Shown]], *, by_date: bool = False) -> list[tuple[Said, Shown]]:
    """Figures without those that one account repeats, in another outlet or sentence; ``by_date``: for the same date."""
    kept: dict[tuple[object, ...], tuple[Said, Shown]] = {}
    for s, shown in found:
        f = shown.figure
        as_of = s.as_of if by_date and not s.by_publication else None
        kept.setdefault((s.voice, f.low, f.high, f.population, f.outcome, f.cumulative, as_of), (s, shown))
    return list(kept.values())


def said(index: Index, claim: Claim) -> Said:
    """A claim made ready to show."""
    report, account = index.report[claim.report], index.account_of.get(claim.id)
    as_of, by_publication = index.as_of(claim)
    return Said(
        claim=claim,
        report=report,
        name=index.names[report.id],
        voice=account.origin if account else index.who(claim),
        who=index.who(claim),
        side=account.side if account else None,
        anchor=anchor("c", claim.id),
        card=anchor("k", claim.id),
        parts=quoted(claim, report),
        figures=shown(claim, report, index.pictures),
        as_of=as_of,
        by_publication=by_publication,
    )


def quoted(claim: Claim, report: Report) -> tuple[Segment, ...]:
    """The claim's exact words, cut where its figures stand."""
    text, start = claim.span.of(report.text), claim.span.start
    inside = [(i, f) for i, f in enumerate(claim.figures) if start <= f.span.start < f.span.end <= claim.span.end]
    spots = (
        Spot(figure_anchor(claim, i), Span(f.span.start - start, f.span.end - start), figure_anchor(claim, i), "figure")
        for i, f in inside
    )
    return tuple(segments(text, spots))


def paired(index: Index, finding: Finding) -> Pair:
    """A finding made ready to show."""
    a, b = index.claim[finding.a], index.claim[finding.b]
    return Pair(
        finding,
        said(index, a),
        said(index, b),
        index.words_anchor(a, finding.a_words),
        index.words_anchor(b, finding.b_words),
        tuple(_slot(index, finding.event, *slot) for slot in finding.slots),
    )


def middle(figure: Figure) -> float:
    """The middle of a figure's bounds, for ordering only; its one bound when the other is open."""
    ends = [v for v in (figure.low, figure.high) if v is not None]
    return sum(ends) / len(ends) if ends else 1.0


def short(words: str, most: int = 8) -> str:
    """At most so many words, whole ones, with dots for the rest."""
    cut = words.split()
    return words if len(cut) <= most else " ".join(cut[:most]) + " …"


def _with_quotes(reason: str, *quotes: str) -> Markup:
    known = sorted({q for q in quotes if q}, key=len, reverse=True)
    if not known:
        return runs(reason)
    pieces = re.split("(" + "|".join(re.escape(q) for q in known) + ")", reason)
    return Markup("").join(Markup("<bdi>{}</bdi>").format(short(p)) if p in known else runs(p) for p in pieces)


def _slot(index: Index, event: str, name: str, a: str, b: str) -> Slot:
    names = {x.origin: x.name for x in index.accounts.get(event, ())} if name == "origin" else {}
    left, right = (_value(name, names.get(value, value)) for value in (a, b))
    return Slot(term("slot", name), left, right, a == b)


def _value(name: str, value: str) -> Markup:
    if not value.strip("?/ "):
        return term("ui", "not_said")
    if name in ORDERED:
        return isolated(value.replace("/", " / "))
    for section in ("population", "outcome", "status", "slot_value", "event_type"):
        english, arabic = pair(section, value)
        if (english, arabic) != (value, value):
            return both(english, arabic)
    return Markup("<bdi>{}</bdi>").format(value)
