"""A linear model from a table of weights: named features in, the label with the highest sum out.

``tools/train_outcomes.py`` writes the tables from annotated dossiers: a line holds a feature, a label, a weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


class Linear:
    """Weights of one model."""

    def __init__(self, rows: Iterable[tuple[str, str, float]]) -> None:
        labels: dict[str, int] = {}
        self.weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for feature, label, weight in rows:
            self.weights[feature].append((labels.setdefault(label, len(labels)), weight))
        self.labels = tuple(labels)

    def best(self, features: Iterable[str]) -> str:
        """The label with the highest sum of weights; on a tie the one that stands first in the table."""
        sums = [0.0] * len(self.labels)
        get = self.weights.get
        for feature in features:
            for label, weight in get(feature, ()):
                sums[label] += weight
        return self.labels[max(range(len(sums)), key=sums.__getitem__)]


@cache
def model(name: str) -> Linear:
    """The model that a table of ``claims/models`` holds."""
    text = files("tawatur.claims").joinpath("models", f"{name}.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return Linear((feature, label, float(weight)) for feature, label, weight in rows)
