"""How contradictions are weighed: features alone and two together, those of the pair and their own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from gold import GOLD, load_dossier
from making import ALEPPO, claim, figure, report
from tawatur.copies import trace
from tawatur.events.features import features
from tawatur.events.views import scene
from tawatur.events.weights import likely, table
from tawatur.findings import against
from tawatur.findings.against import JOINT, Nearness, Weights, parted
from tawatur.findings.pairing import against as contradictions
from tawatur.findings.pairing import comparable, origins_and_frames, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tawatur.events.views import Scene
    from tawatur.findings.pairing import Pair

ONE = report("قُتل 12 شخصا وأصيب 40 آخرون في قصف سوق حلب.", "صحيفة المدينة")
OTHER = report("قُتل 30 شخصا وأصيب 90 آخرون في قصف سوق حلب.", "وكالة الساحل")
PLACES = (ALEPPO,)


def tolls() -> tuple[Scene, str, str]:
    """Two claims that each count dead and wounded."""
    first = figure("12 شخصا", 12, 12, "people", "killed"), figure("40 آخرون", 40, 40, "people", "injured")
    second = figure("30 شخصا", 30, 30, "people", "killed"), figure("90 آخرون", 90, 90, "people", "injured")
    a = claim(ONE, ONE.text[:-1], "airstrike", figures=first, places=PLACES)
    b = claim(OTHER, OTHER.text[:-1], "airstrike", figures=second, places=PLACES)
    return scene((a, b), (ONE, OTHER)), a.id, b.id


def plain(named: Mapping[str, float], weights: Weights) -> float:
    """The same probability, worked out from the features by name."""
    odds = [weights.alone.get(name, 0.0) * value for name, value in named.items()]
    for one, others in weights.joint.items():
        odds += [weight * named.get(one, 0.0) * named.get(other, 0.0) for other, weight in others]
    return likely(math.fsum(odds))


def one_by_one(told: Iterable[tuple[str, float]]) -> float:
    """The probability of one event, each feature weighed by itself."""
    return likely(math.fsum(table().get(name, 0.0) * value for name, value in told))


def test_a_table_is_parted_into_features_alone_and_two_together() -> None:
    made = parted({"apart": -1.0, f"apart{JOINT}ratio": 0.5, f"apart{JOINT}near": 0.25, f"near{JOINT}ratio": 2.0})
    assert made.alone == {"apart": -1.0}
    assert made.joint == {"apart": [("ratio", 0.5), ("near", 0.25)], "near": [("ratio", 2.0)]}
    assert made.met == {"apart", "near", "ratio"}


@pytest.mark.parametrize(
    ("row", "added"),
    [
        (f"figure: apart{JOINT}figure: ratio", 0.7 * 0.4),  # both of its own
        (f"figure: ratio{JOINT}places same", 0.4),  # one of its own, one of the pair
        (f"figure: ratio{JOINT}figure: denied", 0.0),  # one that is not there
    ],
)
def test_two_features_count_together_where_both_are_there(
    row: str, added: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, a, b = tolls()
    pair, _ = Nearness(held).of(a, b)
    told = {name for part in pair.parts for name, _ in part.features}
    name = next(name for name in sorted(told) if name.startswith("places "))
    table = parted({row.replace("places same", name): 2.0, "figure: ratio": 1.0})
    monkeypatch.setattr(against, "weights", lambda: table)
    value = next(value for part in pair.parts for known, value in part.features if known == name)
    own = {"figure: apart": 0.7, "figure: ratio": 0.4}
    odds = 0.4 + 2.0 * added * (value if "places" in row else 1.0)
    assert against.worth(own, pair) == pytest.approx(likely(odds), abs=1e-12)


@pytest.fixture(scope="module")
def weighed_pairs() -> list[Pair]:
    """Every contradiction that some rule gives to two claims of a training dossier."""
    return list(_contradictions())


def _contradictions() -> Iterator[Pair]:
    dossier = load_dossier(GOLD / "train" / "kobani-2014")
    claims, reports = dossier.claims, dossier.reports
    held, copies = scene(claims, reports), trace(reports, claims)
    origins, frames = origins_and_frames(claims, reports, copies)
    near = Nearness(held)
    for a, b in comparable({}, set(), held, frames, origins, near):
        found = standing(a, b, held, frames, origins)
        yield from contradictions(a, b, found, held, near, together=False)


def test_what_is_kept_of_parts_weighs_as_all_features_by_name(weighed_pairs: list[Pair]) -> None:
    weights = against.weights()
    both = [p for p in weighed_pairs if any(o in p.named for n in p.named for o, _ in weights.joint.get(n, ()))]
    assert len(weighed_pairs) > 50
    assert len(both) > 25
    for pair in weighed_pairs:
        assert pair.worth == pytest.approx(plain(pair.named, weights), abs=1e-12)


def test_two_tolls_of_one_kind_both_count() -> None:
    held, a, b = tolls()
    near, told = Nearness(held), list(features(held.views[a], held.views[b], held))
    assert [name for name, _ in told].count("harm ratio out") == 2
    assert near.chance(a, b) == pytest.approx(one_by_one(told), abs=1e-12)
    assert near.chance(a, b) != pytest.approx(one_by_one(dict(told).items()), abs=1e-12)
