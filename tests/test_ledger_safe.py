"""What keeps a record safe: raw bytes, backups by themselves, the doctor, exports, redaction, passwords."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from tawatur.cli import app
from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger import (
    Filters,
    Ledger,
    SavedSearch,
    automatic_backup,
    backups_of,
    decrypt,
    dump,
    encrypt,
    examine,
    folder_for,
    keep_raw,
    open_ledger,
    raw,
    redact,
    restore,
    save_search,
    search,
)
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.schema import METADATA
from tawatur.model import Comparison, Span

NAME = "رامي عبد الرحمن"


@pytest.fixture
def ledger(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setenv("TAWATUR_BACKUPS", str(tmp_path / "own"))
    made = open_ledger(url, create=True, author="tester")
    yield made
    made.close()


def _everything(ledger: Ledger) -> str:
    with reading(ledger.engine) as connection:
        tables = [*METADATA.sorted_tables]
        rows = [tuple(row) for table in tables for row in connection.execute(table.select())]
        rows += [tuple(row) for row in connection.execute(text("SELECT * FROM search_texts"))]
    return json.dumps(rows, ensure_ascii=False)


def test_the_bytes_of_what_was_read_are_kept(ledger: Ledger, comparison: Comparison, tmp_path: Path) -> None:
    ledger.write(comparison)
    new, missing = keep_raw(ledger, comparison.reports)
    assert (new, missing) == (len({r.raw_digest for r in comparison.reports}), ())
    assert keep_raw(ledger, comparison.reports) == (0, ())
    report = comparison.reports[0]
    assert report.text[:40] in raw(ledger, report.raw_digest).decode()
    with pytest.raises(NotFoundError):
        raw(ledger, "0" * 64)
    elsewhere = replace(report, origin_file=str(tmp_path / "gone"), raw_digest="1" * 64)
    assert keep_raw(ledger, [elsewhere]) == (0, (str(tmp_path / "gone"),))
    assert {check.name for check in examine(ledger) if not check.well} == {"backups"}


def test_backups_make_themselves_when_they_are_due(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    first = automatic_backup(ledger)
    assert first is not None
    assert automatic_backup(ledger) is None
    second = automatic_backup(ledger, least=timedelta(0))
    folder = folder_for(ledger)
    assert folder is not None
    assert [path for path, _ in backups_of(folder)] == [first, second]
    assert all(check.well for check in examine(ledger) if check.name == "backups")


def test_backups_can_be_turned_off(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWATUR_BACKUPS", "off")
    assert automatic_backup(ledger) is None


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        ("DELETE FROM search_texts WHERE part = -1", "search index"),
        ("DELETE FROM audit WHERE seq = 2", "audit log"),
        ("UPDATE views SET body = body || ' '", "content"),
        ("DELETE FROM claims_standing", "orphans"),
        ("UPDATE blobs SET body = 'AAAA'", "raw bytes"),
    ],
)
def test_the_doctor_finds_what_is_ill_and_mends_what_is_safe(
    ledger: Ledger, comparison: Comparison, harm: str, name: str
) -> None:
    ledger.write(comparison)
    keep_raw(ledger, comparison.reports)
    automatic_backup(ledger)
    assert all(check.well for check in examine(ledger))
    with writing(ledger.engine) as connection:
        connection.execute(text(harm))
    ill = {check.name: check for check in examine(ledger) if not check.well}
    assert name in ill
    assert all(check.advice for check in ill.values())
    after = {check.name: check for check in examine(ledger, fix=True)}
    assert after[name].well == after[name].mended == (name == "search index")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_export_comes_back_without_loss(ledger: Ledger, comparison: Comparison, tmp_path: Path, form: str) -> None:
    ledger.write(comparison)
    keep_raw(ledger, comparison.reports)
    save_search(ledger, SavedSearch("x", "حلب", Filters(low=3)))
    dump(ledger, tmp_path / "d", form)  # type: ignore[arg-type]
    manifest = json.loads((tmp_path / "d" / "manifest.json").read_text())
    assert manifest["tables"]["claims"]["rows"] == len(comparison.claims)
    assert manifest["tawatur"]
    again = restore(tmp_path / "d", f"sqlite:///{tmp_path / 'again.db'}")
    try:
        for table in METADATA.sorted_tables:
            with reading(ledger.engine) as one, reading(again.engine) as other:
                assert {tuple(r) for r in one.execute(table.select())} == {
                    tuple(r) for r in other.execute(table.select())
                }
        assert len(search(again, "حلب", limit=1000).hits) == len(search(ledger, "حلب", limit=1000).hits) > 0
    finally:
        again.close()


def test_a_person_is_covered_everywhere_and_the_record_still_verifies(
    ledger: Ledger, comparison: Comparison, tmp_path: Path
) -> None:
    ledger.write(replace(comparison, record={"note": f"ask {NAME}"}))
    keep_raw(ledger, comparison.reports)
    save_search(ledger, SavedSearch("who", f'"{NAME}"', Filters()))
    counts, anchor = ledger.status(), ledger.anchor()
    assert search(ledger, f'"{NAME}"').hits
    done = redact(ledger, [NAME, "عبد الرحمن", "رامي"])
    assert done.reports > 0
    assert done.claims > 0
    assert done.raw > 0
    held = _everything(ledger)
    assert "عبد الرحمن" not in held
    assert "رامي" not in held
    assert ledger.verify(anchor) == []
    assert search(ledger, f'"{NAME}"').hits == ()
    after = ledger.status()
    assert {**counts, "audit": "", "redactions": 1} == {**after, "audit": ""}
    texts = {report.id: report for report in ledger.reports()}
    before = {report.id: report for report in comparison.reports}
    for key, report in texts.items():
        assert len(report.text) == len(before[key].text)
        assert {a for a, b in zip(report.text, before[key].text, strict=True) if a != b} <= {"█"}
    if ledger.engine.dialect.name == "sqlite":
        ledger.close()
        data = b"".join(path.read_bytes() for path in tmp_path.glob("l.db*") if path.is_file())
        assert "عبد الرحمن".encode() not in data


def test_changing_a_covered_entry_still_shows(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(replace(comparison, record={"note": f"ask {NAME}"}))
    redact(ledger, [NAME])
    assert ledger.verify() == []
    with writing(ledger.engine) as connection:
        connection.execute(text("UPDATE audit SET after = replace(after, 'ask', 'tell') WHERE action = 'begin run'"))
    assert any("was changed" in line for line in ledger.verify())


def test_stretches_are_covered_too(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    report = comparison.reports[0]
    redact(ledger, [], [(report.id, Span(5, 12))])
    (after,) = (r for r in ledger.reports() if r.id == report.id)
    assert after.text == report.text[:5] + "█" * 7 + report.text[12:]
    assert ledger.verify() == []


@pytest.mark.parametrize("size", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20])
def test_what_is_encrypted_comes_back_by_its_password_only(tmp_path: Path, size: int) -> None:
    source = tmp_path / "plain"
    source.write_bytes(bytes(range(256)) * (size // 256) + b"x" * (size % 256))
    encrypt(source, tmp_path / "sealed", "كلمة السر")
    sealed = (tmp_path / "sealed").read_bytes()
    decrypt(tmp_path / "sealed", tmp_path / "back", "كلمة السر")
    assert (tmp_path / "back").read_bytes() == source.read_bytes()
    for wrong in (sealed[:-1], sealed[: 31 + 2**20 + 16] if size > 2**20 else sealed[:20], sealed[:-1] + b"?"):
        (tmp_path / "cut").write_bytes(wrong)
        with pytest.raises(LedgerError, match="password is wrong, or the file is damaged"):
            decrypt(tmp_path / "cut", tmp_path / "none", "كلمة السر")
    with pytest.raises(LedgerError, match="password is wrong"):
        decrypt(tmp_path / "sealed", tmp_path / "none", "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back", "cut", "plain", "sealed"]


def test_the_commands(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWATUR_LEDGER", f"sqlite:///{tmp_path / 'l.db'}")
    monkeypatch.setenv("TAWATUR_PASSWORD", "secret words")

    def call(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == code, result.output
        return result.output

    assert "backup" in call("run", str(example), "--ledger", f"sqlite:///{tmp_path / 'l.db'}")
    told = json.loads(call("ledger", "status"))
    assert told["backups"]["count"] == 1
    assert {check["name"] for check in json.loads(call("ledger", "doctor")) if check["well"]} >= {"content", "backups"}
    call("ledger", "backup", str(tmp_path / "b"), "--encrypt")
    (sealed,) = (tmp_path / "b").iterdir()
    assert "الروسي".encode() not in sealed.read_bytes()
    call("ledger", "restore", str(sealed), "--ledger", f"sqlite:///{tmp_path / 'again.db'}")
    call("ledger", "dump", str(tmp_path / "d"), "--form", "parquet")
    assert "Still holds it" in call("ledger", "redact", NAME, "--yes")
    assert "In order" in call("ledger", "verify")
    monkeypatch.setenv("TAWATUR_PASSWORD", "wrong")
    result = CliRunner().invoke(app, ["ledger", "restore", str(sealed), "--ledger", f"sqlite:///{tmp_path / 'x.db'}"])
    assert isinstance(result.exception, LedgerError)
    assert not (tmp_path / "x.db").exists()
