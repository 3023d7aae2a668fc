"""Claims and decisions that somebody else made: taken as they are, refused one by one where they cannot be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given as drawn
from hypothesis import strategies as st

from making import report
from tawatur import cli, given, pipeline, publish
from tawatur.cli import app
from tawatur.errors import FormatError, SettingsError
from tawatur.given.building import built

if TYPE_CHECKING:
    from pathlib import Path

    from tawatur.model import Claim, Issue, Report

FIRST = report(
    "قالت الإدارة إن 40 شخصا غادروا المعرة يوم الأحد. وأكد مسعف أن الإجلاء اكتمل.", "إذاعة الجسر", "2017-03-05"
)
SECOND = report("ذكر ناشط أن 25 شخصا فقط غادروا المعرة يوم الأحد.", "شبكة البادية", "2017-03-05")
HOMES = (FIRST, SECOND)


def figure(home: Report, words: str, **other: Any) -> dict[str, Any]:
    start = home.text.index(words)
    known = {"low": 40, "high": 40, "approximate": False, "population": "people", "outcome": "evacuated"}
    return {"text": words, "start": start, "end": start + len(words), **known, **other}


def row(home: Report, words: str, key: str, **other: Any) -> dict[str, Any]:
    start = home.text.index(words)
    return {"id": key, "start": start, "end": start + len(words), "event_type": "evacuation", **other}


LEFT = row(
    FIRST, "40 شخصا غادروا المعرة يوم الأحد", "a1", attribution=[{"name": "الإدارة", "stance": "neutral"}],
    figures=[figure(FIRST, "40 شخصا")], places=[{"text": "المعرة", "name": "Maarra", "lat": 35.6, "lon": 36.7}],
    times=[{"text": "يوم الأحد", "start": "2017-03-05", "end": "2017-03-05"}],
)  # fmt: skip
OVER = row(FIRST, "الإجلاء اكتمل", "a2", status="completed", attribution=["مسعف"])


def taken(tmp_path: Path, content: Any, name: str = "claims.json", **columns: str) -> tuple[list[Claim], list[Issue]]:
    """What is taken of a file of claims, and what is refused."""
    file, issues = tmp_path / name, []
    file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
    return list(given.claims([file], HOMES, columns=columns, on_issue=issues.append)), issues


def by_report(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"claims": {FIRST.id: list(rows)}}


def test_claims_in_the_contracts_form_are_taken_as_they_are(tmp_path: Path) -> None:
    claims, issues = taken(tmp_path, by_report(LEFT, OVER))
    assert issues == []
    assert [c.id for c in claims] == ["a1", "a2"]
    assert claims[0].figures[0].low == 40
    assert claims[0].origin is not None
    assert claims[0].origin.name == "الإدارة"
    assert claims[1].status == "completed"


def test_what_is_exported_can_be_given_back(tmp_path: Path) -> None:
    comparison = pipeline.compare(HOMES)
    for form in ("contract", "jsonl"):
        written = json.dumps(publish.contract(comparison)) if form == "contract" else publish.jsonl(comparison)
        claims, issues = taken(tmp_path, written, f"claims.{form}")
        assert issues == []
        assert [(c.id, c.span, c.event_type, c.status) for c in claims] == [
            (c.id, c.span, c.event_type, c.status) for c in comparison.claims
        ]


BAD = {
    "offsets outside": {"end": 9000},
    "offsets turned round": {"start": 30, "end": 12},
    "an unknown type": {"event_type": "picnic"},
    "an unknown status": {"status": "perhaps"},
    "figures that are no list": {"figures": {}},
    "an id that is no text": {"id": 7},
}


@pytest.mark.parametrize("name", BAD)
def test_a_claim_that_cannot_be_is_refused_in_one_line_and_the_rest_stands(name: str, tmp_path: Path) -> None:
    claims, issues = taken(tmp_path, by_report({**LEFT, **BAD[name]}, OVER))
    assert [c.id for c in claims] == ["a2"]
    assert len(issues) == 1


FIGURES: dict[str, dict[str, Any]] = {
    "low above high": {"low": 50, "high": 40},
    "negative": {"low": -4, "high": -4},
    "no bound": {"low": None, "high": None},
    "no number": {"low": "many"},
    "a truth for a number": {"low": True},
    "an unknown population": {"population": "ghosts"},
    "an unknown outcome": {"outcome": "vanished"},
    "a flag that is none": {"cumulative": "so far"},
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_that_cannot_be_is_refused_and_its_claim_stands(name: str, tmp_path: Path) -> None:
    bad = {**LEFT, "figures": [figure(FIRST, "40 شخصا", **FIGURES[name])]}
    claims, issues = taken(tmp_path, by_report(bad))
    assert [c.figures for c in claims] == [()]
    assert len(issues) == 1
    assert issues[0].place == "claim a1"


@pytest.mark.parametrize(
    "time",
    [
        {"start": "2017-02-31", "end": None},
        {"start": "0217-03-05", "end": "0217-03-05"},
        {"start": "2017-03-06", "end": "2017-03-05"},
        {"start": 5, "end": None},
    ],
)
def test_a_date_that_cannot_be_is_refused_and_its_claim_stands(time: dict[str, Any], tmp_path: Path) -> None:
    claims, issues = taken(tmp_path, by_report({**LEFT, "times": [time]}))
    assert [c.times for c in claims] == [()]
    assert len(issues) == 1


def test_all_that_is_wrong_with_a_claim_is_told_in_one_line(tmp_path: Path) -> None:
    wrong = {"figures": [figure(FIRST, "40 شخصا", low=-1)], "places": [{"text": "x", "lat": 400, "lon": 3}]}
    _, issues = taken(tmp_path, by_report({**LEFT, **wrong}))
    assert len(issues) == 1
    assert "negative" in issues[0].reason
    assert "nowhere" in issues[0].reason


def test_an_id_given_twice_and_a_report_that_is_not_there_are_refused(tmp_path: Path) -> None:
    claims, issues = taken(tmp_path, {"claims": {FIRST.id: [LEFT, LEFT], "r99": [OVER]}})
    assert [c.id for c in claims] == ["a1"]
    assert ["twice" in i.reason for i in issues] == [True, False]


def test_a_file_without_claims_is_an_error(tmp_path: Path) -> None:
    for content in ("", "42", '{"reports": []}', "no json at all"):
        with pytest.raises(FormatError):
            taken(tmp_path, content)


TABLE = (
    "file,claim,quote,event_type,who,deaths_min,deaths_max,population,outcome,day\n"
    f"{FIRST.id},t1,40 شخصا غادروا المعرة,evacuation,الإدارة,40,40,people,evacuated,2017-03-05\n"
    f"{FIRST.id},t1,40 شخصا غادروا المعرة,evacuation,الإدارة,9,5,men,evacuated,2017-03-05\n"
    f'{SECOND.id},t2,,evacuation,,"2,500",,people,evacuated,2017-03-05\n'
    f"{SECOND.id},t3,words that are not there,evacuation,,,,,,\n"
)
COLUMNS = {
    "report": "file", "origin": "who", "low": "deaths_min", "high": "deaths_max", "time_start": "day",
    "time_end": "day",
}  # fmt: skip


def test_a_table_of_another_tool_is_read_by_its_columns(tmp_path: Path) -> None:
    claims, issues = taken(tmp_path, TABLE, "coded.csv", **COLUMNS)
    assert [(c.id, len(c.figures)) for c in claims] == [("t1", 1), ("t2", 1)]
    assert claims[0].span.of(FIRST.text) == "40 شخصا غادروا المعرة"
    assert claims[0].times[0].start == "2017-03-05"
    assert (claims[1].figures[0].low, claims[1].figures[0].high) == (2500, None)
    assert [i.place for i in issues] == ["claim t1", "claim t3"]


def test_a_table_without_a_told_column_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        taken(tmp_path, TABLE, "coded.csv", report="nowhere")


def test_columns_are_told_by_field() -> None:
    assert given.columns_of([("report", "file"), ("low", "a=b")]) == {"report": "file", "low": "a=b"}
    with pytest.raises(SettingsError):
        given.columns_of([("dwarf", "file")])


@pytest.mark.parametrize("bad", ["report", "low=", "=file"])
def test_a_column_that_is_no_pair_is_wrong_use(example: Path, bad: str) -> None:
    result = CliRunner().invoke(app, ["compare", str(example), "--column", bad])
    assert result.exit_code == 2
    assert "FIELD=COLUMN" in result.output


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-8"])
def test_a_table_is_read_in_whatever_encoding_and_delimiter(tmp_path: Path, encoding: str) -> None:
    rows = (f"report;claim;quote;event_type\n{FIRST.id};t1;40 شخصا غادروا المعرة;evacuation\n").encode(encoding)
    (tmp_path / "coded.csv").write_bytes(rows)
    issues: list[Issue] = []
    (claim,) = given.claims([tmp_path / "coded.csv"], HOMES, columns={}, on_issue=issues.append)
    assert claim.span.of(FIRST.text) == "40 شخصا غادروا المعرة"
    assert all(issue.severity == "doubtful" for issue in issues)


def test_a_line_that_is_no_json_says_so_and_a_line_separator_in_a_text_ends_no_line(tmp_path: Path) -> None:
    rows = [json.dumps({**LEFT, "report": FIRST.id, "said": "a\u2028b"}, ensure_ascii=False), "{broken"]
    claims, issues = taken(tmp_path, "\n".join(rows), "claims.jsonl")
    assert [claim.id for claim in claims] == ["a1"]
    assert [(issue.place, issue.reason.split(":")[0]) for issue in issues] == [
        ("line 1", "said"),
        ("line 2", "no JSON"),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([*LEFT, "status", "said", "words"])


@drawn(st.dictionaries(FIELDS, JSON, max_size=4))
def test_whatever_is_given_nothing_but_claims_and_faults_comes_out(change: dict[str, Any]) -> None:
    claim, faults = built({**LEFT, **change}, FIRST)
    assert (claim is None) <= bool(faults)


@drawn(JSON)
def test_what_is_no_object_is_no_claim(fields: Any) -> None:
    claim, faults = built(fields, FIRST)
    assert claim is None
    assert faults


def decisions(tmp_path: Path, *lines: object) -> tuple[Path, list[Issue]]:
    file = tmp_path / "judgements.jsonl"
    file.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), "utf-8")
    return file, []


def test_decisions_are_read_and_what_is_none_is_refused(tmp_path: Path) -> None:
    good = {"a": "a1", "b": "a2", "verdict": "same", "author": "me", "time": "2026-11-01"}
    file, issues = decisions(
        tmp_path, good, "{", "[]", {**good, "verdict": "maybe"}, {**good, "a": ""}, {**good, "time": "2026-13-01"}
    )
    assert [j.verdict for j in given.judgements(file, issues.append)] == ["same"]
    assert [i.place for i in issues] == ["line 2", "line 3", "line 4", "line 5", "line 6"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any], str]:
    with pytest.raises(SystemExit) as stop:
        cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), json.loads(out), err


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    names = {"r1": FIRST, "r2": SECOND}
    lines = [
        json.dumps({"id": n, "outlet": r.outlet, "published": r.published, "title": "", "text": r.text})
        for n, r in names.items()
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    few = row(SECOND, "25 شخصا فقط غادروا المعرة يوم الأحد", "b1", attribution=[{"name": "ناشط"}], times=LEFT["times"])
    few |= {"figures": [figure(SECOND, "25 شخصا", low=25, high=25)], "places": LEFT["places"]}
    gold = {"claims": {"r1": [LEFT, OVER], "r2": [few, {**few, "id": "b2", "status": "never"}]}}
    (tmp_path / "gold.json").write_text(json.dumps(gold), "utf-8")
    return tmp_path


def test_compare_takes_given_claims_and_prints_the_contracts_form(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given_here = ("--claims", dossier / "gold.json", "--form", "contract")
    code, found, err = run(capsys, "compare", dossier / "reports.jsonl", *given_here)
    assert code == 1
    assert err.count("\n") == 1
    assert "b2" in err
    assert {c for e in found["events"] for c in e["claims"]} == {"a1", "a2", "b1"}
    assert [({r["a"], r["b"]}, r["relation"]) for r in found["relations"]] == [({"a1", "b1"}, "contradict")]


def test_decisions_are_kept_and_those_that_cannot_hold_are_refused(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (dossier / "gold.json").write_text((dossier / "gold.json").read_text("utf-8").replace('"never"', '"occurred"'))
    pairs = [("a1", "a2", "different"), ("a1", "b1", "same"), ("b1", "a2", "same")]
    lines = [
        {"a": a, "b": b, "verdict": v, "author": "me", "time": f"2026-11-0{n + 1}"} for n, (a, b, v) in enumerate(pairs)
    ]
    (dossier / "told.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    told = ("--claims", dossier / "gold.json", "--judgements", dossier / "told.jsonl", "--form", "contract")
    code, found, err = run(capsys, "compare", dossier / "reports.jsonl", *told)
    assert code == 1
    assert "cycle" in err
    home = {c: e["id"] for e in found["events"] for c in e["claims"]}
    assert home["a1"] == home["b1"]
    assert home["a1"] != home["a2"]
