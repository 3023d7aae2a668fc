"""Measure attribution with gold claim spans given: origin, chain, stance F1 by the contract's scorer, Arabic only.

usage: measure_attribution.py train|dev [--errors N] [--only NAME]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

from gold import SHARED, contract_scorer  # noqa: E402  # the loader lives beside the tests
from tawatur.archive.page import lines  # noqa: E402
from tawatur.archive.split import sentences  # noqa: E402
from tawatur.claims.attribution import find, scope_of  # noqa: E402
from tawatur.claims.tokens import tokenise  # noqa: E402
from tawatur.lang.pack import load  # noqa: E402
from tawatur.model import Span  # noqa: E402


def split(text: str, title: str = "") -> tuple[Span, ...]:
    """Sentences of body lines, as the reader takes them."""
    page = lines(text, title=title)
    return tuple(s for line in page if line.kind in ("body", "headline") for s in sentences(text, line.body))


def predict(
    gold: dict[str, Any], reports: dict[str, Any], pack: Any, score: Any, clock: Counter[str]
) -> dict[str, Any]:
    """Gold claims with the attribution replaced by ours."""
    claims: dict[str, Any] = {}
    for name, items in gold["claims"].items():
        text = reports[name]["text"]
        if score.language(text) != "ar":
            continue
        spoken = split(text, reports[name]["title"] or "")
        tokens = tokenise(text, pack.lexicon)
        started = time.perf_counter()
        scopes = find(tokens, spoken, pack, outlet=reports[name]["outlet"])
        clock["seconds"] += time.perf_counter() - started  # type: ignore[assignment]
        clock["reports"] += 1
        rows = []
        for item in items:
            found = scope_of(scopes, tokens.at(item["start"]), tokens.at(item["end"] - 1) + 1)
            chain = [{"name": link.name, "stance": link.stance} for link in found.chain] if found else []
            rows.append({**item, "attribution": chain, "rule": f"{found.kind}/{found.rule}" if found else "-"})
        claims[name] = rows
    return {**gold, "claims": claims}


def main() -> int:
    """Print the figures and, when asked, the errors by kind."""
    ap = argparse.ArgumentParser()
    ap.add_argument("part", choices=("train", "dev"))
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--only", default="")
    args = ap.parse_args()
    score, pack, clock = contract_scorer(), load(), Counter[str]()
    total = score.Score()
    kinds: Counter[str] = Counter()
    shown = 0
    for folder in sorted((SHARED / "gold" / args.part).iterdir()):
        if not (folder / "gold.json").exists() or args.only not in folder.name:
            continue
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        rows = map(json.loads, filter(str.strip, (folder / "reports.jsonl").read_text("utf-8").splitlines()))
        reports = {row["id"]: row for row in rows}
        made = predict(gold, reports, pack, score, clock)
        total.dossier(folder, made, "ar")
        for name, items in made["claims"].items():
            for ours, theirs in zip(items, gold["claims"][name], strict=True):
                right = (
                    score.origin_right(theirs, ours)
                    and score.chain_right(theirs, ours)
                    and score.marked(theirs) == score.marked(ours)
                )
                if right:
                    continue
                what = (
                    "origin"
                    if not score.origin_right(theirs, ours)
                    else "chain"
                    if not score.chain_right(theirs, ours)
                    else "stance"
                )
                g, p = theirs["attribution"], ours["attribution"]
                side = f"{what}:{'none' if not g else 'some'}->{'none' if not p else 'some'}"
                kinds[side] += 1
                if shown < args.errors:
                    shown += 1
                    text = reports[name]["text"]
                    show = lambda c: " < ".join(f"{x['name']}/{x['stance'][:4]}" for x in c) or "-"  # noqa: E731
                    before, after = text[max(0, theirs["start"] - 60) : theirs["start"]], text[theirs["end"] :][:60]
                    line = f"{side} {folder.name} {name} G[{show(g)}] P[{show(p)}] {ours['rule']} | "
                    line += f"{before}⟦{text[theirs['start'] : theirs['end']][:70]}⟧{after}"
                    print(line.replace("\n", "⏎"))
    result = total.result()
    print(args.part, {k: result["fields"][k] for k in ("origin", "chain")}, "stance", result["claims.stance"])
    print(dict(kinds.most_common()))
    print(f"{clock['reports']} reports, {1000 * clock['seconds'] / max(1, clock['reports']):.2f} ms each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
