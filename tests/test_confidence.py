"""How likely fields are right: the table, what it was trained on, and that every field of a claim tells it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from confidence_curves import curves, drawn
from gold import GOLD, dossiers
from tawatur import claims, lang, resume
from tawatur.claims import confidence
from tawatur.claims.models import model
from tawatur.model import Claim, Report
from tawatur.score.judged import Judged
from training import OLD, data_hash

PACK = lang.load()
TEXT = (
    "قال المتحدث باسم الدفاع المدني إن سبعة مدنيين بينهم طفلان قتلوا في غارة جوية على مدينة سراقب يوم الخميس. "
    "وتستمر الاشتباكات في محيط المدينة."
)
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")


@pytest.fixture(scope="module")
def found() -> tuple[Claim, ...]:
    return claims.extract(Report.make(TEXT, outlet="صحيفة المدينة", published="2016-12-16"), pack=PACK)


def test_every_field_of_a_claim_tells_how_likely_it_is_right(found: tuple[Claim, ...]) -> None:
    assert found
    for claim in found:
        assert [f for f, _ in claim.confidence] == ["claim", "event_type", "status", "origin", "actors", "affected"]
        for figure in claim.figures:
            assert [f for f, _ in figure.confidence] == ["value", "population", "outcome", "cumulative"]
        numbers = [n for thing in (claim, *claim.figures) for _, n in thing.confidence]
        numbers += [t.confidence for t in (*claim.places, *claim.times) if t.confidence is not None]
        assert all(0 <= n <= 1 for n in numbers)
        assert all(t.confidence is not None for t in (*claim.places, *claim.times))
    assert any(c.figures for c in found)
    assert any(c.places for c in found)
    assert any(c.times for c in found)


def test_confidence_is_no_part_of_what_a_claim_is(found: tuple[Claim, ...]) -> None:
    assert replace(found[0], confidence=()) == found[0]
    assert hash(replace(found[0], confidence=())) == hash(found[0])


def test_kept_claims_keep_their_confidence(found: tuple[Claim, ...]) -> None:
    for kept, claim in zip(resume.unpack(resume.pack(found)), found, strict=True):
        assert kept.confidence == claim.confidence
        assert [f.confidence for f in kept.figures] == [f.confidence for f in claim.figures]
        assert [p.confidence for p in kept.places] == [p.confidence for p in claim.places]


def test_a_longer_lead_is_surer() -> None:
    types = [confidence.of("event_type", lead, "shelling", 6, False) for lead in range(confidence.STEPS + 1)]
    assert types[0] < 0.6 < types[-1]
    assert confidence.of("status", 0, "occurred", 4, False) < confidence.of("status", 12, "occurred", 4, False)
    assert confidence.of("outcome", "table", 0, "killed") < confidence.of("outcome", "table", 10, "killed")


def test_facts_that_nobody_has_seen_leave_the_rest_to_decide() -> None:
    known = confidence.of("place", "own", 0, "place.never_seen", True, False, "no such kind")
    assert 0 < known < 1
    assert known > confidence.of("place", "governing", 0, "place.never_seen", True, False, "no such kind")


def test_a_number_counts_by_its_steps_and_a_truth_does_not() -> None:
    assert list(confidence.names("cumulative", 2, True, False)) == [
        "cumulative:bias", "cumulative:lead>=1", "cumulative:lead>=2", "cumulative:total=True", "cumulative:part=False",
    ]  # fmt: skip
    assert [confidence.lead(n) for n in (-1.0, 0.0, 0.4, 0.5, 5.9, 99.0)] == [0, 0, 0, 1, 11, 12]
    with pytest.raises(ValueError, match="zip"):
        list(confidence.names("cumulative", 2, True))


def test_every_feature_of_the_table_is_a_fact_of_its_field() -> None:
    table = model("confidence")
    assert table.labels == (confidence.RIGHT,)
    for name in table.weights:
        field, fact = name.split(":", 1)
        assert fact == "bias" or fact.replace(">=", "=").split("=")[0] in confidence.FACTS[field]
    assert {name.split(":")[0] for name in table.weights} == set(confidence.FACTS)


@needs_gold
def test_the_table_was_trained_on_what_lies_here() -> None:
    parts = dict(part.split(":", 1) for part in model("confidence").signature.split("|"))
    assert parts["data"] == data_hash(dossiers("train")), OLD


def test_what_is_learned_is_how_often_each_lead_is_right_and_learned_again_is_the_same() -> None:
    pytest.importorskip("sklearn")
    from train_confidence import fit

    given: list[tuple[tuple[confidence.Fact, ...], bool]] = []
    for lead, right in ((0, 4), (4, 7), (12, 9)):
        given += [(("cumulative", lead, False, False), n < right) for n in range(10)] * 20
    rows = fit(given)
    assert rows == fit(given)
    weights = {name: weight for name, _, weight in rows}
    odds = [sum(weights.get(n, 0.0) for n in confidence.names("cumulative", k, False, False)) for k in (0, 4, 12)]
    assert [confidence.share(n) for n in odds] == [pytest.approx(r, abs=0.06) for r in (0.4, 0.7, 0.9)]


def _judged(sure: float | None, right: bool) -> Judged:
    return Judged("status", right, "occurred", "occurred", (), sure, "d", "r", 0, 1)


def test_curves_tell_how_often_each_step_of_confidence_is_right() -> None:
    made = [_judged(0.95, n < 9) for n in range(10)] + [_judged(0.45, n < 5) for n in range(10)] + [_judged(None, True)]
    (curve,) = curves(made).values()
    assert (curve["count"], curve["right"], curve["confidence"]) == (20, 0.7, 0.7)
    assert [(b["count"], b["right"]) for b in curve["bins"]] == [(10, 0.5), (10, 0.9)]
    assert curve["calibration_error"] == 0.05
    picture = ET.fromstring(drawn(curves(made)))
    assert len(picture.findall(".//{http://www.w3.org/2000/svg}circle")) == 2
