"""Synthetic worlds: the same seed the same world, and the comparison finds what is true in them."""

from __future__ import annotations

import pytest

import bench_compare
import worlds
from tawatur.archive import sentences
from tawatur.model import Span


def test_the_same_seed_makes_the_same_world() -> None:
    one, again, other = worlds.world(5), worlds.world(5), worlds.world(6)
    assert (one.reports, one.claims, one.truth) == (again.reports, again.claims, again.truth)
    assert one.truth != other.truth


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_world_is_sound(seed: int) -> None:
    made = worlds.world(seed)
    texts = {report.id: report.text for report in made.reports}
    assert all(list(row) == sorted(row) for row in made.truth)
    assert len(texts) == len(made.reports)
    for claim in made.claims:
        (figure,) = claim.figures
        assert claim.span.of(texts[claim.report]).strip()
        assert figure.span.of(texts[claim.report]) == figure.text
        assert figure.low is not None or figure.high is not None
    assert all({*pair} <= texts.keys() for pair in made.copied)
    assert sentences(made.reports[0].text, Span(0, len(made.reports[0].text)))


def test_whole_frames_hold_more_than_degraded_ones() -> None:
    whole, degraded = worlds.world(2, degraded=False), worlds.world(2)
    assert all(claim.times for claim in whole.claims)
    assert not all(claim.times for claim in degraded.claims)
    assert all(report.published for report in whole.reports)


def test_what_contradicts_is_told_from_what_was_stated() -> None:
    made = worlds.world(1)
    statement = worlds.Statement("a", 0, 2, 100.0, 100.0, False, "", "100")
    for origin, day, low, high, truly in [
        ("b", 2, 180.0, 180.0, True),  # the same day, another number
        ("b", 2, None, 180.0, False),  # no more than 180: fits
        ("b", 5, 180.0, 180.0, False),  # later and larger: grown
        ("b", 5, 60.0, 60.0, True),  # later and smaller: a total cannot fall
        ("a", 2, 180.0, 180.0, False),  # one origin corrects itself
    ]:
        made.statements = [statement, worlds.Statement(origin, 0, day, low, high, False, "", "")]
        made.said = {str(n): s for n, s in enumerate(made.statements)}
        assert bool(bench_compare.contradictions(made)) == truly
    made.said.clear()
    assert not bench_compare.contradictions(made)  # nobody carried them


@pytest.mark.slow
def test_the_comparison_recovers_what_is_true() -> None:
    tally = bench_compare.Tally()
    for seed in (101, 102):
        bench_compare.judge(worlds.world(seed, degraded=False), tally)
    assert tally.abstained == 0
    assert tally.copies.given
    assert tally.copies.hit >= 0.95 * tally.copies.given
    assert tally.contradictions.hit >= 0.75 * tally.contradictions.wanted
    assert tally.contradictions.hit >= 0.85 * tally.contradictions.given
    assert tally.told_apart <= 0.04 * tally.one_origin
    assert sum(tally.errors) / len(tally.errors) < 0.4
