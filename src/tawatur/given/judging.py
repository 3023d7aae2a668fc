"""A file of analysts' decisions in, judgements out: JSON lines with a, b, verdict, author, time and reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from tawatur.findings.checks import time_fault
from tawatur.model import Issue, Judgement, Time

if TYPE_CHECKING:
    from tawatur.model import OnIssue

VERDICTS = ("same", "different", "unsure")


def judgements(file: Path, on_issue: OnIssue) -> tuple[Judgement, ...]:
    """The decisions of a file, in its order; a line that is none goes to ``on_issue`` and the rest stands."""
    found: list[Judgement] = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        made = _made(line)
        if isinstance(made, str):
            on_issue(Issue(str(file), f"line {number}", made, "left out; the other decisions stand"))
        else:
            found.append(made)
    return tuple(found)


def _made(line: bytes) -> Judgement | str:
    """The decision, or what is wrong with it."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        return "no JSON"
    if not isinstance(fields, dict):
        return "no object"
    if fault := _fault(fields):
        return fault
    told = {name: fields.get(name) or "" for name in ("author", "time", "reason")}
    return Judgement(fields["a"], fields["b"], fields["verdict"], **told)


def _fault(fields: dict[str, Any]) -> str:
    for name in ("a", "b"):
        if not isinstance(fields.get(name), str) or not fields[name]:
            return f"{name} names no claim"
    if fields.get("verdict") not in VERDICTS:
        return f"verdict {fields.get('verdict')!r} is none of {', '.join(VERDICTS)}"
    for name in ("author", "time", "reason"):
        if not isinstance(fields.get(name) or "", str):
            return f"{name} is no text"
    time = fields.get("time")
    return time_fault(Time("time", time, None)) if time else ""
