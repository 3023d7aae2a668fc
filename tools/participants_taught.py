"""Annotated claims in, what the tables of participants learn from out: the nouns and the answers for them."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from gold import Dossier  # noqa: E402  # the loader lives beside the tests
from tawatur.claims import figures, places  # noqa: E402
from tawatur.claims.attribution import scope_of  # noqa: E402
from tawatur.claims.figures_settle import settle  # noqa: E402
from tawatur.claims.participants import ACTOR, AFFECTED, Choice, Chooser, Participants  # noqa: E402
from tawatur.claims.participants_cast import Asked, Named  # noqa: E402
from tawatur.claims.participants_features import Head, of_head, of_outside  # noqa: E402
from tawatur.claims.reading import prepare  # noqa: E402
from tawatur.lang.pack import Pack  # noqa: E402
from tawatur.model import Claim, Mention, Report, Span  # noqa: E402

WRITTEN = ROOT / "tools" / "written" / "participants"
OWN = "written"
#: Strictness (C of the regressions), least times a feature is seen, and how far below even odds the tables say yes:
#: where F1 is best on dossiers left out.
SETTINGS: dict[str, tuple[float, int, float]] = {"participants": (0.3, 2, 0.6), "participants_outside": (0.1, 2, 0.8)}

#: Features of one who may take part, the type of event, and the answer.
Example = tuple[list[str], str, str]


@dataclass
class Case:
    """A claim of a report as it is asked for, with the annotated names."""

    dossier: str
    claim: Claim
    asked: Asked


@dataclass
class Story:
    """A report with its claims."""

    report: Report
    cases: list[Case]

    def taken(self, pack: Pack, chooser: Chooser) -> Iterator[tuple[Case, Choice]]:
        """Who takes part in each claim, as somebody chooses."""
        tokens = prepare(self.report, pack).tokens
        by = Participants(tokens, pack, figures.find(tokens, pack), places.find(tokens, pack), chooser)
        for case in self.cases:
            yield case, by.of(case.asked)


def stories(dossier: Dossier, pack: Pack, score: Any) -> Iterator[Story]:
    """The Arabic reports of a dossier."""
    for report in dossier.reports:
        if score.language(report.text) == "ar":
            claims = sorted((c for c in dossier.claims if c.report == report.id), key=lambda c: c.span.start)
            yield story(dossier.name, report, claims, pack)


def story(name: str, report: Report, claims: list[Claim], pack: Pack) -> Story:
    """A report with these claims."""
    reading = prepare(report, pack)
    tokens, cases = reading.tokens, []
    hits = figures.find(tokens, pack)
    for claim in claims:
        first, after = tokens.at(claim.span.start), tokens.at(claim.span.end - 1) + 1
        scope = scope_of(reading.scopes, first, after)
        counted = settle(hits, tokens, first, after, claim.event_type, claim.status, pack)
        asked = Asked(first, after, claim.event_type, scope.chain if scope else (), scope, counted)
        cases.append(Case(name, claim, asked))
    return Story(report, cases)


def rows() -> list[list[str]]:
    """Type, status, clause, actors, affected of what we wrote; several names are parted by bars."""
    return [
        line.split("\t")
        for path in sorted(WRITTEN.glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def own(pack: Pack) -> Iterator[Story]:
    """What we wrote, each clause a report."""
    for event_type, status, text, actors, affected in rows():
        report = Report.make(text, outlet=None, published=None, title="")
        named = (tuple(Mention(n.strip()) for n in names.split("|") if n.strip()) for names in (actors, affected))
        span = Span(0, len(text))
        key = Claim.key(report.id, span, event_type)
        claim = Claim(key, report.id, span, event_type, status, (), *named)  # type: ignore[arg-type]
        yield story(OWN, report, [claim], pack)


def data_hash(held: list[Dossier]) -> str:
    """Twelve hexadecimal digits over the annotated participants, what we wrote, and the settings."""
    annotated = [
        [r.id, c.span.start, c.span.end, c.event_type, [m.name for m in c.actors], [m.name for m in c.affected]]
        for d in held
        for r in d.reports
        for c in d.claims
        if c.report == r.id
    ]
    parts = [annotated, rows(), SETTINGS]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:12]


@dataclass
class Teacher:
    """The chooser that knows the answers of one report, and keeps what it was shown with them."""

    text: str
    claims: dict[int, Claim]  # by identity of what is asked
    score: Any
    tokens: Any
    examples: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in SETTINGS})
    _known: tuple[Asked | None, dict[int, str | None]] = (None, {})

    def inside(self, at: int, head: Head, asked: Asked, /) -> tuple[str, complex]:
        """The annotated answer; nothing is learned from a word of a name that begins elsewhere."""
        if self._known[0] is not asked:
            self._known = asked, self._answers(asked)
        label = self._known[1].get(at, "")
        if label is not None:
            self.examples["participants"].append((list(of_head(head)), asked.event_type, label))
        return label or "", 0j

    def outside(self, found: list[Named], asked: Asked, /) -> tuple[Named | None, float]:
        """The first that shares a word with an annotated actor."""
        claim, right = self.claims[id(asked)], None
        gold = {word for mention in claim.actors for word in self.score.fold(mention.name)}
        for named in found:
            one, where = named
            name = where.name if isinstance(where, Mention) else self.tokens.words[where].bare
            answer = not gold.isdisjoint(self.score.fold(name))
            self.examples["participants_outside"].append((list(of_outside(one)), asked.event_type, "actor" * answer))
            right = right or (named if answer else None)
        return right, 0.0

    def _answers(self, asked: Asked) -> dict[int, str | None]:
        claim, answers = self.claims[id(asked)], dict[int, str | None]()
        said = claim.span.of(self.text)
        for label, mentions in ((ACTOR, claim.actors), (AFFECTED, claim.affected)):
            for mention in mentions:
                if (found := said.find(mention.name)) >= 0:
                    self._answer(claim.span.start + found, mention.name, label, asked, answers)
        return answers

    def _answer(self, start: int, name: str, label: str, asked: Asked, answers: dict[int, str | None]) -> None:
        """The first word of the name that may head it answers; its other words, and like ones elsewhere, do not."""
        tokens, words = self.tokens, set(self.score.fold(name))
        first, after = tokens.at(start), tokens.at(start + len(name) - 1) + 1
        heads = [at for at in range(first, after) if tokens.words[at].notes["part"].can_head]
        for at in range(asked.first, asked.after):
            if first <= at < after or words & set(self.score.fold(tokens.of(at, at + 1))):
                answers.setdefault(at, None)
        if heads:
            answers[heads[0]] = label


def taught(told: Story, pack: Pack, score: Any) -> dict[str, list[Example]]:
    """The examples of a report, by table."""
    tokens = prepare(told.report, pack).tokens
    claims = {id(case.asked): case.claim for case in told.cases}
    teacher = Teacher(told.report.text, claims, score, tokens)
    list(told.taken(pack, teacher))
    return teacher.examples
