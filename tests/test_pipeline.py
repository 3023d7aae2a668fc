"""The whole job: the library, the same bytes for the same input, and going on after a kill."""

from __future__ import annotations

import json
import logging
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import tawatur
from synthetic import reports as synthetic
from tawatur import publish
from tawatur.errors import EncodingError, ReaderError, SettingsError
from tawatur.lang import language_in
from tawatur.model import Comparison, Issue, Report


def _bytes(comparison: Comparison) -> dict[str, str]:
    """Everything that a run makes, as it is written."""
    record = {**comparison.record, "issues": [issue.line() for issue in comparison.issues]}
    return {
        "page": publish.page(comparison),
        "jsonl": publish.jsonl(comparison),
        "csv": publish.csv(comparison),
        "contract": json.dumps(publish.contract(comparison), ensure_ascii=False),
        "record": json.dumps(record),
    }


def test_the_library_in_five_lines(example: Path) -> None:
    reports = list(tawatur.read(example))
    claims = [claim for report in reports for claim in tawatur.extract(report)]
    result = tawatur.compare(reports, claims)
    assert len(result.reports) == 9
    assert len(result.claims) == len(claims) > 20
    assert result.events
    assert result.findings
    assert result.estimates
    whole = tawatur.run(example)
    assert result == replace(whole, issues=(), files=())
    assert whole.issues == ()
    assert [(Path(f.file).name, f.state, f.reports) for f in whole.files] == [("reports.jsonl", "read", 9)]
    english = next(report.id for report in reports if language_in(report.text) == "en")
    assert any(claim.report == english for claim in whole.claims)


def test_every_name_of_the_library_is_there_and_sorted() -> None:
    assert sorted(tawatur.__all__, key=lambda n: (n.islower(), n)) == tawatur.__all__
    assert all(getattr(tawatur, name) for name in tawatur.__all__)
    assert set(tawatur.__all__) <= set(dir(tawatur))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = tawatur.nonsense


def test_spans_point_at_the_words_they_quote(example: Path) -> None:
    result = tawatur.run(example)
    texts = {r.id: r.text for r in result.reports}
    figures = [(f, c) for c in result.claims for f in c.figures]
    assert figures
    assert [f.text for f, c in figures] == [f.span.of(texts[c.report]) for f, c in figures]


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_input_gives_the_same_bytes(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    lines = (example / "reports.jsonl").read_text("utf-8").splitlines()
    results = []
    for name in ("as it is", "shuffled"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        Path("reports.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        results.append(_bytes(tawatur.run("reports.jsonl")))
        random.Random(seed).shuffle(lines)
    assert results[0] == results[1]


def test_files_in_another_order_give_the_same_bytes(example: Path, tmp_path: Path) -> None:
    lines = (example / "reports.jsonl").read_text("utf-8").splitlines()
    paths = [tmp_path / f"{i}.jsonl" for i in range(len(lines))]
    for path, line in zip(paths, lines, strict=True):
        path.write_text(line, encoding="utf-8")
    assert _bytes(tawatur.run(paths)) == _bytes(tawatur.run(reversed(paths))) == _bytes(tawatur.run(tmp_path))


def test_two_processes_give_the_same_bytes_as_one(example: Path) -> None:
    assert _bytes(tawatur.run(example, processes=2)) == _bytes(tawatur.run(example))


def test_kept_claims_give_the_same_bytes_as_fresh_ones(example: Path, tmp_path: Path) -> None:
    fresh = _bytes(tawatur.run(example))
    assert _bytes(tawatur.run(example, out=tmp_path)) == fresh
    assert _bytes(tawatur.run(example, out=tmp_path)) == fresh
    assert json.loads((tmp_path / "timing.json").read_text("utf-8"))["kept"] == 9


def _dossier(folder: Path, count: int) -> Path:
    path = folder / "many.jsonl"
    rows = [json.dumps(row, ensure_ascii=False) for row in synthetic(count, seed=4)]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path, out = _dossier(tmp_path, 30), tmp_path / "out"
    command = [sys.executable, "-m", "tawatur", "run", str(path), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(list(out.rglob("kept/*/*.json"))) < 5:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    kept = len(list(out.rglob("kept/*/*.json")))
    assert kept >= 5
    resumed = tawatur.run(path, out=out)
    assert json.loads((out / "timing.json").read_text("utf-8"))["kept"] == kept
    assert _bytes(resumed) == _bytes(tawatur.run(path))


def test_the_record_names_what_made_the_result(example: Path) -> None:
    record = tawatur.run(example, published="2016-12-17").record
    assert record["options"]["published"] == "2016-12-17"  # type: ignore[index]
    assert record["versions"]["tawatur"]  # type: ignore[index]
    assert record["reader"]["name"] == "grammar"  # type: ignore[index]
    assert [len(part) for part in str(record["pack"]).split("+")] == [16, 16]  # Arabic and English


def test_the_very_same_report_counts_once_and_is_told(example: Path, tmp_path: Path) -> None:
    line = (example / "reports.jsonl").read_text("utf-8").splitlines()[0]
    paths = [tmp_path / name for name in ("a.jsonl", "b.jsonl")]
    for path in paths:
        path.write_text(line, encoding="utf-8")
    for order in (paths, paths[::-1]):
        issues: list[Issue] = []
        result = tawatur.run(order, on_issue=issues.append)
        assert [Path(r.origin_file).name for r in result.reports] == ["a.jsonl"]
        assert [(Path(i.file).name, i.severity) for i in issues] == [("b.jsonl", "doubtful")]


def test_issues_nobody_asked_for_go_to_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with caplog.at_level(logging.WARNING, "tawatur"):
        result = tawatur.run(tmp_path)
    assert "empty.txt" in caplog.text
    assert result.reports == ()
    assert len(result.issues) == 1


def test_progress_is_told(example: Path) -> None:
    steps: list[tuple[str, int, int | None]] = []
    tawatur.run(example, progress=lambda *step: steps.append(step))
    size = sum(path.stat().st_size for path in example.glob("*.jsonl"))
    assert ("read and extract", size, size) in steps
    assert steps[-1][0] == "findings"


def test_reports_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = _dossier(tmp_path, 3)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n{broken")
    issues: list[Issue] = []
    reports = tawatur.read(path, on_issue=issues.append)
    assert isinstance(next(reports), Report)
    assert issues == []
    assert len(list(reports)) == 2
    assert len(issues) == 1


def test_options_that_make_no_sense_are_errors(example: Path) -> None:
    with pytest.raises(EncodingError, match="klingon"):
        tawatur.run(example, encoding="klingon")
    with pytest.raises(SettingsError, match="inside the input"):
        tawatur.run(example, out=example / "out")
    with pytest.raises(ReaderError, match="nobody"):
        tawatur.run(example, reader="nobody")
