"""Events in, accounts, findings and estimates out: who says what of each event, and how it stands to the others.

Frames are compared by the rules of ``docs/comparing.md``; what is worth telling is weighed by a table learned from
training dossiers. In a group of copies only the earliest claim stands. What a comparison tells beside its findings
(``views``: stories, operations, series, responsibility, what would settle it, sources, variants) is made from it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tawatur.events.blocking import parcels
from tawatur.events.views import scene
from tawatur.findings.accounts import accounts, own_side
from tawatur.findings.against import Nearness
from tawatur.findings.checks import sound
from tawatur.findings.doubts import doubts
from tawatur.findings.estimates import estimates
from tawatur.findings.nouns import (
    Count,
    Operation,
    Profile,
    Responsibility,
    Series,
    Settling,
    Story,
    Variant,
    Views,
    Words,
)
from tawatur.findings.pairing import (
    TOLD,
    Frames,
    Pair,
    across,
    comparable,
    of_one_event,
    origins_and_frames,
    related,
    within,
)
from tawatur.findings.relations import ordered, wholes
from tawatur.findings.relayed import settled
from tawatur.findings.views import (
    caution,
    operations,
    profiles,
    responsibility,
    series,
    settling,
    stories,
    variants,
    views,
)
from tawatur.findings.wording import reason, slots
from tawatur.model import Finding, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from tawatur.copies.independence import Origins
    from tawatur.events.blocking import Mapped
    from tawatur.events.views import Scene
    from tawatur.findings.frames import Frame
    from tawatur.model import Account, Claim, Estimate, Event, Issue, Lineage, OnIssue, Report

    Told = tuple[list[Account], list[Finding], list[Estimate]]

_EVENTS = 100  # a parcel of work
_PAIRS = 5_000

__all__ = [
    "Count", "Operation", "Profile", "Responsibility", "Series", "Settling", "Story", "Variant", "Views", "Words",
    "caution", "compare", "doubts", "operations", "profiles", "responsibility", "series", "settling", "stories",
    "variants", "views",
]  # fmt: skip


def compare(
    events: Iterable[Event],
    claims: Iterable[Claim],
    reports: Iterable[Report],
    lineage: Lineage,
    *,
    view: Scene | None = None,
    only: Container[str] | None = None,
    side_of: Callable[[Claim], str | None] = own_side,
    on_issue: OnIssue | None = None,
    mapped: Mapped = map,
) -> tuple[tuple[Account, ...], tuple[Finding, ...], tuple[Estimate, ...]]:
    """Accounts, findings and estimates of all events, each sorted; the order of the input makes no difference.

    ``side_of`` tells the side that a claim's origin belongs to, None where unknown. Figures and times that cannot be
    (low above high, negative counts, absurd dates) are refused through ``on_issue``, and so is a claim whose report is
    missing; the rest is compared. ``view`` is the ``events.scene`` of these claims where it is made already.
    ``mapped`` does the work on parcels of events: ``map`` here, or in processes that share what is in memory.
    With ``only``, the ids of some of the events, what is told is of them alone, and of pairs that they take part in.
    """
    events = tuple(events)
    texts = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    kept = {c.id: c for c in sound(claims, texts, on_issue or _ignore)}
    if view is None or view.views.keys() != kept.keys() or any(view.views[k].claim is not c for k, c in kept.items()):
        view = scene(kept.values(), texts.values())
    origins, frames = origins_and_frames(kept.values(), texts.values(), lineage)
    copied = {copy for copy, _ in lineage.copied_claims}
    near, home = Nearness(view), {key: e.id for e in events for key in e.claims if key in kept}
    frames = settled(frames, home)
    compared = comparable(home, copied, view, frames, origins, near, mapped)
    inside = of_one_event(view, home)
    task = partial(
        _told, texts=texts, kept=kept, copied=copied, origins=origins, side_of=side_of,
        inside=inside, view=view, frames=frames, near=near,
    )  # fmt: skip
    told: Told = ([], [], [])
    wanted = sorted((e for e in events if only is None or e.id in only), key=lambda e: e.id)
    for part in mapped(task, parcels(wanted, _EVENTS)):
        told[0].extend(part[0])
        told[1].extend(part[1])
        told[2].extend(part[2])
    by_id = {event.id: event for event in events}
    apart = [(a, b) for a, b in compared if home.get(a) != home.get(b)]
    if only is not None:
        apart = [(a, b) for a, b in apart if home.get(a) in only or home.get(b) in only]
    between = partial(
        _between, events=by_id, home=home, texts=texts, kept=kept, origins=origins, view=view, frames=frames, near=near
    )
    for found in mapped(between, parcels(apart, _PAIRS)):
        told[1].extend(found)
    return tuple(told[0]), tuple(told[1]), tuple(told[2])


def _told(
    events: Iterable[Event],
    *,
    texts: dict[str, Report],
    kept: dict[str, Claim],
    copied: Container[str],
    origins: Origins,
    side_of: Callable[[Claim], str | None],
    inside: Mapping[str, list[tuple[str, str]]],
    view: Scene,
    frames: Frames,
    near: Nearness,
) -> Told:
    """Accounts, findings and estimates of some events."""
    told: Told = ([], [], [])
    for event in events:
        members = [key for key in event.claims if key in kept and key not in copied]
        mine = accounts(event, kept, texts, origins, side_of)
        told[0].extend(mine)
        worth = within(members, inside.get(event.id))
        told[1].extend(_finding(event, pair, kept, texts) for pair in related(worth, view, frames, origins, near))
        told[2].extend(estimates(event, _frames(members, frames), mine))
    return told


def _between(
    pairs: Iterable[tuple[str, str]],
    *,
    events: Mapping[str, Event],
    home: Mapping[str, str],
    texts: dict[str, Report],
    kept: dict[str, Claim],
    origins: Origins,
    view: Scene,
    frames: Frames,
    near: Nearness,
) -> list[Finding]:
    """Findings on some pairs of claims that stand in two events."""
    found = across(pairs, view, frames, origins, near)
    return [_finding(_larger(events, home, pair), pair, kept, texts) for pair in found]


def _ignore(issue: Issue) -> None:
    """What is refused is left out without a word where the caller does not ask."""


def _larger(events: Mapping[str, Event], home: Mapping[str, str], pair: Pair) -> Event:
    """Of the two events of a pair the one with more claims: the finding is shown there."""
    own = (events[home[pair.a]], events[home[pair.b]])
    return min(own, key=lambda e: (-len(e.claims), e.id))


def _frames(members: Iterable[str], frames: Frames) -> list[Frame]:
    return [frame for key in sorted(members) for frame in frames[key]]


def _in_order(pair: Pair) -> tuple[Frame, Frame] | None:
    """The two figures of a pair: part before whole, else the earlier before the later."""
    if not pair.figures:
        return None
    return wholes(*pair.figures) if pair.verdict.relation == "part" else ordered(*pair.figures)


def _finding(event: Event, pair: Pair, claims: dict[str, Claim], reports: dict[str, Report]) -> Finding:
    figures = _in_order(pair)
    a, b = (f.claim for f in figures) if figures else (claims[pair.a], claims[pair.b])
    if figures:
        words = figures[0].figure.text, figures[1].figure.text
        compared = slots(figures)
    else:
        words = a.span.of(reports[a.report].text), b.span.of(reports[b.report].text)
        compared = (("status", a.status, b.status), ("event_type", a.event_type, b.event_type))
    english, arabic = reason(pair.verdict, words[0], words[1], figures)
    return Finding(
        id=digest("finding", event.id, a.id, b.id, pair.verdict.relation),
        event=event.id,
        relation=pair.verdict.relation,
        a=a.id,
        b=b.id,
        aspect="figure" if figures else "status",
        a_words=words[0],
        b_words=words[1],
        slots=compared,
        reason_en=english,
        reason_ar=arabic,
        missing=pair.verdict.missing,
        confidence=round(pair.worth, 2) if pair.verdict.relation in TOLD else None,
    )
