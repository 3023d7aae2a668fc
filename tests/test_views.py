"""What holds for the views of any comparison: order leaves no trace, nothing is lost, totals never fall."""

from __future__ import annotations

import dataclasses
import random
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compared import available, comparison
from sample_dossier import sample
from tawatur import findings
from tawatur.codec import dumps
from tawatur.events.families import family
from tawatur.findings.along import _never_falling
from tawatur.findings.counts import added_up
from tawatur.findings.ground import Ground
from tawatur.findings.sources import LEAST, order, share
from viewed import worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.findings.nouns import Words
    from tawatur.model import Comparison

MANY = settings(max_examples=25, deadline=None)
PARTS = ("reports", "claims", "events", "accounts", "findings", "estimates")


def sentences(value: Any) -> Iterator[Words]:
    """All sentences of a view."""
    if type(value).__name__ == "Words":
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from sentences(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from sentences(item)


@given(worlds(), st.integers(0, 9))
@MANY
def test_the_order_of_the_input_leaves_no_trace(found: Comparison, seed: int) -> None:
    chance = random.Random(seed)
    mixed = {part: tuple(chance.sample(getattr(found, part), len(getattr(found, part)))) for part in PARTS}
    assert dumps(findings.views(dataclasses.replace(found, **mixed))) == dumps(findings.views(found))


@given(worlds())
@MANY
def test_every_claim_is_in_just_one_phase_of_its_event(found: Comparison) -> None:
    told = {s.event: [c for p in s.phases for c in p.claims] for s in findings.stories(found)}
    assert {e: sorted(ids) for e, ids in told.items()} == {e.id: sorted(e.claims) for e in found.events}


@given(worlds())
@MANY
def test_what_happened_is_named_unnamed_or_denied(found: Comparison) -> None:
    """Every claim of deeds stands under an actor, among the unnamed or among the denials."""
    deeds = {c.id for c in found.claims if family(c.event_type) != "words"}
    for view in findings.responsibility(found):
        event = next(e for e in found.events if e.id == view.event)
        told = {c for a in view.actors for v in a.voices for c in v.claims} | {*view.unnamed} | {*view.denials}
        assert told == deeds & {*event.claims}


@given(worlds())
@MANY
def test_running_totals_never_fall(found: Comparison) -> None:
    for series in findings.series(found):
        assert all(p.low <= p.best <= p.high for p in series.points)
        assert [p.as_of for p in series.points] == sorted({p.as_of for p in series.points})
        if series.kind == "running":
            for a, b in pairwise(series.points):
                assert (a.low <= b.low, a.best <= b.best, a.high <= b.high) == (True, True, True)


@given(worlds())
@MANY
def test_a_series_ends_where_the_estimate_stands(found: Comparison) -> None:
    known = {(e.event, e.population, e.outcome): e for e in found.estimates}
    for series in findings.series(found):
        estimate, last = known[series.event, series.population, series.outcome], series.points[-1]
        if series.kind == "running" and not series.undated:
            assert (last.low, last.best, last.high) == (estimate.low, estimate.best, estimate.high)


@given(worlds())
@MANY
def test_every_count_of_an_operation_is_told_once(found: Comparison) -> None:
    ground = Ground(found)
    for operation in findings.operations(found):
        event = ground.event[operation.event]
        moved = [c for c in ground.standing(event) if any(f.outcome == "evacuated" for f in c.figures)]
        sure = {c.id for c in moved if c.status not in ("planned", "possible", "not_occurred", "ongoing")}
        counts = [*operation.batches, *(c for t in operation.totals for c in t.counts)]
        told = [c for count in counts for c in (count.claim, *count.repeats)]
        if operation.kind == "evacuation":
            assert sure <= {*told}
        assert len(told) == len({*told})


@given(worlds())
@MANY
def test_a_sum_fits_when_its_least_is_no_more_than_the_total_allows(found: Comparison) -> None:
    ground = Ground(found)
    for operation in findings.operations(found):
        for check in operation.sums:
            frames = [ground.frames(ground.claims[c.claim])[c.figure] for c in check.batches]
            total = ground.frames(ground.claims[check.total.claim])[check.total.figure]
            assert check.low == added_up(frames).low == sum(f.interval[0] for f in frames)
            assert check.fits == (check.low <= total.interval[1])
            assert total not in frames


@given(worlds())
@MANY
def test_every_contradiction_has_what_would_settle_it(found: Comparison) -> None:
    against = {f.id for f in found.findings if f.relation == "contradict"}
    views = findings.settling(found)
    assert {s.finding for s in views} == against
    for view in views:
        assert [g.weight for g in view.gaps] == sorted((g.weight for g in view.gaps), reverse=True)
        assert all({*gap.claims} <= {*view.claims} for gap in view.gaps)


@given(worlds())
@MANY
def test_profiles_share_out_all_claims_and_all_copies(found: Comparison) -> None:
    profiles = findings.profiles(found)
    told = [c for p in profiles for c in (*p.claims, *p.repeats)]
    assert sorted(told) == sorted(c.id for c in found.claims)
    assert all(s.count <= s.of for p in profiles for s in (p.alone, p.corroborated, p.contradicted, p.revised))
    assert sum(p.copying.count for p in profiles) == len({c for c, _ in found.lineage.copied_claims})


@given(worlds())
@MANY
def test_every_sentence_is_said_in_both_languages_with_its_names(found: Comparison) -> None:
    told = list(sentences(findings.views(found)))
    assert told
    for words in told:
        assert words.en
        assert any("\u0600" <= char <= "\u06ff" for char in words.ar)
        assert all(name in words.en or name in words.ar for name in words.names)
        assert "{" not in words.en + words.ar


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3).map(lambda t: tuple(map(float, sorted(t)))), min_size=1))
def test_lowering_keeps_the_last_day_and_the_order_of_the_ends(days: list[tuple[float, float, float]]) -> None:
    found = _never_falling(days)
    assert found[-1] == days[-1]
    assert all(low <= best <= high for low, best, high in found)
    assert all(x <= y for a, b in pairwise(found) for x, y in zip(a, b, strict=True))
    assert all(x <= y for a, b in zip(found, days, strict=True) for x, y in zip(a, b, strict=True))


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_share_lies_within_its_interval(count: int, more: int) -> None:
    found = share(count, count + more)
    if not found.of:
        assert (found.low, found.high) == (None, None)
    else:
        assert 0 <= (found.low or 0) <= round(count / found.of, 3) <= (found.high or 0) <= 1


@pytest.mark.parametrize(
    ("n", "rank"), [(5, 0), (6, 1), (8, 1), (9, 2), (20, 6), (100, 40), (1000, 469), (100_000, 49_690)]
)
def test_ranks_that_hold_the_median_in_95_of_100(n: int, rank: int) -> None:
    assert order(n) == rank
    assert (rank > 0) == (n >= LEAST)


@pytest.mark.parametrize("name", ["sample", "aleppo-2016"])
def test_comparisons_made_elsewhere_have_views(name: str) -> None:
    if name != "sample" and available() is None:
        pytest.skip("no gold dossiers beside this repository")
    found = sample() if name == "sample" else comparison(name)
    views = findings.views(found)
    assert len(views.stories) == len(found.events)
    assert len(views.settling) == sum(f.relation == "contradict" for f in found.findings)


def test_a_comparison_of_nothing_has_empty_views() -> None:
    found = sample()
    empty = dict.fromkeys(PARTS, ())
    views = findings.views(dataclasses.replace(found, lineage=found.lineage.__class__(), **empty))
    assert not any(getattr(views, field.name) for field in dataclasses.fields(views))


def test_the_views_of_one_comparison_are_made_once_and_of_another_anew() -> None:
    found = sample()
    other = dataclasses.replace(found, findings=())
    first = findings.views(found)
    assert findings.views(found) is first
    assert findings.views(other).settling == ()
    assert findings.views(found) == first
