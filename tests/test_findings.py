from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gold import GOLD, Dossier, load_dossier
from making import ALEPPO, NO_COPIES, claim, event, figure, report
from tawatur.copies import trace
from tawatur.copies.independence import Origins
from tawatur.events import group
from tawatur.events.views import scene
from tawatur.findings import compare
from tawatur.findings.estimates import median
from tawatur.findings.frames import Frame, ancestors, frames, nested, tables
from tawatur.findings.intervals import interval, overlap, rounding
from tawatur.findings.pairing import TOLD
from tawatur.findings.relations import doubts, relate
from tawatur.findings.statuses import relate_statuses
from tawatur.findings.wording import sentences
from tawatur.model import Claim, Estimate, Figure, Issue, Lineage, Report, Span, Time

POPULATIONS = st.sampled_from(["people", "civilians", "fighters", "children", "patients", "families"])
OUTCOMES = st.sampled_from(["evacuated", "killed", "besieged", "none", "detained", "released"])
DAYS = st.one_of(st.none(), st.integers(1, 28).map(lambda d: f"2016-12-{d:02}"))
COUNTS = st.one_of(st.none(), st.integers(0, 20000))


@st.composite
def framed(draw: st.DrawFn) -> Frame:
    low, high = draw(COUNTS), draw(COUNTS)
    if low is None and high is None:
        low = 5
    if low is not None and high is not None and low > high:
        low, high = high, low
    day, published = draw(DAYS), draw(DAYS)
    home = report(f"نص {draw(st.integers(0, 9))}", published=published)
    counted = Figure(
        "نص", Span(0, 2), low, high, draw(st.booleans()), draw(POPULATIONS), draw(OUTCOMES), draw(st.booleans())
    )
    made = Claim(
        id=draw(st.text("abcdef", min_size=4, max_size=4)),
        report=home.id,
        span=Span(0, 2),
        event_type="evacuation",
        status=draw(st.sampled_from(["occurred", "ongoing", "planned", "not_occurred"])),
        figures=(counted,),
        times=(Time("يوم", day, day),) if day else (),
    )
    return frames(made, home, draw(st.sampled_from("xy")))[0]


@given(framed(), framed(), st.booleans())
def test_relations_are_symmetric(a: Frame, b: Frame, independent: bool) -> None:
    if a.claim.id != b.claim.id:
        assert relate(a, b, independent=independent) == relate(b, a, independent=independent)


@given(framed(), framed())
def test_figures_of_one_origin_never_agree(a: Frame, b: Frame) -> None:
    assert relate(a, b, independent=False).relation != "agree"


@given(framed(), framed())
def test_what_agrees_can_both_hold_and_what_contradicts_cannot(a: Frame, b: Frame) -> None:
    verdict = relate(a, b, independent=True)
    if verdict.relation == "agree":
        assert overlap(a.interval, b.interval)
    if verdict.relation == "contradict":
        assert overlap(a.interval, b.interval) == (verdict.rule == "denied_figure")


@given(framed(), framed())
def test_every_rule_has_a_reason_in_both_languages(a: Frame, b: Frame) -> None:
    for independent in (True, False):
        verdict = relate(a, b, independent=independent)
        for told in (verdict, *doubts(a, b, verdict)):
            english, arabic = sentences()["reasons"][told.rule]
            assert "{a}" in english
            assert "{a}" in arabic


STATUSES = ("planned", "possible", "began", "ongoing", "suspended", "resumed", "completed", "occurred", "not_occurred")
TYPES = ("evacuation", "siege", "capture", "clash", "condemnation", "withdrawal")


@settings(deadline=None)  # the first pair loads the language pack
@given(
    st.sampled_from(TYPES), st.sampled_from(TYPES), st.sampled_from(STATUSES), st.sampled_from(STATUSES), st.booleans()
)
def test_status_relations_are_symmetric_and_have_reasons(
    one_type: str, other_type: str, one_status: str, other_status: str, independent: bool
) -> None:
    home = report("خرج أهالي حلب. بقي أهالي حلب.")
    one = claim(home, "خرج أهالي حلب", one_type, one_status, actors=("أهالي",))
    other = claim(home, "بقي أهالي حلب", other_type, other_status, actors=("جيش",))
    a, b = scene([one, other], [home]).views.values()
    verdict = relate_statuses(a, b, independent=independent)
    assert relate_statuses(b, a, independent=independent) == verdict
    if verdict:
        assert verdict.rule in sentences()["reasons"]
        assert independent or verdict.relation != "agree"


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0.1, 5)), min_size=1, max_size=9), st.integers(0, 99))
def test_the_best_is_one_of_the_accounts_whatever_their_order(points: list[tuple[float, float]], seed: int) -> None:
    best = median(points)
    assert best in [value for value, _ in points]
    shuffled = points[:]
    random.Random(seed).shuffle(shuffled)
    assert median(shuffled) == best


def test_one_swapped_digit_does_not_move_the_best() -> None:
    assert median([(8500, 1), (8000, 1), (80000, 1)]) == 8500


@pytest.mark.parametrize(
    ("low", "high", "about", "expected"),
    [
        (194, 194, False, (194, 194)),
        (9500, None, False, (9500, math.inf)),
        (None, 7000, False, (0, 7000)),
        (8000, 8000, True, (7200, 8800)),
        (9500, 9500, False, (9450, 9550)),
        (50000, 50000, False, (47500, 52500)),
        (20, 30, False, (20, 30)),
        (20, 99, True, (20, 99)),
        (40, 40, False, (38, 42)),
        (0, 0, False, (0, 0)),
    ],
)
def test_intervals(low: float | None, high: float | None, about: bool, expected: tuple[float, float]) -> None:
    assert interval(figure("عدد", low, high, "people", "killed", about=about)) == expected


def test_a_number_is_rounded_by_half_its_last_significant_unit_at_most_a_twentieth() -> None:
    assert [rounding(n) for n in (7, 123, 120, 1200, 1000, 12.5)] == [0, 0, 5, 50, 50, 0]


def test_populations_nest_without_a_cycle() -> None:
    assert nested("children", "people")
    assert nested("children", "civilians")
    assert not nested("fighters", "civilians")
    assert not nested("people", "people")
    assert all(name not in ancestors(name) for name in tables()["within"])


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return load_dossier(GOLD / "train" / "gaza-2021")


@given(seed=st.integers(0, 10**6))
@settings(max_examples=4, deadline=None)
def test_the_order_of_the_input_makes_no_difference(dossier: Dossier, seed: int) -> None:
    claims, reports = list(dossier.claims), list(dossier.reports)
    copies = trace(reports, claims)
    events = list(group(claims, reports, copies))
    once = compare(events, claims, reports, copies)
    dice = random.Random(seed)
    for items in (claims, reports, events):
        dice.shuffle(items)  # type: ignore[arg-type]
    assert compare(events, claims, reports, copies) == once


def test_findings_stay_with_their_events_leave_copies_out_and_agree_only_across_origins(dossier: Dossier) -> None:
    copies = trace(dossier.reports, dossier.claims)
    events = group(dossier.claims, dossier.reports, copies)
    accounts, findings, estimates = compare(events, dossier.claims, dossier.reports, copies)
    home = {c: e.id for e in events for c in e.claims}
    copied = {copy for copy, _ in copies.copied_claims}
    origins = Origins(dossier.reports, dossier.claims, copies)
    assert findings
    assert copied
    for found in findings:
        assert found.event in (home[found.a], home[found.b])
        assert home[found.a] == home[found.b] or found.relation in ("contradict", "update", "part", "agree")
        assert not {found.a, found.b} & copied
        if found.relation == "agree":
            assert origins.independent(found.a, found.b)
    assert len({frozenset((f.a, f.b)) for f in findings}) == len(findings)
    assert sorted(c for a in accounts for c in a.claims) == sorted(c.id for c in dossier.claims)
    assert all(e.low is not None and e.high is not None and e.low <= e.best <= e.high for e in estimates if e.best)
    for finding in findings:
        assert (finding.confidence is None) == (finding.relation not in TOLD)
        assert finding.confidence is None or 0.0 <= finding.confidence <= 1.0


def test_an_estimate_has_low_best_high_with_who_stands_behind_each() -> None:
    found = estimated(count(8500, "المرصد"), count(8000, "التلفزيون"), count(20000, "الشبكة"))
    assert (found.low, found.best, found.high) == (7600.0, 8500, 21000.0)
    assert len(found.best_by) == len(found.low_by) == len(found.high_by) == 1
    assert found.grade == "contested"
    assert "20000" not in found.grounds_en
    assert "الشبكة" in found.grounds_en


def test_one_origin_is_weak_two_that_agree_are_fair() -> None:
    assert estimated(count(8500, "المرصد")).grade == "weak"
    assert estimated(count(8500, "المرصد"), count(8400, "التلفزيون", about=True)).grade == "fair"


def test_two_bodies_of_one_side_that_agree_stay_weak() -> None:
    told = [count(8500, "المرصد"), count(8400, "التلفزيون", about=True)]
    home_claims = [c for _, c in told]
    reports = [r for r, _ in told]
    _, _, found = compare([event(*home_claims)], home_claims, reports, NO_COPIES, side_of=lambda _: "one side")
    assert [e.grade for e in found] == ["weak"]


def test_a_later_running_total_takes_the_place_of_an_earlier_one() -> None:
    found = estimated(count(3000, "المرصد", day="2016-12-15"), count(8000, "التلفزيون", day="2016-12-17"))
    assert (found.best, found.as_of) == (8000, "2016-12-17")
    assert found.grade == "weak"


def test_who_counts_the_harm_that_he_did_confirms_it() -> None:
    home = report("قال الجيش إنه قتل 12 مدنيا في الغارة.")
    owned = claim(home, "قتل 12 مدنيا في الغارة", "airstrike", by="الجيش", actors=("الجيش",),
                  figures=(figure("12 مدنيا", 12, 12, "civilians", "killed"),))  # fmt: skip
    _, _, found = compare([event(owned)], [owned], [home], NO_COPIES)
    assert [e.grade for e in found] == ["confirmed"]


def test_what_is_not_said_is_a_gap() -> None:
    home = report("خرج أكثر من 300 شخص.", published=None)
    bare = claim(home, "خرج أكثر من 300 شخص", "evacuation", by="مصدر",
                 figures=(figure("أكثر من 300 شخص", 300, None, "people", "evacuated"),))  # fmt: skip
    _, _, found = compare([event(bare)], [bare], [home], NO_COPIES)
    assert found[0].as_of is None
    assert len(found[0].gaps_en) == len(found[0].gaps_ar) == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"low": 9.0, "high": 3.0}, "above"),
        ({"low": -4.0, "high": -4.0}, "negative"),
        ({"low": math.nan, "high": 3.0}, "no number"),
        ({"low": None, "high": None}, "without any bound"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_and_the_rest_stands(change: dict[str, float], reason: str) -> None:
    home, sound = count(8500, "المرصد")
    bad = replace(sound, figures=(*sound.figures, replace(sound.figures[0], **change)))
    issues: list[Issue] = []
    _, _, found = compare([event(bad)], [bad], [home], NO_COPIES, on_issue=issues.append)
    assert [reason in i.reason for i in issues] == [True]
    assert [e.best for e in found] == [8500]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2016-12-40", None, "no date"),
        ("0016-12-14", None, "outside"),
        ("2016-12-16", "2016-12-14", "ends before"),
    ],
)
def test_a_time_that_cannot_be_is_refused(start: str, end: str | None, reason: str) -> None:
    home, sound = count(8500, "المرصد")
    bad = replace(sound, times=(Time("يوم", start, end),))
    issues: list[Issue] = []
    _, _, found = compare([event(bad)], [bad], [home], NO_COPIES, on_issue=issues.append)
    assert [reason in i.reason for i in issues] == [True]
    assert found[0].as_of == "2016-12-16"


def test_a_claim_without_its_report_is_refused() -> None:
    _, lost = count(8500, "المرصد")
    issues: list[Issue] = []
    assert compare([event(lost)], [lost], [], NO_COPIES, on_issue=issues.append) == ((), (), ())
    assert len(issues) == 1


def test_a_copied_claim_makes_no_second_account_and_no_relation() -> None:
    told = [count(8500, "المرصد"), count(8500, "المرصد", outlet="صحيفة أخرى")]
    claims, reports = [c for _, c in told], [r for r, _ in told]
    copies = Lineage(copied_claims=((claims[1].id, claims[0].id),))
    accounts, findings, _ = compare([event(*claims)], claims, reports, copies)
    assert len(accounts) == 1
    assert len(accounts[0].reports) == 2
    assert findings == ()


def count(
    n: int, by: str, *, day: str = "2016-12-16", about: bool = False, outlet: str | None = None
) -> tuple[Report, Claim]:
    home = report(f"قال {by} إن {n} شخص خرجوا من حلب.", outlet or f"صحيفة {by}", day)
    counted = figure(f"{n} شخص", n, n, "people", "evacuated", about=about, total=True)
    return home, claim(home, f"{n} شخص خرجوا من حلب", "evacuation", by=by, figures=(counted,), places=(ALEPPO,))


def estimated(*told: tuple[Report, Claim]) -> Estimate:
    claims = [c for _, c in told]
    _, _, found = compare([event(*claims)], claims, [r for r, _ in told], NO_COPIES)
    assert len(found) == 1
    return found[0]
