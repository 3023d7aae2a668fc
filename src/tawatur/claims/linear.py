"""Linear models as readable tables: named features in, scores of labels out. Trained elsewhere, run here.

A table has two lines of comments, the signature and the labels, then ``feature<TAB>label:weight label:weight …``
with labels by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tawatur.errors import PackError


@dataclass(slots=True, eq=False)
class Linear:
    """Labels and weights: feature → ((label number, weight), …). ``signature`` names what it was trained on."""

    labels: tuple[str, ...]
    weights: dict[str, tuple[tuple[int, float], ...]] = field(repr=False)
    signature: str

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """One score a label; features that the model does not know count nothing."""
        out = [0.0] * len(self.labels)
        weights = self.weights
        for name, value in features.items():
            for label, weight in weights.get(name, ()):
                out[label] += value * weight
        return out

    def best(self, features: Mapping[str, float]) -> str:
        """The label with the highest score; the first of equals."""
        scores = self.scores(features)
        return self.labels[scores.index(max(scores))]

    def why(self, features: Mapping[str, float], label: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for a label, with what each adds."""
        number = self.labels.index(label)
        parts = [(n, v * w) for n, v in features.items() for k, w in self.weights.get(n, ()) if k == number]
        return sorted(parts, key=lambda part: (-part[1], part[0]))[:most]


def ahead(scores: Sequence[int]) -> tuple[int, int]:
    """Where the best score stands, the first of equals, and its lead before the second best; 0 when it is alone."""
    second, best = sorted(scores)[-2:] if len(scores) > 1 else (scores[0], scores[0])
    return scores.index(best), best - second


def load(path: Path) -> Linear:
    """Read a table. Raises PackError with the line that is wrong."""
    signature = ""
    labels: tuple[str, ...] = ()
    weights: dict[str, tuple[tuple[int, float], ...]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("# signature "):
            signature = line[12:]
        elif line.startswith("# labels "):
            labels = tuple(line[9:].split())
        elif not line.startswith("#"):
            try:
                name, row = line.split("\t")
                weights[name] = tuple(_weight(part, len(labels)) for part in row.split(" "))
            except ValueError as error:
                reason = f"{path.name}:{number}: not feature, tab, label:weight: {error}"
                raise PackError(reason, "make it again with `make train`") from error
    return Linear(tuple(labels), weights, signature)


def _weight(part: str, labels: int) -> tuple[int, float]:
    label, weight = part.split(":")
    if not label.isdecimal() or int(label) >= labels:
        raise ValueError(f"no label {label!r}")
    return int(label), float(weight)


def save(path: Path, signature: str, labels: list[str], rows: Iterable[tuple[str, int, float]]) -> None:
    """Write a table: rows of (feature, label number, weight), sorted; weights to two digits, zeros left out."""
    lines = [f"# signature {signature}", "# labels " + " ".join(labels)]
    kept: dict[str, list[str]] = {}
    for name, label, weight in sorted(rows):
        if "\t" not in name and float(f"{weight:.2f}"):
            kept.setdefault(name, []).append(f"{label}:{weight:.2f}")
    lines += [f"{name}\t{' '.join(row)}" for name, row in kept.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
