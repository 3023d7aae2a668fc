"""Everyday queries over two dossiers, and the reports that a reader finds who looks for the same with his own eyes.

The lists were made by reading the reports: one is in a list when it speaks of what is asked in these words, however
they are inflected or written, in any number; other words for the same thing are not expected.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import tawatur
from gold import GOLD
from tawatur.ledger import Ledger, open_ledger, search
from tawatur.model import Comparison

DOSSIERS = {"a": "aleppo-2016", "m": "mosul-2017"}
QUERIES = {
    "الراموسة": "a01 a02 a04 a05 a06",
    "مستشفى": "a01 a02 m03",
    "مسلحين": "a03 a07 m03 m09",
    "ادلب": "a01 a02 a07",
    "نازحين": "m01 m06 m09",
    "الهلال الأحمر": "a06 a07",
    "مدير المرصد": "a07 a09",
    "٩٥٠٠ شخص": "a03",
    "كفريا والفوعة": "a05 a06 a07 a09",
    "أطفال": "a01 a02 a03 m01 m03 m04 m05 m07",
    "مجلس الامن": "a07 a09",
    "داعش": "m02 m06 m07 m09",
    "تلعفر": "m01 m09",
    '"الشرطة الاتحادية"': "m02 m03 m06",
    "جثه": "m04 m05 m06 m07",
    "هجوم كيميائى": "m02 m03",
    "للتحالف": "m04 m05 m07",
    "المخيمات": "m01 m06 m09",
    "ضربة": "m02 m03 m04 m05 m06",
    "إجلاء OR إخلاء": "a01 a02 a04 a06 a07 a09 m02",
    "«الصليب الأحمر»": "a01 a09 m03",
    "جريح*": "a01 a02 a03 a04 a05 m03",
}


@pytest.fixture(scope="module")
def dossier() -> dict[str, Comparison]:
    return {key: tawatur.run(GOLD / "dev" / name / "reports.jsonl") for key, name in DOSSIERS.items()}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ledgers(
    request: pytest.FixtureRequest, dossier: dict[str, Comparison], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Ledger]]:
    folder = tmp_path_factory.mktemp("queries")
    made = {}
    for key, comparison in dossier.items():
        on_file = f"sqlite:///{folder / key}.db"
        url = on_file if request.param == "sqlite" else request.getfixturevalue("new_database")()
        made[key] = open_ledger(url, create=True)
        made[key].write(comparison)
    yield made
    for ledger in made.values():
        ledger.close()


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_what_a_reader_would(ledgers: dict[str, Ledger], query: str) -> None:
    found = {
        key + hit.report.name.removeprefix("r")
        for key, ledger in ledgers.items()
        for hit in search(ledger, query, limit=1000).hits
    }
    assert found == set(QUERIES[query].split())
