"""A comparison in, what it tells beside its findings out: each view a public function, and all of them at once.

Views are made from claims, events and lineage and can be made again; the order of the comparison makes no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tawatur.findings import along, changes, courses, lacking, phases, responsible, sources
from tawatur.findings.ground import Ground
from tawatur.findings.nouns import Views

if TYPE_CHECKING:
    from tawatur.findings.nouns import Operation, Profile, Responsibility, Series, Settling, Story, Variant, Words
    from tawatur.model import Comparison


#: The last comparison asked after: a page, its data and its summary are made of one.
_LAST: list[tuple[Comparison, Views]] = []


def views(comparison: Comparison) -> Views:
    """A comparison in, all its views out. Those of the last one are remembered."""
    last = _LAST[:1]
    if not last or last[0][0] is not comparison:
        last = [(comparison, _views(comparison))]
        _LAST[:] = last
    return last[0][1]


def _views(comparison: Comparison) -> Views:
    ground = Ground(comparison)
    return Views(
        phases.stories(ground),
        courses.operations(ground),
        along.series(ground),
        responsible.responsibility(ground),
        lacking.settling(ground),
        sources.profiles(ground),
        changes.variants(ground),
    )


def stories(comparison: Comparison) -> tuple[Story, ...]:
    """How each event went by each origin, along time, and where two origins cannot both hold."""
    return phases.stories(Ground(comparison))


def operations(comparison: Comparison) -> tuple[Operation, ...]:
    """Evacuations, deliveries, battles and talks: batches, totals, sums, who remains, what monitors counted."""
    return courses.operations(Ground(comparison))


def series(comparison: Comparison) -> tuple[Series, ...]:
    """Estimates along as-of days, of quantities that are counted as of two days or more."""
    return along.series(Ground(comparison))


def responsibility(comparison: Comparison) -> tuple[Responsibility, ...]:
    """Who is said to have done it, by whom, and whether it is admitted or denied."""
    return responsible.responsibility(Ground(comparison))


def settling(comparison: Comparison) -> tuple[Settling, ...]:
    """What would settle each contradiction: slots that nobody tells and sources that may know, best first."""
    return lacking.settling(Ground(comparison))


def profiles(comparison: Comparison) -> tuple[Profile, ...]:
    """How each origin and outlet stands to the others. Nothing in it says who tells the truth."""
    return sources.profiles(Ground(comparison))


def caution() -> Words:
    """What profiles do not tell."""
    return sources.caution()


def variants(comparison: Comparison) -> tuple[Variant, ...]:
    """What relays changed of an account."""
    return changes.variants(Ground(comparison))
