"""Encrypted ledgers: nothing plain on the disk, and keys that are refused in one line."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from on_disk import SECRET, TOLD, decided, files_of, readable_in
from tawatur.errors import LedgerError
from tawatur.ledger import (
    Ledger,
    automatic_backup,
    backup,
    examine,
    folder_for,
    make_key,
    open_ledger,
    raw,
    redact,
    restore,
    search,
)
from tawatur.ledger.connect import reading
from tawatur.model import Comparison

ROOT = Path(__file__).resolve().parents[1]
SEED = 5
DAMAGES = 100 if int(os.environ.get("TAWATUR_SOAK", "0")) else 6


def test_a_plain_ledger_would_show_every_word(place: Path, comparison: Comparison) -> None:
    held = open_ledger(f"sqlite:///{place / 'l.db'}", create=True, author="tester")
    held.write(comparison)
    decided(held)
    held.close()
    assert {told.split(" in ")[0].encode() for told in readable_in(place)} == set(TOLD)


def test_nothing_is_written_plain_whatever_is_done(
    sealed_ledger: Ledger, place: Path, comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(place))
    assert {path.name for path in place.iterdir()} >= {"l.db", "l.db-wal"}
    decided(sealed_ledger)
    assert search(sealed_ledger, "حلب").hits
    assert raw(sealed_ledger, comparison.reports[0].raw_digest)
    assert readable_in(place) == set()
    copied = automatic_backup(sealed_ledger)
    assert copied is not None
    assert copied.parent == folder_for(sealed_ledger)
    assert readable_in(place) == set()
    # as a pulled plug leaves it: with the log of writes beside it
    shutil.copytree(place, tmp_path / "pulled")
    assert (tmp_path / "pulled/l.db-wal").stat().st_size
    assert readable_in(tmp_path / "pulled") == set()
    redact(sealed_ledger, ["رامي عبد الرحمن"])
    assert all(check.well for check in examine(sealed_ledger, fix=True))
    assert readable_in(place) == set()
    with reading(sealed_ledger.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar_one() == 2  # in memory
    sealed_ledger.close()
    assert readable_in(place) == set()


def test_an_encrypted_ledger_holds_what_a_plain_one_holds(sealed_ledger: Ledger, comparison: Comparison) -> None:
    assert set(sealed_ledger.claims()) == set(comparison.claims)
    assert set(sealed_ledger.comparison().findings) == set(comparison.findings)
    assert sealed_ledger.verify() == []


def test_a_backup_goes_under_the_same_key_only(
    sealed_ledger: Ledger, place: Path, key_file: Path, tmp_path: Path, comparison: Comparison
) -> None:
    path = backup(sealed_ledger, place / "b")
    for url in (f"sqlite:///{place / 'again.db'}", f"sqlite:///{place / 'again.db'}?key_file={_other(key_file)}"):
        before = files_of(place)
        with pytest.raises(LedgerError, match=r"without a key|the key is wrong"):
            restore(path, url)
        assert files_of(place) == before
    again = restore(path, f"sqlite:///{place / 'again.db'}?key_file={key_file}")
    assert set(again.claims()) == set(comparison.claims)
    assert again.verify(sealed_ledger.anchor()) == []
    again.close()
    assert readable_in(place) == set()
    plain = open_ledger(f"sqlite:///{tmp_path / 'plain.db'}", create=True)
    plain.write(comparison)
    sealed = restore(backup(plain, tmp_path / "p"), f"sqlite:///{place / 'sealed.db'}?key_file={key_file}")
    assert sealed.verify(plain.anchor()) == []
    assert len(search(sealed, "حلب", limit=1000).hits) == len(search(plain, "حلب", limit=1000).hits) > 0
    for held in (plain, sealed):
        held.close()
    assert readable_in(place) == set()


def _other(key_file: Path) -> Path:
    path = key_file.with_name("other.key")
    if not path.exists():
        make_key(path, Path("/nowhere/l.db"))
    return path


def _open(path: Path, mode: int) -> Path:
    path.chmod(mode)
    return path


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    path.chmod(0o600)
    return path


REFUSED: list[tuple[Callable[[Path, Path], str], str]] = [
    (lambda db, _: f"{db}", "not a database that opens without a key"),
    (lambda db, key: f"{db}?key_file={_other(key)}", "the key is wrong"),
    (lambda db, key: f"{db}?key_file={key}.gone", "no key is there"),
    (lambda db, key: f"{db}?key_file={key.parent}", "cannot be read"),
    (lambda db, key: f"{db}?key_file={shutil.copy2(key, db.with_name('my.key'))}", "in the folder of the ledger"),
    (lambda db, key: f"{db}?key_file={_written(key, b'')}", "the key is empty"),
    (lambda db, key: f"{db}?key_file={_written(key, bytes(16))}", "more than one line"),
    (lambda db, key: f"{db}?key_file={_written(key, b'a' * 4000 + b'b' * 4000)}", "more than one line"),
    (lambda db, key: f"{db}?key_file={_written(key, 'كلمة'.encode('utf-16'))}", "not text in UTF-8"),
    (lambda db, key: f"{db}?keyfile={key}", "no option of a ledger's address"),
    (lambda db, key: f"{db}?key=words&key_file={key}", "no option of a ledger's address"),
    (lambda db, key: f"{_of_noise(db)}?key_file={key}", "the key is wrong, or the file is damaged"),
    (lambda db, _: f"{_of_noise(db)}", "encrypted, or damaged"),
    (lambda db, key: f"{_of_plain(db)}?key_file={key}", "is not encrypted, but a key was given"),
    (lambda db, key: f"{db.with_name('none.db')}?key_file={key}", "no ledger is there"),
]  # fmt: skip
if os.name == "posix":
    REFUSED += [
        (lambda db, key: f"{db}?key_file={_open(key, 0o644)}", "open to others"),
        (lambda db, key: f"{db}?key_file={_open(key, 0o620)}", "open to others"),
    ]


def _of_noise(db: Path) -> Path:
    path = db.with_name("noise.db")
    path.write_bytes(random.Random(SEED).randbytes(40960))
    return path


def _of_plain(db: Path) -> Path:
    open_ledger(f"sqlite:///{db.with_name('plain.db')}", create=True).close()
    return db.with_name("plain.db")


@pytest.mark.parametrize(("made", "told"), REFUSED)
@pytest.mark.parametrize("pulled", [False, True], ids=["closed", "pulled"])
def test_what_does_not_open_is_told_in_one_line_and_nothing_is_touched(
    sealed_ledger: Ledger,
    place: Path,
    key_file: Path,
    tmp_path: Path,
    made: Callable[[Path, Path], str],
    told: str,
    pulled: bool,
) -> None:
    here = place
    if pulled:  # with a log of writes that nobody has brought into the file
        here = Path(shutil.copytree(place, tmp_path / "pulled"))
    sealed_ledger.close()
    url = f"sqlite:///{made(here / 'l.db', key_file)}"
    before = files_of(here)
    with pytest.raises(LedgerError, match=told) as refused:
        open_ledger(url)
    assert "\n" not in str(refused.value)
    assert refused.value.advice
    assert files_of(here) == before
    if not pulled:
        assert not list(here.glob("*-shm"))


def test_a_pulled_plug_loses_nothing(
    sealed_ledger: Ledger, place: Path, key_file: Path, tmp_path: Path, comparison: Comparison
) -> None:
    pulled = Path(shutil.copytree(place, tmp_path / "pulled"))
    with pytest.raises(LedgerError, match="the key is wrong"):
        open_ledger(f"sqlite:///{pulled / 'l.db'}", key=SECRET)
    again = open_ledger(f"sqlite:///{pulled / 'l.db'}?key_file={key_file}")
    assert set(again.claims()) == set(comparison.claims)
    assert again.verify(sealed_ledger.anchor()) == []
    again.close()


def test_without_the_extra_one_line_says_what_to_install(
    sealed_ledger: Ledger, sealed_url: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_ledger.close()
    before = files_of(place)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(LedgerError, match=r"needs sqlcipher3; pip install 'tawatur\[cipher\]'"):
        open_ledger(sealed_url)
    with pytest.raises(LedgerError, match="needs sqlcipher3"):
        open_ledger(sealed_url.replace("l.db", "new.db"), create=True)
    assert files_of(place) == before


def test_a_key_is_never_shown(sealed_ledger: Ledger, key_file: Path) -> None:
    words = key_file.read_text().strip()
    assert len(words) == 64
    assert key_file.stat().st_mode & 0o077 == 0 or os.name != "posix"
    shown = (
        repr(sealed_ledger.key) + str(sealed_ledger.key) + repr(sealed_ledger.engine) + str(sealed_ledger.engine.url)
    )
    assert words not in shown
    with pytest.raises(LedgerError, match="no key can be made there"):
        make_key(key_file, Path("/nowhere/l.db"))
    assert key_file.read_text().strip() == words


def test_damage_shows(sealed_ledger: Ledger, place: Path, key_file: Path, tmp_path: Path) -> None:
    rng = random.Random(SEED)
    sealed_ledger.close()
    good = (place / "l.db").read_bytes()
    for number in range(DAMAGES):
        path = tmp_path / f"damaged{number}.db"
        data = bytearray(good)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data[: rng.choice((len(data), len(data) // 2 + 100))])
        size = path.stat().st_size
        try:
            held = open_ledger(f"sqlite:///{path}?key_file={key_file}")
            wrong = held.verify()
            held.close()
        except LedgerError as error:
            wrong = [str(error)]
        assert wrong
        assert all("\n" not in line for line in wrong)
        assert path.stat().st_size == size
