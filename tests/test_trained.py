"""The trained tables in the package are those of the training script and of what lies here to train on."""

from __future__ import annotations

import pytest

import written
from gold import GOLD
from tawatur.claims.models import model
from tawatur.model import EventType, Status
from training import OLD, data_hash, material

needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")
NAMES = ["segment", "type", "status"]


def parts(name: str) -> dict[str, str]:
    return dict(part.split(":", 1) for part in model(name).signature.split("|"))


@needs_gold
@pytest.mark.parametrize("name", NAMES)
def test_a_table_was_trained_on_what_lies_here(name: str) -> None:
    assert parts(name)["data"] == data_hash(material(GOLD / "train")), OLD


@needs_gold
@pytest.mark.parametrize("name", NAMES)
def test_an_english_table_was_trained_on_what_lies_here(name: str) -> None:
    made = dict(part.split(":", 1) for part in model(name, "en").signature.split("|"))
    assert made["data"] == data_hash(material(GOLD / "train"), "en"), OLD


def test_the_tables_were_trained_together() -> None:
    assert len({model(name).signature for name in NAMES}) == 1
    assert {"data", "pack", "seed"} <= set(parts("type"))


def test_the_labels_are_those_of_the_model() -> None:
    assert set(model("type").labels) <= set(EventType.__args__)  # type: ignore[attr-defined]
    assert set(model("status").labels) <= set(Status.__args__)  # type: ignore[attr-defined]
    assert model("segment").labels == ("O", "B", "I")


def test_no_name_of_a_dossiers_people_stands_behind_a_great_weight() -> None:
    """Weights are on words and classes, none so great that one word decides against all others."""
    for name in ("type", "status"):
        assert max(abs(w) for held in model(name).weights.values() for _, w in held) < 8


def test_what_we_wrote_is_read_and_has_every_type_and_status() -> None:
    held = list(written.clauses())
    assert {event_type for event_type, _, _ in held} == set(EventType.__args__)  # type: ignore[attr-defined]
    assert {status for _, status, _ in held} == set(Status.__args__)  # type: ignore[attr-defined]
    for report, claims in written.reports():
        assert claims
        assert all(report.text[c.span.start : c.span.end].strip() for c in claims)
