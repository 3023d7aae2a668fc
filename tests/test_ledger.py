"""The ledger: what went in comes out, by run and by time; nothing doubled, nothing lost, and changes show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

import tawatur
from tawatur.errors import LedgerError
from tawatur.ledger import Anchor, Ledger, bulk, open_ledger
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.schema import audit
from tawatur.model import Comparison


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    made = open_ledger(url, create=True, author="tester")
    ticks = iter(range(10**6))
    made.clock = lambda: f"2026-01-01T00:00:00.{next(ticks):06d}+00:00"
    yield made
    made.close()


def _same(one: Comparison, other: Comparison) -> None:
    assert set(one.reports) == set(other.reports)
    assert set(one.claims) == set(other.claims)
    assert {c.id: c.confidence for c in one.claims} == {c.id: c.confidence for c in other.claims}
    for name in ("events", "accounts", "findings", "estimates", "doubts", "issues"):
        assert set(getattr(one, name)) == set(getattr(other, name)), name
    for name in ("links", "groups", "copied_claims"):
        assert set(getattr(one.lineage, name)) == set(getattr(other.lineage, name)), name


def test_what_goes_in_comes_out(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    _same(ledger.comparison(), comparison)
    assert set(ledger.reports()) == set(comparison.reports)
    assert ledger.verify() == []


def test_writing_again_doubles_nothing(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    first = ledger.status()
    ledger.write(comparison)
    again = ledger.status()
    assert (again["reports"], again["claims"], again["events"]) == (first["reports"], first["claims"], first["events"])
    assert again["runs"] == 2
    _same(ledger.comparison(), comparison)
    assert ledger.verify() == []


def test_a_later_run_supersedes_and_the_record_as_it_stood_stays(ledger: Ledger, comparison: Comparison) -> None:
    first = ledger.write(comparison)
    between = ledger.clock()
    gone, *rest = comparison.claims
    other = replace(rest[0], status="planned" if rest[0].status != "planned" else "began")
    later = replace(comparison, claims=(other, *rest[1:]), events=(), findings=(), estimates=(), accounts=())
    second = ledger.write(later)
    assert gone not in ledger.claims()
    assert other in ledger.claims()
    assert ledger.comparison().events == ()
    _same(ledger.comparison(as_of=first), comparison)
    _same(ledger.comparison(as_of=between), comparison)
    assert set(ledger.claims(as_of=second)) == set(later.claims)
    assert ledger.claims(as_of=0) == ledger.claims(as_of="2020-01-01") == ()
    third = ledger.write(comparison)
    _same(ledger.comparison(), comparison)
    assert set(ledger.claims(as_of=second)) == set(later.claims)
    assert third > second
    assert ledger.verify() == []


def test_a_run_that_breaks_off_keeps_whole_reports_and_goes_on(
    ledger: Ledger, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tawatur.ledger import record
    from tawatur.ledger import writing as put

    monkeypatch.setattr(record, "_AT_ONCE", 2)
    whole = put.put_reports
    calls = iter(range(100))

    def breaks(*given: object) -> None:
        whole(*given)  # type: ignore[arg-type]
        if next(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(put, "put_reports", breaks)
    with pytest.raises(KeyboardInterrupt):
        ledger.write(comparison)
    assert ledger.status()["reports"] == 4
    held = {r.id for r in ledger.reports()}
    assert set(ledger.claims()) == {c for c in comparison.claims if c.report in held}
    assert ledger.verify() == []
    ledger.write(comparison)
    _same(ledger.comparison(), comparison)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE claims SET body = replace(body, 'occurred', 'planned')", "was changed"),
        ("UPDATE audit SET author = 'nobody' WHERE seq = 2", "entry 2 was changed"),
        ("DELETE FROM audit WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "the log ends at entry"),
        ("UPDATE views SET body = body || ' '", "was changed"),
    ],
)
def test_changes_behind_its_back_show(ledger: Ledger, comparison: Comparison, change: str, told: str) -> None:
    ledger.write(comparison)
    known = ledger.anchor()
    assert ledger.verify(known) == []
    with writing(ledger.engine) as connection:
        connection.execute(text(change))
    assert any(told in line for line in ledger.verify(known))


def test_the_making_of_a_ledger_and_each_run_stand_in_the_log(ledger: Ledger, comparison: Comparison) -> None:
    ledger.write(comparison)
    with reading(ledger.engine) as connection:
        rows = connection.execute(select(audit.c.action, audit.c.author).order_by(audit.c.seq)).all()
    assert {author for _, author in rows} == {"tester"}
    assert rows[0].action == "migrate"
    assert [row.action for row in rows if row.action != "migrate"] == ["begin run", "finish run"]


def test_an_anchor_reads_as_it_is_printed() -> None:
    assert Anchor.parse(str(Anchor(3, "ab" * 32))) == Anchor(3, "ab" * 32)
    with pytest.raises(LedgerError, match="no anchor"):
        Anchor.parse("3:zz")


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite://", "ftp://x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(LedgerError):
        open_ledger(url, create=True)


def test_no_ledger_an_older_and_a_newer_one_are_told_apart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'l.db'}"
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(url)
    made = open_ledger(url, create=True)
    with writing(made.engine) as connection:
        connection.execute(text("INSERT INTO migrations VALUES ('9999 of the future', 'x')"))
    with pytest.raises(LedgerError, match="newer"):
        open_ledger(url)
    with pytest.raises(LedgerError, match="newer"):
        open_ledger(url, create=True)
    made.close()


def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "l.db").write_bytes(b"no database at all " * 100)
    with pytest.raises(LedgerError, match="not a database"):
        open_ledger(f"sqlite:///{tmp_path / 'l.db'}")


def test_texts_with_half_a_surrogate_pair_are_held(ledger: Ledger) -> None:
    report = tawatur.Report.make("خبر \ud83d قصير")
    ledger.write(Comparison((report,), (), tawatur.Lineage(), (), (), (), ()))
    assert list(ledger.reports()) == [report]


@given(st.lists(st.text(st.sampled_from("\\N\t\n\r.ـ'\"\u2028")), max_size=4))
def test_rows_are_told_to_copy_so_that_they_come_back(texts: list[str]) -> None:
    cells: list[str | None] = [*texts, None]
    (line,) = b"".join(bulk.lines([dict(enumerate(cells))])).decode().removesuffix("\n").split("\n")  # type: ignore[misc]
    unescape = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
    back = [None if c == "\\N" else re.sub(r"\\.", lambda m: unescape[m[0]], c) for c in line.split("\t")]
    assert back == cells


def test_odd_letters_come_back(ledger: Ledger) -> None:
    reports = tuple(tawatur.Report.make(text) for text in ("خبر\\N", "\\.\nخبر\t\r\nآخر", "\\\\t'\"\u2028"))
    ledger.write(Comparison(reports, (), tawatur.Lineage(), (), (), (), ()))
    assert set(ledger.reports()) == set(reports)
