"""The views on small written cases: the worked pairs of eastern Aleppo, batches, monitors, blame, relays, sources."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import test_findings_worked as worked
from making import ALEPPO, claim, event, figure, report
from tawatur import findings, pipeline
from tawatur.findings.numbered import numbered, ordinal
from tawatur.model import FIRST_HAND, Lineage, Link, Time
from viewed import compared

if TYPE_CHECKING:
    from tawatur.findings.nouns import Gap, Operation, Profile
    from tawatur.model import Claim, Comparison, Report

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@cache
def aleppo() -> Comparison:
    """All claims of the worked pairs as one evacuation, and the siege beside it."""
    claims = {c.id: c for a, b, _ in worked.PAIRS.values() for c in (a, b)}
    left = [c for c in claims.values() if c.event_type == "evacuation"]
    inside = [c for c in claims.values() if c.event_type == "siege"]
    events = (event(*left), replace(event(*inside), id="s"))
    return compared(claims.values(), worked.HOMES, events=events)


@cache
def crossing() -> Comparison:
    """The example of two monitors at a crossing."""
    return pipeline.run(EXAMPLES / "observations")


def the_operation(found: Comparison) -> Operation:
    (operation,) = findings.operations(found)
    return operation


def until(day: str, start: str | None = None) -> tuple[Time, ...]:
    return (Time("حتى اليوم", start, f"2016-12-{day}"),)


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


def shelled(*rows: tuple[str, str, str, str, str]) -> Comparison:
    """Claims of one shelling: origin, actor, status, stance, and who publishes."""
    homes = [report(f"قال {by} خبرا عن قصف {n}", outlet) for n, (by, _, _, _, outlet) in enumerate(rows)]
    claims = [
        claim(home, f"خبرا عن قصف {n}", "shelling", status, by=by, stance=stance, actors=(actor,) if actor else (),
              places=(ALEPPO,))
        for n, (home, (by, actor, status, stance, _)) in enumerate(zip(homes, rows, strict=True))
    ]  # fmt: skip
    return compared(claims, homes)


def standing(found: Comparison) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    (told,) = findings.responsibility(found)
    return {a.name: (a.standing, sorted((v.name, v.says) for v in a.voices)) for a in told.actors}


def test_who_is_named_by_whom_and_denies_it() -> None:
    found = shelled(
        ("المرصد", "الجيش", "occurred", "neutral", "صحيفة"),
        ("الأهالي", "الجيش", "occurred", "neutral", "إذاعة"),
        ("الجيش", "", "not_occurred", "denied", "وكالة"),
    )
    told = standing(found)
    assert told["الجيش"] == ("disputed", [("الأهالي", "names"), ("الجيش", "denies_itself"), ("المرصد", "names")])
    (view,) = findings.responsibility(found)
    wanted = "الجيش: origins that name it: 2, that deny it: 1; those who name it: their sides are not known"
    assert view.actors[0].words.en == wanted
    assert [f for f in found.findings if f.id in view.findings]


def test_who_owns_up_and_who_is_only_expected_to() -> None:
    admitted = standing(shelled(("الجيش", "الجيش", "occurred", "neutral", "صحيفة")))
    assert admitted == {"الجيش": ("admitted", [("الجيش", "owns")])}
    expected = standing(shelled(("المرصد", "الجيش", "planned", "neutral", "صحيفة")))
    assert expected == {"الجيش": ("expected", [("المرصد", "expects")])}


def test_what_nobody_is_named_for_is_listed() -> None:
    found = shelled(
        ("المرصد", "الجيش", "occurred", "neutral", "صحيفة"),
        ("الأهالي", "", "occurred", "neutral", "إذاعة"),
        ("المجلس", "", "not_occurred", "neutral", "وكالة"),
    )
    (view,) = findings.responsibility(found)
    quotes = {c.id: c.origin.name for c in found.claims if c.origin}
    assert [quotes[c] for c in view.unnamed] == ["الأهالي"]
    assert [quotes[c] for c in view.denials] == ["المجلس"]


def gaps(a: Claim, b: Claim) -> dict[str, Gap]:
    """What would settle the contradiction of two worked claims, by kind; of two of one kind the last."""
    views = findings.settling(aleppo())
    return {g.kind: g for s in views if {*s.claims} == {a.id, b.id} for g in s.gaps}


def test_what_would_settle_more_than_9500_against_no_more_than_7000() -> None:
    told = gaps(worked.RUSSIA_ALL, worked.LOCAL_ALL)
    assert {"as_of", "population", "bound", "monitor"} <= {*told}
    assert told["bound"].names == ("وزارة الدفاع",)
    assert "شخص" in told["population"].words.ar
    assert "مدني" in told["population"].words.ar


def test_those_who_speak_of_it_without_saying_it_are_to_be_asked() -> None:
    told = gaps(worked.RUSSIA_FIGHTERS, worked.OBSERVER_FIGHTERS)
    assert "المنظمة" in told["ask_others"].names
    assert not {"وزارة الدفاع", "المرصد"} & {*told["ask_others"].names}


def test_the_widest_contradiction_comes_first() -> None:
    sizes = [s.size for s in findings.settling(aleppo())]
    assert sizes == sorted(sizes, reverse=True)
    wide = next(s for s in findings.settling(aleppo()) if worked.LOCAL_ALL.id in s.claims and s.size < math.log(2))
    assert wide.latest == "2016-12-16"


def profile(found: Comparison, name: str) -> Profile:
    return next(p for p in findings.profiles(found) if p.name == name)


def test_a_profile_counts_what_is_alone_agreed_with_and_contradicted() -> None:
    state = profile(aleppo(), "التلفزيون الرسمي")
    assert (state.alone.count, state.corroborated.count, state.contradicted.of) == (0, 1, 1)
    assert not state.bias.enough
    assert "too few" in state.bias.words.en
    assert "قليلة جداً" in state.bias.words.ar


def tolls(*pairs: tuple[int, int], say: str = "المرصد") -> Comparison:
    """One event a pair: what one origin counts and what another says of the same."""
    homes, claims, events = [], [], []
    for n, (one, other) in enumerate(pairs):
        both = []
        for by, count in ((say, one), ("الوزارة", other)):
            home = report(f"قال {by} إن {count} شخص قتلوا في القصف {n}", f"صحيفة {by}", f"2016-12-{10 + n}")
            dead = figure(f"{count} شخص", count, count, "people", "killed")
            times = until(str(10 + n), f"2016-12-{10 + n}")
            both.append(claim(home, f"{count} شخص قتلوا", "shelling", by=by, figures=(dead,), times=times))
            homes.append(home)
        claims += both
        events.append(replace(event(*both), id=f"e{n}"))
    return compared(claims, homes, events=tuple(events))


def test_bias_is_the_median_log_ratio_with_an_interval_from_six_counts_on() -> None:
    doubled = [(2 * n, n) for n in (11, 13, 17, 19, 23, 31)]
    bias = profile(tolls(*doubled), "المرصد").bias
    assert bias.enough
    assert (bias.count, bias.log_ratio) == (6, round(math.log(2), 4))
    assert "2 times those of others" in bias.words.en
    assert not profile(tolls(*doubled[:5]), "المرصد").bias.enough


def test_open_bounds_and_zeros_have_no_ratio() -> None:
    assert profile(tolls((0, 7), (12, 12)), "المرصد").bias.count == 1
    assert profile(aleppo(), "وزارة الدفاع").bias.count == 1  # only its fighters: the total is open


def relayed(changed: Any) -> Comparison:
    """A claim and its copy in another outlet, which something changes."""
    first = report("قالت الوزارة إن نحو 337 جريحا خرجوا", "وكالة", "2016-12-16")
    second = report("قالت الوزارة إن نحو 377 جريحا خرجوا", "قناة", "2016-12-16")
    wounded = figure("نحو 337 جريحا", 337, 337, "wounded", "evacuated", about=True)
    a = claim(first, "نحو 337 جريحا خرجوا", "evacuation", by="الوزارة", figures=(wounded,))
    other = replace(wounded, text="نحو 377 جريحا")
    b = claim(second, "نحو 377 جريحا خرجوا", "evacuation", by="الوزارة", figures=(other,))
    b = changed(b)
    return compared([a, b], [first, second], Lineage((), (), ((b.id, a.id),)))


def changes(changed: Any) -> list[tuple[str, str, str]]:
    return [(v.changed, v.before, v.after) for v in findings.variants(relayed(changed))]


def counted(**fields: Any) -> Any:
    return lambda c: replace(c, figures=(replace(c.figures[0], **fields),))


def test_what_a_relay_changed_is_told_by_kind() -> None:
    texts = ("نحو 337 جريحا", "نحو 377 جريحا")
    assert changes(lambda c: c) == []
    assert changes(counted(low=377, high=377)) == [("figure", *texts)]
    assert changes(counted(high=None)) == [("bound", *texts)]
    assert changes(counted(approximate=False)) == [("hedge", *texts)]
    assert changes(counted(population="civilians")) == [("population", *texts)]
    assert changes(lambda c: replace(c, attribution=())) == [("attribution", "الوزارة", "its own voice")]
    assert changes(lambda c: replace(c, attribution=(Link("الجيش"),))) == [("attribution", "الوزارة", "الجيش")]
    assert changes(lambda c: replace(c, status="completed")) == [("status", "has happened", "completed")]


def test_a_variant_names_the_relay_and_both_claims() -> None:
    (found,) = findings.variants(relayed(counted(low=377, high=377)))
    assert (found.relay, found.name) == ("قناة", "الوزارة")
    assert found.words.en == "قناة gives «نحو 377 جريحا» where وكالة has «نحو 337 جريحا»"


def test_the_worked_variant_is_the_channels() -> None:
    found = compared([worked.RUSSIA_WOUNDED, worked.RELAY_WOUNDED], worked.HOMES)
    (variant,) = findings.variants(found)
    assert {variant.before, variant.after} == {"337 جريحا", "377 جريحا"}
    assert variant.finding == found.findings[0].id


def test_first_hand_claims_need_nobody_beside_the_parties() -> None:
    home = report("عد 951 شخصا خرجوا", "الراصد")
    other = report("قالت الوزارة إن 2003 شخص خرجوا", "الوكالة")
    seen = figure("951 شخصا", 951, 951, "people", "evacuated")
    counted_ = claim(home, "951 شخصا خرجوا", "evacuation", by="ر-07", figures=(seen,), times=until("16", "2016-12-16"))
    said = claim(
        other, "2003 شخص خرجوا", "evacuation", by="الوزارة", times=until("16", "2016-12-16"),
        figures=(figure("2003 شخص", 2003, 2003, "people", "evacuated"),),
    )  # fmt: skip
    found = compared([replace(counted_, rules=(FIRST_HAND,)), said], [home, other])
    kinds = {g.kind for s in findings.settling(found) for g in s.gaps}
    assert not kinds & {"monitor", "non_party"}
    assert [m.relation for m in the_operation(found).monitored] == ["contradict"]


def test_statuses_without_a_day_and_of_other_people_can_be_asked_after() -> None:
    told = gaps(worked.COMPLETED, worked.SUSPENDED)
    assert "does not say when" in told["as_of"].words.en
    fighters = gaps(worked.RUSSIA_FIGHTERS, worked.LOCAL_NO_FIGHTER)
    assert {*fighters} >= {"as_of"}


def test_our_forces_are_the_speakers_and_his_forces_nobodys_that_is_sure() -> None:
    found = shelled(
        ("قائد الجيش", "قواتنا", "occurred", "neutral", "صحيفة"),
        ("قائد الفصائل", "قواته", "occurred", "neutral", "إذاعة"),
        ("رئيس المجلس", "قواته", "not_occurred", "neutral", "وكالة"),
    )
    (view,) = findings.responsibility(found)
    told = sorted((a.name, a.standing, a.voices[0].name) for a in view.actors)
    assert told == [
        ("قواتنا", "admitted", "قائد الجيش"),
        ("قواته", "denied", "رئيس المجلس"),
        ("قواته", "named", "قائد الفصائل"),
    ]


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


def test_an_origin_of_the_same_side_does_not_corroborate() -> None:
    def agreed(body: str) -> int:
        homes = [report(f"قال {by} إن 1203 شخص قتلوا", f"وكالة {by}") for by in ("الناطق", "القائد")]
        claims = [
            claim(home, "1203 شخص قتلوا", "shelling", by=by, body=side,
                  figures=(figure("1203 شخص", 1203, 1203, "people", "killed"),))
            for home, by, side in zip(homes, ("الناطق", "القائد"), ("الجيش الأول", body), strict=True)
        ]  # fmt: skip
        found = compared(claims, homes)
        one = tuple(replace(a, side="الجيش") if "الجيش" in (a.side or "") else a for a in found.accounts)
        return max(p.corroborated.count for p in findings.profiles(replace(found, accounts=one)))

    assert agreed("المجلس المحلي") == 1
    assert agreed("الجيش الثاني") == 0


def test_a_body_speaks_for_those_under_it_and_not_for_its_siblings() -> None:
    centre = ("وزارة الدفاع الروسية", "مركز المصالحة الروسي", "occurred", "neutral", "صحيفة")
    sibling = ("منظمة الصحة العالمية", "برنامج الأغذية العالمي", "occurred", "neutral", "إذاعة")
    assert [s for s, _ in standing(shelled(centre)).values()] == ["admitted"]
    assert [s for s, _ in standing(shelled(sibling)).values()] == ["named"]


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


def test_two_figures_of_one_word_and_a_refused_one_keep_their_places() -> None:
    home = report("قال المرصد إن 40 شخص خرجوا أو أفرج عنهم")
    kinds = (("40 شخص", 50, 40, "evacuated"), ("40 شخص", 40, 40, "evacuated"), ("40 شخص", 40, 40, "released"))
    both = tuple(figure(text, low, high, "people", outcome) for text, low, high, outcome in kinds)
    told = claim(home, "40 شخص خرجوا أو أفرج عنهم", "evacuation", by="المرصد", figures=both)
    other = claim(home, "قال المرصد", "evacuation", by="المرصد")
    operation = the_operation(compared([told, other], [home]))
    assert sorted((c.outcome, c.figure) for c in operation.batches) == [("evacuated", 1), ("released", 2)]
