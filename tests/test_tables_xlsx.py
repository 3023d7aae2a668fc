"""Workbooks and Parquet files: sheets, dates, formulas, hidden sheets, bombs."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from intake import gather, one
from tables import NEWS, NEWS_HEADER, SEEN, SEEN_HEADER, parquet, workbook

TEXTS = [row[3] for row in NEWS]


def test_a_title_above_the_header_and_several_sheets(tmp_path: Path) -> None:
    titled = [("نشرة كانون الأول",), (), NEWS_HEADER, *NEWS]
    more = [("text", "source"), ("خبر من ورقة ثانية عن القرية", "إذاعة")]
    path = workbook(tmp_path / "a.xlsx", ("أخبار", titled), ("more", more), ("شرح", [("text",), ("ليس خبراً",)]))
    reports, issues = gather(path)
    assert [report.text for report in reports] == [*TEXTS, "خبر من ورقة ثانية عن القرية"]
    assert issues == []
    assert reports[3].name == "a.xlsx more: row 2"


def test_hidden_sheets_are_told_and_not_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ("أخبار", [NEWS_HEADER, *NEWS]), ("قديم", [NEWS_HEADER, *NEWS]), hidden=["قديم"]
    )
    reports, issues = gather(path)
    assert len(reports) == 3
    assert [(issue.place, issue.severity) for issue in issues] == [("قديم", "doubtful")]
    assert "hidden" in issues[0].reason


@pytest.mark.parametrize("epoch1904", [False, True])
def test_dates_of_a_workbook(tmp_path: Path, epoch1904: bool) -> None:
    dates = [date(2016, 12, 16), datetime(2016, 12, 16, 14, 30), "2016-12-16", "16 كانون الأول 2016"]
    rows = [(day, f"خبر رقم {n}") for n, day in enumerate(dates)]
    path = workbook(tmp_path / "a.xlsx", ("s", [("date", "text"), *rows]), epoch1904=epoch1904)
    reports, issues = gather(path)
    assert [r.published for r in reports] == ["2016-12-16", "2016-12-16T14:30:00", "2016-12-16", "2016-12-16"]
    assert issues == []


def test_bare_numbers_as_dates_are_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ("s", [("date", "text"), (42720, "خبر"), (42721.5, "خبر ثان"), (7, "خبر ثالث")])
    )
    reports, issues = gather(path)
    assert [report.published for report in reports] == ["2016-12-16", "2016-12-17T12:00:00", None]
    assert "days of Excel" in issues[0].reason
    assert "'7' is no date" in issues[1].reason


def test_formulas_give_their_kept_values(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("s", [("id", "text"), (1, '=CONCATENATE("قصف"," البلدة")'), (2, "خبر")]))
    reports, issues = gather(path)
    assert [report.text for report in reports] == ["خبر"]
    assert any("1 formulas have no value" in issue.reason for issue in issues)
    kept = tmp_path / "kept.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"<v></v>", b"<v>kept words</v>").replace(b"<v />", b"<v>kept words</v>")
            new.writestr(name, data.replace(b'<c r="B2">', b'<c r="B2" t="str">'))
    reports, issues = gather(kept)
    assert [report.text for report in reports] == ["kept words", "خبر"]
    assert issues == []


def test_rows_keep_their_numbers_over_gaps(tmp_path: Path) -> None:
    rows = [("id", "text"), (), (), (1, "خبر"), (), (2, None), (3, "خبر ثالث")]
    reports, issues = gather(workbook(tmp_path / "a.xlsx", ("s", rows)))
    assert [report.name for report in reports] == ["1", "3"]
    assert "row 6" in issues[0].reason


def test_what_is_no_workbook(tmp_path: Path) -> None:
    for n, data in enumerate((b"", b"text", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\3\4" + b"\0" * 100)):
        path = tmp_path / f"{n}.xlsx"
        path.write_bytes(data)
        assert one(gather(path)).severity == "refused"
    assert "password" in one(gather(tmp_path / "2.xlsx")).reason


def _with(path: Path, part: str, data: bytes) -> Path:
    made = path.with_name(f"with-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return made


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("s", [NEWS_HEADER, *NEWS]))
    sheet = "xl/worksheets/sheet1.xml"
    large = _with(path, sheet, b"<worksheet><sheetData>" + b" " * (70 << 20) + b"</sheetData></worksheet>")
    assert "unpack" in one(gather(large)).reason
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
    assert "document type" in one(gather(_with(path, sheet, laughs))).reason
    far = b'<worksheet><sheetData><row r="99999999"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    assert one(gather(_with(path, sheet, far))).reason
    wide = b'<worksheet><sheetData><row r="1"><c r="ZZZ1" t="str"><v>text</v></c></row></sheetData></worksheet>'
    assert one(gather(_with(path, sheet, wide))).reason


def test_a_sheet_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("s", [NEWS_HEADER, *((str(n), *NEWS[0][1:]) for n in range(4000))]))
    with zipfile.ZipFile(path) as old:
        whole = old.read("xl/worksheets/sheet1.xml")
    reports, issues = gather(_with(path, "xl/worksheets/sheet1.xml", whole[: len(whole) // 2]))
    assert len(reports) > 100
    assert "breaks off after row" in issues[-1].reason


def test_parquet_files(tmp_path: Path) -> None:
    rows = [(n, date(2016, 12, 16), row[2], row[3]) for n, row in enumerate(NEWS)]
    reports, issues = gather(parquet(tmp_path / "a.parquet", NEWS_HEADER, rows))
    assert [report.text for report in reports] == TEXTS
    assert {report.published for report in reports} == {"2016-12-16"}
    assert issues == []
    seen = gather(parquet(tmp_path / "b.parquet", SEEN_HEADER, SEEN))[0]
    assert [report.form for report in seen] == ["observation"] * 3


def test_parquet_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawatur.archive import formats

    def missing(name: str) -> object:
        raise ModuleNotFoundError(name, name="pyarrow")

    monkeypatch.setattr(formats, "import_module", missing)
    formats.reader_of.cache_clear()
    issue = one(gather(parquet(tmp_path / "a.parquet", NEWS_HEADER, NEWS)))
    formats.reader_of.cache_clear()
    assert "tawatur[tables]" in issue.advice
