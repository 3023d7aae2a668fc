"""The gazetteer of a pack: ``places*.tsv`` in, names by their first word out.

Columns: Arabic names with ``|`` between them, English name, kind, ISO country, admin, latitude, longitude, radius in
km, population (GeoNames rows only). A later folder's rows are added to the pack's; several rows may share a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path

from tawatur.errors import PackError
from tawatur.lang.fold import fold_word
from tawatur.lang.pack import Pack

_PARTS = re.compile(r"\w+|[^\w\s]")
_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Site:
    """One place: degrees, a radius in km within which the name holds, people living there (0 when not known)."""

    name: str
    kind: str
    country: str
    admin: str
    lat: float
    lon: float
    radius_km: float
    population: int = 0
    own: bool = True  # from our own table, not from GeoNames

    def km(self, other: Site) -> float:
        """The distance of two sites in km, by an equal-distance approximation good enough within a country."""
        east = (self.lon - other.lon) * cos(radians((self.lat + other.lat) / 2))
        return _KM_A_DEGREE * hypot(self.lat - other.lat, east)


#: What follows the first word of a name, and the sites so called.
Tail = tuple[tuple[str, ...], tuple[Site, ...]]


class Gazetteer:
    """All names, by first folded word; tails stand longest first."""

    def __init__(self, sites: Iterable[tuple[str, Site]]) -> None:
        named: dict[tuple[str, ...], list[Site]] = {}
        for name, site in sites:
            named.setdefault(tuple(_PARTS.findall(fold_word(name))), []).append(site)
        self.heads: dict[str, list[Tail]] = {}
        for parts, held in named.items():
            self.heads.setdefault(parts[0], []).append((parts[1:], tuple(held)))
        for tails in self.heads.values():
            tails.sort(key=lambda tail: -len(tail[0]))
        self.of_country = {
            (s.country, s.kind): s for held in named.values() for s in held if s.kind in ("capital", "country")
        }

    def sites(self, name: str) -> tuple[Site, ...]:
        """The sites of a name as written, with or without marks and hamza."""
        first, *rest = _PARTS.findall(fold_word(name))
        return next((sites for tail, sites in self.heads.get(first, ()) if tail == tuple(rest)), ())


def load(pack: Pack) -> Gazetteer:
    """The gazetteer of a pack, read once and kept in ``pack.cache``. Raises PackError for a bad row."""
    held = pack.cache.get("gazetteer")
    if not isinstance(held, Gazetteer):
        paths = [path for folder in pack.folders for path in sorted(folder.glob("places*.tsv"))]
        held = pack.cache["gazetteer"] = Gazetteer(row for path in paths for row in _rows(path))
    return held


def _rows(path: Path) -> Iterator[tuple[str, Site]]:
    own = "geonames" not in path.stem
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and line[0] != "#":
            try:
                names, site = _site(line.split("\t"), own)
            except ValueError as error:
                raise PackError(f"{path.name}:{number}: {error}") from error
            yield from ((name, site) for name in names)


def _site(cells: list[str], own: bool) -> tuple[list[str], Site]:
    if len(cells) not in (8, 9):
        raise ValueError(f"{len(cells)} columns, a place has 8 or 9")
    names, english, kind, country, admin, lat, lon, radius = cells[:8]
    north, east = float(lat), float(lon)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError(f"{lat} {lon} is no latitude and longitude")
    population = int(cells[8]) if len(cells) == 9 else 0
    return names.split("|"), Site(english, kind, country, admin, north, east, float(radius), population, own)
