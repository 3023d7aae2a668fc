"""The claims report on a tiny dossier: what is counted for each field and rule, and the examples' words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tawatur.model import Claim, Figure, Link, Mention, Place, Span, Time
from tawatur.score import Dossier, dossiers, lines, report

TEXT = "قصفت المدفعية بلدة الوادي يوم الاثنين وقتل 7 مدنيين. وقال المجلس المحلي إن 40 عائلة نزحت. وعاد الهدوء ليلاً."


def _at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def _span(words: str) -> Span:
    return Span(**_at(words))


def _gold(words: str, kind: str, **fields: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {k: [] for k in ("attribution", "actors", "affected", "figures", "places", "times")}
    return {"id": f"g{TEXT.index(words)}", **_at(words), "event_type": kind, "status": "occurred", **empty, **fields}


def _number(text: str, low: int, population: str, outcome: str, **fields: Any) -> dict[str, Any]:
    values = {"low": low, "high": low, "approximate": False, "population": population, "outcome": outcome}
    return {"text": text, **_at(text), **values, "cumulative": False, "part_of": None, **fields}


STRUCK, FLED = "قصفت المدفعية بلدة الوادي يوم الاثنين وقتل 7 مدنيين", "40 عائلة نزحت"
CALM = "وعاد الهدوء ليلاً"


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """Two claims: a shelling with a place, a time and a figure; families who fled, on the council's word."""
    struck = _gold(
        STRUCK,
        "shelling",
        actors=["المدفعية"],
        figures=[_number("7 مدنيين", 7, "civilians", "killed")],
        places=[{"text": "بلدة الوادي", "name": "Wadi", "role": "at"}],
        times=[{"text": "يوم الاثنين", "start": "2020-05-04", "end": "2020-05-04"}],
    )
    said = [{"name": "المجلس المحلي", "stance": "neutral"}]
    fled = _gold(FLED, "displacement", attribution=said, figures=[_number("40 عائلة", 40, "families", "displaced")])
    gold = {"claims": {"r1": [struck, fled]}, "events": [], "copies": [], "relations": []}
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "gold.json").write_text(json.dumps(gold), "utf-8")
    (folder / "reports.jsonl").write_text(json.dumps({"id": "r1", "text": TEXT}) + "\n", "utf-8")
    return dossiers(tmp_path)[0]


def _claim(words: str, kind: str, **fields: Any) -> Claim:
    return Claim(f"c{TEXT.index(words)}", "r1", _span(words), kind, "occurred", **fields)  # type: ignore[arg-type]


def _figure(text: str, low: float, population: str, outcome: str, *rules: str) -> Figure:
    sure = (("value", 0.9), ("population", 0.8), ("outcome", 0.3), ("cumulative", 0.95))
    values = (low, low, False, population, outcome)
    return Figure(text, _span(text), *values, rules=rules, confidence=sure)  # type: ignore[arg-type]


def _mine() -> list[Claim]:
    """The shelling taken for an attack, without its time and with a wrong outcome; the families; one made up."""
    place = Place("بلدة الوادي", confidence=0.9, rule="place.named", how="own")
    return [
        _claim(
            STRUCK,
            "attack",
            actors=(Mention("المدفعية"),),
            figures=(_figure("7 مدنيين", 7, "civilians", "injured", "population.civilians"),),
            places=(place,),
            times=(Time("يوم الاثنين", "2020-05-11", "2020-05-11", "at", confidence=0.7),),
            confidence=(("claim", 0.9), ("event_type", 0.45), ("status", 0.9), ("origin", 0.8)),
        ),
        _claim(
            FLED,
            "displacement",
            attribution=(Link("مجلس آخر"),),
            rules=("say.said",),
            figures=(_figure("40 عائلة", 40, "families", "displaced", "number.forty", "population.families"),),
        ),
        _claim(CALM, "other"),
    ]


@pytest.fixture
def told(dossier: Dossier) -> dict[str, dict[str, Any]]:
    return report([(dossier, {"r1": _mine()})], 5)


def test_claims_found_missed_and_made_up_are_counted(told: dict[str, dict[str, Any]]) -> None:
    claim = told["claim"]
    assert (claim["gold"], claim["own"], claim["right"]) == (2, 3, 2)
    assert (claim["precision"], claim["recall"]) == (0.667, 1.0)
    assert claim["missed"] == {"count": 0, "examples": []}
    (extra,) = claim["spurious"]["examples"]
    assert (extra["words"], extra["gold"], extra["own"]) == (CALM, None, "other, occurred")
    assert extra["before"].endswith("نزحت. ")
    assert {r["rule"]: r["right"] for r in claim["rules"]} == {
        "claim=attack": 1,
        "claim=displacement": 1,
        "claim=other": 0,
    }


def test_what_is_taken_for_what_is_told_with_an_example(told: dict[str, dict[str, Any]]) -> None:
    kind, outcome = told["event_type"], told["outcome"]
    (pair,) = kind["confused"]
    assert (pair["gold"], pair["own"], pair["count"]) == ("shelling", "attack", 1)
    assert pair["examples"][0]["words"] == STRUCK
    assert pair["examples"][0]["where"] == f"tiny/r1:{TEXT.index(STRUCK)}"
    assert pair["examples"][0]["confidence"] == 0.45
    labels = {row["label"]: (row["gold"], row["own"], row["right"]) for row in kind["labels"]}
    assert labels == {"shelling": (1, 0, 0), "attack": (0, 1, 0), "displacement": (1, 1, 1)}
    assert [(p["gold"], p["own"]) for p in outcome["confused"]] == [("killed", "injured")]
    assert [r["rule"] for r in outcome["rules"]] == ["outcome=injured", "outcome=displaced"]
    assert outcome["confidence"] == [{"from": 0.2, "count": 2, "right": 0.5}]


def test_the_rule_that_made_a_field_is_told(told: dict[str, dict[str, Any]]) -> None:
    by = {field: {r["rule"]: (r["own"], r["right"]) for r in told[field]["rules"]} for field in told}
    assert by["origin"] == {"say.said": (1, 0), "publisher": (1, 1)}
    assert by["population"] == {"population.civilians": (1, 1), "population.families": (1, 1)}
    assert by["value"] == {"digits": (1, 1), "number.forty": (1, 1)}
    assert by["place"] == {"place.named": (1, 1), "place.named, own": (1, 1)}
    assert by["time"] == {"time": (1, 0), "kind=at": (1, 0)}
    (wrong,) = told["origin"]["confused"]
    assert (wrong["examples"][0]["gold"], wrong["examples"][0]["own"]) == ("المجلس المحلي", "مجلس آخر")


def test_what_is_missed_is_told_where_it_stands(dossier: Dossier) -> None:
    told = report([(dossier, {"r1": _mine()[1:]})], 5)
    assert told["claim"]["missed"]["count"] == 1
    assert told["claim"]["missed"]["examples"][0]["words"] == STRUCK
    (figure,) = told["value"]["missed"]["examples"]
    assert (figure["words"], figure["gold"], figure["own"]) == ("7 مدنيين", "7", None)


def test_the_number_of_examples_is_asked_for(dossier: Dossier) -> None:
    told = report([(dossier, {})], 1)
    assert told["claim"]["missed"]["count"] == 2
    assert len(told["claim"]["missed"]["examples"]) == 1


def test_gold_against_itself_has_no_errors(dossier: Dossier) -> None:
    same = [
        _claim(
            STRUCK,
            "shelling",
            actors=(Mention("المدفعية"),),
            figures=(_figure("7 مدنيين", 7, "civilians", "killed"),),
            places=(Place("بلدة الوادي"),),
            times=(Time("يوم الاثنين", "2020-05-04", "2020-05-04"),),
        ),
        _claim(
            FLED,
            "displacement",
            attribution=(Link("المجلس المحلي"),),
            figures=(_figure("40 عائلة", 40, "families", "displaced"),),
        ),
    ]
    told = report([(dossier, {"r1": same})], 5)
    assert all(group["gold"] == group["own"] == group["right"] > 0 for group in told.values())
    assert all(not group["confused"] for group in told.values())
    assert not any(line.lstrip().startswith(("missed", "spurious", "rule")) for line in lines(told, 5))


def test_the_report_as_lines(told: dict[str, dict[str, Any]]) -> None:
    out = list(lines(told, 2))
    assert "== claim: gold 2  own 3  right 2  P 0.667  R 1.000" in out
    assert "  shelling taken for attack: 1" in out
    assert "  rule say.said: 0 of 1 right (0.000)" in out
    assert any(f"[{STRUCK}]" in line for line in out)
    assert "  right by confidence: from 0.2: 0.500 of 2" in out
    assert all(len(line.splitlines()) == 1 for line in out)


def test_only_the_language_asked_for_is_told(dossier: Dossier) -> None:
    assert report([(dossier, {"r1": _mine()})], 5, "en") == {}
