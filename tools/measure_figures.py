"""Measure the figure reader on gold dossiers: what ``find`` detects and, with gold claims given, the contract's scores.

usage: python tools/measure_figures.py GOLD_PART --scorer SCORE.py [--errors N] [--language ar]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

from gold import contract_scorer  # noqa: E402  # the loader lives beside the tests
from tawatur import lang  # noqa: E402
from tawatur.claims.figures import FigureHit, find, settle  # noqa: E402
from tawatur.claims.tokens import Tokens, tokenise  # noqa: E402

FIELDS = ("low", "high", "approximate", "population", "outcome", "cumulative", "part_of")


def predict(folder: Path, pack: lang.Pack) -> dict[str, Any]:
    """The folder's gold with our figures in its claims."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    texts = {r["id"]: r["text"] for r in rows(folder)}
    claims: dict[str, list[dict[str, Any]]] = {}
    for report, items in gold["claims"].items():
        claims[report] = report_claims(texts[report], items, pack)
    return {**gold, "claims": claims}


def rows(folder: Path) -> list[dict[str, Any]]:
    """The folder's reports."""
    lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def report_claims(text: str, items: list[dict[str, Any]], pack: lang.Pack) -> list[dict[str, Any]]:
    """Gold claims of one report with our figures."""
    out = []
    for item, hits, tokens, first, after in report_hits(text, items, pack):
        figures = settle(hits, tokens, first, after, item["event_type"], item["status"], pack)
        out.append({**item, "figures": [row(f) for f in figures]})
    return out


Held = tuple[dict[str, Any], list[FigureHit], Tokens, int, int]


def report_hits(text: str, items: list[dict[str, Any]], pack: lang.Pack) -> Iterator[Held]:
    """Each claim of a report with the quantities it holds; a quantity goes to the narrowest claim that holds it."""
    tokens = tokenise(text, pack.lexicon)
    hits = find(tokens, pack)
    order = sorted(range(len(items)), key=lambda n: (items[n]["end"] - items[n]["start"], n))
    owner: list[int] = []
    for hit in hits:
        inside = (n for n in order if items[n]["start"] <= hit.start and hit.end <= items[n]["end"])
        owner.append(next(inside, -1))
    for n, item in enumerate(items):
        mine = [hit for hit, holder in zip(hits, owner, strict=True) if holder == n]
        yield item, mine, tokens, tokens.at(item["start"]), tokens.at(item["end"] - 1) + 1


def row(figure: Any) -> dict[str, Any]:
    """A figure as the contract writes it."""
    data = {name: getattr(figure, name) for name in FIELDS}
    return {"text": figure.text, "start": figure.span.start, "end": figure.span.end, **data}


def outside(folder: Path, pack: lang.Pack, score: ModuleType, language: str) -> Counter[str]:
    """How many figures of all the text match gold ones."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    count: Counter[str] = Counter()
    for report in rows(folder):
        if score.language(report["text"]) != language:
            continue
        items = [f for c in gold["claims"][report["id"]] for f in c["figures"]]
        hits = [{"start": h.start, "end": h.end} for h in find(tokenise(report["text"], pack.lexicon), pack)]
        count.update(gold=len(items), predicted=len(hits), hit=len(score.match(items, hits, score.iou, 0.5)))
    return count


def speed(texts: list[str], pack: lang.Pack) -> float:
    """Milliseconds a report for ``find`` alone, words known."""
    tokens = [tokenise(text, pack.lexicon) for text in texts]
    for t in tokens:
        find(t, pack)
    begun = time.perf_counter()
    for t in tokens:
        find(t, pack)
    return 1000 * (time.perf_counter() - begun) / max(1, len(tokens))


def main() -> int:
    """Print the scores."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("gold", type=Path)
    ap.add_argument("--scorer", type=Path, required=True)
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--language", default="ar")
    args = ap.parse_args()
    pack, score = lang.load(language=args.language), contract_scorer(args.scorer)
    result, count, texts = score.Score(), Counter[str](), []
    for folder in sorted(p for p in args.gold.iterdir() if (p / "gold.json").exists()):
        result.dossier(folder, predict(folder, pack), args.language)
        count += outside(folder, pack, score, args.language)
        texts += [r["text"] for r in rows(folder) if score.language(r["text"]) == args.language]
    done = result.result()
    for key in ("figures.detect", "figures.strict", "figures.part_of", "figures.cumulative"):
        print(key, done.get(key))
    print({k: v for k, v in done["fields"].items() if k.startswith("figure.")})
    shares = count["hit"] / count["predicted"], count["hit"] / count["gold"]
    print("all text:", score.f1(*shares, count["gold"], count["predicted"]))
    print(f"find: {speed(texts, pack):.3f} ms a report over {len(texts)} reports")
    shown: Counter[str] = Counter()
    for error in result.errors:
        shown[error[0]] += 1
        if "figure" in error[0] and shown[error[0]] <= args.errors:
            print("\t".join(map(str, error)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
