"""Spoiled tables: no crash, no hang, memory bounded; what is not read has a reason."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from intake import gather
from tables import NEWS, NEWS_HEADER, SEEN, SEEN_HEADER, delimited, mutated, parquet, submissions, workbook
from tawatur.archive import columns
from tawatur.extraction import Extract
from tawatur.model import Issue

COUNT = int(os.environ.get("TAWATUR_SOAK", "120"))
SLOWEST = 10.0  # seconds that one input may take


def _seeds(folder: Path) -> dict[str, Path]:
    (folder / "a.csv").write_bytes(delimited([NEWS_HEADER, *NEWS]).encode("cp1256"))
    (folder / "b.tsv").write_text(delimited([SEEN_HEADER, *SEEN], "\t"), "utf-16")
    workbook(folder / "c.xlsx", ("أخبار", [NEWS_HEADER, *NEWS]), ("رصد", [SEEN_HEADER, *SEEN]))
    parquet(folder / "d.parquet", NEWS_HEADER, NEWS)
    submissions(folder / "e.json")
    return {path.suffix[1:]: path for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "parquet", "json"])
def test_spoiled_tables_are_read_or_refused(tmp_path: Path, form: str) -> None:
    (tmp_path / "good").mkdir()
    good = _seeds(tmp_path / "good")[form].read_bytes()
    path, task = tmp_path / f"bad.{form}", Extract()
    for seed in range(COUNT):
        path.write_bytes(mutated(good, seed))
        began = time.process_time()
        reports, issues = gather(path)
        assert reports or issues, seed
        assert all(issue.reason and issue.advice and "\n" not in issue.line() for issue in issues), seed
        for report in reports:
            report.text.encode("utf-8")
            assert not any(issue.severity == "refused" for issue in task(report).issues), seed
        assert time.process_time() - began < SLOWEST, seed
        told: list[Issue] = []
        list(columns([path], on_issue=told.append))
