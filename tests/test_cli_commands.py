"""What each command does with the example dossier."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from tawatur import cli
from tawatur.cli import common

#: Runs the program: exit code, standard output, standard error.
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tawatur(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return run


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands take standard output for a terminal."""
    for module in ("run", "explain", "lang", "score"):
        monkeypatch.setattr(import_module(f"tawatur.cli.{module}"), "on_terminal", lambda: True)


def _contract(tawatur: Run, path: Path) -> dict[str, list[dict[str, str]]]:
    code, out, err = tawatur("export", path)
    assert code == 0
    assert err == ""
    result: dict[str, list[dict[str, str]]] = json.loads(out)
    return result


def test_run_writes_the_page_and_the_data(tawatur: Run, example: Path, tmp_path: Path) -> None:
    code, out, err = tawatur("run", example, "--out", tmp_path / "out")
    assert code == 0
    assert err == ""
    result = json.loads(out)
    assert result["reports"] == 9
    assert Path(result["page"]).read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    names = {p.name for p in (tmp_path / "out").iterdir()}
    data = {"claims.jsonl", "contract.json", "doubts.json", "figures.csv", "index.html", "record.json", "timing.json"}
    assert data <= names
    record = json.loads((tmp_path / "out" / "record.json").read_text("utf-8"))
    assert record["reports"] == 9
    assert record["issues"] == result["issues"]


def test_run_without_out_writes_nothing(
    tawatur: Run, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tawatur("run", example)[0] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_run_prints_a_summary_and_json_when_forced(tawatur: Run, example: Path) -> None:
    code, out, _ = tawatur("run", example)
    assert code == 0
    assert "9" in out
    with pytest.raises(json.JSONDecodeError):
        json.loads(out)
    assert json.loads(tawatur("run", example, "--json")[1])["reports"] == 9


def test_open_opens_the_page(tawatur: Run, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, out, _ = tawatur("run", example, "--open")
    assert code == 0
    assert opened == [json.loads(out)["page"]]
    assert Path(opened[0]).exists()


def test_export_gives_each_form(tawatur: Run, example: Path) -> None:
    contract = _contract(tawatur, example)
    assert set(contract) == {"claims", "copies", "events", "relations"}
    count = sum(len(claims) for claims in contract["claims"].values())  # type: ignore[attr-defined]
    lines = tawatur("export", example, "--form", "jsonl")[1].splitlines()
    assert len(lines) == count > 20
    assert all(json.loads(line)["quote"] for line in lines)
    rows = list(csv.DictReader(io.StringIO(tawatur("export", example, "--form", "csv")[1].lstrip("\ufeff"))))
    assert len(rows) > 10
    assert all(row["figure"] for row in rows)


def test_export_prints_arabic_as_it_is_written(tawatur: Run, example: Path) -> None:
    texts = [json.loads(line)["text"] for line in (example / "reports.jsonl").read_text("utf-8").splitlines()]
    quotes = [json.loads(line)["quote"] for line in tawatur("export", example, "--form", "jsonl")[1].splitlines()]
    assert all(any(quote in text for text in texts) for quote in quotes)


@pytest.mark.usefixtures("terminal")
def test_explain_tells_words_rules_and_comparisons_of_a_claim(tawatur: Run, example: Path) -> None:
    relation = _contract(tawatur, example)["relations"][0]
    code, out, err = tawatur("explain", example, relation["a"])
    assert code == 0
    assert err == ""
    assert f"claim {relation['a']}" in out
    assert "on the word of" in out
    assert relation["relation"] in out


def test_explain_of_a_file_tells_every_claim_with_its_derivation(tawatur: Run, example: Path) -> None:
    contract = _contract(tawatur, example)
    sections = json.loads(tawatur("explain", example)[1])
    assert len(sections) == sum(len(claims) for claims in contract["claims"].values())  # type: ignore[attr-defined]
    assert all(len(section["lines"]) > 4 for section in sections)


def test_explain_of_an_event_tells_its_accounts(tawatur: Run, example: Path) -> None:
    contract = _contract(tawatur, example)
    event = max(contract["events"], key=lambda e: len(e["claims"]))
    ((section,),) = [json.loads(tawatur("explain", event["id"][:10], example)[1])]
    assert section["id"] == event["id"]
    text = "\n".join(section["lines"])
    assert all(claim in text for claim in event["claims"])
    assert "account of" in text


def _gold_of_its_own(tawatur: Run, example: Path, folder: Path) -> Path:
    """A dossier whose gold is what the program finds."""
    (folder / "one").mkdir()
    (folder / "one" / "reports.jsonl").write_bytes((example / "reports.jsonl").read_bytes())
    (folder / "one" / "gold.json").write_text(json.dumps(_contract(tawatur, example)), encoding="utf-8")
    return folder


def test_score_against_its_own_result_is_perfect_and_signed(tawatur: Run, example: Path, tmp_path: Path) -> None:
    code, out, _ = tawatur("score", _gold_of_its_own(tawatur, example, tmp_path))
    assert code == 0
    result = json.loads(out)
    measures = {k: v for k, v in result.items() if k not in ("fields", "signature") and v["gold"]}
    assert len(measures) > 10
    assert {k: v["f1"] for k, v in measures.items()} == dict.fromkeys(measures, 1.0)
    for part in ("tawatur:", "pack:", "seed:", "scorer:", "dossiers:1", "language:all"):
        assert part in result["signature"]


@pytest.mark.usefixtures("terminal")
def test_score_prints_the_claims_report_of_the_language_asked_for(tawatur: Run, example: Path, tmp_path: Path) -> None:
    folder = _gold_of_its_own(tawatur, example, tmp_path)
    gold = json.loads((folder / "one" / "gold.json").read_text("utf-8"))
    for claims in gold["claims"].values():
        for claim in claims:
            claim["status"] = "possible"
    (folder / "one" / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    code, out, _ = tawatur("score", folder, "--errors", "2", "--language", "ar")
    assert code == 0
    assert "claims.strict" in out
    report = out.split("== status:")[1].split("== origin:")[0]
    assert "rule status=occurred: 0 of " in report
    assert "possible taken for occurred: " in report
    assert report.count("gold possible, own occurred by status=occurred (") == 2 + 1  # of the pair, and of the rule
    assert "language:ar" in out


def test_the_examples_of_the_language_pack_hold(tawatur: Run) -> None:
    code, out, _ = tawatur("lang", "check", "--json")
    result = json.loads(out)
    assert (code, result["failures"]) == (0, [])
    assert result["total"] > result["counter_examples"] > 0


@pytest.mark.usefixtures("terminal")
def test_lang_check_prints_a_line_a_language_when_all_hold(tawatur: Run) -> None:
    out = tawatur("lang", "check")[1]
    assert "counter-examples" in out
    assert [line.split(":")[0] for line in out.splitlines()] == ["Arabic", "English"]


def test_failing_examples_end_with_1(tawatur: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = SimpleNamespace(total=3, counter=1, failures=["figures.toml: rule x"])
    monkeypatch.setattr("tawatur.claims.check", lambda _pack: bad)
    code, out, _ = tawatur("lang", "check")
    assert code == 1
    assert json.loads(out)["failures"] == ["figures.toml: rule x"] * 2  # of each language


def test_plain_keeps_arabic_and_drops_what_steers_a_terminal() -> None:
    assert common.plain("حلب\x1b[2J\u0085\nx") == "حلب [2J  x"
