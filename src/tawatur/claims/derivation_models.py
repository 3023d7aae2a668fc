"""A claim and what it was made of in, a line for each choice of a trained model out: the weights that decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tawatur.claims import segment
from tawatur.claims.assemble import Made, Reader
from tawatur.claims.classify import seen
from tawatur.claims.features import of_neighbours, of_theme
from tawatur.claims.figures_features import Feature, Seen, View, expand, word_names
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_models import SAME, Scorer
from tawatur.claims.figures_settle import Models, decide
from tawatur.claims.models import model
from tawatur.claims.participants import ACTOR, AFFECTED, tables
from tawatur.claims.participants_features import of_head, of_outside, typed
from tawatur.claims.places_governing import LIKELY, PLACELESS, Asked, candidates, names_of
from tawatur.claims.reading import Reading
from tawatur.claims.segment import Clause
from tawatur.claims.tongues import tongue_of
from tawatur.claims.weighing import Weighed, by_name, ordered, weighed, with_relations
from tawatur.lang.lexicon import Word
from tawatur.model import Claim, Outcome, Place


def kinds(made: Made, by: Reader, reading: Reading) -> Iterator[str]:
    """Type and status."""
    claim, tokens, classifier = made.claim, reading.tokens, by.classifier
    names = seen(classifier.kinds, tokens, made.clause, made.scope, of_theme(tokens))
    names.update(dict.fromkeys(of_neighbours(*made.choice.beside), 1.0))
    types, statuses = classifier.types, classifier.statuses
    yield weighed(types.labels, by_name(types, names), claim.event_type).told("type")
    if any(link.stance == "denied" for link in claim.attribution):
        yield f"status {claim.status}: its source denies it"
    else:
        yield weighed(statuses.labels, by_name(statuses, names), claim.status).told("status")


@dataclass(slots=True)
class Borders:
    """The segmenter at one report: its clauses, and why they begin and end where they do."""

    by: Reader
    reading: Reading
    found: list[Clause]
    contexts: list[segment.Context]

    @staticmethod
    def of(by: Reader, reading: Reading) -> Borders:
        """The borders of a report."""
        tokens, marks = reading.tokens, reading.marks
        return Borders(by, reading, by.segmenter.clauses(tokens, marks), list(segment.context_keys(tokens, marks)))

    def lines(self, clause: Clause) -> Iterator[str]:
        """What decided where the clause begins and where it ends, before marks at its ends are left out."""
        whole = next((c for c in self.found if c.first <= clause.first < c.after), clause)
        before = segment.IN if any(c.after == whole.first for c in self.found) else segment.OUT
        yield self._at(whole.first, segment.BEGIN, before).told(f"begins at {self._word(whole.first)!r}:")
        if whole.after < len(self.reading.tokens.words):
            goes = segment.BEGIN if any(c.first == whole.after for c in self.found) else segment.OUT
            yield self._at(whole.after, goes, segment.IN).told(f"ends before {self._word(whole.after)!r}, which is")

    def _word(self, at: int) -> str:
        return self.reading.tokens.words[at].raw.strip() or "a line end"

    def _at(self, at: int, label: int, before: int) -> Weighed:
        held = self.by.segmenter.model
        words = self.reading.tokens.words
        names = list(segment.context_names(self.contexts[at]))
        for offset in segment.OFFSETS:
            inside = 0 <= at + offset < len(words)
            names += segment.word_names(words[at + offset], offset) if inside else [f"{offset}EDGE"]
        names.append(f"step={before}")
        return weighed(("outside", "begin", "inside"), by_name(held, dict.fromkeys(names, 1.0)), _BORDER[label])


_BORDER = {segment.OUT: "outside", segment.BEGIN: "begin", segment.IN: "inside"}


class _Heard:
    """The trained tables as a chooser that keeps what it was shown: lines by the figure's first character."""

    def __init__(self, models: Models) -> None:
        self.models = models
        self.lines: dict[int, list[str]] = {}

    def outcome(self, hit: FigureHit, rule: Outcome, shown: Seen, /) -> tuple[Outcome, int]:
        label, lead = self.models.outcome(hit, rule, shown)
        self._hear(hit, "outcome", self.models.outcomes, shown, label)
        return label, lead

    def cumulative(self, hit: FigureHit, shown: Seen, words: list[Word], /) -> tuple[bool, int]:
        total, lead = self.models.cumulative(hit, shown, words)
        bag: list[Feature] = [(name, None) for word in words for name in word_names(word)]
        self._hear(hit, "running total", self.models.totals, shown, "yes" if total else "no", bag)
        return total, lead

    def _hear(
        self, hit: FigureHit, what: str, by: Scorer, shown: Seen, label: str, bag: list[Feature] | None = None
    ) -> None:
        features = [feature for part in shown.parts for feature in expand(part)] + (bag or [])
        features += [(place + name, None) for place, word in shown.words for name in word_names(word)]
        added = with_relations(by.model, features, by.model.labels.index(SAME))
        line = weighed(by.labels, added, label).told(f"{what} of {hit.kind}")
        self.lines.setdefault(hit.start, []).append(line)


def figures(made: Made, by: Reader, hits: list[FigureHit], reading: Reading, models: Models) -> Iterator[str]:
    """Outcomes and running totals, figure by figure."""
    claim, (first, after), heard = made.claim, (made.clause.first, made.clause.after), _Heard(models)
    mine = [hit for hit in hits if first <= hit.first and hit.after <= after]
    if mine:
        near = made.choice.near if tongue_of(by.pack).two_types else None
        view = View(reading.tokens, first, after, claim.event_type, claim.status, tuple(hits), near)
        decide(mine, view, by.pack, heard)
    for hit in mine:
        text = reading.tokens.text[hit.start : hit.end]
        told = heard.lines.get(hit.start, [])
        if not any(line.startswith("outcome") for line in told):
            yield f"figure {text}: its noun tells the outcome"
        yield from (f"figure {text}: {line}" for line in told)


def participants(made: Made, by: Reader, reading: Reading) -> Iterator[str]:
    """What each noun of the clause was taken for, and the actor named outside it."""
    if made.taking is None or not (made.taking.heads or made.taking.outside):
        return
    held, kind, labels = tables(by.pack.language), made.claim.event_type, (ACTOR, AFFECTED, _NEITHER)
    for at, head, label in made.taking.heads:
        names = dict.fromkeys(typed(["bias", *of_head(head)], kind), 1.0)
        told = weighed(labels, by_name(held.heads.model, names), label or _NEITHER)
        yield told.told(f"noun {reading.tokens.words[at].raw}:")
    if made.taking.outside is not None:
        names = dict.fromkeys(typed(["bias", *of_outside(made.taking.outside[0])], kind), 1.0)
        parts = [(name, w[0]) for name, w in by_name(held.others.model, names).items()]
        line = Weighed("from outside the clause", "", sum(w for _, w in parts), ordered(parts))
        yield line.told(f"actor {'; '.join(m.name for m in made.claim.actors)}:")


_NEITHER = "takes no part"


def places(claim: Claim, asked: Asked) -> Iterator[str]:
    """How the claim came by its places; of one that governs it from before, the weights that chose it."""
    for place in claim.places:
        if place.how != "governing":
            where = "named in the clause" if place.how == "own" else "opens the sentence"
            yield f"place {place.text}: {where}, found by {place.rule or 'no rule'}"
    if not claim.places and claim.event_type in PLACELESS:
        yield f"place none: a {claim.event_type} hardly ever has one that it does not name"
    elif not claim.places or claim.places[0].how == "governing":
        yield from _governing(asked, claim.places[0] if claim.places else None)


def _governing(asked: Asked, chosen: Place | None) -> Iterator[str]:
    earlier = [told for told in asked.earlier if told.first < asked.first]
    weights = model("places").weights
    scored = []
    for hit, groups in candidates(replace(asked, earlier=earlier)):
        parts = {name: weights[name][0][1] for name in names_of(groups) if name in weights}
        scored.append((sum(parts.values()), hit.text, parts))
    scored.sort(key=lambda row: -row[0])
    if chosen is None:
        best = f"the likeliest, {scored[0][1]}, has {scored[0][0]:+.2f}" if scored else "no place stands before it"
        yield f"place none: log odds of {LIKELY} are needed, {best}"
        return
    (score, text, parts), *others = scored
    other = others[0] if others else (0.0, "", {})
    apart = {name: parts.get(name, 0.0) - other[2].get(name, 0.0) for name in {*parts, *other[2]}}
    yield Weighed(text, other[1], score - other[0], ordered(apart.items())).told("place")
