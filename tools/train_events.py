#!/usr/bin/env python3
"""Learn the weights of the event features from training dossiers and write them as a readable table.

usage: train_events.py GOLD_DIR [--own CLAIMS --scorer SCORER] [--out weights.tsv]

Needs the extra ``train`` (scikit-learn). Deterministic: the same input gives the same table. Logistic regression with
strong shrinkage (C = 0.1) over all candidate pairs of several readings of each dossier (``readings.py``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import readings
from readings import ROOT, Reading
from tawatur.events.blocking import pairs
from tawatur.events.features import features
from tawatur.events.views import scene

SHRINKAGE = 0.1


def examples(reading: Reading) -> tuple[list[dict[str, float]], list[bool]]:
    """The features of each candidate pair of claims that the expert has too, and whether they are of one event."""
    view, home = scene(reading.claims, reading.dossier.reports), reading.event_of
    found = [(a, b) for a, b in pairs(view) if a in home and b in home]
    return [readings.summed(features(view.views[a], view.views[b], view)) for a, b in found], [
        home[a] == home[b] for a, b in found
    ]


def learn(dossiers: list[list[Reading]]) -> dict[str, float]:
    """Weights by feature name."""
    rows: list[dict[str, float]] = []
    answers: list[bool] = []
    shares: list[float] = []
    for reading in (r for d in dossiers for r in d):
        x, y = examples(reading)
        rows, answers = rows + x, answers + y
        shares += [readings.EVENT_SHARE[reading.kind]] * len(y)
    return readings.fitted(rows, answers, shares, SHRINKAGE)


def main() -> None:
    """Read the dossiers, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--own", type=Path, help="claims of our reader, from cross_predict.py --claims")
    parser.add_argument("--scorer", type=Path, help="the contract's score.py, to map our claims to the expert's")
    parser.add_argument("--out", type=Path, default=ROOT / "src/tawatur/events/weights.tsv")
    args = parser.parse_args()
    found = readings.load(args.gold, args.own, args.scorer)
    readings.write(learn(found), args.out, "train_events.py", len(found))


if __name__ == "__main__":
    main()
