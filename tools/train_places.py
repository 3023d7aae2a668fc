#!/usr/bin/env python3
"""Train which earlier place governs a claim that names none; cross-validate by dossier.

usage: train_places.py [GOLD_DIR] [--write]

Needs the extra ``train``. Deterministic. Prints the F1 of all places of the annotated claims, on dossiers left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent))

import train_claims as train  # puts tests/ on the path too
from gold import GOLD, Dossier, contract_scorer, dossiers_in
from tawatur.claims import linear, places
from tawatur.claims.attribution import scope_of
from tawatur.claims.places_governing import LIKELY, PLACELESS, Asked, Told, candidates, names_of
from tawatur.model import Claim, Report
from training import ours

FOLDS = 6
STRENGTH = 0.1
LEAST_SEEN = 3
SCORER = contract_scorer()


@dataclass
class Case:
    """A claim: its annotated places; ours, or where it names none the candidates with features and the answer."""

    dossier: str
    gold: set[str]
    own: list[str]
    candidates: list[tuple[str, list[str], bool]]


def cases(dossier: Dossier) -> Iterator[Case]:
    """The annotated claims of the Arabic reports."""
    for report in filter(train.arabic, dossier.reports):
        claims = sorted((c for c in dossier.claims if c.report == report.id), key=lambda c: c.span.start)
        yield from _of_report(dossier.name, report, claims)


def _of_report(name: str, report: Report, claims: list[Claim]) -> Iterator[Case]:
    reading = train.prepare(report, train.PACK)
    tokens = reading.tokens
    ground = places.Ground(tokens, places.find(tokens, train.PACK), train.PACK.lexicon)
    earlier: list[Told] = []
    for claim in claims:
        first, after = tokens.at(claim.span.start), tokens.at(claim.span.end - 1) + 1
        scope = scope_of(reading.scopes, first, after)
        said = (scope.first, scope.verb_first) if scope else None
        asked = Asked(ground, first, after, claim.event_type, earlier, said)
        gold = SCORER.texts([{"text": p.text} for p in claim.places])
        words = {word for text in gold for word in text.split()}
        if any(first <= h.first < after for h in ground.hits):
            own = places.settle(asked)
            yield Case(name, gold, [p.text for p in own], [])
        else:
            found = [] if claim.event_type in PLACELESS else [(h, names_of(groups)) for h, groups in candidates(asked)]
            yield Case(name, gold, [], [(h.text, names, bool(words & set(SCORER.fold(h.text)))) for h, names in found])
        earlier.append(Told(first, after, claim.event_type))


def fit(given: list[Case]) -> dict[str, float]:
    """Feature to weight."""
    rows = [(names, answer) for case in given for _, names, answer in case.candidates]
    seen = Counter(name for names, _ in rows for name in names)
    kept = [{n: 1.0 for n in names if seen[n] >= LEAST_SEEN and n != "bias"} for names, _ in rows]
    vectors = DictVectorizer()
    x = vectors.fit_transform(kept)
    found = LogisticRegression(C=STRENGTH, max_iter=2000, random_state=0).fit(x, np.array([a for _, a in rows]))
    weights = dict(zip(map(str, vectors.get_feature_names_out()), map(float, found.coef_[0]), strict=True))
    return weights | {"bias": float(found.intercept_[0])}


def f1(given: list[Case], weights: dict[str, dict[str, float]]) -> str:
    """Precision, recall and F1 of all places, each dossier's by its own weights."""
    gold = said = hit = 0
    for case in given:
        own = case.own + _chosen(case, weights[case.dossier])
        texts = SCORER.texts([{"text": text} for text in own])
        gold, said, hit = gold + len(case.gold), said + len(texts), hit + SCORER.shared(case.gold, texts)
    return f"places P {hit / said:.3f} R {hit / gold:.3f} F1 {2 * hit / (said + gold):.3f}"


def _chosen(case: Case, weights: dict[str, float]) -> list[str]:
    scored = [(sum(weights.get(n, 0.0) for n in names), text) for text, names, _ in case.candidates]
    best = max(scored, default=(LIKELY - 1, ""), key=lambda pair: pair[0])
    return [best[1]] if best[0] >= LIKELY else []


def main() -> None:
    """Cross-validate; write the table when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "train")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    held = dossiers_in(options.gold)
    given = [case for dossier in held for case in cases(dossier)]
    names = [dossier.name for dossier in held]
    weights: dict[str, dict[str, float]] = {}
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        learned = fit([case for case in given if case.dossier not in out])
        weights |= dict.fromkeys(out, learned)
    print(f1([case for case in given if not ours(case.dossier)], weights))
    if options.write:
        rows = [[c.dossier, c.candidates] for c in given]
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:12]
        sign = f"data:{digest}|pack:{train.PACK.hash}|strength:{STRENGTH}"
        table = [(name, 0, weight) for name, weight in fit(given).items()]
        linear.save(train.MODELS / "places.tsv", sign, ["governs"], table)
        print(sign)


if __name__ == "__main__":
    main()
