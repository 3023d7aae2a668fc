"""A place as somebody names it in, the area in which claims of it lie out.

A governorate or a country is what lies nearest to its places in the gazetteer, any other place a circle of its own
extent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, radians

from tawatur.errors import LedgerError
from tawatur.lang import load, load_for
from tawatur.lang.gazetteer import Site, rows_of
from tawatur.lang.gazetteer import load as load_gazetteer
from tawatur.lang.plurals import other_numbers

KM_A_DEGREE = 111.2
_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,،]\s*(-?\d+(?:\.\d+)?)\s*")
_LEAST_KM = 1.0
_WIDE = ("governorate", "country")
_WIDEST_KM, _FARTHEST_KM = 100.0, 25.0  # of a governorate; of a place from the nearest one known
_SIDE = 0.25  # degrees: more than _FARTHEST_KM from north to south
_SUFFIXES = (" Governorate", " state", " Province", " Region")


@dataclass(frozen=True, slots=True)
class Area:
    """Circles (latitude, longitude in degrees, km), and regions: ``SY:Aleppo`` is a governorate, ``SY:`` a country."""

    circles: tuple[tuple[float, float, float], ...]
    regions: tuple[str, ...] = ()

    def boxes(self) -> Iterator[tuple[float, float, float, float]]:
        """South, west, north and east of the circles."""
        for lat, lon, km in self.circles:
            north, east = km / KM_A_DEGREE, km / (KM_A_DEGREE * max(0.01, cos(radians(lat))))
            yield lat - north, lon - east, lat + north, lon + east


def area_of(place: str, radius_km: float | None) -> Area:
    """The area of a place: a name of the gazetteer, in Arabic or English, or ``LAT,LON``; with a radius a circle.

    Raises LedgerError for a place that is not known, or a radius that is none.
    """
    if radius_km is not None and not 0 < radius_km <= 20_000:
        raise LedgerError(f"{radius_km:g} km is no radius", "give more than 0 km")
    if point := _POINT.fullmatch(place):
        lat, lon = float(point[1]), float(point[2])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise LedgerError(f"{place!r} is no latitude and longitude", "give degrees, as in 36.2,37.16")
        return Area(((lat, lon, radius_km or _LEAST_KM),))
    sites = _sites(place)
    if not sites:
        raise LedgerError(f"{place!r} is not in the gazetteer", "give another name, or latitude and longitude")
    if radius_km is not None:
        return Area(tuple((site.lat, site.lon, radius_km) for site in sites))
    regions = tuple(sorted({_region(site) for site in sites if site.kind in _WIDE}))
    return Area(tuple((s.lat, s.lon, max(s.radius_km, _LEAST_KM)) for s in sites if s.kind not in _WIDE), regions)


@lru_cache(maxsize=100_000)
def region_of(lat: float, lon: float, radius_km: float | None) -> str:
    """The region in which a place lies, by the nearest place of the gazetteer; empty far from all.

    A place wider than a governorate lies in its country only.
    """
    wide = radius_km is not None and radius_km > _WIDEST_KM
    here = Site("", "", "", "", lat, lon, 0)
    known = _countries() if wide else [site for cell in _around(lat, lon) for site in _towns().get(cell, ())]
    nearest = min(known, key=lambda site: (here.km(site), site.name), default=None)
    if nearest is None or here.km(nearest) > (_WIDEST_KM if wide else _FARTHEST_KM):
        return ""
    return f"{nearest.country}:" if wide else f"{nearest.country}:{nearest.admin}"


def _sites(place: str) -> tuple[Site, ...]:
    words = " ".join(place.split())
    packs = (load(), load_for("en", ()))
    return next((sites for pack in packs if words and (sites := load_gazetteer(pack).sites(words))), ())


def _region(site: Site) -> str:
    admin = "" if site.kind == "country" else site.admin or site.name
    for suffix in _SUFFIXES:
        admin = admin.removesuffix(suffix)
    return f"{site.country}:{admin}"


def _around(lat: float, lon: float) -> Iterator[tuple[int, int]]:
    south, west = floor(lat / _SIDE), floor(lon / _SIDE)
    return ((south + n, west + e) for n in (-1, 0, 1) for e in (-1, 0, 1))


@lru_cache(maxsize=1)
def _towns() -> dict[tuple[int, int], list[Site]]:
    towns: dict[tuple[int, int], list[Site]] = defaultdict(list)
    for site in _every():
        if site.admin and site.kind not in _WIDE:
            towns[floor(site.lat / _SIDE), floor(site.lon / _SIDE)].append(site)
    return towns


@lru_cache(maxsize=1)
def _countries() -> list[Site]:
    return [site for site in _every() if site.kind == "country"]


@lru_cache(maxsize=1)
def _every() -> tuple[Site, ...]:
    tables = (path for folder in load().folders for path in sorted(folder.glob("places*.tsv")))
    return tuple({site for path in tables for _, site in rows_of(path, 0)})


def numbers_of(word: str) -> frozenset[str]:
    """The other numbers of a folded noun, where its plural is a word of its own."""
    return other_numbers(load()).get(word, frozenset())


def is_word(word: str) -> bool:
    """Whether a folded word is one that the packs know: of a place, or of an entry."""
    pack = load()
    return word in pack.lexicon.forms or word in load_gazetteer(pack)
