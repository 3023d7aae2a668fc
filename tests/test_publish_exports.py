"""Exports: the contract's form, one claim a line, one figure a row; the same bytes, quotes that fit, no formulas."""

from __future__ import annotations

import csv as sheets
import dataclasses
import importlib.util
import io
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compared import available, compared
from gold import GOLD, SHARED, load_dossier
from sample_dossier import CLAIMS, REPORTS, sample
from tawatur import publish
from tawatur.publish.exports import COLUMNS, cell

if TYPE_CHECKING:
    from tawatur.model import Comparison

needs_gold = pytest.mark.skipif(available() is None, reason="no gold dossiers beside this repository")


def shuffled(found: Comparison) -> Comparison:
    chance = random.Random(3)
    fields = ("reports", "claims", "events", "accounts", "findings", "estimates")
    mixed = {f: tuple(chance.sample(getattr(found, f), len(getattr(found, f)))) for f in fields}
    return dataclasses.replace(found, **mixed)


def rows(text: str) -> list[dict[str, str]]:
    return list(sheets.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_contract_has_every_claim_under_its_reports_name() -> None:
    found = publish.contract(sample())
    assert list(found) == ["claims", "copies", "events", "relations"]
    assert list(found["claims"]) == ["n1", "n0", "n3", "n2"]
    assert {c["id"] for claims in found["claims"].values() for c in claims} == {c.id for c in CLAIMS}
    assert found["copies"] == [{"reports": ["n0", "n2"], "kind": "part"}]


def test_the_contract_tells_only_its_own_relations_once_a_pair() -> None:
    found = sample()
    again = dataclasses.replace(found.findings[3], id="again", relation="contradict", a=CLAIMS[5].id, b=CLAIMS[0].id)
    relations = publish.contract(dataclasses.replace(found, findings=(*found.findings, again)))["relations"]
    assert [r["relation"] for r in relations] == ["contradict", "contradict", "contradict"]
    pairs = [frozenset((r["a"], r["b"])) for r in relations]
    assert len(pairs) == len(set(pairs))


def test_a_name_that_two_reports_share_gives_way_to_ids() -> None:
    found = sample()
    reports = tuple(dataclasses.replace(r, name="same") for r in found.reports[:2]) + found.reports[2:]
    keys = list(publish.contract(dataclasses.replace(found, reports=reports))["claims"])
    assert set(keys) == {REPORTS[0].id, REPORTS[1].id, "n2", "n3"}


def test_figures_are_whole_numbers_where_they_can_be() -> None:
    figure = publish.contract(sample())["claims"]["n1"][1]["figures"][0]
    assert (figure["low"], figure["high"]) == (900, None)
    assert isinstance(figure["low"], int)


@needs_gold
@pytest.mark.parametrize("name", ["aleppo-2016", "ghouta-2018", "seed"])
def test_gold_comes_back_as_gold(name: str) -> None:
    dossier = load_dossier(GOLD / "dev" / name)
    found = publish.contract(compared(dossier))
    spec = importlib.util.spec_from_file_location("score", SHARED / "contract" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    assert list(score.faults(found, {r.name: r.text for r in dossier.reports})) == []
    measured = score.Score()
    measured.dossier(GOLD / "dev" / name, found)
    result = measured.result()
    assert {k: v["f1"] for k, v in result.items() if k != "fields" and v["gold"]} == {
        k: 1.0 for k, v in result.items() if k != "fields" and v["gold"]
    }


@pytest.mark.parametrize("form", [publish.jsonl, publish.csv, lambda c: json.dumps(publish.contract(c))])
def test_the_order_of_the_input_leaves_no_trace(form: Any) -> None:
    assert form(shuffled(sample())) == form(sample())


def test_lines_quote_the_report_exactly() -> None:
    lines = [json.loads(line) for line in publish.jsonl(sample()).splitlines()]
    texts = {r.id: r.text for r in REPORTS}
    assert len(lines) == len(CLAIMS)
    for line in lines:
        text = texts[line["report"]["id"]]
        for part in (line, *line["figures"]):
            assert part["quote"] == text[part["start"] : part["end"]]
    assert lines[0]["account"] == {"name": "قائد المنطقة", "origin": "o:قائد المنطقة", "side": "الجيش"}
    assert lines[0]["event"]["label"] == "خروج الأهالي من بلدة النهر"


def test_line_separators_inside_a_text_do_not_break_a_line() -> None:
    found = sample()
    first = dataclasses.replace(found.reports[0], title="أ\u2028ب\nج")
    text = publish.jsonl(dataclasses.replace(found, reports=(first, *found.reports[1:])))
    assert len(text.strip("\n").split("\n")) == len(CLAIMS)


def test_the_sheet_has_a_row_a_figure_and_opens_as_arabic() -> None:
    text = publish.csv(sample())
    assert text.startswith("\ufeffreport,outlet")
    assert text.endswith("\r\n")
    found = rows(text)
    assert len(found) == sum(len(c.figures) for c in CLAIMS)
    assert tuple(found[0]) == COLUMNS
    open_end = next(r for r in found if r["figure"] == "أكثر من 900 عائلة")
    assert (open_end["low"], open_end["high"], open_end["cumulative"]) == ("900", "", "true")


SIGNS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    " =",
    "\u200f=",
    "\ufeff=",
    "\0=",
    "\u3000=",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_starts_a_formula(sign: str) -> None:
    found = sample()
    formula = f"{sign}HYPERLINK(1)"
    claims = tuple(
        dataclasses.replace(c, figures=tuple(dataclasses.replace(f, text=formula, noun=formula) for f in c.figures))
        for c in found.claims
    )
    reports = tuple(dataclasses.replace(r, outlet=formula, name=formula) for r in found.reports)
    for row in rows(publish.csv(dataclasses.replace(found, claims=claims, reports=reports))):
        assert row["figure"].startswith("'")
        assert row["noun"].startswith("'")
        assert row["outlet"].startswith("'")


@given(st.text(max_size=20))
def test_a_cell_keeps_its_text(text: str) -> None:
    shown = cell(text)
    assert isinstance(shown, str)
    assert shown.removeprefix("'") == text.replace("\0", "\ufffd").removeprefix("'")
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_stay_numbers() -> None:
    assert cell(-5) == -5
    assert cell(None) is None
