"""Contradictions that may lie behind another relation: the rules that find them, and what weighs for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from making import ALEPPO, claim, figure, report
from tawatur.events.views import scene
from tawatur.findings.against import Nearness
from tawatur.findings.frames import frames
from tawatur.findings.groups import apart
from tawatur.findings.houses import one_house
from tawatur.findings.named import limited, negated
from tawatur.findings.relations import doubts, relate
from tawatur.findings.statuses import relate_statuses, status_doubts
from tawatur.findings.wording import sentences
from tawatur.model import Claim, Figure, Report, Time

if TYPE_CHECKING:
    from tawatur.findings.frames import Frame

JUNE = report("قالت اللجنة إن 87 قضوا وإن أهل الحي غادروه جميعاً وإن الحي سقط.", "اللجنة", "2019-06-10")
JULY = report("قال الأطباء إن 128 قضوا وإن مئة محاصرون وإن المدافعين يمسكون بالحي.", "الأطباء", "2019-07-28")


def counted(home: Report, words: str, low: int, population: str = "people", times: tuple[Time, ...] = ()) -> Frame:
    number = figure(words.split()[0], low, low, population, "killed", total=True)
    return frames(claim(home, words, "casualties", figures=(number,), times=times), home, home.name)[0]


def rules(a: Frame, b: Frame) -> list[str]:
    return [v.rule for v in doubts(a, b, relate(a, b, independent=True))]


def test_a_larger_later_total_is_growth_and_no_other_account() -> None:
    assert rules(counted(JUNE, "87 قضوا", 87), counted(JULY, "128 قضوا", 128)) == []


def test_a_total_that_says_until_when_is_outgrown_and_not_contradicted() -> None:
    until = (Time("حتى الاثنين", None, "2019-06-10", "until"),)
    assert rules(counted(JUNE, "87 قضوا", 87, times=until), counted(JULY, "128 قضوا", 128)) == []


@pytest.mark.parametrize(("count", "expected"), [(191, ["grows_open"]), (165, [])])
def test_a_later_count_well_above_an_earlier_at_least_is_an_update(count: int, expected: list[str]) -> None:
    least = figure("87", 160, None, "people", "killed")
    first = frames(claim(JUNE, "87 قضوا", "casualties", figures=(least,)), JUNE, "a")[0]
    later = figure("128", count, count, "people", "killed")
    second = frames(claim(JULY, "128 قضوا", "casualties", figures=(later,)), JULY, "b")[0]
    assert relate(first, second, independent=True).rule == "compatible"
    assert rules(first, second) == rules(second, first) == expected


def test_the_same_dead_are_fighters_or_not() -> None:
    assert rules(counted(JUNE, "87 قضوا", 6), counted(JULY, "128 قضوا", 6, "fighters")) == ["who_they_were"]
    assert rules(counted(JUNE, "87 قضوا", 6), counted(JULY, "128 قضوا", 6, "civilians")) == []


def test_two_totals_are_not_called_part_and_whole() -> None:
    total = counted(JULY, "128 قضوا", 7000)
    bare = figure("87", 9500, None, "people", "killed")
    more = frames(claim(JUNE, "87 قضوا", "casualties", figures=(bare,)), JUNE, "a")[0]
    day = (Time("السبت", "2019-06-08", "2019-06-08"),)
    batch = frames(claim(JUNE, "87 قضوا", "casualties", figures=(bare,), times=day), JUNE, "a")[0]
    assert relate(more, total, independent=True).rule == "two_totals"
    assert relate(batch, total, independent=True).rule == "part_exceeds_whole"


BESIEGED = figure("مئة", 100, 100, "people", "besieged")
SHARE = figure("مئة", 40, 40, "percent", "seized")


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (("evacuation", "completed", (), "أهل"), ("needs", "occurred", (BESIEGED,), "الأطباء"), "all_left"),
        (("capture", "occurred", (), "الجيش"), ("capture", "ongoing", (), "المدافعين"), "held_on"),
        (("capture", "completed", (), "الجيش"), ("capture", "occurred", (SHARE,), "الجيش"), "some_or_all"),
    ],
)
def test_statuses_that_may_not_both_hold(
    first: tuple[str, str, tuple[Figure, ...], str], second: tuple[str, str, tuple[Figure, ...], str], rule: str
) -> None:
    a, b = _made(JUNE, "أهل الحي غادروه جميعاً", *first), _made(JULY, "مئة محاصرون", *second)
    x, y = (scene([a, b], [JUNE, JULY]).views[c.id] for c in (a, b))
    agreed = relate_statuses(x, y, independent=True)
    found = [v.rule for v in status_doubts(x, y, None)]
    assert found == [v.rule for v in status_doubts(y, x, None)] == [rule]
    assert agreed is None or agreed.rule in sentences()["reasons"]
    assert len(sentences()["reasons"][rule]) == 2


def _made(home: Report, words: str, kind: str, status: str, figures: tuple[Figure, ...], actor: str) -> Claim:
    return claim(home, words, kind, status, figures=figures, places=(ALEPPO,), actors=(actor,))


def test_who_withdrew_for_good_is_not_still_there() -> None:
    left = _made(JUNE, "أهل الحي غادروه جميعاً", "withdrawal", "completed", (), "أهل")
    there = _made(JULY, "مئة محاصرون", "siege", "ongoing", (), "المدافعين")
    x, y = (scene([left, there], [JUNE, JULY]).views[c.id] for c in (left, there))
    verdict = relate_statuses(x, y, independent=True)
    assert verdict is not None
    assert verdict.rule == "still_going"


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        ("احتجاز عشرات الرجال", "لم يحتجز أي معتقل", False),  # men are who is held
        ("دخل الجنود البلدة", "لم يدخل أي مقاتل", False),  # both bear arms
        ("أُعدم خمسون رجلاً", "لم يُقتل أي مدني", False),  # men may be civilians
        ("خرج المقاتلون", "لم يخرج أي طفل", True),
    ],
)
def test_groups_that_can_have_people_in_common_are_not_apart(one: str, other: str, right: bool) -> None:
    assert apart(one, other) is right


def test_words_that_set_a_limit_and_words_that_negate() -> None:
    assert limited("لم يخرج سوى عشرين")
    assert limited("قُتل ستة لا غير")
    assert not limited("قُتل ستة في الغارة")
    assert negated("العدد لا يتجاوز الأربعين")
    assert not negated("بلغ العدد أربعين")


def test_of_many_that_a_claim_could_contradict_the_nearest_is_meant() -> None:
    home = report("استولى الجيش على تلة الزهور. استولى الجيش على تلة الزيتون. سقوط تلة الزهور لم يحدث.")
    near, far, denial = (
        claim(home, words, "capture", status)
        for words, status in (
            ("استولى الجيش على تلة الزهور", "occurred"), ("استولى الجيش على تلة الزيتون", "occurred"),
            ("سقوط تلة الزهور لم يحدث", "not_occurred"),
        )
    )  # fmt: skip
    known = Nearness(scene([near, far, denial], [home]))
    for other in (near, far):
        known.oppose(denial.id, other.id, "status")
    first, second = (dict(known.rivalry(denial.id, c.id, "status")) for c in (near, far))
    assert dict(known.rivalry(near.id, denial.id, "status")) == first
    meant, left = sorted((first, second), key=lambda found: found["status: behind, at most"])
    assert meant["status: nearest for both"] == 1.0
    assert left["status: behind, at most"] > 0.0
    assert left["status: nearest for one"] == 1.0


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        ("وزارة الدفاع الروسية", "مركز المصالحة الروسي", True),
        ("هيئة الأركان العامة الروسية", "مركز حميميم", True),
        ("وزارة الدفاع الروسية", "المرصد السوري لحقوق الإنسان", False),
        ("أم محمد", "أم محمد", False),  # no known body
        ("وزارة الدفاع الروسية", None, False),
    ],
)
def test_bodies_of_one_house(one: str, other: str | None, right: bool) -> None:
    a = claim(JUNE, "أهل الحي غادروه جميعاً", "evacuation", by=one)
    b = claim(JULY, "مئة محاصرون", "siege", by=other)
    assert one_house(a, b) is one_house(b, a) is right
