"""A reading to claims: clauses by the segmenter, then type, status, voices, figures, places, times, participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from tawatur.claims import attribution, figures, places, times
from tawatur.claims.certainty import certainty
from tawatur.claims.classify import Choice, Classifier
from tawatur.claims.figures_settle import settle as settle_figures
from tawatur.claims.grammar import Grammar
from tawatur.claims.models import model
from tawatur.claims.participants import Choice as Taking
from tawatur.claims.participants import Participants
from tawatur.claims.participants_cast import Asked
from tawatur.claims.reading import OUTSIDE, SPOKEN, Reading, prepare, said_from
from tawatur.claims.segment import Clause, Segmenter
from tawatur.claims.tongues import Tongue, tongue_of
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Claim, Confidence, Figure, Link, Place, Report, Span, Status, Time

NAME, VERSION = "grammar", "1"
_READER = f"{NAME}/{VERSION}"
_LEAST_TOKENS = 2


@dataclass(slots=True, eq=False)
class Reader:
    """The models and grammars of one pack, ready to read reports."""

    pack: Pack
    segmenter: Segmenter
    classifier: Classifier

    def read(self, report: Report) -> tuple[Claim, ...]:
        """The claims of a report, in text order."""
        return tuple(made.claim for made in self.made(report))

    def made(self, report: Report) -> Iterator[Made]:
        """The claims of a report with what they were made of."""
        work = _Work(self, prepare(report, self.pack))
        taken: set[str] = set()
        for made in work.claims():
            if made.claim.id not in taken:
                taken.add(made.claim.id)
                yield made


@dataclass(slots=True, eq=False)
class Made:
    """A claim, the clause that it stands on, the scope that gives it its voice, and what the models chose."""

    claim: Claim
    clause: Clause
    scope: attribution.Scope | None
    choice: Choice
    hits: list[figures.FigureHit]  # all quantities of the report
    asked: places.Asked  # how its places were looked for
    taking: Taking | None = None  # who takes part, and what was weighed for it


@cache
def reader(pack: Pack) -> Reader:
    """The reader of a pack."""
    chain, types, statuses = (model(name, pack.language) for name in ("segment", "type", "status"))
    return Reader(pack, Segmenter(chain), Classifier(types, statuses, kinds(pack)))


def kinds(pack: Pack) -> Grammar:
    """The grammar of kinds of events."""
    return Grammar(pack, "events", ("events",))


@dataclass(slots=True, eq=False)
class _Draft:
    """A claim while it is made: the stages fill in what they find."""

    clause: Clause
    scope: attribution.Scope | None
    choice: Choice
    status: Status
    chain: tuple[Link, ...]
    span: Span
    asked: places.Asked
    quantities: tuple[Figure, ...] = ()
    taking: Taking = field(init=False)
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    confidence: Confidence = ()


@dataclass(slots=True, eq=False)
class _Work:
    reader: Reader
    reading: Reading
    tongue: Tongue = field(init=False)
    figure_hits: list[figures.FigureHit] = field(init=False)
    theme: int = field(init=False)
    leads: list[complex] = field(init=False)  # of the segmenter, for each token
    ground: places.Ground = field(init=False)
    time_hits: list[times.TimeHit] = field(init=False)
    cast: Participants | None = None

    def __post_init__(self) -> None:
        tokens, pack, report = self.reading.tokens, self.reader.pack, self.reading.report
        tongue = self.tongue = tongue_of(pack)
        self.figure_hits = tongue.figures(tokens, pack)
        self.theme = self.reader.classifier.theme(tokens)
        self.ground = places.Ground(tokens, tongue.places(tokens, pack), pack.lexicon)
        if tongue.cast is not None:
            self.cast = tongue.cast(tokens, pack, self.figure_hits, self.ground.hits)
        self.time_hits = tongue.times(tokens, pack, times.anchor_of(report.published))

    def claims(self) -> Iterator[Made]:
        """All claims, stage by stage: one stage run over all clauses takes half the time of many stages in turn."""
        tokens, pack = self.reading.tokens, self.reader.pack
        drafts = self._drafts()
        for d in drafts:
            first, after, kind = d.clause.first, d.clause.after, d.choice.event_type
            near = d.choice.near if self.tongue.two_types else None
            d.quantities = settle_figures(self.figure_hits, tokens, first, after, kind, d.status, pack, near)
        for d, taking in zip(drafts, self._takings(drafts), strict=True):
            d.taking = taking
        for d in drafts:
            d.places = self.tongue.places_of(d.asked)
        for d in drafts:
            d.times = times.settle(self.time_hits, tokens, d.clause.first, d.clause.after, d.status)
        for d in drafts:
            d.quantities = within(d.quantities, d.span, tokens.text)
            d.confidence = self._certainty(d)
        for d in drafts:
            yield Made(self._claim(d), d.clause, d.scope, d.choice, self.figure_hits, d.asked, d.taking)

    def _drafts(self) -> list[_Draft]:
        """What is known of each claim from its clause, its voice, and what the models take it for."""
        scopes, clauses = self.reading.scopes, self._clauses()
        voices = [attribution.scope_of(scopes, clause.first, clause.after) for clause in clauses]
        choices = self.reader.classifier.choose(self.reading.tokens, clauses, voices, self.theme)
        told = [places.Told(c.first, c.after, choice.event_type) for c, choice in zip(clauses, choices, strict=True)]
        drafts: list[_Draft] = []
        for n, (clause, scope, choice) in enumerate(zip(clauses, voices, choices, strict=True)):
            chain = scope.chain if scope else ()
            denied = any(link.stance == "denied" for link in chain)  # settled case 1: it did not happen, on its word
            said = (scope.first, scope.verb_first) if scope else None
            asked = places.Asked(self.ground, clause.first, clause.after, choice.event_type, told[:n], said)
            status = "not_occurred" if denied else choice.status
            drafts.append(_Draft(clause, scope, choice, status, chain, self._span(clause), asked))
        return drafts

    def _clauses(self) -> list[Clause]:
        """What the segmenter finds inside the stories' bodies, without marks at the ends."""
        marks = self.reading.marks
        found, self.leads = self.reader.segmenter.found(self.reading.tokens, marks)
        words = self.reading.tokens.words
        kept = [trimmed(words, clause) for clause in found if marks[clause.first] not in OUTSIDE]
        return [clause for clause in kept if clause.after - clause.first >= _LEAST_TOKENS]

    def _claim(self, d: _Draft) -> Claim:
        scope, event_type, report = d.scope, d.choice.event_type, self.reading.report.id
        return Claim(
            Claim.key(report, d.span, event_type),
            report,
            d.span,
            event_type,
            d.status,
            d.chain,
            d.taking.actors,
            d.taking.affected,
            d.quantities,
            d.places,
            d.times,
            times.said_time(self.time_hits, scope.verb_first, scope.verb_after) if scope else None,
            (scope.rule,) if scope and scope.rule else (),
            _READER,
            self.reader.pack.hash,
            d.confidence,
        )

    def _certainty(self, d: _Draft) -> Confidence:
        scopes = self.reading.scopes
        heard = bool(scopes) and scopes[0].first < d.clause.first  # somebody else than the publisher spoke before
        parts = d.status, d.taking, d.quantities
        return certainty(self.leads, self.reading.marks, d.clause, (d.scope, heard), d.choice, parts)

    def _takings(self, drafts: list[_Draft]) -> list[Taking]:
        """Who takes part in each claim."""
        if self.cast is not None:
            claims = [
                Asked(d.clause.first, d.clause.after, d.choice.event_type, d.chain, d.scope, d.quantities)
                for d in drafts
            ]
            return self.cast.all(claims)
        find, tokens, pack = self.tongue.participants, self.reading.tokens, self.reader.pack
        return [Taking(*find(tokens, d.clause.first, d.clause.after, d.choice.event_type, pack)) for d in drafts]

    def _span(self, clause: Clause) -> Span:
        tokens = self.reading.tokens
        start = tokens.starts[clause.first]
        return Span(start + self.tongue.joined(tokens.words[clause.first]), tokens.ends[clause.after - 1])


def trimmed(words: list[Word], clause: Clause) -> Clause:
    """A clause without marks at its ends, from behind the word that hands over what is said (that, that he)."""
    first, after = said_from(words, clause.first, clause.after), clause.after
    while after > first and words[after - 1].kind not in SPOKEN:
        after -= 1
    return clause if first == clause.first and after == clause.after else Clause(first, after)


def within(figures: tuple[Figure, ...], span: Span, text: str) -> tuple[Figure, ...]:
    """Figures of a claim cut to its span of the text; one that lies outside is left out, and is no whole of others."""
    if not any(f.span.start < span.start or f.span.end > span.end or f.span.start >= f.span.end for f in figures):
        return figures
    shown = {f.text: _cut(f.span, span).of(text) for f in figures}
    return tuple(
        replace(f, text=shown[f.text], span=_cut(f.span, span), part_of=shown[f.part_of] or None if f.part_of else None)
        for f in figures
        if shown[f.text]
    )


def _cut(inner: Span, outer: Span) -> Span:
    start = min(max(inner.start, outer.start), outer.end)
    return Span(start, max(start, min(inner.end, outer.end)))
