#!/usr/bin/env python3
"""Train who takes part in a claim: those named in its clause, and the actor named outside; cross-validate by dossier.

usage: train_participants.py [GOLD_DIR] --scorer FILE [--write | --on DIR]

Needs the extra ``train``. Deterministic. Prints precision, recall and F1 by the contract's scorer on dossiers left out,
or with ``--on`` those of the tables in the package on the annotated claims of other dossiers.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent))

import participants_taught as teaching  # puts tests/ on the path
from gold import GOLD, contract_scorer, dossiers_in
from participants_taught import SETTINGS, Example, Story, data_hash, own, stories, taught
from tawatur import lang
from tawatur.claims import linear
from tawatur.claims.models import HERE as MODELS
from tawatur.claims.participants import ACTOR, AFFECTED, Tables
from tawatur.claims.participants import tables as shipped
from tawatur.claims.participants_features import Weights, typed
from training import ours

FOLDS = 6
SMALLEST = 0.03  # weights closer to zero are left out
KINDS = {"actors": ACTOR, "affected": AFFECTED}
LABELS = {"participants": (ACTOR, AFFECTED), "participants_outside": (ACTOR,)}


def fit(examples: list[Example], name: str) -> list[tuple[str, int, float]]:
    """Rows of a table: feature, label, log odds against taking no part."""
    strictness, least, lean = SETTINGS[name]
    seen = Counter(n for names, event_type, _ in examples for n in set(typed(names, event_type)))
    rows = [
        {n: 1.0 for n in typed([*names, "bias"], event_type) if seen[n] >= least or n.endswith("&bias")}
        for names, event_type, _ in examples
    ]
    vectors = DictVectorizer()
    x: Any = vectors.fit_transform(rows)
    model = LogisticRegression(C=strictness, max_iter=400).fit(x, [label for _, _, label in examples])
    classes, coef, bias = list(model.classes_), model.coef_, model.intercept_
    if len(classes) == 2:
        coef, bias = np.vstack([-coef, coef]) / 2, np.array([-bias[0], bias[0]]) / 2
    out, none = [], classes.index("")
    for number, label in enumerate(LABELS[name]):
        k = classes.index(label)
        weights = coef[k] - coef[none]
        found = dict(zip(vectors.get_feature_names_out(), map(float, weights), strict=True))
        found["bias"] = found.get("bias", 0.0) + float(bias[k] - bias[none]) + lean
        out += [(n, number, w) for n, w in found.items() if abs(w) >= SMALLEST]
    return out


def tables(examples: dict[str, list[Example]]) -> Tables:
    """The tables at work, as trained on these examples."""
    made = []
    for name, given in examples.items():
        weights: dict[str, list[tuple[int, float]]] = {}
        for feature, label, weight in fit(given, name):
            weights.setdefault(feature, []).append((label, round(weight, 2)))
        held = {feature: tuple(row) for feature, row in weights.items()}
        made.append(Weights(linear.Linear(LABELS[name], held, name)))
    return Tables(*made)


def measured(told: list[Story], pack: lang.Pack, score: Any, chooser: Callable[[str], Tables]) -> str:
    """Precision, recall and F1 on the claims of these reports, each dossier by its own tables."""
    count: Counter[str] = Counter()
    for one in told:
        for case, choice in one.taken(pack, chooser(one.cases[0].dossier)) if one.cases else ():
            for kind in KINDS:
                gold, said = (score.texts([{"text": m.name} for m in getattr(c, kind)]) for c in (case.claim, choice))
                count.update({f"{kind} gold": len(gold), f"{kind} said": len(said)})
                count[f"{kind} hit"] += score.shared(gold, said)
    lines = []
    for kind in KINDS:
        gold, said, hit = (count[f"{kind} {what}"] for what in ("gold", "said", "hit"))
        lines.append(f"{kind} P {hit / said:.3f} R {hit / gold:.3f} F1 {2 * hit / (said + gold):.3f}")
    return ", ".join(lines)


def together(parts: list[dict[str, list[Example]]]) -> dict[str, list[Example]]:
    """Examples of several reports in one."""
    return {name: [e for part in parts for e in part[name]] for name in SETTINGS}


def main() -> int:
    """Cross-validate; write the tables when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "train")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--on", type=Path)
    options = parser.parse_args()
    pack, score = lang.load(language="ar"), contract_scorer(options.scorer)
    if options.on:
        others = [one for d in dossiers_in(options.on) for one in stories(d, pack, score)]
        print(measured(others, pack, score, lambda _: shipped("ar")))
        return 0
    held = dossiers_in(options.gold)
    told = {d.name: list(stories(d, pack, score)) for d in held}
    told[teaching.OWN] = list(own(pack))
    examples = {name: together([taught(one, pack, score) for one in part]) for name, part in told.items()}
    print({name: len(given) for name, given in together(list(examples.values())).items()})
    by: dict[str, Tables] = {}
    for fold in range(FOLDS):
        out = {d.name for d in held[fold::FOLDS]}
        learned = tables(together([part for name, part in examples.items() if name not in out]))
        by |= dict.fromkeys(out, learned)
    print(measured([one for d in held if not ours(d.name) for one in told[d.name]], pack, score, by.__getitem__))
    if options.write:
        given, digest = together(list(examples.values())), data_hash(held)
        for name, labels in LABELS.items():
            sign = f"data:{digest}|pack:{pack.hash}|examples:{len(given[name])}|settings:{SETTINGS[name]}"
            linear.save(MODELS / "ar" / f"{name}.tsv", sign, list(labels), fit(given[name], name))
            print(name, sign)
    return 0


if __name__ == "__main__":
    sys.exit(main())
