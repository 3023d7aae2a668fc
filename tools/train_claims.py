#!/usr/bin/env python3
"""Train the clause, type and status models from annotated dossiers and from clauses that we wrote.

usage: train_claims.py [GOLD_DIR] [--cross N]

Needs the extra ``train``. Same inputs, same tables, as long as one thread computes (``make train`` sees to it). With
``--cross N`` nothing is written; N folds over whole dossiers tell how well it does on conflicts it has not seen.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pycrfsuite
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import written  # noqa: E402
from gold import GOLD, Dossier, dossiers_in  # noqa: E402  # the loader lives beside the tests
from tawatur.claims import linear, segment  # noqa: E402
from tawatur.claims.assemble import kinds  # noqa: E402
from tawatur.claims.attribution import scope_of  # noqa: E402
from tawatur.claims.classify import seen as features_of  # noqa: E402
from tawatur.claims.features import of_neighbours, of_theme  # noqa: E402
from tawatur.claims.reading import OUTSIDE, Reading, prepare  # noqa: E402
from tawatur.claims.tokens import tokenise  # noqa: E402
from tawatur.claims.tongues import tongue_of  # noqa: E402
from tawatur.lang import language_in, load  # noqa: E402
from tawatur.model import Claim, Report  # noqa: E402
from training import CRF, EXPERTS_COUNT, LEAST, STRENGTH, data_hash, ours  # noqa: E402

PACK = load()
KINDS = kinds(PACK)
MODELS = ROOT / "src/tawatur/claims/models/ar"
Weights = list[tuple[str, int, float]]  # feature, label number, weight
KINDS_OF = ((1, "type"), (2, "status"))  # where the label of each model stands in a row
BESIDE_FOLDS, BESIDE_STEPS = 3, 60  # models that tell the types of clauses beside a clause; they need not be exact


class Labelled(NamedTuple):
    """A report to learn from: its reading, a label a token, its claims in text order, whether experts annotated it."""

    reading: Reading
    labels: list[str]
    claims: Sequence[Claim | written.Labelled]
    by_experts: bool = False


class Row(NamedTuple):
    """A clause to learn from: its features, its labels, how much it counts."""

    features: dict[str, float]
    event_type: str
    status: str
    share: float = 1.0


Told = tuple[dict[str, float], str, float]  # features, label, share


def use(language: str) -> None:
    """Train a language's tables from here on: its pack, what we wrote in it, and its folder."""
    global PACK, KINDS, MODELS
    PACK = load(language=language)
    tongue_of(PACK)
    KINDS = kinds(PACK)
    MODELS = MODELS.parent / language


def of_language(report: Report) -> bool:
    """Is a report in the language that is trained?"""
    return language_in(report.text) == PACK.language


def arabic(report: Report) -> bool:
    """Is at least half of the letters Arabic?"""
    letters = [c for c in report.text if c.isalpha()]
    return sum("\u0600" <= c <= "\u06ff" for c in letters) * 2 >= len(letters)


def labelled(dossier: Dossier) -> list[Labelled]:
    """Readings of the reports in the language that is trained, with a label a token and the claims."""
    return [
        _labelled(report, [c for c in dossier.claims if c.report == report.id], not ours(dossier.name))
        for report in filter(of_language, dossier.reports)
    ]


def _labelled(report: Report, claims: Sequence[Claim | written.Labelled], by_experts: bool = False) -> Labelled:
    reading = prepare(report, PACK)
    ordered = sorted(claims, key=lambda c: (c.span.start, -c.span.end))
    labels = ["O"] * len(reading.tokens)
    for claim in ordered:
        first, last = reading.tokens.at(claim.span.start), reading.tokens.at(claim.span.end - 1)
        # a claim inside another is not the segmenter's to find
        if labels[first] == "O" and reading.marks[first] not in OUTSIDE:
            labels[first : last + 1] = ["B"] + ["I"] * (last - first)
    return Labelled(reading, labels, ordered, by_experts)


def own_reports() -> list[Labelled]:
    """Readings of the reports that we wrote."""
    return [_labelled(report, claims) for report, claims in written.reports(PACK.language)]


def token_features(reading: Reading) -> list[list[str]]:
    """The features of every token, under the names that the reader uses."""
    words = reading.tokens.words
    out = []
    for at, context in enumerate(segment.context_keys(reading.tokens, reading.marks)):
        names = list(segment.context_names(context))
        for offset in segment.OFFSETS:
            inside = 0 <= at + offset < len(words)
            names += segment.word_names(words[at + offset], offset) if inside else [f"{offset}EDGE"]
        out.append(names)
    return out


def train_segmenter(data: list[Labelled]) -> Weights:
    """Weights of the clause model; how experts cut counts double beside how we did."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in data:
        for _ in range(2 if one.by_experts else 1):
            trainer.append(token_features(one.reading), one.labels)
    trainer.set_params(CRF)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    number = {label: n for n, label in enumerate(segment.LABELS)}
    rows = [(name, number[label], w) for (name, label), w in info.state_features.items()]
    return rows + [(f"step={number[a]}", number[b], w) for (a, b), w in info.transitions.items()]


def clause_rows(data: list[Labelled]) -> list[Row]:
    """Features and labels of the annotated clauses, each by itself."""
    return [row for one in data for row in report_rows(one)]


def report_rows(data: Labelled) -> list[Row]:
    """Features and labels of the annotated clauses of one report, in text order."""
    reading = data.reading
    tokens, theme = reading.tokens, of_theme(reading.tokens)
    share = EXPERTS_COUNT if data.by_experts else 1
    rows = []
    for c in data.claims:
        clause = segment.Clause(tokens.at(c.span.start), tokens.at(c.span.end - 1) + 1)
        seen = features_of(KINDS, tokens, clause, scope_of(reading.scopes, clause.first, clause.after), theme)
        rows.append(Row(seen, c.event_type, c.status, share))
    return rows


def rows_beside(data: list[Labelled], own: list[Row]) -> list[Row]:
    """The rows of reports with what the reader would take the clauses beside each one for.

    That is told by models that have not seen the report, since the reader errs as they do.
    """
    reports = [report_rows(one) for one in data]
    rows: list[Row] = []
    for fold in range(BESIDE_FOLDS):
        known = [r for n, report in enumerate(reports) if n % BESIDE_FOLDS != fold for r in report]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # so few steps are meant
            weights = train_linear(told(known + own, 1), STRENGTH["type"], BESIDE_STEPS)
        model = as_model(*weights)
        for report in reports[fold::BESIDE_FOLDS]:
            rows += beside([model.best(row.features) for row in report], report)
    return rows


def beside(types: list[str], report: list[Row]) -> list[Row]:
    """The rows of a report with the types of the clauses around each one as features."""
    around = ["", "", *types, ""]
    return [
        row._replace(features=row.features | dict.fromkeys(of_neighbours(around[n], around[n + 1], around[n + 3]), 1.0))
        for n, row in enumerate(report)
    ]


def written_rows() -> list[Row]:
    """Features and labels of the clauses that we wrote; nobody says them, so no voice is a feature."""
    rows = []
    for kind, status, clause in written.clauses(PACK.language):
        tokens = tokenise(clause, PACK.lexicon)
        seen = features_of(KINDS, tokens, segment.Clause(0, len(tokens)), None, {})
        rows.append(Row({n: v for n, v in seen.items() if not n.startswith("voice=")}, kind, status))
    return rows


def train_both(data: list[Labelled], own: list[Row]) -> Iterator[tuple[list[str], Weights]]:
    """The type model, then the status model, which gains nothing from the clauses beside a clause."""
    for (at, kind), rows in zip(KINDS_OF, (rows_beside(data, own), clause_rows(data)), strict=True):
        yield train_linear(told(rows + own, at), STRENGTH[kind])


def told(rows: Sequence[Row], at: int) -> list[Told]:
    """The rows for one model: with the label that stands ``at``."""
    return [(row.features, str(row[at]), row.share) for row in rows]


def train_linear(rows: list[Told], strength: float, steps: int = 400) -> tuple[list[str], Weights]:
    """Multinomial logistic regression: labels and weights, features seen once left out."""
    seen = Counter(name for features, _, _ in rows for name in features)
    vectors = DictVectorizer()
    x = vectors.fit_transform([{n: v for n, v in f.items() if seen[n] > 1 and n != "bias"} for f, _, _ in rows])
    model = LogisticRegression(C=strength, max_iter=steps, random_state=0)
    model.fit(x, [label for _, label, _ in rows], sample_weight=[share for _, _, share in rows])
    names = vectors.get_feature_names_out()
    labels = [str(label) for label in model.classes_]
    weights = [
        (str(names[column]), label, float(model.coef_[label, column]))
        for label, column in np.argwhere(np.abs(model.coef_) >= LEAST)
    ]
    bias = [("bias", label, float(value)) for label, value in enumerate(model.intercept_)]
    return labels, weights + bias


def signature(held: list[Dossier]) -> str:
    """What the models were trained on and with, in one line."""
    made_with = "|".join(f"{name}:{version(name)}" for name in ("python-crfsuite", "scikit-learn"))
    return f"data:{data_hash(held)}|pack:{PACK.hash}|{made_with}|seed:0"


def as_model(labels: list[str], rows: Weights, name: str = "cross") -> linear.Linear:
    """A model from rows, by way of the file that would be written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.tsv"
        linear.save(path, name, labels, rows)
        return linear.load(path)


def cross(folds: int, data: list[list[Labelled]], unasked: set[int]) -> None:
    """Print how each model does on dossiers left out; those numbered ``unasked`` only teach."""
    counts: Counter[str] = Counter()
    confused: Counter[tuple[str, str, str]] = Counter()
    own, reports = written_rows(), own_reports()
    for fold in range(folds):
        train = [x for n, d in enumerate(data) if n % folds != fold for x in d] + reports
        test = [x for n, d in enumerate(data) if n % folds == fold and n not in unasked for x in d]
        model = as_model(segment.LABELS, train_segmenter(train))
        seg = segment.Segmenter(model)
        for reading, _, claims, _ in test:
            t = reading.tokens
            predicted = [(t.starts[c.first], t.ends[c.after - 1]) for c in seg.clauses(t, reading.marks)]
            counts["gold"] += len(claims)
            counts["predicted"] += len(predicted)
            counts["hit"] += matched([(c.span.start, c.span.end) for c in claims], predicted)
            for word in t.words:  # weights of this fold must not be remembered
                word.notes.pop("segment:cross", None)
        types, statuses = (as_model(*each) for each in train_both(train, own))
        for report in map(report_rows, test):
            for row in beside([types.best(row.features) for row in report], report):
                for (at, kind), model in zip(KINDS_OF, (types, statuses), strict=True):
                    got = model.best(row.features)
                    counts[kind] += got == row[at]
                    confused[kind, str(row[at]), got] += got != row[at]
    gold = counts["gold"]
    p, r = counts["hit"] / counts["predicted"], counts["hit"] / gold
    print(f"claims.detect P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}")
    print(f"type {counts['type'] / gold:.3f}  status {counts['status'] / gold:.3f}  written {len(own)}")
    print("\n".join(f"  {kind}: {a} read as {b}: {n}" for (kind, a, b), n in confused.most_common(30)))


def matched(golds: list[tuple[int, int]], preds: list[tuple[int, int]]) -> int:
    """How many clauses pair up, as the contract's scorer pairs them."""
    pairs = []
    for i, g in enumerate(golds):
        for j, p in enumerate(preds):
            both = max(0, min(g[1], p[1]) - max(g[0], p[0]))
            least, most = min(g[1] - g[0], p[1] - p[0]), g[1] - g[0] + p[1] - p[0] - both
            if both * 2 >= least and both * 4 >= most:
                pairs.append((both / least + both / most, i, j))
    used_g: set[int] = set()
    used_p: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in used_g and j not in used_p:
            used_g.add(i)
            used_p.add(j)
    return len(used_g)


def main() -> None:
    """Train and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "train")
    parser.add_argument("--cross", type=int, default=0, metavar="N")
    options = parser.parse_args()
    held = dossiers_in(options.gold)
    data = [labelled(d) for d in held]
    if options.cross:
        cross(options.cross, data, {n for n, d in enumerate(held) if ours(d.name)})
        return
    flat = [x for d in data for x in d] + own_reports()
    own = written_rows()
    sign = signature(held)
    linear.save(MODELS / "segment.tsv", sign, segment.LABELS, train_segmenter(flat))
    for (_, kind), (labels, weights) in zip(KINDS_OF, train_both(flat, own), strict=True):
        linear.save(MODELS / f"{kind}.tsv", sign, labels, weights)
    print(sign)


if __name__ == "__main__":
    main()
