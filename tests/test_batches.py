"""What becomes of each input, the bytes as received, files that are whole or not there, and watched folders."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest

import tawatur
from intake import TEXT, line
from tawatur import cli
from tawatur.archive import inputs, write_whole
from tawatur.archive.store import Store
from tawatur.errors import InputError
from tawatur.model import FileOutcome

SOAK = int(os.environ.get("TAWATUR_SOAK", "0"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), out, err


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.jsonl").write_text(line(1) + "\n" + line(2), "utf-8")
    (folder / "half.jsonl").write_text(line(3) + "\n{broken", "utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 no")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "other.xml").write_text("<?xml version='1.0'?><urlset/>", "utf-8")
    (folder / "notes.part").write_text(TEXT, "utf-8")
    (folder / "~$lock.docx").write_text("x", "utf-8")
    return folder


def test_each_input_has_one_outcome(inbox: Path) -> None:
    found = {Path(f.file).name: f for f in tawatur.run(inbox, on_issue=lambda _: None).files}
    assert {name: (f.state, f.reports) for name, f in found.items()} == {
        "good.jsonl": ("read", 2),
        "half.jsonl": ("doubtful", 1),
        "bad.pdf": ("failed", 0),
        "empty.txt": ("failed", 0),
        "other.xml": ("skipped", 0),
    }
    assert all(f.reason for f in found.values() if f.state != "read")
    assert found["half.jsonl"].refused == 1


def test_a_path_that_is_not_there_has_failed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    told: list[FileOutcome] = []
    list(tawatur.archive.read([tmp_path / "no.txt", tmp_path], on_issue=lambda _: None, on_file=told.append))
    assert [(Path(f.file).name, f.state) for f in told] == [("no.txt", "failed"), ("a.txt", "read")]


def test_outcomes_stand_in_the_result(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "run", inbox, "--out", tmp_path / "out", "--json")
    assert code == 1
    files = json.loads(out)["files"]
    assert (files["count"], files["read"], files["failed"], len(files["told"])) == (5, 1, 2, 4)
    rows = list(csv.DictReader((tmp_path / "out" / "files.csv").read_text("utf-8-sig").splitlines()))
    assert [row["state"] for row in rows] == ["failed", "failed", "read", "doubtful", "skipped"]


def test_bytes_are_kept_as_received_and_once(inbox: Path, tmp_path: Path) -> None:
    (inbox / "again.jsonl").write_bytes((inbox / "good.jsonl").read_bytes())
    for _ in range(2):
        files = tawatur.run(inbox, keep=tmp_path / "kept", on_issue=lambda _: None).files
    given = [p for p in inbox.iterdir() if p.suffix in (".jsonl", ".pdf", ".txt", ".xml")]
    held = {hashlib.sha256(p.read_bytes()).hexdigest() for p in given}
    assert {p.name for p in (tmp_path / "kept").glob("??/*")} == held == {f.digest for f in files}
    store = Store(tmp_path / "kept")
    with store.open(hashlib.sha256(b"").hexdigest()) as stream:
        assert stream.read() == b""
    assert list(store.damaged()) == []


@pytest.mark.parametrize("piped", [True, False])
def test_bytes_of_standard_input_are_kept(tmp_path: Path, piped: bool) -> None:
    data = f"{line(1)}\n{line(2)}".encode()
    (tmp_path / "given").write_bytes(data)
    kept = tmp_path / "kept"
    command = [sys.executable, "-m", "tawatur", "run", "-", "--keep", kept, "--json"]
    for _ in range(2):
        with (tmp_path / "given").open("rb") as given:
            source = {"input": data} if piped else {"stdin": given}
            told = json.loads(subprocess.run(command, capture_output=True, check=True, **source).stdout)
        assert (told["reports"], told["files"]["count"]) == (2, 1)
    (path,) = (path for path in kept.rglob("*") if path.is_file())
    assert (path.name, path.read_bytes()) == (hashlib.sha256(data).hexdigest(), data)


def test_damaged_and_missing_bytes_are_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = store.keep(BytesIO(b"abc"))
    store.path(digest).write_bytes(b"abd")
    assert list(store.damaged()) == [digest]
    with pytest.raises(InputError, match="changed"), store.open(digest):
        pass
    with pytest.raises(InputError, match="no bytes"), store.open("0" * 64):
        pass
    with pytest.raises(InputError, match="no SHA-256"):
        store.path("../../etc/passwd")


def test_a_store_that_takes_nothing_fails_each_file_in_one_line(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Store, "keep", full)
    comparison = tawatur.run(inbox, keep=tmp_path / "kept", on_issue=lambda _: None)
    assert {f.state for f in comparison.files} == {"failed"}
    assert {i.reason for i in comparison.issues} == {"its bytes cannot be kept (No space left on device)"}


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    for name in ("fsync", "replace"):

        def broken(*_: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as patched:
            patched.setattr(os, name, broken)
            with pytest.raises(OSError, match="Input/output"):
                write_whole(path, b"new")
        assert path.read_bytes() == b"old"
        assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    write_whole(path, iter([b"in ", b"pieces"]))
    with pytest.raises(ZeroDivisionError):
        write_whole(path, (b"%d" % (1 // n) for n in (1, 0)))
    assert path.read_bytes() == b"in pieces"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


_FULL = """
import resource, sys
from tawatur import cli
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
cli.main(sys.argv[2:])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")
def test_a_disk_that_is_full_leaves_the_last_result_whole(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line(1), "utf-8")
    out = tmp_path / "out"

    def limited(size: int) -> subprocess.CompletedProcess[str]:
        job = ["run", tmp_path / "a.jsonl", "--out", out, "--json"]
        command = [sys.executable, "-c", _FULL, str(size), *job]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert limited(1 << 30).returncode == 0
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    (tmp_path / "a.jsonl").write_text("\n".join(line(n) for n in range(1, 9)), "utf-8")
    sizes = [2000 + 37 * n for n in range(100 if SOAK else 3)]
    for size in sizes:
        found = limited(size)
        assert found.returncode == 2
        assert "Traceback" not in found.stderr
        assert len([told for told in found.stderr.splitlines() if told.startswith("tawatur:")]) == 1
        after = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
        assert {name: data for name, data in after.items() if data != before.get(name) and not data} == {}
        assert not any(p.name.endswith(".draft") for p in out.rglob("*"))
        for name, data in after.items():
            if name.endswith(".json"):
                json.loads(data)


def test_listing_sees_only_what_would_be_read(inbox: Path) -> None:
    names = [Path(path).name for path, _, _ in inputs([inbox])]
    assert names == ["bad.pdf", "empty.txt", "good.jsonl", "half.jsonl", "other.xml"]
    assert inputs([inbox / "nowhere"]) == ()


@pytest.mark.slow
def test_a_watched_folder(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    watch = ("watch", inbox, "--out", out, "--once")
    code, _, err = run(capsys, *watch)
    assert (code, "3 reports from 5 files" in err) == (0, True)
    assert run(capsys, *watch)[2] == ""
    (inbox / "new.txt").write_text(f"{TEXT} جديد", "utf-8")
    assert "4 reports from 6 files" in run(capsys, *watch)[2]
    (inbox / "new.txt").unlink()
    assert "3 reports from 5 files" in run(capsys, *watch)[2]
    (out / "watched.json").write_text("{", "utf-8")
    assert "3 reports from 5 files" in run(capsys, *watch)[2]
    assert run(capsys, "watch", inbox, "--out", inbox / "out", "--once")[0] == 2


@pytest.mark.slow
def test_an_empty_folder_is_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert run(capsys, "watch", tmp_path / "in", "--out", tmp_path / "out", "--once") == (0, "", "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_watching_goes_on_until_it_is_stopped(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "tawatur", "watch", str(inbox), "--out", str(out), "--every", "0.2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=_heeding_interrupts) as watching:
        try:
            assert _within(60, (out / "watched.json").exists)
            (inbox / "new.txt").write_text(f"{TEXT} جديد", "utf-8")
            assert _within(60, lambda: "new.txt" in (out / "watched.json").read_text("utf-8"))
            watching.send_signal(signal.SIGINT)
            _, err = watching.communicate(timeout=60)
        finally:
            watching.kill()
    assert watching.returncode == 130
    assert "Traceback" not in err


def _heeding_interrupts() -> None:
    """What a shell starts in the background ignores interrupts, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _within(seconds: float, true: object) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False
