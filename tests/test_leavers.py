"""All who left are people, whatever noun counts them."""

from __future__ import annotations

import pytest

from tawatur.claims import figures
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import load

PACK = load()


def populations(text: str) -> list[tuple[str, str]]:
    tokens = tokenise(text, PACK.lexicon)
    found = figures.settle(figures.find(tokens, PACK), tokens, 0, len(tokens), "evacuation", "completed", PACK)
    return [(f.text, f.population) for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "ما تم إجلاؤه حتى الآن لا يتعدى 40 مدنياً",
        "وما تم إخراجه لا يتجاوز الـ40 مدنياً",
        "وعدد من غادروا البلدة لا يتجاوز 40 مدنياً",
        "مجموع الخارجين من الحي بلغ 40 مدنياً",
        "عدد من أُجلوا وصل إلى 40 مدنياً",
        "والذين خرجوا لا يزيدون على 40 لاجئاً",
        "من تم إجلاؤهم لم يتجاوز 40 مدنياً",
    ],
)
def test_those_who_left_are_people(text: str) -> None:
    assert [population for _, population in populations(text)] == ["people"]


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("خرج 40 مدنياً من الحي", "civilians"),
        ("تم إجلاء 40 مدنياً من الحي", "civilians"),
        ("عدد المدنيين الذين خرجوا بلغ 40 مدنياً", "civilians"),
        ("بعد خروج القافلة بلغ عدد القتلى 40 مدنياً", "civilians"),
        ("عدد من غادروا بلغ 40 عائلة", "families"),
        ("ما تم إجلاؤه لا يتعدى 40 مدنياً. وخرج 30 مدنياً", "civilians"),
    ],
)
def test_other_figures_follow_their_nouns(text: str, population: str) -> None:
    assert populations(text)[-1][1] == population


def test_those_among_all_who_left_follow_their_own_noun() -> None:
    found = populations("عدد من غادروا البلدة بلغ 40 مدنياً بينهم 12 طفلاً")
    assert found == [("40 مدنياً", "people"), ("12 طفلاً", "children")]
