"""What is read twice in tests that go full circle: reports, and a pack that reads some of them otherwise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from synthetic import reports as made_up

OWN = """
dimension = "populations"
about = "Civilians are counted among people."

[[entry]]
id = "population.civilians"
cls = "person"
gives = { population = "people", person = true }
nouns = ["مدني|+ون", "مدنية|+ات", "أعزل|عزل"]
examples = [{ text = "مقتل 16 مدنياً", gives = "16 people" }]
counter = ["الدفاع المدني أخمد الحريق"]
"""


def lay_out(folder: Path, example: Path) -> tuple[Path, Path]:
    """The example and twenty made-up reports in ``reports``, the pack in ``mine``; both."""
    reports, mine = folder / "reports", folder / "mine"
    shutil.copytree(example, reports)
    rows = [json.dumps(row, ensure_ascii=False) for row in made_up(20, seed=7)]
    (reports / "more.jsonl").write_text("\n".join(rows), "utf-8")
    mine.mkdir()
    (mine / "own.toml").write_text(OWN, "utf-8")
    return reports, mine
