"""Keeping a ledger: backups, restoring, dumps, what changed, and the commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tawatur.cli import app
from tawatur.errors import LedgerError
from tawatur.ledger import Ledger, open_ledger
from tawatur.ledger.backups import KEPT, backup, dump, restore
from tawatur.ledger.differing import changes
from tawatur.model import Comparison

Closing = Callable[[Ledger], Ledger]


@pytest.fixture
def close() -> Iterator[Closing]:
    """Ledgers that are let go of when the test is over."""
    with ExitStack() as stack:

        def later(held: Ledger) -> Ledger:
            stack.callback(held.close)
            return held

        yield later


def test_a_backup_is_the_record_elsewhere(close: Closing, url: str, comparison: Comparison, tmp_path: Path) -> None:
    held = close(open_ledger(url, create=True, author="tester"))
    held.write(comparison)
    path = backup(held, tmp_path / "backups")
    after = replace(comparison, claims=comparison.claims[1:], events=(), accounts=(), findings=(), estimates=())
    held.write(after)
    again = close(restore(path, f"sqlite:///{tmp_path / 'again.db'}"))
    assert set(again.claims()) == set(comparison.claims)
    assert set(again.comparison().events) == set(comparison.events)
    assert again.verify(again.anchor()) == []
    assert held.verify(again.anchor()) == []  # the log of the one goes on from the other's
    again.write(after)
    assert set(again.claims()) == set(after.claims)
    assert len(again.claims(as_of=1)) == len(comparison.claims)


def test_a_backup_never_overwrites_and_old_ones_go(
    close: Closing, url: str, comparison: Comparison, tmp_path: Path
) -> None:
    held = close(open_ledger(url, create=True))
    held.write(comparison)
    ticks = iter(range(10**6))
    held.clock = lambda: f"2026-01-01T00:00:00.{next(ticks):06d}"
    paths = [backup(held, tmp_path / "b") for _ in range(KEPT + 3)]
    assert sorted((tmp_path / "b").iterdir()) == paths[3:]
    with pytest.raises(LedgerError, match=r"is there already|holds something already"):
        restore(paths[-1], url)


def test_a_damaged_backup_is_refused(close: Closing, comparison: Comparison, tmp_path: Path) -> None:
    held = close(open_ledger(f"sqlite:///{tmp_path / 'l.db'}", create=True))
    held.write(comparison)
    path = backup(held, tmp_path / "b")
    data = path.read_bytes()
    at = data.index("الروسي".encode())
    path.write_bytes(data[:at] + b"x" + data[at + 1 :])
    with pytest.raises(LedgerError):
        restore(path, f"sqlite:///{tmp_path / 'again.db'}")
    assert not (tmp_path / "again.db").exists()


def test_a_dump_goes_from_one_database_to_the_other(
    close: Closing, url: str, comparison: Comparison, tmp_path: Path
) -> None:
    held = close(open_ledger(url, create=True))
    held.write(comparison)
    dump(held, tmp_path / "dump")
    again = close(restore(tmp_path / "dump", f"sqlite:///{tmp_path / 'again.db'}"))
    assert set(again.comparison().findings) == set(comparison.findings)
    dump(again, tmp_path / "second")
    for path in (tmp_path / "dump").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()
    with (tmp_path / "dump" / "claims.jsonl").open("a") as stream:
        stream.write("\n")
    with pytest.raises(LedgerError, match="not what the manifest says"):
        restore(tmp_path / "dump", f"sqlite:///{tmp_path / 'third.db'}")


def test_what_changed_since_a_run(close: Closing, url: str, comparison: Comparison) -> None:
    held = close(open_ledger(url, create=True))
    first = held.write(comparison)
    gone, other, *rest = comparison.claims
    new = replace(other, status="planned" if other.status != "planned" else "began")
    held.write(replace(comparison, claims=(new, *rest)))
    found = changes(held, first)
    assert (found.came, found.went, found.changed) == ((), (gone,), ((other, new),))
    back = changes(held, 0, first)
    assert len(back.came) == len(comparison.claims)


def _call(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    return result.output


def test_the_commands(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'l.db'}"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    _call("ledger", "init", "--ledger", url)
    _call("run", str(example), "--ledger", url)
    told = json.loads(_call("ledger", "status", "--ledger", url))
    assert told["reports"] == 9
    assert told["claims"] > 20
    assert "In order" in _call("ledger", "verify", "--ledger", url, "--anchor", told["audit"])
    _call("ledger", "backup", str(tmp_path / "b"), "--ledger", url)
    (copy,) = (tmp_path / "b").iterdir()
    again = f"sqlite:///{tmp_path / 'again.db'}"
    _call("ledger", "restore", str(copy), "--ledger", again)
    assert json.loads(_call("ledger", "status", "--ledger", again)) | {"backups": None} == told | {"backups": None}
    assert "Nothing to do" in _call("ledger", "migrate", "--ledger", again)
    assert len(json.loads(_call("ledger", "diff", "0", "--ledger", again, "--json"))["came"]) == told["claims"]
    _call("ledger", "dump", str(tmp_path / "dump"), "--ledger", again)
    assert (tmp_path / "dump" / "manifest.json").exists()


def test_the_ledger_of_the_data_folder_is_used_once_it_is_there(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert "Ledger:" not in _call("run", str(example / "reports.jsonl"))
    _call("ledger", "init")
    _call("run", str(example / "reports.jsonl"))
    assert json.loads(_call("ledger", "status"))["reports"] == 9
