"""Work on what is in memory, in one process and in several."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tawatur import events, findings
from tawatur.errors import TawaturError
from tawatur.events import blocking
from tawatur.model import Lineage
from tawatur.runners import shared

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from scale import year


def _compared(processes: int) -> tuple[object, ...]:
    reports, claims = year(400, seed=7)
    view, mapped = events.scene(claims, reports), shared(processes)
    grouped = events.group(claims, reports, Lineage(), view=view, mapped=mapped)
    return grouped, findings.compare(grouped, claims, reports, Lineage(), view=view, mapped=mapped)


def test_two_processes_and_small_parcels_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _compared(1)
    for module, name, size in (
        (blocking, "_CLAIMS", 37),
        (events, "_PAIRS", 101),
        (events, "_GROUPS", 7),
        (findings, "_EVENTS", 5),
    ):
        monkeypatch.setattr(module, name, size)
    assert _compared(2) == whole
    assert _compared(1) == whole


def test_results_come_in_order_whichever_process_made_them() -> None:
    offset = 3
    assert list(shared(2)(lambda n: n + offset, range(50))) == list(range(3, 53))


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(TawaturError, match="fewer processes"):
        list(shared(2)(lambda n: os._exit(n + 1), range(4)))
