"""The gazetteer's tables: how many places, of what form, how names are written in Arabic, how the file is read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tawatur.errors import PackError
from tawatur.lang import gazetteer, load

ROOT = Path(__file__).resolve().parents[1]
AR = ROOT / "src" / "tawatur" / "lang" / "ar"
sys.path.append(str(ROOT / "tools"))

import arabic_spelling as spelling  # noqa: E402  # stands in tools/
import build_gazetteer as build  # noqa: E402

DARAA: dict[str, object] = {
    "alternatenames": ["Daraa", "درعا", "ab", "دَرْعا"],
    "population": 97_969,
    "latitude": 32.61889,
    "longitude": 36.10211,
    "name": "Dar'a",
    "countrycode": "SY",
    "admin1code": "06",
}
AREAS = {("SY", "06"): "Daraa"}


def cells(name: str) -> list[list[str]]:
    rows = (AR / name).read_text("utf-8").splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]


def test_twelve_thousand_places_are_known_and_each_is_in_range() -> None:
    rows = [row for name in ("places_own.tsv", "places_areas.tsv", "places_geonames.tsv") for row in cells(name)]
    assert len(rows) >= 12_000
    assert all(-90 <= float(row[5]) <= 90 and -180 <= float(row[6]) <= 180 and float(row[7]) > 0 for row in rows)
    made = [row for name in ("places_areas.tsv", "places_geonames.tsv") for row in cells(name)]
    assert all(re.search("[\u0621-\u064a]", name) for row in made for name in row[0].split("|"))


def test_rows_of_the_built_table_tell_area_and_spelling() -> None:
    rows = cells("places_geonames.tsv")
    assert {row[9] for row in rows} == {"geonames", "persian", "romanised", "turkish", "french"}
    assert sum(bool(row[4]) for row in rows) > 0.9 * len(rows)
    assert len({tuple(row) for row in rows}) == len(rows)


def test_a_row_is_made_of_what_geonames_has() -> None:
    assert build._row(DARAA, AREAS, {}) == (
        "درعا", "Dar'a", "town", "SY", "Daraa", "32.62", "36.10", "5", "97969", "geonames",
    )  # fmt: skip


def test_what_our_own_table_has_nearby_is_left_out_and_a_namesake_far_off_is_not() -> None:
    assert build._row(DARAA, AREAS, {"درعا": [(32.6, 36.1)]}) is None
    assert build._row(DARAA, AREAS, {"درعا": [(35.6, 36.1)]}) is not None


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Al Ḩamīdīyah", "الحميدية"),
        ("Qal‘at Şāliḩ", "قلعة صالح"),
        ("Ra’s Bayrūt", "رأس بيروت"),
        ("Az̧ Z̧a‘āyin", "الظعاين"),
        ("Marsá Maţrūḩ", "مرسى مطروح"),
        ("Umm Qaşr", "أم قصر"),
    ],
)
def test_romanised_arabic_gets_its_letters_back(latin: str, arabic: str) -> None:
    assert spelling.romanised(latin) == arabic


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("Viranşehir", "فيرانشهر"), ("Akçakale", "أقتشاقلعة"), ("Yeşilköy", "يشيلكوي"), ("Uluköy", "أولوكوي")],
)
def test_turkish_names_are_written_by_their_sound(latin: str, arabic: str) -> None:
    assert spelling.turkish(latin) == arabic


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("Aïn M’Lila", "عين مليلة"), ("Outat Oulad Al Haj", "أوتات أولاد الحاج"), ("Sidi Ben Nour", "سيدي بن نور")],
)
def test_names_of_the_maghreb_are_known_by_their_words(latin: str, arabic: str) -> None:
    assert spelling.french(latin) == arabic


def test_persian_letters_become_arabic_ones() -> None:
    assert spelling.persian("گرگان") == "غرغان"
    assert spelling.persian("چالوس") == "تشالوس"


def test_the_built_table_is_read_when_a_name_asks_for_it() -> None:
    table = gazetteer.load(load())
    sites = table.sites("تشالوس")
    assert [(s.country, s.own) for s in sites] == [("IR", False)]
    assert "تشالوس" in table
    assert "لامكانكهذا" not in table


def test_a_built_row_of_the_wrong_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places_geonames.tsv").write_text("درعا\tDaraa\n", "utf-8")
    with pytest.raises(PackError, match=r"places_geonames\.tsv:1"):
        gazetteer.load(load(tmp_path))
