"""Decisions of people: none deleted, none lost over a re-run, a stale one told, machine and human values apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tawatur.errors import LedgerError, NotFoundError, StaleError
from tawatur.ledger import (
    Edit,
    Filters,
    Ledger,
    Reviewed,
    decide,
    dump,
    judgements,
    redact,
    restore,
    reviewed,
    search,
    unsettled,
    withdraw,
)
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.review_fields import weighed
from tawatur.ledger.schema import audit, decisions
from tawatur.model import Claim, Figure
from two_claims import KILLED, MOVED, REPORT, at, claim_at, comparison_of


@pytest.fixture
def ledger(two_claims: Ledger) -> Ledger:
    """A ledger of two claims of one report."""
    return two_claims


def _one(ledger: Ledger, claim: Claim = KILLED) -> Reviewed:
    (found,) = reviewed(ledger, [claim.id])
    return found


FIELDS: list[tuple[str, object, object]] = [
    ("event_type", "airstrike", "airstrike"),
    ("status", "planned", "planned"),
    ("origin", "أبو أحمد", "أبو أحمد"),
    ("origin", None, None),
    ("figures.0.low", "5", 5.0),
    ("figures.0.high", None, None),
    ("figures.0.population", "fighters", "fighters"),
    ("figures.0.outcome", "injured", "injured"),
    ("figures.0.cumulative", "true", True),
    ("places.0.name", "حمص", "حمص"),
    ("times.0.start", "2016-12-15", "2016-12-15"),
    ("times.0.end", "2016-12-18", "2016-12-18"),
]


def test_every_field_is_corrected_beside_what_the_machine_read(ledger: Ledger) -> None:
    for field, told, held in FIELDS:
        (made,) = decide(ledger, [Edit(KILLED.id, "correct", field, told, "page 2")], author="ريم")
        assert (made.value, made.author, made.reason) == (held, "ريم", "page 2")
        found = _one(ledger)
        assert found.state == "corrected"
        assert found.machine == KILLED
        assert found.claim is not None
        assert weighed(found.claim)[field] == held
        assert ledger.claims() == (KILLED, MOVED)
        assert ledger.claims(reviewed=True) == (found.claim, MOVED)
        with reading(ledger.engine) as connection:
            entry = connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
        assert (entry.action, entry.subject, entry.author) == ("review correct", KILLED.id, "ريم")
        withdraw(ledger, [made.id], author="ريم")
    assert len(_one(ledger).decisions) == len(FIELDS)


def test_a_place_of_another_name_loses_the_coordinates(ledger: Ledger) -> None:
    decide(ledger, [Edit(KILLED.id, "correct", "places.0.name", "حمص")], author="a")
    found = _one(ledger).claim
    assert found is not None
    assert (found.places[0].name, found.places[0].lat, found.places[0].text) == ("حمص", None, "حلب")


WRONG = [
    Edit(KILLED.id, "correct", "figures.3.low", 5),
    Edit(KILLED.id, "correct", "status", "sometimes"),
    Edit(KILLED.id, "correct", "status", ["planned"]),
    Edit(KILLED.id, "correct", "figures.0.low", "viele"),
    Edit(KILLED.id, "correct", "figures.0.low", 9),
    Edit(KILLED.id, "correct", "figures.0.low", "nan"),
    Edit(KILLED.id, "correct", "figures.0.low", -1),
    Edit(KILLED.id, "correct", "figures.0.cumulative", "perhaps"),
    Edit(KILLED.id, "correct", "times.0.start", "yesterday"),
    Edit(KILLED.id, "correct", "times.0.start", "2017-01-01"),
    Edit(KILLED.id, "correct", "origin", 5),
    Edit(KILLED.id, "correct"),
    Edit(KILLED.id, "reject", "status"),
    Edit(KILLED.id, "comment"),
    Edit(KILLED.id, "same"),
    Edit(KILLED.id, "same", other=KILLED.id),
    Edit(KILLED.id, "accept", other=MOVED.id),
    Edit(KILLED.id, "bless"),  # type: ignore[arg-type]
    Edit("0" * 16, "accept"),
]


def test_what_cannot_be_is_refused_and_nothing_of_its_batch_is_kept(ledger: Ledger) -> None:
    before = ledger.anchor()
    for edit in WRONG:
        with pytest.raises((LedgerError, NotFoundError)):
            decide(ledger, [Edit(MOVED.id, "accept"), edit], author="a")
        assert ledger.anchor() == before, edit
    assert _one(ledger, MOVED).state == "machine"


def test_a_decision_needs_an_author(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="author"):
        decide(ledger, [Edit(MOVED.id, "accept")], author=" ")


def test_both_bounds_are_corrected_at_once(ledger: Ledger) -> None:
    edits = [Edit(KILLED.id, "correct", f"figures.0.{bound}", 12) for bound in ("low", "high")]
    decide(ledger, edits, author="a")
    found = _one(ledger).claim
    assert found is not None
    assert (found.figures[0].low, found.figures[0].high) == (12.0, 12.0)


def test_a_later_decision_supersedes_and_its_withdrawal_brings_the_first_back(ledger: Ledger) -> None:
    (first,) = decide(ledger, [Edit(KILLED.id, "correct", "status", "began")], author="a")
    (second,) = decide(ledger, [Edit(KILLED.id, "correct", "status", "planned")], author="b")
    assert [c.status for c in ledger.claims(reviewed=True)] == ["planned", "occurred"]
    (gone,) = withdraw(ledger, [second.id], author="b", reason="misread", at="2026-02-01T00:00:00+00:00")
    assert gone.withdrawn is not None
    assert (gone.withdrawn.author, gone.withdrawn.reason, gone.withdrawn.at[:10]) == ("b", "misread", "2026-02-01")
    assert [c.status for c in ledger.claims(reviewed=True)] == ["began", "occurred"]
    withdraw(ledger, [first.id, second.id], author="a")
    found = _one(ledger)
    assert (found.state, found.claim) == ("machine", KILLED)
    assert [made.id for made in found.decisions] == [first.id, second.id]
    with pytest.raises(NotFoundError):
        withdraw(ledger, ["0" * 16], author="a")


def test_rejected_claims_are_left_out_and_search_finds_them_by_state(ledger: Ledger) -> None:
    decide(ledger, [Edit(KILLED.id, "reject"), Edit(MOVED.id, "accept")], author="a")
    assert ledger.claims(reviewed=True) == (MOVED,)
    decide(ledger, [Edit(KILLED.id, "comment", reason="ask again")], author="b")
    assert _one(ledger).state == "rejected"
    states = {
        state: [hit.claim.id for hit in search(ledger, "", Filters(review=state, within="claims")).hits if hit.claim]
        for state in ("machine", "accepted", "rejected", "corrected")
    }
    assert states == {"machine": [], "accepted": [MOVED.id], "rejected": [KILLED.id], "corrected": []}
    decide(ledger, [Edit(KILLED.id, "accept")], author="c")
    assert set(ledger.claims(reviewed=True)) == {KILLED, MOVED}
    assert ledger.claims(reviewed=True, as_of=1) == ledger.claims(reviewed=True)


def test_a_stale_decision_is_told_what_the_other_changed(ledger: Ledger) -> None:
    seen = _one(ledger).version
    (made,) = decide(ledger, [Edit(KILLED.id, "correct", "status", "began", version=seen)], author="ريم")
    before = ledger.anchor()
    with pytest.raises(StaleError, match="ريم: correct status to 'began'") as told:
        decide(ledger, [Edit(MOVED.id, "accept"), Edit(KILLED.id, "reject", version=seen)], author="b")
    assert len(told.value.changes) == 1
    assert ledger.anchor() == before
    assert _one(ledger).version == made.version == seen + 1
    withdraw(ledger, [made.id], author="ريم")
    with pytest.raises(StaleError, match="withdrew correct status"):
        decide(ledger, [Edit(KILLED.id, "reject", version=made.version)], author="b")
    version = _one(ledger).version
    ledger.write(comparison_of(replace(KILLED, status="planned"), MOVED))
    with pytest.raises(StaleError, match="a later run reads it otherwise"):
        decide(ledger, [Edit(KILLED.id, "reject", version=version)], author="b")


def test_the_same_decision_again_changes_nothing(ledger: Ledger) -> None:
    at = "2026-01-05T10:00:00+00:00"
    first = decide(ledger, [Edit(KILLED.id, "accept")], author="a", at=at)
    before = ledger.anchor()
    assert decide(ledger, [Edit(KILLED.id, "accept")], author="a", at=at) == first
    assert ledger.anchor() == before
    assert first[0].at == at


def test_judgements_on_pairs_hold_until_withdrawn_and_must_agree(ledger: Ledger) -> None:
    third = claim_at(REPORT, "ثم", "الإجلاء", "siege")
    ledger.write(comparison_of(KILLED, MOVED, third))
    a, b, c = KILLED.id, MOVED.id, third.id
    decide(ledger, [Edit(a, "same", other=b, reason="one attack"), Edit(b, "same", other=c)], author="r")
    assert {(j.a, j.b, j.verdict, j.author, j.reason) for j in judgements(ledger)} == {
        (a, b, "same", "r", "one attack"), (b, c, "same", "r", "")
    }  # fmt: skip
    with pytest.raises(LedgerError, match="different"):
        decide(ledger, [Edit(a, "different", other=c)], author="s")
    (later,) = decide(ledger, [Edit(c, "unsure", other=b)], author="s")
    assert {j.verdict for j in judgements(ledger)} == {"same", "unsure"}
    withdraw(ledger, [later.id], author="s")
    assert {j.verdict for j in judgements(ledger)} == {"same"}
    assert _one(ledger).state == "machine"


def test_after_a_re_run_decisions_are_where_their_words_are(ledger: Ledger) -> None:
    decide(ledger, [Edit(KILLED.id, "correct", "figures.0.low", 5), Edit(MOVED.id, "accept")], author="a")
    shorter = claim_at(
        REPORT, "قال", "حلب", "casualties", attribution=KILLED.attribution, places=KILLED.places, times=KILLED.times,
        figures=(Figure("عبد", at("عبد"), 1.0, 1.0, False, "people", "none"), *KILLED.figures),
    )  # fmt: skip
    ledger.write(comparison_of(shorter, MOVED))
    found = _one(ledger, shorter)
    assert (found.state, unsettled(ledger)) == ("corrected", ())
    assert found.claim is not None
    assert [f.low for f in found.claim.figures] == [1.0, 5.0]
    assert _one(ledger, MOVED).state == "accepted"
    ledger.write(comparison_of(KILLED, MOVED))
    assert [f.low for c in ledger.claims(reviewed=True) for f in c.figures] == [5.0]


def test_what_a_re_run_unsettles_is_listed_with_the_reason_and_settles_again(ledger: Ledger) -> None:
    fix = Edit(KILLED.id, "correct", "status", "began")
    decide(ledger, [fix, Edit(KILLED.id, "accept", "origin"), Edit(MOVED.id, "accept")], author="a")
    pair = Edit(KILLED.id, "same", other=MOVED.id)
    decide(ledger, [pair], author="a")
    ledger.write(comparison_of(replace(KILLED, status="planned")))
    told = {(made.action, made.field): made.unsettled for made in unsettled(ledger)}
    assert told == {
        ("correct", "status"): "the machine now reads status as planned, not occurred",
        ("accept", ""): "the claim is read no more",
        ("same", ""): "the claim is read no more",
    }
    found = _one(ledger)
    assert found.state == "unsettled"
    assert found.claim is not None
    assert found.claim.status == "began"
    assert judgements(ledger) == ()
    decide(ledger, [Edit(KILLED.id, "correct", "status", "began", "still")], author="b")
    assert _one(ledger).state == "corrected"
    assert {made.action for made in unsettled(ledger)} == {"accept", "same"}
    ledger.write(comparison_of(replace(KILLED, status="began"), MOVED))
    assert unsettled(ledger) == ()
    assert len(judgements(ledger)) == 1


def test_a_decision_does_not_move_to_a_neighbour_that_stood_beside_it(ledger: Ledger) -> None:
    beside = claim_at(REPORT, "قال", "حلب", "airstrike")
    ledger.write(comparison_of(KILLED, beside))
    decide(ledger, [Edit(KILLED.id, "reject")], author="a")
    ledger.write(comparison_of(beside))
    assert _one(ledger, beside).state == "machine"
    assert [made.unsettled for made in unsettled(ledger)] == ["the claim is read no more"]


def test_words_that_become_several_claims_and_claims_that_become_one_are_told(ledger: Ledger) -> None:
    decide(ledger, [Edit(KILLED.id, "accept")], author="a")
    one, two = (claim_at(REPORT, "قال", "حلب", kind) for kind in ("airstrike", "shelling"))
    ledger.write(comparison_of(one, two))
    assert [made.unsettled for made in unsettled(ledger)] == ["the words are now several claims"]
    decide(ledger, [Edit(one.id, "accept"), Edit(two.id, "reject")], author="a")
    merged = claim_at(REPORT, "قال", "يوم", "shelling")
    ledger.write(comparison_of(merged))
    assert _one(ledger, merged).state == "unsettled"
    assert [made.unsettled for made in unsettled(ledger)] == ["decisions about several claims meet in this one"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE decisions SET body = replace(body, 'began', 'ongoing')", "was changed"),
        ('UPDATE decisions SET withdrawn = \'{"author":"x","at":"y","reason":""}\'', "was changed"),
        ("DELETE FROM decisions", "is missing"),
    ],
)
def test_decisions_changed_behind_the_log_show(ledger: Ledger, change: str, told: str) -> None:
    decide(ledger, [Edit(KILLED.id, "correct", "status", "began")], author="a")
    with reading(ledger.engine) as connection:
        rows = [dict(row) for row in connection.execute(select(decisions)).mappings()]
    with writing(ledger.engine) as connection:
        connection.execute(text(change))
    assert any(told in line for line in ledger.verify())
    with writing(ledger.engine) as connection:
        connection.execute(decisions.delete())
        connection.execute(decisions.insert(), rows)


def test_decisions_outlive_dumps_and_redaction(ledger: Ledger, tmp_path: Path) -> None:
    decide(ledger, [Edit(KILLED.id, "accept"), Edit(MOVED.id, "comment", reason="رامي عبد الرحمن")], author="a")
    dump(ledger, tmp_path / "d")
    again = restore(tmp_path / "d", f"sqlite:///{tmp_path / 'again.db'}")
    assert reviewed(again) == reviewed(ledger)
    assert again.verify() == []
    again.close()
    redact(ledger, ["رامي عبد الرحمن"])
    (made,) = _one(ledger, MOVED).decisions
    assert "رامي" not in made.reason
    assert _one(ledger).state == "accepted"


def test_claims_as_people_had_decided_by_then(ledger: Ledger) -> None:
    low = "figures.0.low"
    (first,) = decide(ledger, [Edit(KILLED.id, "correct", low, 5)], author="Reem", at="2026-02-01T00:00:00")
    decide(ledger, [Edit(MOVED.id, "reject")], author="Reem", at="2026-02-02T00:00:00")
    other = replace(KILLED, figures=(replace(KILLED.figures[0], low=9.0, high=9.0),))
    ledger.clock = lambda: "2026-02-03T00:00:00"
    ledger.write(comparison_of(other, MOVED))
    withdraw(ledger, [first.id], author="Reem", at="2026-02-04T00:00:00")

    def lows(as_of: int | str | None) -> list[float | None]:
        return [c.figures[0].low if c.figures else None for c in ledger.claims(as_of=as_of, reviewed=True)]

    assert lows("2026-01-31T00:00:00") == [7.0, None]
    assert lows("2026-02-01T12:00:00") == [5.0, None]
    assert lows("2026-02-02T12:00:00") == lows(1) == [5.0]
    assert lows("2026-02-03T12:00:00") == [5.0]
    assert lows(2) == lows(None) == lows("2026-02-05T00:00:00") == [9.0]
    assert lows("2025-01-01T00:00:00") == []
