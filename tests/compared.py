"""Comparisons built from gold dossiers, so that publishing can be tested without the stages before it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from gold import GOLD, Dossier, load_dossier
from tawatur.model import (
    Account,
    Claim,
    Comparison,
    CopyGroup,
    CopyLink,
    Estimate,
    Event,
    Figure,
    Finding,
    Lineage,
    digest,
)

if TYPE_CHECKING:
    from pathlib import Path


def comparison(name: str, part: str = "dev") -> Comparison:
    """The gold comparison of one dossier."""
    return compared(load_dossier(GOLD / part / name))


def available() -> Path | None:
    """The folder of gold dossiers, or None where it is not there."""
    return GOLD if GOLD.is_dir() else None


def compared(dossier: Dossier) -> Comparison:
    """Gold events, relations and copies as model objects, with plain accounts and estimates."""
    by_gold = {gold: key for key, gold in dossier.gold_id.items()}
    claims = {c.id: c for c in dossier.claims}
    events = tuple(_event(row, by_gold, claims) for row in dossier.gold["events"])
    event_of = {c: e.id for e in events for c in e.claims}
    accounts = tuple(a for e in events for a in _accounts(e, claims, dossier))
    return Comparison(
        reports=dossier.reports,
        claims=dossier.claims,
        lineage=_lineage(dossier),
        events=events,
        accounts=accounts,
        findings=tuple(_finding(r, by_gold, claims, event_of) for r in dossier.gold["relations"]),
        estimates=tuple(e for event in events for e in _estimates(event, accounts, claims)),
        record={"dossier": dossier.name, "version": "0.1.0", "packs": {"ar": "0" * 16}, "options": {"seed": 0}},
    )


def _event(row: dict[str, Any], by_gold: dict[str, str], claims: dict[str, Claim]) -> Event:
    ids = tuple(by_gold[c] for c in row["claims"])
    kinds = [claims[c].event_type for c in ids]
    return Event(row["id"], row["label"], max(kinds, key=kinds.count), ids, ("gold",))


def _accounts(event: Event, claims: dict[str, Claim], dossier: Dossier) -> list[Account]:
    reports = {r.id: r for r in dossier.reports}
    by_name: dict[str, list[Claim]] = defaultdict(list)
    for key in event.claims:
        claim = claims[key]
        by_name[claim.origin.name if claim.origin else reports[claim.report].outlet or "?"].append(claim)
    return [
        Account(
            event.id,
            digest(name),
            name,
            None,
            tuple(c.id for c in items),
            tuple(dict.fromkeys(c.report for c in items)),
            tuple(dict.fromkeys(reports[c.report].outlet or "?" for c in items)),
        )
        for name, items in by_name.items()
    ]


def _lineage(dossier: Dossier) -> Lineage:
    by_name = {r.name: r.id for r in dossier.reports}
    groups = tuple(CopyGroup(tuple(by_name[n] for n in g["reports"]), g["kind"]) for g in dossier.gold["copies"])
    links = tuple(CopyLink(g.reports[0], later, g.kind, 61, 0.83, True, ()) for g in groups for later in g.reports[1:])
    return Lineage(links, groups)


def _comparable(a: Claim, b: Claim) -> tuple[Figure, Figure] | None:
    pairs = [(f, g) for f in a.figures for g in b.figures if f.outcome == g.outcome]
    return min(pairs, key=lambda p: p[0].population != p[1].population, default=None)


def _finding(
    row: dict[str, Any], by_gold: dict[str, str], claims: dict[str, Claim], event_of: dict[str, str]
) -> Finding:
    a, b = claims[by_gold[row["a"]]], claims[by_gold[row["b"]]]
    figures = _comparable(a, b)
    slots: list[tuple[str, str, str]] = [("status", a.status, b.status)]
    if figures:
        f, g = figures
        slots += [("population", f.population, g.population), ("outcome", f.outcome, g.outcome)]
        slots += [("value", f"[{f.low}, {f.high}]", f"[{g.low}, {g.high}]")]
    return Finding(
        id=digest("finding", a.id, b.id, row["relation"]),
        event=event_of[a.id],
        relation=row["relation"],
        a=a.id,
        b=b.id,
        aspect="figure" if figures else "status",
        a_words=figures[0].text if figures else a.status,
        b_words=figures[1].text if figures else b.status,
        slots=tuple(slots),
        reason_en=row["why"],
        reason_ar="العلاقة كما في الملف المرجعي بين القولين المذكورين",
    )


def _estimates(event: Event, accounts: tuple[Account, ...], claims: dict[str, Claim]) -> list[Estimate]:
    origin = {c: a.origin for a in accounts for c in a.claims}
    groups: dict[tuple[str, str], list[tuple[str, Figure]]] = defaultdict(list)
    for key in event.claims:
        for f in claims[key].figures:
            if f.low is not None and f.population in ("people", "fighters", "wounded") and f.outcome != "none":
                groups[f.population, f.outcome].append((origin[key], f))
    return [_estimate(event, found) for found in groups.values() if len(found) > 1]


def _estimate(event: Event, found: list[tuple[str, Figure]]) -> Estimate:
    ordered = sorted(found, key=lambda pair: pair[1].low or 0)
    low, best, high = ordered[0], ordered[len(ordered) // 2], ordered[-1]
    return Estimate(
        event=event.id,
        population=low[1].population,
        outcome=low[1].outcome,
        as_of="2016-12-16",
        low=low[1].low,
        best=best[1].low,
        high=high[1].high,
        low_by=(low[0],),
        best_by=(best[0],),
        high_by=(high[0],),
        grade="contested" if low[1].low != high[1].low else "fair",
        grounds_en="two origins give figures that cannot both hold",
        grounds_ar="مصدران يعطيان رقمين لا يصحان معاً",
        gaps_en=("the place is not given by one account",),
        gaps_ar=("إحدى الروايات لا تذكر المكان",),
    )
