"""The nouns of tawatur: frozen values that the stages hand to each other.

Terms and enumerations are those of the annotation guide; offsets are Unicode code points, half open, into
``Report.text``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Literal, Protocol

from tawatur.digests import digest as digest
from tawatur.digests import hashed
from tawatur.quick import quick
from tawatur.terms import EventType, FileState, FileTaken, Grade, Outcome, Population, Relation, Role, Stance, Status

#: How likely fields are right, from 0 to 1, each with its name; empty when nobody has reckoned it.
Confidence = tuple[tuple[str, float], ...]
#: A field with a confidence below this goes to review.
DOUBTFUL = 0.6
FIRST_HAND = "first-hand"  # the rule of a claim about what its monitor counted
OBSERVATION = "observation/"  # the reader of rows of counts, without its version
BATCH = "batch="  # the rule of a figure that counts one batch begins so; the batch's name follows


@quick
@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's text, in code points, half open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@quick
@dataclass(frozen=True, slots=True)
class Report:
    """One item as received. ``id`` is a content hash; ``name`` is what the input calls it (``r03``, a file name)."""

    id: str
    name: str
    outlet: str | None
    published: str | None  # ISO 8601 date or date-time, as given; None when unknown
    title: str
    text: str
    origin_file: str = ""  # where it was read from; no part of the identity
    raw_digest: str = ""  # SHA-256 of the bytes it came from
    encoding: str = "utf-8"
    author: str = ""
    url: str = ""
    form: str = ""  # the format it came in: text, json, html, pdf, …
    checks: tuple[Span, ...] = ()  # stretches whose figures must be checked against the page they were read from
    fields: tuple[tuple[str, str], ...] = ()  # the row of an observation: «field=value header», and cell
    pages: tuple[int, ...] = ()  # where in the text each page of the input begins, when it has pages
    relayed_from: str = ""  # whose words the outlet only passed on, as a forwarded message tells
    reply_to: str = ""  # the name of the report that it answers

    def page_to_check(self, span: Span) -> int | None:
        """The page, from 1, on which a figure must be checked; None when its order is certain."""
        unsure = any(check.start < span.end and span.start < check.end for check in self.checks)
        return max(1, bisect_right(self.pages, span.start)) if unsure else None

    @staticmethod
    def make(
        text: str,
        *,
        name: str = "",
        declared: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        title: str = "",
        origin_file: str = "",
        raw_digest: str = "",
        encoding: str = "utf-8",
    ) -> Report:
        """A report with its content-hash id. ``declared`` is an id that the input itself carries, or None."""
        key = digest("report", declared, outlet, published, title, text)
        shown = name or declared or key
        return Report(key, shown, outlet, published, title, text, origin_file, raw_digest, encoding)


@dataclass(frozen=True, slots=True)
class Story:
    """A stretch of a report about one news item."""

    span: Span
    headline: Span | None = None
    cut_off: bool = False  # begins in the middle of a sentence


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """A name as the text has it, without proclitics; the span holds the whole words it stands in."""

    name: str
    span: Span | None = None


@quick
@dataclass(frozen=True, slots=True)
class Link:
    """One voice in a chain of attribution, passed on by the voice before it with a stance."""

    name: str
    stance: Stance = "neutral"
    span: Span | None = None
    body: str | None = None  # the known body that the voice speaks for, when the text or the tables tell
    kind: str = ""  # person, body, outlet, monitor, unnamed; empty when not known


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with bounds; None is unbounded."""

    text: str
    span: Span
    low: float | None
    high: float | None
    approximate: bool
    population: Population
    outcome: Outcome
    cumulative: bool = False
    part_of: str | None = None
    noun: str = ""  # the counted noun as written
    rules: tuple[str, ...] = ()
    confidence: Confidence = field(default=(), compare=False)  # of value, population, outcome, cumulative


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A place as written, with what the gazetteer knows of it."""

    text: str
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    role: Role = "at"
    radius_km: float | None = None
    span: Span | None = None
    confidence: float | None = field(default=None, compare=False)
    rule: str = field(default="", compare=False)  # the rule that found it
    how: str = field(default="", compare=False)  # own, fronted, governing: how it came to be the claim's


@quick
@dataclass(frozen=True, slots=True)
class Time:
    """A time of the event; start and end are inclusive ISO dates or date-times, None without an anchor."""

    text: str
    start: str | None = None
    end: str | None = None
    kind: str = "at"  # at, since, until, by, during, after, before
    span: Span | None = None
    confidence: float | None = field(default=None, compare=False)
    rule: str = field(default="", compare=False)  # what it was taken for: a weekday, a date of the calendar, …


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition that a report puts forward."""

    id: str
    report: str
    span: Span
    event_type: EventType
    status: Status
    attribution: tuple[Link, ...] = ()
    actors: tuple[Mention, ...] = ()
    affected: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    said: str | None = None  # ISO date of the reporting verb, when the text gives it
    rules: tuple[str, ...] = ()  # the rules and weights that made it, for explain
    reader: str = ""
    pack: str = ""
    confidence: Confidence = field(default=(), compare=False)  # of claim, event_type, status, origin, actors, affected

    @property
    def origin(self) -> Link | None:
        """The innermost voice; None when the publisher speaks for itself."""
        return self.attribution[-1] if self.attribution else None

    @property
    def first_hand(self) -> bool:
        """Whether it is what a monitor counted, and not what somebody reported."""
        return FIRST_HAND in self.rules

    @staticmethod
    def key(report: str, span: Span, event_type: str) -> str:
        """A claim's identity: its report, span and event type."""
        report, event_type = encode_basestring(report), encode_basestring(event_type)
        return hashed(f'["claim",{report},{span.start},{span.end},{event_type}]')


class Reader(Protocol):
    """A plug-in that turns a report into claims."""

    name: str
    version: str

    def read(self, report: Report) -> tuple[Claim, ...]:
        """Claims of one report, in text order, each with a unique id."""
        ...


@quick
@dataclass(frozen=True, slots=True)
class CopyLink:
    """Shared wording of two reports: ``later`` carries words of ``earlier`` when ``directed``.

    A quotation is what both mark as somebody's words: neither need have it from the other.
    """

    earlier: str
    later: str
    kind: Literal["whole", "part", "quotation"]
    shared_words: int
    coverage: float  # of the shorter report
    directed: bool
    passages: tuple[tuple[Span, Span], ...]  # same words: in earlier, in later


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Reports that share wording: one account, however many outlets carry it. The earliest comes first."""

    reports: tuple[str, ...]
    kind: Literal["whole", "part"]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Who copied whom, and for each claim in a copied passage the claim it repeats; who only quotes the same words."""

    links: tuple[CopyLink, ...] = ()
    groups: tuple[CopyGroup, ...] = ()
    copied_claims: tuple[tuple[str, str], ...] = ()  # (claim id, id of the earliest claim whose words it repeats)
    quotations: tuple[CopyLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One real-world happening and the claims that speak of it."""

    id: str
    label: str
    event_type: EventType
    claims: tuple[str, ...]
    features: tuple[str, ...] = ()  # why they were put together


@quick
@dataclass(frozen=True, slots=True)
class Account:
    """All that one origin says of one event."""

    event: str
    origin: str  # key of the origin after independence is decided
    name: str  # as shown
    side: str | None
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    relays: tuple[str, ...] = ()  # outlets and voices that carried it


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """A relation of two claims of one event, with what was compared and why it holds.

    ``confidence`` is the probability, by the weights learned from experts' lists, that an expert would tell of it (0 to
    1, two digits); None where nobody reckoned it.
    """

    id: str
    event: str
    relation: Relation
    a: str
    b: str
    aspect: Literal["figure", "status"]
    a_words: str
    b_words: str
    slots: tuple[tuple[str, str, str], ...]  # (slot, value in a, value in b)
    reason_en: str
    reason_ar: str
    missing: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """low, best and high of one measured quantity of an event in the sense of UCDP GED, with a proposed grade."""

    event: str
    population: Population
    outcome: Outcome
    as_of: str | None
    low: float | None
    best: float | None
    high: float | None
    low_by: tuple[str, ...]  # origins behind each bound
    best_by: tuple[str, ...]
    high_by: tuple[str, ...]
    grade: Grade
    grounds_en: str
    grounds_ar: str
    gaps_en: tuple[str, ...] = ()
    gaps_ar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's decision about two things: an edge, never an edit."""

    a: str
    b: str
    verdict: Literal["same", "different", "unsure"]
    author: str
    time: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One refused or doubtful input: where, why, and what to do."""

    file: str
    place: str  # line, offset or field; empty for the whole file
    reason: str
    advice: str
    severity: Literal["refused", "doubtful"] = "refused"

    def line(self) -> str:
        """The issue as one line for a terminal."""
        where = f"{self.file}:{self.place}" if self.place else self.file
        return f"{where}: {self.reason}; {self.advice}"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one input: read, doubtful (read, not all of it surely), skipped (nothing to read), or failed."""

    file: str
    state: FileState
    reason: str = ""  # the first one; all are issues
    reports: int = 0
    refused: int = 0  # parts of it
    doubts: int = 0
    passed_by: int = 0  # members of an archive that are no reports
    digest: str = ""  # SHA-256 of the bytes as received, where they were kept
    taken: FileTaken = field(default="", compare=False)  # kept by an earlier run, or why it was read


OnIssue = Callable[[Issue], None]
OnFile = Callable[[FileOutcome], None]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field of a claim that may well be wrong, for review: ``field`` is ``status``, ``figures.0.outcome``, …"""

    claim: str
    field: str
    value: str  # as the claim has it, in words
    confidence: float
    matters: float  # how much hangs on it, times how likely it is wrong: lists are sorted by it


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the reports say together: copies, events, accounts, findings, estimates."""

    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    lineage: Lineage
    events: tuple[Event, ...]
    accounts: tuple[Account, ...]
    findings: tuple[Finding, ...]
    estimates: tuple[Estimate, ...]
    issues: tuple[Issue, ...] = ()
    record: dict[str, object] = field(default_factory=dict)  # the run record: versions, pack hashes, options
    doubts: tuple[Doubt, ...] = ()  # fields to review, what matters most first
    files: tuple[FileOutcome, ...] = ()  # what became of each input, by name

    def claims_of(self, report: str) -> Iterator[Claim]:
        """The claims of one report, in text order."""
        return (c for c in self.claims if c.report == report)
