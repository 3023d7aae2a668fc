"""Claims that people add: among the others, over re-runs, in one with what a later reader finds, taken out again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tawatur import pipeline
from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger import (
    Decision,
    Edit,
    Filters,
    Ledger,
    add_claim,
    as_decided,
    catch_up,
    decide,
    dump,
    export_decisions,
    import_decisions,
    open_ledger,
    redact,
    restore,
    reviewed,
    search,
    seconds,
    unsettled,
    withdraw,
)
from tawatur.model import Claim, Comparison, Figure, Judgement, Link, Place, Report, Span
from two_claims import KILLED, MOVED, REPORT, TEXT, at, claim_at, comparison_of

WORDS = "بدأ الإجلاء من حلب"
SPAN = Span(TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS))
FIELDS = [
    ("status", "began"),
    ("attribution", "رويترز > شاهد (doubted)"),
    ("places.+", "من حلب; name=حلب; lat=36.2; lon=37.1; role=from"),
    ("figures.+", "الإجلاء; low=40; population=families; outcome=evacuated"),
]
FOUND_LATER = Claim(Claim.key(REPORT.id, SPAN, "evacuation"), REPORT.id, SPAN, "evacuation", "began")


@pytest.fixture
def ledger(two_claims: Ledger) -> Ledger:
    """A ledger of a report with one claim, in which the other was missed."""
    two_claims.write(comparison_of(KILLED))
    return two_claims


def _add(ledger: Ledger, words: str = WORDS, kind: str = "evacuation", **more: Any) -> Decision:
    return add_claim(ledger, REPORT.id, words, kind, more.pop("fields", FIELDS), author="ريم", **more)


def _by_people(ledger: Ledger) -> list[Claim]:
    return [claim for claim in ledger.claims() if claim.reader == "people"]


def _regroup(comparison: Comparison) -> Any:
    def regroup(decided: tuple[Judgement, ...], added: tuple[Claim, ...]) -> Comparison:
        return pipeline.regrouped(comparison, decided, added)

    return regroup


def test_an_added_claim_stands_among_the_others_and_says_who_added_it(ledger: Ledger) -> None:
    before = ledger.claims()
    made = _add(ledger, reason="second sentence", at="2026-02-01T00:00:00+00:00")
    (claim,) = _by_people(ledger)
    assert (claim.id, claim.span.of(TEXT), claim.event_type, claim.status) == (made.claim, WORDS, "evacuation", "began")
    assert (claim.reader, claim.rules) == ("people", ("added by ريم",))
    assert [(link.name, link.stance) for link in claim.attribution] == [("رويترز", "neutral"), ("شاهد", "doubted")]
    assert claim.places == (Place("من حلب", "حلب", 36.2, 37.1, "from", span=_later("من حلب")),)
    assert claim.figures == (Figure("الإجلاء", at("الإجلاء"), 40.0, None, False, "families", "evacuated"),)
    assert set(ledger.claims()) == set(ledger.claims(reviewed=True)) == {*before, claim}
    (found,) = reviewed(ledger, [claim.id])
    assert (found.state, found.claim, found.decisions) == ("added", claim, (made,))
    assert ledger.claims(as_of="2026-01-31T00:00:00+00:00") == before
    for query, filters in (("الإجلاء", Filters(review="added")), ("شاهد", Filters(within="claims", low=30))):
        assert [hit.claim for hit in search(ledger, query, filters).hits] == [claim]


def _later(words: str) -> Span:
    return Span(TEXT.rindex(words), TEXT.rindex(words) + len(words))


WRONG: list[tuple[str, str, list[tuple[str, Any]], str]] = [
    ("حلب", "evacuation", [], "stands 2 times"),
    ("دمشق", "evacuation", [], "does not stand"),
    ("5-9999", "evacuation", [], "lies outside"),
    (WORDS, "leaving", [], "give one of clash"),
    (WORDS, "evacuation", [("status", "soon")], "give one of planned"),
    (WORDS, "evacuation", [("places.+", "من حلب; lat=200; lon=1")], "from -90 to 90"),
    (WORDS, "evacuation", [("figures.0.low", "3")], "add its parts"),
    (WORDS, "evacuation", [("event_type", "siege")], "the type themselves"),
    (WORDS, "evacuation", [("colour", "red")], "is no field"),
    (KILLED.span.of(TEXT), "casualties", [], "says so already"),
]


def test_what_cannot_be_is_not_added_and_nothing_changes(ledger: Ledger) -> None:
    before = ledger.anchor()
    for words, kind, fields, why in WRONG:
        with pytest.raises(LedgerError, match=why):
            _add(ledger, words, kind, fields=fields)
        assert ledger.anchor() == before, why
    with pytest.raises(NotFoundError, match="no report"):
        add_claim(ledger, "elsewhere", WORDS, "evacuation", author="ريم")
    with pytest.raises(LedgerError, match="not added by its id"):
        decide(ledger, [Edit(KILLED.id, "add")], author="ريم")


@pytest.mark.parametrize("name", ['ملف "أ".txt', "a\\b_%.txt", "سطر\tواحد"])
def test_a_report_is_found_by_its_name_whatever_stands_in_it(two_claims: Ledger, name: str) -> None:
    report = Report.make("قتلوا هناك.", name=name)
    two_claims.add([(report, [])])
    made = add_claim(two_claims, name, "قتلوا", "attack", author="ريم")
    assert made.anchor.report == report.id
    with pytest.raises(NotFoundError):
        add_claim(two_claims, name[1:], "قتلوا", "attack", author="ريم")


def test_a_report_is_named_by_its_name_too(two_claims: Ledger) -> None:
    assert add_claim(two_claims, REPORT.name, "بدأ الإجلاء", "evacuation", author="a").anchor.report == REPORT.id


def test_an_added_claim_survives_re_runs_and_is_compared_with_the_others(ledger: Ledger) -> None:
    _add(ledger)
    (claim,) = _by_people(ledger)
    again = comparison_of(KILLED)
    ledger.write(again, _regroup(again))
    ledger.add([(REPORT, [replace(KILLED, status="planned")])])
    assert _by_people(ledger) == [claim]
    ledger.write(again, _regroup(again))
    assert claim.id in {key for event in ledger.comparison().events for key in event.claims}
    assert unsettled(ledger) == ()


def test_catching_up_takes_in_an_added_claim(ledger: Ledger) -> None:
    catch_up(ledger)
    made = _add(ledger)
    catch_up(ledger)
    assert made.claim in {key for event in ledger.comparison().events for key in event.claims}


@pytest.mark.parametrize("later", [FOUND_LATER, replace(MOVED, status="began")], ids=["the same words", "other words"])
def test_what_a_later_reader_finds_is_one_with_what_people_added(ledger: Ledger, later: Claim) -> None:
    made = _add(ledger, fields=[("status", "began")])
    (claim,) = _by_people(ledger)
    decide(ledger, [Edit(claim.id, "accept", "status")], author="b")
    for _ in range(2):
        ledger.write(comparison_of(KILLED, later))
        assert ledger.claims() == (KILLED, later)
        (found,) = reviewed(ledger, [later.id])
        assert (found.state, found.machine) == ("added", later)
        assert found.claim == replace(claim, id=later.id)
        assert found.decisions[0].id == made.id
        assert unsettled(ledger) == ()
    decide(ledger, [Edit(later.id, "correct", "status", "ongoing")], author="b")
    ledger.write(comparison_of(KILLED, later))
    assert unsettled(ledger) == ()
    assert [one.status for one in ledger.claims(reviewed=True)] == ["occurred", "ongoing"]
    ledger.write(comparison_of(KILLED))
    assert _by_people(ledger) == [claim]
    ledger.write(comparison_of(KILLED, later))
    assert ledger.claims() == (KILLED, later)
    withdraw(ledger, [made.id], author="ريم")
    assert ledger.claims() == (KILLED, later)


def test_where_the_reader_says_otherwise_both_are_told_and_the_human_values_hold(ledger: Ledger) -> None:
    _add(ledger, fields=[("status", "planned"), ("attribution", "شاهد")])
    (claim,) = _by_people(ledger)
    decide(ledger, [Edit(claim.id, "correct", "attribution.0.stance", "believed")], author="b")
    ledger.write(comparison_of(KILLED, replace(FOUND_LATER, attribution=(Link("وكالة"),))))
    (found,) = reviewed(ledger, [FOUND_LATER.id])
    assert found.state == "unsettled"
    assert found.claim is not None
    assert (found.claim.status, found.claim.attribution) == ("planned", (Link("شاهد", "believed"),))
    assert any("the machine now reads status as began, not planned" in one.unsettled for one in unsettled(ledger))
    decide(ledger, [Edit(FOUND_LATER.id, "accept")], author="b")
    (found,) = reviewed(ledger, [FOUND_LATER.id])
    assert found.claim is not None
    assert found.claim.status == "began"


def test_a_claim_beside_an_added_one_stays_another_over_re_runs(ledger: Ledger) -> None:
    beside = claim_at(REPORT, "ثم", "من حلب", "siege")
    ledger.write(comparison_of(KILLED, beside))
    made = _add(ledger)
    for kind in ("siege", "displacement"):  # the same words, read as another type
        later = claim_at(REPORT, "ثم", "من حلب", kind)
        ledger.write(comparison_of(KILLED, later))
        assert {claim.id for claim in ledger.claims()} == {KILLED.id, later.id, made.claim}


def test_an_added_claim_is_taken_out_again_and_decided_about_like_others(ledger: Ledger) -> None:
    made = _add(ledger)
    key = made.claim or ""
    decide(ledger, [Edit(key, "correct", "figures.0.low", 50)], author="b")
    assert [one.figures[0].low for one in ledger.claims(reviewed=True) if one.id == key] == [50.0]
    (no,) = decide(ledger, [Edit(key, "reject")], author="b")
    assert ledger.claims(reviewed=True) == (KILLED,)
    withdraw(ledger, [no.id], author="b")
    withdraw(ledger, [made.id], author="ريم", reason="misread")
    assert ledger.claims() == ledger.claims(reviewed=True) == (KILLED,)
    assert [one.unsettled for one in unsettled(ledger)] == ["the claim is read no more"]
    assert [hit.claim for hit in search(ledger, "شاهد", Filters(within="claims")).hits] == []
    ledger.write(comparison_of(KILLED))
    assert ledger.claims() == (KILLED,)
    assert _add(ledger).claim == key
    assert unsettled(ledger) == ()


def test_a_second_review_of_an_added_claim_agrees_when_it_is_accepted(ledger: Ledger) -> None:
    key = _add(ledger).claim or ""
    decide(ledger, [Edit(key, "second")], author="c")
    decide(ledger, [Edit(key, "accept")], author="b")
    (second,) = seconds(ledger)
    assert (second.agrees, second.may("ريم"), second.may("c"), second.may("d")) == (True, False, False, True)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_added_claims_go_through_files_and_are_not_doubled(ledger: Ledger, tmp_path: Path, form: str) -> None:
    made = _add(ledger)
    decide(ledger, [Edit(made.claim or "", "correct", "status", "ongoing")], author="b")
    path = tmp_path / f"d.{form}"
    assert export_decisions(ledger, path) == 2
    assert import_decisions(ledger, path, author="carrier").known == 2
    for found in ((KILLED,), (KILLED, FOUND_LATER)):
        other = open_ledger(f"sqlite:///{tmp_path / f'{len(found)}.db'}", create=True)
        other.write(comparison_of(*found))
        done = import_decisions(other, path, author="carrier")
        assert (done.new, done.issues) == (2, [])
        assert other.claims(reviewed=True) == ledger.claims(reviewed=True)
        assert len(other.claims()) == 2
        assert import_decisions(other, path, author="carrier").known == 2
        assert other.verify() == []
        other.close()
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("families", "goats"), "utf-8")
    (issue,) = import_decisions(ledger, path, author="carrier").issues
    assert "goats" in issue.reason


def test_added_claims_outlive_dumps_and_redaction(ledger: Ledger, tmp_path: Path) -> None:
    _add(ledger, fields=[("attribution", "رامي عبد الرحمن")])
    dump(ledger, tmp_path / "d")
    again = restore(tmp_path / "d", f"sqlite:///{tmp_path / 'again.db'}")
    assert reviewed(again) == reviewed(ledger)
    again.close()
    redact(ledger, ["رامي عبد الرحمن"])
    assert "رامي" not in repr(reviewed(ledger))
    assert len(_by_people(ledger)) == 1


def test_what_people_decided_is_compared_and_exported(ledger: Ledger) -> None:
    made = _add(ledger)
    decide(ledger, [Edit(KILLED.id, "correct", "figures.0.low", 5)], author="b")
    found = as_decided(ledger)
    assert found.claims == ledger.claims(reviewed=True)
    assert {key for event in found.events for key in event.claims} == {KILLED.id, made.claim}
    decide(ledger, [Edit(KILLED.id, "reject")], author="b")
    assert [claim.id for claim in as_decided(ledger).claims] == [made.claim]
