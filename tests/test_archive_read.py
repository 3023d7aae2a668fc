"""Reading: each form, each fault; a bad input is one issue and the rest goes on."""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.archive import forms, read
from tawatur.errors import EncodingError, InputError
from tawatur.model import Issue, Report

TEXT = "أعلنت فرق الإسعاف في البلدة صباح الاثنين نقل أربعين جريحاً إلى المشفى القريب من النهر."
Result = tuple[list[Report], list[Issue]]


def gather(*paths: Path | str, **options: str) -> Result:
    issues: list[Issue] = []
    return list(read(paths, on_issue=issues.append, **options)), issues


def line(number: int, **more: object) -> str:
    return json.dumps({"id": f"r{number}", "text": f"{TEXT} {number}", **more}, ensure_ascii=False)


def one(result: Result) -> Issue:
    reports, issues = result
    assert reports == []
    (issue,) = issues
    assert issue.file
    assert issue.reason
    assert issue.advice
    assert "\n" not in issue.line()
    return issue


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
    for name in ("b/2.txt", "b/1.txt", "a.txt", "README.md", "page.html", ".hidden.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}", "utf-8")
    (tmp_path / "gold.json").write_text('{"claims": {}, "events": []}', "utf-8")
    reports, issues = gather(tmp_path)
    assert [report.name for report in reports] == ["a.txt", "1.txt", "2.txt"]
    assert issues == []


def test_named_files_of_another_form_are_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x", "utf-8")
    (tmp_path / "gold.json").write_text('{"claims": {}}', "utf-8")
    reports, issues = gather(tmp_path / "README.md", tmp_path / "gold.json")
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


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, "text"),
        (b"\x89PNG\r\n\x1a\n" + bytes([0, 1, 2, 250]) * 50, "text"),
        (b"\x7fELF\x02\x01\x01" + b"\x03\x05\x06\x0e" * 50, "binary"),
        (("حلب\0" + TEXT).encode(), "NUL"),
        (b"\xff\xfe\x27", "utf-16"),
    ],
)
def test_text_files_that_are_none(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert word in one(gather(path)).reason


def test_empty_json_files(tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl"):
        (tmp_path / name).write_bytes(b"")
        assert one(gather(tmp_path / name)).reason == "empty"


def test_broken_line_three_of_ten(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [line(n) for n in range(1, 11)]
    lines[2] = lines[2][:-20]
    path.write_text("\n".join(lines), "utf-8")
    reports, (issue,) = gather(path)
    assert [report.name for report in reports] == [f"r{n}" for n in range(1, 11) if n != 3]
    assert (issue.place, issue.severity) == ("line 3", "refused")


def test_invalid_utf8_refuses_its_line_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(1).encode() + b"\n" + line(2).encode("cp1256") + b"\n" + line(3).encode())
    reports, (issue,) = gather(path)
    assert [report.name for report in reports] == ["r1", "r3"]
    assert issue.place == "line 2"


def test_a_line_that_is_too_large_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_REPORT", 1000)
    path = tmp_path / "a.jsonl"
    for encoding in ("utf-8", "utf-16"):
        path.write_text("\n".join([line(1), line(2) + "x" * 200_000, line(3), "y" * 200_000]), encoding)
        reports, issues = gather(path)
        assert [report.name for report in reports] == ["r1", "r3"]
        assert [issue.place for issue in issues] == ["line 2", "line 4"]


@pytest.mark.slow
def test_a_line_of_fifty_megabytes_is_never_held(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(line(1).encode() + b"\n")
        stream.writelines(b"x" * (1 << 20) for _ in range(50))
        stream.write(b"\n" + line(2).encode())
    tracemalloc.start()
    reports, (issue,) = gather(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [report.name for report in reports] == ["r1", "r2"]
    assert issue.place == "line 2"
    assert peak < 40 << 20


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


def test_text_files_and_documents_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawatur.archive.reading.MAX_REPORT", 1 << 20)
    monkeypatch.setattr(forms, "MAX_DOCUMENT", 1 << 20)
    (tmp_path / "a.txt").write_bytes(b"x" * ((1 << 20) + 1))
    (tmp_path / "a.json").write_bytes(b"[" + b" " * (1 << 20))
    assert "larger" in one(gather(tmp_path / "a.txt")).reason
    assert "larger" in one(gather(tmp_path / "a.json")).reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_json_lines_in_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(map(line, (1, 2))).encode(encoding))
    reports, issues = gather(path)
    assert issues == []
    assert [report.text for report in reports] == [f"{TEXT} 1", f"{TEXT} 2"]


def test_wide_lines_that_break(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lone = b"\x00\xd8"
    path.write_bytes(
        "\ufeff".encode("utf-16-le")
        + (line(1) + "\n").encode("utf-16-le")
        + lone
        + ("\n" + line(3)).encode("utf-16-le")
        + b"\x00"
    )
    reports, issues = gather(path)
    assert [report.name for report in reports] == ["r1"]
    assert issues
    assert "UTF-16" in issues[0].reason


@pytest.mark.parametrize(
    "item",
    [
        "5",
        '"words"',
        "[]",
        "null",
        "{}",
        '{"id": "r1"}',
        '{"id": "r1", "text": null}',
        '{"id": "r1", "text": 5}',
        '{"id": "r1", "text": ["a"]}',
        '{"id": "r1", "text": " "}',
        '{"id": 7, "text": "a"}',
        '{"id": "r1", "outlet": {}, "text": "a"}',
        '{"id": "r1", "title": true, "text": "a"}',
        '{"id": "r1", "text": "a\\u0000b"}',
        '{"id": "r1", "text": "\\ud800"}',
        '{"id": "r1", "text": "a"',
        "[" * 5000,
    ],
)
def test_items_that_are_no_report(tmp_path: Path, item: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{item}\n{line(2)}", "utf-8")
    reports, (issue,) = gather(path)
    assert [report.name for report in reports] == ["r2"]
    assert (issue.place, issue.severity) == ("line 1", "refused")
    assert len(issue.line()) < 500


def test_an_id_twice_in_one_input(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        lines = [line(1, outlet=name), line(1, outlet="another"), line(2, outlet=name)]
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    reports, issues = gather(tmp_path)
    assert [report.name for report in reports] == ["r1", "r2", "r1", "r2"]
    assert [issue.place for issue in issues] == ["line 2", "line 2"]


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
    "published",
    ["17/12/2016", "2016-13-01", "2016-02-30", "yesterday", 20161217, ["2016"], "2016-12-17T25:00", "٢٠١٦-١٢-١٧"],
)
def test_bad_dates_are_unknown_and_told(tmp_path: Path, published: object) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(1, published=published), "utf-8")
    (report,), (issue,) = gather(path)
    assert report.published is None
    assert (issue.severity, issue.place) == ("doubtful", "line 1")


def test_bad_arguments_are_errors_at_once(tmp_path: Path) -> None:
    with pytest.raises(EncodingError, match="klingon"):
        read([tmp_path], encoding="klingon", on_issue=list[Issue]().append)
    with pytest.raises(EncodingError):
        read([tmp_path], encoding="base64", on_issue=list[Issue]().append)
    with pytest.raises(InputError, match="no date"):
        read([tmp_path], published="17 Dec", on_issue=list[Issue]().append)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "no such file" in one(gather(tmp_path / "missing.txt")).reason
    assert "no such file" in one(gather(tmp_path / "missing")).reason
    assert "no report" in one(gather(tmp_path / "empty")).reason
    assert "link" in one(gather(tmp_path / "loop.txt")).reason
    assert "regular" in one(gather(tmp_path / "pipe.txt")).reason
    assert "regular" in one(gather("/dev/null")).reason
    assert one(gather(tmp_path / "nul\0.txt")).reason
    assert "no report" in one(gather(tmp_path / "folder.txt")).reason


def test_folders_that_link_to_themselves(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (inside / "up").symlink_to(tmp_path)
    (inside / "1.txt").write_text(TEXT, "utf-8")
    reports, issues = gather(tmp_path)
    assert len(reports) == 1
    assert issues == []


def test_deep_folders(tmp_path: Path) -> None:
    inside = tmp_path
    for _ in range(400):
        inside = inside / "d"
    inside.mkdir(parents=True)
    (inside / "1.txt").write_text(TEXT, "utf-8")
    assert len(gather(tmp_path)[0]) == 1


def test_a_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr(os, "open", locked)
    assert "permission denied" in one(gather(tmp_path / "a.txt")).reason


def test_a_disk_that_fails_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr("tawatur.archive.reading.read_all", fails)
    assert "broke off" in one(gather(tmp_path / "a.txt")).reason


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


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert "empty" in one(gather("-")).reason


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.json", "a.jsonl"]))
def test_any_bytes_give_reports_or_issues(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    reports, issues = gather(path)
    assert reports or issues
    for report in reports:
        assert report.text.strip()
        report.text.encode("utf-8")


@given(st.data())
def test_mutated_json_lines(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    good = bytearray("\n".join(map(line, range(3))).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("mutated") / "a.jsonl"
    path.write_bytes(good)
    reports, issues = gather(path)
    assert reports or issues
