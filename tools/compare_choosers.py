#!/usr/bin/env python3
"""Grammar alone, model alone, both: how often each chooses the type, status and outcome that the expert chose.

usage: compare_choosers.py TRAIN_DIR [TEST_DIR] --scorer SCORE.py [--readings FILE]

On dossiers of TRAIN_DIR left out a quarter at a time; with TEST_DIR also on all of its dossiers, after training on all
of TRAIN_DIR. Types and statuses are told for the expert's clauses, outcomes for figures in the claims of readers that
have not seen the dossier. ``--readings`` as for train_outcomes.py. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import train_claims as train
import train_outcomes
from figure_examples import claims_of, own_clauses, own_reports, readings
from gold import contract_scorer, dossiers_in

FOLDS = 4
_STEPS = 120
_TOLD = ("c=", "rule=", "first=", "cue", "then=", "no cue", "t=", "future", "theme=")  # what the pack tells of a clause
_RULED = ("r=", "n=", "of them", "o=", "c=", "p=", "any=", "b=", "a=")  # what the rules tell of a figure
_STATUS = (
    ("neg_", "not_occurred"), ("plan_", "planned"), ("time_future", "planned"), ("mod_want", "planned"),
    ("mod_", "possible"), ("asp_ongoing", "ongoing"), ("asp_onward", "ongoing"), ("asp_began", "began"),
    ("asp_stopped", "suspended"), ("asp_halt", "suspended"), ("asp_resumed", "resumed"), ("asp_again", "resumed"),
    ("asp_done", "completed"), ("asp_finish", "completed"),
)  # fmt: skip

Chooser = Callable[[train.Row], str]


def grammar_type(row: train.Row) -> str:
    """The type that the first rule gives, other without one."""
    return next((name[6:] for name in row.features if name.startswith("first=")), "other")


def grammar_status(row: train.Row) -> str:
    """The status that the first cue of a status gives, occurred without one."""
    cues = sorted(name for name in row.features if name.startswith("cue"))
    for cue in (name.partition("=")[2] for name in cues):
        for prefix, status in _STATUS:
            if cue.startswith(prefix):
                return status
    return "occurred"


def bare(features: dict[str, float]) -> dict[str, float]:
    """The features of a clause that do without the pack: words, stems, places, length, voice."""
    return {name: value for name, value in features.items() if not name.lstrip("-012").startswith(_TOLD)}


def model(rows: list[train.Row], at: int, told: bool) -> Chooser:
    """A model trained on these rows, with or without what the pack tells."""
    kept = [(row.features if told else bare(row.features), str(row[at]), row.share) for row in rows]
    chosen = train.as_model(*train.train_linear(kept, train.STRENGTH["type" if at == 1 else "status"], _STEPS))
    return lambda row: chosen.best(row.features if told else bare(row.features))


def splits(
    seen: list[list[train.Row]], unseen: list[list[train.Row]]
) -> Iterator[tuple[str, list[train.Row], list[train.Row]]]:
    """What to train on and what to try: the folds, then the other dossiers."""
    for fold in range(FOLDS):
        yield (
            "left out",
            [row for n, rows in enumerate(seen) if n % FOLDS != fold for row in rows],
            [row for rows in seen[fold::FOLDS] for row in rows],
        )
    if unseen:
        yield "test", [row for rows in seen for row in rows], [row for rows in unseen for row in rows]


def clauses(train_dir: Path, test_dir: Path | None) -> None:
    """Print the shares of types and statuses told rightly."""
    seen = [train.clause_rows(train.labelled(d)) for d in dossiers_in(train_dir)]
    unseen = [train.clause_rows(train.labelled(d)) for d in dossiers_in(test_dir)] if test_dir else []
    own = train.written_rows() + train.clause_rows(train.own_reports())
    for at, name, grammar in ((1, "type", grammar_type), (2, "status", grammar_status)):
        right: dict[tuple[str, str], list[bool]] = {}
        for part, known, asked in splits(seen, unseen):
            ways = {"grammar": grammar, "model": model(known + own, at, False), "both": model(known + own, at, True)}
            for way, choose in ways.items():
                right.setdefault((part, way), []).extend(choose(row) == row[at] for row in asked)
        report(name, right)


def report(name: str, right: dict[tuple[str, str], list[bool]]) -> None:
    """Print a line a way."""
    for (part, way), answers in right.items():
        print(f"{name:8} {part:9} {way:8} {sum(answers) / len(answers):.3f} of {len(answers)}", flush=True)


def unruled(names: train_outcomes.Names) -> train_outcomes.Names:
    """The features of a figure that do without what rules and the pack tell: words, population, the claim."""
    return [n for n in names[0] if not n.lstrip("+-123<>").startswith(_RULED)], []


def ruled(names: train_outcomes.Names) -> str:
    """The rule's answer."""
    return next(outcome for name, outcome in names[1] if name == "rule")


def chooser(examples: list[train_outcomes.Example]) -> Callable[[train_outcomes.Names], str]:
    """A model of outcomes trained on these examples."""
    labels = train_outcomes.LABELS["outcomes"]
    weights: dict[str, list[tuple[int, float]]] = {}
    for name, label, weight in train_outcomes.fit(examples, labels, train_outcomes.STRICTNESS["outcomes"]):
        weights.setdefault(name, []).append((label, weight))

    def choose(names: train_outcomes.Names) -> str:
        scores = dict.fromkeys(labels, 0.0)
        for name in dict.fromkeys(names[0]):
            for label, weight in weights.get(name, ()):
                if label < len(labels):
                    scores[labels[label]] += weight
        for name, outcome in names[1]:
            scores[outcome] += sum(weight for label, weight in weights.get(name, ()) if label == len(labels))
        return max(labels, key=scores.__getitem__)

    return choose


def outcomes(train_dir: Path, scorer: Path, kept: Path | None) -> None:
    """Print the shares of outcomes told rightly in dossiers left out."""
    pack, score = train.PACK, contract_scorer(scorer)
    found = readings(train_dir, kept)
    names = sorted(p.name for p in train_dir.iterdir() if (p / "gold.json").exists())
    data = {name: list(claims_of(train_dir / name, found, pack, score)) for name in names}
    data[train_outcomes.CLAUSES] = list(own_clauses(pack, score))
    data[train_outcomes.REPORTS] = list(own_reports(pack, score))
    taught = train_outcomes.taught_by(data, pack)
    right: dict[tuple[str, str], list[bool]] = {}
    for fold in range(FOLDS):
        out = names[fold::FOLDS]
        known = [e for name, t in taught.items() if name not in out for e in t["outcomes"]]
        asked = [e for name in out for e in train_outcomes.teach(data[name], pack)["outcomes"]]
        ways = {
            "grammar": ruled,
            "model": of(unruled, chooser([(unruled(n), label) for n, label in known])),
            "both": chooser(known),
        }
        for way, choose in ways.items():
            right.setdefault(("left out", way), []).extend(choose(n) == label for n, label in asked)
    report("outcome", right)


def of(
    see: Callable[[train_outcomes.Names], train_outcomes.Names], choose: Callable[[train_outcomes.Names], str]
) -> Callable[[train_outcomes.Names], str]:
    """A chooser that sees but part of what is seen."""
    return lambda names: choose(see(names))


def main() -> int:
    """Compare clauses' choosers, then figures'."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("train", type=Path)
    ap.add_argument("test", type=Path, nargs="?")
    ap.add_argument("--scorer", type=Path, required=True)
    ap.add_argument("--readings", type=Path)
    args = ap.parse_args()
    clauses(args.train, args.test)
    outcomes(args.train, args.scorer, args.readings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
