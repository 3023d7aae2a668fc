"""Training dossiers in, several readings of each out: what to learn events and relations from.

The expert's own claims, those made worse in two ways, and, when there are any, the claims of our own reader as
``cross_predict.py --claims`` keeps them, mapped to the expert's by the contract's scorer.
"""

from __future__ import annotations

import pickle
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from degraded import degraded, rough  # noqa: E402
from gold import Dossier, contract_scorer, dossiers_in  # noqa: E402
from training import ours  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.model import Claim

Own = dict[str, list["Claim"]]
EVENT_SHARE = {"own": 1.0, "gold": 0.6, "degraded": 0.3, "rough": 0.3}  # what one example of each counts for events
TELL_SHARE = {"own": 1.0, "gold": 1.0, "degraded": 0.5, "rough": 0.5}  # and for contradictions


@dataclass(frozen=True)
class Reading:
    """One reading of a dossier: claims and the expert's claim that each one is, by id, where it is any."""

    kind: str
    dossier: Dossier
    claims: tuple[Claim, ...]
    gold: dict[str, str]

    @property
    def ours(self) -> bool:
        """Whether we wrote the dossier."""
        return ours(self.dossier.name)

    @property
    def event_of(self) -> dict[str, str]:
        """The expert's event of each claim that has one."""
        home = {claim: event["id"] for event in self.dossier.gold["events"] for claim in event["claims"]}
        return {claim: home[gold] for claim, gold in self.gold.items() if gold in home}

    @property
    def listed(self) -> dict[frozenset[str], str]:
        """The relations that the expert lists, by the expert's claims."""
        return {frozenset((r["a"], r["b"])): r["relation"] for r in self.dossier.gold["relations"]}


def load(gold: Path, own: Path | None, scorer: Path | None) -> list[list[Reading]]:
    """The readings of every dossier of a folder, by dossier; with ``own`` claims first."""
    dossiers = dossiers_in(gold)
    read: Own = pickle.loads(own.read_bytes()) if own else {}
    rules = contract_scorer(scorer) if scorer else None
    return [_readings(d, read.get(d.name), rules) for d in dossiers]


def _readings(dossier: Dossier, own: list[Claim] | None, rules: Any) -> list[Reading]:
    made = [
        ("gold", dossier.claims),
        ("degraded", degraded(dossier.claims, f"1 {dossier.name}")),
        ("rough", rough(dossier.claims, dossier.name)),
    ]
    found = [Reading(kind, dossier, tuple(claims), dossier.gold_id) for kind, claims in made]
    if own is None:
        return found
    kept = tuple({c.id: c for c in own}.values())
    return [Reading("own", dossier, kept, matched(dossier, kept, rules)), *found]


def matched(dossier: Dossier, claims: tuple[Claim, ...], rules: Any) -> dict[str, str]:
    """Our claims to the expert's, as the contract's scorer pairs them."""
    names = {r.id: r.name for r in dossier.reports}
    ours: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for c in claims:
        seen = {"start": c.span.start, "end": c.span.end, "event_type": c.event_type, "status": c.status}
        ours[names[c.report]].append({"id": c.id, **seen})
    return {
        ours[report][j]["id"]: golds[i]["id"]
        for report, golds in dossier.gold["claims"].items()
        for i, j in rules.match(golds, ours[report], rules.claim_weight, 0.5)
    }


def apart(dossiers: list[list[Reading]]) -> tuple[list[list[Reading]], list[list[Reading]]]:
    """Annotated dossiers, and those that we wrote."""
    written = [d for d in dossiers if d[0].ours]
    return [d for d in dossiers if not d[0].ours], written


def summed(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Features by name; one that a pair has more than once (two tolls) counts as often, as it does where it is used."""
    named: dict[str, float] = {}
    for name, value in found:
        named[name] = named.get(name, 0.0) + value
    return named


def fitted(
    rows: list[dict[str, float]], answers: list[bool], shares: list[float], shrinkage: float
) -> dict[str, float]:
    """Weights by feature name: logistic regression, the same for the same input; weights below 0.02 are dropped."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    names = DictVectorizer(sparse=True)
    matrix: Any = names.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=shrinkage, solver="liblinear", fit_intercept=False, random_state=0, max_iter=5000)
    model.fit(matrix, answers, sample_weight=shares)
    found = zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    return {name: round(float(weight), 3) for name, weight in found if abs(weight) >= 0.02}


def write(weights: dict[str, float], out: Path, tool: str, count: int) -> None:
    """Write a table of weights."""
    head = f"# feature, weight (log odds); learned by tools/{tool} from {count} dossiers"
    out.write_text(
        "\n".join([head, *(f"{name}\t{weight}" for name, weight in sorted(weights.items()))]) + "\n", "utf-8"
    )
