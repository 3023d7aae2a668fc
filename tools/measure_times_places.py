"""How well places and times come out when a claim's clause is given: gold claims with their places and times replaced.

usage: measure_times_places.py PART [--errors N]   PART is train or dev; needs the gold dossiers beside the repository.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tawatur.claims import places, times
from tawatur.claims.attribution import scope_of
from tawatur.claims.reading import prepare
from tawatur.claims.tokens import Tokens
from tawatur.lang import load
from tawatur.model import Report

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

from gold import SHARED, contract_scorer  # noqa: E402  # the loader lives beside the tests


def span_of(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The tokens of a stretch of text."""
    first = tokens.at(start)
    after = first
    while after < len(tokens) and tokens.starts[after] < end:
        after += 1
    return first, after


PACK = load()


def read(report: dict[str, Any], claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims with our places and times."""
    given = {key: report.get(key) for key in ("outlet", "published")}
    reading = prepare(Report.make(report["text"], title=report.get("title") or "", **given), PACK)
    tokens = reading.tokens
    ground = places.Ground(tokens, places.find(tokens, PACK), PACK.lexicon)
    dated = times.find(tokens, PACK, times.anchor_of(report["published"]))
    out = []
    for claim in claims:
        first, after = span_of(tokens, claim["start"], claim["end"])
        scope = scope_of(reading.scopes, first, after)
        said = (scope.first, scope.verb_first) if scope else None
        told = sorted((*span_of(tokens, c["start"], c["end"]), c["event_type"]) for c in claims)
        earlier = tuple(places.Told(*row) for row in told if row[0] < first)
        ours = places.settle(places.Asked(ground, first, after, claim["event_type"], earlier, said))
        kept = [{"text": p.text, "name": p.name, "lat": p.lat, "lon": p.lon, "role": p.role} for p in ours]
        when = times.settle(dated, tokens, first, after, claim["status"])
        days = [{"text": t.text, "start": t.start, "end": t.end} for t in when]
        out.append({**claim, "places": kept, "times": days})
    return out


def main() -> None:
    """Print the figures."""
    scorer = contract_scorer()
    part, many = sys.argv[1], int(sys.argv[3]) if "--errors" in sys.argv else 0
    score = scorer.Score()
    seconds, reports = 0.0, 0
    shown: Counter[str] = Counter()
    for folder in sorted((SHARED / "gold" / part).iterdir()):
        if not (folder / "gold.json").exists():
            continue
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        rows = {r["id"]: r for r in map(json.loads, (folder / "reports.jsonl").read_text("utf-8").splitlines())}
        begin = time.perf_counter()
        pred = {"claims": {name: read(rows[name], claims) for name, claims in gold["claims"].items()}}
        seconds += time.perf_counter() - begin
        reports += len(gold["claims"])
        score.dossier(folder, pred, "ar")
        if many:
            _errors(scorer, folder.name, rows, gold, pred, shown, many)
    result = score.result()
    for key in ("claims.places", "claims.times"):
        print(key, result[key])
    print("located", result["fields"]["located"], f"  {1000 * seconds / reports:.2f} ms a report with tokens")


def _errors(
    scorer: Any,
    name: str,
    rows: dict[str, Any],
    gold: dict[str, Any],
    pred: dict[str, Any],
    shown: Counter[str],
    most: int,
) -> None:
    for report, claims in gold["claims"].items():
        text = rows[report]["text"]
        if scorer.language(text) != "ar":
            continue
        for g, p in zip(claims, pred["claims"][report], strict=True):
            quote = text[max(0, g["start"] - 60) : g["start"]] + "⟦" + text[g["start"] : g["end"]] + "⟧"
            for kind, line in _faults(scorer, rows[report], g, p):
                shown[kind] += 1
                if shown[kind] <= most:
                    print(kind, name, report, line, "|", quote.replace("\n", " ")[:260])


def _faults(scorer: Any, report: dict[str, Any], g: dict[str, Any], p: dict[str, Any]) -> list[tuple[str, str]]:
    out = []
    a, b = scorer.texts(g["places"]), scorer.texts(p["places"])
    if len(a) != scorer.shared(a, b) or len(b) != scorer.shared(a, b):
        where = f"{g['event_type']} gold {[x['text'] for x in g['places']]} ours {[x['text'] for x in p['places']]}"
        out.append(("place-missed" if len(a) > scorer.shared(a, b) else "place-spurious", where))
    for place in g["places"]:
        same = [x for x in p["places"] if set(scorer.fold(x["text"])) & set(scorer.fold(place["text"]))]
        if place.get("lat") is not None and same and not _near(place, same[0]):
            out.append(("place-off", f"{place['text']} {place['name']} {place['lat']},{place['lon']} ours {same[0]}"))
    if scorer.same_times(scorer.times(g), scorer.times(p)) < max(len(g["times"]), len(p["times"])):
        mine, theirs = ([(t["text"], t["start"], t["end"]) for t in x["times"]] for x in (p, g))
        out.append(("time", f"published {report['published']} gold {theirs} ours {mine} {g['status']}"))
    return out


def _near(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return b["lat"] is not None and abs(a["lat"] - b["lat"]) <= 0.3 and abs(a["lon"] - b["lon"]) <= 0.3


if __name__ == "__main__":
    main()
