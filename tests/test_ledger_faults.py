"""The ledger under kills, full and broken disks, and hands that change its log: nothing told as done is lost.

The counts are for a quick look; with TAWATUR_SOAK set they are run in full.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bench_ledger import made
from tawatur.errors import LedgerError
from tawatur.ledger import Anchor, Ledger, backup, bring_up, open_ledger, restore, search
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.dumping import MANIFEST, check

WRITER = Path(__file__).with_name("ledger_writer.py")
TOOLS = WRITER.parents[1] / "tools"
SOAK = int(os.environ.get("TAWATUR_SOAK", "0")) > 0
KILLS, ELSEWHERE, EDITS, BROKEN = (200, 50, 1000, 100) if SOAK else (3, 2, 30, 6)
SEED = 5


def _killed(what: str, url: str, seconds: float, *more: str) -> list[str]:
    """What a writer had told when it was killed so long after it began."""
    path = os.pathsep.join((str(WRITER.parents[1] / "src"), str(TOOLS), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, str(WRITER), what, url, "100000", str(SEED), *more]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(seconds)
        process.kill()
        return [line.strip() for line in process.stdout if line.endswith("\n")]


def test_a_kill_while_writing_loses_nothing_that_was_told(url: str) -> None:
    rng = random.Random(SEED)
    open_ledger(url, create=True).close()
    for _ in range(KILLS):
        told = _killed("write", url, rng.uniform(0, 0.6))
        ledger = open_ledger(url)
        held = {report.id for report in ledger.reports()}
        assert set(told) <= held
        assert ledger.verify() == []
        wanted = {claim for report, claims in made(4 * len(held), SEED) if report.id in held for claim in claims}
        assert set(ledger.claims()) == wanted
        ledger.close()
    ledger = open_ledger(url)
    for number, found in enumerate(made(400, SEED)):
        ledger.add([found])
        assert number < 100
    held = {report.id for report in ledger.reports()}
    assert len(ledger.claims()) == 4 * len(held)
    assert len(search(ledger, "", limit=1000).hits) == min(1000, 5 * len(held))
    ledger.close()


def test_a_kill_while_dumping_leaves_no_dump_that_passes_for_whole(url: str, tmp_path: Path) -> None:
    rng = random.Random(SEED)
    ledger = open_ledger(url, create=True)
    ledger.add(made(200, SEED))
    for number in range(ELSEWHERE):
        folder = tmp_path / f"dump{number}"
        told = _killed("dump", url, rng.uniform(0, 0.4), str(folder))
        assert ledger.verify() == []
        for path in folder.glob("*"):
            if path.name in told:
                assert check(path)["tables"]["claims"]["rows"] == 200
            elif not (path / MANIFEST).exists():
                with pytest.raises(LedgerError, match="no whole dump"):
                    check(path)
    ledger.close()


def _aged(url: str) -> None:
    """A ledger as it was before it had an index."""
    ledger = open_ledger(url)
    with writing(ledger.engine) as connection:
        tables = ["search_texts", "search_spots", "search_numbers", "searches", "blobs"]
        if connection.dialect.name == "sqlite":
            tables.insert(0, "search_words")
        for table in tables:
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
        connection.execute(text("DELETE FROM migrations WHERE name > '0002'"))
    ledger.close()


def test_a_kill_while_migrating_leaves_the_old_or_the_new(url: str) -> None:
    rng = random.Random(SEED)
    ledger = open_ledger(url, create=True)
    ledger.add(made(400, SEED))
    hits = len(search(ledger, "حلب OR قصفت", limit=1000).hits)
    claims = set(ledger.claims())
    ledger.close()
    for _ in range(ELSEWHERE):
        _aged(url)
        _killed("migrate", url, rng.uniform(0, 0.5))
        bring_up(url)
        ledger = open_ledger(url)
        assert len(search(ledger, "حلب OR قصفت", limit=1000).hits) == hits
        assert set(ledger.claims()) == claims
        assert ledger.verify() == []
        ledger.close()


def _edit(rng: random.Random, last: int) -> str:
    """One change of the log: a letter of a field, an entry taken out, two that changed places, an entry put in."""
    seq = rng.randint(1, last)
    field = rng.choice(["at", "author", "action", "subject", "after", "hash", "previous"])
    ways = (
        f"UPDATE audit SET {field} = coalesce({field}, '') || 'x' WHERE seq = {seq}",
        f"DELETE FROM audit WHERE seq = {seq}",
        f"DELETE FROM audit WHERE seq >= {seq}",
        f"UPDATE audit SET seq = {last + 1 + rng.randint(0, 5)} WHERE seq = {seq}" if seq < last else
        f"UPDATE audit SET seq = {last + 2} WHERE seq = {seq}",
        f"INSERT INTO audit SELECT {last + 1}, at, author, action, subject, before, after, previous, hash "
        f"FROM audit WHERE seq = {seq}",
    )  # fmt: skip
    return rng.choice(ways)


def test_every_change_of_the_log_shows(url: str) -> None:
    rng = random.Random(SEED)
    ledger = open_ledger(url, create=True)
    for found in made(40, SEED):
        ledger.add([found])
    known, missed = ledger.anchor(), []
    with reading(ledger.engine) as connection:
        rows = [dict(row) for row in connection.execute(text("SELECT * FROM audit ORDER BY seq")).mappings()]
    for _ in range(EDITS):
        change = _edit(rng, known.entries)
        with writing(ledger.engine) as connection:
            connection.execute(text(change))
        if not _log_faults(ledger, known):
            missed.append(change)
        with writing(ledger.engine) as connection:
            connection.execute(text("DELETE FROM audit"))
            names = ", ".join(rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            connection.execute(text(f"INSERT INTO audit ({names}) VALUES ({values})"), rows)
    assert missed == []
    assert ledger.verify(known) == []
    ledger.close()


def _log_faults(ledger: Ledger, known: Anchor) -> list[str]:
    from tawatur.ledger import audit

    with reading(ledger.engine) as connection:
        return list(audit.faults(connection, known))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Ledger, int], None]]:
    """Makes the disk of a SQLite ledger full: so many pages more than there are now."""

    def narrow(ledger: Ledger, pages: int) -> None:
        with reading(ledger.engine) as connection:
            held = int(connection.execute(text("PRAGMA page_count")).scalar_one())
        from sqlalchemy import event

        def limit(connection: sqlite3.Connection, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count={held + pages}")

        ledger.engine.dispose()
        event.listen(ledger.engine, "connect", limit)

    yield narrow
    monkeypatch.undo()


def test_a_full_disk_breaks_nothing(tmp_path: Path, broken: Callable[[Ledger, int], None]) -> None:
    rng = random.Random(SEED)
    url = f"sqlite:///{tmp_path / 'l.db'}"
    ledger = open_ledger(url, create=True)
    ledger.add(made(40, SEED))
    ledger.close()
    for number in range(BROKEN):
        ledger = open_ledger(url)
        before = set(ledger.claims())
        broken(ledger, rng.randint(0, 30))
        with pytest.raises(LedgerError, match="full") as told:
            ledger.add(list(made(800, SEED + 1 + number)))
        assert "\n" not in str(told.value)
        ledger.close()
        ledger = open_ledger(url)
        assert set(ledger.claims()) == before
        assert ledger.verify() == []
        ledger.close()


def test_a_damaged_file_is_told_in_one_line_and_left_alone(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    whole = tmp_path / "l.db"
    ledger = open_ledger(f"sqlite:///{whole}", create=True)
    ledger.add(made(200, SEED))
    ledger.close()
    with closing(sqlite3.connect(whole)) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    good = whole.read_bytes()
    noticed = 0
    for number in range(BROKEN):
        path = tmp_path / f"damaged{number}.db"
        data = bytearray(good)
        at = rng.randrange(len(data) - 4096)
        data[at : at + 4096] = rng.randbytes(4096)
        path.write_bytes(data[: rng.choice((len(data), len(data) // 2 + 100))])
        size = path.stat().st_size
        try:
            ledger = open_ledger(f"sqlite:///{path}")
            wrong = ledger.verify()
            ledger.close()
        except LedgerError as error:
            wrong = [str(error)]
        noticed += bool(wrong)
        assert all("\n" not in line for line in wrong)
        assert path.stat().st_size == size
    assert noticed == BROKEN


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    ledger = open_ledger(f"sqlite:///{folder / 'l.db'}", create=True)
    ledger.close()
    code = f"""
from tawatur.errors import LedgerError
from tawatur.ledger import open_ledger
import os
os.setuid(65534) if os.getuid() == 0 else None
try:
    open_ledger("sqlite:///{folder / "l.db"}").add([])
except LedgerError as error:
    print(error)
"""
    for path in (folder / "l.db", folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o055)
    before = (folder / "l.db").read_bytes()
    env = {**os.environ, "PYTHONPATH": str(WRITER.parents[1] / "src")}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    folder.chmod(0o755)
    assert told.stderr == ""
    assert len(told.stdout.splitlines()) == 1
    assert (folder / "l.db").read_bytes() == before


def test_a_full_circle_loses_and_doubles_nothing(url: str, tmp_path: Path) -> None:
    ledger = open_ledger(url, create=True)
    found = list(made(400, SEED))
    ledger.add(found)
    known = ledger.anchor()
    ledger.add(found)
    again = restore(backup(ledger, tmp_path / "b"), f"sqlite:///{tmp_path / 'again.db'}")
    assert again.verify(known) == []
    assert set(again.claims()) == {claim for _, claims in found for claim in claims}
    again.add(found)
    assert len(again.claims()) == 400
    assert json.loads(json.dumps(again.status()))["reports"] == 100
    again.close()
    ledger.close()
    shutil.rmtree(tmp_path / "b")
