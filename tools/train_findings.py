#!/usr/bin/env python3
"""Learn from training dossiers which relations are worth telling, and write the weights as a readable table.

usage: train_findings.py GOLD_DIR [--out weights.tsv]

Needs the extra ``train`` (scikit-learn). Deterministic. An example is a verdict that the rules give on two claims of
one gold event; the answer is whether the dossier lists that relation for the two. Logistic regression (C = 0.3);
weights below 0.02 are dropped.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from degraded import degraded, rough  # noqa: E402
from gold import Dossier, load_dossier  # noqa: E402
from tawatur.copies import trace  # noqa: E402
from tawatur.events.views import scene  # noqa: E402
from tawatur.findings.pairing import TOLD, origins_and_frames, verdicts  # noqa: E402
from tawatur.findings.telling import features  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tawatur.model import Claim

SHRINKAGE = 0.3
LEAST = 0.02


def examples(dossier: Dossier, claims: Sequence[Claim]) -> tuple[list[dict[str, float]], list[bool]]:
    """The features of each scored verdict on two claims of one gold event, and whether gold lists it."""
    copies = trace(dossier.reports, claims)
    view = scene(claims, dossier.reports)
    claim_id = {name: key for key, name in dossier.gold_id.items()}
    listed = {(frozenset((claim_id[r["a"]], claim_id[r["b"]])), r["relation"]) for r in dossier.gold["relations"]}
    origins, frames = origins_and_frames(claims, dossier.reports, copies)
    copied = {copy for copy, _ in copies.copied_claims}
    rows: list[dict[str, float]] = []
    answers: list[bool] = []
    for event in dossier.gold["events"]:
        members = sorted({claim_id[c] for c in event["claims"]} & view.views.keys() - copied)
        for a, b in combinations(members, 2):
            for verdict, figures in verdicts(a, b, view, frames, origins.independent(a, b)):
                if verdict.relation in TOLD:
                    rows.append(dict(features(verdict, view.views[a], view.views[b], view, figures)))
                    answers.append((frozenset((a, b)), verdict.relation) in listed)
    return rows, answers


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
    parser.add_argument("--out", type=Path, default=ROOT / "src/tawatur/findings/weights.tsv")
    args = parser.parse_args()
    folders = sorted(f for f in args.gold.iterdir() if (f / "gold.json").exists())
    weights = learn([load_dossier(f) for f in folders])
    lines = [f"{name}\t{weight}" for name, weight in sorted(weights.items())]
    head = f"# feature, weight (log odds); learned by tools/train_findings.py from {len(folders)} dossiers"
    args.out.write_text("\n".join([head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
