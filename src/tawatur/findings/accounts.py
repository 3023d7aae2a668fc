"""An event's claims in, accounts out: all that one origin says of it, and who carried it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tawatur.model import Account

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tawatur.copies.independence import Origins
    from tawatur.model import Claim, Event, Report

    SideOf = Callable[[Claim], str | None]


def own_side(claim: Claim) -> str | None:
    """The body that the origin speaks for, when the text or the tables tell; None otherwise."""
    return claim.origin.body if claim.origin else None


def accounts(
    event: Event,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    origins: Origins,
    side_of: SideOf,
) -> list[Account]:
    """One account for each origin of an event, sorted by the origin's key."""
    by_origin: dict[str, list[Claim]] = defaultdict(list)
    for key in (k for k in event.claims if k in claims):
        by_origin[origins.key(key)].append(claims[key])
    return [_account(event, key, by_origin[key], reports, origins, side_of) for key in sorted(by_origin)]


def _account(
    event: Event,
    key: str,
    claims: list[Claim],
    reports: Mapping[str, Report],
    origins: Origins,
    side_of: SideOf,
) -> Account:
    name = origins.name(key)
    sides = sorted({side for c in claims if (side := side_of(c))})
    outlets = {reports[c.report].outlet or reports[c.report].name for c in claims if c.report in reports}
    voices = {link.name for c in claims for link in c.attribution[:-1]}
    return Account(
        event=event.id,
        origin=key,
        name=name,
        side=sides[0] if sides else None,
        claims=tuple(sorted(c.id for c in claims)),
        reports=tuple(sorted({c.report for c in claims})),
        relays=tuple(sorted((outlets | voices) - {name})),
    )
