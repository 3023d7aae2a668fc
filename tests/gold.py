"""Gold dossiers as model objects, so that later stages can be tested without the reader."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from tawatur.model import Claim, Figure, Link, Mention, Place, Report, Span, Time

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold"


def contract_scorer(path: Path = SHARED / "contract" / "score.py") -> ModuleType:
    """The contract's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("contract_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Dossier:
    """Reports and gold claims of one folder; ``gold_id`` maps a claim's id to the id in gold.json."""

    name: str
    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    gold: dict[str, Any]
    gold_id: dict[str, str]


def load_dossier(folder: Path) -> Dossier:
    """Read ``reports.jsonl`` and ``gold.json`` of one dossier."""
    rows = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines() if line.strip()]
    reports = {
        row["id"]: Report.make(
            row["text"], declared=row["id"], outlet=row["outlet"], published=row["published"], title=row["title"] or ""
        )
        for row in rows
    }
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    claims: list[Claim] = []
    gold_id: dict[str, str] = {}
    for name, items in gold["claims"].items():
        for item in items:
            claim = _claim(reports[name], item)
            if claim.id in gold_id:  # two claims of one span and type: gold ids keep them apart
                claim = _claim(reports[name], item, suffix="/" + item["id"])
            gold_id[claim.id] = item["id"]
            claims.append(claim)
    return Dossier(folder.name, tuple(reports.values()), tuple(claims), gold, gold_id)


def dossiers(part: str) -> list[Dossier]:
    """All dossiers of ``train`` or ``dev``, by name."""
    return dossiers_in(GOLD / part)


def dossiers_in(folder: Path) -> list[Dossier]:
    """All dossiers of a folder, by name."""
    return [load_dossier(f) for f in sorted(folder.iterdir()) if (f / "gold.json").exists()]


def _claim(report: Report, item: dict[str, Any], suffix: str = "") -> Claim:
    span = Span(item["start"], item["end"])
    return Claim(
        id=Claim.key(report.id, span, item["event_type"]) + suffix,
        report=report.id,
        span=span,
        event_type=item["event_type"],
        status=item["status"],
        attribution=tuple(Link(link["name"], link.get("stance", "neutral")) for link in item["attribution"]),
        actors=tuple(Mention(a) for a in item["actors"]),
        affected=tuple(Mention(a) for a in item["affected"]),
        figures=tuple(_figure(f) for f in item["figures"]),
        places=tuple(
            Place(p["text"], p.get("name"), p.get("lat"), p.get("lon"), p.get("role", "at")) for p in item["places"]
        ),
        times=tuple(Time(t["text"], t.get("start"), t.get("end")) for t in item["times"]),
    )


def _figure(item: dict[str, Any]) -> Figure:
    return Figure(
        text=item["text"],
        span=Span(item["start"], item["end"]),
        low=item["low"],
        high=item["high"],
        approximate=item["approximate"],
        population=item["population"],
        outcome=item["outcome"],
        cumulative=bool(item.get("cumulative")),
        part_of=item.get("part_of"),
        noun=item["text"].split()[-1],
    )
