"""Train the linear models of figures (outcome, running totals) on gold dossiers; cross-validate by dossier.

usage: python tools/train_outcomes.py GOLD_PART --scorer SCORE.py [--write] [--strength C]

Needs the extra ``train`` (scikit-learn). The same gold gives the same tables: rows are in file order and the solver is
deterministic.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from measure_figures import report_hits, rows, scorer
from tawatur import lang
from tawatur.claims.figures_features import View
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_linear import Linear
from tawatur.claims.figures_settle import decide

MODELS = Path(__file__).resolve().parents[1] / "src" / "tawatur" / "claims" / "models"
NAMES = ("outcomes", "cumulative")
SMALLEST = 0.05
FOLDS = 6


class Teacher:
    """A chooser that answers from the gold and notes what it was shown."""

    def __init__(self, gold: dict[int, dict[str, Any]]) -> None:
        self.gold = gold
        self.rows: dict[str, list[tuple[list[str], str]]] = defaultdict(list)

    def choose(self, name: str, hit: FigureHit, rule: str, features: Iterator[str], /) -> str:
        """Gold, or the rule's answer where the gold has no such figure."""
        gold = self.gold.get(hit.start)
        if gold is None:
            return rule
        label = gold["outcome"] if name == "outcomes" else "yes" if gold.get("cumulative") else "no"
        self.rows[name].append((list(features), label))
        return label


class Trained:
    """A chooser over given models; a model that is missing leaves the rule's answer."""

    def __init__(self, models: dict[str, Linear]) -> None:
        self.models = models

    def choose(self, name: str, _hit: FigureHit, rule: str, features: Iterator[str], /) -> str:
        """The model's answer or the rule's."""
        return self.models[name].best(features) if name in self.models else rule


Held = tuple[list[FigureHit], View, dict[int, dict[str, Any]]]


def claims_of(folder: Path, pack: lang.Pack, score: Any) -> Iterator[Held]:
    """Each claim with its quantities and, by offset, the gold figures that they match."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    texts = {r["id"]: r["text"] for r in rows(folder)}
    for report, items in gold["claims"].items():
        if score.language(texts[report]) != pack.language:
            continue
        for item, hits, tokens, first, after in report_hits(texts[report], items, pack):
            spans = [{"start": h.start, "end": h.end} for h in hits]
            pairs = score.match(item["figures"], spans, score.iou, 0.5)
            matched = {hits[j].start: item["figures"][i] for i, j in pairs}
            yield hits, View(tokens, first, after, item["event_type"], item["status"]), matched


def fit(examples: list[tuple[list[str], str]], strength: float) -> Linear:
    """A linear model of the examples."""
    return Linear(weights(examples, strength))


def weights(examples: list[tuple[list[str], str]], strength: float) -> list[tuple[str, str, float]]:
    """(feature, label, weight), largest labels first, features in alphabetical order, small weights left out."""
    vectors = DictVectorizer(sort=True)
    x = vectors.fit_transform([dict.fromkeys(features, 1.0) for features, _ in examples])
    y = [label for _, label in examples]
    fitted = LogisticRegression(C=strength, max_iter=150, tol=1e-3).fit(x, y)
    labels, matrix = list(fitted.classes_), fitted.coef_
    if len(labels) == 2:
        matrix = np.vstack([-matrix[0], matrix[0]]) / 2
    names = vectors.get_feature_names_out()
    bias = fitted.intercept_ if len(labels) > 2 else np.array([-fitted.intercept_[0], fitted.intercept_[0]]) / 2
    order = [label for label, _ in sorted(Counter(y).items(), key=lambda item: (-item[1], item[0]))]
    out = [("1", label, float(bias[labels.index(label)])) for label in order]
    for column, name in enumerate(names):
        for label in order:
            weight = float(matrix[labels.index(label), column])
            if abs(weight) >= SMALLEST:
                out.append((str(name), label, weight))
    return out


def main() -> int:
    """Cross-validate, and write the tables when asked."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("gold", type=Path)
    ap.add_argument("--scorer", type=Path, required=True)
    ap.add_argument("--strength", type=float, default=5.0)
    ap.add_argument("--language", default="ar")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    pack, score = lang.load(language=args.language), scorer(args.scorer)
    folders = sorted(p for p in args.gold.iterdir() if (p / "gold.json").exists())
    data = {folder.name: list(claims_of(folder, pack, score)) for folder in folders}
    taught = {name: teach(claims, pack) for name, claims in data.items()}
    cross_validate(data, taught, pack, args.strength)
    if args.write:
        write(taught, args.strength)
    return 0


def teach(claims: list[Any], pack: lang.Pack) -> dict[str, list[tuple[list[str], str]]]:
    """The examples of one dossier, by model."""
    out: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for hits, view, gold in claims:
        teacher = Teacher(gold)
        decide(hits, view, pack, teacher)
        for name, examples in teacher.rows.items():
            out[name] += examples
    return out


def cross_validate(data: dict[str, Any], taught: dict[str, Any], pack: lang.Pack, strength: float) -> None:
    """Print how often rules alone and rules with models are right on dossiers that were left out, a sixth at a time."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for part in range(FOLDS):
        left_out = {name for n, name in enumerate(sorted(data)) if n % FOLDS == part}
        claims = [c for name in sorted(left_out) for c in data[name]]
        models = {n: fit([e for d, t in taught.items() if d not in left_out for e in t[n]], strength) for n in NAMES}
        for way, used in (("rules", {}), ("models", models)):
            counts[way] += judge(claims, pack, Trained(used))
    for way, count in counts.items():
        n = count["n"]
        right = {k: round(count[k] / n, 3) for k in ("outcome", "population", "both")}
        p, r = count["cum hit"] / max(1, count["cum said"]), count["cum hit"] / max(1, count["cum gold"])
        print(f"{way:14} n={n} {right} cumulative F1 {2 * p * r / max(1e-9, p + r):.3f}")


def judge(claims: list[Any], pack: lang.Pack, chooser: Trained) -> Counter[str]:
    """How many matched figures of a dossier come out right."""
    count: Counter[str] = Counter()
    for hits, view, gold in claims:
        for figure in decide(hits, view, pack, chooser):
            want = gold.get(figure.span.start)
            if want is None:
                continue
            same = figure.outcome == want["outcome"], figure.population == want["population"]
            total = bool(want.get("cumulative"))
            count.update(n=1, outcome=same[0], population=same[1], both=all(same))
            count.update({"cum gold": total, "cum said": figure.cumulative, "cum hit": total and figure.cumulative})
    return count


def write(taught: dict[str, Any], strength: float) -> None:
    """The tables for the package."""
    MODELS.mkdir(exist_ok=True)
    for name in NAMES:
        examples = [e for t in taught.values() for e in t[name]]
        lines = [f"# {name}: feature, label, weight; logistic regression, C={strength}, {len(examples)} examples"]
        lines += [f"{feature}\t{label}\t{weight:.2f}" for feature, label, weight in weights(examples, strength)]
        (MODELS / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
