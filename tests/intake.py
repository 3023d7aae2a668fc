"""Inputs of tests of reading, and what reading them gives."""

import json
from pathlib import Path

from tawatur.archive import read
from tawatur.model import Issue, Report

TEXT = "أعلنت فرق الإسعاف في البلدة صباح الاثنين نقل أربعين جريحاً إلى المشفى القريب من النهر."
Result = tuple[list[Report], list[Issue]]


def gather(*paths: Path | str, **options: str) -> Result:
    issues: list[Issue] = []
    return list(read(paths, on_issue=issues.append, **options)), issues


def line(number: int, **more: object) -> str:
    return json.dumps({"id": f"r{number}", "text": f"{TEXT} {number}", **more}, ensure_ascii=False)


def one(result: Result) -> Issue:
    reports, issues = result
    assert reports == []
    (issue,) = issues
    assert issue.file
    assert issue.reason
    assert issue.advice
    assert "\n" not in issue.line()
    return issue
