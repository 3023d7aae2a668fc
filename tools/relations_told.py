"""Every relation worth telling of a training dossier (``written/relations/NAME.tsv``), in place of a sparse list.

A gold.json lists some relations that are worth telling, not all of them. Where a dossier has a file here, the file is
its whole list, to measure against (``cross_validate.py --whole``); learned from, it gained nothing (decision 15).
A line a pair, parted by tabs: a claim, another claim (ids of gold.json, both of one event), the relation, why. Lines
that begin with ``#`` are remarks.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gold import Dossier

HERE = Path(__file__).parent / "written" / "relations"
KINDS = ("contradict", "update", "part", "agree")
Row = dict[str, str]


def with_all_relations(dossier: Dossier, folder: Path = HERE) -> Dossier:
    """The dossier with the relations of its file in ``folder``, unchanged when there is none.

    Raises SystemExit with one line (file, line, what is wrong): not four cells, an unknown relation or claim,
    claims of two events, a pair that stands twice.
    """
    path = folder / f"{dossier.name}.tsv"
    if not path.exists():
        return dossier
    return replace(dossier, gold={**dossier.gold, "relations": _rows(path, dossier.gold["events"])})


def _rows(path: Path, events: list[dict[str, Any]]) -> list[Row]:
    home = {claim: event["id"] for event in events for claim in event["claims"]}
    seen: dict[frozenset[str], int] = {}
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row, wrong = _row(line, home)
        first = seen.setdefault(frozenset((row["a"], row["b"])), number) if not wrong else number
        if first != number:
            wrong = f"{row['a']} {row['b']} stands in line {first} already"
        if wrong:
            raise SystemExit(f"{path.name}: line {number}: {wrong}")
        rows.append(row)
    return rows


def _row(line: str, home: dict[str, str]) -> tuple[Row, str]:
    """What a line says, and what is wrong with it, if anything."""
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(("a", "b", "relation", "why")) or not all(cells):
        return {}, "a line is: claim, claim, relation, why, parted by tabs"
    a, b, relation, why = cells
    row = {"a": a, "b": b, "relation": relation, "why": why}
    if relation not in KINDS:
        return row, f"no relation: {relation}; one of {', '.join(KINDS)}"
    if unknown := [claim for claim in (a, b) if claim not in home]:
        return row, f"no claim of the dossier: {unknown[0]}"
    if a == b:
        return row, f"{a} stands against itself"
    if home[a] != home[b]:
        return row, f"{a} and {b} are of two events, {home[a]} and {home[b]}"
    return row, ""
