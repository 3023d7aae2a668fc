"""A ledger brought under another key: what it holds stays, and nothing of the old file."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from bench_ledger import made
from on_disk import SECRET, TOLD, decided, readable_in
from tawatur.errors import LedgerError, RightsError
from tawatur.ledger import (
    Key,
    Ledger,
    add_user,
    examine,
    keep_raw,
    open_ledger,
    rekey,
    search,
)
from tawatur.model import Comparison

ROOT = Path(__file__).resolve().parents[1]
SEED = 5
KILLS = 200 if int(os.environ.get("TAWATUR_SOAK", "0")) else 4


def test_another_key_each_way(place: Path, comparison: Comparison) -> None:
    url = f"sqlite:///{place / 'l.db'}"
    held = open_ledger(url, create=True, author="tester")
    held.write(comparison)
    keep_raw(held, comparison.reports)
    decided(held)
    known, claims, hits = held.anchor(), held.claims(reviewed=True), search(held, "حلب", limit=1000).hits
    first = known.entries
    held.close()
    keys = [None, SECRET, Key("ab" * 32), Key("another"), None]
    for old, new in pairwise(keys):
        with (place / "l.db").open("rb") as before:
            rekey(url, new, key=old)
            if os.name == "posix":  # the old file, of which this is what is left, is written over
                assert not [word for word in TOLD if word in before.read()]
        held = open_ledger(url, key=new)
        assert held.verify(known) == []
        assert held.claims(reviewed=True) == claims
        assert search(held, "حلب", limit=1000).hits == hits
        assert all(check.well for check in examine(held) if check.name != "backups")
        known = held.anchor()
        held.close()
        assert {path.name for path in place.iterdir()} == {"l.db"}
        assert bool(readable_in(place)) == (new is None)
    assert known.entries == first + len(keys) - 1


@pytest.mark.skipif(os.name != "posix", reason="links and rights of POSIX")
def test_what_else_leads_to_the_file_stays(sealed_ledger: Ledger, place: Path, key_file: Path, tmp_path: Path) -> None:
    known = sealed_ledger.anchor()
    sealed_ledger.close()
    (place / "l.db").chmod(0o640)
    os.link(place / "l.db", place / "snapshot")
    (tmp_path / "linked.db").symlink_to(place / "l.db")
    rekey(f"sqlite:///{tmp_path / 'linked.db'}?key_file={key_file}", SECRET)
    assert (tmp_path / "linked.db").is_symlink()
    assert (place / "l.db").stat().st_mode & 0o777 == 0o640
    for name, key in (("l.db", SECRET), ("snapshot", sealed_ledger.key)):
        held = open_ledger(f"sqlite:///{place / name}", key=key)
        assert held.verify(known) == []
        held.close()


def test_a_ledger_that_is_open_elsewhere_keeps_its_key(sealed_ledger: Ledger, sealed_url: str, place: Path) -> None:
    list(sealed_ledger.reports())
    with pytest.raises(LedgerError, match="open elsewhere"):
        rekey(sealed_url, SECRET)
    code = f"import sys; from tawatur.ledger import open_ledger; l = open_ledger({sealed_url!r}); list(l.reports())"
    sealed_ledger.close()
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}; print('open', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LedgerError, match="open elsewhere"):
            rekey(sealed_url, None)
        other.communicate("")
    assert not list(place.glob("*.draft*"))
    rekey(sealed_url, SECRET)


def test_the_same_key_and_a_plain_one_again_are_refused(sealed_ledger: Ledger, sealed_url: str, place: Path) -> None:
    key = sealed_ledger.key
    sealed_ledger.close()
    with pytest.raises(LedgerError, match="under that key already"):
        rekey(sealed_url, key)
    rekey(sealed_url, None)
    with pytest.raises(LedgerError, match="plain already"):
        rekey(f"sqlite:///{place / 'l.db'}", None)


def test_only_an_admin_changes_the_key(
    sealed_ledger: Ledger, sealed_url: str, monkeypatch: pytest.MonkeyPatch, comparison: Comparison
) -> None:
    add_user(sealed_ledger, "Reem", "admin", by="tester")
    add_user(sealed_ledger, "Sami", "editor", by="Reem")
    sealed_ledger.close()
    monkeypatch.setenv("TAWATUR_USER", "Sami")
    with pytest.raises(RightsError, match="Sami is a editor and may not change the key"):
        rekey(sealed_url, SECRET)
    monkeypatch.setenv("TAWATUR_USER", "Reem")
    rekey(sealed_url, SECRET)
    held = open_ledger(sealed_url, key=SECRET)
    assert held.verify() == []
    assert set(held.claims()) == set(comparison.claims)
    held.close()


def test_postgresql_has_no_key(postgresql: str) -> None:
    for refused in (
        lambda: open_ledger(postgresql, create=True, key=SECRET),
        lambda: open_ledger(f"{postgresql}&key_file=/tmp/x", create=True),
        lambda: rekey(postgresql, SECRET),
    ):
        with pytest.raises(LedgerError, match="PostgreSQL"):
            refused()


def test_a_kill_while_the_key_is_changed_leaves_a_whole_ledger(place: Path) -> None:
    rng = random.Random(SEED)
    url = f"sqlite:///{place / 'l.db'}"
    held = open_ledger(url, create=True)
    held.add(made(400, SEED))
    claims = set(held.claims())
    held.close()
    keys = [None, SECRET]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))}
    for _ in range(KILLS):
        code = f"""
from tawatur.ledger import Key, rekey
print("begun", flush=True)
one, other = {keys[0] and keys[0].words!r}, {keys[1] and keys[1].words!r}
rekey({url!r}, other and Key(other), key=one and Key(one))
"""
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(rng.uniform(0, 0.6))
            process.kill()
        plain = (place / "l.db").read_bytes().startswith(b"SQLite")
        held = open_ledger(url, key=None if plain else SECRET)
        assert held.verify() == []
        assert set(held.claims()) == claims
        held.close()
        keys.sort(key=lambda key: (key is None) != plain)
