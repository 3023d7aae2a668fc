#!/usr/bin/env python3
"""How well events and relations do on dossiers that their weights have not seen.

usage: cross_validate.py GOLD_DIR SCORER [--whole] [--own CLAIMS] [--folds N] [--read own|gold|degraded|rough]

Each fold of whole dossiers is predicted with weights learned from the others, from one reading of it (``readings.py``);
the scorer then sees all of them. Dossiers that we wrote only teach relations. With ``--whole`` the scorer is given
every relation worth telling (``relations_told.py``) in place of the experts' lists, which leave out half; what is
learned from stays theirs. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

import readings
import train_events
import train_findings
from readings import Reading
from relations_told import with_all_relations
from tawatur.copies import trace
from tawatur.events import group
from tawatur.findings import compare
from tawatur.findings.against import parted
from tawatur.model import Comparison
from tawatur.publish import contract


def fold(seen: list[list[Reading]], unseen: list[list[Reading]], kind: str, out: Path) -> None:
    """Learn from some dossiers, predict one reading of each of the others into ``out``."""
    with train_findings.with_events(train_events.learn(readings.apart(seen)[0])):
        tables = train_findings.learn(seen)
        against = parted(tables["contradictions"])
        with (
            patch("tawatur.findings.telling.weights", lambda: tables["weights"]),
            patch("tawatur.findings.against.weights", lambda: against),
        ):
            for reading in (r for d in unseen for r in d if r.kind == kind):
                text = json.dumps(contract(predict(reading)), ensure_ascii=False)
                (out / f"{reading.dossier.name}.json").write_text(text, "utf-8")


def predict(reading: Reading) -> Comparison:
    """What the later stages make of one reading."""
    reports, claims = reading.dossier.reports, reading.claims
    copies = trace(reports, claims)
    events = group(claims, reports, copies)
    return Comparison(reports, claims, copies, events, *compare(events, claims, reports, copies))


def in_one_folder(found: list[list[Reading]], gold: Path, out: Path, *, whole: bool) -> Path:
    """A folder with the dossiers; with ``whole`` every relation worth telling of them."""
    for dossier in (d[0].dossier for d in found):
        folder = out / dossier.name
        folder.mkdir(parents=True)
        shutil.copy(gold / dossier.name / "reports.jsonl", folder)
        asked = with_all_relations(dossier).gold if whole else dossier.gold
        (folder / "gold.json").write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
    return out


def main() -> None:
    """Run all folds, then the scorer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--own", type=Path)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--read", default="gold")
    args = parser.parse_args()
    found, written = readings.apart(readings.load(args.gold, args.own, args.scorer))
    with tempfile.TemporaryDirectory() as out:
        for n in range(args.folds):
            seen = [d for i, d in enumerate(found) if i % args.folds != n]
            fold(seen + written, found[n :: args.folds], args.read, Path(out))
        asked = in_one_folder(found, args.gold, Path(out) / "asked", whole=args.whole)
        command = [sys.executable, str(args.scorer), str(asked), out]
        subprocess.run([*command, *(["--language", "ar"] if args.read == "own" else [])], check=True)


if __name__ == "__main__":
    main()
