"""``tawatur review``: the whole round on the example dossier."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tawatur
from tawatur.cli import app
from tawatur.errors import LedgerError, StaleError
from tawatur.ledger import add_user, export_decisions, open_ledger


@pytest.fixture
def url(example: Path, tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'l.db'}"
    ledger = open_ledger(address, create=True, author="tester")
    ledger.write(tawatur.run(example))
    ledger.close()
    return address


def _run(url: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["review", *words, "--ledger", url])


def _listed(url: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(_run(url, "list", "--limit", "1000").stdout)
    return found


def test_what_matters_most_comes_first_and_leaves_the_list_when_decided(url: str) -> None:
    before = _listed(url)
    order = [-float(str(item["matters"])) for item in before]
    assert order == sorted(order)
    assert {str(item["why"]).split()[0] for item in before} == {"contradicts", "doubtful"}
    doubt = next(item for item in before if item["field"])
    key, version = str(doubt["claim"]), str(doubt["version"])
    done = _run(url, "accept", key, "--by", "ريم", "--version", version, "--reason", "read it")
    assert (done.exit_code, "ريم: accept (read it)" in done.stdout) == (0, True)
    after = _listed(url)
    assert [item for item in after if item["claim"] == key and item["field"]] == []
    stale = _run(url, "reject", key, "--by", "b", "--version", version)
    assert isinstance(stale.exception, StaleError)
    assert "ريم: accept" in str(stale.exception)
    _run(url, "undo", done.stdout.split()[0], "--by", "ريم")
    again = _listed(url)
    assert [(i["claim"], i["field"], i["why"]) for i in again] == [(i["claim"], i["field"], i["why"]) for i in before]


def test_each_command_decides_and_files_go_round(url: str, tmp_path: Path) -> None:
    a, b, *_ = list(dict.fromkeys(str(item["claim"]) for item in _listed(url)))
    for words in (
        ("correct", a, "status", "planned"), ("comment", a, b, "--reason", "ask"), ("reject", b), ("accept", a, b),
        ("pair", "unsure", a, b), ("correct", a, "origin", ""),
    ):  # fmt: skip
        done = _run(url, *words, "--by", "ريم")
        assert done.exit_code == 0, done.output
    path = tmp_path / "d.csv"
    assert "8" in _run(url, "export", str(path)).stdout
    done = _run(url, "import", str(path), "--by", "c")
    assert (done.exit_code, done.stdout.strip()) == (
        0, "Decisions: 0 new, 0 replaced, 0 withdrawn, 8 known, 0 refused"
    )  # fmt: skip
    path.write_text("claim,action,author\nnobody,accept,c\n", "utf-8")
    done = _run(url, "import", str(path), "--by", "c")
    assert (done.exit_code, "line 2: no claim 'nobody' stands" in done.output) == (1, True)
    assert isinstance(_run(url, "correct", a, "status", "odd", "--by", "c").exception, LedgerError)
    ledger = open_ledger(url)
    assert ledger.verify() == []
    assert next(claim for claim in ledger.claims(reviewed=True) if claim.id == a).status == "planned"
    ledger.close()


def test_a_missed_claim_is_added_and_exported_as_people_decided(url: str) -> None:
    ledger = open_ledger(url)
    report = next(report for report in ledger.reports() if report.name == "r04")
    claim = next(claim for claim in ledger.claims() if claim.report == report.id)
    ledger.close()
    words = " ".join(claim.span.of(report.text).split()[:2])
    done = _run(
        url, "add", "r04", f"{claim.span.start}-{claim.span.start + len(words)}", "--type", "siege", "--by", "ريم",
        "--set", "attribution=شاهد",
    )  # fmt: skip
    assert (done.exit_code, words in done.stdout, "ريم: add siege" in done.stdout) == (0, True, True)
    assert _run(url, "reject", claim.id, "--by", "ريم").exit_code == 0
    found = _exported(url)
    (added,) = [row for row in found if row["reader"] == "people"]
    assert (added["event_type"], added["rules"]) == ("siege", ["added by ريم"])
    assert claim.id not in {row["id"] for row in found}
    machine = _exported(url, "--machine")
    assert {claim.id, added["id"]} < {row["id"] for row in machine}
    assert all(row["event"] for row in machine)


def _exported(url: str, *words: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(app, ["ledger", "export", "--form", "jsonl", "--ledger", url, *words])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_corrected_span_is_shown_with_its_words(url: str) -> None:
    ledger = open_ledger(url)
    report = next(report for report in ledger.reports() if report.name == "r04")
    claim = next(claim for claim in ledger.claims() if claim.report == report.id)
    ledger.close()
    words = " ".join(claim.span.of(report.text).split()[:3])
    done = _run(url, "correct", claim.id, "span", words, "--by", "ريم")
    assert done.stdout.splitlines()[-1].strip() == words


def test_a_missed_claim_is_in_what_a_later_run_writes(url: str, example: Path, tmp_path: Path) -> None:
    ledger = open_ledger(url)
    report = next(report for report in ledger.reports() if report.name == "r04")
    claim = next(claim for claim in ledger.claims() if claim.report == report.id)
    ledger.close()
    at = f"{claim.span.start}-{claim.span.start + 12}"
    assert _run(url, "add", report.id, at, "--type", "siege", "--by", "ريم").exit_code == 0
    done = CliRunner().invoke(app, ["run", str(example), "--ledger", url, "--out", str(tmp_path / "out"), "--json"])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in (tmp_path / "out/claims.jsonl").read_text("utf-8").splitlines()]
    (added,) = [row for row in rows if row["reader"] == "people"]
    assert added["event"] is not None
    assert json.loads(done.stdout)["claims"] == len(rows)
    ledger = open_ledger(url)
    assert [one.reader for one in ledger.claims()].count("people") == 1
    assert ledger.verify() == []
    ledger.close()


def test_a_reviewer_adds_a_claim_and_has_events_brought_up_to_it(url: str) -> None:
    with closing(open_ledger(url)) as ledger:
        add_user(ledger, "Salma", "admin", by="Salma")
        add_user(ledger, "Reem", "reviewer", by="Salma")
        report = next(report for report in ledger.reports() if report.name == "r04")
        span = f"0-{len(report.text.split()[0])}"
    done = _run(url, "add", "r04", span, "--type", "protest", "--by", "Reem")
    assert (done.exit_code, done.exception) == (0, None)
    with closing(open_ledger(url)) as ledger:
        (made,) = [claim for claim in ledger.claims() if claim.reader == "people"]
        assert any(made.id in event.claims for event in ledger.comparison().events)


def test_a_version_that_never_was_and_a_folder_that_is_not_are_told_so(url: str, tmp_path: Path) -> None:
    key = str(_listed(url)[0]["claim"])
    early = _run(url, "accept", key, "--by", "Reem", "--version", "99")
    assert isinstance(early.exception, StaleError)
    assert "it was never at that version" in str(early.exception)
    path = tmp_path / "none" / "d.csv"
    with pytest.raises(FileNotFoundError) as told, closing(open_ledger(url)) as ledger:
        export_decisions(ledger, path)
    assert told.value.filename == str(path)


@pytest.mark.parametrize("option", [("--by", "Reem"), ("--ledger", "sqlite:///elsewhere.db")])
def test_an_option_before_the_command_is_refused_and_not_left_aside(option: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["review", *option, "list"], env={"TAWATUR_LEDGER": "sqlite:///here.db"})
    assert (done.exit_code, f"{option[0]} goes after the command" in done.stderr) == (2, True)
