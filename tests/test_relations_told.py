"""The whole lists of relations that we train on: read in place of a dossier's own, and right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import readings
from cross_validate import in_one_folder
from gold import GOLD, Dossier, dossiers, dossiers_in
from relations_told import HERE, KINDS, with_all_relations

needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")
EVENTS = [{"id": "e1", "claims": ["r1.c1", "r2.c1", "r3.c1"]}, {"id": "e2", "claims": ["r1.c2"]}]
OWN = [{"a": "r1.c1", "b": "r2.c1", "relation": "agree", "why": "both say forty"}]


def sparse(name: str = "bridge") -> Dossier:
    gold = {"claims": {}, "copies": [], "events": EVENTS, "relations": OWN}
    return Dossier(name, (), (), gold, {})


def listed(folder: Path, *lines: str) -> list[dict[str, str]]:
    (folder / "bridge.tsv").write_text("\n".join(("# remark", *lines)), "utf-8")
    relations: list[dict[str, str]] = with_all_relations(sparse(), folder).gold["relations"]
    return relations


def test_a_list_stands_in_place_of_the_dossiers_own(tmp_path: Path) -> None:
    found = listed(tmp_path, "r2.c1\tr3.c1\tcontradict\tforty against nine", "", "r1.c1\tr3.c1\tupdate\t3, then 9")
    assert [(r["a"], r["b"], r["relation"]) for r in found] == [
        ("r2.c1", "r3.c1", "contradict"),
        ("r1.c1", "r3.c1", "update"),
    ]


def test_a_dossier_without_a_list_keeps_its_own(tmp_path: Path) -> None:
    assert with_all_relations(sparse(), tmp_path).gold["relations"] == OWN


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("r1.c1 r2.c1 agree spaces", "line 3: a line is: claim, claim, relation, why"),
        ("r1.c1\tr2.c1\tagree\t", "line 3: a line is: claim, claim, relation, why"),
        ("r1.c1\tr2.c1\tvariant\twhy", "line 3: no relation: variant"),
        ("r1.c1\tr9.c1\tagree\twhy", "line 3: no claim of the dossier: r9.c1"),
        ("r1.c1\tr1.c2\tagree\twhy", "line 3: r1.c1 and r1.c2 are of two events, e1 and e2"),
        ("r1.c1\tr1.c1\tagree\twhy", "line 3: r1.c1 stands against itself"),
        ("r3.c1\tr2.c1\tagree\twhy", "line 3: r3.c1 r2.c1 stands in line 2 already"),
    ],
)
def test_a_mistake_ends_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SystemExit) as ended:
        listed(tmp_path, "r2.c1\tr3.c1\tcontradict\tforty against nine", line)
    assert str(ended.value).startswith(f"bridge.tsv: {told}")


@needs_gold
def test_what_we_listed_is_right_and_belongs_to_a_training_dossier() -> None:
    known = {d.name: d for d in dossiers("train")}
    names = sorted(path.stem for path in HERE.glob("*.tsv"))
    assert names
    assert set(names) <= set(known)
    count = Counter(r["relation"] for name in names for r in with_all_relations(known[name]).gold["relations"])
    assert set(count) == set(KINDS)


@needs_gold
def test_what_is_learned_from_is_the_experts_and_what_is_measured_against_is_whole(tmp_path: Path) -> None:
    name = min(path.stem for path in HERE.glob("*.tsv"))
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / name).symlink_to(GOLD / "train" / name, target_is_directory=True)
    found = readings.load(folder, None, None)
    (dossier,) = [d for d in dossiers("train") if d.name == name]
    for reading in found[0]:
        assert reading.listed == {frozenset((r["a"], r["b"])): r["relation"] for r in dossier.gold["relations"]}
    lines = [line.split("\t") for line in (HERE / f"{name}.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    (asked,) = dossiers_in(in_one_folder(found, folder, tmp_path / "whole", whole=True))
    assert asked.reports == dossier.reports
    assert [[r["a"], r["b"], r["relation"], r["why"]] for r in asked.gold["relations"]] == lines
