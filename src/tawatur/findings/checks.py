"""Claims in, claims that can be compared out: a figure or time that makes no sense is refused, the rest stands."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tawatur.model import Issue

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from tawatur.model import Claim, Figure, OnIssue, Time

FIRST, LAST = 1900, 2100  # years in which a report's events can lie


def sound(claims: Iterable[Claim], reports: Container[str], on_issue: OnIssue) -> tuple[Claim, ...]:
    """The claims of known reports by their ids, each id once, without figures and times that cannot be."""
    by_id = {c.id: c for c in claims}
    lost = {key for key, c in by_id.items() if c.report not in reports}
    for key in sorted(lost):
        on_issue(Issue(by_id[key].report, f"claim {key}", "its report is not there", "left out of the comparison"))
    return tuple(_sound(by_id[key], on_issue) for key in sorted(by_id) if key not in lost)


def _sound(claim: Claim, on_issue: OnIssue) -> Claim:
    figures = tuple(f for f in claim.figures if not _refused(claim, figure_fault(f), f.text, on_issue))
    times = tuple(t for t in claim.times if not _refused(claim, time_fault(t), t.text, on_issue))
    if len(figures) == len(claim.figures) and len(times) == len(claim.times):
        return claim
    return replace(claim, figures=figures, times=times)


def _refused(claim: Claim, fault: str, words: str, on_issue: OnIssue) -> bool:
    if fault:
        on_issue(Issue(claim.report, f"claim {claim.id}", f"'{words}': {fault}", "left out of the comparison"))
    return bool(fault)


def figure_fault(figure: Figure) -> str:
    """What is wrong with a figure's bounds; empty when nothing is."""
    bounds = [b for b in (figure.low, figure.high) if b is not None]
    if not bounds:
        return "a figure without any bound"
    if any(math.isnan(b) or math.isinf(b) for b in bounds):
        return "a bound that is no number"
    if min(bounds) < 0:
        return "a negative count"
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        return "a lower bound above the upper bound"
    return ""


def time_fault(time: Time) -> str:
    """What is wrong with a time; empty when nothing is."""
    days = []
    for text in (time.start, time.end):
        if text is None:
            continue
        try:
            days.append(date.fromisoformat(text[:10]))
        except ValueError:
            return f"'{text}' is no date"
    if any(not FIRST <= day.year <= LAST for day in days):
        return f"a date outside of {FIRST} to {LAST}"
    if len(days) == 2 and days[0] > days[1]:
        return "a time that ends before it begins"
    return ""
