"""The whole record in, compared; what new reports will be compared by is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tawatur import events, pipeline
from tawatur.codec import dumps
from tawatur.events import score
from tawatur.events.blocking import keys, moment
from tawatur.events.views import placed
from tawatur.ledger import near_tables as near
from tawatur.ledger.rows import view_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from tawatur.events.views import Placed, Scene, View
    from tawatur.model import Claim, Comparison, Event, Judgement, Lineage, OnIssue, Report


def compared(
    reports: Sequence[Report],
    claims: Sequence[Claim],
    judgements: Sequence[Judgement],
    on_issue: OnIssue,
) -> tuple[Comparison, Scene]:
    """All reports with all claims, compared as ``tawatur.compare`` does, and the scene that this was done in."""
    view = events.scene(claims, reports)
    return pipeline.staged(tuple(reports), tuple(claims), judgements, view=view, on_issue=on_issue), view


def remember(connection: Connection, comparison: Comparison, view: Scene, versions: Mapping[str, str]) -> None:
    """Keep what a later report is compared by; ``versions`` are those of the claims that stand."""
    near.create(connection)
    near.put_common(connection, view.common)
    rows = placed(comparison.claims, comparison.reports)
    numbers = {row.claim.id: n for n, row in enumerate(rows)}
    homes = homes_of(comparison.events)
    firsts = dict(comparison.lineage.copied_claims)
    near.put(connection, near.near_claims, [claim_row(row, numbers, versions, homes, firsts) for row in rows])
    near.put(connection, near.near_keys, key_rows(view.views.values(), numbers))
    pairs = ((numbers[a], numbers[b], chance) for (a, b), chance in score(view).items())
    near.put(connection, near.near_pairs, near.both_ways(pairs))
    near.put(connection, near.near_copies, copy_rows(comparison.lineage))


def homes_of(grouped: Iterable[Event]) -> dict[str, str]:
    """The event of each claim."""
    return {claim: event.id for event in grouped for claim in event.claims}


def claim_row(
    row: Placed,
    numbers: Mapping[str, int],
    versions: Mapping[str, str],
    homes: Mapping[str, str],
    firsts: Mapping[str, str],
) -> dict[str, Any]:
    """The row of a claim."""
    key = row.claim.id
    return {
        "n": numbers[key],
        "id": key,
        "version": versions[key],
        "report": row.report.id,
        "rank": row.rank,
        "place": dumps([row.before, row.reigning]).decode(),
        "event": homes.get(key),
        "first": firsts.get(key),
    }


def key_rows(views: Iterable[View], numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """The rows of the blocks that claims are in, in the order of their keys."""
    told = {(near.hashed(k), moment(v), numbers[v.claim.id]) for v in views for k in set(keys(v))}
    return [{"key": key, "at": at, "n": n} for key, at, n in sorted(told)]


def copy_rows(lineage: Lineage) -> list[dict[str, Any]]:
    """The rows of links, quotations and groups."""
    return [{"report": a, "other": b, "version": v, "kind": k} for a, b, v, k in sorted(set(_copies(lineage)))]


def _copies(lineage: Lineage) -> Iterator[tuple[str, str, str, str]]:
    for kind, links in (("link", lineage.links), ("quotation", lineage.quotations)):
        for link in links:
            version = view_version("copy_link", link)
            yield link.earlier, link.later, version, kind
            yield link.later, link.earlier, version, kind
    for group in lineage.groups:
        yield from ((report, "", view_version("copy_group", group), "group") for report in group.reports)
