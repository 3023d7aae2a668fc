"""A comparison with its cross-references: which account, event, report and anchor each claim has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property

from tawatur.model import Account, Claim, Comparison, Doubt, Estimate, Event, Figure, Finding, Report, digest
from tawatur.publish.values import moment
from tawatur.publish.views import Told

FIRST, LAST = (d.replace(tzinfo=UTC) for d in (datetime.min, datetime.max))


def anchor(kind: str, key: str) -> str:
    """An id that is safe in markup and stable between runs."""
    return kind + (key if re.fullmatch(r"[0-9a-f]{16}", key) else digest(key))


class Index:
    """Look-ups over one comparison, everything in an order that does not depend on the order of the input."""

    def __init__(self, comparison: Comparison, pictures: frozenset[str] = frozenset()) -> None:
        self.comparison = comparison
        self.pictures = pictures  # of pages, as paths from the folder of the result

    @cached_property
    def reports(self) -> list[Report]:
        """Reports by time of publication, those without one last."""
        return sorted(self.comparison.reports, key=lambda r: (moment(r.published) or LAST, r.name, r.id))

    @cached_property
    def report(self) -> dict[str, Report]:
        """Reports by id, in order."""
        return {r.id: r for r in self.reports}

    @cached_property
    def names(self) -> dict[str, str]:
        """What each report is called: its name when no other has it, else its id."""
        count: dict[str, int] = defaultdict(int)
        for report in self.reports:
            count[report.name] += 1
        return {r.id: r.name if r.name and count[r.name] == 1 else r.id for r in self.reports}

    @cached_property
    def claims(self) -> list[Claim]:
        """Claims in the order of reports and text."""
        place = {r.id: i for i, r in enumerate(self.reports)}
        known = [c for c in self.comparison.claims if c.report in place]
        return sorted(known, key=lambda c: (place[c.report], c.span.start, c.span.end, c.event_type, c.id))

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id, in order."""
        return {c.id: c for c in self.claims}

    @cached_property
    def rank(self) -> dict[str, int]:
        """Each claim's place in the order."""
        return {c.id: i for i, c in enumerate(self.claims)}

    @cached_property
    def by_report(self) -> dict[str, list[Claim]]:
        """Claims of each report."""
        out: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            out[claim.report].append(claim)
        return out

    @cached_property
    def event_of(self) -> dict[str, Event]:
        """The event of each claim."""
        return {c: e for e in self.comparison.events for c in e.claims}

    @cached_property
    def accounts(self) -> dict[str, list[Account]]:
        """Accounts of each event, in the order of their first claims."""
        out: dict[str, list[Account]] = defaultdict(list)
        for account in sorted(self.comparison.accounts, key=lambda a: (self.first(a.claims), a.origin)):
            out[account.event].append(account)
        return out

    @cached_property
    def account_of(self) -> dict[str, Account]:
        """The account of each claim."""
        return {c: a for a in self.comparison.accounts for c in a.claims}

    @cached_property
    def events(self) -> list[Event]:
        """Events, those with most accounts and claims first."""
        return sorted(
            self.comparison.events,
            key=lambda e: (-len(self.accounts.get(e.id, ())), -len(e.claims), self.first(e.claims), e.id),
        )

    @cached_property
    def event(self) -> dict[str, Event]:
        """Events by id, in order."""
        return {e.id: e for e in self.events}

    @cached_property
    def findings(self) -> list[Finding]:
        """Findings whose claims are known, by event, the surest first, then by claim."""
        order = {e: i for i, e in enumerate(self.event)}
        known = [f for f in self.comparison.findings if f.a in self.rank and f.b in self.rank]
        place = len(order)
        return sorted(
            known,
            key=lambda f: (order.get(f.event, place), -(f.confidence or 0.0), self.rank[f.a], self.rank[f.b], f.id),
        )

    @cached_property
    def findings_of(self) -> dict[str, list[Finding]]:
        """Findings of each event."""
        out: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            out[finding.event].append(finding)
        return out

    @cached_property
    def estimates(self) -> list[Estimate]:
        """Estimates of known events: those of several origins first, then in the order of events."""
        order = {e: i for i, e in enumerate(self.event)}
        known = [e for e in self.comparison.estimates if e.event in order]
        return sorted(known, key=lambda e: (single(e), order[e.event], e.population, e.outcome, e.as_of or ""))

    @cached_property
    def estimate(self) -> dict[tuple[str, str, str], Estimate]:
        """The latest estimate of each event, population and outcome."""
        ordered = sorted(self.comparison.estimates, key=lambda e: moment(e.as_of) or FIRST)
        return {(e.event, e.population, e.outcome): e for e in ordered}

    @cached_property
    def told(self) -> Told:
        """The views of the comparison."""
        return Told(self.comparison)

    def refs(self, claims: Iterable[str], most: int = 4) -> tuple[list[tuple[str, str]], int]:
        """The first claims of a list, in order, as anchor and report's name, and how many more there are."""
        known = self.ordered(tuple(dict.fromkeys(claims)))
        return [(anchor("c", c.id), self.names[c.report]) for c in known[:most]], max(0, len(known) - most)

    def first(self, claims: tuple[str, ...]) -> int:
        """The earliest place among claims."""
        return min((self.rank[c] for c in claims if c in self.rank), default=len(self.rank))

    def ordered(self, claims: tuple[str, ...]) -> list[Claim]:
        """Known claims of a list of ids, in order."""
        return sorted((self.claim[c] for c in claims if c in self.claim), key=lambda c: self.rank[c.id])

    def who(self, claim: Claim) -> str:
        """Whose account a claim is: the account's name, else its origin's, else the outlet, else empty."""
        account = self.account_of.get(claim.id)
        origin = claim.origin
        return (account and account.name) or (origin and origin.name) or self.report[claim.report].outlet or ""

    def as_of(self, claim: Claim) -> tuple[str | None, bool]:
        """When a claim holds, and whether that is only its date of saying or publication."""
        told = [t.end or t.start for t in claim.times if t.end or t.start]
        if told:
            return max(told, key=lambda iso: moment(iso) or FIRST), False
        return claim.said or self.report[claim.report].published, True

    def figure_named(self, claim: Claim, words: str) -> tuple[int, Figure] | None:
        """The figure of a claim whose text is these words, with its place."""
        return next(((i, f) for i, f in enumerate(claim.figures) if f.text == words), None)

    def words_anchor(self, claim: Claim, words: str) -> str:
        """The anchor of these words in the report: the figure's, else the claim's."""
        found = self.figure_named(claim, words)
        return figure_anchor(claim, found[0]) if found else anchor("c", claim.id)


def grounds(estimate: Estimate) -> tuple[str, str]:
    """Why a grade is proposed, in English and Arabic, without the grade itself."""
    english, arabic = estimate.grounds_en, estimate.grounds_ar
    if not english.startswith(f"{estimate.grade}: "):
        return english, arabic
    return english.partition(": ")[2], arabic.partition(": ")[2] or arabic


def single(estimate: Estimate) -> bool:
    """Whether one origin stands behind all of an estimate."""
    return len({*estimate.low_by, *estimate.best_by, *estimate.high_by}) < 2


def halves(label: str) -> tuple[str, str]:
    """An event's label in English and in Arabic; a label without a bar is the same in both."""
    english, bar, arabic = label.partition(" | ")
    return (english, arabic) if bar else (label, label)


def figure_anchor(claim: Claim, place: int) -> str:
    """The anchor of a claim's figure in the report's text."""
    return f"{anchor('f', claim.id)}-{place}"


def field_of(doubt: Doubt) -> str:
    """The kind of a doubtful field: ``figures.0.outcome`` is ``outcome``, ``places.1`` is ``places``."""
    first, *rest = doubt.field.split(".")
    return rest[-1] if len(rest) > 1 else first


#: Words that a doubt uses for itself, and their key among the interface's strings.
_OWN_WORDS = {
    "nobody": "not_said",
    "publisher": "own_voice",
    "running total": "cumulative",
    "single count": "single_count",
}


def reading_of(doubt: Doubt) -> tuple[str, tuple[str, str] | None]:
    """What a doubtful field was read as: words of the report, and the section and key of a term, where it is one."""
    kind = field_of(doubt)
    if kind in ("status", "event_type", "claim"):
        return "", ("status" if kind == "status" else "event_type", doubt.value)
    if kind in ("population", "outcome", "cumulative"):
        words, _, label = doubt.value.rpartition(": ")
        return words, ("ui", _OWN_WORDS[label]) if label in _OWN_WORDS else (kind, label)
    return ("", ("ui", _OWN_WORDS[doubt.value])) if doubt.value in _OWN_WORDS else (doubt.value, None)
