"""A report with two claims, made by hand, for what is decided about claims."""

from __future__ import annotations

from tawatur.model import Claim, Comparison, Figure, Lineage, Link, Place, Report, Span, Time

TEXT = "قال رامي عبد الرحمن إن 7 مدنيين قتلوا في حلب يوم الجمعة. ثم بدأ الإجلاء من حلب."
REPORT = Report.make(TEXT, outlet="منبر", published="2016-12-17")


def claim_at(report: Report, first: str, last: str, event_type: str, **fields: object) -> Claim:
    """A claim from some words of the text to others."""
    span = Span(TEXT.index(first), TEXT.index(last) + len(last))
    return Claim(Claim.key(report.id, span, event_type), report.id, span, event_type, "occurred", **fields)  # type: ignore[arg-type]


def at(words: str) -> Span:
    """Where words first stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


KILLED = claim_at(
    REPORT, "قال", "الجمعة", "casualties",
    attribution=(Link("رامي عبد الرحمن"),),
    figures=(Figure("7", at("7"), 7.0, 7.0, False, "civilians", "killed"),),
    places=(Place("حلب", "حلب", 36.2, 37.1, span=at("حلب")),),
    times=(Time("يوم الجمعة", "2016-12-16", "2016-12-16", span=at("يوم الجمعة")),),
)  # fmt: skip
MOVED = claim_at(REPORT, "ثم", "من حلب", "evacuation")


def comparison_of(*claims: Claim) -> Comparison:
    """What a run makes of the report with these claims: no events."""
    return Comparison((REPORT,), claims, Lineage(), (), (), (), ())
