"""The views on the command line and on the page: sources, forms, explain, links, directions, numbers."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sample_dossier import sample
from tawatur import cli, publish
from tawatur.publish.values import numbers
from tawatur.publish.views import _isolated

CROSSING = Path(__file__).resolve().parents[1] / "examples" / "observations"
KINDS = {"stories", "operations", "series", "responsibility", "settling", "profiles", "variants"}


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the program and gives what it prints."""

    def run(*arguments: str | Path) -> str:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(a) for a in arguments])
        assert not stop.value.code
        return capsys.readouterr().out

    return run


def test_sources_as_data_and_as_lines(lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.loads(lines("sources", CROSSING))
    assert {*told} == {"about", "profiles", "variants"}
    assert "nothing of who tells the truth" in told["about"]["en"]
    monitor = next(p for p in told["profiles"] if p["name"] == "ر-07")
    assert monitor["contradicted"]["of"] == len(monitor["claims"]) == 3
    monkeypatch.setattr(import_module("tawatur.cli.sources"), "on_terminal", lambda: True)
    text = lines("sources", CROSSING, "--language", "ar")
    assert "ولا يقول شيئاً عمّن يصدق" in re.sub(r"\s+", " ", text)
    assert "ر-07: الأقوال 3" in text


@pytest.mark.parametrize("command", ["export", "compare"])
def test_the_form_of_views_holds_every_kind(lines: Any, command: str) -> None:
    told = json.loads(lines(command, CROSSING, "--form", "views"))
    assert {*told} == KINDS
    (operation,) = told["operations"]
    assert [s["fits"] for s in operation["sums"]] == [True, True, True]


def test_a_run_tells_the_first_views_and_writes_all(lines: Any, tmp_path: Path) -> None:
    told = json.loads(lines("run", CROSSING, "--out", tmp_path / "out"))["views"]
    written = json.loads((tmp_path / "out" / "views.json").read_text("utf-8"))
    assert {kind: found["count"] for kind, found in told.items()} == {kind: len(written[kind]) for kind in KINDS}
    assert told["settling"]["first"] == written["settling"]


def test_explain_tells_the_course_of_an_event_with_its_claims(lines: Any) -> None:
    event = json.loads(lines("run", CROSSING))["views"]["operations"]["first"][0]["event"]
    (told,) = json.loads(lines("explain", CROSSING, event))
    kinds = {line.split(":")[0].strip() for line in told["lines"] if line.rstrip().endswith("]")}
    assert {"course", "sum", "monitor", "total"} <= kinds
    assert any("would help" in line for line in told["lines"])


def test_the_summary_tells_what_does_not_add_up() -> None:
    from tawatur import pipeline

    found = pipeline.run(CROSSING)
    assert "cannot be the same count" in " ".join(publish.summary(found).split())
    assert "What would settle it" in publish.summary(found)
    assert "لا يمكن أن يكون العدد نفسه" in " ".join(publish.summary(found, language="ar").split())


def test_the_page_shows_every_view_in_both_languages() -> None:
    markup = publish.page(sample())
    for words in ("How it went, by time", "مجرى الحدث بحسب الزمن", "What would settle it", "ما يعين على الحسم",
                  "It says nothing of who tells the truth", "ولا يقول شيئاً عمّن يصدق"):  # fmt: skip
        assert words in markup


def test_numbers_and_names_in_sentences_are_isolated() -> None:
    assert str(numbers("من 9,500 إلى 10-12.")) == (
        'من <bdo dir="ltr" class="n">9,500</bdo> إلى <bdo dir="ltr" class="n">10-12</bdo>.'
    )
    told = str(_isolated("ر-07 عدّ 2,575 <b>", ("ر-07",)))
    assert told == '<bdi>ر-07</bdi> عدّ <bdo dir="ltr" class="n">2,575</bdo> &lt;b&gt;'
