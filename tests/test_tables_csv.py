"""CSV and TSV files: delimiters, quoting, encodings, broken rows, dates, and files larger than what is held."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from intake import Result, gather, one
from tables import NEWS, NEWS_HEADER, delimited
from tawatur.archive.csv_rows import delimiter_of
from tawatur.errors import InputError

TEXTS = [row[3] for row in NEWS]


def _written(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "news.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def _texts(result: Result) -> list[str]:
    return [report.text for report in result[0]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "،"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    found = gather(_written(tmp_path, delimited([NEWS_HEADER, *NEWS], delimiter)))
    assert _texts(found) == TEXTS
    assert found[1] == []
    first = found[0][0]
    assert (first.name, first.outlet, first.published, first.form) == ("ن-1", "وكالة السهل", "2016-12-16", "csv")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1256", "iso8859_6", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_are_found(tmp_path: Path, encoding: str, end: str) -> None:
    reports, issues = gather(_written(tmp_path, delimited([NEWS_HEADER, *NEWS], end=end), encoding))
    assert [report.text for report in reports] == TEXTS
    assert issues == []


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = _written(tmp_path, "id,text\n1,قصف\n", "cp1256")
    assert _texts(gather(path, encoding="windows-1256")) == ["قصف"]


def test_the_delimiter_that_excel_names(tmp_path: Path) -> None:
    text = "sep=;\n" + delimited([NEWS_HEADER, *NEWS], ";")
    assert _texts(gather(_written(tmp_path, text))) == TEXTS
    one_column = 'sep=|\ntext\n"الخبر الأول، وفيه فاصلة"\nالخبر الثاني، وفيه فاصلة\n'
    assert _texts(gather(_written(tmp_path, one_column))) == ["الخبر الأول، وفيه فاصلة", "الخبر الثاني، وفيه فاصلة"]


def test_cells_over_several_lines(tmp_path: Path) -> None:
    text = 'id,text\n1,"سطر أول\nسطر ثان، وفيه ""قول"""\n2,خبر آخر\n'
    assert _texts(gather(_written(tmp_path, text))) == ['سطر أول\nسطر ثان، وفيه "قول"', "خبر آخر"]


def test_broken_rows_are_told_with_their_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = 'id,source,text\n1,و,خبر أول\n2,و,خبر, فيه فاصلة\n3,و,"خبر لا ينغلق\n4,و,خبر رابع\n5,و,\n6,و,خبر سادس\n'
    reports, issues = gather(_written(tmp_path, text))
    assert [report.name for report in reports] == ["1", "4", "6"]
    assert [issue.place for issue in issues] == ["line 3", "line 4", ""]
    assert [issue.severity for issue in issues] == ["refused", "refused", "doubtful"]
    assert "1 rows have no text" in issues[2].reason
    assert "line 6" in issues[2].reason


def test_a_stray_quotation_mark_inside_a_cell_is_kept(tmp_path: Path) -> None:
    assert _texts(gather(_written(tmp_path, 'id,text\n1,ماسورة 5" قرب البئر\n2,خبر\n'))) == [
        'ماسورة 5" قرب البئر',
        "خبر",
    ]


def test_rows_of_another_encoding_are_read_when_it_is_sure(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    head = b"id,text\n" + b"".join(b"%d,plain words of a report\n" % n for n in range(60_000))
    path.write_bytes(head + f"x,{TEXTS[0]} {TEXTS[1]}\n".encode("cp1256") + b"y,\xc7\n")
    reports, issues = gather(path)
    assert reports[-1].text == f"{TEXTS[0]} {TEXTS[1]}"
    assert reports[-1].encoding == "cp1256"
    assert [issue.place for issue in issues] == ["line 60003"]


def test_columns_are_guessed_from_contents(tmp_path: Path) -> None:
    rows = [(row[1], row[3], row[2]) for row in NEWS]
    reports, _ = gather(_written(tmp_path, delimited(rows)))
    assert [(r.published, r.text) for r in reports] == [(row[1], row[3]) for row in NEWS]
    named = gather(_written(tmp_path, delimited([("aa", "bb", "cc"), *rows])))
    assert _texts(named) == TEXTS


def test_columns_are_what_the_user_says(tmp_path: Path) -> None:
    text = delimited([("when", "text", "body"), *(("2016-12-16", "عنوان", row[3]) for row in NEWS)])
    path = _written(tmp_path, text)
    assert _texts(gather(path)) == ["عنوان"]
    assert _texts(gather(path, columns=[("text", "Body"), ("title", "2")])) == TEXTS
    assert gather(path, columns=[("text", "3"), ("title", "2")])[0][0].title == "عنوان"
    assert "no column 'x' for text" in one(gather(path, columns=[("text", "x")])).reason
    with pytest.raises(InputError, match="no field"):
        gather(path, columns=[("words", "body")])


def test_a_table_without_text_is_told_with_its_columns(tmp_path: Path) -> None:
    issue = one(gather(_written(tmp_path, "price,size\n1,2\n3,4\n")))
    assert "price, size" in issue.reason
    assert "--column" in issue.advice
    assert "without rows" in one(gather(_written(tmp_path, "id,text\n"))).reason


def _dated(tmp_path: Path, *dates: str) -> tuple[list[str | None], list[str]]:
    rows = [(date, f"خبر رقم {n} عن البلدة") for n, date in enumerate(dates)]
    reports, issues = gather(_written(tmp_path, delimited([("date", "text"), *rows])))
    return [report.published for report in reports], [issue.reason for issue in issues]


def test_dates_that_can_be_two_are_never_guessed(tmp_path: Path) -> None:
    published, reasons = _dated(tmp_path, "05/03/2017", "06/03/2017")
    assert published == [None, None]
    assert len(reasons) == 1
    assert "day first or month first" in reasons[0]


def test_the_order_of_dates_is_learned_from_others_and_told(tmp_path: Path) -> None:
    published, reasons = _dated(tmp_path, "05/03/2017", "25/03/2017")
    assert published == ["2017-03-05", "2017-03-25"]
    assert "day first, as 25/03/2017 has it" in reasons[0]
    published, _ = _dated(tmp_path, "05/03/2017", "03/25/2017")
    assert published == ["2017-05-03", "2017-03-25"]
    published, reasons = _dated(tmp_path, "05/03/2017", "03/25/2017", "25/03/2017")
    assert published == [None, "2017-03-25", "2017-03-25"]


def test_dates_as_people_and_programs_write_them(tmp_path: Path) -> None:
    written = ["Fri Dec 16 10:00:00 +0000 2016", "16-Dec-16", "الجمعة 16 كانون الأول 2016", "16 ديسمبر 2016 10:30 م"]
    published, _ = _dated(tmp_path, *written, "1481886000", "2016/12/16", "١٦/١٢/٢٠١٦", "Dec 16, 2016")
    assert [day and day[:10] for day in published] == ["2016-12-16"] * 8
    assert published[3] == "2016-12-16T22:30"


def test_what_is_no_date_is_told(tmp_path: Path) -> None:
    published, reasons = _dated(tmp_path, "أمس", "2016-12-16", "31/02/2017")
    assert published == [None, "2016-12-16", None]
    assert any("أمس" in reason for reason in reasons)


def test_a_file_larger_than_what_is_held(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,text\n")
        for n in range(40_000):
            file.write(f"{n},{TEXTS[n % 3]} {n} {'و' * 500}\n")
    from tawatur.archive import read

    found = iter(read(path, on_issue=lambda _: None))
    next(found)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in found) == 39_999
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < path.stat().st_size


def test_a_line_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"id,text\n1,good words\n2," + b"x" * (17 << 20) + b"\n3,more words\n")
    reports, issues = gather(path)
    assert [report.name for report in reports] == ["1", "3"]
    assert "16 million" in issues[0].reason


def test_delimiters_in_texts_do_not_deceive() -> None:
    assert delimiter_of(["a;b", "1;x, y, z", "2;u, v"]) == ";"
    assert delimiter_of(["text", "one, two", "three"]) == ","
