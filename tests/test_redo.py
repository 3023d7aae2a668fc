"""A run given again reads what is new, changed, failed, doubtful or outdated, and ends as a run from nothing does."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import tawatur
from intake import TEXT, line
from large_inputs import LARGE
from tawatur import archive, cli, kept_files
from tawatur.archive import one_file
from tawatur.archive.store import Store
from tawatur.errors import SettingsError
from tawatur.kept_files import KeptFiles
from tawatur.model import Comparison, FileOutcome, Issue, Report

KINDS = [
    "many.jsonl",
    "list.json",
    "result.json",
    "many.mbox",
    "full.eml",
    "pages.zip",
    "mails.tar",
    "many.jsonl.gz",
    "many.warc",
    "many.csv",
    "many.xlsx",
    "many.parquet",
    "full.html",
    "full.rss",
    "full.md",
    "full.txt",
    "runs.docx",
    "pages.pdf",
]
PAGE = "<html><head><title>خبر</title></head><body><article><p>{}</p></article></body></html>"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{TEXT} أولاً", "utf-8")
    (folder / "b.jsonl").write_text("\n".join(line(n) for n in range(1, 4)), "utf-8")
    (folder / "c.html").write_text(PAGE.format(TEXT * 4), "utf-8")
    (folder / "doubtful.jsonl").write_text(line(9) + "\n{broken", "utf-8")
    (folder / "failed.txt").write_bytes(b"")
    (folder / "other.xml").write_text("<?xml version='1.0'?><urlset/>", "utf-8")
    (folder / "twice.jsonl").write_text(line(2), "utf-8")
    return folder


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the files that are read and not taken as kept."""
    counts: Counter[str] = Counter()
    before: Callable[..., object] = one_file._Reading.of

    def counted(self: object, source: one_file.Source) -> object:
        counts[Path(source.path).name] += 1
        return before(self, source)

    monkeypatch.setattr(one_file._Reading, "of", counted)
    return counts


def run(folder: Path, out: Path, **more: object) -> Comparison:
    return tawatur.run(folder, out=out, on_issue=lambda _: None, **more)  # type: ignore[arg-type]


def taken(comparison: Comparison) -> dict[str, str]:
    return {Path(file.file).name: file.taken for file in comparison.files}


def written(folder: Path, out: Path, *more: str) -> dict[str, bytes]:
    """What ``tawatur run`` leaves behind but for the times and what it keeps."""
    with pytest.raises(SystemExit):
        cli.main(["run", str(folder), "--out", str(out), "--json", *more])
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "timing.json"}


def test_only_what_is_needed_is_read_again(inbox: Path, tmp_path: Path, read_anew: Counter[str]) -> None:
    first = run(inbox, tmp_path / "out")
    assert set(taken(first).values()) == {"new"}
    read_anew.clear()
    again = run(inbox, tmp_path / "out")
    assert again == first
    assert set(read_anew) == {"doubtful.jsonl", "failed.txt"}
    (inbox / "a.txt").write_text(f"{TEXT} ثانياً", "utf-8")
    (inbox / "new.txt").write_text(f"{TEXT} جديد", "utf-8")
    read_anew.clear()
    third = taken(run(inbox, tmp_path / "out"))
    assert set(read_anew) == {"a.txt", "new.txt", "doubtful.jsonl", "failed.txt"}
    assert third == {
        "a.txt": "changed", "b.jsonl": "kept", "c.html": "kept", "doubtful.jsonl": "failed", "failed.txt": "failed",
        "new.txt": "new", "other.xml": "kept", "twice.jsonl": "kept",
    }  # fmt: skip


def test_a_change_that_leaves_size_and_time_is_seen(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path / "out")
    path, before = inbox / "a.txt", (inbox / "a.txt").stat()
    path.write_text(f"{TEXT} ثالثاً"[: len(f"{TEXT} أولاً")], "utf-8")
    data = path.read_bytes()[: before.st_size]
    path.write_bytes(data + b" " * (before.st_size - len(data)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert taken(run(inbox, tmp_path / "out"))["a.txt"] == "changed"


@pytest.mark.parametrize(
    ("redo", "anew"),
    [
        ("needed", {"doubtful.jsonl", "failed.txt"}),
        ("failed", {"doubtful.jsonl", "failed.txt"}),
        ("outdated", set()),
        ("none", set()),
        ("all", {"a.txt", "b.jsonl", "c.html", "doubtful.jsonl", "failed.txt", "other.xml", "twice.jsonl"}),
    ],
)
def test_what_is_read_again_can_be_said(
    inbox: Path, tmp_path: Path, read_anew: Counter[str], redo: str, anew: set[str]
) -> None:
    first = run(inbox, tmp_path / "out")
    read_anew.clear()
    assert run(inbox, tmp_path / "out", redo=redo) == first
    assert set(read_anew) == anew


def test_what_older_code_read_is_read_again_or_told(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(inbox, tmp_path / "out")
    monkeypatch.setattr(kept_files, "made_by", lambda: "newer")
    left = run(inbox, tmp_path / "out", redo="failed")
    assert Counter(taken(left).values()) == {"kept": 5, "failed": 2}
    (told,) = set(left.issues) - set(first.issues)
    assert told.reason == "5 files are as an older version read them"
    again = run(inbox, tmp_path / "out")
    assert again == first
    assert Counter(taken(again).values()) == {"outdated": 5, "failed": 2}


def test_other_options_are_another_question(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path / "out")
    again = run(inbox, tmp_path / "out", published="2016-12-17")
    assert set(taken(again).values()) == {"new"}
    assert {report.published for report in again.reports} == {"2016-12-17"}


def test_nothing_is_kept_of_what_is_gone(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path / "out")
    for path in inbox.iterdir():
        if path.name != "a.txt":
            path.unlink()
    run(inbox, tmp_path / "out")
    assert len(list((tmp_path / "out" / "kept" / "files").rglob("*.jsonl"))) == 1


def test_what_is_damaged_is_read_again(inbox: Path, tmp_path: Path) -> None:
    first = run(inbox, tmp_path / "out")
    rng = random.Random(3)
    for path in (tmp_path / "out" / "kept" / "files").rglob("*.jsonl"):
        data = bytearray(path.read_bytes())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data[: rng.choice([len(data), len(data) // 2, 0])])
    again = run(inbox, tmp_path / "out")
    assert again == first
    assert set(taken(again).values()) == {"new"}


def test_a_file_that_changes_while_it_is_read_is_told_and_read_again(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_files, "_still", lambda *_: False)
    first = run(inbox, tmp_path / "out")
    assert {i.reason for i in first.issues if i.file.endswith("a.txt")} == {"it was changed while it was read"}
    monkeypatch.undo()
    assert taken(run(inbox, tmp_path / "out"))["a.txt"] == "new"


@pytest.mark.parametrize("opened", [lambda path: KeptFiles(path, ()), lambda path: Store(path / "files")])
def test_drafts_of_runs_that_were_killed_are_removed_after_a_day(
    tmp_path: Path, opened: Callable[[Path], object]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, age in ((".a.draft", 90_000), (".b.draft", 10)):
        (folder / name).write_bytes(b"x")
        then = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (then, then))
    opened(tmp_path)
    assert [p.name for p in folder.iterdir()] == [".b.draft"]


def test_redo_needs_a_folder_and_a_known_word(inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing is kept"):
        tawatur.run(inbox, redo="all")
    with pytest.raises(SettingsError, match="redo is"):
        run(inbox, tmp_path / "out", redo="some")


@pytest.mark.slow
def test_the_result_has_the_bytes_of_a_run_from_nothing(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    rng = random.Random(4)
    for turn in range(4):
        (inbox / f"{turn}.txt").write_text(f"{TEXT} {turn}", "utf-8")
        (inbox / "b.jsonl").write_text("\n".join(line(n) for n in rng.sample(range(1, 9), 4)), "utf-8")
        again = written(inbox, out, "--processes", str(1 + turn % 2))
        told = json.loads(capsys.readouterr().out)["files"]["taken"]
        assert told.get("kept", 0) >= (3 + turn if turn else 0)
        assert again == written(inbox, tmp_path / f"nothing{turn}")
        capsys.readouterr()
    paths = sorted(inbox.iterdir())
    first = tawatur.run(paths, out=out, on_issue=lambda _: None)
    rng.shuffle(paths)
    assert tawatur.run(paths, out=out, processes=2, on_issue=lambda _: None) == first


@pytest.mark.slow
def test_bytes_are_kept_also_of_what_is_not_read_again(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path / "out")
    found = run(inbox, tmp_path / "out", keep=tmp_path / "bytes")
    assert taken(found)["a.txt"] == "kept"
    assert {p.name for p in (tmp_path / "bytes").glob("??/*")} == {file.digest for file in found.files}


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_what_a_file_of_any_kind_gave_is_given_again(tmp_path: Path, name: str) -> None:
    LARGE[name][0](tmp_path / name, 1)

    def gathered() -> tuple[list[Report], list[Issue], FileOutcome]:
        issues: list[Issue] = []
        files: list[FileOutcome] = []
        memory = KeptFiles(tmp_path / "kept", (), "none")
        given = archive.read([tmp_path / name], on_issue=issues.append, on_file=files.append, memory=memory)
        return list(given), issues, files[0]

    first, again = gathered(), gathered()
    assert again == first
    assert (first[2].taken, again[2].taken) == ("new", "kept")
