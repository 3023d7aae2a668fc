"""Rows that monitors log: understood, refused where they cannot be, and made claims at first hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import tawatur
from intake import gather
from tables import NEWS, NEWS_HEADER, SEEN, SEEN_HEADER, delimited, parquet, submissions, workbook
from tawatur import lang
from tawatur.archive.observations import cells_of, rendered
from tawatur.claims import observe
from tawatur.extraction import Extract
from tawatur.findings.frames import frames
from tawatur.findings.relations import relate
from tawatur.lang.tables import VALUES, fields_of, label_of, value_of
from tawatur.model import Claim, Report

HEAD = ("date", "place", "population", "outcome", "count", "monitor")
ROW = ("2016-12-16", "حلب", "people", "evacuated", "40", "M1")


def _sheet(tmp_path: Path, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Path:
    path = tmp_path / "seen.csv"
    path.write_text(delimited([head, *rows]), "utf-8")
    return path


def _claim(report: Report) -> Claim:
    (claim,) = Extract()(report).claims
    return claim


def _claims(path: Path, **options: Any) -> list[Claim]:
    return [_claim(report) for report in gather(path, **options)[0]]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json"])
def test_the_same_rows_in_every_form(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"seen.{form}"
    if form == "csv":
        path.write_text(delimited([SEEN_HEADER, *SEEN]), "utf-8")
    elif form == "xlsx":
        workbook(path, ("رصد", [SEEN_HEADER, *SEEN]))
    elif form == "parquet":
        parquet(path, SEEN_HEADER, SEEN)
    else:
        submissions(path)
    reports, issues = gather(path)
    assert issues == []
    told = [
        (c.event_type, c.status, c.figures[0].low, c.figures[0].population, c.figures[0].outcome, c.times[0].start)
        for c in map(_claim, reports)
    ]
    assert told == [
        ("evacuation", "occurred", 951, "people", "evacuated", "2016-12-16T06:30"),
        ("evacuation", "occurred", 108, "wounded", "evacuated", "2016-12-16T14:30"),
        ("evacuation", "occurred", 20, "buses", "carried_out", "2016-12-16T18:00"),
    ]


def test_a_claim_points_at_its_own_cells(tmp_path: Path) -> None:
    (report,) = gather(_sheet(tmp_path, ROW))[0]
    claim = _claim(report)
    assert (
        report.text
        == "date: 2016-12-16 · place: حلب · population: people · outcome: evacuated · count: 40 · monitor: M1"
    )
    assert claim.span.of(report.text).startswith("2016-12-16 · place")
    figure, place, time, voice = claim.figures[0], claim.places[0], claim.times[0], claim.attribution[0]
    for words, span in (
        (figure.text, figure.span),
        (place.text, place.span),
        (time.text, time.span),
        ("M1", voice.span),
    ):
        assert span is not None
        assert span.of(report.text) == words
    assert (place.name, place.lat) == ("Aleppo", 36.2)
    assert claim.first_hand
    assert claim.origin is not None
    assert claim.origin.kind == "monitor"
    assert rendered(report.fields) == report.text
    assert [cell.span.of(report.text) for cell in cells_of(report.fields)] == [cell for _, cell in report.fields]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"count": "-3"}, "negative"),
        ({"count": "كثير"}, "is no count"),
        ({"count": "2.5"}, "no whole number"),
        ({"count": ""}, "no count is told"),
        ({"count": "30-10"}, "begins above its end"),
        ({"population": "أرانب"}, "not known"),
        ({"outcome": "طاروا"}, "not known"),
        ({"outcome": ""}, "what befell"),
        ({"date": "2099-01-01"}, "future"),
        ({"date": "0016-12-16"}, "no date between"),
        ({"date": "2016-13-45"}, "no date between"),
        ({"low": "50", "high": "20"}, "above the highest"),
        ({"low": "50"}, "not between"),
        ({"lat": "91", "lon": "37"}, "no degree between -90 and 90"),
        ({"lat": "36", "lon": "200"}, "no degree between -180 and 180"),
        ({"time": "25:10"}, "is no time"),
        ({"time": "15:00", "until": "14:00"}, "lies before"),
        ({"event_type": "عرس"}, "not known"),
        ({"status": "ربما"}, "not known"),
        ({"position": "36.2"}, "no latitude and longitude"),
    ],
)
def test_what_cannot_be_is_refused_row_by_row(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    row = {**dict(zip(HEAD, ROW, strict=True)), **changed}
    good = [dict(zip(HEAD, ROW, strict=True)).get(name, "") for name in row]
    reports, issues = gather(_sheet(tmp_path, tuple(row.values()), tuple(good), head=tuple(row)))
    assert len(reports) == 1
    assert [(issue.place, issue.severity) for issue in issues] == [("line 2", "refused")]
    assert reason in issues[0].reason


@pytest.mark.parametrize(
    ("count", "more", "bounds"),
    [
        ("40", {}, (40, 40, False)),
        ("٤٠", {}, (40, 40, False)),
        ("1,250", {}, (1250, 1250, False)),
        ("100-150", {}, (100, 150, False)),
        ("100+", {}, (100, None, False)),
        ("<100", {}, (None, 100, False)),
        ("~100", {}, (100, 100, True)),
        ("100", {"how": "تقدير"}, (100, 100, True)),
        ("100", {"low": "90", "high": "120"}, (90, 120, False)),
        ("", {"low": "90", "high": "120"}, (90, 120, False)),
        ("0", {}, (0, 0, False)),
    ],
)
def test_counts_have_bounds(tmp_path: Path, count: str, more: dict[str, str], bounds: tuple[Any, ...]) -> None:
    row = {**dict(zip(HEAD, ROW, strict=True)), "count": count, **more}
    (claim,) = _claims(_sheet(tmp_path, tuple(row.values()), head=tuple(row)))
    figure = claim.figures[0]
    assert (figure.low, figure.high, figure.approximate) == bounds


def test_times_and_places(tmp_path: Path) -> None:
    head = (*HEAD, "time", "until", "from place", "to place", "lat", "lon")
    row = (*ROW, "06:00", "20:30", "حلب", "إدلب", "36.21", "37.1")
    (claim,) = _claims(_sheet(tmp_path, row, head=head))
    assert (claim.times[0].start, claim.times[0].end) == ("2016-12-16T06:00", "2016-12-16T20:30")
    assert [(p.role, p.name, p.lat) for p in claim.places] == [
        ("at", "Aleppo", 36.21),
        ("from", "Aleppo", 36.2),
        ("to", "Idlib", claim.places[2].lat),
    ]


def test_rows_without_a_monitor_are_one_account_and_told(tmp_path: Path) -> None:
    reports, issues = gather(_sheet(tmp_path, ROW[:5], (*ROW[:4], "41"), head=HEAD[:5]))
    assert {report.outlet for report in reports} == {"seen.csv"}
    assert [issue.severity for issue in issues] == ["doubtful"]
    assert "no monitor is named" in issues[0].reason
    assert [_claim(report).first_hand for report in reports] == [False, False]
    assert gather(_sheet(tmp_path, ROW[:5], head=HEAD[:5]), outlet="فريق الرصد")[0][0].outlet == "فريق الرصد"


def test_a_published_table_is_its_source_s_own_and_not_first_hand(tmp_path: Path) -> None:
    head = ("Date", "Town", "Killed", "Injured", "Source")
    ((report,), _) = gather(_sheet(tmp_path, ("16-Dec-16", "حلب", "3", "", "مشفى البلدة"), head=head))
    claim = _claim(report)
    assert (report.outlet, claim.attribution, claim.first_hand) == ("مشفى البلدة", (), False)
    assert (claim.figures[0].low, claim.times[0].start) == (3, "2016-12-16")


def test_what_others_told_is_not_first_hand(tmp_path: Path) -> None:
    told, counted = _claims(
        _sheet(tmp_path, (*ROW, "نقلاً عن غيره"), (*ROW[:4], "41", "M1", "counted"), head=(*HEAD, "how"))
    )
    assert not told.first_hand
    assert counted.first_hand


def test_ambiguous_dates_leave_the_time_open(tmp_path: Path) -> None:
    reports, issues = gather(_sheet(tmp_path, ("05/03/2017", *ROW[1:]), ("06/03/2017", *ROW[1:])))
    assert [_claim(report).times for report in reports] == [(), ()]
    assert sum("day first or month first" in issue.reason for issue in issues) == 1


def test_one_column_an_outcome_and_hxl_tags(tmp_path: Path) -> None:
    wide = _sheet(
        tmp_path, ("2016-12-16", "حلب", "3", "10", "M1"), head=("التاريخ", "المكان", "قتلى", "جرحى", "الراصد")
    )
    (claim,) = _claims(wide)
    assert [(f.low, f.outcome, f.population) for f in claim.figures] == [
        (3, "killed", "people"),
        (10, "injured", "people"),
    ]
    tags = ("#date", "#loc", "#affected+killed", "#affected+injured+children", "#contact+name")
    tagged = _sheet(tmp_path, tags, ("2016-12-16", "حلب", "3", "10", "M1"), head=("d", "l", "k", "i", "c"))
    (claim,) = _claims(tagged)
    assert [(f.low, f.outcome, f.population) for f in claim.figures] == [
        (3, "killed", "people"),
        (10, "injured", "children"),
    ]


def test_event_types_follow_from_the_outcome(tmp_path: Path) -> None:
    for outcome in VALUES["outcome"]:
        path = _sheet(tmp_path, ("2016-12-16", "حلب", "people", outcome, "40", "M1"))
        (claim,) = _claims(path)
        assert claim.event_type in VALUES["event_type"]
        assert claim.figures[0].outcome == outcome


def test_every_label_of_a_template_means_its_value() -> None:
    for field, values in VALUES.items():
        for value in values:
            for language in ("ar", "en"):
                assert value_of(field, label_of(field, value, language)) == value
    assert fields_of("العدد | count")[0] == "count"
    assert value_of("outcome", "no such word") is None


def test_server_columns_are_left_out(tmp_path: Path) -> None:
    (report, *_) = gather(submissions(tmp_path / "a.json"))[0]
    assert report.published == "2016-12-16T20:00:00"
    assert "submitted_via_web" not in report.text
    assert "_id: 1" in report.text


def test_exports_of_a_form_with_labels_and_groups(tmp_path: Path) -> None:
    head = (
        "KEY",
        "SubmissionDate",
        "what-date",
        "what-place",
        "what-population",
        "what-outcome",
        "what-count",
        "what-monitor",
    )
    central = _sheet(tmp_path, ("uuid:1", "2016-12-16T20:00:00.000Z", *ROW), head=head)
    (report,) = gather(central)[0]
    assert (report.name, report.published) == ("uuid:1", "2016-12-16T20:00:00Z")
    assert _claim(report).figures[0].low == 40
    labels = tuple(label_of("columns", name, "en") for name in HEAD)
    row = (
        "2016-12-16",
        "حلب",
        label_of("population", "people", "en"),
        label_of("outcome", "evacuated", "en"),
        "40",
        "M1",
    )
    (claim,) = _claims(_sheet(tmp_path, row, head=labels))
    assert claim.figures[0].outcome == "evacuated"


def test_odata_of_central(tmp_path: Path) -> None:
    one = {
        "__id": "uuid:9", "__system": {"submissionDate": "2016-12-16T20:00:00Z", "submitterName": "phone 3"},
        "date": "2016-12-16", "time": "14:30:00.000+02:00", "place": "حلب", "population": "people",
        "outcome": "evacuated", "count": 40, "monitor": "M1",
        "position": {"type": "Point", "coordinates": [37.16, 36.2, 400]},
    }  # fmt: skip
    path = tmp_path / "central.json"
    path.write_text(json.dumps({"value": [one, 3]}), "utf-8")
    reports, issues = gather(path)
    assert _claim(reports[0]).places[0].lat == 36.2
    assert _claim(reports[0]).places[0].lon == 37.16
    assert [issue.place for issue in issues] == ["item 2"]


def test_news_with_counts_stays_news(tmp_path: Path) -> None:
    rows = [(*row, "3") for row in NEWS]
    path = tmp_path / "a.csv"
    path.write_text(delimited([(*NEWS_HEADER, "قتلى"), *rows]), "utf-8")
    assert {report.form for report in gather(path)[0]} == {"csv"}


def test_any_reader_leaves_rows_alone() -> None:
    assert observe(Report.make("نص"), packs=[lang.load()]) == ()


def test_rows_of_batches_are_parts_and_side_by_side(tmp_path: Path) -> None:
    head = (*HEAD, "batch")
    rows = [(*ROW, "1"), (*ROW[:4], "60", "M1", "2"), (*ROW[:4], "99", "M2", "")]
    reports = gather(_sheet(tmp_path, *rows, head=head))[0]
    claims = [_claim(report) for report in reports]
    of = {claim.id: frames(claim, report, str(claim.origin)) for claim, report in zip(claims, reports, strict=True)}
    first, second, total = (of[claim.id][0] for claim in claims)
    assert relate(first, second, independent=False).rule == "side_by_side"
    assert relate(first, total, independent=True).rule == "part_of_batches"
    assert relate(second, total, independent=True).relation == "part"


def test_a_sheet_beside_reports() -> None:
    home = Path(__file__).parents[1] / "examples" / "observations"
    result = tawatur.run(home)
    assert [issue for issue in result.issues if issue.severity == "refused"] == []
    seen = {claim.id for claim in result.claims if claim.first_hand}
    names = {account.name: set(account.claims) for account in result.accounts}
    relations = {
        (frozenset({"seen" if c in seen else "told" for c in (f.a, f.b)}), f.relation) for f in result.findings
    }
    assert (frozenset({"seen", "told"}), "contradict") in relations
    assert (frozenset({"seen", "told"}), "agree") in relations
    assert (frozenset({"seen"}), "contradict") not in relations
    assert names["ر-07"] <= seen
    assert result.lineage.links == ()
    page = tawatur_page(result)
    assert "counted at first hand" in page
    assert "عدٌّ مباشر" in page


def tawatur_page(result: Any) -> str:
    from tawatur import publish

    rows = [json.loads(line) for line in publish.jsonl(result).splitlines()]
    assert sum(row["first_hand"] for row in rows) == sum(claim.first_hand for claim in result.claims) > 0
    assert "first_hand" in publish.csv(result).splitlines()[0]
    assert publish.contract(result)["claims"]
    return publish.page(result)
