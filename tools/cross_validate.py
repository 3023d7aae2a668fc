#!/usr/bin/env python3
"""How well events and relations do on dossiers that their weights have not seen.

usage: cross_validate.py GOLD_DIR SCORER [--folds N] [--degrade SEED]

Each fold of whole dossiers is predicted with weights learned from the others; the scorer then sees all of them. Needs
the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import train_events  # noqa: E402
import train_findings  # noqa: E402
from gold import Dossier, load_dossier  # noqa: E402
from score_gold_claims import predict  # noqa: E402


def fold(seen: list[Dossier], unseen: list[Dossier], seed: str | None, out: Path) -> None:
    """Learn from some dossiers, predict others into ``out``."""
    events = train_events.learn(seen)
    with patch("tawatur.events.table", lambda: events), patch("tawatur.findings.telling.table", lambda: events):
        findings = train_findings.learn(seen)
        with patch("tawatur.findings.telling.weights", lambda: findings):
            for dossier in unseen:
                found = predict(dossier, seed, gold_events=False)
                (out / f"{dossier.name}.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def main() -> None:
    """Run all folds, then the scorer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--degrade", metavar="SEED")
    args = parser.parse_args()
    dossiers = [load_dossier(f) for f in sorted(args.gold.iterdir()) if (f / "gold.json").exists()]
    with tempfile.TemporaryDirectory() as out:
        for n in range(args.folds):
            seen = [d for i, d in enumerate(dossiers) if i % args.folds != n]
            fold(seen, dossiers[n :: args.folds], args.degrade, Path(out))
        subprocess.run([sys.executable, str(args.scorer), str(args.gold), out], check=True)


if __name__ == "__main__":
    main()
