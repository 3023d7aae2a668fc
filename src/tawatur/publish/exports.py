"""A comparison as data: the contract's form, one claim a line, one figure a row; always the same bytes."""

from __future__ import annotations

import csv as sheets
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from tawatur.archive.formulas import harmless
from tawatur.model import Claim, Comparison, Figure, FileOutcome, Link, Place, Span, Time
from tawatur.publish.index import Index

JOINED = ("contradict", "update", "part", "agree")  # the contract's relations; of one pair the first that holds
SURE = ("claim", "event_type", "status", "origin"), ("value", "population", "outcome", "cumulative")
COLUMNS = (
    "report", "outlet", "published", "event", "event_label", "event_type", "claim", "status", "account", "origin",
    "stance", "chain", "figure", "start", "end", "low", "high", "approximate", "population", "outcome", "cumulative",
    "part_of", "noun", "places", "times", "quote", *(f"confidence_{field}" for of in SURE for field in of),
    "first_hand", "check_page",
)  # fmt: skip


def contract(comparison: Comparison) -> dict[str, Any]:
    """A comparison in, its dossier in the form of ``gold.json`` out: claims, copies, events, relations.

    Claims are keyed by the report's name, by its id where names are not unique; offsets are code points.
    """
    index = Index(comparison)
    return {
        "claims": {index.names[r.id]: [claim_form(c) for c in index.by_report.get(r.id, ())] for r in index.reports},
        "copies": [
            {"reports": [index.names[r] for r in g.reports if r in index.names], "kind": g.kind}
            for g in comparison.lineage.groups
        ],
        "events": [
            {"id": e.id, "label": e.label, "claims": [c.id for c in index.ordered(e.claims)]} for e in index.events
        ],
        "relations": _relations(index),
    }


def _relations(index: Index) -> list[dict[str, str]]:
    first: dict[tuple[str, ...], dict[str, str]] = {}
    for finding in sorted(
        (f for f in index.findings if f.relation in JOINED and f.a != f.b), key=lambda f: JOINED.index(f.relation)
    ):
        row = {"a": finding.a, "b": finding.b, "relation": finding.relation, "why": finding.reason_en}
        first.setdefault(tuple(sorted((finding.a, finding.b))), row)
    return sorted(first.values(), key=lambda row: (index.rank[row["a"]], index.rank[row["b"]]))


def claim_form(claim: Claim) -> dict[str, Any]:
    """A claim in the form of ``gold.json``, with how likely its fields are right where that was reckoned."""
    return {
        "id": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "event_type": claim.event_type,
        "status": claim.status,
        "attribution": [_link(link) for link in claim.attribution],
        "actors": [m.name for m in claim.actors],
        "affected": [m.name for m in claim.affected],
        "figures": [_figure(f) for f in claim.figures],
        "places": [_place(p) for p in claim.places],
        "times": [_time(t) for t in claim.times],
        **_sure(dict(claim.confidence)),
    }


def _sure(confidence: dict[str, float] | float | None) -> dict[str, Any]:
    """How likely a thing or each of its fields is right, where that was reckoned."""
    return {"confidence": confidence} if confidence not in ({}, None) else {}


def _link(link: Link) -> dict[str, str]:
    return {"name": link.name, "stance": link.stance}


def _place(place: Place) -> dict[str, Any]:
    where = {} if place.lat is None or place.lon is None else {"lat": place.lat, "lon": place.lon}
    return {"text": place.text, "name": place.name, **where, "role": place.role, **_sure(place.confidence)}


def _time(time: Time) -> dict[str, Any]:
    return {"text": time.text, "start": time.start, "end": time.end, **_sure(time.confidence)}


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "text": figure.text,
        "start": figure.span.start,
        "end": figure.span.end,
        "low": _whole(figure.low),
        "high": _whole(figure.high),
        "approximate": figure.approximate,
        "population": figure.population,
        "outcome": figure.outcome,
        "cumulative": figure.cumulative,
        "part_of": figure.part_of,
        **_sure(dict(figure.confidence)),
    }


def jsonl(comparison: Comparison) -> str:
    """A comparison in, one JSON object a line out for each claim: with its report, quotes, event and account."""
    index = Index(comparison)
    return "".join(json.dumps(_line(index, c), ensure_ascii=False, sort_keys=True) + "\n" for c in index.claims)


def _line(index: Index, claim: Claim) -> dict[str, Any]:
    report, event, account = index.report[claim.report], index.event_of.get(claim.id), index.account_of.get(claim.id)
    row = claim_form(claim)
    quoted = zip(row["figures"], claim.figures, strict=True)
    row["figures"] = [
        f | {"quote": g.span.of(report.text), "noun": g.noun, "check_page": report.page_to_check(g.span)}
        for f, g in quoted
    ]
    row["attribution"] = [asdict(link) for link in claim.attribution]
    return row | {
        "quote": claim.span.of(report.text),
        "said": claim.said,
        "rules": list(claim.rules),
        "first_hand": claim.first_hand,
        "reader": claim.reader,
        "pack": claim.pack,
        "report": {
            "id": report.id,
            "name": report.name,
            "outlet": report.outlet,
            "published": report.published,
            "title": report.title,
        },
        "event": event and {"id": event.id, "label": event.label, "event_type": event.event_type},
        "account": account and {"origin": account.origin, "name": account.name, "side": account.side},
    }


def doubts(comparison: Comparison) -> list[dict[str, Any]]:
    """A comparison in, the fields to review out, what matters most first, each with its report and words."""
    index = Index(comparison)
    return [
        asdict(doubt) | {"report": index.names[claim.report], "quote": claim.span.of(index.report[claim.report].text)}
        for doubt, claim in ((d, index.claim[d.claim]) for d in comparison.doubts if d.claim in index.claim)
    ]


def csv(comparison: Comparison) -> str:
    """A comparison in, one row a figure out, as CSV with a byte-order mark and CRLF, so that spreadsheets read Arabic.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    index, out = Index(comparison), io.StringIO()
    writer = sheets.writer(out)
    writer.writerow(COLUMNS)
    for claim in index.claims:
        for figure in claim.figures:
            writer.writerow([cell(v) for v in _row(index, claim, figure)])
    return "\ufeff" + out.getvalue()


def files(comparison: Comparison) -> str:
    """A comparison in, one row an input out: what became of it; as CSV like that of figures."""
    out = io.StringIO()
    writer = sheets.writer(out)
    names = [column.name for column in fields(FileOutcome) if column.compare]
    writer.writerow(names)
    for file in comparison.files:
        writer.writerow([cell(getattr(file, name)) for name in names])
    return "\ufeff" + out.getvalue()


def cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    return harmless(value) if isinstance(value, str) else value


def _row(index: Index, claim: Claim, figure: Figure) -> Iterator[object]:
    report, event, origin = index.report[claim.report], index.event_of.get(claim.id), claim.origin
    yield from (index.names[report.id], report.outlet or "", report.published or "")
    yield from (event.id if event else "", event.label if event else "", claim.event_type)
    yield from (claim.id, claim.status, index.who(claim), origin.name if origin else "")
    yield from (origin.stance if origin else "", " > ".join(link.name for link in claim.attribution))
    yield from (figure.text, *_offsets(figure.span), _whole(figure.low), _whole(figure.high))
    yield from (str(figure.approximate).lower(), figure.population, figure.outcome, str(figure.cumulative).lower())
    yield from (figure.part_of or "", figure.noun, "; ".join(p.text for p in claim.places))
    yield from ("; ".join(t.text for t in claim.times), claim.span.of(report.text))
    for sure, confidence in zip(SURE, (dict(claim.confidence), dict(figure.confidence)), strict=True):
        yield from (confidence.get(field, "") for field in sure)
    yield str(claim.first_hand).lower()
    yield report.page_to_check(figure.span) or ""


def _offsets(span: Span) -> tuple[int, int]:
    return span.start, span.end
