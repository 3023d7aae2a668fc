"""What relays of one statement lost is taken from those that kept it; what one of them changed contradicts nobody."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from math import inf
from typing import TYPE_CHECKING

import pytest

from making import claim, report
from tawatur.findings.clocks import ordinal
from tawatur.findings.frames import Frame, frames
from tawatur.findings.relations import doubts, relate
from tawatur.findings.relayed import settled
from tawatur.model import Figure, Population, Span, Time

if TYPE_CHECKING:
    from collections.abc import Iterable

MAY = tuple(f"2015-05-0{n}" for n in range(1, 10))


def told(
    n: int,
    low: float | None,
    high: float | None,
    *,
    origin: str = "الدفاع المدني",
    population: Population = "people",
    until: str | None = None,
    published: str | None = MAY[3],
    noun: str = "",
) -> Frame:
    """A relay of a running total: the n-th report."""
    home = report(f"ذكر التقرير {n} أن العدد بلغ كذا.", f"صحيفة {n}", published)
    counted = Figure("كذا", Span(0, 3), low, high, False, population, "killed", cumulative=True, noun=noun)
    times = (Time("", None, until, "until"),) if until else ()
    return frames(claim(home, "العدد بلغ كذا", "casualties", figures=(counted,), times=times), home, origin)[0]


def settle(*given: Frame) -> list[Frame]:
    frames = {f.claim.id: (f,) for f in given}
    found = settled(frames, dict.fromkeys(frames, "event"))
    return [found[f.claim.id][0] for f in given]


def test_a_lost_hedge_comes_back() -> None:
    hedged, bare = settle(told(1, 400, None), told(2, 400, 400))
    assert hedged.interval == bare.interval == (400, inf)


@pytest.mark.parametrize(("noun", "expected"), [("", "people"), ("خيمة", "other")])
def test_a_lost_population_comes_back_unless_a_noun_names_it(noun: str, expected: str) -> None:
    _, lost = settle(told(1, 400, 400), told(2, 400, 400, population="other", noun=noun))
    assert lost.population == expected


@pytest.mark.parametrize(
    ("published", "day", "whence"),
    [(MAY[4], MAY[2], "relay"), (None, MAY[2], "relay"), (MAY[8], MAY[8], "said"), (MAY[0], MAY[0], "said")],
)
def test_the_day_of_a_total_is_that_of_the_statement(published: str | None, day: str, whence: str) -> None:
    _, other = settle(told(1, 400, 400, until=MAY[2], published=MAY[2]), told(2, 400, 400, published=published))
    assert (other.clock.as_of, other.clock.as_of_from) == (ordinal(day), whence)


def test_a_late_relay_counts_from_the_day_it_was_first_said() -> None:
    first, late = settle(told(1, 400, 400, published=MAY[2]), told(2, 400, 400, published=MAY[3]))
    assert (first.clock.as_of_from, late.clock.as_of_from) == ("said", "relay")
    assert first.clock.as_of == late.clock.as_of


def test_a_number_told_for_two_days_gives_its_day_to_nobody() -> None:
    *_, other = settle(
        told(1, 400, 400, until=MAY[2]), told(2, 400, 400, until=MAY[3]), told(3, 400, 400, published=None)
    )
    assert other.clock.as_of is None


@pytest.mark.parametrize(
    ("number", "marked"),
    [(840, "figure"), (490, "figure"), (940, ""), (48, ""), (4800, "")],
)
def test_one_relay_with_a_digit_changed_or_two_swapped_is_marked(number: float, marked: str) -> None:
    *_, odd = settle(told(1, 480, 480), told(2, 480, 480), told(3, number, number))
    assert odd.changed == marked


def test_two_relays_are_not_enough_to_tell_who_changed_it() -> None:
    assert [f.changed for f in settle(told(1, 480, 480), told(2, 840, 840))] == ["", ""]


def test_one_relay_with_a_narrower_population_is_marked() -> None:
    found = settle(told(1, 480, 480), told(2, 480, 480), told(3, 480, 480, population="civilians"))
    assert [f.changed for f in found] == ["", "", "population"]


def test_what_a_relay_changed_contradicts_nobody() -> None:
    *_, odd = settle(told(1, 480, 480), told(2, 480, 480), told(3, 840, 840))
    other = told(4, 700, 700, origin="المجلس البلدي")
    verdict = relate(odd, other, independent=True)
    assert verdict.rule == "changed_by_relay"
    assert doubts(odd, other, verdict) == []
    assert relate(replace(odd, changed=""), other, independent=True).relation == "contradict"


def test_other_origins_other_events_and_single_reports_stay_as_they_are() -> None:
    given = [told(1, 400, None), told(2, 400, 400, origin="المجلس البلدي")]
    assert settle(*given) == given
    apart = {f.claim.id: (f,) for f in (told(1, 400, None), told(2, 400, 400))}
    assert settled(apart, {key: key for key in apart}) == apart
    assert settled(apart, {}) == apart


def test_the_order_makes_no_difference() -> None:
    given = [
        told(1, 480, None),
        told(2, 480, 480, population="other", until=MAY[2]),
        told(3, 480, 480, published=None),
        told(4, 840, 840),
    ]
    assert len({_key(zip(order, settle(*order), strict=True)) for order in permutations(given)}) == 1


def _key(pairs: Iterable[tuple[Frame, Frame]]) -> str:
    return "\n".join(sorted(f"{before.claim.id} {after}" for before, after in pairs))
