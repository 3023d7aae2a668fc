"""A claim and what it was made of in, how likely its fields are right out; figures, places and times tell their own."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.claims import confidence
from tawatur.claims.attribution import Scope
from tawatur.claims.classify import Choice
from tawatur.claims.confidence import STEPS
from tawatur.claims.participants import NEVER
from tawatur.claims.participants import Choice as Taking
from tawatur.claims.segment import Clause
from tawatur.model import Confidence, Figure, Mention, Status

_LONG = 21
_LENGTHS = tuple(sum(size >= least for least in (4, 6, 9, 13, 20)) for size in range(_LONG))  # steps by tokens
_CHOICE = 5_000  # half a nat in a classifier's leads
_TOKEN = 500.0  # the same in the segmenter's
_LOW = 4  # steps below zero at which what speaks for a clause begins
_FAR = 8  # tokens from the beginning of somebody's words that count as one step

#: What was read of a claim, beside its clause and voice.
Parts = tuple[Status, Taking, tuple[Figure, ...]]


def certainty(
    leads: Sequence[complex],
    marks: Sequence[str],
    clause: Clause,
    scopes: tuple[Scope | None, bool],
    choice: Choice,
    parts: Parts,
) -> Confidence:
    """Of the claim itself, its type, status, origin, actors and those affected.

    ``leads`` and ``marks`` are the report's, by token; ``scopes`` the claim's own and whether others spoke before it.
    """
    sure, first, after = confidence.of, clause.first, clause.after
    (scope, heard), (status, taking, figures) = scopes, parts
    actors, affected = taking.actors, taking.affected
    event_type, chosen, _, type_lead, status_lead, _ = choice
    size = after - first
    sized, settled = _within(type_lead // _CHOICE), _within(status_lead // _CHOICE)
    holds = sum(leads[first + 1 : after]).imag / (_TOKEN * (size - 1)) if size > 1 else 0.0
    held, begins = _within(int(holds) + _LOW), _within(int(leads[first].real / _TOKEN) + _LOW)
    length, voice = _LENGTHS[size if size < _LONG else -1], scope.kind if scope else "publisher"
    said, speaks = scope is not None and scope.event_type == event_type, _speaks(scope, actors)
    return (
        ("claim", sure("claim", begins, held, sized, event_type, voice, length, bool(figures))),
        ("event_type", sure("event_type", sized, event_type, held, said)),
        ("status", sure("status", settled, status, sized, status != chosen)),
        ("origin", _origin(scope, clause, marks[first], heard, event_type)),
        ("actors", sure("actors", len(actors[:3]), event_type, speaks, _steps(taking.leads[0]))),
        ("affected", sure("affected", len(affected[:3]), event_type, speaks, _steps(taking.leads[1]))),
    )


def _origin(scope: Scope | None, clause: Clause, mark: str, heard: bool, event_type: str) -> float:
    """How likely the right one is given the words: by how they were opened, by whom, how far from here."""
    if scope is None:
        return confidence.of("origin", "publisher", "-", 0, "-", True, mark, 0, heard, event_type)
    first, chain = clause.first, scope.chain
    inside, far = scope.first <= first and clause.after <= scope.after, (first - scope.first) // _FAR
    far = 0 if far < 0 else min(far, 6)
    voice = scope.kind, scope.rule, len(chain[:3]), chain[-1].kind if chain else "-"
    return confidence.of("origin", *voice, inside, mark, far, heard, event_type)


def _speaks(scope: Scope | None, actors: tuple[Mention, ...]) -> str:
    """Whether the first who does it is the one who says so."""
    if not actors:
        return "nobody"
    if scope is None or not scope.chain:
        return "publisher"
    return "speaker" if actors[0].name == scope.chain[-1].name else "another"


def _steps(odds: float) -> int | str:
    """The steps of the nearest decision on who takes part; a dash where no table decided."""
    return "-" if odds >= NEVER else confidence.lead(odds)


def _within(steps: int) -> int:
    return steps if 0 <= steps <= STEPS else 0 if steps < 0 else STEPS
