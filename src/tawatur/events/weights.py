"""The table of weights: what each feature adds to the odds that two claims speak of one happening."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

THRESHOLD = 0.35  # root mean square probability of the pairs of two groups from which they are one event
FLOOR = 0.01  # the probability of a pair that shares no block


@cache
def table() -> Mapping[str, float]:
    """Feature name to weight, from ``weights.tsv``, which ``tools/train_events.py`` writes from training dossiers."""
    return read("tawatur.events", "weights.tsv")


def read(package: str, name: str) -> dict[str, float]:
    """A table that comes with a package: feature name, tab, weight (log odds), below lines that begin with ``#``."""
    text = files(package).joinpath(name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


def likely(odds: float) -> float:
    """The probability that the logarithm of some odds stands for."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
