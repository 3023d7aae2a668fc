"""Which relations an analyst should be told: a small table of weights over named features, learned from training."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from tawatur.events.weights import likely, read
from tawatur.findings.against import ratio
from tawatur.findings.taken import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tawatur.events.views import View
    from tawatur.findings.against import Nearness
    from tawatur.findings.frames import Frame
    from tawatur.findings.relations import Verdict

Feature = tuple[str, float]
_TAKEN = ("words", "places", "scene", "times", "claims", "actors", "affected", "the same", "another", "said", "origin")


@cache
def weights() -> Mapping[str, float]:
    """Feature name to weight, from ``weights.tsv``, which ``tools/train_findings.py`` writes from training dossiers."""
    return read("tawatur.findings", "weights.tsv")


def worth(verdict: Verdict, a: View, b: View, near: Nearness, figures: tuple[Frame, Frame] | None) -> float:
    """The probability that a relation of two claims is worth telling."""
    table, known = weights(), near.of(a.claim.id, b.claim.id)[0]
    own = [table.get(name, 0.0) * value for name, value in _own(verdict, a, b, near, figures)]
    return likely(math.fsum(own + _taken(_kind(verdict, figures), table).gains(known)))


def features(
    verdict: Verdict, a: View, b: View, near: Nearness, figures: tuple[Frame, Frame] | None
) -> Iterator[Feature]:
    """Named features of a relation of two claims: its rule, the two claims, and their figures."""
    yield from _own(verdict, a, b, near, figures)
    yield from _taken(_kind(verdict, figures), weights()).features(near.of(a.claim.id, b.claim.id)[0])


def _kind(verdict: Verdict, figures: tuple[Frame, Frame] | None) -> str:
    return ("figure " if figures else "status ") + verdict.relation


def _taken(kind: str, weights: Mapping[str, float]) -> Taken:
    """Which pair features count for a kind of relation."""
    known = _known.get(kind)
    if known is None or known.weights is not weights:
        known = _known[kind] = Taken(lambda name: f"{kind}: {name}" if name.startswith(_TAKEN) else "", weights)
    return known


_known: dict[str, Taken] = {}  # the last of each kind


def _own(verdict: Verdict, a: View, b: View, near: Nearness, figures: tuple[Frame, Frame] | None) -> Iterator[Feature]:
    kind = _kind(verdict, figures)
    yield kind, 1.0
    yield f"{kind} {verdict.rule}", 1.0
    together = near.of(a.claim.id, b.claim.id)[1]
    yield f"{kind}: one event", math.log(together) - math.log1p(-together)
    yield from _figures(kind, figures) if figures else _statuses(kind, a, b)
    stances = {link.stance for v in (a, b) for link in v.claim.attribution}
    for stance in sorted(stances & {"denied", "doubted", "believed", "asserted"}):
        yield f"{kind}: stance {stance}", 1.0


def _statuses(kind: str, a: View, b: View) -> Iterator[Feature]:
    yield f"{kind}: " + "+".join(sorted((a.claim.status, b.claim.status))), 1.0
    if a.claim.event_type == b.claim.event_type:
        yield f"{kind}: type {a.claim.event_type}", 1.0
    else:
        yield f"{kind}: other type", 1.0
        yield f"{kind}: types " + "+".join(sorted((a.claim.event_type, b.claim.event_type))), 1.0
    if a.figures or b.figures:
        yield f"{kind}: figures in " + ("both" if a.figures and b.figures else "one"), 1.0


def _figures(kind: str, figures: tuple[Frame, Frame]) -> Iterator[Feature]:
    a, b = figures
    modes = "+".join(sorted(("running" if f.cumulative else f.quantity) for f in figures))
    yield f"{kind}: {modes}", 1.0
    yield f"{kind}: {a.outcome}", 1.0
    yield f"{kind}: " + ("same population" if a.population == b.population else "nested population"), 1.0
    shared = len(a.group & b.group) / max(1, min(len(a.group), len(b.group)))
    yield f"{kind}: noun shared", shared
    if a.figure.part_of or b.figure.part_of:
        yield f"{kind}: one is part of another figure", 1.0
    many = sum(len(f.claim.figures) > 2 for f in figures)
    if many:
        yield f"{kind}: claims with many figures", many / 2
    if None in (a.figure.low, a.figure.high, b.figure.low, b.figure.high):
        yield f"{kind}: open bound", 1.0
    yield f"{kind}: ratio", ratio(a, b)
