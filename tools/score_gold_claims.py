#!/usr/bin/env python3
"""Score events and relations on their own: gold claims in, the contract's measures of what later stages make of them.

usage: score_gold_claims.py GOLD_DIR SCORER [--degrade SEED] [--gold-events]

Predictions are the gold claims (or, with ``--degrade``, claims as a weak reader would give them: 15 % lost, 20 % of
the types changed within their family, 30 % of coordinates and times and 30 % of the actors lost), the copies that are
traced, and our own events and relations. ``SCORER`` is the contract's ``score.py``; only its lines on events and
relations tell something here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from degraded import degraded  # noqa: E402
from gold import Dossier, load_dossier  # noqa: E402
from tawatur.copies import trace  # noqa: E402
from tawatur.events import group  # noqa: E402
from tawatur.findings import compare  # noqa: E402
from tawatur.model import Event  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.model import Claim

TOLD = ("contradict", "update", "part", "agree")


def predict(dossier: Dossier, seed: str | None, gold_events: bool) -> dict[str, Any]:
    """A prediction in the contract's form: gold claims with our events and relations."""
    claims = degraded(dossier.claims, f"{seed} {dossier.name}") if seed else list(dossier.claims)
    copies = trace(dossier.reports, claims)
    events = _true_events(dossier, claims) if gold_events else group(claims, dossier.reports, copies)
    _, findings, _ = compare(events, claims, dossier.reports, copies)
    ids, names = dossier.gold_id, {r.id: r.name for r in dossier.reports}
    kept = {ids[c.id] for c in claims}
    told = [f for f in findings if f.relation in TOLD]
    return {
        "claims": {r: [c for c in cs if c["id"] in kept] for r, cs in dossier.gold["claims"].items()},
        "copies": [{"reports": [names[r] for r in g.reports], "kind": g.kind} for g in copies.groups],
        "events": [{"id": e.id, "label": e.label, "claims": [ids[c] for c in e.claims]} for e in events],
        "relations": [{"a": ids[f.a], "b": ids[f.b], "relation": f.relation, "why": f.reason_en} for f in told],
    }


def _true_events(dossier: Dossier, claims: Iterable[Claim]) -> list[Event]:
    claim_id = {dossier.gold_id[c.id]: c.id for c in claims}
    rows = [(e["id"], tuple(claim_id[c] for c in e["claims"] if c in claim_id)) for e in dossier.gold["events"]]
    return [Event(name, name, "other", members) for name, members in rows if members]


def main() -> None:
    """Predict each dossier, then run the scorer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--degrade", metavar="SEED")
    parser.add_argument("--gold-events", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        for folder in sorted(f for f in args.gold.iterdir() if (f / "gold.json").exists()):
            found = predict(load_dossier(folder), args.degrade, args.gold_events)
            (Path(out) / f"{folder.name}.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")
        subprocess.run([sys.executable, str(args.scorer), str(args.gold), out], check=True)


if __name__ == "__main__":
    main()
