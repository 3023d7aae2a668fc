"""A comparison in, what its views look up out: sound claims, their origins, clocks, frames and repeats."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from tawatur.findings.checks import sound
from tawatur.findings.clocks import clock, show
from tawatur.findings.frames import frames
from tawatur.findings.monitored import batch_of
from tawatur.findings.numbered import with_number
from tawatur.findings.relayed import settled
from tawatur.model import BATCH

if TYPE_CHECKING:
    from tawatur.findings.clocks import Clock
    from tawatur.findings.frames import Frame
    from tawatur.model import Account, Claim, Comparison, Event, Finding, Issue


class Ground:
    """Look-ups over one comparison; nothing in it depends on the order in which the input came."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.reports = {r.id: r for r in sorted(comparison.reports, key=lambda r: r.id)}
        self.claims = {c.id: c for c in sound(comparison.claims, self.reports, _ignore)}
        self.events = sorted(comparison.events, key=lambda e: e.id)
        self.accounts = sorted(comparison.accounts, key=lambda a: (a.event, a.origin))
        self._account = {c: a for a in self.accounts for c in a.claims}
        self._standing: dict[str, list[Claim]] = {}
        self._given = {c.id: c for c in comparison.claims}

    @cached_property
    def home(self) -> dict[str, str]:
        """The event of each claim."""
        return {c: e.id for e in self.events for c in e.claims if c in self.claims}

    @cached_property
    def copied(self) -> frozenset[str]:
        """The claims that repeat the words of another, of whichever event."""
        return frozenset(copy for copy, _ in self.comparison.lineage.copied_claims)

    @cached_property
    def first(self) -> dict[str, str]:
        """Copies to the claim of their event whose words they repeat."""
        found = ((c, f) for c, f in self.comparison.lineage.copied_claims if c in self.claims and f in self.claims)
        return {c: f for c, f in found if self.home.get(c) == self.home.get(f)}

    @cached_property
    def repeats(self) -> dict[str, tuple[str, ...]]:
        """The claims that repeat each claim, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for copy in sorted(self.first):
            found[self._root(copy)].append(copy)
        return {key: tuple(copies) for key, copies in found.items()}

    def _root(self, claim: str) -> str:
        seen = {claim}
        while (further := self.first.get(claim)) and further not in seen:
            seen.add(claim := further)
        return claim

    @cached_property
    def by_report(self) -> dict[str, list[Claim]]:
        """The claims of each report, by id."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for key in sorted(self.claims):
            found[self.claims[key].report].append(self.claims[key])
        return found

    @cached_property
    def findings(self) -> list[Finding]:
        """Findings on claims that are there, sorted."""
        found = (f for f in self.comparison.findings if f.event in self.event)
        known = [f for f in found if f.a in self.claims and f.b in self.claims]
        return sorted(known, key=lambda f: (f.event, f.a, f.b, f.id))

    @cached_property
    def findings_of(self) -> dict[str, list[Finding]]:
        """Findings by event."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.event].append(finding)
        return found

    @cached_property
    def about(self) -> dict[str, list[Finding]]:
        """Findings by each of their claims."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            for claim in {finding.a, finding.b}:
                found[claim].append(finding)
        return found

    @cached_property
    def event(self) -> dict[str, Event]:
        """Events by id."""
        return {e.id: e for e in self.events}

    @cached_property
    def between(self) -> dict[frozenset[str], Finding]:
        """The finding on each two claims."""
        return {frozenset((f.a, f.b)): f for f in reversed(self.findings)}

    @cached_property
    def voices(self) -> dict[str, dict[str, Account]]:
        """The accounts of each event by origin."""
        found: dict[str, dict[str, Account]] = defaultdict(dict)
        for account in self.accounts:
            found[account.event][account.origin] = account
        return found

    @cached_property
    def known_as(self) -> dict[str, str]:
        """The name of each origin: the one most of its accounts have."""
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for account in self.accounts:
            names[account.origin][account.name] += 1
        return {key: min(found, key=lambda n: (-found[n], n)) for key, found in names.items()}

    def standing(self, event: Event) -> list[Claim]:
        """The claims of an event that repeat no other of it, by id."""
        if event.id not in self._standing:
            known = sorted(c for c in set(event.claims) if c in self.claims)
            self._standing[event.id] = [self.claims[c] for c in known if self._root(c) == c]
        return self._standing[event.id]

    def told_in(self, claim: str) -> tuple[str, ...]:
        """A claim and those that repeat it."""
        return (claim, *self.repeats.get(claim, ()))

    def origin(self, claim: Claim) -> str:
        """The key of a claim's origin."""
        account = self._account.get(claim.id)
        return account.origin if account else self.name(claim)

    def name(self, claim: Claim) -> str:
        """Whose account a claim is."""
        account = self._account.get(claim.id)
        return account.name if account else claim.origin.name if claim.origin else self.outlet(claim)

    def outlet(self, claim: Claim) -> str:
        """Who published a claim; the report's name where that is not known."""
        report = self.reports[claim.report]
        return report.outlet or report.name

    def side(self, claim: Claim) -> str | None:
        """The side of a claim's origin, where it is known."""
        account = self._account.get(claim.id)
        return account.side if account else None

    def clock(self, claim: Claim) -> Clock:
        """Both clocks of a claim."""
        return clock(claim, self.reports[claim.report])

    def frames(self, claim: Claim) -> tuple[Frame, ...]:
        """The frames of a claim's figures, in order, with what other relays of their statements tell."""
        return self._frames[claim.id]

    @cached_property
    def _frames(self) -> dict[str, tuple[Frame, ...]]:
        found = {key: frames(c, self.reports[c.report], self.origin(c)) for key, c in self.claims.items()}
        told = settled(found, self.home)
        return {key: tuple(with_number(f, self.quote(f.claim)) for f in own) for key, own in told.items()}

    def place(self, frame: Frame) -> int:
        """The place of a frame's figure among those of its claim as it was given."""
        given, figure = self._given[frame.claim.id].figures, frame.figure
        return next(n for n, f in enumerate(given) if replace(figure, rules=f.rules) == f)

    def batch(self, frame: Frame) -> str:
        """The batch that a frame counts, as its row calls it, else by its number."""
        rows = self._given[frame.claim.id].figures[self.place(frame)].rules
        called = (rule.removeprefix(BATCH) for rule in rows if rule.startswith(BATCH))
        return next(called, batch_of(frame))

    def hour(self, claim: Claim) -> str:
        """The hour at which a claim's own time ends, else at which its report was published; empty where not told."""
        told = max((t.end or t.start or "" for t in claim.times), default="")
        if self.clock(claim).as_of_from != "event":
            told = claim.said or self.reports[claim.report].published or ""
        return told[11:16]

    def quote(self, claim: Claim) -> str:
        """The words of a claim."""
        return claim.span.of(self.reports[claim.report].text)

    def doubters(self, claim: Claim) -> tuple[str, ...]:
        """Who passes a claim on with doubt: the voices before a doubted link, else the publisher."""
        outer = [self.outlet(claim), *(link.name for link in claim.attribution)]
        told = zip(outer, claim.attribution, strict=False)
        return tuple(dict.fromkeys(name for name, link in told if link.stance == "doubted"))


def day(ordinal: int | None) -> str | None:
    """A day as ISO date, None where unknown."""
    return None if ordinal is None else show(ordinal)


def _ignore(issue: Issue) -> None:
    """What cannot be was told when the accounts were compared."""
