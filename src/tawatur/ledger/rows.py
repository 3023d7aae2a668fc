"""Nouns in, rows of the ledger out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from tawatur.codec import dumps
from tawatur.model import Claim, Comparison, Report, digest

Row = dict[str, object]


def report_row(report: Report, run: int) -> Row:
    """The row of a report."""
    return {
        "id": report.id,
        "outlet": report.outlet,
        "published": report.published,
        "raw_digest": report.raw_digest,
        "body": dumps(report).decode(),
        "since": run,
    }


def claim_row(claim: Claim) -> Row:
    """The row of one version of a claim."""
    body = dumps(claim)
    origin = claim.origin
    return {
        "version": hashlib.sha256(body).hexdigest()[:32],
        "id": claim.id,
        "report": claim.report,
        "start": claim.span.start,
        "end": claim.span.end,
        "event_type": claim.event_type,
        "status": claim.status,
        "origin": origin.name if origin else None,
        "reader": claim.reader,
        "pack": claim.pack,
        "body": body.decode(),
    }


def parts(version: object, claim: Claim) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of a claim's figures, places and times."""
    figures: list[Row] = [
        {"version": version, "n": n, "low": f.low, "high": f.high, "population": f.population, "outcome": f.outcome}
        for n, f in enumerate(claim.figures)
    ]
    places: list[Row] = [
        {"version": version, "n": n, "name": p.name or p.text, "lat": p.lat, "lon": p.lon}
        for n, p in enumerate(claim.places)
    ]
    times: list[Row] = [
        {"version": version, "n": n, "first": t.start, "last": t.end} for n, t in enumerate(claim.times)
    ]
    return figures, places, times


def view_rows(comparison: Comparison) -> Iterator[Row]:
    """The rows of all that was made from the claims."""
    lineage = comparison.lineage
    links = (*lineage.links, *lineage.quotations)
    yield from _views("copy_link", ((digest(x.earlier, x.later), None, x) for x in links))
    yield from _views("copy_group", ((digest(x.reports[0], x.kind), None, x) for x in lineage.groups))
    yield from _views("copied_claim", ((claim, None, (claim, first)) for claim, first in lineage.copied_claims))
    yield from _views("event", ((x.id, x.id, x) for x in comparison.events))
    yield from _views("account", ((digest(x.event, x.origin), x.event, x) for x in comparison.accounts))
    yield from _views("finding", ((x.id, x.event, x) for x in comparison.findings))
    yield from _views(
        "estimate", ((digest(x.event, x.population, x.outcome), x.event, x) for x in comparison.estimates)
    )
    yield from _views("doubt", ((digest(x.claim, x.field), None, x) for x in comparison.doubts))


def _views(kind: str, found: Iterable[tuple[str, str | None, object]]) -> Iterator[Row]:
    for key, event, value in found:
        body = dumps(value)
        yield {"version": _version(kind, body), "kind": kind, "id": key, "event": event, "body": body.decode()}


def view_version(kind: str, value: object) -> str:
    """The version of a view of some kind."""
    return _version(kind, dumps(value))


def _version(kind: str, body: bytes) -> str:
    return hashlib.sha256(kind.encode() + b"\0" + body).hexdigest()[:32]
