"""Search: what is found, the same on both databases, marked where it stands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tawatur.cli import app
from tawatur.errors import LedgerError, NotFoundError
from tawatur.lang.spellings import spellings
from tawatur.ledger import (
    Filters,
    Ledger,
    SavedSearch,
    forget_search,
    open_ledger,
    save_search,
    saved_search,
    search,
)
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.search_query import matches, parse
from tawatur.ledger.search_words import plain
from tawatur.model import Claim, Comparison, Figure, Lineage, Link, Place, Report, Span, Time

EMPTY = Comparison((), (), Lineage(), (), (), (), ())


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    made = open_ledger(url, create=True, author="tester")
    yield made
    made.close()


def _written(ledger: Ledger, *texts: str) -> None:
    reports = tuple(Report.make(text, name=str(n), published=f"2020-01-{n + 1:02}") for n, text in enumerate(texts))
    ledger.write(replace(EMPTY, reports=reports))


def _names(ledger: Ledger, query: str, **options: object) -> list[str]:
    return sorted(hit.report.name for hit in search(ledger, query, **options).hits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("وصلَت القُوّات إلى إدلب", "القوات الي ادلب"),
        ("مدينة حماة", "مدينه حماه"),
        ("مستشفى ميدانيّ", "مستشفي ميداني"),
        ("قـــصـــف عنيف", "قصف"),
        ("بالمستشفى", "مستشفى"),
        ("للاجئين في المخيّم", "لاجئين"),
        ("للمدنيين", "المدنيون"),
        ("ونازحون كثر", "نازحين"),
        ("وبحلب", "حلب"),
        ("حلب", "بحلب"),
        ("نحو ٩٥٠٠ شخص", "9500"),
        ("نحو 9,500 شخص", "۹۵۰۰"),
        ("قواتها", "القوات"),
        ("مدينته", "المدينة"),
        ("غارات", "غارة"),
        ("رئیس الکتائب", "رئيس الكتائب"),
        ("ﺣﻠﺐ", "حلب"),
        ("مقاتلي المعارضة", "مقاتلين"),
    ],
)
def test_a_word_is_found_as_others_write_it(ledger: Ledger, written: str, asked: str) -> None:
    _written(ledger, f"قبل ذلك {written} بعد ذلك", "شيء آخر تماماً")
    assert _names(ledger, asked) == ["0"]


@pytest.mark.parametrize(
    ("written", "asked"), [("لديه", "بلدية"), ("ولده", "بلدة"), ("حلبجة", "حلب"), ("زاره", "وزارة")]
)
def test_other_words_are_not(ledger: Ledger, written: str, asked: str) -> None:
    _written(ledger, written)
    assert _names(ledger, asked) == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("كتائب الثوار", "كتيبة"), ("الكتيبة الأولى", "كتائب"), ("سقوط قتلى", "قتيل"), ("18 قتيلاً", "القتلى"),
        ("وللشهداء", "شهيد"), ("شهيد واحد", "شهداء"), ("بالجرحى", "جريح"), ("جريحان", "الجرحى"), ("الجرحى", "جريحين"),
        ("أطفالهم", "أطفال"), ("طفل", "الأطفال"), ("مبانٍ", "مبنى"), ("والطرق", "طريق"), ("5 أسر", "أسرة"),
        ("نشطاء", "ناشطين"), ("ناشطون", "نشطاء"), ("جنود", "جندي"), ("فوج", "أفواج"), ("المزارع", "مزرعة"),
    ],
)  # fmt: skip
def test_a_noun_is_found_in_its_other_number_where_that_is_a_word_of_its_own(
    ledger: Ledger, written: str, asked: str
) -> None:
    _written(ledger, f"قبل ذلك {written} بعد ذلك", "شيء آخر تماماً")
    (hit,) = search(ledger, asked).hits
    (mark,) = hit.marks
    assert mark.of(hit.report.text) in written.split()
    if asked not in written:
        assert _names(ledger, asked, raw=True) == _names(ledger, f'"{asked}"') == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [("وزارة الإعلام", "علم"), ("إعمار حلب", "عمر"), ("مزرعة", "مزارع"), ("سرير", "أسرة")],
)
def test_nouns_that_are_only_written_alike_are_not(ledger: Ledger, written: str, asked: str) -> None:
    _written(ledger, written)
    assert _names(ledger, asked) == []


def test_the_word_itself_comes_before_its_other_number(ledger: Ledger) -> None:
    _written(ledger, "كتيبة", "كتائب", "كتيبة")
    assert [hit.report.name for hit in search(ledger, "كتيبة").hits] == ["2", "0", "1"]
    assert [hit.report.name for hit in search(ledger, "كتائب").hits] == ["1", "2", "0"]


def test_phrases_alternatives_exclusions_and_beginnings(ledger: Ledger) -> None:
    _written(ledger, "قصف الجيش السوري حلب", "قصف السوري الجيش إدلب", "للجيش السوري حاجز في حمص", "نازحون من إدلب")
    assert _names(ledger, '"الجيش السوري"') == ["0", "2"]
    assert _names(ledger, "«الجيش السوري» NOT حاجز") == ["0"]
    assert _names(ledger, "حلب OR حمص") == ["0", "2"]
    assert _names(ledger, "قصف (حلب OR إدلب)") == ["0", "1"]
    assert _names(ledger, "قصف -حلب") == ["1"]
    assert _names(ledger, "نازح*") == ["3"]
    assert _names(ledger, "قصف AND إدلب") == ["1"]


def test_raw_mode_takes_code_points_as_they_are(ledger: Ledger) -> None:
    _written(ledger, "إدلب", "ادلب", "إدلبي", "قـصف", "بلا شيء ٪")
    assert _names(ledger, "إدلب", raw=True) == ["0"]
    assert _names(ledger, "ادلب", raw=True) == ["1"]
    assert _names(ledger, "قـصف", raw=True) == ["3"]
    assert _names(ledger, "قصف", raw=True) == []
    assert _names(ledger, "٪", raw=True) == ["4"]


@pytest.mark.parametrize("query", ["(حلب", "حلب)", "NOT حلب", "حلب OR", "()", "ح*", "OR", "NOT", '-"حلب"', "أ " * 41])
def test_what_makes_no_sense_is_told_in_one_line(ledger: Ledger, query: str) -> None:
    with pytest.raises(LedgerError) as told:
        search(ledger, query)
    assert "\n" not in str(told.value)


def _claim(report: Report, words: str, **values: object) -> Claim:
    span = Span(report.text.index(words), report.text.index(words) + len(words))
    return Claim(Claim.key(report.id, span, "airstrike"), report.id, span, "airstrike", "occurred", **values)  # type: ignore[arg-type]


def _filtered(ledger: Ledger) -> Callable[..., list[str]]:
    text = "قصف على حلب. قصف على اعزاز. قصف على إدلب. قصف بلا مكان."
    report = Report.make(text, name="r", outlet="وكالة الأنباء", published="2016-12-20T10:00:00Z")
    claims = (
        _claim(report, "قصف على حلب", places=(Place("حلب", "Aleppo", 36.2, 37.16),),
               times=(Time("الأحد", "2016-12-18", "2016-12-18"),), attribution=(Link("المرصد السوري", "asserted"),),
               figures=(Figure("5", Span(0, 1), 5, 7, False, "civilians", "killed"),)),
        _claim(report, "قصف على اعزاز", places=(Place("اعزاز", "Azaz", 36.59, 37.05),),
               times=(Time("منذ سنة", "2015-12-01", "2016-12-20"),), said="2016-12-19"),
        _claim(report, "قصف على إدلب", places=(Place("إدلب", "Idlib", 35.93, 36.63),),
               times=(Time("الجمعة", "2016-11-18", "2016-11-18"),),
               figures=(Figure("100", Span(0, 1), 100, None, False, "fighters", "injured"),)),
        _claim(report, "قصف بلا مكان"),
    )  # fmt: skip
    ledger.write(replace(EMPTY, reports=(report,), claims=claims))

    def found(query: str = "قصف", **filters: object) -> list[str]:
        hits = search(ledger, query, Filters(within="claims", **filters)).hits  # type: ignore[arg-type]
        return sorted(hit.quote.split()[-1] for hit in hits)

    return found


@pytest.mark.parametrize("query", ["قصف", ""])
def test_filters(ledger: Ledger, query: str) -> None:
    found = _filtered(ledger)
    assert found(query) == ["إدلب", "اعزاز", "حلب", "مكان"]
    assert found(query, place="حلب") == found(query, place="Aleppo") == ["حلب"]
    assert found(query, place="محافظة حلب") == ["اعزاز", "حلب"]
    assert found(query, place="سوريا") == ["إدلب", "اعزاز", "حلب"]
    assert found(query, place="حلب", radius_km=50) == found(query, place="36.2,37.16", radius_km=50) == ["اعزاز", "حلب"]
    assert found(query, place="حلب", radius_km=70) == ["إدلب", "اعزاز", "حلب"]
    assert found(query, happened=("2016-12-01", "2016-12-31")) == ["اعزاز", "حلب"]
    assert found(query, happened=("2016-11-01", "2016-11-30")) == ["إدلب", "اعزاز"]
    assert found(query, happened=("", "2016-11-30")) == ["إدلب", "اعزاز"]
    assert found(query, place="محافظة حلب", happened=("2016-12-18", "2016-12-18")) == ["اعزاز", "حلب"]
    assert found(query, said=("2016-12-19", "")) == ["اعزاز"]
    assert found(query, published=("2016-12-21", "")) == []
    assert len(found(query, published=("2016-12-20", "2016-12-20"))) == 4
    assert found(query, origin="المرصد") == found(query, stance=("asserted",)) == ["حلب"]
    assert len(found(query, outlet="وكالة الانباء")) == 4
    assert found(query, outlet="كالة") == []
    assert found(query, population=("civilians",)) == found(query, outcome=("killed",)) == ["حلب"]
    assert found(query, low=6) == ["إدلب", "حلب"]
    assert found(query, low=8) == ["إدلب"]
    assert found(query, high=6) == ["حلب"]
    assert found(query, population=("civilians",), low=50) == []
    assert found(query, event_type=("aid",)) == found(query, status=("planned",)) == []
    assert len(found(query, review="machine")) == 4


@pytest.mark.parametrize(
    "wrong",
    [{"place": "لا مكان كهذا"}, {"place": "99,500"}, {"place": "حلب", "radius_km": -1}, {"happened": ("yesterday", "")},
     {"review": "perfect"}, {"within": "nothing"}, {"within": "reports", "low": 3}, {"origin": "؟"}],
)  # fmt: skip
def test_filters_that_make_no_sense(ledger: Ledger, wrong: dict[str, object]) -> None:
    with pytest.raises(LedgerError):
        search(ledger, "قصف", Filters(**wrong))  # type: ignore[arg-type]


def test_the_grade_of_an_event(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    for grade in ("weak", "fair", "contested", "confirmed"):
        events = {estimate.event for estimate in comparison.estimates if estimate.grade == grade}
        wanted = {claim for event in comparison.events if event.id in events for claim in event.claims}
        hits = search(ledger, filters=Filters(grade=grade), limit=1000).hits
        assert {hit.claim.id for hit in hits if hit.claim} == wanted


def test_marks_are_whole_words_of_the_raw_text(ledger: Ledger) -> None:
    raw = "\u200fقُصِفـت \u2067المدينةُ\u2069؛ والمَدينَةِ 🙂 ﻣﺪﻳﻨﺔ"
    _written(ledger, raw)
    (hit,) = search(ledger, "مدينة").hits
    assert [mark.of(raw) for mark in hit.marks] == ["المدينةُ", "والمَدينَةِ", "ﻣﺪﻳﻨﺔ"]


@pytest.mark.parametrize("order", ["relevance", "date"])
@pytest.mark.parametrize("query", ["حلب", ""])
def test_pages_are_the_whole_without_gap_or_repeat(
    ledger: Ledger, comparison: Comparison, order: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.write(comparison)
    monkeypatch.setattr(sys.modules["tawatur.ledger.searching"], "WINDOW", 7)
    whole = search(ledger, query, order=order, limit=1000)  # type: ignore[arg-type]
    seen, after = [], None
    while True:
        page = search(ledger, query, order=order, limit=3, after=after)  # type: ignore[arg-type]
        seen += page.hits
        after = page.after
        if after is None:
            break
    assert whole.after is None
    assert seen == list(whole.hits)
    assert len(seen) == len(set(seen)) > 20
    if order == "date":
        days = [(hit.report.published or "")[:10] for hit in seen]
        assert days == sorted(days, reverse=True)


def test_what_stands_no_longer_is_not_found_and_what_comes_back_is(ledger: Ledger, comparison: Comparison) -> None:
    def claims() -> set[str]:
        return {h.claim.id for h in search(ledger, "حلب", Filters(within="claims"), limit=1000).hits if h.claim}

    ledger.write(comparison)
    first = claims()
    ledger.write(replace(comparison, claims=(), events=(), accounts=(), findings=(), estimates=()))
    assert first
    assert claims() == set()
    ledger.write(comparison)
    assert claims() == first


def test_a_ledger_of_before_gets_its_index_by_migration(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    wanted = {(h.report.id, h.claim, h.span) for h in search(ledger, "حلب", limit=1000).hits}
    with writing(ledger.engine) as connection:
        for table in ("search_words", "search_texts", "search_spots", "search_numbers", "searches"):
            if table == "search_words" and connection.dialect.name == "postgresql":
                continue
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DELETE FROM migrations WHERE name = '0002 search'"))
    from tawatur.ledger.migrations import migrate

    migrate(ledger.engine, at="now", author="tester")
    assert {(h.report.id, h.claim, h.span) for h in search(ledger, "حلب", limit=1000).hits} == wanted


def test_a_long_report_is_searched_to_its_end(ledger: Ledger) -> None:
    _written(ledger, "كلام " * 5000 + "قصف حلب " + "كلام " * 3000)
    (hit,) = search(ledger, '"قصف حلب"').hits
    assert hit.marks[0].of(hit.report.text) == "قصف حلب"
    assert "قصف حلب" in hit.quote


WORDS = ["قصف", "القصف", "بقصف", "حلب", "وحلب", "إدلب", "مدنيين", "المدنيون", "9500", "في"]
QUERY = st.recursive(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(["مدني*", '"قصف حلب"', '"القصف في حلب"', "ادل*"])),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]} {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} OR {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} NOT {p[1]})"),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERY, seed=st.integers(0, 5))
def test_the_index_finds_what_reading_word_by_word_finds(ledger: Ledger, query: str, seed: int) -> None:
    import random

    rng = random.Random(seed)
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(1, 7))) for _ in range(12)]
    with writing(ledger.engine) as connection:
        connection.execute(text("DELETE FROM search_texts"))
        connection.execute(text("DELETE FROM reports"))
    _written(ledger, *texts)
    tree = parse(query, lambda word: word in ("حلب", "قصف"))
    assert tree is not None
    assert _names(ledger, query) == sorted(str(n) for n, told in enumerate(texts) if matches(tree, plain(told)))


def test_searches_are_kept(ledger: Ledger) -> None:
    first = SavedSearch("حلب", "قصف", Filters(place="حلب", event_type=("airstrike",)))
    save_search(ledger, first)
    save_search(ledger, replace(first, query="غارة", order="date"))
    kept = saved_search(ledger, "حلب")
    assert (kept.query, kept.filters, kept.order, kept.author) == ("غارة", first.filters, "date", "tester")
    with pytest.raises(LedgerError):
        save_search(ledger, replace(first, query="("))
    forget_search(ledger, "حلب")
    with pytest.raises(NotFoundError):
        saved_search(ledger, "حلب")
    assert ledger.verify() == []


def test_the_full_text_is_in_step_after_all(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    ledger.write(replace(comparison, claims=comparison.claims[5:], events=(), accounts=(), findings=(), estimates=()))
    with reading(ledger.engine) as connection:
        held = connection.execute(text("SELECT count(*) FROM search_texts WHERE part = -1")).scalar_one()
    assert held == len(comparison.claims) - 5
    if ledger.engine.dialect.name == "sqlite":
        with writing(ledger.engine) as connection:
            connection.execute(text("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)"))


def test_the_spellings_of_a_word_say_how_far_they_are() -> None:
    told = spellings("مدنيين", lambda _: False)
    assert (told["مدنيين"], told["والمدنيين"], told["للمدنيين"], told["مدنيون"]) == (0, 1, 1, 2)
    assert spellings("aleppo", lambda _: False) == {"aleppo": 0}


def test_the_command(example: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'l.db'}"

    def call(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, words, env={"TAWATUR_LEDGER": url})
        assert result.exit_code == code, result.output
        return result.output

    call("run", str(example), "--ledger", url)
    told = json.loads(call("search", "حافلات", "--min", "10", "--save", "buses"))
    assert told["hits"]
    for hit in told["hits"]:
        assert hit["kind"] == "claim"
        assert all(hit["start"] <= first < last <= hit["end"] for first, last in hit["marks"])
    assert json.loads(call("search", "--use", "buses")) == told
    assert "buses" in call("search", "--saved")
    call("search", "--forget", "buses")
    assert "buses" not in call("search", "--saved")


def test_the_terminal_shows_marks_in_isolates(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'l.db'}"
    monkeypatch.setattr(sys.modules["tawatur.cli.search"], "on_terminal", lambda: True)
    CliRunner().invoke(app, ["run", str(example), "--ledger", url])
    shown = CliRunner().invoke(app, ["search", '"شرق حلب"', "--ledger", url]).output
    assert "[شرق حلب]" in shown
    assert shown.count("\u2068") == shown.count("\u2069") > 0
