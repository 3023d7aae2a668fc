"""The package's score gives the numbers of the contract's scorer."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from gold import SHARED, contract_scorer
from tawatur.errors import DossierError
from tawatur.score import Dossier, dossiers, score

TYPES = ["clash", "shelling", "evacuation", "casualties", "talks"]
needs_gold = pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the gold dossiers are not here")


def _perturbed(dossier: Dossier, rng: random.Random) -> dict[str, Any]:
    """Gold with parts lost, added, moved and changed."""
    out = copy.deepcopy(dossier.gold)
    for report, claims in out["claims"].items():
        size = len(dossier.texts[report])
        out["claims"][report] = [c for c in claims if rng.random() > 0.15]
        for claim in out["claims"][report]:
            _bend(claim, size, rng)
    names = list(dossier.texts)
    if len(names) > 3:
        out["copies"] = [*out["copies"], {"reports": rng.sample(names, 2), "kind": "part"}]
    ids = [c["id"] for claims in out["claims"].values() for c in claims]
    for event in out["events"]:
        event["claims"] = [c for c in event["claims"] if rng.random() > 0.2]
    out["events"].append({"id": "extra", "claims": rng.sample(ids, min(3, len(ids)))})
    kinds = ["agree", "update", "part", "contradict", "unknown"]
    out["relations"] = [r for r in out["relations"] if rng.random() > 0.3] + [
        {"a": rng.choice(ids), "b": rng.choice(ids), "relation": rng.choice(kinds)} for _ in range(6)
    ]
    return out


def _bend(claim: dict[str, Any], size: int, rng: random.Random) -> None:
    claim["start"] = max(0, claim["start"] - rng.randint(0, 40))
    claim["end"] = min(size, claim["end"] + rng.randint(0, 60))
    if rng.random() < 0.2:
        claim["event_type"] = rng.choice(TYPES)
    if rng.random() < 0.2:
        claim["status"] = "ongoing"
    if rng.random() < 0.2:
        claim["attribution"] = claim["attribution"][1:] or [{"name": "مصدر محلي", "stance": "doubted"}]
    for figure in claim["figures"]:
        figure["start"] = max(0, figure["start"] - rng.randint(0, 6))
        figure["cumulative"] = rng.random() < 0.5
        if rng.random() < 0.2:
            figure["low"] = 7
            figure["part_of"] = figure["text"]
    for key in ("actors", "affected", "times", "places"):
        if claim[key] and rng.random() < 0.3:
            claim[key] = claim[key][1:]
    for place in claim["places"]:
        if place.get("lat") is not None and rng.random() < 0.3:
            place["lat"] += 1


def _theirs(pairs: list[tuple[Dossier, dict[str, Any]]], language: str | None) -> tuple[dict[str, Any], int]:
    total = contract_scorer().Score()
    for dossier, prediction in pairs:
        total.dossier(dossier.folder, prediction, language)
    return total.result(), len(total.errors)


@needs_gold
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("language", [None, "ar", "en"])
def test_same_numbers_as_the_contract_on_perturbed_gold(seed: int, language: str | None) -> None:
    rng = random.Random(seed)
    pairs = [(d, _perturbed(d, rng)) for part in ("dev", "train") for d in dossiers(SHARED / "gold" / part)]
    theirs, errors = _theirs(pairs, language)
    ours = score(pairs, language)
    assert json.dumps(ours.result(), sort_keys=True) == json.dumps(theirs, sort_keys=True)
    assert len(ours.errors) == errors


@needs_gold
def test_same_numbers_as_the_contract_when_nothing_is_found() -> None:
    pairs: list[tuple[Dossier, dict[str, Any]]] = [(d, {}) for d in dossiers(SHARED / "gold" / "dev")]
    assert score(pairs).result() == _theirs(pairs, None)[0]


def _small(folder: Path) -> Dossier:
    claim = {"id": "r1.c1", "start": 0, "end": 8, "event_type": "clash", "status": "occurred", "attribution": []}
    gold = {"claims": {"r1": [claim]}, "events": [{"id": "e1", "claims": ["r1.c1"]}], "copies": [], "relations": []}
    folder.mkdir()
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "reports.jsonl").write_text(
        json.dumps({"id": "r1", "text": "اشتباكات في المدينة"}) + "\n", encoding="utf-8"
    )
    return dossiers(folder.parent)[0]


def test_gold_scored_against_itself_is_perfect(tmp_path: Path) -> None:
    dossier = _small(tmp_path / "one")
    result = score([(dossier, dossier.gold)]).result()
    assert result["claims.strict"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1, "pred": 1}
    assert result["events.b3"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("prediction", "reason"),
    [
        ({"claims": {"r9": []}}, "unknown report"),
        ({"claims": {"r1": [{"id": "a", "start": 0, "end": 99}]}}, "outside the text"),
        ({"claims": {"r1": [{"start": 0, "end": 9}]}}, "missing or not unique"),
        ({"events": {"a": 1}}, "no list"),
    ],
)
def test_a_malformed_prediction_is_an_error(tmp_path: Path, prediction: dict[str, Any], reason: str) -> None:
    with pytest.raises(DossierError, match=reason):
        score([(_small(tmp_path / "one"), prediction)])


def test_a_folder_without_dossiers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="no dossier"):
        dossiers(tmp_path)
