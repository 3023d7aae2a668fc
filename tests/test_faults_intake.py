"""Killed at any moment, read in again in any order: the same result, nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

import tawatur
from tawatur import publish
from tawatur.model import Comparison

SOAK = int(os.environ.get("TAWATUR_SOAK", "0"))
KILLS = min(200, SOAK) if SOAK else 4
READINGS = 5


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's reports, a file each, in three forms."""
    folder = tmp_path_factory.mktemp("corpus")
    source = Path(__file__).resolve().parents[1] / "examples" / "aleppo-2016" / "reports.jsonl"
    rows = [json.loads(row) for row in source.read_text("utf-8").splitlines()]
    for n, row in enumerate(rows):
        (folder / f"{n}.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    (folder / "whole.txt").write_text(rows[0]["text"] + " ثم انصرفوا.", "utf-8")
    (folder / "bad.jsonl").write_text("{", "utf-8")
    return folder


def as_bytes(comparison: Comparison) -> bytes:
    """All that is told of a comparison, without the folder that it was read from."""
    told = [publish.contract(comparison), publish.views(comparison), publish.jsonl(comparison), publish.csv(comparison)]
    return json.dumps(told, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Whole:
    """A run that nobody killed: its folder, what stands in it, and how long it took."""

    out: Path
    data: dict[str, bytes]
    seconds: float


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    out = tmp_path_factory.mktemp("whole") / "out"
    started = time.monotonic()
    subprocess.run(command(corpus, out), check=False, capture_output=True)
    return Whole(out, data_of(out), time.monotonic() - started)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("kill", range(KILLS))
def test_a_run_that_is_killed_at_any_moment_goes_on_and_ends_the_same(
    corpus: Path, tmp_path: Path, whole: Whole, kill: int
) -> None:
    out, more = tmp_path / "out", ()
    if kill % 2:  # one that reads all again over a result
        shutil.copytree(whole.out, out)
        more = ("--redo", "all")
    told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command(corpus, out), *more], **told) as process:
        time.sleep(random.Random(kill).uniform(0, whole.seconds))
        process.send_signal(signal.SIGKILL)
    assert subprocess.run(command(corpus, out), check=False, capture_output=True).returncode == 1
    assert data_of(out) == whole.data


def command(corpus: Path, out: Path) -> list[str | Path]:
    return [sys.executable, "-m", "tawatur", "run", corpus, "--out", out, "--json"]


def data_of(out: Path) -> dict[str, bytes]:
    names = ("claims.jsonl", "contract.json", "doubts.json", "figures.csv", "files.csv", "views.json", "index.html")
    return {name: (out / name).read_bytes() for name in names}


@pytest.mark.slow
def test_the_same_corpus_five_times_shuffled_on_one_and_two_processes(corpus: Path) -> None:
    paths = sorted(corpus.iterdir())
    rng = random.Random(5)
    first = as_bytes(tawatur.run(paths, on_issue=lambda _: None))
    for n in range(READINGS):
        rng.shuffle(paths)
        again = tawatur.run(paths, processes=1 + n % 2, on_issue=lambda _: None)
        assert as_bytes(again) == first
        assert len(again.reports) == len({r.id for r in again.reports})
        assert len(again.claims) == len({c.id for c in again.claims})
