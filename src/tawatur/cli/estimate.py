"""How long work of known size will still take, from how fast it went of late."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

WATCHED = 3.0  # seconds before anything is said
SMOOTHED = 20.0  # seconds after which what was seen weighs 1/e
LONGEST = 100 * 3600.0  # seconds beyond which a number means nothing
_STEP = 0.5  # seconds that one measurement takes at least


class Estimate:
    """Seconds left of a piece of work, or None as long as that is not known.

    The rate is the mean of what was done a second, each second weighing less the longer it is past. Seconds in which
    nothing moves count as well: an estimate grows while work stands still.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = self._last = clock()
        self._done = self._counted = 0
        self._total: int | None = None
        self._rate = self._weight = 0.0  # both fade alike, so that the first seconds are not taken for zeros

    def seen(self, done: int, total: int | None) -> None:
        """Take note of how far the work is; ``total`` is None when its size is not known."""
        self._done, self._total = done, total
        now = self._clock()
        if now - self._last >= _STEP:
            self._rate, self._weight = self._faded(now)
            self._last, self._counted = now, done

    def left(self) -> float | None:
        """Seconds left; None when the size is not known, too little was seen, or nothing moves."""
        now = self._clock()
        if self._total is None or now - self._started < WATCHED:
            return None
        rate, weight = self._faded(now)
        if rate <= 0.0:
            return None
        seconds = (self._total - self._done) * weight / rate
        return max(0.0, seconds) if seconds <= LONGEST else None

    def _faded(self, now: float) -> tuple[float, float]:
        """Rate and weight with what was done since the last measurement."""
        past = now - self._last
        if past <= 0.0:
            return self._rate, self._weight
        keep = math.exp(-past / SMOOTHED)
        speed = max(0, self._done - self._counted) / past
        return self._rate * keep + speed * (1 - keep), self._weight * keep + 1 - keep


def in_words(seconds: float | None) -> str:
    """Time left as one says it, no finer than it can be known."""
    if seconds is None:
        return "time left unknown"
    if seconds < 10:
        return "a few seconds left"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} s left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {max(1, minutes)} min left"
    return f"about {round(seconds / 3600)} h left"
