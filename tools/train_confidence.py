#!/usr/bin/env python3
"""Train how likely each field of a claim is right, from what decided it; or measure that on other dossiers.

usage: train_confidence.py [GOLD_DIR] [--write] [--curves DIR [--out FILE] [--svg FILE]]

Every training dossier is read with tables that have not seen it (clauses, types, statuses, outcomes, running totals,
governing places, participants). Each row of facts (``confidence.FACTS``) is noted with whether experts agree, and a
logistic regression a field learns from them. Needs the extra ``train``. Deterministic. ``--curves`` measures the table
in the package on the dossiers of DIR: a table on standard output, the curves as JSON in FILE and drawn in an SVG.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import participants_taught
import train_claims as train  # puts tests/ on the path too
import train_outcomes
import train_participants
import train_places
from confidence_curves import curves, drawn, table
from cross_predict import unseen
from figure_examples import FOLDS, claims_of, own_clauses, own_reports, readings_of
from gold import GOLD, contract_scorer, dossiers_in
from gold import Dossier as Read
from tawatur.claims import confidence, figures_settle, linear, participants, places_governing
from tawatur.claims.assemble import Reader, reader
from tawatur.claims.figures_models import Scorer
from tawatur.model import Claim
from tawatur.score import dossiers
from tawatur.score.judged import Judged, judged
from training import data_hash

STRENGTH = 0.15  # C of the regressions: a thousand claims bear no great weights
LEAST_SEEN = 8
NAME = "confidence"

Row = tuple[confidence.Fact, ...]


class Notes:
    """Stands for the table while a reader works: notes each row of facts and gives its number back."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def of(self, *row: confidence.Fact) -> float:
        """The number of the row."""
        self.rows.append(row)
        return float(len(self.rows) - 1)


@dataclass
class Fold:
    """A reader, the dossiers that it has not seen, and tables that have not seen them either."""

    by: Reader
    left_out: list[Read]
    figures: dict[str, Scorer]
    places: linear.Linear
    participants: participants.Tables

    @contextmanager
    def at_work(self) -> Iterator[Notes]:
        """The fold's tables in the place of the package's, and notes in the place of the table of confidence."""
        notes = Notes()
        places_governing._score.cache_clear()
        with (
            patch.object(confidence, "of", notes.of),
            patch.object(figures_settle, "scorer", lambda name, *_: self.figures[name]),
            patch.object(places_governing, "model", lambda *_: self.places),
            patch.object(participants, "tables", lambda *_: self.participants),
        ):
            yield notes
        places_governing._score.cache_clear()


def folds(held: list[Read], gold: Path) -> Iterator[Fold]:
    """Every dossier is left out of one fold."""
    readers: dict[int, tuple[Reader, list[Read]]] = {}
    for dossier, by in unseen(held, FOLDS):
        readers.setdefault(id(by), (by, []))[1].append(dossier)
    score, given = contract_scorer(), [case for dossier in held for case in train_places.cases(dossier)]
    found = readings_of((dossier, by) for by, left_out in readers.values() for dossier in left_out)
    data = {d.name: list(claims_of(gold / d.name, found, train.PACK, score)) for d in held}
    data[train_outcomes.CLAUSES] = list(own_clauses(train.PACK, score))
    data[train_outcomes.REPORTS] = list(own_reports(train.PACK, score))
    taught = train_outcomes.taught_by(data, train.PACK)
    named = named_in(held, score)
    for by, left_out in readers.values():
        out = {d.name for d in left_out}
        seen = [examples for name, examples in taught.items() if name not in out]
        scorers = [train_outcomes.as_scorer(n, [e for t in seen for e in t[n]]) for n in train_outcomes.LABELS]
        weights = train_places.fit([case for case in given if case.dossier not in out])
        rows = [(name, 0, weight) for name, weight in weights.items()]
        who = train_participants.tables(train_participants.together([e for n, e in named.items() if n not in out]))
        figures = dict(zip(train_outcomes.LABELS, scorers, strict=True))
        yield Fold(by, left_out, figures, train.as_model(["governs"], rows), who)


def named_in(held: list[Read], score: ModuleType) -> dict[str, dict[str, list[participants_taught.Example]]]:
    """What the tables of participants learn from: by dossier, and of what we wrote."""
    told = {d.name: list(participants_taught.stories(d, train.PACK, score)) for d in held}
    told[participants_taught.OWN] = list(participants_taught.own(train.PACK))
    taught, together = participants_taught.taught, train_participants.together
    return {name: together([taught(one, train.PACK, score) for one in part]) for name, part in told.items()}


def examples(held: list[Read], gold: Path) -> list[tuple[Row, bool]]:
    """Rows of facts with whether experts agree."""
    scored = {d.name: d for d in dossiers(gold)}
    out: list[tuple[Row, bool]] = []
    for fold in folds(held, gold):
        with fold.at_work() as notes:
            for dossier in fold.left_out:
                told = list(judged(scored[dossier.name], found(dossier, fold.by), "ar"))
                out += [(notes.rows[int(j.sure)], j.right) for j in told if j.sure is not None]
    return out


def found(dossier: Read, by: Reader) -> dict[str, tuple[Claim, ...]]:
    """The claims of the Arabic reports by the name that the dossier gives each report."""
    return {report.name: by.read(report) for report in filter(train.arabic, dossier.reports)}


def fit(given: list[tuple[Row, bool]]) -> list[tuple[str, int, float]]:
    """Rows of the table: feature, label number, weight."""
    out: list[tuple[str, int, float]] = []
    by_field: defaultdict[str, list[tuple[list[str], bool]]] = defaultdict(list)
    for row, right in given:
        field, *facts = row
        by_field[str(field)].append((list(confidence.names(str(field), *facts)), right))
    for field, rows in sorted(by_field.items()):
        out += [(name, 0, weight) for name, weight in _fit(f"{field}:bias", rows)]
    return out


def _fit(bias: str, rows: list[tuple[list[str], bool]]) -> Iterator[tuple[str, float]]:
    seen = Counter(name for names, _ in rows for name in names)
    kept = [{n: 1.0 for n in names if seen[n] >= LEAST_SEEN and n != bias} for names, _ in rows]
    vectors = DictVectorizer()
    x = vectors.fit_transform(kept)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, random_state=0).fit(x, np.array([right for _, right in rows]))
    yield from zip(map(str, vectors.get_feature_names_out()), map(float, model.coef_[0]), strict=True)
    yield bias, float(model.intercept_[0])


def signature(held: list[Read], given: list[tuple[Row, bool]]) -> str:
    """What the table was trained on and with, in one line."""
    fields = Counter(str(row[0]) for row, _ in given)
    return f"data:{data_hash(held)}|pack:{train.PACK.hash}|claims:{fields['claim']}|folds:{FOLDS}|strength:{STRENGTH}"


def measured(folder: Path) -> Iterator[Judged]:
    """The fields of the dossiers of a folder as the reader in the package reads them."""
    by = reader(train.PACK)
    read = {d.name: d for d in dossiers_in(folder)}
    for dossier in dossiers(folder):
        yield from judged(dossier, found(read[dossier.name], by), "ar")


def told(fields: Iterable[Judged], out: Path | None, svg: Path | None) -> None:
    """Print the curves as a table of the documentation, write and draw them."""
    found = curves(fields)
    print("\n".join(table(found)))
    if out:
        out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if svg:
        svg.write_text(drawn(found), "utf-8")


def main() -> None:
    """Train and write, or measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "train")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--curves", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    if options.curves:
        told(measured(options.curves), options.out, options.svg)
        return
    held = dossiers_in(options.gold)
    given = examples(held, options.gold)
    for field, count in sorted(Counter(str(row[0]) for row, _ in given).items()):
        print(field, count, round(sum(right for row, right in given if row[0] == field) / count, 3))
    if options.write:
        sign = signature(held, given)
        linear.save(train.MODELS / f"{NAME}.tsv", sign, [confidence.RIGHT], fit(given))
        print(sign)


if __name__ == "__main__":
    main()
