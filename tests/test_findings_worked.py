"""The worked pairs of the comparison rules: eastern Aleppo in December 2016, in sentences of our own."""

from __future__ import annotations

import pytest

from gold import GOLD, Dossier, load_dossier
from making import ALEPPO, NO_COPIES, claim, event, figure, report
from tawatur.copies import trace
from tawatur.events import group
from tawatur.findings import compare
from tawatur.model import Claim, Finding, Report, Time

RUSSIA = report("أعلنت الوزارة أن أكثر من 9500 شخص غادروا شرق حلب بينهم 4500 مقاتل و337 جريحا.", "وكالة الشرق")
LOCAL = report("مجموع من خرجوا من شرق حلب لا يتعدى 7000 مدني في خمس دفعات، ولم يخرج أي مقاتل من شرق حلب.", "شبكة الحي")
CROSS = report("قال الصليب الأحمر إن نحو 3000 مدني خرجوا من شرق حلب في القافلتين الأوليين.", "نشرة الإغاثة")
OBSERVER = report("ذكر المرصد أن نحو 8500 شخص خرجوا من شرق حلب، منهم نحو 3000 مقاتل.", "إذاعة الساحل")
STATE = report("ذكر التلفزيون الرسمي أن نحو 8000 شخص خرجوا من شرق حلب.", "قناة الدولة")
HEALTH = report("قالت المنظمة إن 194 مريضا أخرجوا من شرق حلب قبل توقف الإجلاء.", "مجلة الصحة")
RELAY = report("نقلت القناة عن الوزارة أن 377 جريحا غادروا شرق حلب.", "قناة الخليج")
AFTER = report("قالت المنظمة إن 734 مريضا أخرجوا من شرق حلب.", "مجلة الصحة", "2016-12-22")
FIRST = report("قالت اللجنة الدولية إن أكثر من 25 ألف شخص أجلوا من شرق حلب.", "موقع اللجنة", "2016-12-20")
SECOND = report("قالت اللجنة الدولية إن أكثر من 35 ألف شخص أجلوا من شرق حلب.", "موقع اللجنة", "2016-12-22")
PHASES = report("أعلنت الوزارة أن إجلاء شرق حلب اكتمل، ولم يبق في شرق حلب سوى المتشددين.", "وكالة الشرق")
STOPPED = report("قالت المنظمة إن إجلاء شرق حلب توقف.", "مجلة الصحة")
BESIEGED = report("أكثر من 50 ألف مدني ما زالوا محاصرين في شرق حلب.", "شبكة الحي")

PLACE = (ALEPPO,)


def left(home: Report, words: str, by: str | None, *figures: object) -> Claim:
    return claim(home, words, "evacuation", by=by, figures=figures, places=PLACE)  # type: ignore[arg-type]


def gone(text: str, low: float | None, high: float | None, population: str, *, about: bool = False) -> object:
    return figure(text, low, high, population, "evacuated", about=about, total=True)


RUSSIA_ALL = left(
    RUSSIA, "أكثر من 9500 شخص غادروا شرق حلب", "وزارة الدفاع", gone("أكثر من 9500 شخص", 9500, None, "people")
)
RUSSIA_FIGHTERS = left(RUSSIA, "بينهم 4500 مقاتل", "وزارة الدفاع", gone("4500 مقاتل", 4500, 4500, "fighters"))
RUSSIA_WOUNDED = left(RUSSIA, "337 جريحا", "وزارة الدفاع", gone("337 جريحا", 337, 337, "wounded"))
LOCAL_ALL = left(
    LOCAL, "مجموع من خرجوا من شرق حلب لا يتعدى 7000 مدني", None, gone("لا يتعدى 7000 مدني", None, 7000, "people")
)
LOCAL_NO_FIGHTER = claim(
    LOCAL, "ولم يخرج أي مقاتل من شرق حلب", "evacuation", "not_occurred", affected=("مقاتل",), places=PLACE
)
CROSS_BATCH = left(
    CROSS, "نحو 3000 مدني خرجوا من شرق حلب", "الصليب الأحمر",
    figure("نحو 3000 مدني", 3000, 3000, "civilians", "evacuated", about=True),
)  # fmt: skip
OBSERVER_ALL = left(
    OBSERVER, "نحو 8500 شخص خرجوا من شرق حلب", "المرصد", gone("نحو 8500 شخص", 8500, 8500, "people", about=True)
)
OBSERVER_FIGHTERS = left(
    OBSERVER, "منهم نحو 3000 مقاتل", "المرصد", gone("نحو 3000 مقاتل", 3000, 3000, "fighters", about=True)
)
STATE_ALL = left(
    STATE, "نحو 8000 شخص خرجوا من شرق حلب", "التلفزيون الرسمي", gone("نحو 8000 شخص", 8000, 8000, "people", about=True)
)
HEALTH_BEFORE = left(HEALTH, "194 مريضا أخرجوا من شرق حلب", "المنظمة", gone("194 مريضا", 194, 194, "patients"))
HEALTH_AFTER = left(AFTER, "734 مريضا أخرجوا من شرق حلب", "المنظمة", gone("734 مريضا", 734, 734, "patients"))
RELAY_WOUNDED = left(RELAY, "377 جريحا غادروا شرق حلب", "وزارة الدفاع", gone("377 جريحا", 377, 377, "wounded"))
ICRC_FIRST = left(
    FIRST, "أكثر من 25 ألف شخص أجلوا من شرق حلب", "اللجنة الدولية", gone("أكثر من 25 ألف شخص", 25000, None, "people")
)
ICRC_SECOND = left(
    SECOND, "أكثر من 35 ألف شخص أجلوا من شرق حلب", "اللجنة الدولية", gone("أكثر من 35 ألف شخص", 35000, None, "people")
)
COMPLETED = claim(PHASES, "إجلاء شرق حلب اكتمل", "evacuation", "completed", by="وزارة الدفاع", places=PLACE)
SUSPENDED = claim(STOPPED, "إجلاء شرق حلب توقف", "evacuation", "suspended", by="المنظمة", places=PLACE)
ONLY_HARDLINERS = claim(
    PHASES, "ولم يبق في شرق حلب سوى المتشددين", "siege", "not_occurred", by="وزارة الدفاع", places=PLACE
)
STILL_BESIEGED = claim(
    BESIEGED, "أكثر من 50 ألف مدني ما زالوا محاصرين في شرق حلب", "siege", "ongoing", places=PLACE,
    figures=(figure("أكثر من 50 ألف مدني", 50000, None, "civilians", "besieged"),),
)  # fmt: skip

HOMES = (RUSSIA, LOCAL, CROSS, OBSERVER, STATE, HEALTH, RELAY, AFTER, FIRST, SECOND, PHASES, STOPPED, BESIEGED)
PAIRS = {
    "total against no more than": (RUSSIA_ALL, LOCAL_ALL, "contradict"),
    "fighters against none": (RUSSIA_FIGHTERS, LOCAL_NO_FIGHTER, "contradict"),
    "two convoys within Russia's total": (CROSS_BATCH, RUSSIA_ALL, "part"),
    "two convoys within the observatory's total": (CROSS_BATCH, OBSERVER_ALL, "part"),
    "two convoys within the state's total": (CROSS_BATCH, STATE_ALL, "part"),
    "total against total": (RUSSIA_ALL, OBSERVER_ALL, "contradict"),
    "fighters against fighters": (RUSSIA_FIGHTERS, OBSERVER_FIGHTERS, "contradict"),
    "about 8500 and about 8000": (OBSERVER_ALL, STATE_ALL, "agree"),
    "patients over time": (HEALTH_BEFORE, HEALTH_AFTER, "update"),
    "evacuees over time": (ICRC_FIRST, ICRC_SECOND, "update"),
    "patients and wounded": (HEALTH_BEFORE, RUSSIA_WOUNDED, "not_comparable"),
    "besieged and evacuated": (STILL_BESIEGED, RUSSIA_ALL, "not_comparable"),
    "besieged and fewer evacuated": (STILL_BESIEGED, LOCAL_ALL, "not_comparable"),
    "one statement in two relays": (RUSSIA_WOUNDED, RELAY_WOUNDED, "variant"),
    "completed against stopped": (COMPLETED, SUSPENDED, "contradict"),
    "only hardliners against 50,000": (ONLY_HARDLINERS, STILL_BESIEGED, "contradict"),
}


def compared(a: Claim, b: Claim) -> Finding:
    _, findings, _ = compare([event(a, b)], [a, b], HOMES, NO_COPIES)
    assert len(findings) == 1
    return findings[0]


@pytest.mark.parametrize("name", PAIRS)
def test_worked_pair(name: str) -> None:
    a, b, relation = PAIRS[name]
    assert compared(a, b).relation == relation
    assert compared(b, a) == compared(a, b)


def test_the_reason_names_the_noun_when_both_count_all_who_left() -> None:
    found = compared(RUSSIA_ALL, LOCAL_ALL)
    assert "شخص" in found.reason_en
    assert "مدني" in found.reason_en
    assert "مدني" in found.reason_ar
    assert ("population", "people", "people") in found.slots


def test_a_finding_says_that_the_time_is_the_statements() -> None:
    slots = {name: (a, b) for name, a, b in compared(OBSERVER_ALL, STATE_ALL).slots}
    assert slots["as_of_from"] == ("said", "said")
    assert slots["event_time"] == ("?/?", "?/?")


def test_an_update_puts_the_earlier_first() -> None:
    found = compared(ICRC_SECOND, ICRC_FIRST)
    assert (found.a, found.b) == (ICRC_FIRST.id, ICRC_SECOND.id)


def test_a_part_comes_before_its_whole() -> None:
    found = compared(RUSSIA_ALL, CROSS_BATCH)
    assert (found.a, found.b) == (CROSS_BATCH.id, RUSSIA_ALL.id)


def test_a_later_smaller_count_of_the_same_origin_is_a_revision() -> None:
    later = report("قالت اللجنة الدولية إن 20 ألف شخص أجلوا من شرق حلب.", "موقع اللجنة", "2016-12-23")
    total = figure("20 ألف شخص", 20000, 20000, "people", "evacuated", total=True)
    less = claim(later, "20 ألف شخص أجلوا من شرق حلب", "evacuation", by="اللجنة الدولية", figures=(total,))
    _, findings, _ = compare([event(ICRC_FIRST, less)], [ICRC_FIRST, less], [FIRST, later], NO_COPIES)
    assert [f.relation for f in findings] == ["revision"]


def test_a_stated_day_outweighs_the_day_it_was_said() -> None:
    home = report("قال المرصد إن 6000 شخص خرجوا من شرق حلب حتى مساء الخميس.", "إذاعة الساحل", "2016-12-17")
    until = (Time("حتى مساء الخميس", None, "2016-12-15", "until"),)
    total = figure("6000 شخص", 6000, 6000, "people", "evacuated", total=True)
    earlier = claim(home, "6000 شخص خرجوا من شرق حلب حتى مساء الخميس", "evacuation", by="المرصد", figures=(total,),
                    places=PLACE, times=until)  # fmt: skip
    _, findings, _ = compare([event(earlier, STATE_ALL)], [earlier, STATE_ALL], [home, STATE], NO_COPIES)
    assert [f.relation for f in findings] == ["update"]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return load_dossier(GOLD / "dev" / "seed")


def test_the_real_page_shows_its_contradictions_and_no_false_ones(dossier: Dossier) -> None:
    copies = trace(dossier.reports, dossier.claims)
    events = group(dossier.claims, dossier.reports, copies)
    _, findings, _ = compare(events, dossier.claims, dossier.reports, copies)
    against = [f for f in findings if f.relation == "contradict"]
    pairs = {frozenset((dossier.gold_id[f.a], dossier.gold_id[f.b])) for f in against}
    assert {frozenset(p) for p in (("r01.c2", "r01.c18"), ("r01.c22", "r01.c25"), ("r01.c19", "r01.c26"))} <= pairs
    words = [{f.a_words, f.b_words} for f in against if f.aspect == "figure"]
    assert [any("9500" in w for w in pair) and any("7000" in w for w in pair) for pair in words] == [True]
    besieged = [f for f in findings if "r01.c25" in (dossier.gold_id[f.a], dossier.gold_id[f.b])]
    assert {f.aspect for f in besieged if f.relation == "contradict"} == {"status"}
