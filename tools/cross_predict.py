#!/usr/bin/env python3
"""The whole job on the training dossiers, each read by clause models that have not seen it: errors to learn from.

usage: cross_predict.py OUT_DIR [--gold GOLD_DIR] [--folds N] [--claims FILE]

Writes OUT_DIR/NAME.json in the contract's form for every training dossier. The figure and attribution models are the
ones in the package, which have seen them: what is printed is a little too good for those.
--claims keeps the claims themselves, for train_events.py and train_findings.py to learn from.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import train_claims as train  # puts tests/ on the path too
from gold import GOLD, Dossier, dossiers_in
from tawatur import copies, events, findings, publish
from tawatur.claims import segment
from tawatur.claims.assemble import Reader
from tawatur.claims.classify import Classifier
from tawatur.model import Claim, Comparison


def main() -> None:
    """Train a fold, read what it left out, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD / "train")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--claims", type=Path)
    options = parser.parse_args()
    kept: dict[str, list[Claim]] = {}
    options.out.mkdir(parents=True, exist_ok=True)
    for dossier, reader in unseen(dossiers_in(options.gold), options.folds):
        claims = [c for r in dossier.reports if train.arabic(r) for c in reader.read(r)]
        kept[dossier.name] = claims
        lineage = copies.trace(dossier.reports, claims)
        grouped = events.group(claims, dossier.reports, lineage)
        result = findings.compare(grouped, claims, dossier.reports, lineage)
        comparison = Comparison(dossier.reports, tuple(claims), lineage, grouped, *result)
        text = json.dumps(publish.contract(comparison), ensure_ascii=False)
        (options.out / f"{dossier.name}.json").write_text(text, "utf-8")
    if options.claims:
        options.claims.write_bytes(pickle.dumps(kept))


def unseen(held: Sequence[Dossier], folds: int) -> Iterator[tuple[Dossier, Reader]]:
    """Each dossier with a reader that was trained on the dossiers of the other folds and on what we wrote."""
    data = [train.labelled(d) for d in held]
    own, reports = train.written_rows(), train.own_reports()
    for fold in range(folds):
        seen = [x for n, d in enumerate(data) if n % folds != fold for x in d]
        reader = fold_reader(seen + reports, own, fold)
        for dossier in held[fold::folds]:
            yield dossier, reader


def fold_reader(data: list[train.Labelled], own: list[train.Row], fold: int) -> Reader:
    """A reader whose clause, type and status models come from these readings."""
    chain = train.as_model(segment.LABELS, train.train_segmenter(data), f"fold {fold}")
    types, statuses = (train.as_model(*each, f"fold {fold}") for each in train.train_both(data, own))
    return Reader(train.PACK, segment.Segmenter(chain), Classifier(types, statuses, train.KINDS))


if __name__ == "__main__":
    main()
