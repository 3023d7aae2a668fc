"""Marks of place and time, and the words that the index of SQLite is asked for, leave out nothing that is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, inspect, select, text

from tawatur.ledger import Filters, Ledger, bulk, open_ledger, redact, search, search_tags
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.doctor import examine
from tawatur.ledger.migrations import migrate
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing
from tawatur.ledger.search_places import KM_A_DEGREE, Area
from tawatur.model import Claim, Comparison, Lineage, Place, Report, Span, Time

DAYS = st.integers(1, 3_000_000)
NEAR_OURS = st.integers(730_000, 740_000)
LATITUDES, LONGITUDES = st.floats(-80, 80), st.floats(-170, 170)


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    made = open_ledger(url, create=True, author="tester")
    yield made
    made.close()


@settings(max_examples=500)
@given(
    time=st.tuples(NEAR_OURS | DAYS, st.integers(0, 40) | st.integers(0, 4000)),
    first=st.none() | NEAR_OURS | DAYS,
    length=st.none() | st.integers(0, 60) | st.integers(0, 9000),
)
def test_a_time_has_a_mark_of_all_days_that_share_one_with_it(
    time: tuple[int, int], first: int | None, length: int | None
) -> None:
    begin, end = time[0], time[0] + time[1]
    last = None if length is None else (first or begin) + length
    if (first is None or end >= first) and (last is None or begin <= last):
        assert set(search_tags.of_time(begin, end)) & set(search_tags.for_days(first, last))


@settings(max_examples=500)
@given(lat=LATITUDES, lon=LONGITUDES, north=st.floats(-1, 1), east=st.floats(-1, 1), km=st.floats(0.5, 1500))
def test_a_point_has_a_mark_of_every_circle_around_it(
    lat: float, lon: float, north: float, east: float, km: float
) -> None:
    asked = search_tags.for_area(Area(((lat, lon, km),)))
    degrees = km / KM_A_DEGREE / 1.5
    inside = (lat + degrees * north, lon + degrees * east)
    assert not asked or set(search_tags.of_place(*inside, "")) & set(asked)
    assert len(asked) <= 100


def test_marks_are_few_for_days_and_towns_and_tell_far_from_near() -> None:
    assert set(search_tags.for_days(736_000, 736_030)).isdisjoint(search_tags.of_time(736_100, 736_101))
    town = search_tags.for_area(Area(((36.2, 37.16, 5.0),)))
    assert 0 < len(town) < 20
    assert set(town).isdisjoint(search_tags.of_place(36.6, 37.16, "SY:Aleppo"))
    assert search_tags.for_area(Area((), ("SY:Aleppo", "IQ:"))) == ("§rsyaleppo", "§niq")


def _written(ledger: Ledger, *texts: str) -> None:
    reports = tuple(Report.make(words, name=str(n), published=f"2020-01-{n + 1:02}") for n, words in enumerate(texts))
    ledger.write(Comparison(reports, (), Lineage(), (), (), (), ()))


@pytest.mark.parametrize("many", [0, 2, 500])
def test_a_beginning_finds_the_same_however_many_words_have_it(
    ledger: Ledger, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written(ledger, "نازحون", "ونازحين", "النازحة", "نزح", "نازح حلب")
    monkeypatch.setattr(sys.modules["tawatur.ledger.search_vocabulary"], "_MANY", many)
    assert sorted(hit.report.name for hit in search(ledger, "نازح*").hits) == ["0", "1", "4"]
    assert [hit.report.name for hit in search(ledger, 'نازح* NOT (ون* OR "نازحون")').hits] == ["4"]
    assert search(ledger, "كلمة OR أخرى*").hits == ()


def test_times_long_and_far_off_are_found(ledger: Ledger) -> None:
    report = Report.make("قصف أول. قصف ثان. قصف ثالث. قصف رابع.", name="r", published="2016-12-20")
    spans = [Span(at, at + 8) for at in (0, 9, 18, 27)]
    times = (
        ("2016-01-01", "2016-12-31"),
        ("1990-01-01", "2019-01-01"),
        ("1750-01-01", "1750-01-01"),
        ("2016-06-01", ""),
    )
    claims = tuple(
        replace(
            Claim(Claim.key(report.id, span, "airstrike"), report.id, span, "airstrike", "occurred"),
            times=(Time("", start, end or None),),
            places=(Place("حلب", "Aleppo", 36.2, 37.16),),
        )
        for span, (start, end) in zip(spans, times, strict=True)
    )
    ledger.write(Comparison((report,), claims, Lineage(), (), (), (), ()))

    def found(first: str, last: str) -> list[int]:
        hits = search(ledger, "قصف", Filters(place="حلب", happened=(first, last))).hits
        return sorted(spans.index(hit.claim.span) for hit in hits if hit.claim)

    assert found("2016-06-01", "2016-06-30") == [0, 1, 3]
    assert found("2016-06-02", "2016-06-02") == [0, 1]
    assert found("1700-01-01", "1800-01-01") == [2]
    assert found("", "2000-01-01") == [1, 2]
    assert found("2017-01-01", "") == [1]
    assert found("2010-01-01", "2026-01-01") == [0, 1, 3]


def test_a_ledger_of_before_gets_marks_and_its_index_by_migration(ledger: Ledger) -> None:
    _written(ledger, "قصف عنيف", "قصف آخر")
    with writing(ledger.engine) as connection:
        connection.execute(text("DELETE FROM migrations WHERE name LIKE '0007%' OR name LIKE '0008%'"))
        connection.execute(text("CREATE INDEX claims_standing_until ON claims_standing (until, version)"))
        connection.execute(text("DROP INDEX claims_standing_gone"))
        connection.execute(text("DELETE FROM search_texts"))
    migrate(ledger.engine, at="now", author="tester")
    assert len(search(ledger, "قصف").hits) == 2
    names = {index["name"] for index in inspect(ledger.engine).get_indexes("claims_standing")}
    assert "claims_standing_gone" in names
    assert "claims_standing_until" not in names


def test_what_stands_in_a_report_is_not_looked_for_among_all_that_stands(ledger: Ledger) -> None:
    if ledger.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL counts its rows")
    query = select(claims.c.body).select_from(CLAIMS_BY_RUN)
    told = query.where(claims.c.report.in_(["a", "b"]), claims_standing.c.until.is_(None))
    with reading(ledger.engine) as connection:
        sql = str(told.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("claims_report" in step for step in plan)


def test_rows_go_in_by_their_day(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    put = bulk.put

    def told(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
        seen.extend(row["doc"] for row in rows if table == "search_texts")
        put(connection, table, rows)

    monkeypatch.setattr(bulk, "put", told)
    days = ("2020-03-01", "2019-01-01", "2021-01-01", None)
    reports = tuple(Report.make("قصف", name=str(n), published=day) for n, day in enumerate(days))
    ledger.write(Comparison(reports, (), Lineage(), (), (), (), ()))
    assert len(seen) == len(days)
    assert seen == sorted(seen)


def test_the_doctor_sees_words_that_would_not_be_found(ledger: Ledger) -> None:
    if ledger.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL is asked for every spelling")
    _written(ledger, "وقصف عنيف")
    with writing(ledger.engine) as connection:
        connection.execute(text("DELETE FROM search_vocabulary WHERE word = 'وقصف'"))
    assert search(ledger, "قصف").hits == ()
    (check,) = (check for check in examine(ledger) if check.name == "search index")
    assert not check.well
    examine(ledger, fix=True)
    assert len(search(ledger, "قصف").hits) == 1


def test_a_redacted_name_is_no_word_of_the_index(ledger: Ledger) -> None:
    if ledger.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps no list of words")
    _written(ledger, "قال رامي عبدالرحمن إن القصف عنيف")
    redact(ledger, ["رامي عبدالرحمن"])
    with reading(ledger.engine) as connection:
        held = set(connection.execute(text("SELECT word FROM search_vocabulary")).scalars())
    assert "عنيف" in held
    assert not held & {"رامي", "عبدالرحمن"}
