"""Features that a model saw in, the weights that decided between its best and its second best label out, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tawatur.claims.linear import Linear

MOST = 5  # features told of each side
_LEAST = 0.005  # what is less would be told as nothing


class Weighed(NamedTuple):
    """A label, the best of the others, its lead before that, and what each feature adds to the lead."""

    label: str
    other: str
    lead: float
    parts: tuple[tuple[str, float], ...]  # greatest first

    def told(self, what: str) -> str:
        """One line: the lead, then the features that speak most for the label and against it."""
        ahead = [_part(*p) for p in self.parts if p[1] >= _LEAST][:MOST]
        behind = [_part(*p) for p in reversed(self.parts) if p[1] <= -_LEAST][:MOST]
        sides = [f"{side} {', '.join(parts)}" for side, parts in (("for:", ahead), ("against:", behind)) if parts]
        before = f"before {self.other} by {self.lead:.2f}" if self.other else f"log odds {self.lead:.2f}"
        if self.other and self.lead < 0:  # a chain of choices is best as a whole, not in each
            before = f"behind {self.other} by {-self.lead:.2f}, what stands around it decides"
        return f"{what} {self.label} ({before}): {'; '.join(sides) or 'no feature tells them apart'}"


#: What each feature adds to each label, by label number.
Added = Mapping[str, Mapping[int, float]]


def weighed(labels: Sequence[str], added: Added, label: str) -> Weighed:
    """What decided for a label against the best of the others."""
    sums = [0.0] * len(labels)
    for weights in added.values():
        for number, weight in weights.items():
            sums[number] += weight
    mine = labels.index(label)
    other = max((n for n in range(len(labels)) if n != mine), key=lambda n: (sums[n], -n), default=mine)
    parts = [(name, w.get(mine, 0.0) - w.get(other, 0.0)) for name, w in added.items()]
    return Weighed(label, labels[other], sums[mine] - sums[other], ordered(parts))


def ordered(parts: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Features with what they add, the greatest first."""
    return tuple(sorted(parts, key=lambda part: (-part[1], part[0])))


def by_name(model: Linear, features: Mapping[str, float]) -> Added:
    """What plain features add to the labels of a model."""
    return {
        name: {label: value * weight for label, weight in model.weights[name]}
        for name, value in features.items()
        if name in model.weights
    }


def with_relations(model: Linear, features: Iterable[tuple[str, str | None]], same: int) -> Added:
    """What features of a figure add: one with a label beside it has one weight, under ``same``, for that label."""
    out: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for name, label in features:
        for number, weight in model.weights.get(name, ()):
            if (number == same) == (label is not None):
                shown, to = (name, number) if label is None else (f"{name}={label}", model.labels.index(label))
                out[shown][to] = out[shown].get(to, 0.0) + weight
    return out


def _part(name: str, weight: float) -> str:
    return f"{'_'.join(name.split())} {weight:+.2f}"
