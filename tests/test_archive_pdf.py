"""PDFs: words in reading order, what is not certain marked, what cannot be read refused with the reason."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from browser import program
from pdf_making import Line, column, pdf, seen, spoiled
from tawatur import archive, findings
from tawatur.archive import pdf_process
from tawatur.archive.pdf_document import MAX_PAGES
from tawatur.model import Claim, Figure, Issue, Lineage, Report, Span

SOAK = int(os.environ.get("TAWATUR_SOAK", "0"))
TOLL = ("قتل", "14", "مدنيا", "وجرح", "32", "في", "القصف.")


def _read(tmp_path: Path, data: bytes, **more: str) -> tuple[list[Report], list[Issue]]:
    path, issues = tmp_path / "in.pdf", []
    path.write_bytes(data)
    return list(archive.read([path], on_issue=issues.append, **more)), issues


def _one(tmp_path: Path, lines: list[Line], **more: bool) -> Report:
    reports, _ = _read(tmp_path, pdf([lines], **more))
    return reports[0]


def _checked(report: Report) -> list[str]:
    return [span.of(report.text) for span in report.checks]


@pytest.mark.parametrize("backward", [False, True])
def test_figures_stand_in_reading_order_however_they_were_drawn(tmp_path: Path, backward: bool) -> None:
    report = _one(tmp_path, column([seen(*TOLL)]), backward=backward)
    assert report.text.strip() == " ".join(TOLL)
    assert report.checks == ()
    assert (report.form, report.pages) == ("pdf", (0,))


def test_presentation_forms_and_ligatures_become_letters(tmp_path: Path) -> None:
    glyphs = ["ﻦ", "ﻴ", "ﻠ", "ﺘ", "ﻗ", " ", "ﺔ", "ﺛ", "ﻼ", "ﺛ"]
    assert _one(tmp_path, column([glyphs])).text.strip() == "ثلاثة قتلين"
    assert _one(tmp_path, column([["د", "ال", "و", "أ"]])).text.strip() == "أولاد"  # a ligature named as it is seen
    assert _one(tmp_path, column([["د", "ـ", "ـ", "ي", "ع"]])).text.strip() == "عيد"


@pytest.mark.parametrize(
    ("glyphs", "text", "checked"),
    [
        (seen("في", "2016/12/17", "وصلت", "5", "حافلات"), "في 2016/12/17 وصلت 5 حافلات", []),
        (seen("نحو", "1,500", "نازح"), "نحو 1,500 نازح", []),
        (seen("نسبة", "%45", "من"), "نسبة 45% من", []),
        (seen("نسبة", "45%", "من"), "نسبة 45% من", []),
        (seen("سقط", "٣٢", "جريحا"), "سقط ٣٢ جريحا", []),
        (seen("بين", "15-10", "مدنيا"), "بين 10-15 مدنيا", ["10", "15"]),
        (seen("بين", "10-15", "مدنيا"), "بين 10-15 مدنيا", ["10", "15"]),
        (seen("قتل", "14", "32", "هنا"), "قتل 14 32 هنا", ["14", "32"]),
        (seen("نقلت", "AFP", "5", "قتلى"), None, ["5"]),
    ],
)
def test_what_display_cannot_undo_is_marked(
    tmp_path: Path, glyphs: list[str], text: str | None, checked: list[str]
) -> None:
    report = _one(tmp_path, column([glyphs]))
    assert text is None or report.text.strip() == text
    assert _checked(report) == checked


@pytest.mark.parametrize("signs", ["()", ")("])
def test_brackets_open_before_they_close_whichever_way_they_were_named(tmp_path: Path, signs: str) -> None:
    left, right = signs
    glyphs = [left, *seen("بينهم", "320", "طفلا"), right, " ", *seen("قتل", "500", "شخص")]
    assert _one(tmp_path, column([glyphs])).text.strip() == "قتل 500 شخص (بينهم 320 طفلا)"


def test_letters_drawn_over_each_other_mark_the_line(tmp_path: Path) -> None:
    over = [*column([seen(*TOLL)]), *column([seen("خمسون", "77")], right=520)]
    report = _one(tmp_path, over)
    assert _checked(report) == [report.text.strip()]


def test_the_right_column_comes_first_and_no_line_runs_across(tmp_path: Path) -> None:
    words = ["كتب", "مراسلنا", "في", "المدينة", "عن"]
    right = [seen(*words, f"{n}1") for n in range(1, 7)]
    left = [seen(*words, f"{n}2") for n in range(1, 7)]
    report = _one(tmp_path, column(right) + column(left, right=270, top=777))
    numbers = [word for word in report.text.split() if word.isdecimal()]
    assert numbers == [f"{n}{side}" for side in (1, 2) for n in range(1, 7)]


def test_rows_of_a_table_stay_rows_and_are_marked(tmp_path: Path) -> None:
    cells = [("حلب", "14", "32"), ("إدلب", "7", "19"), ("درعا", "3", "11")]
    lines = [
        line for i, edge in enumerate((540, 400, 260)) for line in column([seen(row[i]) for row in cells], right=edge)
    ]
    report = _one(tmp_path, lines)
    assert report.text.splitlines() == ["\t".join(row) for row in cells]
    assert {"14", "32", "7", "19", "3", "11"} <= set(_checked(report))


def test_running_heads_and_page_numbers_are_left_out_and_pages_are_told(tmp_path: Path) -> None:
    pages = []
    for n in range(1, 4):
        body = column([seen("قتل", f"{n}5", "شخصا", "هنا.")], top=600)
        pages.append([*column([seen("نشرة", "المركز")], top=810), *body, (290.0, 30.0, 10.0, list(str(n)))])
    (report,), _ = _read(tmp_path, pdf(pages))
    assert report.text.splitlines() == [f"قتل {n}5 شخصا هنا." for n in range(1, 4)]
    assert [report.text[start:][:7] for start in report.pages] == ["قتل 15 ", "قتل 25 ", "قتل 35 "]


def test_a_figure_in_a_marked_stretch_is_doubted_with_its_page(tmp_path: Path) -> None:
    page = column([seen("قتل", "14", "32", "هنا")])
    (report,), _ = _read(tmp_path, pdf([column([seen("مقدمة", "التقرير.")]), page]))
    at = report.text.index("14")
    figure = Figure("14", Span(at, at + 2), 14, 14, False, "people", "killed")
    claim = Claim("c" * 16, report.id, Span(at, at + 2), "casualties", "occurred", figures=(figure,))
    (doubt,) = findings.doubts([claim], (), Lineage(), [report])
    assert (doubt.field, doubt.value) == ("figures.0.page", "14: 2")


def test_the_day_of_making_is_no_date_of_publication(tmp_path: Path) -> None:
    data = pdf([column([seen(*TOLL)])], info="/Title (Daily note) /Author (Desk) /CreationDate (D:20161217093000Z)")
    (report,), issues = _read(tmp_path, data)
    assert (report.title, report.author, report.published) == ("Daily note", "Desk", None)
    assert [i.severity for i in issues if "2016-12-17" in i.reason] == ["doubtful"]
    assert _read(tmp_path, data, published="2016-12-18")[1] == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "no text"),
        (pdf([column([seen(*TOLL)])], spoilt=True), "does not tell which letters"),
        (b"%PDF-1.7\nnothing", "broken"),
        (pdf([[]] * (MAX_PAGES + 1)), "pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    reports, issues = _read(tmp_path, data)
    assert reports == []
    assert len(issues) == 1
    assert reason in issues[0].reason
    assert issues[0].severity == "refused"


def test_a_reader_that_hangs_is_ended_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_process, "SECONDS", 0.0)
    monkeypatch.setattr(pdf_process, "SECONDS_A_PAGE", 0.0)
    pdf_process.WORKER.end()
    reports, issues = _read(tmp_path, pdf([column([seen(*TOLL)])]))
    assert (reports, ["longer" in i.reason for i in issues]) == ([], [True])
    monkeypatch.undo()
    assert len(_read(tmp_path, pdf([column([seen(*TOLL)])]))[0]) == 1


def test_spoiled_files_are_read_or_refused_in_time(tmp_path: Path) -> None:
    good = pdf([column([seen(*TOLL), seen("وصلت", "5", "حافلات")])], info="/Title (x)")
    for seed in range(SOAK or 40):
        started = time.monotonic()
        reports, issues = _read(tmp_path, spoiled(good, seed))
        assert time.monotonic() - started < 10
        assert reports or [i for i in issues if i.severity == "refused" and i.reason and i.file], seed


@pytest.mark.slow
def test_a_page_that_a_browser_printed_reads_as_it_was_written(tmp_path: Path) -> None:
    first = "أسفر القصف عن مقتل 14 قتيلاً و32 جريحاً (بينهم 320 طفلاً) في 17/12/2016، ونزح 45% من السكان."
    page = tmp_path / "page.html"
    style = "<style>body{font:14pt 'Noto Naskh Arabic'}</style>"
    page.write_text(f"<html dir=rtl lang=ar><meta charset=utf-8>{style}<p>{first}</p></html>", "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    out, profile = tmp_path / "in.pdf", f"--user-data-dir={tmp_path / 'profile'}"
    command = [program(), *flags, profile, f"--print-to-pdf={out}", str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    (report,), _ = _read(tmp_path, out.read_bytes())
    assert report.text.strip() == first
    assert report.checks == ()
    assert archive.page_picture(out.read_bytes(), 1).startswith(b"\x89PNG")
