from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gold import GOLD, Dossier, load_dossier
from making import NO_COPIES, claim, report
from tawatur.copies import trace
from tawatur.events import group, type_names
from tawatur.events.blocking import pairs
from tawatur.events.cluster import cluster
from tawatur.events.features import features
from tawatur.events.views import scene
from tawatur.events.weights import likely, table
from tawatur.model import Judgement, Lineage, Place, Time

if TYPE_CHECKING:
    from tawatur.model import Event, Issue

TEXT = (
    "قصفت طائرات سوق المدينة في إدلب يوم الاثنين وقتل 12 شخصا. وقال مسعفون إن 12 شخصا قتلوا في قصف سوق إدلب. "
    "وفي شأن آخر اتفق الطرفان على هدنة في درعا."
)
HOME = report(TEXT, published="2018-03-06")
IDLIB = Place("إدلب", "Idlib", 35.93, 36.63)
DARAA = Place("درعا", "Daraa", 32.62, 36.1)
MONDAY = (Time("يوم الاثنين", "2018-03-05", "2018-03-05"),)
RAID = claim(HOME, "قصفت طائرات سوق المدينة في إدلب يوم الاثنين", "airstrike", places=(IDLIB,), times=MONDAY)
TOLL = claim(HOME, "12 شخصا قتلوا في قصف سوق إدلب", "airstrike", by="مسعفون", places=(IDLIB,))
TRUCE = claim(HOME, "اتفق الطرفان على هدنة في درعا", "agreement", places=(DARAA,))
CLAIMS = (RAID, TOLL, TRUCE)


def members(events: tuple[Event, ...]) -> set[frozenset[str]]:
    return {frozenset(e.claims) for e in events}


def judged(a: str, b: str, verdict: str, time: str = "2026-01-01") -> Judgement:
    return Judgement(a, b, verdict, "analyst", time)  # type: ignore[arg-type]


def test_claims_of_one_raid_are_one_event_and_the_truce_is_another() -> None:
    assert members(group(CLAIMS, [HOME], NO_COPIES)) == {frozenset({RAID.id, TOLL.id}), frozenset({TRUCE.id})}


def test_an_event_says_what_where_and_when_in_both_languages_and_why() -> None:
    raid = next(e for e in group(CLAIMS, [HOME], NO_COPIES) if RAID.id in e.claims)
    assert raid.label == "Air strike · Idlib · 2018-03-05 | غارة جوية · إدلب · 2018-03-05"
    assert raid.event_type == "airstrike"
    assert any("place shared" in reason for reason in raid.features)


def test_nothing_in_nothing_out() -> None:
    assert group([], [], NO_COPIES) == ()


def test_a_claim_whose_report_is_missing_stands_alone() -> None:
    orphan = replace(RAID, id="orphan", report="gone")
    assert frozenset({"orphan"}) in members(group([*CLAIMS, orphan], [HOME], NO_COPIES))


def test_a_judgement_joins_and_parts() -> None:
    joined = group(CLAIMS, [HOME], NO_COPIES, [judged(RAID.id, TRUCE.id, "same")])
    assert any({RAID.id, TRUCE.id} <= set(e.claims) for e in joined)
    parted = group(CLAIMS, [HOME], NO_COPIES, [judged(TOLL.id, RAID.id, "different")])
    assert not any({RAID.id, TOLL.id} <= set(e.claims) for e in parted)


def test_the_later_judgement_on_a_pair_stands() -> None:
    both = [judged(RAID.id, TOLL.id, "different", "2026-01-02"), judged(TOLL.id, RAID.id, "same", "2026-01-01")]
    assert not any({RAID.id, TOLL.id} <= set(e.claims) for e in group(CLAIMS, [HOME], NO_COPIES, both))


def test_a_cycle_of_judgements_is_refused_with_one_reason_and_the_rest_stands() -> None:
    issues: list[Issue] = []
    cycle = [
        judged(RAID.id, TOLL.id, "same", "2026-01-01"),
        judged(TOLL.id, TRUCE.id, "same", "2026-01-02"),
        judged(RAID.id, TRUCE.id, "different", "2026-01-03"),
    ]
    events = group(CLAIMS, [HOME], NO_COPIES, cycle, on_issue=issues.append)
    assert members(events) == {frozenset(c.id for c in CLAIMS)}
    assert len(issues) == 1
    assert "different" in issues[0].reason


@pytest.mark.parametrize(("a", "b", "reason"), [(RAID.id, RAID.id, "itself"), (RAID.id, "nobody", "not there")])
def test_a_judgement_that_makes_no_sense_is_refused(a: str, b: str, reason: str) -> None:
    issues: list[Issue] = []
    group(CLAIMS, [HOME], NO_COPIES, [judged(a, b, "same")], on_issue=issues.append)
    assert [reason in i.reason for i in issues] == [True]


def test_a_copy_is_always_with_the_claim_it_repeats_unless_an_analyst_parts_them() -> None:
    copies = Lineage(copied_claims=((TRUCE.id, RAID.id),))
    assert any({RAID.id, TRUCE.id} <= set(e.claims) for e in group(CLAIMS, [HOME], copies))
    apart = group(CLAIMS, [HOME], copies, [judged(RAID.id, TRUCE.id, "different")])
    assert not any({RAID.id, TRUCE.id} <= set(e.claims) for e in apart)


def test_every_type_has_a_name_in_both_languages() -> None:
    assert len(type_names()) == 28
    assert all(english and arabic for english, arabic in type_names().values())


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return load_dossier(GOLD / "train" / "kobani-2014")


@given(seed=st.integers(0, 10**6))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_input_makes_no_difference(dossier: Dossier, seed: int) -> None:
    claims, reports = list(dossier.claims), list(dossier.reports)
    copies = trace(reports, claims)
    once = group(claims, reports, copies)
    random.Random(seed).shuffle(claims)
    random.Random(seed + 1).shuffle(reports)
    assert group(claims, reports, copies) == once


def test_every_claim_is_in_exactly_one_event(dossier: Dossier) -> None:
    events = group(dossier.claims, dossier.reports, trace(dossier.reports, dossier.claims))
    assert sorted(c for e in events for c in e.claims) == sorted(c.id for c in dossier.claims)


def test_candidates_grow_with_the_claims_not_with_their_square() -> None:
    homes = [report(f"قصفت طائرات سوق المدينة رقم {n} في إدلب.", f"صحيفة {n}", "2018-03-06") for n in range(600)]
    many = [claim(h, "قصفت طائرات سوق المدينة", "airstrike", places=(IDLIB,)) for h in homes]
    assert len(pairs(scene(many[:300], homes[:300]))) * 2.6 > len(pairs(scene(many, homes)))


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] < p[1]),
        st.floats(0, 1),
    ),
    st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] < p[1]), max_size=3),
)
def test_groups_part_the_claims_and_keep_apart_what_must_be(
    scores: dict[tuple[str, str], float], apart: set[tuple[str, str]]
) -> None:
    groups = cluster("abcdef", scores, (), apart, threshold=0.3, floor=0.01)
    assert sorted(c for g in groups for c in g) == list("abcdef")
    assert not any(set(pair) <= set(g) for pair in apart for g in groups)


def test_average_linkage_does_not_chain() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.5}
    assert cluster("abc", chain, threshold=0.3, floor=0.01) == [("a", "b"), ("c",)]


def test_pairs_weighed_in_parts_have_the_features_that_are_told_one_by_one(dossier: Dossier) -> None:
    held = scene(dossier.claims, dossier.reports)
    views, weigher = list(held.views.values()), held.weighed()
    for a, b in [(views[n], views[n * 7 % len(views)]) for n in range(len(views))]:
        told = list(features(a, b, held))
        assert sorted(weigher.features(a, b)) == sorted(told)
        assert weigher.probability(a, b) == likely(math.fsum(table().get(name, 0.0) * value for name, value in told))
        assert weigher.probability(b, a) == weigher.probability(a, b)


@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(7, 14)), st.floats(0, 1), max_size=30))
def test_groups_are_the_same_when_what_cannot_meet_is_clustered_apart(scores: dict[tuple[int, int], float]) -> None:
    named = {(f"{a:02}", f"{b:02}"): score for (a, b), score in scores.items()}
    ids = [f"{n:02}" for n in range(15)]
    alone = cluster(ids, named, threshold=0.6, floor=0.01)
    homes = {i: n for n, group in enumerate(alone) for i in group}
    assert homes.keys() == set(ids)
    for one, other in combinations(alone, 2):
        mean = sum(named.get((a, b), named.get((b, a), 0.01)) for a in one for b in other) / (len(one) * len(other))
        assert mean < 0.6 + 1e-9
