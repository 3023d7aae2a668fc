"""Bad input: one issue that says what and where, and the rest goes on."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import TEXT, gather, line, one
from tawatur.archive import json_reports, read
from tawatur.errors import EncodingError, InputError
from tawatur.model import Issue


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
    monkeypatch.setattr(json_reports, "MAX_REPORT", 1000)
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


def test_text_files_and_documents_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawatur.archive.plain.MAX_REPORT", 1 << 20)
    (tmp_path / "a.txt").write_bytes(b"x" * ((1 << 20) + 1))
    assert "larger" in one(gather(tmp_path / "a.txt")).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("wide", [None, 1])
@pytest.mark.parametrize("under", [False, True])
def test_a_large_document_is_read_object_by_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, wide: int | None, under: bool
) -> None:
    rows = [json.loads(line(n)) for n in range(20)] + [{"id": "x"}]
    document = {"version": [1, {"reports": 2}], "reports": rows} if under else rows
    (tmp_path / "a.json").write_text(json.dumps(document, ensure_ascii=False, indent=wide), encoding)
    whole = gather(tmp_path / "a.json")
    monkeypatch.setattr(json_reports, "MAX_REPORT", 1000)
    assert gather(tmp_path / "a.json") == whole
    assert (len(whole[0]), len(whole[1])) == (20, 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" + b" " * 2000, "the file is cut off"),
        (b'{"gold": [1]}' + b" " * 2000, "JSON larger than 16 MB that holds no list of reports"),
        (b'{"reports": {}}' + b" " * 2000, "JSON larger than 16 MB that holds no list of reports"),
        (b'{"a" 1}' + b" " * 2000, "broken JSON"),
        (b"x" * 2000, "broken JSON"),
    ],
)
def test_a_large_document_without_reports_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, reason: str
) -> None:
    monkeypatch.setattr(json_reports, "MAX_REPORT", 1000)
    (tmp_path / "a.json").write_bytes(data)
    assert one(gather(tmp_path / "a.json")).reason == reason.replace("16", "0")


def test_the_rest_of_a_file_that_hardly_holds_a_report_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawatur.archive.reading.MAX_REFUSED", 20)
    few, many = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    few.write_text(f"{line(1)}\n" + "{\n" * 100 + line(2), "utf-8")
    many.write_text("\n".join(line(n) for n in range(10)) + "\n{" * 50 + f"\n{line(99)}", "utf-8")
    reports, issues = gather(few)
    assert (len(reports), len(issues)) == (1, 22)
    assert issues[-1].reason == "more than 20 parts of it are refused; the rest is not read"
    reports, issues = gather(many)
    assert (len(reports), len(issues)) == (11, 50)


@pytest.mark.parametrize(
    ("name", "unit", "times"),
    [
        ("a.html", "<p>a", 200_001),
        ("b.html", "<p a=b c=d e=f g=h i=j k=l m=n o=p q=r s=t u=v w=x y=z>a", 150_000),
        ("a.md", "a\n", 300_001),
        ("a.eml", "A: b\n", 1_500_001),
        ("b.eml", "--b\n\n", 20_002),
    ],
)
def test_what_is_short_in_a_file_and_long_in_memory_is_refused(
    tmp_path: Path, name: str, unit: str, times: int
) -> None:
    (tmp_path / name).write_text(unit * times, "utf-8")
    assert "more" in one(gather(tmp_path / name)).reason


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "list.json", "sub.json"])
def test_json_whose_values_would_fill_the_memory_is_refused(tmp_path: Path, name: str) -> None:
    heavy = b'{"text":[' + b'{"":{}},' * 800_000 + b"0]}"
    begin = b'{"results": [{"_xform_id_string": "x", "a": ' if name == "sub.json" else b"["
    end = b"}]}" if name == "sub.json" else b"]"
    (tmp_path / name).write_bytes(heavy if name == "a.jsonl" else begin + heavy + end)
    assert "of memory" in one(gather(tmp_path / name)).reason


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
    monkeypatch.setattr("tawatur.archive.items.Source.all", fails)
    assert "broke off" in one(gather(tmp_path / "a.txt")).reason


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert "empty" in one(gather("-")).reason


@settings(deadline=None)  # a format is loaded when it is first met
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
