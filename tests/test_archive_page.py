"""Lines and stories: furniture is told from news, and one story from the next."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.archive import lines, stories
from tawatur.archive.parts import begins_inside
from tawatur.lang.fold import fold_word
from tawatur.lang.page import Rule, page_rules

GOLD = Path(__file__).parents[2] / "shared" / "gold"
PARAGRAPH = (
    "أعلن المجلس المحلي في البلدة صباح اليوم أن فرق الإسعاف نقلت أربعين جريحا إلى المشفى الميداني القريب من النهر."
)
GOES_ON = "وأضاف المجلس أن الطريق الغربي ما زال مقطوعا منذ ثلاثة أيام، وأن الوقود في المشفى يكفي حتى مساء الغد فقط."
HEADLINE = "المجلس المحلي: نقل الجرحى مستمر رغم انقطاع الطريق"
ODD = 'اب و،.؟:|-–/#@\n\r "«»“”…(1٣\u200f\u0651🔴▪aA'


def kinds(*rows: str, title: str = "") -> list[str]:
    return [line.kind for line in lines("\n".join(rows), title=title)]


def datelines(*rows: str) -> list[str]:
    text = "\n".join(rows)
    return [line.dateline.of(text).strip(" -–—ـ:/|") for line in lines(text) if line.dateline is not None]


@pytest.mark.parametrize("rule", [rule for rule, _ in page_rules()], ids=lambda rule: rule.id)
def test_rules_find_their_examples_and_not_their_counter_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert [(line.kind, line.rule) for line in lines(example)] == [(rule.kind, rule.id)], example
    for counter in rule.counter:
        assert [line.rule for line in lines(counter)] == [""], counter


def test_words_of_the_rules_are_no_folded_doubles() -> None:
    for rule, _ in page_rules():
        folded = [fold_word(word) for word in rule.words]
        assert all(folded)


@pytest.mark.parametrize(
    "row",
    [
        "➖➖➖➖",
        "#درعا #هدنة",
        "https://example.org/a",
        "0900 000 000",
        "@channel_name",
        "press@example.org",
        "• • •",
    ],
)
def test_noise_without_words(row: str) -> None:
    assert kinds(PARAGRAPH, row) == ["body", "noise"]


def test_links_below_read_also_belong_to_it() -> None:
    rows = [PARAGRAPH, "اقرأ أيضا على موقعنا:", "سعر الصرف اليوم", "◄ موعد المباراة", GOES_ON, "تابع المسير"]
    assert kinds(*rows)[:5] == ["body", "noise", "noise", "noise", "body"]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("بيروت (رويترز) - " + PARAGRAPH, "بيروت (رويترز)"),
        ("درعا (سوريا) (أ ف ب) – " + PARAGRAPH, "درعا (سوريا) (أ ف ب)"),
        ("القاهرة في 25 نوفمبر / أ ش أ / " + PARAGRAPH, "القاهرة في 25 نوفمبر / أ ش أ"),
        ("جنيف، ٢٠ آذار/مارس - " + PARAGRAPH, "جنيف، ٢٠ آذار/مارس"),
        ("نابلس 3-7-2023 وفا- " + PARAGRAPH, "نابلس 3-7-2023 وفا"),
        ("دمشق – د ب أ: " + PARAGRAPH, "دمشق – د ب أ"),
        ("بغداد ـ من سامر عيسى: " + PARAGRAPH, "بغداد ـ من سامر عيسى"),
        ("الشهباء – " + PARAGRAPH, "الشهباء"),
        ("GENEVA, 3 May 2018 – The agency said on Thursday that convoys were held.", "GENEVA, 3 May 2018"),
        ("BEIRUT (Reuters) - The agency said on Thursday that convoys were held.", "BEIRUT (Reuters)"),
    ],
)
def test_datelines_before_the_words(row: str, where: str) -> None:
    assert kinds(row) == ["body"]
    assert datelines(row) == [where]
    (line,) = lines(row)
    assert not line.body.of(row).startswith(where)


@pytest.mark.parametrize(
    "row",
    ["ريف دمشق-سانا", "دمشق / الأناضول", "بيروت – (أ ف ب)", "حلب، دمشق – «الحياة»", "وكالات", "عمّان، 8 مارس 2019",
     "صنعاء | 25 شوال 1442هـ", "الثلاثاء 12 آذار 2019", "14/05/2021", "تعز في 27-10-2024م", "إدلب – سامر عيسى"],
)  # fmt: skip
def test_datelines_that_are_a_line(row: str) -> None:
    assert kinds(row, PARAGRAPH, GOES_ON) == ["dateline", "body", "body"]


@pytest.mark.parametrize(
    "row",
    [
        "سكان المخيم – ومعظمهم نساء – خرجوا صباح اليوم من الحي إلى القرى القريبة من النهر.",
        "السبت 4/11: خروج ما تبقى من الحامية من مقرها ودخول اللجان إلى السوق الكبير في المدينة.",
        "القتلى: تسعة من الحي الغربي وأربعة من المخيم، وفق قوائم المشفى التي علقت على الباب صباح اليوم.",
        "سانا: الجيش يسيطر على التلة",
        "19 شهيدا وأكثر من سبعين جريحا – الحصيلة غير نهائية",
    ],
)
def test_what_is_no_dateline(row: str) -> None:
    assert datelines(row) == []


@pytest.mark.parametrize(
    "row",
    [
        "وقال القائد (أبو محمد) - وهو من البلدة - إن مقاتليه باقون في الحي حتى إشعار آخر.",
        "وقالت الوزارة في 12 مارس - بعد يوم من الهدنة - إن الطريق فتح أمام الشاحنات كلها.",
        "غير أن الأهالي – كما يروي أحدهم – لم يروا شاحنة واحدة تدخل الحي منذ أسبوعين.",
        "وبحسب لجان الحي في الأحياء الغربية من المدينة القديمة (رويترز) - لا حصيلة بعد.",
    ],
)
def test_what_is_no_dateline_inside_a_story(row: str) -> None:
    assert datelines(PARAGRAPH, row) == []


@pytest.mark.parametrize(
    "row", ["كتب: سامر عيسى", "(س ع)", "أ ش أ / م ح", "إعداد: هـ. ن | تحرير: ل. م", "المركز المحلي – سامر عيسى"]
)
def test_bylines_at_the_end(row: str) -> None:
    assert kinds(PARAGRAPH, GOES_ON, row)[-1] == "byline"


def test_headlines_stand_before_a_paragraph_and_after_a_full_stop() -> None:
    assert kinds(HEADLINE, PARAGRAPH, GOES_ON) == ["headline", "body", "body"]
    assert kinds(PARAGRAPH, HEADLINE, PARAGRAPH) == ["body", "headline", "body"]
    assert kinds(PARAGRAPH, HEADLINE + ".", PARAGRAPH) == ["body", "body", "body"]
    assert kinds(PARAGRAPH, "وأعلن ما يأتي:", PARAGRAPH) == ["body", "body", "body"]
    assert kinds(PARAGRAPH[:-1], HEADLINE, PARAGRAPH) == ["body", "body", "body"]


def test_a_line_that_repeats_the_title_is_a_headline() -> None:
    row = "مقتل تسعة في قصف السوق."
    assert kinds(row, GOES_ON, title="مقتل تسعة فى قصف السوق") == ["headline", "body"]


def test_short_posts_of_a_channel_are_all_body() -> None:
    rows = ["▪️ قصف على السوق الشرقي", "▪️ ستة شهداء وعشرون جريحا", "خرجت ثلاث حافلات من الحي", "▪️ هدوء حذر الآن"]
    assert kinds(*rows) == ["body"] * 4


def spans(*rows: str) -> list[tuple[str, bool]]:
    text = "\n".join(rows)
    return [(story.span.of(text), story.cut_off) for story in stories(text)]


def test_a_headline_begins_a_story() -> None:
    text = "\n".join([PARAGRAPH, GOES_ON, HEADLINE, PARAGRAPH, GOES_ON])
    first, second = stories(text)
    assert first.headline is None
    assert second.headline is not None
    assert second.headline.of(text) == HEADLINE
    assert second.span.of(text) == "\n".join([HEADLINE, PARAGRAPH, GOES_ON])


def test_tags_end_a_story_and_a_dateline_begins_one() -> None:
    assert len(spans(PARAGRAPH, "وسوم: درعا، هدنة", GOES_ON)) == 2
    assert len(spans(PARAGRAPH, "بغداد - وكالات: " + PARAGRAPH)) == 2
    assert len(spans(PARAGRAPH, "كتب: سامر عيسى", PARAGRAPH)) == 2
    assert len(spans(PARAGRAPH, GOES_ON, "المركز المحلي – سامر عيسى")) == 1
    assert len(spans(PARAGRAPH, "اقرأ أيضا: سعر الصرف اليوم", GOES_ON)) == 1


@pytest.mark.parametrize(
    "rest",
    [
        "...يل عن أسماء الجرحى حتى الآن.",
        "…ولم يصدر تعليق رسمي.",
        "، وفق ما ذكره المجلس.",
        "الجناة ما زالوا في الحي” وفق المجلس.",
        "ظروف صعبة، مؤكدة أن المجلس يتابع الأمر مع الجهات المعنية.",
    ],
)
def test_a_beginning_that_was_cut_off(rest: str) -> None:
    assert begins_inside(rest)
    first, second = spans(rest, PARAGRAPH)
    assert first == (rest, True)
    assert second == (PARAGRAPH, False)
    third = spans(PARAGRAPH, rest, GOES_ON)
    assert third == [(PARAGRAPH, False), (f"{rest}\n{GOES_ON}", True)]


@pytest.mark.parametrize(
    "whole",
    [
        PARAGRAPH,
        "قالت الناطقة، مؤكدة أن المجلس يتابع الأمر.",
        "“لن نخرج من الحي” قال أحدهم.",
        "قال:” لن نخرج”.",
        "وبحسب المجلس فإن “الجهات المختصة تعمل على الأمر”.",
    ],
)
def test_a_beginning_that_was_not(whole: str) -> None:
    assert not begins_inside(whole)


def test_blank_text_has_no_story() -> None:
    assert stories(" \n\r\n") == ()
    assert lines("") == ()


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=120))
def test_lines_hold_every_word_and_stories_every_line(text: str) -> None:
    found = lines(text)
    assert "".join("".join(line.span.of(text).split()) for line in found) == "".join(text.split())
    for line in found:
        if line.dateline is not None:
            assert line.span.start == line.dateline.start
            assert line.dateline.end <= line.span.end
    told = stories(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(told))
    for line in found:
        assert sum(story.span.start <= line.span.start and line.span.end <= story.span.end for story in told) == 1


def test_line_ends_do_not_matter() -> None:
    rows = [HEADLINE, "بيروت (رويترز) - " + PARAGRAPH, GOES_ON, "اقرأ أيضا: سعر الصرف"]
    assert [line.kind for line in lines("\r\n".join(rows))] == kinds(*rows)


@pytest.mark.parametrize(
    "unit", ["\n", "ا\n", "#a ", "– ", "a - ", "| ", "…", "(", "وسوم:\n", PARAGRAPH + "\n", "كتب: ا\n"]
)
def test_time_is_linear(unit: str) -> None:
    spent = []
    for size in (10_000, 80_000):
        started = time.process_time()
        stories(unit * (size // len(unit)))
        spent.append(time.process_time() - started)
    assert spent[1] < 24 * spent[0] + 0.5


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold dossiers are not here")
@pytest.mark.parametrize("part", ["train", "dev"])
def test_no_line_that_holds_a_claim_is_passed_over(part: str) -> None:
    lost = []
    for folder in sorted((GOLD / part).iterdir()):
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        for row in (folder / "reports.jsonl").read_text("utf-8").splitlines():
            report = json.loads(row)
            claims = gold["claims"].get(report["id"], [])
            for line in lines(report["text"], title=report["title"] or ""):
                held = any(c["start"] < line.span.end and c["end"] > line.span.start for c in claims)
                lost += [(folder.name, report["id"], line)] if held and line.kind != "body" else []
    assert lost == []


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold dossiers are not here")
def test_the_crawled_page_has_four_stories() -> None:
    row = (GOLD / "dev" / "seed" / "reports.jsonl").read_text("utf-8").splitlines()[0]
    text = json.loads(row)["text"]
    told = stories(text)
    assert [story.cut_off for story in told] == [False, False, True, False]
    assert [story.headline is not None for story in told] == [False, True, False, True]
