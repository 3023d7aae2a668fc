"""Times: what phrases mean against an anchor, with and without one."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.claims import times
from tawatur.claims import times_calendar as cal
from tawatur.claims.tokens import tokenise
from tawatur.lang import load
from tawatur.model import Time

PACK = load()
THURSDAY = "2016-08-25T18:00:00+03:00"


def dated(text: str, published: str | None = THURSDAY, status: str = "occurred") -> list[Time]:
    tokens = tokenise(text, PACK.lexicon)
    hits = times.find(tokens, PACK, times.anchor_of(published))
    return list(times.settle(hits, tokens, 0, len(tokens.words), status))


def bounds(text: str, published: str | None = THURSDAY, status: str = "occurred") -> tuple[str | None, str | None]:
    found = dated(text, published, status)
    assert len(found) == 1, [t.text for t in found]
    return found[0].start, found[0].end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("قتل ثلاثة أمس", "2016-08-24", "2016-08-24"),
        ("قتل ثلاثة يوم الاثنين", "2016-08-22", "2016-08-22"),
        ("قتل ثلاثة أمس الأول", "2016-08-23", "2016-08-23"),
        ("قتل ثلاثة فجر اليوم الخميس", "2016-08-25", "2016-08-25"),
        ("قتل ثلاثة قبل يومين", "2016-08-23", "2016-08-23"),
        ("قتل ثلاثة في 7 آب", "2016-08-07", "2016-08-07"),
        ("قتل ثلاثة في السابع والعشرين من كانون الثاني/يناير", "2016-01-27", "2016-01-27"),
        ("قتل ثلاثة في 20 نوفمبر", "2015-11-20", "2015-11-20"),
        ("قتل ثلاثة في حزيران/يونيو الماضي", "2016-06-01", "2016-06-30"),
        ("قتل ثلاثة يوم 16 / 10 / 2015", "2015-10-16", "2015-10-16"),
        ("قتل ثلاثة في 16 ذو القعدة 1437 هـ", "2016-08-19", "2016-08-19"),
        ("قتل ثلاثة عام 2014", "2014-01-01", "2014-12-31"),
        ("قتل ثلاثة مطلع آب", "2016-08-01", "2016-08-10"),
        ("قتل ثلاثة الأسبوع الماضي", "2016-08-14", "2016-08-20"),
        ("يحاصرون البلدة منذ عام 2012", "2012-01-01", "2016-08-25"),
        ("يحاصرون البلدة منذ أسبوعين", "2016-08-11", "2016-08-25"),
        ("قتل ثلاثة خلال الساعات الأربع والعشرين الماضية", "2016-08-24", "2016-08-25"),
        ("قتل ثلاثة خلال الـ72 ساعة الماضية", "2016-08-22", "2016-08-25"),
        ("المعبر مغلق حتى الآن", None, "2016-08-25"),
        ("قتل ثلاثة بين الثلاثاء والخميس", "2016-08-23", "2016-08-25"),
        ("قتل ثلاثة بين 3 و10 آب", "2016-08-03", "2016-08-10"),
        ("قتل ثلاثة ليل الثلاثاء", "2016-08-23", "2016-08-24"),
    ],
)
def test_a_phrase_is_dated_from_the_day_of_publication(text: str, start: str | None, end: str | None) -> None:
    assert bounds(text) == (start, end)


def test_a_clock_time_makes_a_date_time() -> None:
    text = "يُغلق المعبر من السابعة مساء اليوم ولغاية السادسة من صباح غد الجمعة"
    assert bounds("وقع الانفجار الساعة الثامنة والنصف من مساء أمس") == ("2016-08-24T20:30:00", "2016-08-24T20:30:00")
    start, end = bounds(text)
    assert str(start)[:10] == "2016-08-25"
    assert str(end)[:10] == "2016-08-26"


def test_a_planned_weekday_looks_ahead() -> None:
    assert bounds("تغادر القافلة يوم الأحد", status="planned") == ("2016-08-28", "2016-08-28")
    assert bounds("غادرت القافلة يوم الأحد", status="occurred") == ("2016-08-21", "2016-08-21")


def test_without_an_anchor_only_full_dates_are_dated() -> None:
    assert bounds("قتل ثلاثة يوم الاثنين", None) == (None, None)
    assert bounds("قتل ثلاثة يوم 16 / 10 / 2015", None) == ("2015-10-16", "2015-10-16")


def test_a_dateline_anchors_a_report_without_publication_date() -> None:
    found = dated("درعا، 12 آذار 2017\nقتل ثلاثة يوم الجمعة", None)
    assert (found[-1].text, found[-1].start) == ("يوم الجمعة", "2017-03-10")


def test_the_time_of_the_reporting_verb_is_told_apart() -> None:
    tokens = tokenise("قال المصدر يوم الثلاثاء إن القصف بدأ أمس", PACK.lexicon)
    hits = times.find(tokens, PACK, times.anchor_of(THURSDAY))
    verb_after = next(at for at, word in enumerate(tokens.words) if word.fold == "ان")
    assert times.said_time(hits, 0, verb_after) == "2016-08-23"
    assert times.said_time(hits, 0, 1) is None


def test_spans_point_at_the_words() -> None:
    text = "وصباح الجمعة قُتل ثلاثة"
    (found,) = dated(text)
    assert found.span is not None
    assert found.span.of(text) == found.text == "صباح الجمعة"


def test_the_examples_of_the_pack_hold() -> None:
    for dimension, spec in PACK.specs.values():
        if dimension == "times":
            for example in spec.examples:
                found = [value for name, value in times.fired(example.text, PACK) if name == spec.id]
                assert found, (spec.id, example.text)
                assert example.gives is None or example.gives in found, (spec.id, example.text, found)
            for text in spec.counter:
                assert spec.id not in dict(times.fired(text, PACK)), (spec.id, text)


days = st.dates(date(1990, 1, 1), date(2080, 1, 1))


@given(days, st.integers(0, 6))
def test_a_weekday_lies_within_the_week_before_or_after(day: date, number: int) -> None:
    back = cal.weekday(number)(cal.Moment(day))
    ahead = cal.weekday(number)(cal.Moment(day, forward=True))
    assert back is not None
    assert ahead is not None
    assert back.start is not None
    assert ahead.start is not None
    assert back.start.weekday() == ahead.start.weekday() == number
    assert timedelta(0) <= day - back.start < timedelta(7)
    assert timedelta(0) <= ahead.start - day < timedelta(7)


@given(days, st.integers(1, 28), st.integers(1, 12))
def test_a_yearless_date_is_the_nearest_on_its_side(day: date, number: int, month: int) -> None:
    past = cal.calendar(number, month, None)(cal.Moment(day))
    ahead = cal.calendar(number, month, None)(cal.Moment(day, forward=True))
    assert past is not None
    assert ahead is not None
    assert past.start is not None
    assert ahead.start is not None
    assert day - timedelta(366) < past.start <= day <= ahead.start < day + timedelta(367)


@given(days, st.sampled_from(["day", "week", "month", "year"]), st.integers(1, 40))
def test_shifting_there_never_goes_the_wrong_way(day: date, unit: str, count: int) -> None:
    assert cal.shifted(day, unit, -count) < day < cal.shifted(day, unit, count)


@given(st.text(alphabet="منذ حتى يوم الأحد 12/3 آب ليل و، قبل\n2016", max_size=60))
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    tokens = tokenise(text, PACK.lexicon)
    hits = times.find(tokens, PACK, times.anchor_of(THURSDAY))
    assert all(a.after <= b.first or a.end <= b.start for a, b in itertools.pairwise(hits))
    assert all(tokens.text[h.start : h.end] == h.text for h in hits)


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("الأحد 21/8: مداهمة ورشات المنطقة الصناعية؛ توقيف ثلاثة عمال", 3, "2016-08-21"),
        ("الأحد 21/8: مداهمة ورشات المنطقة الصناعية. توقيف ثلاثة عمال", 3, None),
        ("التقى الوفدان الأحد 21/8: توقيف ثلاثة عمال", 3, None),
    ],
)
def test_a_day_at_the_head_of_its_sentence_governs_it(text: str, words: int, start: str | None) -> None:
    tokens = tokenise(text, PACK.lexicon)
    hits = times.find(tokens, PACK, times.anchor_of(THURSDAY))
    found = times.settle(hits, tokens, len(tokens.words) - words, len(tokens.words), "occurred")
    assert [t.start for t in found] == ([start] if start else [])
