"""Linear models as readable tables: named features in, scores of labels out. Trained elsewhere, run with nothing but this.

A table is TSV: a line of ``#`` comments (the signature), a header, then ``feature<TAB>label<TAB>weight``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    def best(self, features: Mapping[str, float], barred: Iterable[str] = ()) -> str:
        """The label with the highest score that is not barred; the first of equals."""
        scores = self.scores(features)
        for label in barred:
            scores[self.labels.index(label)] = float("-inf")
        return self.labels[max(range(len(scores)), key=lambda n: scores[n])]

    def why(self, features: Mapping[str, float], label: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for a label, with what each adds."""
        number = self.labels.index(label)
        parts = [(n, v * w) for n, v in features.items() for k, w in self.weights.get(n, ()) if k == number]
        return sorted(parts, key=lambda part: (-part[1], part[0]))[:most]


def load(path: Path) -> Linear:
    """Read a table. Raises PackError with the line that is wrong."""
    signature, labels = "", ()
    weights: dict[str, list[tuple[int, float]]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("# signature "):
            signature = line[12:]
        elif line.startswith("# labels "):
            labels = tuple(line[9:].split())
        elif not line.startswith("#"):
            parts = line.split("\t")
            if len(parts) != 3 or not parts[1].isdigit() or int(parts[1]) >= len(labels):
                raise PackError(f"{path.name}:{number}: not feature, label, weight", "make it again with `make train`")
            weights.setdefault(parts[0], []).append((int(parts[1]), float(parts[2])))
    return Linear(tuple(labels), {name: tuple(held) for name, held in weights.items()}, signature)


def save(path: Path, signature: str, labels: list[str], rows: Iterable[tuple[str, int, float]]) -> None:
    """Write a table: rows of (feature, label number, weight), sorted; weights to three digits, zeros left out."""
    lines = [f"# signature {signature}", "# labels " + " ".join(labels)]
    kept = ((name, label, f"{weight:.3f}") for name, label, weight in sorted(rows) if "\t" not in name)
    lines += [f"{name}\t{label}\t{weight}" for name, label, weight in kept if float(weight)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
