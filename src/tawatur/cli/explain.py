"""``tawatur explain``: how a claim, an event or a finding came about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import (
    Job,
    column_option,
    input_options,
    json_option,
    on_terminal,
    paths_argument,
    plain,
    print_json,
)

if TYPE_CHECKING:
    from tawatur.findings import Views, Words
    from tawatur.model import Claim, Comparison, Event, Finding, Report

#: A content-hash id, or its first digits.
_ID = re.compile(r"[0-9a-f]{4,16}")


@click.command()
@paths_argument
@column_option
@input_options
@json_option
@click.pass_context
def explain(context: click.Context, /, paths: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show how results came about: the words and the rules behind a claim, the grounds behind an event.

    PATH is input as for tawatur run. Beside the paths, give the id of a claim, an event or a finding (or its first
    digits) to see only that; ids stand on the page and in tawatur export. Without an id, every claim of the input is
    explained.

    \b
    Examples:
      tawatur explain page.txt --published 2016-12-17
      tawatur explain examples/aleppo-2016 3f9a21
    """
    ids = [p for p in paths if _ID.fullmatch(p) and not Path(p).exists()]
    job = Job()
    comparison = job.run(tuple(p for p in paths if p not in ids), **options)
    view = View(comparison, options["packs"])
    sections = [view.named(i) for i in ids] if ids else [view.claim(c) for c in comparison.claims]
    if as_json or not on_terminal():
        print_json([{"id": key, "lines": lines} for key, lines in sections])
    else:
        for _, lines in sections:
            click.echo("\n".join(plain(line) for line in lines) + "\n")
    context.exit(job.code)


class View:
    """A comparison told line by line."""

    def __init__(self, comparison: Comparison, packs: tuple[Path, ...]) -> None:
        self.comparison = comparison
        self.packs = packs
        self.derived: dict[str, dict[str, list[str]]] = {}
        self.reports = {r.id: r for r in comparison.reports}
        self.claims = {c.id: c for c in comparison.claims}
        self.events = {e.id: e for e in comparison.events}
        self.findings = {f.id: f for f in comparison.findings}

    @cached_property
    def views(self) -> Views:
        """What the comparison tells beside its findings."""
        from tawatur import findings

        return findings.views(self.comparison)

    def named(self, start: str) -> tuple[str, list[str]]:
        """What is said of the one thing whose id starts so. NotFoundError when there is none or more than one."""
        from tawatur.errors import NotFoundError

        known = {**self.claims, **self.events, **self.findings}
        found = [key for key in known if key.startswith(start)]
        if len(found) != 1:
            reason = (
                f"{len(found)} ids start with {start}" if found else f"no claim, event or finding {start} in this input"
            )
            raise NotFoundError(reason, "ids stand on the page and in tawatur export --form jsonl")
        key = found[0]
        if key in self.claims:
            return self.claim(self.claims[key])
        if key in self.events:
            return key, list(self._event(self.events[key]))
        return key, list(self._finding(self.findings[key]))

    def claim(self, claim: Claim) -> tuple[str, list[str]]:
        """A claim: its words, values and derivation, and what it was compared with."""
        return claim.id, [*self._claim(claim), *self._derivation(claim), *self._around(claim)]

    def _claim(self, claim: Claim) -> Iterator[str]:
        report = self.reports[claim.report]
        yield f"claim {claim.id}: {claim.event_type}, {claim.status}"
        yield f"  in {report.name} ({report.outlet or 'outlet unknown'}, {report.published or 'date unknown'})"
        yield f"  words {claim.span.start}-{claim.span.end}:"
        yield f"  {claim.span.of(report.text)}"
        yield f"  on the word of: {self._voices(claim)}{', counted by the monitor at first hand' * claim.first_hand}"
        for figure in claim.figures:
            yield f"  figure {figure.text}: {_bounds(figure.low, figure.high)} {figure.population}, {figure.outcome}"
        for place in claim.places:
            yield f"  place {place.text}: {place.name or 'not in the gazetteer'}, {place.role}"
        for time in claim.times:
            yield f"  time {time.text}: {time.start or 'open'} to {time.end or 'open'}"

    def _voices(self, claim: Claim) -> str:
        links = [f"{link.name} ({link.stance})" for link in claim.attribution]
        return " > ".join(links) or "the publisher itself"

    def _derivation(self, claim: Claim) -> Iterator[str]:
        if claim.report not in self.derived:
            self.derived[claim.report] = self._derived(self.reports[claim.report])
        for line in self.derived[claim.report].get(claim.id, ()):
            yield f"  {line}"

    def _derived(self, report: Report) -> dict[str, list[str]]:
        from tawatur import pipeline

        return pipeline.derivations(report, packs=self.packs)

    def _around(self, claim: Claim) -> Iterator[str]:
        for copy, first in self.comparison.lineage.copied_claims:
            if copy == claim.id:
                yield f"  repeats the words of claim {first}"
        for event in self.comparison.events:
            if claim.id in event.claims:
                yield f"  part of event {event.id}: {event.label}"
        for finding in self.comparison.findings:
            if claim.id in (finding.a, finding.b):
                yield f"  {finding.relation} (finding {finding.id}): {finding.reason_en}"

    def _event(self, event: Event) -> Iterator[str]:
        yield f"event {event.id}: {event.label} ({event.event_type})"
        for feature in event.features:
            yield f"  together because: {feature}"
        for account in self.comparison.accounts:
            if account.event == event.id:
                yield f"  account of {account.name}: {len(account.claims)} claims in {len(account.reports)} reports"
                yield from (f"    {self._quote(c)}" for c in account.claims)
        for finding in self.comparison.findings:
            if finding.event == event.id:
                yield from (f"  {line}" for line in self._finding(finding))
        yield from (f"  {line}" for line in self._views(event))
        for estimate in self.comparison.estimates:
            if estimate.event == event.id:
                numbers = f"low {_number(estimate.low)}, best {_number(estimate.best)}, high {_number(estimate.high)}"
                yield f"  {estimate.population} {estimate.outcome}: {numbers}; {estimate.grade}: {estimate.grounds_en}"

    def _views(self, event: Event) -> Iterator[str]:
        """How the event went, who did it and what was counted, each line with the claims that say so."""
        views = self.views
        for story in (s for s in views.stories if s.event == event.id):
            yield from (_told("course", p.words, p.claims) for p in story.phases)
        for o in (o for o in views.operations if o.event == event.id):
            yield from (_told("total", r.words, (c.claim for c in r.counts)) for r in o.totals)
            yield from (_told("sum", s.words, (*(b.claim for b in s.batches), s.total.claim)) for s in o.sums)
            yield from (_told("remaining", i.words, i.claims) for i in o.remaining)
            yield from (_told("monitor", w.words, (w.counted[0].claim, w.announced.claim)) for w in o.monitored)
        for series in (s for s in views.series if s.event == event.id):
            yield f"series: {series.words.en}"
            yield from (_told("  point", p.words, p.claims) for p in series.points)
        for r in (r for r in views.responsibility if r.event == event.id):
            for actor in r.actors:
                yield f"actor: {actor.words.en}"
                yield from (_told("  voice", v.words, v.claims) for v in actor.voices)

    def _finding(self, finding: Finding) -> Iterator[str]:
        sure = "" if finding.confidence is None else f" ({finding.confidence:.2f})"
        yield f"finding {finding.id}: {finding.relation} of {finding.aspect}{sure}: {finding.reason_en}"
        yield f"    {finding.a}: {finding.a_words}"
        yield f"    {finding.b}: {finding.b_words}"
        for slot, a, b in finding.slots:
            yield f"    {slot}: {a} | {b}"
        if finding.missing:
            yield f"    not known: {', '.join(finding.missing)}"
        for settling in (s for s in self.views.settling if s.finding == finding.id):
            yield from (f"    would help: {gap.words.en}" for gap in settling.gaps)

    def _quote(self, claim_id: str) -> str:
        claim = self.claims[claim_id]
        return f"{claim.id} [{claim.status}] {claim.span.of(self.reports[claim.report].text)}"


def _told(kind: str, words: Words, claims: Iterable[str]) -> str:
    return f"{kind}: {words.en} [{', '.join(dict.fromkeys(claims))}]"


def _bounds(low: float | None, high: float | None) -> str:
    return _number(low) if low == high else f"{_number(low)} to {_number(high)}"


def _number(value: float | None) -> str:
    return "open" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
