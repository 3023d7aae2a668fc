"""Who is given what to review, and second reviews: nobody gets what another has, nobody reviews the own decision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from tawatur.cli import app
from tawatur.errors import LedgerError, StaleError
from tawatur.ledger import Edit, Ledger, decide, give_back, lent, open_ledger, queue, seconds, take, withdraw
from tawatur.model import Comparison

NOON, LATER, EVENING = (f"2026-11-23T{hour}:00:00.000000+00:00" for hour in ("12", "13", "18"))


@pytest.fixture
def ledger(url: str, comparison: Comparison) -> Iterator[Ledger]:
    made = open_ledger(url, create=True, author="tester")
    made.write(comparison)
    ticks = iter(range(10**6))
    made.clock = lambda: f"2026-11-23T12:00:00.{next(ticks):06d}+00:00"
    yield made
    assert made.verify() == []
    made.close()


def _ids(items: tuple[object, ...]) -> list[str]:
    return [item.claim.id for item in items]  # type: ignore[attr-defined]


def test_nobody_gets_what_another_has(ledger: Ledger) -> None:
    reem = _ids(take(ledger, "Reem", 4, at=NOON))
    sami = _ids(take(ledger, "Sami", 4, at=NOON))
    assert len({*reem, *sami}) == 8
    assert _ids(take(ledger, "Reem", 4, at=NOON)) == reem
    assert {(x.claim, x.author) for x in lent(ledger, at=NOON)} == {(c, "Reem") for c in reem} | {
        (c, "Sami") for c in sami
    }
    shown = {item.claim.id for item in queue(ledger, 1000, "Sami", at=NOON) if item.claim}
    assert not shown & set(reem)
    assert set(reem) <= {item.claim.id for item in queue(ledger, 1000, at=NOON) if item.claim}
    assert [entry for entry in ledger.verify() if entry] == []


def test_a_lease_ends_with_its_time(ledger: Ledger) -> None:
    reem = _ids(take(ledger, "Reem", 4, minutes=30, at=NOON))
    assert _ids(take(ledger, "Sami", 4, at=LATER)) == reem
    with pytest.raises(LedgerError, match="Sami has claim"):
        decide(ledger, [Edit(reem[0], "accept")], author="Reem", at=LATER)
    decide(ledger, [Edit(reem[0], "accept")], author="Reem", at=EVENING)


def test_a_lease_ends_with_the_decision_or_when_it_is_given_back(ledger: Ledger) -> None:
    first, second, third = _ids(take(ledger, "Reem", 3, at=NOON))
    with pytest.raises(LedgerError, match=r"Reem has claim .* until 2026-11-23T12:30; take another"):
        decide(ledger, [Edit(first, "accept")], author="Sami", at=NOON)
    decide(ledger, [Edit(first, "comment", reason="seen")], author="Sami", at=NOON)
    decide(ledger, [Edit(first, "accept")], author="Reem", at=NOON)
    decide(ledger, [Edit(first, "reject")], author="Sami", at=NOON)
    assert give_back(ledger, "Sami", [second], at=NOON) == 0
    assert give_back(ledger, "Reem", [second, first], at=NOON) == 1
    assert [x.claim for x in lent(ledger, "Reem", at=NOON)] == [third]
    assert give_back(ledger, "Reem", at=NOON) == 1
    assert lent(ledger, at=NOON) == ()


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_a_lease_is_for_a_day_at_most(ledger: Ledger, minutes: float) -> None:
    with pytest.raises(LedgerError, match="give up to a day"):
        take(ledger, "Reem", 1, minutes=minutes)
    with pytest.raises(LedgerError, match="needs an author"):
        take(ledger, " ", 1)


@pytest.mark.slow
def test_twenty_who_take_at_once(url: str, ledger: Ledger) -> None:
    whole = len({item.claim.id for item in queue(ledger, 10_000) if item.claim})

    def one(n: int) -> list[str]:
        held = open_ledger(url, author=f"person {n}")
        try:
            return _ids(take(held, f"person {n}", 3, at=NOON))
        finally:
            held.close()

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(one, range(20)))
    given = [key for mine in found for key in mine]
    assert len(given) == len(set(given)) == min(60, whole)


def test_a_second_review_is_by_somebody_else(ledger: Ledger) -> None:
    claim = _ids(queue(ledger, 1))[0]
    decide(ledger, [Edit(claim, "accept")], author="Reem")
    (asked,) = decide(ledger, [Edit(claim, "second", reason="a grave count")], author="Reem")
    assert [(s.claim, s.agrees) for s in seconds(ledger)] == [(claim, None)]
    assert claim not in _ids(tuple(i for i in queue(ledger, 1000, "Reem") if i.claim))
    first = queue(ledger, 1, "Sami")[0]
    assert (first.claim is not None and first.claim.id, first.why) == (claim, f"second review: {asked.line()}")
    decide(ledger, [Edit(claim, "reject", reason="not said")], author="Reem")
    assert seconds(ledger)[0].agrees is None
    decide(ledger, [Edit(claim, "accept")], author="Sami")
    (done,) = seconds(ledger)
    assert done.agrees is True
    assert [made.author for made in done.second] == ["Sami"]
    assert "second review" not in queue(ledger, 1)[0].why
    withdraw(ledger, [done.second[0].id], author="Sami")
    assert seconds(ledger)[0].agrees is None
    decide(ledger, [Edit(claim, "correct", "status", "possible")], author="Huda")
    assert seconds(ledger)[0].agrees is False
    withdraw(ledger, [asked.id], author="Reem")
    assert seconds(ledger) == ()


@pytest.mark.usefixtures("ledger")
def test_the_commands(url: str) -> None:
    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, ["review", *arguments, "--ledger", url])
        assert done.exit_code == code, done.output
        return done.stdout

    mine = [row["claim"] for row in json.loads(run("take", "--by", "Reem", "--count", "2", "--json"))]
    assert [row["author"] for row in json.loads(run("taken", "--json"))] == ["Reem", "Reem"]
    listed = json.loads(run("list", "--for", "Sami", "--limit", "500", "--json"))
    assert not {row["claim"] for row in listed} & set(mine)
    run("accept", mine[0], "--by", "Reem")
    run("second", mine[0], "--by", "Reem", "--reason", "check it")
    assert json.loads(run("seconds", "--json"))[0]["agrees"] is None
    run("accept", mine[0], "--by", "Sami")
    assert json.loads(run("seconds", "--json"))[0]["agrees"] is True
    assert run("release", "--by", "Reem") == "1 given back.\n"


def test_an_older_ledger_gets_the_table(url: str, ledger: Ledger) -> None:
    from tawatur.ledger import bring_up
    from tawatur.ledger.connect import writing
    from tawatur.ledger.schema import leases, migrations

    with writing(ledger.engine) as connection:
        leases.drop(connection)
        connection.execute(migrations.delete().where(migrations.c.name.like("0005%")))
    with pytest.raises(LedgerError, match="older tawatur"):
        open_ledger(url)
    assert bring_up(url) == ("0005 leases",)
    assert take(ledger, "Reem", 1)


def test_a_stale_decision_is_told_before_a_lease_matters(ledger: Ledger) -> None:
    item = take(ledger, "Reem", 1, at=NOON)[0]
    assert item.claim
    decide(ledger, [Edit(item.claim.id, "accept", version=item.version)], author="Reem", at=NOON)
    with pytest.raises(StaleError):
        decide(ledger, [Edit(item.claim.id, "reject", version=item.version)], author="Sami", at=NOON)
