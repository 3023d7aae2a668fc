"""The walk-through of docs/ledger.md, run line by line: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from circle import lay_out
from tawatur.ledger import open_ledger

ROOT = Path(__file__).resolve().parents[1]
DECIDED = 200
HELD = "id", "claim", "action", "field", "value", "author", "at", "reason", "withdrawn"


def _script() -> str:
    page = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    found = re.search(r"^## A full circle\n.*?^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _decisions(path: Path) -> dict[str, tuple[object, ...]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == DECIDED
    return {row["id"]: tuple(row.get(name) for name in HELD) for row in rows}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the lines are those of a POSIX shell")
@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_the_walk_through(url: str, example: Path, tmp_path: Path) -> None:
    lay_out(tmp_path, example)
    (tmp_path / "tawatur").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tawatur "$@"\n')
    (tmp_path / "tawatur").chmod(0o755)
    env = {
        **os.environ,
        "PATH": os.pathsep.join((str(tmp_path), str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))),
        "TAWATUR_LEDGER": url,
        "TAWATUR_BACKUPS": "off",
    }
    done = subprocess.run(
        ["sh", "-eu", "-c", _script()], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("In order.") == 2

    first, second, elsewhere, last = (_json(tmp_path / f"{n}.json") for n in ("first", "second", "elsewhere", "last"))
    assert (first["reports"], first["runs"]) == (29, 1)
    assert first["claims"] > DECIDED
    counts = ("reports", "claims")
    assert all(one[name] == first[name] for one in (second, elsewhere, last) for name in counts)
    assert {**elsewhere, "backups": None} == {**second, "backups": None}
    assert [one["runs"] for one in (first, second, last)] == [1, 2, 3]
    assert last["events"] == second["events"]

    decided, restored, end = (_decisions(tmp_path / f"{n}.jsonl") for n in ("decided", "restored", "last"))
    assert decided == restored == end
    assert Counter(row[5] for row in decided.values()) == {"Reem": 180, "Sami": 20}
    back = [item for item in _json(tmp_path / "again.json") if item["decision"]]
    assert back
    assert {item["decision"] for item in back} <= decided.keys()

    here, there = open_ledger(url), open_ledger(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert len({claim.id for claim in there.claims()}) == last["claims"]
    assert there.claims() == here.claims()
    assert there.claims(as_of=1) == here.claims(as_of=1)
    for ledger in (here, there):
        ledger.close()
