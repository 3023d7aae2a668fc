"""Two figures in, at least one of them a row that a monitor logged, how such rows stand to each other out.

A row with a batch counts that batch only. Rows of one monitor at other times or places are counts side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tawatur.model import BATCH, OBSERVATION

if TYPE_CHECKING:
    from tawatur.findings.frames import Frame


def batch_of(frame: Frame) -> str:
    """The batch that a row names; empty where it names none, or is no row."""
    return next((rule.removeprefix(BATCH) for rule in frame.figure.rules if rule.startswith(BATCH)), "")


def beside(a: Frame, b: Frame, *, independent: bool) -> bool:
    """Whether two rows count other people: other batches, or other times or places of the same monitor."""
    if a.cumulative or b.cumulative:
        return False
    if batch_of(a) and batch_of(b):
        return batch_of(a) != batch_of(b)
    if independent or not (_is_row(a) and _is_row(b)) or batch_of(a) or batch_of(b):
        return False
    return _times(a) != _times(b) or a.places != b.places


def is_batch(part: Frame, whole: Frame) -> bool:
    """Whether a row counts a batch and the other figure none."""
    return bool(batch_of(part)) and not batch_of(whole) and not part.cumulative


def _is_row(frame: Frame) -> bool:
    return frame.claim.reader.startswith(OBSERVATION)


def _times(frame: Frame) -> list[tuple[str | None, str | None]]:
    return [(time.start, time.end) for time in frame.claim.times]
