"""Which site a name means, and which place a second mention points back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tawatur.lang.gazetteer import Site

#: Kinds that a noun of the text may stand for, beside its own.
_FITS: dict[str, frozenset[str]] = {
    "city": frozenset({"city", "town", "capital"}),
    "town": frozenset({"town", "village", "city"}),
    "village": frozenset({"village", "town"}),
    "quarter": frozenset({"quarter", "area"}),
    "camp": frozenset({"camp", "base"}),
    "capital": frozenset({"capital"}),
    "governorate": frozenset({"governorate", "area", "district"}),
    "area": frozenset({"area", "governorate", "quarter", "town", "river", "valley", "oilfield"}),
    "crossing": frozenset({"crossing"}),
    "airport": frozenset({"airport", "base", "airfield"}),
    "hospital": frozenset({"hospital", "site"}),
    "site": frozenset(
        {"site", "bridge", "dam", "port", "prison", "oilfield", "road", "square", "mountain", "hill", "river"}
    ),
    "country": frozenset({"country"}),
}  # fmt: skip
#: Kinds whose names are hardly ever anything else, so that they tell where a report is about.
_SURE = frozenset({"country", "capital", "city", "town", "governorate", "camp", "area", "airport", "crossing", "port"})
_FAR_KM = 400.0
_NEARNESS = 2.0  # what the least distance counts more than the greatest


def fits(noun_kind: str, kind: str) -> bool:
    """Whether a place of one kind may be called by a noun of another."""
    return not noun_kind or noun_kind == kind or kind in _FITS.get(noun_kind, frozenset())


@dataclass(slots=True, eq=False)
class Kin:
    """What the sites of one name tell together: their names, a country and how much for it, the only sure site."""

    sites: Sequence[Site]
    names: tuple[str, ...]
    country: str = ""
    weight: int = 0  # 0 when the name does not tell a country
    anchor: Site | None = None
    _scores: dict[str, list[float]] = field(default_factory=dict)  # by the kind that a noun tells

    def scores(self, noun_kind: str) -> list[float]:
        """How likely each site is by itself: its kind, and whether our own table has it."""
        held = self._scores.get(noun_kind)
        if held is None:
            held = self._scores[noun_kind] = [
                3.0 * (bool(noun_kind) and fits(noun_kind, s.kind)) + 5.0 * s.own + 2.0 * (s.kind == "capital")
                for s in self.sites
            ]
        return held


def kin_of(sites: Sequence[Site]) -> Kin:
    """What all sites of a name tell together."""
    names = tuple(dict.fromkeys(site.name for site in sites))
    own = [s for s in sites if s.own and s.kind in _SURE]
    if not own or len({s.country for s in own}) > 1:
        return Kin(sites, names)
    country = own[0].kind == "country"
    anchor = own[0] if len(own) == 1 and not country else None
    return Kin(sites, names, own[0].country, 1 if country else 2, anchor)


class Setting:
    """Where a report is about: the countries and sites that its unambiguous names give."""

    def __init__(self, names: Iterable[Kin], hint: str | None = None) -> None:
        self.votes: Counter[str] = Counter({hint: 3} if hint else {})
        self.anchors: list[Site] = []
        self._near: dict[int, float] = {}  # by the identity of a gazetteer's site
        self._picked: dict[tuple[Kin, str], Site] = {}
        for kin in names:
            if kin.weight:
                self.votes[kin.country] += kin.weight
                if kin.anchor is not None:
                    self.anchors.append(kin.anchor)
        self._leading = max(self.votes, key=self.votes.__getitem__, default="")

    def leading(self) -> str:
        """The country that most names are in, empty when none is."""
        return self._leading

    def home(self, site: Site) -> bool:
        """Whether a site lies in a country of the report."""
        return not site.country or self.votes.get(site.country, 0) > 0

    def near(self, site: Site) -> float:
        """Kilometres to the nearest unambiguous site of the report; far when there is none."""
        known = self._near.get(id(site))
        if known is None:
            known = self._near[id(site)] = min((site.km(a) for a in self.anchors if a is not site), default=_FAR_KM)
        return known

    def pick(self, kin: Kin, noun_kind: str) -> Site:
        """The likeliest of several sites of one name: kind, country, nearness, our own table, people."""
        if len(kin.sites) == 1:
            return kin.sites[0]
        held = self._picked.get((kin, noun_kind))
        if held is None:
            held = self._picked[kin, noun_kind] = self._likeliest(kin, noun_kind)
        return held

    def _likeliest(self, kin: Kin, noun_kind: str) -> Site:
        votes, sites = self.votes.get, kin.sites
        scores = [own + min(votes(site.country, 0), 6) for own, site in zip(kin.scores(noun_kind), sites, strict=True)]
        least = max(scores) - _NEARNESS
        rivals = [(score, site) for score, site in zip(scores, sites, strict=True) if score >= least]
        if len(rivals) == 1:
            return rivals[0][1]
        return max(rivals, key=lambda rival: (rival[0] + self._nearness(rival[1]), rival[1].population))[1]

    def _nearness(self, site: Site) -> float:
        return -_NEARNESS * min(self.near(site), _FAR_KM) / _FAR_KM
