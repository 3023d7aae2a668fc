"""The crawled page of December 2016 read by our own reader: whose accounts are there, and what contradicts what."""

from __future__ import annotations

from functools import cache

import pytest

import tawatur
from gold import GOLD
from tawatur import findings
from tawatur.model import Claim, Comparison

PAGE = GOLD / "dev" / "seed" / "reports.jsonl"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the gold dossiers are not here")
GOING = {"suspended", "ongoing", "not_occurred"}


@cache
def compared() -> Comparison:
    return tawatur.compare(tawatur.read(PAGE, published="2016-12-17"))


def claim(words: str) -> Claim:
    text = compared().reports[0].text
    return next(c for c in compared().claims if words in c.span.of(text))


def origins(found: Claim) -> list[tuple[str, str]]:
    return [(link.name, link.stance) for link in found.attribution]


def contradicted(a: str, b: str) -> list[str]:
    """The reasons why two claims, known by words in them, are shown as a contradiction."""
    pair = {claim(a).id, claim(b).id}
    return [f.reason_en for f in compared().findings if f.relation == "contradict" and {f.a, f.b} == pair]


def test_the_health_organisations_account() -> None:
    found = claim("194 مريضاً")
    assert found.event_type == "evacuation"
    assert [name for name, _ in origins(found)] == ["اليزابيث هوف"]
    assert [(f.low, f.high, f.population, f.outcome) for f in found.figures] == [(194, 194, "patients", "evacuated")]
    assert claim("توقف عملية").status == "suspended"


def test_the_russian_centres_account_comes_by_way_of_the_broadcaster() -> None:
    found = claim("أكمل عملية")
    assert (found.event_type, found.status) == ("evacuation", "completed")
    assert [name for name, _ in origins(found)] == ["روسيا اليوم", "مركز المصالحة الروسي بقاعدة حميميم الجوية"]


def test_the_pages_doubt_stays_with_the_centres_words() -> None:
    assert origins(claim("سوى المتشددين")) == [("مركز حميميم", "doubted"), ("وزارة الدفاع الروسية", "neutral")]
    assert [f.low for f in claim("9500").figures] == [9500, 4500, 377]


def test_the_pages_own_counter_figures() -> None:
    for words, bounds in (("50 ألف", (50000, None)), ("7000", (None, 7000))):
        assert claim(words).attribution == ()
        assert (claim(words).figures[0].low, claim(words).figures[0].high) == bounds


@pytest.mark.parametrize(
    ("words", "event_type"), [("أستانة", "talks"), ("الكتيبة المهجورة", "clash"), ("التيفور", "airstrike")]
)
def test_the_talks_the_clashes_and_the_air_strikes(words: str, event_type: str) -> None:
    assert claim(words).event_type == event_type


def test_the_cut_off_storys_speaker_is_unknown() -> None:
    assert [name for name, _ in origins(claim("تعقب الجناة"))] == ["unknown"]


def test_completed_against_suspended() -> None:
    assert any("completed against suspended" in reason for reason in contradicted("أكمل عملية", "توقف عملية"))


def test_only_hardliners_against_fifty_thousand_besieged() -> None:
    assert contradicted("سوى المتشددين", "50 ألف")


def test_nine_and_a_half_thousand_who_left_against_seven_thousand() -> None:
    assert contradicted("9500", "7000")


@pytest.mark.parametrize(("a", "b"), [("194", "9500"), ("50 ألف", "9500"), ("50 ألف", "7000"), ("50 ألف", "800 مدني")])
def test_figures_that_do_not_contradict(a: str, b: str) -> None:
    assert contradicted(a, b) == []


@cache
def evacuation() -> findings.Operation:
    """The operation that the ministry's figures belong to."""
    return next(o for o in findings.operations(compared()) if claim("9500").id in told_in(o))


def told_in(operation: findings.Operation) -> set[str]:
    return {c for phase in operation.story.phases for c in phase.claims}


def test_the_story_tells_completed_and_suspended_with_what_sets_them_against_each_other() -> None:
    phases = {c: p for p in evacuation().story.phases for c in p.claims}
    done, stopped = phases[claim("أكمل عملية").id], phases[claim("توقف عملية").id]
    assert (done.phase, stopped.phase) == ("completed", "suspended")
    assert {*done.against} & {*stopped.against}


def test_the_totals_of_both_origins_and_those_who_are_said_to_remain() -> None:
    totals = {(c.text, t.population) for t in evacuation().totals for c in t.counts}
    assert {("أكثر من 9500 شخص", "people"), ("لا يتعدى الـ7000 مدني", "people")} <= totals
    inside = {key for told in evacuation().remaining for key in told.claims}
    assert {claim("سوى المتشددين").id, claim("50 ألف").id} <= inside


def test_what_would_settle_how_many_left_is_told_with_whom_to_ask() -> None:
    pair = {claim("9500").id, claim("7000").id}
    (view,) = [s for s in findings.settling(compared()) if {*s.claims} == pair]
    assert {"as_of", "population", "bound", "monitor"} <= {g.kind for g in view.gaps}
    asked = {name for g in view.gaps for name in g.names}
    assert {"وزارة الدفاع الروسية", "المركز الصحفي السوري"} <= asked
