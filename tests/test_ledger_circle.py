"""Full circle, as a user goes it: run, review 200 claims, run again with another pack, restore a backup elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from circle import lay_out
from tawatur.cli import app
from tawatur.ledger import (
    Decision,
    Edit,
    Ledger,
    backup,
    decide,
    dump,
    judgements,
    open_ledger,
    restore,
    reviewed,
    unsettled,
)
from tawatur.ledger.connect import reading
from tawatur.ledger.review_rows import made_of
from tawatur.ledger.schema import METADATA, decisions
from tawatur.model import Claim

REVIEWED = 200


@pytest.fixture
def inputs(tmp_path: Path, example: Path) -> list[str]:
    reports, _ = lay_out(tmp_path, example)
    return [str(reports)]


def _run(inputs: list[str], url: str, *more: str) -> None:
    done = CliRunner().invoke(app, ["run", *inputs, "--ledger", url, *more], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    assert "Ledger:" in done.stderr


def _edits(claims: list[Claim]) -> Iterator[tuple[str, Edit]]:
    """Two hundred decisions of every kind, by two people in turn."""
    counted = [c for c in claims if c.figures]
    rest = [c for c in claims if not c.figures]
    pairs = [(a, b) for a, b in zip(rest[60::2], rest[61::2], strict=False)][:20]
    edits = [Edit(c.id, "correct", "figures.0.population", "children", "page 2") for c in counted[:25]]
    edits += [Edit(c.id, "accept", "figures.0.population") for c in counted[25:60]]
    edits += [Edit(c.id, "accept") for c in rest[:30]]
    edits += [Edit(c.id, "reject", reason="a headline of another page") for c in rest[30:45]]
    edits += [Edit(c.id, "comment", reason="ask the monitor") for c in rest[45:60]]
    edits += [Edit(a.id, "different" if n % 2 else "same", other=b.id) for n, (a, b) in enumerate(pairs)]
    edits += [Edit(c.id, "correct", "status", "possible", "he said may") for c in counted[60:]]
    edits += [Edit(c.id, "accept", "event_type") for c in rest[100:]]
    return ((("Reem", "Sami")[n % 2], edit) for n, edit in enumerate(edits[:REVIEWED]))


def _review(ledger: Ledger) -> list[Decision]:
    made: list[Decision] = []
    for author, edit in _edits([one.machine for one in reviewed(ledger)]):
        made += decide(ledger, [edit], author=author)
    return made


def _held(ledger: Ledger) -> dict[str, Decision]:
    """Every decision by id, those about pairs and about claims that are read no more included."""
    with reading(ledger.engine) as connection:
        rows = connection.execute(select(decisions)).mappings().all()
    return {made.id: made for made in map(made_of, rows)}


def _counts(ledger: Ledger) -> dict[str, int]:
    """How many rows each table has."""
    with reading(ledger.engine) as connection:
        tables = METADATA.sorted_tables
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def _together(ledger: Ledger) -> Counter[bool]:
    """How many pairs that were decided on stand as decided, and how many do not."""
    home = {claim: event.id for event in ledger.comparison().events for claim in event.claims}
    return Counter((home[j.a] == home[j.b]) == (j.verdict == "same") for j in judgements(ledger))


@pytest.mark.slow
def test_full_circle(url: str, inputs: list[str], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    _run(inputs, url)
    ledger = open_ledger(url)
    first = ledger.claims()
    made = _review(ledger)
    assert len(made) == REVIEWED
    assert {one.author for one in made} == {"Reem", "Sami"}
    before = _held(ledger)

    _run(inputs, url)  # the same again: decisions on pairs hold now, and nothing else is other than it was
    assert ledger.claims() == first
    assert _held(ledger) == before
    assert _together(ledger) == {True: len(judgements(ledger))}

    _run(inputs, url, "--pack", str(tmp_path / "mine"))  # a pack that counts civilians among people
    second = ledger.claims()
    assert Counter(c.report for c in second) == Counter(c.report for c in first)
    assert {c.id: [f.population for f in c.figures] for c in second} != {
        c.id: [f.population for f in c.figures] for c in first
    }
    assert set(ledger.claims(as_of=1)) == set(first)
    held = _held(ledger)
    assert held.keys() == before.keys()
    for key, one in held.items():
        was = before[key]
        assert (one.author, one.at, one.action, one.value, one.reason, one.anchor) == (
            was.author, was.at, was.action, was.value, was.reason, was.anchor
        )  # fmt: skip
        assert one.claim is not None or one.unsettled
    back = unsettled(ledger)
    assert back
    assert all(one.unsettled for one in back)
    assert any("people, not" in one.unsettled and "civilians" in one.unsettled for one in back)
    assert _together(ledger)[False] == 0
    values = {one.machine.id: one for one in reviewed(ledger)}
    for one in held.values():
        if one.action == "correct" and not one.unsettled and one.claim:
            corrected = values[one.claim].claim
            assert corrected is not None
            assert one.value in (corrected.status, corrected.figures[0].population if corrected.figures else "")

    assert ledger.verify() == []
    anchor, status = ledger.anchor(), ledger.status()
    path = backup(ledger, tmp_path / "backups")
    dumps = [tmp_path / form for form in ("jsonl", "parquet")]
    for folder in dumps:
        dump(ledger, folder, folder.name)  # type: ignore[arg-type]  # the two forms
    counts = _counts(ledger)
    assert counts["decisions"] == REVIEWED
    ledger.close()
    places = [(source, f"sqlite:///{tmp_path / f'again{n}.db'}") for n, source in enumerate((path, *dumps))]
    if url.startswith("postgresql"):
        places.append((path, request.getfixturevalue("new_database")()))
    for source, place in places:
        again = restore(source, place)
        assert again.verify(anchor) == []
        assert _counts(again) == counts
        assert again.claims() == second
        assert set(again.claims(as_of=1)) == set(first)
        assert _held(again) == held
        assert {one.machine.id: one for one in reviewed(again)} == values
        assert again.comparison().events == open_events(url)
        assert {k: v for k, v in again.status().items() if k in ("reports", "claims", "events", "runs")} == {
            k: v for k, v in status.items() if k in ("reports", "claims", "events", "runs")
        }
        again.close()
    _run(inputs, f"sqlite:///{tmp_path / 'again0.db'}", "--pack", str(tmp_path / "mine"))  # and on it goes elsewhere
    on = open_ledger(f"sqlite:///{tmp_path / 'again0.db'}")
    assert on.claims() == second
    assert {k: replace(v, unsettled="") for k, v in _held(on).items()} == {
        k: replace(v, unsettled="") for k, v in held.items()
    }
    assert on.verify(anchor) == []
    on.close()


def open_events(url: str) -> tuple[object, ...]:
    ledger = open_ledger(url)
    try:
        return ledger.comparison().events
    finally:
        ledger.close()
