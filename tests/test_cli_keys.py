"""Encrypted ledgers from the command line: made, used, brought under another key, asked for on a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from on_disk import SECRET, files_of, readable_in
from tawatur.cli import app
from tawatur.errors import LedgerError
from tawatur.ledger import (
    Ledger,
)

ROOT = Path(__file__).resolve().parents[1]


def _call(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    return result.output


def test_the_commands(
    example: Path, place: Path, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    new = key_file.with_name("new.key")
    url = f"sqlite:///{place / 'l.db'}?key_file={new}"
    assert "Keep a copy elsewhere" in _call("ledger", "init", "--encrypt", "--ledger", url)
    assert "encrypted" in _call("ledger", "init", "--encrypt", "--ledger", url)
    assert "backup" in _call("run", str(example), "--ledger", url)
    told = json.loads(_call("ledger", "status", "--ledger", url))
    assert (told["reports"], told["encrypted"], told["backups"]["count"]) == (9, True, 1)
    assert "In order" in _call("ledger", "verify", "--ledger", url)
    assert all(check["well"] for check in json.loads(_call("ledger", "doctor", "--ledger", url)))
    assert json.loads(_call("search", "حلب", "--ledger", url))["hits"]
    assert json.loads(_call("review", "list", "--ledger", url))
    assert readable_in(place) == set()
    (copy,) = (place / "l.db.backups").iterdir()
    _call("ledger", "restore", str(copy), "--ledger", url.replace("l.db", "again.db"))
    said = _call("ledger", "rekey", "--ledger", url, "--key-file", str(key_file))
    assert "encrypted" in said
    assert str(copy) in said
    monkeypatch.setenv("TAWATUR_LEDGER", f"sqlite:///{place / 'l.db'}?key_file={key_file}")
    assert json.loads(_call("ledger", "status"))["claims"] == told["claims"]
    assert readable_in(place) == set()
    assert "not encrypted" in _call("ledger", "rekey", "--plain")
    monkeypatch.setenv("TAWATUR_LEDGER", f"sqlite:///{place / 'l.db'}")
    monkeypatch.setenv("TAWATUR_LEDGER_NEW_KEY", SECRET.words)
    _call("ledger", "rekey")
    monkeypatch.setenv("TAWATUR_LEDGER_KEY", SECRET.words)
    assert json.loads(_call("ledger", "status"))["claims"] == told["claims"]
    _call("ledger", "dump", str(tmp_path / "d"))
    _call("ledger", "restore", str(tmp_path / "d"), "--ledger", f"sqlite:///{place / 'third.db'}")
    assert readable_in(place) == set()


def test_a_run_tells_of_a_wrong_key_before_it_reads(
    example: Path, sealed_ledger: Ledger, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_ledger.close()
    before = files_of(place)
    monkeypatch.setenv("TAWATUR_LEDGER_KEY", "wrong")
    monkeypatch.setattr("tawatur.pipeline.run", lambda *_, **__: pytest.fail("it was read"))
    result = CliRunner().invoke(app, ["run", str(example), "--ledger", f"sqlite:///{place / 'l.db'}"])
    assert isinstance(result.exception, LedgerError)
    assert "the key is wrong" in str(result.exception)
    assert files_of(place) == before


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_a_key_is_asked_for_on_a_terminal(sealed_ledger: Ledger, place: Path, key_file: Path) -> None:
    sealed_ledger.close()
    for words, code, told in ((key_file.read_text().strip(), 0, '"encrypted": true'), ("wrong", 2, "the key is wrong")):
        master, slave = os.openpty()
        env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))}
        command = [sys.executable, "-m", "tawatur", "ledger", "status", "--ledger", f"sqlite:///{place / 'l.db'}"]
        pipes = {"stdin": slave, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        with subprocess.Popen(command, **pipes, env=env, start_new_session=True) as process:  # type: ignore[call-overload]
            said = b""
            while not said.endswith(b"l.db: ") and (more := process.stdout.read1()):
                said += more
            os.write(master, f"{words}\n".encode())
            said += process.communicate()[0]
        os.close(master)
        os.close(slave)
        assert process.returncode == code, said
        assert told in said.decode()
        assert words not in said.decode().replace("the key is wrong", "")
