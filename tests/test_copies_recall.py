"""How many copies of known kinds are found, how many decoys are taken for copies, and the same on the gold dossiers."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from copies_edits import world as edited_world
from copies_world import edited, passage, report, story, world
from gold import GOLD, dossiers
from tawatur.copies import trace
from tawatur.model import CopyGroup


def pairs(groups: tuple[CopyGroup, ...]) -> set[frozenset[str]]:
    return {frozenset(p) for g in groups for p in combinations(g.reports, 2)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_made_up_copies_are_found_and_decoys_are_not(seed: int) -> None:
    made = world(seed)
    found = pairs(trace(made.reports).groups)
    true = {frozenset(p) for kind in made.pairs.values() for p in kind}
    recall = {kind: sum(frozenset(p) in found for p in known) / len(known) for kind, known in made.pairs.items()}
    wrong = len(found - true) / len(made.reports)
    print(f"\nseed {seed}: {len(made.reports)} reports, {made.decoys} of them decoys; false links {wrong:.4f} a report")
    print("\n".join(f"  {kind}: recall {share:.3f}" for kind, share in recall.items()))
    assert min(recall.values()) >= 0.95
    assert wrong <= 0.01


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_copies_as_outlets_edit_them_are_found_with_their_direction_and_look_alikes_are_not(seed: int) -> None:
    made = edited_world(seed)
    lineage = trace(made.reports)
    links = {frozenset((k.earlier, k.later)): k for k in lineage.links}
    known = {kind: [links.get(frozenset(pair)) for pair in found] for kind, found in made.pairs.items()}
    recall = {kind: sum(link is not None for link in found) / len(found) for kind, found in known.items()}
    quoted = {frozenset((k.earlier, k.later)) for k in lineage.quotations}
    firsts = {pair[0] for found in made.pairs.values() for pair in found}
    told = [link.earlier in firsts for found in known.values() for link in found if link is not None and link.directed]
    assert min(recall.values()) >= 0.9, recall  # of 40 each: four at most are missed
    assert sum(recall.values()) / len(recall) >= 0.98
    assert sum(pair in quoted for pair in made.quoting) >= 0.95 * len(made.quoting)
    assert len({n for pair in links for n in pair} & made.alone) <= 0.01 * len(made.alone)
    assert sum(told) >= 0.95 * len(told)
    assert sum(told) >= 0.8 * sum(len(found) for found in known.values())


@pytest.mark.parametrize("words", [15, 18, 28])
def test_a_sentence_of_fifteen_words_that_is_shared_word_for_word_is_looked_at(words: int) -> None:
    rng = random.Random(words)
    shared = passage(rng, words)
    for _ in range(30):
        one, two = (report(rng, f"{story(rng, 60)}\n{shared}\n{story(rng, 60)}", day) for day in (1, 2))
        assert trace([one, two]).links
        shared = passage(rng, words)


@pytest.mark.slow
@pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")
@pytest.mark.parametrize("part", ["train", "dev"])
def test_gold_copy_pairs(part: str) -> None:
    hit = known = said = 0
    for dossier in dossiers(part):
        name = {r.id: r.name for r in dossier.reports}
        gold = {frozenset(p) for g in dossier.gold["copies"] for p in combinations(g["reports"], 2)}
        found = {frozenset(name[i] for i in p) for p in pairs(trace(dossier.reports, dossier.claims).groups)}
        hit, known, said = hit + len(gold & found), known + len(gold), said + len(found)
    f1 = 2 * hit / (known + said)
    print(f"\n{part}: {hit} of {known} pairs found, {said} said, F1 {f1:.3f}")
    assert f1 >= 0.90


@pytest.mark.slow
def test_a_wire_of_many_carriers_costs_one_link_each() -> None:
    rng = random.Random(5)
    wire = story(rng)
    carriers = [report(rng, f"{story(rng, 30)}\n{edited(rng, wire, 0.08)}", 9) for _ in range(300)]
    first = report(rng, wire, 2)
    others = [report(rng, story(rng), 9) for _ in range(100)]
    lineage = trace([*others, *carriers, first])
    assert len(lineage.links) == 300
    assert {link.earlier for link in lineage.links} == {first.id}
    assert [g.reports[0] for g in lineage.groups] == [first.id]
    assert set(lineage.groups[0].reports) == {r.id for r in (first, *carriers)}
