"""What ``explain`` says of a claim: its words, the rules and the weights that decided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tawatur
from gold import GOLD
from tawatur import claims, lang
from tawatur.claims.weighing import weighed
from tawatur.model import Report

PACK = lang.load()
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")
TEXT = (
    "أعلن الدفاع المدني أن سبعة مدنيين بينهم طفلان قتلوا في غارة جوية على مدينة سراقب. "
    "ونفى الجيش وقوع أي غارات على المدينة."
)
WEIGHT = re.compile(r"\S+ [+-]\d+\.\d\d")


def explained(report: Report) -> dict[str, dict[str, str]]:
    """Claim id → what each line begins with → the rest of the line."""
    out = {}
    for claim, lines in claims.explain(report, PACK).items():
        out[claim] = {line.split()[0].rstrip(":"): line for line in lines}
    return out


def assert_explained(report: Report) -> int:
    found = claims.extract(report, pack=PACK)
    told = explained(report)
    assert list(told) == [claim.id for claim in found]
    for claim in found:
        lines = told[claim.id]
        assert {"clause", "words", "type", "status", "voice", "read"} <= set(lines)
        assert lines["type"].startswith(f"type {claim.event_type} (before ")
        assert WEIGHT.search(lines["type"])
        assert lines["status"].startswith(f"status {claim.status}")
        assert WEIGHT.search(lines["status"]) or "denies" in lines["status"]
        assert PACK.hash in lines["read"]
        for rule in claim.rules:
            assert rule in lines["voice"]
        if not claim.attribution:
            assert "publisher" in lines["voice"] or "no rule" in lines["voice"] or claim.rules
        for figure in claim.figures:
            line = next(x for x in claims.explain(report, PACK)[claim.id] if x.startswith(f"figure {figure.text}:"))
            assert all(rule in line for rule in figure.rules)
    return len(found)


def test_every_claim_of_a_small_report_is_explained() -> None:
    report = Report.make(TEXT, outlet="صحيفة المدينة", published="2016-12-16")
    assert assert_explained(report) == 2
    first, second = explained(report).values()
    assert "سبعة (" in first["words"]
    assert "events.air.strike" in first["words"]
    assert "أعلن" in first["voice"]
    assert "denies" in second["status"]


def test_choices_of_trained_tables_are_told_with_weights_for_and_against() -> None:
    report = Report.make(TEXT, outlet="صحيفة المدينة", published="2016-12-16")
    first, second = claims.explain(report, PACK).values()
    (outcome,) = [line for line in first if line.startswith("figure طفلان: outcome of ")]
    assert re.search(r"outcome of dual killed \(before \w+ by \d+\.\d\d\): for: \S+ \+", outcome)
    assert any(line.startswith("figure طفلان: running total of dual no (before yes by ") for line in first)
    assert any(line.startswith("begins at 'سبعة': begin (") and WEIGHT.search(line) for line in first)
    assert any(line.startswith("ends before '.', which is outside (") and WEIGHT.search(line) for line in first)
    assert any(line.startswith("place مدينة سراقب: named in the clause, found by place.") for line in first)
    assert any(re.match(r"noun مدنيين: affected \(before .+\): for: \S+ \+", line) for line in first)
    assert any(line.startswith("confidence: claim 0.") for line in second)


def test_a_place_that_governs_from_before_is_told_with_its_rival_and_one_too_unlikely_with_its_odds(
    example: Path,
) -> None:
    lines = [line for r in tawatur.read(example) for told in claims.explain(r, PACK).values() for line in told]
    places = [line for line in lines if line.startswith("place ")]
    assert any(re.match(r"place .+ \((before .+ by|log odds) -?\d+\.\d\d\): for: ", line) for line in places)
    assert any(re.match(r"place none: log odds of -0.2 are needed, the likeliest, .+, has -", line) for line in places)


def test_weights_told_add_up_to_the_lead() -> None:
    added = {"a": {0: 2.0, 1: 0.5}, "b": {0: -1.0}, "c": {1: 0.25, 2: 3.0}}
    found = weighed(("x", "y", "z"), added, "x")
    assert (found.other, found.lead) == ("z", -2.0)
    assert sum(weight for _, weight in found.parts) == found.lead
    assert (
        found.told("type")
        == "type x (behind z by 2.00, what stands around it decides): for: a +2.00; against: c -3.00, b -1.00"
    )


def test_every_claim_of_the_example_is_explained(example: Path) -> None:
    assert sum(map(assert_explained, tawatur.read(example))) > 20


@pytest.mark.slow
@needs_gold
def test_every_claim_of_gold_reports_is_explained() -> None:
    paths = sorted((GOLD / "dev").glob("*/reports.jsonl"))[::3]
    assert sum(map(assert_explained, tawatur.read(paths))) > 100
