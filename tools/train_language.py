#!/usr/bin/env python3
"""Train all tables of a language other than Arabic: clauses, types and statuses, outcomes and running totals.

usage: train_language.py CODE [GOLD_DIR] [--cross N] [--scorer SCORE.py]

Learns from the reports in that language among the annotated dossiers and from ``tools/written/CODE``. Cues of events
and statuses have the same classes in every pack, so types and statuses also learn from the Arabic clauses what can be
told without their words. Needs the extra ``train``. Deterministic in one thread. With ``--cross N`` nothing is written.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import train_claims as train  # puts tests/ on the path too
import train_outcomes as outcomes
from figure_examples import Readings, claims_of, own_clauses, own_reports
from gold import GOLD, Dossier, contract_scorer, dossiers_in
from tawatur.claims import linear, segment
from training import STRENGTH, data_hash

Examples = dict[str, dict[str, list[outcomes.Example]]]  # by dossier, by model

OWN_COUNTS = 2  # times as much as what other languages teach
_WORDS = re.compile(r"(?:w|st|x)=")  # features of a figure that are words, or classes of one language's grammar
#: Features that mean the same in every language begin with these.
SHARED = (
    "c=", "0c=", "1c=", "-1c=", "-2c=", "cue", "then=", "no cue", "voice=", "act=", "stance=", "theme=", "rule=",
    "first=",
)  # fmt: skip


def shared_rows(held: list[Dossier]) -> list[train.Row]:
    """The Arabic clauses by what can be told of them without their words."""
    rows = train.clause_rows([x for d in held for x in train.labelled(d)] + train.own_reports()) + train.written_rows()
    return [r._replace(features={n: v for n, v in r.features.items() if n.startswith(SHARED)}) for r in rows]


def both(
    data: list[train.Labelled], own: list[train.Row], more: list[train.Row]
) -> Iterator[tuple[str, list[str], train.Weights]]:
    """The type model and the status model: name, labels, weights."""
    for (at, kind), rows in zip(train.KINDS_OF, (train.rows_beside(data, own), train.clause_rows(data)), strict=True):
        yield kind, *train.train_linear(train.told((rows + own) * OWN_COUNTS + more, at), STRENGTH[kind])


def shared_examples(gold: Path, held: list[Dossier], scorer: Path | None) -> dict[str, list[outcomes.Example]]:
    """The figures in Arabic by what can be told of them without words."""
    out, found = {}, examples_in(gold, held, scorer)
    for name in outcomes.LABELS:
        examples = [e for each in found.values() for e in each[name]]
        out[name] = [(([n for n in plain if not _WORDS.search(n)], told), label) for (plain, told), label in examples]
    return out


def gold_readings(held: list[Dossier]) -> Readings:
    """The annotated claims of the reports in the language, in the form of what a reader finds."""
    return {
        f"{d.name}/{hashlib.sha256(r.text.encode()).hexdigest()}": [
            (c.span.start, c.span.end, c.event_type, c.status, None) for c in d.claims if c.report == r.id
        ]
        for d in held
        for r in d.reports
        if train.of_language(r)
    }


def main() -> None:
    """Train and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("language")
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "train")
    parser.add_argument("--cross", type=int, default=0, metavar="N")
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--alone", action="store_true", help="learn nothing from Arabic clauses")
    options = parser.parse_args()
    held = dossiers_in(options.gold)
    more = [] if options.alone else shared_rows(held)
    further = {} if options.alone or options.cross else shared_examples(options.gold, held, options.scorer)
    train.use(options.language)
    if options.cross:
        cross(options.cross, held, more)
        return
    data, own = [x for d in held for x in train.labelled(d)] + train.own_reports(), train.written_rows()
    sign = signature(held, options.language)
    train.MODELS.mkdir(exist_ok=True)
    linear.save(train.MODELS / "segment.tsv", sign, segment.LABELS, train.train_segmenter(data))
    for name, labels, weights in both(data, own, more):
        linear.save(train.MODELS / f"{name}.tsv", sign, labels, weights)
    figures(examples_in(options.gold, held, options.scorer), further)
    print(sign)


def signature(held: list[Dossier], language: str) -> str:
    """What the models were trained on and with, in one line."""
    kept = [part for part in train.signature(held).split("|") if not part.startswith("data:")]
    return "|".join([f"data:{data_hash(held, language)}", *kept])


def examples_in(gold: Path, held: list[Dossier], scorer: Path | None) -> Examples:
    """The annotated figures in the language that is trained, by dossier and in what we wrote."""
    score, pack, found = contract_scorer(scorer) if scorer else contract_scorer(), train.PACK, gold_readings(held)
    data = {d.name: list(claims_of(gold / d.name, found, pack, score)) for d in held}
    data[outcomes.CLAUSES], data[outcomes.REPORTS] = list(own_clauses(pack, score)), list(own_reports(pack, score))
    return outcomes.taught_by(data, pack)


def figures(own: Examples, more: dict[str, list[outcomes.Example]]) -> None:
    """The tables of outcomes and running totals; what is in the language counts more than what is not."""
    taught = {name: {kind: each * OWN_COUNTS for kind, each in examples.items()} for name, examples in own.items()}
    taught["other languages"] = {kind: more.get(kind, []) for kind in outcomes.LABELS}
    outcomes.write(taught, train.PACK.language)


def cross(folds: int, held: list[Dossier], more: list[train.Row]) -> None:
    """Print how the models do on reports left out, ours and annotated ones."""
    data, own = [x for d in held for x in train.labelled(d)] + train.own_reports(), train.written_rows()
    right = {"type": 0, "status": 0, "found": 0, "gold": 0, "said": 0}
    for fold in range(folds):
        seen = [x for n, x in enumerate(data) if n % folds != fold]
        chain = segment.Segmenter(train.as_model(segment.LABELS, train.train_segmenter(seen), f"cross {fold}"))
        models = {name: train.as_model(labels, weights) for name, labels, weights in both(seen, own, more)}
        for one in data[fold::folds]:
            reading, _, claims, _ = one
            t = reading.tokens
            said = [(t.starts[c.first], t.ends[c.after - 1]) for c in chain.clauses(t, reading.marks)]
            right["gold"], right["said"] = right["gold"] + len(claims), right["said"] + len(said)
            right["found"] += train.matched([(c.span.start, c.span.end) for c in claims], said)
            report = train.report_rows(one)
            for row in train.beside([models["type"].best(f) for f, *_ in report], report):
                right["type"] += models["type"].best(row.features) == row[1]
                right["status"] += models["status"].best(row.features) == row[2]
    n = right["gold"]
    print(f"found P {right['found'] / right['said']:.3f} R {right['found'] / n:.3f}", end="  ")
    print(f"type {right['type'] / n:.3f}  status {right['status'] / n:.3f} of {n} claims, {len(own)} clauses of ours")


if __name__ == "__main__":
    main()
