"""The two clocks of a claim: when it happened and when it was said. The said time never becomes the event time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tawatur.model import Claim, Report


@dataclass(frozen=True, slots=True)
class Clock:
    """Days as ordinals, None where unknown. ``as_of`` is the end of the event's time, else the day it was said.

    ``as_of_from`` is ``relay`` where another report that passes on the same statement tells its day.
    """

    start: int | None
    end: int | None
    said: int | None
    as_of: int | None
    as_of_from: Literal["event", "said", "relay", "unknown"]

    @property
    def window(self) -> tuple[int, int] | None:
        """The event's days when both ends are known."""
        return (self.start, self.end) if self.start is not None and self.end is not None else None


def ordinal(text: str | None) -> int | None:
    """The ordinal of an ISO date or date-time; None where there is none, or none that exists."""
    try:
        return date.fromisoformat(text[:10]).toordinal() if text else None
    except ValueError:
        return None


def clock(claim: Claim, report: Report | None) -> Clock:
    """Both clocks of a claim. A time without a start (until X) leaves the start open."""
    starts = [ordinal(t.start) for t in claim.times]
    ends = [ordinal(t.end) for t in claim.times]
    known = [d for d in ends if d is not None]
    end = max(known) if known else None
    begun = [d for d in starts if d is not None]
    start = min(begun) if begun and None not in starts else None
    said = ordinal(claim.said) or ordinal(report.published if report else None)
    if end is not None:
        return Clock(start, end, said, end, "event")
    return Clock(start, None, said, said, "said" if said is not None else "unknown")


def show(day: int | None) -> str:
    """A day as ISO date, ``?`` where unknown."""
    return date.fromordinal(day).isoformat() if day is not None else "?"
