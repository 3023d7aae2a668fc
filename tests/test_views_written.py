"""Views of operations on small written cases: stories, batches, series, what monitors counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import test_findings_worked as worked
from making import claim, event, figure, report
from tawatur import findings
from tawatur.findings.numbered import numbered, ordinal
from viewed import compared
from written_views import aleppo, crossing, the_operation, until

if TYPE_CHECKING:
    from tawatur.findings.nouns import Operation
    from tawatur.model import Claim, Report


def test_the_story_of_the_evacuation_is_told_by_origin_and_day() -> None:
    story = next(s for s in findings.stories(aleppo()) if s.event == "e")
    told = [(p.name, p.phase, p.as_of, p.as_of_from) for p in story.phases]
    assert ("وزارة الدفاع", "completed", "2016-12-16", "said") in told
    assert ("المنظمة", "suspended", "2016-12-16", "said") in told
    assert ("شبكة الحي", "denied", "2016-12-16", "said") in told
    assert [p.as_of for p in story.phases] == sorted(p.as_of or "" for p in story.phases)


def test_completed_against_suspended_is_linked_from_both_phases() -> None:
    story = next(s for s in findings.stories(aleppo()) if s.event == "e")
    clash = next(c for c in story.clashes if {*c.claims} == {worked.COMPLETED.id, worked.SUSPENDED.id})
    phases = [p for p in story.phases if clash.finding in p.against]
    assert {p.phase for p in phases} == {"completed", "suspended"}
    assert "completed against suspended" in clash.words.en
    assert all("cannot also be" in p.words.en and "لا يصح معه" in p.words.ar for p in phases)


def test_phases_go_in_time_and_a_relays_doubt_stays_with_them() -> None:
    first = report("أعلنت الوزارة أن الإجلاء سيبدأ غداً", published="2016-12-14")
    then = report("زعمت الوزارة أن الإجلاء اكتمل", "شبكة الحي", published="2016-12-16")
    plan = claim(first, "الإجلاء سيبدأ غداً", "evacuation", "planned", by="الوزارة")
    done = claim(then, "الإجلاء اكتمل", "evacuation", "completed", by="الوزارة", stance="doubted")
    (story,) = findings.stories(compared([done, plan], [first, then]))
    assert [(p.phase, p.as_of) for p in story.phases] == [("planned", "2016-12-14"), ("completed", "2016-12-16")]
    assert story.phases[1].doubted_by == ("شبكة الحي",)
    assert "passes it on with doubt" in story.phases[1].words.en
    assert story.clashes == ()


def test_the_event_time_and_the_said_time_are_kept_apart() -> None:
    home = report("قال المرصد يوم الثلاثاء إن القافلة تحركت الأحد", published="2016-12-20")
    moved = claim(home, "القافلة تحركت الأحد", "evacuation", "began", by="المرصد", times=until("18", "2016-12-18"))
    (story,) = findings.stories(compared([moved], [home]))
    (phase,) = story.phases
    assert (phase.start, phase.as_of, phase.as_of_from, phase.said) == (
        "2016-12-18",
        "2016-12-18",
        "event",
        "2016-12-20",
    )


def test_running_totals_stand_by_origin_in_time() -> None:
    totals = {(t.name, t.population): t for t in the_operation(aleppo()).totals}
    assert [(c.low, c.as_of) for c in totals["اللجنة الدولية", "people"].counts] == [
        (25000, "2016-12-20"),
        (35000, "2016-12-22"),
    ]
    assert not totals["اللجنة الدولية", "people"].falls
    assert "25,000 or more" in totals["اللجنة الدولية", "people"].words.en
    assert [c.low for c in totals["المنظمة", "patients"].counts] == [194, 734]


def test_a_total_that_falls_is_said_to_be_taken_back() -> None:
    later = report("قالت اللجنة الدولية إن 20 ألف شخص أجلوا من شرق حلب", "موقع اللجنة", "2016-12-23")
    total = figure("20 ألف شخص", 20000, 20000, "people", "evacuated", total=True)
    less = claim(later, "20 ألف شخص أجلوا من شرق حلب", "evacuation", by="اللجنة الدولية", figures=(total,))
    (running,) = the_operation(compared([worked.ICRC_FIRST, less], [worked.FIRST, later])).totals
    assert running.falls
    assert "taken back" in running.words.en
    assert "سُحب" in running.words.ar


def test_those_who_are_said_to_remain_are_told_from_the_siege_beside_it() -> None:
    told = {i.claims[0]: i for i in the_operation(aleppo()).remaining}
    assert told[worked.STILL_BESIEGED.id].counts[0].low == 50000
    assert told[worked.ONLY_HARDLINERS.id].phase == "denied"
    assert "سوى المتشددين" in told[worked.ONLY_HARDLINERS.id].words.ar


def batches(*rows: tuple[str, int, str, str]) -> tuple[list[Claim], list[Report]]:
    """Claims of one batch each: words, count, day and origin; all of one report a claim."""
    claims, homes = [], []
    for words, count, day, by in rows:
        home = report(f"قال {by} إن {words} خرجوا", f"صحيفة {by} {day} {words}")
        counted = figure(words, count, count, "people", "evacuated")
        times = until(day, f"2016-12-{day}")
        claims.append(claim(home, f"{words} خرجوا", "evacuation", by=by, figures=(counted,), times=times))
        homes.append(home)
    return claims, homes


def summed(total: int, *rows: tuple[str, int, str, str]) -> Operation:
    claims, homes = batches(*rows)
    home = report(f"قالت الوزارة إن {total} شخص خرجوا جميعا", "الوكالة", "2016-12-20")
    counted = figure(f"{total} شخص", total, total, "people", "evacuated", total=True)
    whole = claim(home, f"{total} شخص خرجوا جميعا", "evacuation", by="الوزارة", figures=(counted,), times=until("19"))
    return the_operation(compared([*claims, whole], [*homes, home]))


THURSDAY, FRIDAY = ("1203 شخص", 1203, "15", "المرصد"), ("951 شخص", 951, "16", "المرصد")


def test_batches_stand_in_order_and_their_sum_fits_the_total() -> None:
    operation = summed(3007, FRIDAY, THURSDAY)
    assert [(b.low, b.as_of) for b in operation.batches] == [(1203, "2016-12-15"), (951, "2016-12-16")]
    (check,) = operation.sums
    assert (check.low, check.total.low, check.fits) == (2154, 3007, True)
    assert "2,154" in check.words.en


def test_batches_that_come_to_more_than_the_total_are_told() -> None:
    (check,) = summed(2007, THURSDAY, FRIDAY).sums
    assert not check.fits
    assert "more than the total" in check.words.en
    assert "أكثر مما يتسع له" in check.words.ar


def test_two_counts_of_one_day_may_be_one_batch_and_count_once() -> None:
    again = ("1100 شخص", 1100, "15", "المرصد")
    (check,) = summed(2107, THURSDAY, again, FRIDAY).sums
    assert check.low == 1203 + 951
    assert summed(2107, THURSDAY, again).sums == ()


def test_a_batch_later_than_the_total_is_not_added() -> None:
    late = ("5003 شخص", 5003, "20", "المرصد")
    (check,) = summed(3007, THURSDAY, FRIDAY, late).sums
    assert check.fits
    assert [c.low for c in check.left_out] == [5003]
    assert "not added" in check.words.en


def test_batches_of_two_origins_are_not_added_up() -> None:
    assert summed(2007, THURSDAY, ("951 شخص", 951, "16", "المجلس المحلي")).sums == ()


def test_monitors_batches_against_what_is_announced() -> None:
    operation = the_operation(crossing())
    told = {(m.announced.name, len(m.counted)): m for m in operation.monitored}
    ministry, council = told["وزارة الدفاع الروسية", 2], told["المجلس المحلي لمدينة حلب", 2]
    assert (ministry.low, ministry.relation, ministry.ratio) == (2575, "contradict", 1.94)
    assert (council.low, council.relation) == (2575, "agree")
    assert told["وزارة الدفاع الروسية", 1].finding in {f.id for f in crossing().findings}
    assert [s.total.name for s in operation.sums if s.fits] == [
        "ر-07",
        "المجلس المحلي لمدينة حلب",
        "وزارة الدفاع الروسية",
    ]
    assert "1.94 or more" in ministry.words.en


def test_a_series_carries_stands_on_and_keeps_the_hedges() -> None:
    series = next(s for s in findings.series(aleppo()) if (s.population, s.outcome) == ("people", "evacuated"))
    assert [p.as_of for p in series.points] == ["2016-12-16", "2016-12-20", "2016-12-22"]
    assert (series.points[0].low, series.points[0].best, series.points[-1].high) == (7000, 8000, 35000)
    assert {*series.points[0].texts} == {"نحو 8500 شخص", "نحو 8000 شخص", "لا يتعدى 7000 مدني", "أكثر من 9500 شخص"}
    assert series.points[-1].open


def test_a_later_lower_total_lowers_what_came_before() -> None:
    homes = [
        report(f"قالت الجهة {n} إن {n} شخص خرجوا", f"وكالة {n}", f"2016-12-{d}") for n, d in ((900, 16), (700, 17))
    ]
    claims = [
        claim(home, f"{n} شخص خرجوا", "evacuation", by=f"الجهة {n}", figures=(total,))
        for home, n in zip(homes, (900, 700), strict=True)
        for total in (figure(f"{n} شخص", n, n, "people", "evacuated", total=True),)
    ]
    (series,) = findings.series(compared(claims, homes))
    assert [(p.best, p.lowered) for p in series.points] == [(700, True), (700, False)]
    assert "a total cannot fall" in series.points[0].words.en


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("احتجاز القافلة السادسة من المهجرين", 6),
        ("غادرت الدفعة الحادية عشرة فجرا", 11),
        ("الدفعة الثالثة والعشرون", 23),
        ("خرجت دفعة ثانية من المرضى", 2),
        ("the sixth convoy has left", 6),
        ("a second batch of 300", 2),
        ("القافلتين الأوليين", None),
        ("خمس دفعات", None),
        ("الدفعة الأولى ثم الدفعة الثانية", None),
        ("انتظروا ساعة ثانية", None),
        ("first aid for those in the convoy", None),
    ],
)
def test_the_number_of_a_batch_stands_beside_its_noun(words: str, number: int | None) -> None:
    assert numbered(words) == number


@pytest.mark.parametrize(("name", "number"), [("الأولى", 1), ("batch 2", 2), ("2", 2), ("first", 1), ("أ", None)])
def test_the_name_of_a_batch_may_be_its_number(name: str, number: int | None) -> None:
    assert ordinal(name) == number


def test_numbered_batches_of_one_day_stand_in_order_and_are_added_up() -> None:
    home = report("قال المرصد إن الدفعة الثانية حملت 1203 شخص، وإن الدفعة الأولى حملت 951 شخص، والمجموع 2000 شخص")
    rows = (("الدفعة الثانية حملت 1203 شخص", 1203), ("الدفعة الأولى حملت 951 شخص", 951))
    claims = [
        claim(home, words, "evacuation", by="المرصد", figures=(figure(f"{n} شخص", n, n, "people", "evacuated"),))
        for words, n in rows
    ]
    total = figure("2000 شخص", 2000, 2000, "people", "evacuated", total=True)
    whole = claim(home, "والمجموع 2000 شخص", "evacuation", by="المرصد", figures=(total,))
    operation = the_operation(compared([*claims, whole], [home]))
    assert [(b.batch, b.low) for b in operation.batches] == [("1", 951), ("2", 1203)]
    (check,) = operation.sums
    assert (check.low, check.fits) == (2154, False)


def test_events_of_one_kind_that_a_finding_joins_are_one_operation() -> None:
    apart = (event(worked.RUSSIA_ALL), replace(event(worked.CROSS_BATCH), id="b"))
    claims = [worked.RUSSIA_ALL, worked.CROSS_BATCH]
    found = compared(claims, worked.HOMES, events=apart)
    assert [o.event for o in findings.operations(replace(found, findings=()))] == []
    part = replace(worked.compared(*claims), relation="part", event="e")
    operation = the_operation(replace(found, findings=(part,)))
    assert (operation.event, operation.parts) == ("b", ("e",))
    assert {c for p in operation.story.phases for c in p.claims} == {c.id for c in claims}
    assert [c.text for c in operation.batches] == ["نحو 3000 مدني"]
    assert [c.text for t in operation.totals for c in t.counts] == ["أكثر من 9500 شخص"]


def test_within_a_day_phases_go_by_the_hour_that_is_told() -> None:
    first = report("قال المرصد إن القافلة توقفت", "أ", "2016-12-16T18:30:00+02:00")
    then = report("قالت الوزارة إن القافلة تحركت", "ب", "2016-12-16T09:10:00+02:00")
    stopped = claim(first, "القافلة توقفت", "evacuation", "suspended", by="المرصد")
    moved = claim(then, "القافلة تحركت", "evacuation", "began", by="الوزارة")
    (story,) = findings.stories(compared([stopped, moved], [first, then]))
    assert [p.phase for p in story.phases] == ["began", "suspended"]


def test_a_count_that_no_running_total_could_hold_is_a_total_of_its_own() -> None:
    def told(*running: int) -> list[str]:
        home = report("قال المرصد إن 9503 شخص خرجوا، و" + " و".join(f"{n} شخص جميعا" for n in running))
        bare = figure("9503 شخص", 9503, 9503, "people", "evacuated")
        claims = [claim(home, "9503 شخص خرجوا", "evacuation", by="المرصد", figures=(bare,))]
        for n in running:
            total = figure(f"{n} شخص", n, n, "people", "evacuated", total=True)
            claims.append(claim(home, f"{n} شخص جميعا", "evacuation", by=f"الجهة {n}", figures=(total,)))
        return [b.text for b in the_operation(compared(claims, [home])).batches]

    assert told(7003) == []
    assert told(7003, 12003) == ["9503 شخص"]
