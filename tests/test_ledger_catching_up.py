"""A ledger that new reports come to: only what they touch is compared anew, and what stands is as if all had been."""

from __future__ import annotations

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import scale

from tawatur import events
from tawatur.cli import app
from tawatur.events.views import placed, seen
from tawatur.ledger import Ledger, catch_up, open_ledger, redact
from tawatur.ledger.connect import reading
from tawatur.ledger.near_tables import common, there
from tawatur.model import Claim, Comparison, Report

CLAIMS, LATER = 220, 6
SEEDS = range(1, 3 + int(float(os.environ.get("TAWATUR_SOAK", "0")) * 20))
Told = list[tuple[Report, list[Claim]]]


def _made(seed: int, count: int = CLAIMS) -> Told:
    """Reports of a made-up year with their claims, in an order of their own."""
    reports, claims = scale.year(count, seed)
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report].append(claim)
    found = [(report, by_report[report.id]) for report in reports]
    random.Random(seed).shuffle(found)
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = open_ledger(f"sqlite:///{tmp_path / 'l.db'}", create=True, author="tester")
    yield made
    made.close()


def _events(comparison: Comparison) -> set[tuple[str, ...]]:
    return {event.claims for event in comparison.events}


def _alike(one: Comparison, other: Comparison) -> float:
    """B-cubed F1 of two groupings of the same claims."""
    a = {key: set(event.claims) for event in one.events for key in event.claims}
    b = {key: set(event.claims) for event in other.events for key in event.claims}
    assert a.keys() == b.keys()
    precision = sum(len(a[key] & b[key]) / len(a[key]) for key in a) / len(a)
    recall = sum(len(a[key] & b[key]) / len(b[key]) for key in a) / len(a)
    return 2 * precision * recall / (precision + recall)


def _sound(comparison: Comparison) -> None:
    """Every claim is in one event, and all that is told is told of events and claims that stand."""
    homes = [key for event in comparison.events for key in event.claims]
    assert sorted(homes) == sorted(c.id for c in comparison.claims)
    ids, claims = {event.id for event in comparison.events}, set(homes)
    for told in (*comparison.accounts, *comparison.findings, *comparison.estimates):
        assert told.event in ids
    assert all({finding.a, finding.b} <= claims for finding in comparison.findings)
    assert len({frozenset((f.a, f.b)) for f in comparison.findings}) == len(comparison.findings)
    assert all(claim in claims for account in comparison.accounts for claim in account.claims)


@pytest.mark.parametrize("seed", SEEDS)
def test_reports_one_by_one_are_as_all_at_once(ledger: Ledger, seed: int) -> None:
    found = _made(seed)
    ledger.add(found[:-LATER])
    assert catch_up(ledger).whole
    for one in found[-LATER:]:
        ledger.add([one])
        done = catch_up(ledger)
        assert (done.whole, done.claims) == (False, len(one[1]))
    stands = ledger.comparison()
    _sound(stands)
    with reading(ledger.engine) as connection:
        view = seen(placed(stands.claims, stands.reports), common(connection))
    same = events.group(stands.claims, stands.reports, stands.lineage, view=view)
    assert _alike(stands, replace(stands, events=same)) >= 0.98
    catch_up(ledger, whole=True)
    anew = ledger.comparison()
    _sound(anew)
    assert set(stands.lineage.links) == set(anew.lineage.links)
    assert set(stands.lineage.groups) == set(anew.lineage.groups)
    assert set(stands.lineage.copied_claims) == set(anew.lineage.copied_claims)
    assert _alike(stands, anew) >= 0.95
    assert ledger.verify() == []


def test_what_is_not_touched_stands_as_it_stood(ledger: Ledger) -> None:
    found = _made(7)
    ledger.add(found[:-1])
    catch_up(ledger)
    before = ledger.comparison()
    ledger.add(found[-1:])
    done = catch_up(ledger)
    after = ledger.comparison()
    fresh = {claim.id for claim in found[-1][1]}
    assert fresh <= {key for event in after.events for key in event.claims}
    assert len(_events(after) - _events(before)) == done.events < len(before.events) / 4
    touched = {e.id for e in after.events} ^ {e.id for e in before.events}
    assert {e for e in before.estimates if e.event not in touched} <= set(after.estimates)


def test_the_same_on_postgresql(ledger: Ledger, postgresql: str) -> None:
    other = open_ledger(postgresql, create=True, author="tester")
    found = _made(8, count=150)
    for held in (ledger, other):
        held.add(found[:-2])
        catch_up(held)
        held.add(found[-2:])
        assert not catch_up(held).whole
    one, two = ledger.comparison(), other.comparison()
    other.close()
    assert set(one.events) == set(two.events)
    assert set(one.findings) == set(two.findings)
    assert set(one.estimates) == set(two.estimates)


def test_nothing_new_is_nothing_to_do(ledger: Ledger) -> None:
    found = _made(3)
    ledger.add(found)
    catch_up(ledger)
    runs = ledger.status()["runs"]
    assert catch_up(ledger).run == 0
    assert ledger.status()["runs"] == runs


def test_a_report_that_lost_its_claims_leaves_nothing_behind(ledger: Ledger) -> None:
    found = _made(4)
    ledger.add(found)
    catch_up(ledger)
    report, gone = max(found, key=lambda one: len(one[1]))
    ledger.add([(report, gone[:1])])
    assert not catch_up(ledger).whole
    stands = ledger.comparison()
    _sound(stands)
    left = {key for event in stands.events for key in event.claims}
    assert gone[0].id in left
    assert not left & {claim.id for claim in gone[1:]}


def test_a_copy_is_known_as_one(ledger: Ledger) -> None:
    found = _made(5)
    ledger.add(found)
    catch_up(ledger)
    report, claims = max(found, key=lambda one: len(one[1]))
    copy = Report.make(report.text, published="2018-01-01", outlet="صحيفة أخرى")
    same = [replace(c, id=Claim.key(copy.id, c.span, c.event_type), report=copy.id) for c in claims]
    ledger.add([(copy, same)])
    assert not catch_up(ledger).whole
    stands = ledger.comparison()
    assert {(link.earlier, link.later) for link in stands.lineage.links} >= {(report.id, copy.id)}
    home = {key: event.id for event in stands.events for key in event.claims}
    assert [home[one.id] for one in same] == [home[one.id] for one in claims]
    assert {(one.id, other.id) for one, other in zip(same, claims, strict=True)} <= set(stands.lineage.copied_claims)


def test_the_whole_is_compared_again_after_another_comparison_and_a_redaction(ledger: Ledger) -> None:
    found = _made(6, count=150)
    ledger.add(found)
    assert catch_up(ledger).whole
    ledger.write(ledger.comparison())
    assert catch_up(ledger).whole
    redact(ledger, ["الهلال الأحمر"])
    with reading(ledger.engine) as connection:
        assert not there(connection)
    assert catch_up(ledger).whole
    assert ledger.verify() == []


def test_reports_are_added_on_the_command_line(tmp_path: Path) -> None:
    url, inbox = f"sqlite:///{tmp_path / 'l.db'}", tmp_path / "in.txt"
    inbox.write_text("قال الدفاع المدني إن 15 شخصاً قُتلوا في غارة على حلب.", encoding="utf-8")
    run = CliRunner()
    assert run.invoke(app, ["ledger", "init", "--ledger", url]).exit_code == 0
    first = run.invoke(app, ["ledger", "add", str(inbox), "--published", "2016-12-17", "--ledger", url, "--json"])
    told = json.loads(first.stdout)
    assert (first.exit_code, told["reports"], told["whole"]) == (0, 1, True)
    assert told["events"] >= 1
    again = run.invoke(app, ["ledger", "add", "--ledger", url, "--json"])
    assert json.loads(again.stdout)["run"] == 0
    gone = run.invoke(app, ["ledger", "add", str(tmp_path / "none.txt"), "--ledger", url])
    assert gone.exit_code == 2
