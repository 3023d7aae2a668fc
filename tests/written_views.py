"""Small written cases that tests of views share: the worked pairs of eastern Aleppo, two monitors at a crossing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import test_findings_worked as worked
from making import event
from tawatur import findings, pipeline
from tawatur.model import Time
from viewed import compared

if TYPE_CHECKING:
    from tawatur.findings.nouns import Operation
    from tawatur.model import Comparison


EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@cache
def aleppo() -> Comparison:
    """All claims of the worked pairs as one evacuation, and the siege beside it."""
    claims = {c.id: c for a, b, _ in worked.PAIRS.values() for c in (a, b)}
    left = [c for c in claims.values() if c.event_type == "evacuation"]
    inside = [c for c in claims.values() if c.event_type == "siege"]
    events = (event(*left), replace(event(*inside), id="s"))
    return compared(claims.values(), worked.HOMES, events=events)


@cache
def crossing() -> Comparison:
    """The example of two monitors at a crossing."""
    return pipeline.run(EXAMPLES / "observations")


def the_operation(found: Comparison) -> Operation:
    (operation,) = findings.operations(found)
    return operation


def until(day: str, start: str | None = None) -> tuple[Time, ...]:
    return (Time("حتى اليوم", start, f"2016-12-{day}"),)
