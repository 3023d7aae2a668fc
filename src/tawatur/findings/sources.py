"""A comparison in, how each origin and outlet stands to the others out: shares with intervals, never a score of truth.

Shares have Wilson's interval of 95 %. Bias is the median log ratio of an origin's counts to the median of what others
say of the same; its interval is that of order statistics, which exists from six counts on.
"""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from tawatur.events.words import fold
from tawatur.findings.estimates import median, standing
from tawatur.findings.nouns import Bias, Profile, Share
from tawatur.findings.phrasing import added, number, words
from tawatur.findings.relations import relate
from tawatur.findings.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tawatur.findings.estimates import Stand
    from tawatur.findings.frames import Frame
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Words
    from tawatur.model import Event, Finding

#: Fewer counts than this have no interval of 95 %: 2 × 0.5⁶ is the first below 0.05.
LEAST = 6
OUTSIDE = 40  # one in forty lies outside on each side
EXACT = 1000
Z = 1.959964
MOST_OTHERS = 200  # origins that one count is set against


class Ratio(NamedTuple):
    """The log ratio of one count of an origin to what others say of the same."""

    claim: str
    log: float


def profiles(ground: Ground) -> tuple[Profile, ...]:
    """Every origin, and every outlet that only relays: those with most claims first."""
    said: dict[str, list[str]] = defaultdict(list)
    for event in ground.events:
        for claim in ground.standing(event):
            said[ground.origin(claim)].append(claim.id)
    ratios = _ratios(ground)
    outlets = _outlets(ground)
    keys = {fold(ground.known_as.get(o, o)): o for o in sorted(said, reverse=True)}
    carried = {keys.get(fold(name), name): claims for name, claims in outlets.items()}
    found = [_profile(ground, o, said.get(o, []), carried.get(o, []), ratios.get(o, [])) for o in {*said, *carried}]
    return tuple(sorted(found, key=lambda p: (-len(p.claims), -len(p.events), p.name, p.origin)))


def _outlets(ground: Ground) -> dict[str, list[str]]:
    """The claims in the reports of each outlet."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(ground.claims):
        if outlet := ground.reports[ground.claims[key].report].outlet:
            found[outlet].append(key)
    return found


def _profile(ground: Ground, origin: str, said: list[str], carried: list[str], ratios: list[Ratio]) -> Profile:
    ids = sorted(said)
    told = _Told(ground, ids)
    shares = [share(len(told.alone), len(ids)), *(share(len(told.in_relation(*kinds)), len(ids)) for kinds in _KINDS)]
    copying = share(sum(key in ground.copied for key in carried), len(carried))
    name = ground.known_as.get(origin) or (ground.name(ground.claims[ids[0]]) if ids else origin)
    return Profile(
        origin=origin,
        name=name,
        sides=tuple(sorted({side for k in ids if (side := ground.side(ground.claims[k]))})),
        events=tuple(sorted({ground.home[k] for k in ids})),
        claims=tuple(ids),
        repeats=tuple(sorted({r for k in ids for r in ground.repeats.get(k, ())})),
        alone=shares[0],
        corroborated=shares[1],
        contradicted=shares[2],
        revised=shares[3],
        copying=copying,
        bias=_bias(ratios),
        words=_line(name, ids, len({ground.home[k] for k in ids}), shares, copying),
    )


_KINDS = (("agree",), ("contradict",), ("revision",))


def caution() -> Words:
    """What profiles do not tell."""
    return words("profile", "caution")


class _Told:
    """What was found of the claims of one origin."""

    def __init__(self, ground: Ground, ids: Sequence[str]) -> None:
        self.ground = ground
        self.ids = ids
        self.alone = {key for key in ids if len(ground.voices.get(ground.home[key], {})) < 2}

    def in_relation(self, *kinds: str) -> set[str]:
        """The claims that have a finding of these kinds; of agreements those with an origin of another side."""
        return {key for key in self.ids if any(self._counts(f, kinds) for f in self.ground.about.get(key, ()))}

    def _counts(self, finding: Finding, kinds: tuple[str, ...]) -> bool:
        sides = {self.ground.side(self.ground.claims[c]) for c in (finding.a, finding.b)}
        one_side = len(sides) == 1 and None not in sides
        return finding.relation in kinds and not (finding.relation == "agree" and one_side)


def _line(name: str, ids: Sequence[str], events: int, shares: Sequence[Share], copying: Share) -> Words:
    told = [say("profile", "share", count=str(s.count), of=str(s.of)) for s in shares]
    line = words(
        "profile",
        "line" if ids else "relays",
        [name],
        name=name,
        claims=str(len(ids)),
        events=str(events),
        alone=told[0],
        agreed=told[1],
        against=told[2],
        revised=told[3],
    )
    return added(line, "profile", "copies", of=str(copying.of), count=str(copying.count)) if copying.of else line


def share(count: int, of: int) -> Share:
    """So many of so many with Wilson's interval; none of nothing."""
    if not of:
        return Share(0, 0, None, None)
    p, z = count / of, Z * Z / of
    middle, half = (p + z / 2) / (1 + z), Z * math.sqrt(p * (1 - p) / of + z / (4 * of)) / (1 + z)
    return Share(count, of, round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3))


def _ratios(ground: Ground) -> dict[str, list[Ratio]]:
    """The log ratios of each origin, one for each quantity of an event that others count too."""
    found: dict[str, list[Ratio]] = defaultdict(list)
    for event in ground.events:
        for stands in _quantities(ground, event):
            for at, stand in enumerate(stands):
                if (ratio := _ratio(stand, (*stands[:at], *stands[at + 1 :])[:MOST_OTHERS])) is not None:
                    found[stand.origin].append(Ratio(stand.frame.claim.id, ratio))
    return found


def _quantities(ground: Ground, event: Event) -> Iterable[list[Stand]]:
    """Where origins stand on each quantity; open bounds and zeros have no ratio and are left out."""
    groups: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for claim in ground.standing(event):
        for frame in ground.frames(claim):
            closed = frame.figure.low and frame.figure.high is not None
            if closed and frame.outcome != "none" and not frame.ahead and not frame.denied:
                groups[frame.population, frame.outcome].append(frame)
    return (standing(groups[kind]) for kind in sorted(groups))


def _ratio(stand: Stand, others: Sequence[Stand]) -> float | None:
    """An origin's count by the median of those of others that may be compared with it, as a logarithm."""
    met = [s for s in others if relate(stand.frame, s.frame, independent=True).relation in ("agree", "contradict")]
    return math.log(stand.point / median([(s.point, s.weight) for s in met])) if met else None


def _bias(ratios: Sequence[Ratio]) -> Bias:
    logs, claims, n = sorted(r.log for r in ratios), tuple(sorted({r.claim for r in ratios})), len(ratios)
    if n < LEAST:
        told = words("profile", "too_few", n=str(n), least=str(LEAST))
        return Bias(n, None, None, None, False, claims, told)
    rank = order(n)
    low, middle, high = logs[rank - 1], median_low(logs), logs[n - rank]
    shown = [number(round(math.exp(value), 2)) for value in (low, middle, high)]
    told = words("profile", "bias", ratio=shown[1], n=str(n), low=shown[0], high=shown[2])
    return Bias(n, round(middle, 4), round(low, 4), round(high, 4), True, claims, told)


def order(n: int) -> int:
    """The rank k for which the k-th lowest and k-th highest of n hold the median in 95 of 100 samples; 0 below six.

    Above ``EXACT`` by the normal distribution.
    """
    if n > EXACT:
        return int((n - Z * math.sqrt(n)) / 2)
    tail, rank = 0, 0
    while (tail := tail + math.comb(n, rank)) * OUTSIDE <= 2**n:
        rank += 1
    return rank
