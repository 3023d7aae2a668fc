"""The gazetteer of a pack: ``places*.tsv`` in, names by their first word out.

Columns: Arabic names with ``|`` between them, English name, kind, ISO country, admin, latitude, longitude, radius in
km, population, source of the spelling (the last two where known). A later folder's rows are added to the pack's;
several rows may share a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path

from tawatur.errors import PackError
from tawatur.lang.fold import fold_word
from tawatur.lang.pack import HERE, Pack

_PARTS = re.compile(r"\w+|[^\w\s]")
GENERATED = "places_geonames"  # the table that the build makes
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
    """All names, by first folded word; the sites of a name are made when it is first asked for."""

    def __init__(self, sites: Iterable[tuple[str, Site]], lines: Iterable[str] = (), column: int = 0) -> None:
        """``sites``: names with what they name; ``lines``: rows of a checked table, read when a name asks for them;
        ``column``: where the names stand in those rows."""
        self._named: dict[str, list[tuple[str, Site | str]]] = {}  # first word → names with site or row
        self._tails: dict[str, list[Tail]] = {}
        self._rows: dict[str, Site] = {}
        self.of_country: dict[tuple[str, str], Site] = {}
        known, rows = list(sites), list(lines)
        for name, (_, site) in zip(_folded([name for name, _ in known]), known, strict=True):
            self._put(name, site)
            if site.kind in ("capital", "country"):
                self.of_country[site.country, site.kind] = site
        for names, row in zip(_folded([row.split("\t", column + 1)[column] for row in rows]), rows, strict=True):
            for name in names.split("|"):
                self._put(name, row)

    def _put(self, folded: str, site: Site | str) -> None:
        first = folded.split(" ", 1)[0]
        if not first.isalnum():
            first = (_PARTS.findall(folded) or [""])[0]
        self._named.setdefault(first, []).append((folded, site))

    def __contains__(self, first: str) -> bool:
        return first in self._named

    def tails(self, first: str) -> list[Tail]:
        """What may follow a folded word in names and the sites so called, longest first."""
        held = self._tails.get(first)
        if held is None:
            named: dict[tuple[str, ...], list[Site]] = {}
            for folded, site in self._named.get(first, ()):
                named.setdefault(tuple(_PARTS.findall(folded)[1:]), []).append(self._made(site))
            held = self._tails[first] = [(tail, tuple(dict.fromkeys(sites))) for tail, sites in named.items()]
            held.sort(key=lambda tail: -len(tail[0]))
        return held

    def _made(self, site: Site | str) -> Site:
        if isinstance(site, Site):
            return site
        if site not in self._rows:
            self._rows[site] = _site(site.split("\t"), own=False)
        return self._rows[site]

    def sites(self, name: str) -> tuple[Site, ...]:
        """The sites of a name as written, with or without marks and hamza."""
        first, *rest = _PARTS.findall(fold_word(name))
        return next((sites for tail, sites in self.tails(first) if tail == tuple(rest)), ())


def _folded(names: Sequence[str]) -> list[str]:
    """Names folded all at once."""
    return fold_word("\n".join(names)).split("\n") if names else []


def load(pack: Pack) -> Gazetteer:
    """The gazetteer of a pack, read once and kept in ``pack.cache``. Raises PackError for a bad row.

    A language without tables of its own takes the Arabic ones by their English names.
    """
    held = pack.cache.get("gazetteer")
    if not isinstance(held, Gazetteer):
        column = 0 if any(pack.folders[0].glob("places*.tsv")) else 1
        folders = pack.folders if column == 0 else (HERE / "ar", *pack.folders)
        paths = [path for folder in folders for path in sorted(folder.glob("places*.tsv"))]
        made = [path for path in paths if path.stem == GENERATED]
        own = [(path, column if path.parent == folders[0] else 0) for path in paths if path not in made]
        rows = (row for path, at in own for row in _rows(path, at))
        held = pack.cache["gazetteer"] = Gazetteer(rows, (line for path in made for line in _lines(path)), column)
    return held


def rows_of(path: Path, column: int) -> Iterator[tuple[str, Site]]:
    """The names of a table, read from a column, with their sites: for lists that are not kept by first word."""
    if path.stem != GENERATED:
        yield from _rows(path, column)
        return
    for line in _lines(path):
        cells = line.split("\t")
        yield from ((name, _site(cells, own=False)) for name in cells[column].split("|"))


def _lines(path: Path) -> Iterator[str]:
    """The rows of the generated table, which the build has checked; only their shape is looked at."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and line[0] != "#":
            if line.count("\t") not in (8, 9):
                raise PackError(f"{path.name}:{number}: {line.count(chr(9)) + 1} columns, a place has 9 or 10")
            yield line


def _rows(path: Path, column: int) -> Iterator[tuple[str, Site]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and line[0] != "#":
            cells = line.split("\t")
            try:
                site = _site(cells, own=True)
            except ValueError as error:
                raise PackError(f"{path.name}:{number}: {error}") from error
            yield from ((name, site) for name in cells[column].split("|"))


def _site(cells: list[str], own: bool) -> Site:
    if len(cells) not in (8, 9, 10):
        raise ValueError(f"{len(cells)} columns, a place has 8 to 10")
    english, kind, country, admin, lat, lon, radius = cells[1:8]
    north, east = float(lat), float(lon)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError(f"{lat} {lon} is no latitude and longitude")
    population = int(cells[8] or 0) if len(cells) > 8 else 0
    return Site(english, kind, country, admin, north, east, float(radius), population, own)
