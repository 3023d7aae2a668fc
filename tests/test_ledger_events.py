"""Events put together and taken apart by people, and what a later run makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from tawatur import pipeline
from tawatur.cli import app
from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger import Ledger, judgements, merge, open_ledger, split, withdraw
from tawatur.model import Claim, Comparison, Event, Judgement


@pytest.fixture
def ledger(url: str, comparison: Comparison) -> Iterator[Ledger]:
    made = open_ledger(url, create=True, author="tester")
    made.write(comparison)
    yield made
    assert made.verify() == []
    made.close()


def _again(ledger: Ledger, comparison: Comparison) -> tuple[Event, ...]:
    """The events once the same was run again."""

    def regroup(decided: tuple[Judgement, ...], added: tuple[Claim, ...]) -> Comparison:
        return pipeline.regrouped(comparison, decided, added)

    ledger.write(comparison, regroup)
    return ledger.comparison().events


def _sizes(comparison: Comparison) -> list[Event]:
    return sorted(comparison.events, key=lambda event: (-len(event.claims), event.id))


def test_two_events_are_one(ledger: Ledger, comparison: Comparison) -> None:
    first, second, *_ = _sizes(comparison)
    made = merge(ledger, [first.id, second.id], author="Reem", reason="one convoy")
    assert {one.reason for one in made} == {"one convoy"}
    events = _again(ledger, comparison)
    assert any(set(event.claims) >= {*first.claims, *second.claims} for event in events)
    withdraw(ledger, [one.id for one in made], author="Reem")
    assert judgements(ledger) == ()
    assert set(_again(ledger, comparison)) == set(comparison.events)


def test_an_event_is_two(ledger: Ledger, comparison: Comparison) -> None:
    whole = _sizes(comparison)[0]
    copied = {key for pair in comparison.lineage.copied_claims for key in pair}
    out = [key for key in whole.claims if key not in copied][:2]
    split(ledger, whole.id, out, author="Reem")
    home = {key: event.id for event in _again(ledger, comparison) for key in event.claims}
    assert len({home[key] for key in out}) == 1
    rest = [key for key in whole.claims if key not in out]
    assert len({home[key] for key in rest}) == 1
    assert home[out[0]] != home[rest[0]]


def test_what_cannot_be(ledger: Ledger, comparison: Comparison) -> None:
    first, second, *_ = _sizes(comparison)
    with pytest.raises(NotFoundError, match="no event 'x' stands"):
        merge(ledger, [first.id, "x"], author="Reem")
    with pytest.raises(LedgerError, match="one event alone"):
        merge(ledger, [first.id, first.id], author="Reem")
    with pytest.raises(LedgerError, match="is not in event"):
        split(ledger, first.id, [second.claims[0]], author="Reem")
    with pytest.raises(LedgerError, match="nothing to part"):
        split(ledger, first.id, list(first.claims), author="Reem")
    with pytest.raises(LedgerError, match="needs an author"):
        split(ledger, first.id, [first.claims[0]], author="")
    merge(ledger, [first.id, second.id], author="Reem")
    with pytest.raises(LedgerError, match="same"):
        split(ledger, first.id, [first.claims[0]], author="Sami")
    assert len(judgements(ledger)) == len(first.claims) + len(second.claims) - 1


def test_the_commands(url: str, ledger: Ledger, comparison: Comparison) -> None:
    first, second, third, *_ = _sizes(comparison)
    for arguments in (["merge", first.id, second.id], ["split", third.id, third.claims[0]]):
        done = CliRunner().invoke(app, ["review", *arguments, "--by", "Reem", "--ledger", url])
        assert done.exit_code == 0, done.output
    assert {made.verdict for made in judgements(ledger)} == {"same", "different"}
