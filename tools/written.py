"""What we wrote to train on: clauses in ``written/*.tsv``, annotated reports in ``written/*.txt``.

A clause stands on a line as type, status, clause; figures in it may stand as ``{text|population|outcome}``, with ``|c``
at the end when they are running totals. A report begins with a line ``outlet | date | title``; in its text every claim
stands as ``⟦type status|clause⟧``, its figures marked in the same way; reports are parted by lines of ``=====``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from tawatur.model import EventType, Outcome, Population, Report, Span, Status

HERE = Path(__file__).parent / "written"
_CLAIM = re.compile(r"⟦(\w+) (\w+)\|([^⟦⟧]+)⟧")
_FIGURE = re.compile(r"\{([^{}|]+)\|(\w+)\|(\w+)(\|c)?\}")
_TYPES, _STATUSES = get_args(EventType), get_args(Status)
_POPULATIONS, _OUTCOMES = get_args(Population), get_args(Outcome)


@dataclass(frozen=True)
class Labelled:
    """A clause of a written report with its labels."""

    span: Span
    event_type: str
    status: str
    figures: tuple[LabelledFigure, ...] = ()


@dataclass(frozen=True)
class LabelledFigure:
    """A figure of a written clause or report with its labels; the span is within that text."""

    span: Span
    population: str
    outcome: str
    cumulative: bool


def folder(language: str) -> Path:
    """Where what we wrote in a language lies: Arabic in the folder itself."""
    return HERE if language == "ar" else HERE / language


def clauses(language: str = "ar") -> Iterator[tuple[str, str, str]]:
    """Type, status, clause of every written clause."""
    for event_type, status, clause, _ in clauses_with_figures(language):
        yield event_type, status, clause


def clauses_with_figures(language: str = "ar") -> Iterator[tuple[str, str, str, list[LabelledFigure]]]:
    """Type, status, clause and labelled figures of every written clause."""
    for path in sorted(folder(language).glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                where = f"{path.name}:{number}"
                event_type, status, marked = line.split("\t")
                _check(where, event_type, status)
                yield event_type, status, *_figures(where, marked)


def _figures(where: str, marked: str) -> tuple[str, list[LabelledFigure]]:
    clause, figures, last = "", [], 0
    for match in _FIGURE.finditer(marked):
        clause += marked[last : match.start()]
        span = Span(len(clause), len(clause) + len(match[1]))
        if match[2] not in _POPULATIONS or match[3] not in _OUTCOMES:
            raise SystemExit(f"{where}: no such label: {match[2]} {match[3]}")
        figures.append(LabelledFigure(span, match[2], match[3], bool(match[4])))
        clause, last = clause + match[1], match.end()
    clause += marked[last:]
    if "{" in clause or "}" in clause:
        raise SystemExit(f"{where}: a brace is left over: {clause}")
    return clause, figures


def reports(language: str = "ar") -> Iterator[tuple[Report, list[Labelled]]]:
    """Every written report with its claims."""
    for path in sorted(folder(language).glob("*.txt")):
        for number, block in enumerate(re.split(r"^=====\s*$", path.read_text("utf-8"), flags=re.MULTILINE), 1):
            if block.strip():
                yield _report(f"{path.name}, report {number}", block.strip("\n"))


def _report(where: str, block: str) -> tuple[Report, list[Labelled]]:
    head, _, body = block.partition("\n")
    outlet, published, title = (part.strip() for part in f"{head}||".split("|")[:3])
    text, claims, last = "", [], 0
    for match in _CLAIM.finditer(body):
        _check(where, match[1], match[2])
        text += body[last : match.start()]
        clause, found = _figures(where, match[3])
        at = len(text)
        figures = tuple(replace(f, span=Span(at + f.span.start, at + f.span.end)) for f in found)
        claims.append(Labelled(Span(at, at + len(clause)), match[1], match[2], figures))
        text, last = text + clause, match.end()
    text += body[last:]
    if left := re.search("[⟦⟧{}]", text):
        raise SystemExit(f"{where}: a bracket is left over: {text[left.start() :][:60]}")
    return Report.make(text, outlet=outlet or None, published=published or None, title=title), claims


def _check(where: str, event_type: str, status: str) -> None:
    if event_type not in _TYPES or status not in _STATUSES:
        raise SystemExit(f"{where}: no such label: {event_type} {status}")
