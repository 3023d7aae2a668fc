#!/usr/bin/env python3
"""Learn the weights of the event features from training dossiers and write them as a readable table.

usage: train_events.py GOLD_DIR [--out weights.tsv]

Needs the extra ``train`` (scikit-learn). Deterministic: the same dossiers give the same table. Logistic regression
over all candidate pairs of the gold claims and of the same claims degraded, since a reader is not perfect; with
strong shrinkage (C = 0.1). Weights below 0.02 are dropped.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from degraded import degraded, rough  # noqa: E402
from gold import Dossier, load_dossier  # noqa: E402
from tawatur.events.blocking import pairs  # noqa: E402
from tawatur.events.features import features  # noqa: E402
from tawatur.events.views import scene  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.model import Claim

SHRINKAGE = 0.1
LEAST = 0.02


def examples(dossier: Dossier, claims: Iterable[Claim]) -> tuple[list[dict[str, float]], list[bool]]:
    """The features of each candidate pair of claims of a dossier, and whether gold has the two in one event."""
    view = scene(claims, dossier.reports)
    event_of = {claim: event["id"] for event in dossier.gold["events"] for claim in event["claims"]}
    gold = {claim: event_of[dossier.gold_id[claim]] for claim in view.views}
    found = pairs(view)
    rows = [dict(features(view.views[a], view.views[b], view)) for a, b in found]
    return rows, [gold[a] == gold[b] for a, b in found]


def learn(dossiers: list[Dossier]) -> dict[str, float]:
    """Weights by feature name."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows: list[dict[str, float]] = []
    answers: list[bool] = []
    for dossier in dossiers:
        worse = degraded(dossier.claims, f"1 {dossier.name}"), rough(dossier.claims, dossier.name)
        for claims in (dossier.claims, *worse):
            x, y = examples(dossier, claims)
            rows += x
            answers += y
    names = DictVectorizer(sparse=True)
    matrix: Any = names.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=SHRINKAGE, solver="liblinear", fit_intercept=False, random_state=0, max_iter=5000)
    model.fit(matrix, answers)
    found = zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    return {name: round(float(weight), 3) for name, weight in found if abs(weight) >= LEAST}


def main() -> None:
    """Read the dossiers, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src/tawatur/events/weights.tsv")
    args = parser.parse_args()
    folders = sorted(f for f in args.gold.iterdir() if (f / "gold.json").exists())
    weights = learn([load_dossier(f) for f in folders])
    lines = [f"{name}\t{weight}" for name, weight in sorted(weights.items())]
    head = f"# feature, weight (log odds); learned by tools/train_events.py from {len(folders)} dossiers"
    args.out.write_text("\n".join([head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
