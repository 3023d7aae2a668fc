#!/usr/bin/env python3
"""Learn from training dossiers which relations are worth telling, and write the weights as two readable tables.

usage: train_findings.py GOLD_DIR [--own CLAIMS --scorer SCORER] [--out FOLDER]

Needs the extra ``train`` (scikit-learn). Deterministic. An example is a relation that
some rule gives to two claims of one event of ours, or of two events that come near enough, with event weights learned
from other dossiers. ``contradictions.tsv`` is learned from all readings, ``weights.tsv``, for the other relations,
from the expert's claims and those made worse (both C = 0.3). The answer is whether the
expert lists that relation for the two.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import readings
import train_events
from readings import ROOT, Reading
from tawatur.copies import trace
from tawatur.events import group
from tawatur.events.views import scene
from tawatur.findings.against import Nearness
from tawatur.findings.pairing import TOLD, against, comparable, origins_and_frames, standing
from tawatur.findings.relayed import settled
from tawatur.findings.telling import features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.events.views import Scene
    from tawatur.findings.pairing import Found

Example = tuple[dict[str, float], bool]
FOLDS = 4
SHRINKAGE = {"weights": 0.3, "contradictions": 0.3}
USERS = ("tawatur.events.weighing", "tawatur.findings.against")


def learn(dossiers: list[list[Reading]]) -> dict[str, dict[str, float]]:
    """Both tables by name, weights by feature name."""
    tables = {}
    for name, found in (("weights", told(dossiers)), ("contradictions", contradictions(dossiers))):
        made = list(found)
        tables[name] = readings.fitted(*(list(x) for x in zip(*made, strict=True)), SHRINKAGE[name])  # type: ignore[arg-type]
    return tables


def told(dossiers: list[list[Reading]]) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Each other relation that some rule gives to two claims near enough: features, whether it is listed, its share."""
    for reading in _unseen(dossiers):
        if reading.kind != "own":
            for named, right in _told(reading):
                yield named, right, 1.0


def _told(reading: Reading) -> Iterator[Example]:
    view, near, _, compared = _compared(reading)
    for (a, b), found in compared.items():
        for verdict, figures in found:
            if verdict.relation in TOLD and verdict.relation != "contradict":
                named = dict(features(verdict, view.views[a], view.views[b], near, figures))
                yield named, _listed(reading, a, b) == verdict.relation


def contradictions(dossiers: list[list[Reading]]) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Each contradiction of two claims near enough, in the same form."""
    with patch("tawatur.findings.against.weights", dict):
        for reading in _unseen(dossiers):
            for named, right in _against(reading):
                yield named, right, readings.TELL_SHARE[reading.kind]


def _unseen(dossiers: list[list[Reading]]) -> Iterator[Reading]:
    """Every reading, while events are weighed by what was learned from other dossiers."""
    for fold in range(FOLDS):
        with with_events(_learned([d for n, d in enumerate(dossiers) if n % FOLDS != fold])):
            yield from (r for d in dossiers[fold::FOLDS] for r in d)


_KNOWN: dict[tuple[str, ...], dict[str, float]] = {}


def _learned(dossiers: list[list[Reading]]) -> dict[str, float]:
    """Event weights from these dossiers, learned once."""
    key = tuple(d[0].dossier.name for d in dossiers)
    if key not in _KNOWN:
        _KNOWN[key] = train_events.learn(dossiers)
    return _KNOWN[key]


def _against(reading: Reading) -> Iterator[Example]:
    view, near, home, compared = _compared(reading)
    for (a, b), found in compared.items():
        for pair in against(a, b, found, view, near, together=home[a] == home[b]):
            yield dict(pair.named), _listed(reading, a, b) == "contradict"


def _compared(reading: Reading) -> tuple[Scene, Nearness, dict[str, str], dict[tuple[str, str], Found]]:
    reports, claims = reading.dossier.reports, reading.claims
    copies, view = trace(reports, claims), scene(claims, reports)
    origins, frames = origins_and_frames(claims, reports, copies)
    copied, near = {copy for copy, _ in copies.copied_claims}, Nearness(view)
    home = {claim: e.id for e in group(claims, reports, copies) for claim in e.claims}
    told = settled(frames, home)
    pairs = comparable(home, copied, view, told, origins, near)
    return view, near, home, {(a, b): standing(a, b, view, told, origins) for a, b in pairs}


def _listed(reading: Reading, a: str, b: str) -> str | None:
    known = a in reading.gold and b in reading.gold
    return reading.listed.get(frozenset((reading.gold[a], reading.gold[b]))) if known else None


class with_events:  # noqa: N801
    """Use these event weights instead of the package's for a while."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._patches = [patch(f"{name}.table", lambda: weights) for name in USERS]

    def __enter__(self) -> None:
        for change in self._patches:
            change.start()

    def __exit__(self, *_: object) -> None:
        for change in self._patches:
            change.stop()


def main() -> None:
    """Read the dossiers, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--own", type=Path, help="claims of our reader, from cross_predict.py --claims")
    parser.add_argument("--scorer", type=Path, help="the contract's score.py, to map our claims to the expert's")
    parser.add_argument("--out", type=Path, default=ROOT / "src/tawatur/findings")
    args = parser.parse_args()
    found = readings.load(args.gold, args.own, args.scorer)
    for name, table in learn(found).items():
        readings.write(table, args.out / f"{name}.tsv", "train_findings.py", len(found))


if __name__ == "__main__":
    main()
