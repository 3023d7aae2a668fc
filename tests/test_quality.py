"""Floors under the quality on annotated dossiers, a few points below the figures of the day they were set.

A change that falls through a floor has made the reader worse, or must say here why it did not. The training dossiers
have been seen in training: their figures tell only whether training and reading still fit together.
"""

from __future__ import annotations

from functools import cache

import pytest

import tawatur
from gold import GOLD
from tawatur import publish
from tawatur.score import dossiers, score

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here"),
]
#: F1 on Arabic reports.
FLOORS = {
    "dev": {
        "claims.detect": 0.88,
        "claims.typed": 0.66,
        "claims.strict": 0.48,
        "claims.places": 0.73,
        "claims.times": 0.78,
        "figures.detect": 0.89,
        "figures.strict": 0.67,
        "figures.attributed": 0.59,
        "copies": 0.93,
        "events.b3": 0.67,
        "events.links": 0.45,
        "relations.contradict": 0.34,
    },
    "train": {
        "claims.detect": 0.92,
        "claims.typed": 0.91,
        "claims.strict": 0.79,
        "figures.strict": 0.80,
        "figures.attributed": 0.72,
        "copies": 0.97,
        "events.b3": 0.70,
        "relations.contradict": 0.34,
    },
}


@cache
def measured(part: str) -> dict[str, dict[str, float]]:
    held = dossiers(GOLD / part)
    pairs = [(d, publish.contract(tawatur.run(str(d.reports)))) for d in held]
    return score(pairs, "ar").result()


@pytest.mark.parametrize(("part", "measure"), [(part, measure) for part in FLOORS for measure in FLOORS[part]])
def test_a_measure_is_above_its_floor(part: str, measure: str) -> None:
    assert measured(part)[measure]["f1"] >= FLOORS[part][measure]
