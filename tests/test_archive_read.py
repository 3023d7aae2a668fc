"""Reading: each form of input gives its reports, in a fixed order, a few at a time."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from intake import TEXT, gather, line, one
from tawatur.archive import read
from tawatur.model import Issue


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + TEXT + "\r\n").encode())
    (report,), issues = gather(path, published="2016-12-17", outlet="وكالة")
    assert issues == []
    assert report.text == TEXT + "\r\n"
    assert (report.name, report.published, report.outlet) == ("a.txt", "2016-12-17", "وكالة")
    assert report.encoding == "utf-8"
    assert len(report.raw_digest) == 64


def test_json_fields_stand_and_arguments_fill_in_what_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [line(1, outlet="الأولى", published="2016-12-16T12:00:00Z", title="عنوان"), line(2, published=None)]
    path.write_text("\n".join(lines), "utf-8")
    (first, second), issues = gather(path, published="2016-12-17", outlet="وكالة")
    assert issues == []
    assert (first.name, first.outlet, first.published, first.title) == (
        "r1",
        "الأولى",
        "2016-12-16T12:00:00Z",
        "عنوان",
    )
    assert (second.outlet, second.published) == ("وكالة", "2016-12-17")


@pytest.mark.parametrize("shape", [lambda a: a, lambda a: [a, a | {"id": "r9"}], lambda a: {"reports": [a]}])
def test_json_documents_hold_one_a_list_or_reports(tmp_path: Path, shape: Callable[[dict[str, str]], object]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(shape({"id": "r1", "text": TEXT}), ensure_ascii=False, indent=1), "utf-8")
    reports, issues = gather(path)
    assert reports
    assert issues == []
    assert {report.text for report in reports} == {TEXT}


def test_folders_are_read_sorted_and_what_is_no_report_is_passed_by(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "README.md", "picture.png", ".hidden.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}", "utf-8")
    (tmp_path / "gold.json").write_text('{"claims": {}, "events": []}', "utf-8")
    reports, issues = gather(tmp_path)
    assert [report.name for report in reports] == ["a.txt", "1.txt", "2.txt"]
    assert issues == []


def test_named_files_of_another_form_are_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "notes.log").write_text("x", "utf-8")
    (tmp_path / "gold.json").write_text('{"claims": {}}', "utf-8")
    reports, issues = gather(tmp_path / "notes.log", tmp_path / "gold.json")
    assert reports == []
    assert [issue.severity for issue in issues] == ["doubtful", "doubtful"]


def test_globs(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", "utf-8")
    reports, issues = gather(str(tmp_path / "a*.txt"))
    assert [report.name for report in reports] == ["a1.txt", "a2.txt"]
    assert issues == []
    assert "pattern" in one(gather(str(tmp_path / "c*.txt"))).reason


def test_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT, "utf-8")
    assert len(gather(tmp_path / "a[1].txt")[0]) == 1


def test_overlapping_paths_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    reports, issues = gather(tmp_path, tmp_path / "a.txt", tmp_path)
    assert len(reports) == 1
    assert issues == []


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(1) + "\nbroken\n", "utf-8")
    issues: list[Issue] = []
    reports = read([path], on_issue=issues.append)
    assert next(reports).name == "r1"
    assert issues == []


def test_same_input_same_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(line, range(5))), "utf-8")
    assert gather(path) == gather(path)


@pytest.mark.slow
def test_memory_is_flat_in_the_number_of_reports(tmp_path: Path) -> None:
    import tracemalloc

    peaks = []
    for count in (500, 5000):
        path = tmp_path / f"{count}.jsonl"
        path.write_text("\n".join(line(n, more=TEXT * 20) for n in range(count)), "utf-8")
        tracemalloc.start()
        assert sum(1 for _ in read([path], on_issue=print)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 400 * 4500  # bytes of hashes a report; the reports themselves have 7,000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_json_lines_in_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(map(line, (1, 2))).encode(encoding))
    reports, issues = gather(path)
    assert issues == []
    assert [report.text for report in reports] == [f"{TEXT} 1", f"{TEXT} 2"]


def test_the_same_report_in_two_files_is_read_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    reports, (issue,) = gather(tmp_path)
    assert [report.name for report in reports] == ["a.txt"]
    assert (Path(issue.file).name, issue.severity) == ("b.txt", "doubtful")


@pytest.mark.parametrize(
    "published", ["2016-12-17", "2016-12-17T09:30", "2016-12-17T09:30:00Z", "2016-12-17 09:30:00.5+02:00"]
)
def test_good_dates(tmp_path: Path, published: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(1, published=published), "utf-8")
    (report,), issues = gather(path)
    assert (report.published, issues) == (published, [])


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (TEXT, ["stdin"]),
        ("[صورة] " + TEXT, ["stdin"]),
        (line(1) + "\n" + line(2) + "\n", ["r1", "r2"]),
        ("\ufeff" + line(1), ["r1"]),
        (json.dumps([{"id": "r1", "text": TEXT}], indent=2), ["r1"]),
        (json.dumps({"id": "r1", "text": TEXT}, indent=2), ["r1"]),
        (json.dumps({"reports": [{"id": "r1", "text": TEXT}]}, indent=2), ["r1"]),
    ],
)
def test_standard_input_is_told_apart(monkeypatch: pytest.MonkeyPatch, data: str, names: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data.encode()))))
    reports, issues = gather("-")
    assert [report.name for report in reports] == names
    assert issues == []
    assert {report.origin_file for report in reports} == {"-"}


def test_the_sample_messages_are_read() -> None:
    folder = Path(__file__).resolve().parents[1] / "examples" / "messages"
    reports, issues = gather(folder)
    assert [report.form for report in reports] == [
        "mail",
        "mailbox",
        "mailbox",
        "markdown",
        "markdown",
        *["telegram"] * 3,
    ]
    assert len({report.outlet for report in reports}) == 4
    assert all(report.published for report in reports)
    assert {issue.severity for issue in issues} == {"doubtful"}
