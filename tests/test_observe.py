"""``tawatur observe`` and ``tawatur columns``: sheets, a form, rows, and what columns are taken for."""

from __future__ import annotations

import csv
import json
import sys
import warnings
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from pyxform.xls2xform import convert

from intake import gather
from tables import NEWS, NEWS_HEADER, SEEN, SEEN_HEADER, delimited, workbook
from tawatur import archive
from tawatur.archive.observe_sheet import COLUMNS, choices, headers
from tawatur.cli import app
from tawatur.errors import TawaturError
from tawatur.extraction import Extract
from tawatur.lang.tables import OBSERVED_FIELDS, VALUES, value_of
from tawatur.model import Issue

GOOD = ["--date", "2016-12-16", "--place", "حلب", "--population", "people", "--outcome", "evacuated", "--count", "40"]


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_template_is_a_sheet_that_is_understood(tmp_path: Path) -> None:
    for name in ("t.xlsx", "t.csv"):
        archive.template(tmp_path / name)
    issues: list[Issue] = []
    for table in archive.columns(sorted(tmp_path.iterdir()), on_issue=issues.append):
        assert table.rows == "observations"
        assert tuple(column.field for column in table.columns) == COLUMNS
    assert issues == []
    assert set(COLUMNS) <= set(OBSERVED_FIELDS)


def test_the_template_has_no_formula_and_offers_the_values(tmp_path: Path) -> None:
    archive.template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    rows, values, told = book.worksheets
    lists = [rule for rule in rows.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == len(VALUES)
    assert [cell.value for cell in rows[1]] == headers()
    for column, field in zip(values.columns, VALUES, strict=True):
        offered = [cell.value for cell in column[1:] if cell.value]
        assert offered == choices(field)
        assert [value_of(field, str(words)) for words in offered] == list(VALUES[field])
    assert told.max_row == len(COLUMNS) + 1


def test_the_same_template_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        archive.template(tmp_path / name)
        archive.xlsform(tmp_path / f"form-{name}")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "form-a.xlsx").read_bytes() == (tmp_path / "form-b.xlsx").read_bytes()


def test_a_filled_template_is_read(tmp_path: Path) -> None:
    archive.template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    row = {"date": "2016-12-16", "place": "حلب", "population": choices("population")[0], "count": 40, "monitor": "ر-1"}
    row["outcome"] = choices("outcome")[VALUES["outcome"].index("evacuated")]
    book.worksheets[0].append([row.get(name) for name in COLUMNS])
    book.save(tmp_path / "full.xlsx")
    ((report,), issues) = gather(tmp_path / "full.xlsx")
    assert issues == []
    (claim,) = Extract()(report).claims
    assert (claim.figures[0].low, claim.figures[0].outcome) == (40, "evacuated")


def test_dates_and_times_of_a_spreadsheet(tmp_path: Path) -> None:
    archive.template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    row = {"date": date(2016, 12, 16), "time": time(14, 30), "until": time(16, 0), "count": 40, "outcome": "killed"}
    book.worksheets[0].append([row.get(name) for name in COLUMNS])
    book.save(tmp_path / "full.xlsx")
    ((report,), _) = gather(tmp_path / "full.xlsx")
    (claim,) = Extract()(report).claims
    assert (claim.times[0].start, claim.times[0].end) == ("2016-12-16T14:30", "2016-12-16T16:00")


def test_the_form_converts(tmp_path: Path) -> None:
    archive.xlsform(tmp_path / "form.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = convert(xlsform=tmp_path / "form.xlsx", validate=False)
    assert made.warnings == []
    for field in ("date", "place", "outcome", "count", "monitor"):
        assert f"/{field}" in made.xform
    assert "ما حدث لهم" in made.xform
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    names = [row[1].value for row in list(book["survey"].rows)[1:]]
    assert set(names) <= set(OBSERVED_FIELDS)


def test_rows_are_added_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "seen.csv"
    for count in ("40", "50"):
        found = _run("observe", path, *GOOD[:-1], count, "--monitor", "ر-1", "--remark", "=HYPERLINK(1)")
        assert found.exit_code == 0, found.output
    assert "=HYPERLINK(1)" in found.output
    assert ",'=HYPERLINK(1)," in path.read_text("utf-8-sig")
    reports, issues = gather(path)
    assert [Extract()(report).claims[0].figures[0].low for report in reports] == [40, 50]
    assert "=HYPERLINK(1)" in reports[0].text
    assert issues == []


def test_what_no_option_told_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["tawatur.cli.observe"], "_interactive", lambda: True)
    path = tmp_path / "seen.csv"
    answers = "\n".join(["2016-12-16", "", "أشخاص", "أُجلوا", "40", "عدّ مباشر", "ر-1", ""])
    found = CliRunner().invoke(app, ["observe", str(path), "--place", "حلب"], input=answers + "\n")
    assert found.exit_code == 0, found.output
    (report,) = gather(path)[0]
    (claim,) = Extract()(report).claims
    assert (claim.figures[0].low, claim.places[0].text, claim.first_hand) == (40, "حلب", True)


def test_a_row_that_cannot_be_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "seen.csv"
    for bad in (["--count", "-3"], ["--outcome", "طاروا"], ["--date", "2099-01-01"], ["--lat", "99"]):
        found = _run("observe", path, *GOOD, *bad)
        assert isinstance(found.exception, TawaturError)
    assert not path.exists()


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(delimited([NEWS_HEADER, *NEWS]), "utf-8")
    before = path.read_bytes()
    assert isinstance(_run("observe", path, *GOOD).exception, TawaturError)
    assert path.read_bytes() == before
    assert _run("observe", "--template", path).exit_code == 2
    assert path.read_bytes() == before
    assert _run("observe").exit_code == 2
    assert isinstance(_run("observe", "--template", tmp_path / "t.pdf").exception, TawaturError)
    assert isinstance(_run("observe", "--xlsform", tmp_path / "t.pdf").exception, TawaturError)


def test_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    path = tmp_path / "seen.csv"
    path.write_text(delimited([SEEN_HEADER, *SEEN]).rstrip(), "utf-8")
    found = _run("observe", path, *GOOD, "--monitor", "ر-2")
    assert found.exit_code == 0, found.output
    assert len(gather(path)[0]) == 4
    assert "no column for remark" in str(_run("observe", path, *GOOD, "--remark", "x").exception)


def test_columns_are_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("أخبار", [NEWS_HEADER, *NEWS]), ("رصد", [SEEN_HEADER, *SEEN]))
    found = _run("columns", path)
    assert found.exit_code == 0
    news, seen = json.loads(found.output)
    assert (news["sheet"], news["rows"], seen["rows"]) == ("أخبار", "reports", "observations")
    assert [column["field"] for column in news["columns"]] == ["id", "published", "outlet", "text"]
    assert {column["why"] for column in news["columns"]} == {"header"}
    assert news["columns"][0]["samples"] == ["ن-1", "ن-2"]


def test_columns_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["tawatur.cli.columns"], "on_terminal", lambda: True)
    path = tmp_path / "a.csv"
    path.write_text("x;body\n1;" + NEWS[0][3] + "\n", "utf-8")
    found = _run("columns", path, "--column", "id=x")
    assert "reports (semicolon, utf-8)" in found.output
    assert "id (as you say)" in found.output
    assert "body: text (by header)" in found.output
    (tmp_path / "b.txt").write_text("نص", "utf-8")
    assert _run("columns", tmp_path / "b.txt").exit_code == 2
    assert "no FIELD=COLUMN" in _run("columns", path, "--column", "text").output


def test_columns_reach_the_whole_job(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(delimited([("text", "body"), *(("عنوان", row[3]) for row in NEWS)]), "utf-8")
    found = _run("export", "--form", "jsonl", path, "--column", "text=body", "--column", "title=text")
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert {row["report"]["title"] for row in rows} == {"عنوان"}
    assert len(rows) >= 3


@pytest.mark.parametrize("risky", ["=1+1", "@x", "＝1+1", "\u200e=1+1", "-x", "+x"])
def test_what_is_added_is_no_formula_and_comes_back_as_it_was(tmp_path: Path, risky: str) -> None:
    archive.add_observation(
        tmp_path / "o.csv", {"date": "2016-12-16", "outcome": "killed", "count": "4", "monitor": "m1", "remark": risky}
    )
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = list(csv.reader(stream))[-1]
    assert f"'{risky}" in cells
    (report,) = archive.read(tmp_path / "o.csv", on_issue=lambda _: None)
    assert risky in [words for _, words in report.fields]
