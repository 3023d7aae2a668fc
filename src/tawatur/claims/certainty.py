"""A claim and what it was made of in, how likely its fields are right out; figures, places and times tell their own."""

from __future__ import annotations

from typing import NamedTuple

from tawatur.claims import confidence
from tawatur.claims.attribution import Scope
from tawatur.claims.classify import Choice
from tawatur.claims.confidence import lead
from tawatur.claims.reading import Reading
from tawatur.claims.segment import Clause
from tawatur.model import Confidence, Mention, Status

_LENGTHS = (4, 6, 9, 13, 20)  # tokens from which on a clause is one step longer
_LEAD = 10_000  # parts of a nat that a classifier's lead is told in
_HELD = 1000  # the same of the segmenter
_LOW = 2.0  # nats below zero at which the steps of what speaks for a clause begin


class Grounds(NamedTuple):
    """What a claim was made of: its report, the segmenter's leads, its clause and voice, and what the models chose."""

    reading: Reading
    leads: list[complex]
    clause: Clause
    scope: Scope | None
    choice: Choice


def certainty(of: Grounds, status: Status, actors: tuple[Mention, ...], affected: tuple[Mention, ...]) -> Confidence:
    """Of the claim itself, its type, status, origin, actors and those affected."""
    reading, leads, (first, after), scope, choice = of.reading, of.leads, _ends(of.clause), of.scope, of.choice
    type_lead, event_type = lead(choice.type_lead / _LEAD), choice.event_type
    holds = lead(sum(leads[first + 1 : after]).imag / _HELD / max(1, after - first - 1) + _LOW)
    begins = lead(leads[first].real / _HELD + _LOW)
    voice = scope.kind if scope else "publisher"
    length = sum([after - first >= least for least in _LENGTHS])
    numbers = any(word.kind == "number" for word in reading.tokens.words[first:after])
    said = scope is not None and scope.event_type == event_type
    denied = status != choice.status
    sure = confidence.of
    speaks = _speaks(scope, actors)
    return (
        ("claim", sure("claim", begins, holds, type_lead, event_type, voice, length, numbers)),
        ("event_type", sure("event_type", type_lead, event_type, holds, said)),
        ("status", sure("status", lead(choice.status_lead / _LEAD), status, type_lead, denied)),
        ("origin", _origin(of, voice)),
        ("actors", sure("actors", min(len(actors), 3), event_type, speaks, type_lead)),
        ("affected", sure("affected", min(len(affected), 3), event_type, speaks, type_lead)),
    )


def _ends(clause: Clause) -> tuple[int, int]:
    return clause.first, clause.after


def _origin(of: Grounds, voice: str) -> float:
    """How likely the right one is given the words: by the kind of scope, the rule that opened it, who speaks."""
    scope, clause = of.scope, of.clause
    mark = of.reading.marks[clause.first]
    if scope is None:
        touched = any(s.first < clause.after and s.after > clause.first for s in of.reading.scopes)
        return confidence.of("origin", voice, "-", 0, "-", not touched, mark)
    inside = scope.first <= clause.first and clause.after <= scope.after
    speaker = scope.chain[-1].kind if scope.chain else "-"
    return confidence.of("origin", voice, scope.rule, min(len(scope.chain), 3), speaker, inside, mark)


def _speaks(scope: Scope | None, actors: tuple[Mention, ...]) -> str:
    """Whether the one who does it is the one who says so."""
    if not actors:
        return "nobody"
    if scope is None or not scope.chain:
        return "publisher"
    return "speaker" if any(a.name == scope.chain[-1].name for a in actors) else "another"
