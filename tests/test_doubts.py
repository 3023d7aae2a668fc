"""Fields that may well be wrong go to review: which, in what order, and where they are shown."""

from __future__ import annotations

import csv as sheets
import importlib.util
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

import tawatur
from gold import SHARED
from sample_dossier import sample
from tawatur import findings, publish
from tawatur.model import DOUBTFUL, Comparison, Finding, Lineage

CHECKER = SHARED / "contract" / "check_gold.py"
SURE = tuple((field, 0.9) for field in ("claim", "event_type", "status", "origin", "actors", "affected"))
NUMBER = tuple((field, 0.9) for field in ("value", "population", "outcome", "cumulative"))


def _told(**doubts: float) -> Comparison:
    """The sample with every field of its claims sure, but for these of the first claim; a figure's by its name."""
    found = sample()
    known = [
        replace(c, confidence=SURE, figures=tuple(replace(f, confidence=NUMBER) for f in c.figures))
        for c in found.claims
    ]
    at = next(n for n, c in enumerate(known) if c.figures)
    claim = known[at]
    figure = replace(claim.figures[0], confidence=tuple((f, doubts.get(f, n)) for f, n in NUMBER))
    known[at] = replace(
        claim,
        confidence=tuple((f, doubts.get(f, n)) for f, n in SURE),
        figures=(figure, *claim.figures[1:]),
        places=tuple(replace(p, confidence=doubts.get("places", 0.9)) for p in claim.places),
    )
    claims = (known[at], *known[:at], *known[at + 1 :])
    return replace(found, claims=claims, doubts=findings.doubts(claims, (), Lineage()))


def _finding(a: str, b: str, relation: str) -> Finding:
    return Finding("f" * 16, "e", relation, a, b, "status", "", "", (), "", "")  # type: ignore[arg-type]


def test_only_what_is_below_the_line_is_doubted_and_what_costs_most_comes_first() -> None:
    found = _told(actors=0.3, value=0.5, status=0.4, places=DOUBTFUL, origin=DOUBTFUL - 0.01)
    assert [d.field for d in found.doubts] == ["figures.0.value", "status", "origin", "actors"]
    first = found.doubts[0]
    assert (first.claim, first.confidence) == (found.claims[0].id, 0.5)
    assert first.value == found.claims[0].figures[0].text
    assert [d.matters for d in found.doubts] == sorted((d.matters for d in found.doubts), reverse=True)


def test_more_hangs_on_a_claim_that_a_contradiction_rests_on() -> None:
    found = _told(actors=0.3, places=0.5)
    one, other = found.claims[:2]
    doubted = replace(other, confidence=(("actors", 0.3),))
    claims = (one, doubted, *found.claims[2:])
    told = findings.doubts(claims, [_finding(other.id, one.id, "variant")], Lineage())
    assert [d.matters for d in told if d.field == "actors"] == [0.21, 0.21]
    third = found.claims[2].id
    told = findings.doubts(
        claims, [_finding(other.id, third, "contradict"), _finding(other.id, third, "agree")], Lineage()
    )
    assert [(d.claim, d.matters) for d in told if d.field == "actors"] == [(other.id, 0.63), (one.id, 0.21)]


def test_a_claim_that_repeats_anothers_words_is_reviewed_once() -> None:
    found = _told(status=0.4)
    assert findings.doubts(found.claims, (), Lineage(copied_claims=((found.claims[0].id, "other"),))) == ()


def test_claims_whose_confidence_nobody_reckoned_are_not_doubted() -> None:
    assert findings.doubts(sample().claims, (), Lineage()) == ()


def test_doubts_are_told_in_the_summary_and_as_data_with_their_words() -> None:
    found = _told(status=0.4, value=0.5)
    rows = publish.doubts(found)
    assert [row["field"] for row in rows] == ["figures.0.value", "status"]
    text = {r.id: r.text for r in found.reports}[found.claims[0].report]
    assert all(row["quote"] in text and row["confidence"] < DOUBTFUL for row in rows)
    told = publish.summary(found)
    assert "For review (2)" in told
    assert "status: " in told
    assert " (0.40) [n0:" in told
    assert "للمراجعة (2)" in publish.summary(found, language="ar")


def test_doubtful_fields_have_a_mark_on_the_page_and_sure_ones_none() -> None:
    assert '<sup class="maybe"' not in publish.page(_told())
    assert 'id="doubts"' not in publish.page(_told())
    for field in ("status", "origin", "event_type", "value", "outcome", "actors", "places"):
        page = publish.page(_told(**{field: 0.2}))
        assert '<sup class="maybe" aria-hidden="true">?</sup>' in page, field
        assert 'id="doubts"' in page


def test_exports_carry_what_is_known_and_nothing_where_nothing_is() -> None:
    found = _told(status=0.4, value=0.5)
    (claim,) = [c for c in map(json.loads, publish.jsonl(found).splitlines()) if c["id"] == found.claims[0].id]
    assert claim["confidence"]["status"] == 0.4
    assert claim["figures"][0]["confidence"]["value"] == 0.5
    assert claim["places"][0]["confidence"] == 0.9
    rows = list(sheets.DictReader(io.StringIO(publish.csv(found).removeprefix("\ufeff"), newline="")))
    (row,) = [r for r in rows if r["claim"] == claim["id"] and r["figure"] == claim["figures"][0]["text"]]
    assert (row["confidence_status"], row["confidence_value"], row["confidence_outcome"]) == ("0.4", "0.5", "0.9")
    plain = publish.contract(sample())
    assert all("confidence" not in c for claims in plain["claims"].values() for c in claims)
    first = next(iter(sheets.DictReader(io.StringIO(publish.csv(sample()).removeprefix("\ufeff"), newline=""))))
    assert first["confidence_value"] == ""


def test_a_run_lists_what_it_doubts(example: Path) -> None:
    found = tawatur.run(example, on_issue=lambda _: None)
    copied = {copy for copy, _ in found.lineage.copied_claims}
    claims = [c for c in found.claims if c.id not in copied]
    sure = [n for c in claims for thing in (c, *c.figures) for _, n in thing.confidence]
    sure += [t.confidence for c in claims for t in (*c.places, *c.times) if t.confidence is not None]
    assert len(found.doubts) == sum(n < DOUBTFUL for n in sure) > 0


@pytest.mark.parametrize("value", [0.1, 0.9])
def test_a_page_tells_doubt_in_both_languages(value: float) -> None:
    page = publish.page(_told(status=value))
    assert ("قراءة غير مؤكدة" in page) == ("doubtful reading" in page) == (value < DOUBTFUL)


@pytest.mark.skipif(not CHECKER.exists(), reason="the contract is not here")
def test_the_contract_with_confidence_passes_the_contracts_own_check(example: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("check_gold", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    form = publish.contract(tawatur.run(example, on_issue=lambda _: None))
    assert any("confidence" in claim for claims in form["claims"].values() for claim in claims)
    (tmp_path / "gold.json").write_text(json.dumps(form), "utf-8")
    (tmp_path / "reports.jsonl").write_bytes((example / "reports.jsonl").read_bytes())
    assert checker.check(tmp_path, False) == []
