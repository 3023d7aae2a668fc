"""Dossiers that we wrote to train on: their form is checked, what they say is as the annotation guide has it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import written_dossiers
from gold import GOLD, SHARED, dossiers_in
from training import material, ours
from written_dossiers import compiled, write

needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")

SMALL = """# a remark
@ r01 | قناة | 2017-05-02 | عنوان
ذكرت اللجنة أن
⟦evacuation completed|{نحو 300 شخص|people|evacuated|~300|c} خرجوا، {نصفهم|percent|evacuated|50|in نحو 300 شخص}⟧
من البلدة.
@ r02 | - | - | -
نفى الناطق ⟦evacuation not_occurred|خروج أحد من البلدة⟧ للهلال.
= claims
r01.c1 | by اللجنة (Committee; لجنة) ~asserted | whom شخص | from البلدة
= events
e1 | people leave | r01.c1 r02.c1
= relations
r01.c1 r02.c1 contradict | some left against nobody
"""


def made(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(text, "utf-8")
    return path


def test_marks_become_spans_bounds_and_fields(tmp_path: Path) -> None:
    text = SMALL.replace("from البلدة", "at اللجنة = Office 33.5 36.25 | time ذكرت = ..2017-05-02")
    reports, gold = compiled(made(tmp_path, text))
    claim = gold["claims"]["r01"][0]
    body = reports[0]["text"]
    assert body[claim["start"] : claim["end"]] == "نحو 300 شخص خرجوا، نصفهم"
    assert [(body[f["start"] : f["end"]], f["low"], f["high"], f["approximate"]) for f in claim["figures"]] == [
        ("نحو 300 شخص", 300, 300, True),
        ("نصفهم", 50, 50, False),
    ]
    assert [(f["cumulative"], f["part_of"]) for f in claim["figures"]] == [(True, None), (False, "نحو 300 شخص")]
    assert claim["attribution"] == [{"name": "اللجنة", "aliases": ["Committee", "لجنة"], "stance": "asserted"}]
    assert claim["places"] == [{"text": "اللجنة", "name": "Office", "lat": 33.5, "lon": 36.25, "role": "at"}]
    assert claim["times"] == [{"text": "ذكرت", "start": None, "end": "2017-05-02"}]
    assert (reports[1]["outlet"], reports[1]["published"]) == (None, None)
    assert gold["events"] == [{"id": "e1", "label": "people leave", "claims": ["r01.c1", "r02.c1"]}]
    assert gold["relations"][0]["relation"] == "contradict"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("evacuation completed", "evakuation completed", "r01.c1: no such label: evakuation"),
        ("|~300|c", "|some|c", "r01.c1: no bounds: some"),
        ("|~300|c", "|..|c", "r01.c1: no bounds: .."),
        ("|in نحو 300 شخص", "|in 300", "r01.c1: no figure of this claim: 300"),
        ("⟧ للهلال", " للهلال", "a bracket is left over: نفى الناطق ⟦"),
        ("from البلدة", "from القرية", "not in the text of the report: القرية"),
        ("by اللجنة", "by قناة > اللجنة", "not in the text of the report: قناة"),
        ("| قناة |", "| اللجنة |", "r01.c1: the publisher is implied and no link"),
        ("from البلدة", "aim البلدة", "no such field: aim"),
        ("| 2017-05-02 |", "| in May |", "no date: in May"),
        ("r01.c1 r02.c1\n=", "r01.c1 r02.c2\n=", "no such claim, or in an event already: r02.c2"),
        ("r01.c1 r02.c1\n=", "r01.c1\n=", "not two claims of one event"),
        ("contradict", "oppose", "no such label: oppose"),
        ("= relations\n", "= relations\nr02.c1 r01.c1 agree | twice\n", "r01.c1 r02.c1 stands 2 times"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SMALL
    with pytest.raises(SystemExit) as caught:
        compiled(made(tmp_path, SMALL.replace(old, new)))
    assert str(caught.value).startswith("small.txt: ")
    assert told in str(caught.value)


def test_names_without_what_is_written_onto_them_are_found(tmp_path: Path) -> None:
    text = SMALL.replace("from البلدة", "who اللجنة").replace("= events", "r02.c1 | who الهلال\n= events")
    assert compiled(made(tmp_path, text))[1]["claims"]["r02"][0]["actors"] == ["الهلال"]


@needs_gold
def test_what_we_wrote_passes_the_check_of_the_guide(tmp_path: Path) -> None:
    folders = write(tmp_path, [])
    assert [f.name for f in folders] == [f"written-{p.stem}" for p in sorted(written_dossiers.HERE.glob("*.txt"))]
    check = [sys.executable, str(SHARED / "contract" / "check_gold.py"), str(tmp_path)]
    told = subprocess.run(check, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert len(dossiers_in(tmp_path)) == len(folders)


@needs_gold
def test_what_is_learned_from_is_by_name_and_ours_are_known() -> None:
    names = [d.name for d in material(GOLD / "train")]
    assert names == sorted(names)
    assert {name for name in names if not ours(name)} == {f.name for f in (GOLD / "train").iterdir()}
