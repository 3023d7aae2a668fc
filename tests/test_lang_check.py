"""The examples beside words and rules: they hold, and the check tells when one does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tawatur import claims, lang
from tawatur.cli import app

PACK = lang.load()
ENTRY = """dimension = "{dimension}"
about = "Words of a test."

[[entry]]
id = "population.own"
cls = "person"
gives = {{ population = "refugees", person = true }}
nouns = ["زعبوط|زعابيط"]
examples = [{{ text = "{example}", gives = "{gives}" }}]
counter = ["{counter}"]
"""


def failures(tmp_path: Path, **parts: str) -> list[str]:
    good = {"dimension": "populations", "example": "وصول 300 زعبوط", "gives": "300 refugees", "counter": "وصول"}
    (tmp_path / "own.toml").write_text(ENTRY.format(**{**good, **parts}), encoding="utf-8")
    found = claims.check(lang.load(tmp_path)).failures
    return [str(f).removeprefix("population.own: ") for f in found if f.id == "population.own"]


def test_a_quarter_of_the_examples_at_least_are_counter_examples() -> None:
    result = claims.check(PACK)
    assert result.total >= 2000
    assert result.counter * 4 >= result.total


def test_every_example_of_the_pack_holds() -> None:
    assert [str(failure) for failure in claims.check(PACK).failures] == []


def test_every_dimension_has_examples_and_counter_examples() -> None:
    counted: dict[str, list[int]] = {}
    rules = [(dimension, rule) for dimension, held in PACK.rules.items() for rule in held]
    for dimension, item in (*PACK.specs.values(), *rules):
        counts = counted.setdefault(dimension, [0, 0])
        counts[0] += len(item.examples)
        counts[1] += len(item.counter)
    wanted = {"events", "figures", "outcomes", "places", "populations", "sources", "status", "times"}
    assert wanted <= set(counted)
    assert [name for name, (examples, _) in counted.items() if not examples] == []
    assert [name for name in wanted if not counted[name][1]] == []


def test_examples_of_an_overlay_are_checked_too(tmp_path: Path) -> None:
    assert failures(tmp_path) == []


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"example": "وصول قافلة"}, "'وصول قافلة': expected to be found, found nothing"),
        ({"gives": "30 refugees"}, "'وصول 300 زعبوط': expected 30 refugees, found 300, 300 refugees"),
        ({"counter": "غادر 40 زعبوط"}, "'غادر 40 زعبوط': expected not to be found, found 40, 40 refugees"),
    ],
)
def test_an_example_that_does_not_hold_is_told_with_what_came(tmp_path: Path, parts: dict[str, str], says: str) -> None:
    assert failures(tmp_path, **parts) == [says]


def test_the_command_counts_and_exits_by_what_fails(tmp_path: Path) -> None:
    failures(tmp_path, gives="30 refugees")
    bad = CliRunner().invoke(app, ["lang", "check", "--json", "--pack", str(tmp_path)])
    told = json.loads(bad.output)
    assert bad.exit_code == 1
    assert told["pack"] == lang.load(tmp_path).hash
    assert any(failure.startswith("population.own: ") for failure in told["failures"])
    assert 0 < told["counter_examples"] < told["total"]


def test_both_packs_are_checked_and_told_apart() -> None:
    result = CliRunner().invoke(app, ["lang", "check", "--json"])
    told = json.loads(result.output)
    assert set(told["packs"]) == {"ar", "en"}
    assert told["total"] == sum(each["total"] for each in told["packs"].values())
    assert told["packs"]["en"]["pack"] == lang.load(language="en").hash


def test_every_example_of_the_english_pack_holds() -> None:
    result = claims.check(lang.load(language="en"))
    assert [str(failure) for failure in result.failures] == []
    assert result.total > 800
    assert result.counter * 4 > result.total
