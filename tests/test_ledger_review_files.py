"""Decisions as files: nothing lost, nothing doubled, no formula, and each bad row told by its place."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import reviewers
from tawatur.errors import FormatError
from tawatur.ledger import (
    Edit,
    Ledger,
    decide,
    export_decisions,
    import_decisions,
    judgements,
    open_ledger,
    reviewed,
    unsettled,
    withdraw,
)
from tawatur.ledger.connect import reading
from tawatur.ledger.schema import decisions
from tawatur.model import Claim

FORMS = ["jsonl", "csv"]
NASTY = "=cmd|' /C calc'!A0\n\u2028\"quoted\", ريم"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Ledger]]:
    opened: list[Ledger] = []

    def made() -> Ledger:
        name = tmp_path / f"{len(list(tmp_path.glob('*.db')))}.db"
        url = f"sqlite:///{name}" if request.param == "sqlite" else request.getfixturevalue("new_database")()
        ledger = open_ledger(url, create=True, author="tester")
        ledger.write(reviewers.record(4))
        opened.append(ledger)
        return ledger

    yield made
    for ledger in opened:
        ledger.close()


def _decided(ledger: Ledger) -> tuple[Claim, ...]:
    claims = ledger.claims()
    a, b, c, _ = (claim.id for claim in claims)
    decide(ledger, [Edit(a, "accept"), Edit(b, "correct", "status", "planned", NASTY)], author="+ريم")
    decide(ledger, [Edit(b, "correct", "origin", "-وكالة"), Edit(c, "reject")], author="b")
    decide(ledger, [Edit(a, "different", other=b), Edit(c, "comment", reason="ask")], author="b")
    (gone,) = decide(ledger, [Edit(a, "correct", "event_type", "siege")], author="b")
    withdraw(ledger, [gone.id], author="c", reason="@no")
    return claims


def _held(ledger: Ledger) -> list[tuple[object, ...]]:
    names = (
        "id",
        "anchor",
        "action",
        "field",
        "part",
        "value",
        "seen",
        "author",
        "at",
        "reason",
        "second",
        "withdrawn",
    )
    found = {one.id: one for claim in reviewed(ledger) for one in claim.decisions}
    return [tuple(getattr(found[key], name) for name in names) for key in sorted(found)]


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_into_another_ledger_and_nothing_is_doubled(
    new_ledger: Callable[[], Ledger], tmp_path: Path, form: str
) -> None:
    ledger, other = new_ledger(), new_ledger()
    _decided(ledger)
    path = tmp_path / f"d.{form}"
    assert export_decisions(ledger, path) == 7
    done = import_decisions(other, path, author="carrier")
    assert (done.new, done.replaced, done.withdrawn, done.known, done.issues) == (7, 0, 1, 0, [])
    assert _held(other) == _held(ledger)
    assert other.claims(reviewed=True) == ledger.claims(reviewed=True)
    assert judgements(other) == judgements(ledger)
    assert unsettled(other) == ()
    for again in (ledger, other):
        before = again.anchor()
        done = import_decisions(again, path, author="carrier")
        assert (done.new, done.replaced, done.withdrawn, done.known, done.issues) == (0, 0, 0, 7, [])
        assert again.anchor() == before
        assert again.verify() == []


def test_no_cell_is_a_formula(new_ledger: Callable[[], Ledger], tmp_path: Path) -> None:
    ledger = new_ledger()
    _decided(ledger)
    export_decisions(ledger, tmp_path / "d.csv")
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert {cell[1] for cell in cells if cell.startswith("'")} == set("=+-@")
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


def test_a_row_that_was_changed_takes_the_place_of_its_decision_once(
    new_ledger: Callable[[], Ledger], tmp_path: Path
) -> None:
    ledger = new_ledger()
    claims = _decided(ledger)
    path = tmp_path / "d.csv"
    export_decisions(ledger, path)
    path.write_text(path.read_text("utf-8-sig").replace("planned", "began"), "utf-8")
    for expected in ((0, 1, 0, 6), (0, 0, 0, 7)):
        done = import_decisions(ledger, path, author="carrier")
        assert (done.new, done.replaced, done.withdrawn, done.known, done.issues) == (*expected, [])
    (found,) = reviewed(ledger, [claims[1].id])
    assert found.claim is not None
    assert found.claim.status == "began"
    (gone,) = [one for one in found.decisions if one.withdrawn]
    assert gone.withdrawn is not None
    assert (gone.value, gone.withdrawn.author, gone.withdrawn.reason[:8]) == ("planned", "carrier", "replaced")
    assert ledger.verify() == []


def test_rows_written_by_hand_come_in_once_and_bad_ones_are_told_by_their_place(
    new_ledger: Callable[[], Ledger], tmp_path: Path
) -> None:
    ledger = new_ledger()
    a, b, c, _ = (claim.id for claim in ledger.claims())
    path = tmp_path / "hand.csv"
    path.write_text(
        "claim,action,field,value,author,reason\n"
        f"{a},accept,,,ريم,\n"
        f"{b},correct,status,planned,ريم,page 2\n"
        f"{b},correct,status,sometimes,ريم,\n"
        f"{c},bless,,,ريم,\n"
        f"{c},reject,,,,\n"
        "0000,accept,,,ريم,\n"
        f"{c},comment,,,ريم,ask\n",
        "utf-8",
    )
    first = import_decisions(ledger, path, author="carrier")
    again = import_decisions(ledger, path, author="carrier")
    assert (first.new, again.new, again.known) == (3, 0, 3)
    assert [issue.place for issue in first.issues] == ["line 4", "line 5", "line 6", "line 7"]
    assert all(issue.reason and issue.advice for issue in first.issues)
    assert [c.status for c in ledger.claims(reviewed=True)].count("planned") == 1
    with reading(ledger.engine) as connection:
        assert len(connection.execute(select(decisions.c.id)).all()) == 3


def test_lines_that_cannot_be_leave_the_others_and_the_ledger_whole(
    new_ledger: Callable[[], Ledger], tmp_path: Path
) -> None:
    ledger, source = new_ledger(), new_ledger()
    _decided(source)
    path = tmp_path / "d.jsonl"
    export_decisions(source, path)
    good = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    bad = [
        {**good[0], "report": "0" * 16}, {**good[0], "seen": None}, {**good[0], "start": "x"},
        {**good[0], "at": "soon"},
        {**good[1], "field": "figures.x.low"}, {**good[1], "value": 7}, {**good[1], "author": ["ريم"]},
        {**good[4], "second": {"claim": "x"}}, {"claim": 5}, {**good[1], "part": [1]},
    ]  # fmt: skip
    lines = [*map(json.dumps, good), "no JSON", "[1]", *map(json.dumps, bad)]
    path.write_text("\n".join(lines), "utf-8")
    done = import_decisions(ledger, path, author="carrier")
    assert done.new == 7
    assert sorted(int(issue.place.split()[1]) for issue in done.issues) == list(range(8, len(lines) + 1))
    assert _held(ledger) == _held(source)
    assert ledger.verify() == []


def test_other_files_are_refused_in_one_line(new_ledger: Callable[[], Ledger], tmp_path: Path) -> None:
    ledger = new_ledger()
    with pytest.raises(FormatError, match="are kept as"):
        export_decisions(ledger, tmp_path / "d.xlsx")
    (tmp_path / "d.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError, match="UTF-8"):
        import_decisions(ledger, tmp_path / "d.csv", author="a")
    (tmp_path / "d.csv").write_text("claim,author\n", "utf-8")
    with pytest.raises(FormatError, match="no column action"):
        import_decisions(ledger, tmp_path / "d.csv", author="a")
