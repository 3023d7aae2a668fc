"""How many copies of known kinds are found, how many decoys are taken for copies, and the same on the gold dossiers."""

from __future__ import annotations

from itertools import combinations

import pytest

from copies_world import edited, report, story, world
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
    import random

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
