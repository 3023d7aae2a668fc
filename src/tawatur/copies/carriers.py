"""Copied claims in, the carrier that tells whose words they are out: the first of them may have dropped the source.

The earliest carrier tells it. Where that one names no voice, the earliest carrier that names one does; where none does,
the one carrier whose publisher others name as their source, unless dates say that it came later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tawatur.copies.dates import first, order
from tawatur.copies.names import unnamed
from tawatur.model import Claim, Link, Report

Root = tuple[Claim, bool]  # whose words they are, and whether that report's publisher is their source


def roots(
    copied: Iterable[tuple[str, str]],
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    voice: Callable[[Link, str], str],
    publisher: Callable[[str], str],
) -> dict[str, Root]:
    """The carrier that tells the origin, by the id of every copied claim and of every first one.

    ``voice`` gives the key of a voice in a report, ``publisher`` that of a report's publisher. Claims that are not
    given are left out.
    """
    carried: dict[str, list[str]] = defaultdict(list)
    for copy, root in copied:
        if copy in claims and root in claims:
            carried[root].append(copy)
    sources = {voice(link, c.report) for c in claims.values() for link in _named(c)}
    found: dict[str, Root] = {}
    for top, copies in carried.items():
        later = sorted((claims[c] for c in copies), key=lambda c: (order(reports[c.report]), c.id))
        told = _told(claims[top], later, reports, lambda c: publisher(c.report) in sources)
        found.update(dict.fromkeys((top, *copies), told))
    return found


def _told(
    top: Claim, later: Sequence[Claim], reports: Mapping[str, Report], is_source: Callable[[Claim], bool]
) -> Root:
    if top.origin is not None:
        return top, False
    named = next((c for c in later if any(_named(c))), None)
    if named is not None:
        return named, False
    known = [c for c in (top, *later) if c.origin is None and is_source(c)]
    if len({reports[c.report].outlet for c in known}) != 1 or first(reports[top.report], reports[known[0].report]) > 0:
        return top, False
    return known[0], True


def _named(claim: Claim) -> Iterator[Link]:
    link = claim.origin
    if link is not None and link.kind != "unnamed" and not unnamed(link.name):
        yield link
