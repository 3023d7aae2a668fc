"""What a relay altered in the words it took: figures, hedges, attributions, with the words of both sides."""

from __future__ import annotations

import random

import pytest

from copies_world import edited, story
from tawatur.copies import Marks, altered, trace
from tawatur.model import Report

ARABIC = (
    "قال مدير المستوصف في البلدة إن أكثر من 50 مدنيا أصيبوا في قصف المطحنة صباح الخميس. وأضاف أن نحو ثلاثين جريحا "
    "نقلوا إلى المشفى القريب من الساحة. وربما ارتفع العدد مع استمرار البحث بين الركام. وفرت مئة أسرة إلى القرى "
    "المجاورة، بحسب لجنة الإغاثة."
)
ENGLISH = (
    "The clinic director said more than 50 civilians were hurt in the shelling of the old mill on Thursday. Reportedly "
    "some 30 wounded were taken to the hospital near the square. The bridge may have been hit during the night by "
    "artillery. According to residents, 100 families fled to the villages nearby."
)
MARKS = Marks()


def told(first: str, later: str) -> set[tuple[str, str | None, str | None]]:
    a, b = Report.make(first, published="2020-03-01"), Report.make(later, published="2020-03-02")
    (link,) = trace([a, b]).links
    assert (link.earlier, link.later) == (a.id, b.id)
    found = altered(a, b, link.passages, MARKS)
    return {(x.kind, x.a and x.a.of(first), x.b and x.b.of(later)) for x in found}


@pytest.mark.parametrize(
    ("text", "old", "new", "kind", "before", "after"),
    [
        (ARABIC, "ثلاثين", "أربعين", "figure", "نحو ثلاثين جريحا", "نحو أربعين جريحا"),
        (ARABIC, "أكثر من 50", "50", "hedge", "أكثر من 50 مدنيا", "50 مدنيا"),
        (ARABIC, "وربما ارتفع", "وارتفع", "hedge", "وربما", None),
        (ARABIC, "، بحسب لجنة الإغاثة", "", "attribution", "بحسب لجنة الإغاثة", None),
        (ARABIC, "لجنة الإغاثة", "الدفاع المدني", "attribution", "بحسب لجنة الإغاثة", "بحسب الدفاع المدني"),
        (ENGLISH, "some 30", "some 40", "figure", "some 30 wounded", "some 40 wounded"),
        (ENGLISH, "more than 50", "50", "hedge", "more than 50 civilians", "50 civilians"),
        (ENGLISH, "Reportedly some", "Some", "hedge", "Reportedly", None),
        (ENGLISH, "may have been hit", "was hit", "hedge", "may have", None),
        (ENGLISH, "According to residents, ", "", "attribution", "According to residents", None),
    ],
)
def test_one_alteration_is_told_alone(text: str, old: str, new: str, kind: str, before: str, after: str | None) -> None:
    assert old in text
    changed = text.replace(old, new)
    assert told(text, changed) == {(kind, before, after)}
    assert told(changed, text) == {(kind, after, before)}


def test_other_spellings_of_the_same_are_no_alteration() -> None:
    assert told(ARABIC, ARABIC.replace("50", "٥٠").replace("مدنيا", "مدنيًا").replace("أكثر", "اكثر")) == set()


def test_what_stands_outside_the_shared_passages_is_not_compared() -> None:
    rng = random.Random(1)
    assert told(ARABIC, f"{story(rng, 60)}\n{ARABIC}\n{story(rng, 60)}") == set()


def test_the_sides_are_mirrored() -> None:
    for seed in range(12):
        rng = random.Random(seed)
        first = story(rng, 80)
        later = edited(rng, first, 0.2)
        a, b = Report.make(first, published="2020-03-01"), Report.make(later, published="2020-03-02")
        (link,) = trace([a, b]).links
        there = altered(a, b, link.passages, MARKS)
        back = altered(b, a, [(y, x) for x, y in link.passages], MARKS)
        figures = [{(x.a, x.b) for x in there if x.kind == "figure"}, {(x.b, x.a) for x in back if x.kind == "figure"}]
        assert len(figures[0]) == len(figures[1])
        for found in there:
            assert found.a or found.b
