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
from tawatur.model import Claim, EventType, Figure, Link, Report, Span, Status

NAME, VERSION = "grammar", "1"
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
class _Work:
    reader: Reader
    reading: Reading
    tongue: Tongue = field(init=False)
    figure_hits: list[figures.FigureHit] = field(init=False)
    theme: int = field(init=False)
    leads: list[complex] = field(init=False)  # of the segmenter, for each token
    ground: places.Ground = field(init=False)
    time_hits: list[times.TimeHit] = field(init=False)
    told: list[places.Told] = field(default_factory=list)
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
        tokens, scopes = self.reading.tokens, self.reading.scopes
        clauses = self._clauses()
        voices = [attribution.scope_of(scopes, clause.first, clause.after) for clause in clauses]
        choices = self.reader.classifier.choose(tokens, clauses, voices, self.theme)
        for clause, scope, choice in zip(clauses, voices, choices, strict=True):
            chain, status = scope.chain if scope else (), choice.status
            if any(link.stance == "denied" for link in chain):
                status = "not_occurred"  # settled case 1: what a source denies did not happen, on its word
            asked = self._asked(clause, choice.event_type, scope)
            claim, taking = self._assembled(clause, choice, status, chain, scope, asked)
            self.told.append(places.Told(clause.first, clause.after, choice.event_type))
            yield Made(claim, clause, scope, choice, self.figure_hits, asked, taking)

    def _clauses(self) -> list[Clause]:
        """What the segmenter finds inside the stories' bodies, without marks at the ends."""
        marks = self.reading.marks
        found, self.leads = self.reader.segmenter.found(self.reading.tokens, marks)
        words = self.reading.tokens.words
        kept = [trimmed(words, clause) for clause in found if marks[clause.first] not in OUTSIDE]
        return [clause for clause in kept if clause.after - clause.first >= _LEAST_TOKENS]

    def _assembled(
        self,
        clause: Clause,
        choice: Choice,
        status: Status,
        chain: tuple[Link, ...],
        scope: attribution.Scope | None,
        asked: places.Asked,
    ) -> tuple[Claim, Taking]:
        tokens, pack = self.reading.tokens, self.reader.pack
        span, event_type = self._span(clause), choice.event_type
        at = (clause.first, clause.after)
        quantities = settle_figures(self.figure_hits, tokens, *at, event_type, status, pack)
        taking = self._taking(Asked(*at, event_type, chain, scope, quantities))
        quantities = within(quantities, span, tokens.text)
        claim = Claim(
            id=Claim.key(self.reading.report.id, span, event_type),
            report=self.reading.report.id,
            span=span,
            event_type=event_type,
            status=status,
            attribution=chain,
            actors=taking.actors,
            affected=taking.affected,
            figures=quantities,
            places=self.tongue.places_of(asked),
            times=times.settle(self.time_hits, tokens, *at, status),
            said=times.said_time(self.time_hits, scope.verb_first, scope.verb_after) if scope else None,
            rules=(scope.rule,) if scope and scope.rule else (),
            reader=f"{NAME}/{VERSION}",
            pack=pack.hash,
            confidence=certainty(
                self.leads,
                self.reading.marks,
                clause,
                (scope, self._heard(clause)),
                choice,
                (status, taking, quantities),
            ),
        )
        return claim, taking

    def _taking(self, asked: Asked) -> Taking:
        """Who takes part in a claim."""
        if self.cast is not None:
            return self.cast.of(asked)
        found = self.tongue.participants(
            self.reading.tokens, asked.first, asked.after, asked.event_type, self.reader.pack
        )
        return Taking(*found)

    def _asked(self, clause: Clause, event_type: EventType, scope: attribution.Scope | None) -> places.Asked:
        """The claim as its places are looked for."""
        said = (scope.first, scope.verb_first) if scope else None
        return places.Asked(self.ground, clause.first, clause.after, event_type, self.told, said)

    def _heard(self, clause: Clause) -> bool:
        """Whether somebody else than the publisher spoke before a clause."""
        scopes = self.reading.scopes
        return bool(scopes) and scopes[0].first < clause.first

    def _span(self, clause: Clause) -> Span:
        tokens = self.reading.tokens
        start = tokens.starts[clause.first]
        return Span(start + self.tongue.joined(tokens.words[clause.first]), tokens.ends[clause.after - 1])


def trimmed(words: list[Word], clause: Clause) -> Clause:
    """A clause without marks at its ends, from behind the word that hands over what is said (that, that he)."""
    first, after = said_from(words, clause.first, clause.after), clause.after
    while after > first and words[after - 1].kind not in SPOKEN:
        after -= 1
    return Clause(first, after)


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
