"""A comparison as text for a terminal: letters stay in the order they are written, the terminal draws them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tawatur.findings import Operation
from tawatur.model import Comparison, Doubt, Estimate, Finding
from tawatur.publish.index import Index, field_of, grounds, halves, reading_of
from tawatur.publish.marks import visible
from tawatur.publish.sources import said
from tawatur.publish.values import day, number
from tawatur.publish.words import Language, pair, phrase, word

COMMA, SEMICOLON = (",", "،"), (";", "؛")
MOST = 25  # lines of one part; the page has the rest
MOST_DOUBTS = 5  # of those, which are for later
MOST_GAPS = 2  # points that would settle a contradiction, the best
MOST_CHECKS = 10  # lines of one operation


def summary(comparison: Comparison, *, width: int = 100, language: Language = "en") -> str:
    """A comparison in, its summary as plain lines of at most ``width`` columns out (a longer single word stands alone).

    Counts, contradictions with reasons and what would settle them, operations that do not add up, key figures, copies,
    issues. Control characters of the input are written out.
    """
    index = Index(comparison)
    parts = (
        _counts(index, language),
        _part("contradictions", [_contradiction(index, f, language) for f in index.findings if _disputed(f)], language),
        _part("operations", [lines for o in index.told.all.operations if (lines := _operation(o, language))], language),
        _part("key_figures", [_estimate(index, e, language) for e in index.estimates], language),
        _part("copies", list(_copies(index, language)), language),
        _part("doubts", [_doubt(index, d, language) for d in comparison.doubts], language, MOST_DOUBTS),
        _part("issues", [[i.line()] for i in comparison.issues], language),
    )
    return "\n".join(line for part in parts for text in part for line in _wrapped(text, width)) + "\n"


def _disputed(finding: Finding) -> bool:
    return finding.relation == "contradict"


def _wrapped(text: str, width: int) -> list[str]:
    body = text.lstrip(" ")
    indent = " " * (len(text) - len(body))
    return textwrap.wrap(
        visible(body),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _counts(index: Index, language: Language) -> Iterator[str]:
    c = index.comparison
    name = c.record.get("dossier")
    yield f"{word('ui', 'title', language)}: {name}" if name else word("ui", "title", language)
    yield phrase(
        "terminal", "line", language,
        reports=len(c.reports), claims=len(c.claims), accounts=len(c.accounts), events=len(c.events),
    )  # fmt: skip


def _part(key: str, items: list[list[str]], language: Language, most: int = MOST) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield f"{word('ui', key, language)} ({len(items)})"
    for first, *rest in items[:most]:
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)
    if len(items) > most:
        yield "  " + phrase("terminal", "more", language, count=len(items) - most)


def _doubt(index: Index, doubt: Doubt, language: Language) -> list[str]:
    """A field to review: what it is, its value, how likely it is right, and where."""
    claim = index.claim[doubt.claim]
    name = pair("field", field_of(doubt))[language == "ar"]
    words, key = reading_of(doubt)
    value = ": ".join(part for part in (words, pair(*key)[language == "ar"] if key else "") if part)
    return [f"{name}: {value} ({doubt.confidence:.2f}) [{index.names[claim.report]}:{claim.span.start}]"]


def _contradiction(index: Index, finding: Finding, language: Language) -> list[str]:
    reason = finding.reason_ar if language == "ar" else finding.reason_en
    reason += "" if finding.confidence is None else f" ({finding.confidence:.2f})"
    sides = ((finding.a, finding.a_words), (finding.b, finding.b_words))
    shown = [reason, *(_side(index, claim, words, language) for claim, words in sides)]
    gaps = index.told.settling[finding.id].gaps[:MOST_GAPS] if finding.id in index.told.settling else ()
    points = f"{SEMICOLON[language == 'ar']} ".join(said(gap.words, language) for gap in gaps)
    return [*shown, f"{word('ui', 'settle', language)}: {points}"] if points else shown


def _operation(operation: Operation, language: Language) -> list[str]:
    """What does not fit in an operation: sums above totals, totals taken back, what monitors counted otherwise."""
    words = [s.words for s in operation.sums if not s.fits] + [t.words for t in operation.totals if t.falls]
    words += [w.words for w in operation.monitored if w.relation == "contradict"]
    label = halves(operation.label)[language == "ar"]
    return [label, *(f"- {said(w, language)}" for w in words[:MOST_CHECKS])] if words else []


def _side(index: Index, key: str, words: str, language: Language) -> str:
    claim = index.claim[key]
    report = index.report[claim.report]
    outlet = report.outlet or word("ui", "unknown_outlet", language)
    status = word("status", claim.status, language)
    through = phrase("terminal", "through", language, outlet=outlet)
    who, mark = index.who(claim) or outlet, SEMICOLON[language == "ar"]
    quote = words if words in report.text else claim.span.of(report.text)
    return f"- {who} ({through}{mark} {status}): «{quote}» [{index.names[report.id]}:{claim.span.start}]"


def _estimate(index: Index, estimate: Estimate, language: Language) -> list[str]:
    side = 1 if language == "ar" else 0
    what = f"{pair('population', estimate.population)[side]}{COMMA[side]} {pair('outcome', estimate.outcome)[side]}"
    event = halves(index.event[estimate.event].label)[side] if estimate.event in index.event else estimate.event
    until = f" ({word('ui', 'as_of', language)} {day(estimate.as_of)})" if estimate.as_of else ""
    ends = "  ".join(_end(index, estimate, key, language) for key in ("low", "best", "high"))
    grade = pair("grade", estimate.grade)[side]
    return [
        f"{event}: {what}{until}",
        ends,
        f"{word('ui', 'grade', language)}: {grade}{SEMICOLON[side]} {grounds(estimate)[side]}",
    ]


def _end(index: Index, estimate: Estimate, key: str, language: Language) -> str:
    value: float | None = getattr(estimate, key)
    origins: tuple[str, ...] = getattr(estimate, f"{key}_by")
    shown = word("ui", "unbounded", language) if value is None else number(value)
    names = dict.fromkeys(a.name for a in index.accounts.get(estimate.event, ()) if a.origin in origins)
    return f"{word('ui', key, language)} {shown}" + (f" [{'; '.join(names)}]" if names else "")


def _copies(index: Index, language: Language) -> Iterator[list[str]]:
    for group in index.comparison.lineage.groups:
        reports = [index.report[r] for r in group.reports if r in index.report]
        names = " ← ".join(r.outlet or index.names[r.id] for r in reports)
        mark = SEMICOLON[language == "ar"]
        copied = phrase("terminal", "copied", language, count=len(reports))
        yield [f"{names} ({word('ui', group.kind, language)}{mark} {copied})"]
