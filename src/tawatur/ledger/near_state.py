"""Numbers of claims in, what the ledger holds of them out: claims where they stand, pairs, events, copies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tawatur.codec import build, loads
from tawatur.events.views import Placed, Window, seen
from tawatur.ledger import near_tables as near
from tawatur.ledger.near_tables import near_claims, near_copies, near_pairs
from tawatur.ledger.schema import claims, reports, views, views_standing
from tawatur.model import Claim, CopyLink, Event, Lineage, Place, Report

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence, Set

    from sqlalchemy import Connection

    from tawatur.events.rarity import Common
    from tawatur.events.views import Scene, View

Pairs = dict[tuple[int, int], float]
_SIDES = re.compile(r'(?<!\\)"[ab]": ?"([^"]*)"')  # the claims of a finding, in its body; quotes in texts are escaped


@dataclass(frozen=True, slots=True)
class Known:
    """A claim that is remembered: its number, its report, its event, the claim whose words it repeats."""

    n: int
    id: str
    version: str
    report: str
    event: str | None
    first: str | None


class State:
    """What is remembered, inside one transaction; reports and claims are read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._reports: dict[str, Report] = {}
        self._placed: dict[int, Placed] = {}
        self._views: dict[str, View] = {}

    @cached_property
    def common(self) -> Common:
        """How common words were when the whole record was compared."""
        return near.common(self.connection)

    def known(self, numbers: Collection[int]) -> list[Known]:
        """Claims by number."""
        return self._known(near_claims.c.n, numbers)

    def by_id(self, ids: Collection[str]) -> list[Known]:
        """Claims by id; those that are not there are left out."""
        return self._known(near_claims.c.id, ids)

    def of_events(self, events: Collection[str]) -> list[Known]:
        """The claims of some events."""
        return self._known(near_claims.c.event, events)

    def of_reports(self, wanted: Collection[str]) -> list[Known]:
        """The claims of some reports."""
        return self._known(near_claims.c.report, wanted)

    def repeating(self, ids: Collection[str]) -> list[Known]:
        """The claims that repeat the words of some others."""
        return self._known(near_claims.c.first, ids)

    def _known(self, column: object, wanted: Collection[object]) -> list[Known]:
        c = near_claims.c
        query = select(c.n, c.id, c.version, c.report, c.event, c.first)
        return [Known(*row) for row in near.rows(self.connection, query, column, wanted)]

    def sizes(self, events: Collection[str]) -> dict[str, int]:
        """How many claims each event has."""
        query = select(near_claims.c.event, func.count()).group_by(near_claims.c.event)
        return {str(key): count for key, count in near.rows(self.connection, query, near_claims.c.event, events)}

    def pairs(self, numbers: Collection[int], least: float = 0.0) -> Pairs:
        """All pairs of some claims with whatever others, as likely as ``least``; both ways."""
        query = select(near_pairs).where(near_pairs.c.chance >= least)
        found: Pairs = {}
        for a, b, chance in near.rows(self.connection, query, near_pairs.c.a, numbers):
            found[a, b] = found[b, a] = chance
        return found

    def reports(self, wanted: Collection[str]) -> dict[str, Report]:
        """Reports by id."""
        missing = set(wanted) - self._reports.keys()
        for (body,) in near.rows(self.connection, select(reports.c.body), reports.c.id, missing):
            report = loads(Report, body)
            self._reports[report.id] = report
        return {key: self._reports[key] for key in wanted if key in self._reports}

    def placed(self, numbers: Collection[int]) -> list[Placed]:
        """Claims where they stand, by number."""
        c, missing = near_claims.c, set(numbers) - self._placed.keys()
        joined = near_claims.join(claims, claims.c.version == c.version)
        query = select(c.n, c.report, c.rank, c.place, claims.c.body).select_from(joined)
        found = list(near.rows(self.connection, query, c.n, missing))
        texts = self.reports({row[1] for row in found})
        for n, report, rank, place, body in found:
            before, reigning = json.loads(place)
            self._placed[n] = Placed(
                loads(Claim, body), texts[report], rank, build(tuple[Place, ...], before), build(Window, reigning)
            )
        return [self._placed[n] for n in sorted(numbers) if n in self._placed]

    def put(self, numbers: Mapping[str, int], rows: Iterable[Placed]) -> None:
        """Claims that are new, by the number that each has from now on; it may have been that of a claim that went."""
        self._placed.update((numbers[row.claim.id], row) for row in rows)

    def seen(self, rows: Sequence[Placed]) -> Scene:
        """Claims as views, each made once."""
        fresh = [row for row in rows if (view := self._views.get(row.claim.id)) is None or view.claim is not row.claim]
        scene = seen(fresh, self.common)
        self._views.update(scene.views)
        scene.views = {row.claim.id: self._views[row.claim.id] for row in rows}
        return scene

    def events(self, wanted: Collection[str]) -> list[Event]:
        """Events by id."""
        query = select(views.c.body).where(views.c.kind == "event")
        return [loads(Event, body) for (body,) in near.rows(self.connection, query, views.c.event, wanted)]

    def standing(self, events: Collection[str]) -> set[str]:
        """The versions of all that stands of some events."""
        query = select(views.c.version).where(views.c.kind.in_(("event", "account", "finding", "estimate")))
        found = {version for (version,) in near.rows(self.connection, query, views.c.event, events)}
        return near.standing(self.connection, views_standing, found)

    def findings_on(self, ids: Set[str], events: Collection[str]) -> set[str]:
        """The versions of the findings that stand under some events and are on some claims."""
        query = select(views.c.version, views.c.body).where(views.c.kind == "finding")
        found = near.rows(self.connection, query, views.c.event, events)
        mine = {version for version, body in found if not ids.isdisjoint(_SIDES.findall(body))}
        return near.standing(self.connection, views_standing, mine)

    def beside(self, wanted: Collection[str]) -> set[str]:
        """Reports that links lead to from some reports, these among them."""
        found, border = set(wanted), set(wanted)
        linked = select(near_copies.c.other).where(near_copies.c.kind == "link")
        while border:
            border = {other for (other,) in near.rows(self.connection, linked, near_copies.c.report, border)} - found
            found |= border
        return found

    def copied(self, wanted: Collection[str], *kinds: str) -> set[str]:
        """The versions of the links, groups or quotations that some reports take part in."""
        query = select(near_copies.c.version).where(near_copies.c.kind.in_(kinds))
        return {version for (version,) in near.rows(self.connection, query, near_copies.c.report, wanted)}

    def links(self, wanted: Collection[str]) -> Lineage:
        """The links that some reports take part in."""
        versions = self.copied(wanted, "link")
        found = near.rows(self.connection, select(views.c.body), views.c.version, versions)
        return Lineage(tuple(loads(CopyLink, body) for (body,) in found))


def with_claims(lineage: Lineage, found: Iterable[Known]) -> Lineage:
    """The lineage of reports with the copied claims among some."""
    return replace(lineage, copied_claims=tuple(sorted((k.id, k.first) for k in found if k.first)))
