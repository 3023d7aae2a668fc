"""What a field was decided by in, how likely it is right out: 0 to 1, calibrated on dossiers that no table had seen.

What decided is a short row of facts: the lead of a model's best label before its second, the kind of rule, how a value
came to the claim. ``FACTS`` names them. The log odds of being right are the sum of their weights in
``models/confidence.tsv``, which ``tools/train_confidence.py`` learns; a row of facts is added up once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from tawatur.claims.models import model

#: Label of the one column of the table.
RIGHT = "right"
#: What decides, for each field: numbers count by their steps, all else by what it is.
FACTS: dict[str, tuple[str, ...]] = {
    "claim": ("begins", "holds", "lead", "type", "voice", "length", "figures"),
    "event_type": ("lead", "type", "holds", "said"),
    "status": ("lead", "status", "type lead", "denied"),
    "origin": ("voice", "rule", "links", "speaker", "inside", "mark", "far", "heard", "type"),
    "actors": ("named", "type", "speaks", "chosen"),
    "affected": ("named", "type", "speaks", "chosen"),
    "value": ("kind", "digits", "bounded", "noun", "approximate", "rule", "size", "of them", "type"),
    "population": ("named", "population", "kind", "noun"),
    "outcome": ("by", "lead", "outcome"),
    "cumulative": ("lead", "total", "part"),
    "place": ("how", "lead", "rule", "located", "people", "kind"),
    "time": ("how", "kind", "dated", "forward", "words", "rule"),
}
_A_NAT = 2.0  # steps of a lead
_SLACK = 1e-6  # weights have two or three decimals: a lead right on a step is often a last digit short of it
STEPS = 12  # a number has no more
_MOST = 65_536  # distinct rows of facts remembered

#: A fact: a name, a truth, or a number of steps.
Fact = str | int

_KNOWN: dict[tuple[Fact, ...], float] = {}


def of(*row: Fact) -> float:
    """How likely a field is right, in hundredths: the field's name, then its facts in the order of ``FACTS``."""
    try:
        return _KNOWN[row]
    except KeyError:
        return _reckoned(row)


def _reckoned(row: tuple[Fact, ...]) -> float:
    """The number of a row that is new; remembered."""
    if len(_KNOWN) >= _MOST:
        _KNOWN.clear()
    weights = model("confidence").weights
    field, *facts = row
    total = sum(weights[name][0][1] for name in names(str(field), *facts) if name in weights)
    found = _KNOWN[row] = round(share(total), 2)
    return found


def share(odds: float) -> float:
    """Log odds as a share of 1."""
    return 1 / (1 + exp(-odds))


def names(field: str, *facts: Fact) -> Iterator[str]:
    """The features of a row of facts; each step of a number is one, so that what is learned of one holds beyond it."""
    yield f"{field}:bias"
    for name, fact in zip(FACTS[field], facts, strict=True):
        if type(fact) is int:
            yield from (f"{field}:{name}>={step}" for step in range(1, fact + 1))
        else:
            yield f"{field}:{name}={fact}"


def lead(nats: float) -> int:
    """A lead in steps of half a nat, from 0 to 12."""
    steps = int(nats * _A_NAT + _SLACK)
    return steps if 0 <= steps <= STEPS else 0 if steps < 0 else STEPS
