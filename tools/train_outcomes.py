#!/usr/bin/env python3
"""Train the linear models of figures (outcome, running totals); cross-validate by dossier.

usage: python tools/train_outcomes.py GOLD_PART --scorer SCORE.py [--write] [--readings FILE]

They learn from claims as our own reader finds them in dossiers that it has not seen (``cross_predict.fold_reader``),
since that is what they meet in use, and from the clauses and reports that we wrote. ``--readings`` keeps what the
reader found in a file, so that it is not trained again. Needs the extra ``train``. Deterministic: rows are in file
order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from figure_examples import FOLDS, Held, claims_of, own_clauses, own_reports, readings
from gold import contract_scorer  # figure_examples puts tests/ on the path
from tawatur import lang
from tawatur.claims import linear
from tawatur.claims.figures_features import Seen, expand, word_names
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_models import SAME, Scorer
from tawatur.claims.figures_settle import Models, decide
from tawatur.lang.lexicon import Word
from tawatur.model import Outcome
from training import ours

MODELS = Path(__file__).resolve().parents[1] / "src" / "tawatur" / "claims" / "models"
LABELS = {"outcomes": list(get_args(Outcome)), "cumulative": ["no", "yes"]}
CLAUSES, REPORTS = "written clauses", "written reports"  # what we wrote, beside the dossiers
STRICTNESS = {"outcomes": 0.7, "cumulative": 2.0}  # how much large weights cost
STRICTNESS_SAME = 0.1  # of relations, which many examples share
DOSSIERS_COUNT = 2  # times as much as what we wrote
TOTALS_COUNT = 2  # times as much as other figures: they are a quarter of all, and are missed more than made up
LEAST_SEEN = 2
SMALLEST = 0.02
STEPS = 40

Names = tuple[list[str], list[tuple[str, str]]]  # features, and relations with their outcomes
Example = tuple[Names, str]


@dataclass
class Teacher:
    """A chooser that answers from the gold and notes what it was shown."""

    gold: dict[int, dict[str, Any]]
    examples: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in LABELS})

    def outcome(self, hit: FigureHit, rule: Outcome, seen: Seen, /) -> tuple[Outcome, int]:
        """Gold, or the rule's answer where the gold has no such figure."""
        gold = self.gold.get(hit.start)
        if gold is None:
            return rule, 0
        self.examples["outcomes"].append((names(seen), gold["outcome"]))
        answer: Outcome = gold["outcome"]
        return answer, 0

    def cumulative(self, hit: FigureHit, seen: Seen, words: list[Word], /) -> tuple[bool, int]:
        """Gold, or no."""
        gold = self.gold.get(hit.start)
        total = bool(gold and gold.get("cumulative"))
        if gold is not None:
            shown, relations = names(seen)
            bag = [name for word in words for name in word_names(word)]
            self.examples["cumulative"].append(((shown + bag, relations), "yes" if total else "no"))
        return total, 0


def names(seen: Seen) -> Names:
    """All features of what is seen of a figure."""
    found = [feature for part in seen.parts for feature in expand(part)]
    plain = [name for name, outcome in found if outcome is None]
    plain += [place + name for place, word in seen.words for name in word_names(word)]
    return plain, [(name, outcome) for name, outcome in found if outcome is not None]


def fit(examples: list[Example], labels: list[str], strictness: float) -> list[tuple[str, int, float]]:
    """Rows (feature, label number, weight) of a logistic regression; relations stand under the number after them."""
    counts = Counter(name for (plain, _), _ in examples for name in set(plain))
    number = {name: n for n, name in enumerate(name for name, seen in counts.items() if seen >= LEAST_SEEN)}
    related = {name: n for n, name in enumerate(dict.fromkeys(n for (_, pairs), _ in examples for n, _ in pairs))}
    x, g = _matrices(examples, labels, number, related)
    truth = np.array([labels.index(label) for _, label in examples])
    shape, at, size = (len(number), len(labels)), np.arange(len(examples)), len(number) * len(labels)
    xt, gt = x.T.tocsr(), g.T.tocsr()

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        w, u = v[:size].reshape(shape), v[size:]
        z = x @ w + (g @ u).reshape(len(examples), len(labels))
        z -= z.max(1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(1, keepdims=True)
        cost = -np.log(p[at, truth] + 1e-12).sum() + (strictness * (w * w).sum() + STRICTNESS_SAME * (u * u).sum()) / 2
        p[at, truth] -= 1
        return cost, np.concatenate([(xt @ p + strictness * w).ravel(), gt @ p.ravel() + STRICTNESS_SAME * u])

    best = minimize(loss, np.zeros(size + len(related)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    w, u = best[:size].reshape(shape), best[size:]
    out = [(name, label, float(w[n, label])) for name, n in number.items() for label in range(len(labels))]
    out += [(name, len(labels), float(u[n])) for name, n in related.items()]
    return [row for row in out if abs(row[2]) >= SMALLEST]


def _matrices(
    examples: list[Example], labels: list[str], number: dict[str, int], related: dict[str, int]
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    plain = [(n, number[f]) for n, ((found, _), _) in enumerate(examples) for f in dict.fromkeys(found) if f in number]
    pairs = [
        (n * len(labels) + labels.index(outcome), related[f])
        for n, ((_, found), _) in enumerate(examples)
        for f, outcome in found
    ]
    return (
        _matrix(plain, (len(examples), len(number))),
        _matrix(pairs, (len(examples) * len(labels), len(related))),
    )


def _matrix(cells: list[tuple[int, int]], shape: tuple[int, int]) -> sparse.csr_matrix:
    down, across = zip(*cells, strict=True) if cells else ((), ())
    return sparse.csr_matrix((np.ones(len(cells)), (down, across)), shape=shape)


def as_scorer(name: str, examples: list[Example]) -> Scorer:
    """A model at work, trained on these examples."""
    weights: dict[str, list[tuple[int, float]]] = {}
    for feature, label, weight in fit(examples, LABELS[name], STRICTNESS[name]):
        weights.setdefault(feature, []).append((label, weight))
    held = {feature: tuple(row) for feature, row in weights.items()}
    return Scorer(linear.Linear((*LABELS[name], SAME), held, f"{name}{id(held)}"))


def teach(claims: list[Held], pack: lang.Pack) -> dict[str, list[Example]]:
    """The examples of these claims, by model."""
    out: dict[str, list[Example]] = {name: [] for name in LABELS}
    for held in claims:
        teacher = Teacher(held.gold)
        decide(held.hits, held.view, pack, teacher)
        for name, examples in teacher.examples.items():
            out[name] += examples
    return out


def taught_by(data: dict[str, list[Held]], pack: lang.Pack) -> dict[str, dict[str, list[Example]]]:
    """The examples of each dossier and of what we wrote; single clauses do not tell running totals from others."""
    out = {name: teach(claims, pack) for name, claims in data.items()}
    out[CLAUSES]["cumulative"] = []
    for name, examples in out.items():
        if name not in (CLAUSES, REPORTS) and not ours(name):
            examples["outcomes"] *= DOSSIERS_COUNT
        totals = [example for example in examples["cumulative"] if example[1] == "yes"]
        examples["cumulative"] += totals * (TOTALS_COUNT - 1)
    return out


def cross_validate(data: dict[str, list[Held]], taught: dict[str, dict[str, list[Example]]], pack: lang.Pack) -> None:
    """Print how often the models are right on dossiers that were left out, a quarter at a time."""
    count: Counter[str] = Counter()
    folders = sorted(name for name in data if name not in (CLAUSES, REPORTS))
    for part in range(FOLDS):
        left_out = set(folders[part::FOLDS])
        models = [
            as_scorer(name, [e for d, t in taught.items() if d not in left_out for e in t[name]]) for name in LABELS
        ]
        for folder in sorted(name for name in left_out if not ours(name)):
            count += judge(data[folder], pack, models)
    n = count["n"]
    right = {k: round(count[k] / n, 3) for k in ("outcome", "population", "both")}
    f1 = 2 * count["cum hit"] / max(1, count["cum gold"] + count["cum said"])
    print(f"matched figures {n}: right {right}; cumulative F1 {f1:.3f}")


def judge(claims: list[Held], pack: lang.Pack, models: list[Scorer]) -> Counter[str]:
    """How many matched figures of these claims come out right."""
    count: Counter[str] = Counter()
    for held in claims:
        for figure in decide(held.hits, held.view, pack, Models(*models)):
            want = held.gold.get(figure.span.start)
            if want is None:
                continue
            same = figure.outcome == want["outcome"], figure.population == want["population"]
            total = bool(want.get("cumulative"))
            count.update(n=1, outcome=same[0], population=same[1], both=all(same))
            count.update({"cum gold": total, "cum said": figure.cumulative, "cum hit": total and figure.cumulative})
    return count


def write(taught: dict[str, dict[str, list[Example]]], language: str = "ar") -> None:
    """The tables for the package."""
    for name, labels in LABELS.items():
        examples = [e for t in taught.values() for e in t[name]]
        digest = hashlib.sha256(json.dumps(examples, ensure_ascii=False).encode()).hexdigest()[:12]
        sign = f"data:{digest}|examples:{len(examples)}|strictness:{STRICTNESS[name]}"
        linear.save(MODELS / language / f"{name}.tsv", sign, [*labels, SAME], fit(examples, labels, STRICTNESS[name]))
        print(name, sign)


def main() -> int:
    """Cross-validate, and write the tables when asked."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("gold", type=Path)
    ap.add_argument("--scorer", type=Path, required=True)
    ap.add_argument("--language", default="ar")
    ap.add_argument("--readings", type=Path)
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    pack, score = lang.load(language=args.language), contract_scorer(args.scorer)
    found = readings(args.gold, args.readings)
    folders = sorted(p for p in args.gold.iterdir() if (p / "gold.json").exists())
    data = {folder.name: list(claims_of(folder, found, pack, score)) for folder in folders}
    data[CLAUSES] = list(own_clauses(pack, score))
    data[REPORTS] = list(own_reports(pack, score))
    taught = taught_by(data, pack)
    own = len(taught[CLAUSES]["outcomes"]), len(taught[REPORTS]["outcomes"])
    count = sum(len(t["outcomes"]) for t in taught.values())
    print(f"examples: {count}, of these in written clauses {own[0]}, in written reports {own[1]}")
    cross_validate(data, taught, pack)
    if args.write:
        write(taught)
    return 0


if __name__ == "__main__":
    sys.exit(main())
