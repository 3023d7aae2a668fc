#!/usr/bin/env python3
"""Learn from training dossiers which relations are worth telling, and write the weights as two readable tables.

usage: train_findings.py GOLD_DIR [--own CLAIMS --scorer SCORER] [--out FOLDER]

Needs the extra ``train`` (scikit-learn). Deterministic. An example is a relation that some rule gives to two claims of
one event of ours, or of two events that come near enough, with event weights learned from other annotated dossiers.
The answer is whether the expert lists that relation for the two. ``contradictions.tsv`` is learned from all readings:
the mean of weights of features alone, from the annotated dossiers, and of weights of features alone and two together,
from ours as well. ``weights.tsv``, for the other relations, is learned from the expert's claims and those made worse.
Dossiers that we wrote count less, and a feature of their own, which is thrown away, takes up that they list more.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import readings
import train_events
from readings import ROOT, Reading
from tawatur.copies import trace
from tawatur.events import group
from tawatur.events.views import scene
from tawatur.findings.against import JOINT, Nearness, parted
from tawatur.findings.pairing import TOLD, against, comparable, origins_and_frames, standing
from tawatur.findings.relayed import settled
from tawatur.findings.telling import features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.events.views import Scene
    from tawatur.findings.pairing import Found

Example = tuple[dict[str, float], bool]
Counted = tuple[dict[str, float], bool, float]  # features, whether the relation is listed, how much the example counts
FOLDS = 4
SHRINKAGE = {"weights": 0.3, "contradictions": 0.3, "pairs": 0.05}
WRITTEN = "written"
OURS_COUNT = 0.6  # times as much as an annotated dossier
PAIRED = 40  # features of contradictions that also count two together
LEAST_SEEN, MOST_SEEN = 40, 0.97  # examples that have a feature or a pair, and the part of all that have a feature
PAIRS_HELD = 0.5  # values of pairs are halved, so that their weights are held smaller
USERS = ("tawatur.events.weighing",)


def learn(dossiers: list[list[Reading]]) -> dict[str, dict[str, float]]:
    """Both tables by name, weights by feature name."""
    others, against = list(told(dossiers)), list(contradictions(dossiers))
    alone = _fitted([made for made in against if WRITTEN not in made[0]], SHRINKAGE["contradictions"])
    return {"weights": _fitted(others, SHRINKAGE["weights"]), "contradictions": _mean(alone, _with_pairs(against))}


def _mean(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: round((one.get(name, 0.0) + other.get(name, 0.0)) / 2, 4) for name in one.keys() | other.keys()}


def _fitted(made: list[Counted], shrinkage: float) -> dict[str, float]:
    rows, answers, shares = (list(column) for column in zip(*made, strict=True))
    table = readings.fitted(rows, answers, shares, shrinkage)
    table.pop(WRITTEN, None)  # tells longer lists from the experts' own: it is theirs that is asked for
    return table


def _with_pairs(made: list[Counted]) -> dict[str, float]:
    """A table in which the features that weigh most also count two together."""
    seen = Counter(name for named, _, _ in made for name in named if named[name])
    alone = _fitted(made, SHRINKAGE["pairs"])
    fit = (name for name in alone if LEAST_SEEN < seen[name] < MOST_SEEN * len(made))
    heavy = sorted(fit, key=lambda name: (-abs(alone[name]) * seen[name] ** 0.5, name))[:PAIRED]
    both = Counter(pair for named, _, _ in made for pair in _joint(named, heavy))
    kept = {pair for pair, count in both.items() if count >= LEAST_SEEN}
    rows = [
        (named | {pair: value * PAIRS_HELD for pair, value in _joint(named, heavy).items() if pair in kept}, *rest)
        for named, *rest in made
    ]
    table = _fitted(rows, SHRINKAGE["pairs"])
    return {name: weight * PAIRS_HELD if JOINT in name else weight for name, weight in table.items()}


def _joint(named: dict[str, float], heavy: list[str]) -> dict[str, float]:
    """The products of these features, two by two, by their joint name."""
    here = [name for name in heavy if named.get(name)]
    return {JOINT.join(pair): named[pair[0]] * named[pair[1]] for pair in combinations(here, 2)}


def told(dossiers: list[list[Reading]]) -> Iterator[Counted]:
    """Each other relation that some rule gives to two claims near enough: features, whether it is listed, its share."""
    for reading in _unseen(dossiers):
        if reading.kind != "own":
            for named, right in _told(reading):
                yield _marked(reading, named, right, 1.0)


def _marked(reading: Reading, named: dict[str, float], right: bool, share: float) -> Counted:
    """An example; those of dossiers that we wrote are marked and count less."""
    if not reading.ours:
        return named, right, share
    return named | {WRITTEN: 1.0}, right, share * OURS_COUNT


def _told(reading: Reading) -> Iterator[Example]:
    view, near, _, compared = _compared(reading)
    for (a, b), found in compared.items():
        for verdict, figures in found:
            if verdict.relation in TOLD and verdict.relation != "contradict":
                named = dict(features(verdict, view.views[a], view.views[b], near, figures))
                yield named, _listed(reading, a, b) == verdict.relation


def contradictions(dossiers: list[list[Reading]]) -> Iterator[Counted]:
    """Each contradiction of two claims near enough, in the same form."""
    nothing = parted({})
    with patch("tawatur.findings.against.weights", lambda: nothing):
        for reading in _unseen(dossiers):
            for named, right in _against(reading):
                yield _marked(reading, named, right, readings.TELL_SHARE[reading.kind])


def _unseen(dossiers: list[list[Reading]]) -> Iterator[Reading]:
    """Every reading, while events are weighed by what was learned from other annotated dossiers."""
    annotated, written = readings.apart(dossiers)
    for fold in range(FOLDS):
        with with_events(_learned([d for n, d in enumerate(annotated) if n % FOLDS != fold])):
            yield from (r for d in annotated[fold::FOLDS] for r in d)
    with with_events(_learned(annotated)):
        yield from (r for d in written for r in d)


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
