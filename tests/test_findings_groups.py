"""Who a claim names, and that a denial about one group says nothing of another."""

from __future__ import annotations

import pytest

from tawatur.findings.frames import counted
from tawatur.findings.groups import apart
from tawatur.findings.named import named_in
from tawatur.model import Figure, Population, Span


@pytest.mark.parametrize(
    ("quote", "named"),
    [
        ("لم يخرج أي مقاتل من الحي", {"fighters"}),
        ("نُقل المرضى والجرحى إلى المشفى", {"patients", "wounded"}),
        ("اكتملت العملية مساء أمس", set()),
        ("خرج ألف شخص بينهم مقاتلون", set()),  # people at large: everybody may be meant
    ],
)
def test_the_groups_that_a_claim_names(quote: str, named: set[str]) -> None:
    assert named_in(quote) == named


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        ("لم يخرج أي مقاتل", "نُقل سبعون مريضاً", True),
        ("لم يخرج أي مقاتل", "غادر 300 مسلح", False),
        ("لم يخرج أي مدني", "خرجت عشرون امرأة", False),  # women are civilians
        ("لم يخرج أحد", "غادر 300 مسلح", False),  # who names nobody denies it of all
    ],
)
def test_groups_that_have_nothing_to_do_with_each_other(one: str, other: str, right: bool) -> None:
    assert apart(one, other) is right
    assert apart(other, one) is right


@pytest.mark.parametrize(
    ("text", "population", "counted_as"),
    [
        ("194 مريضاً وجريحاً", "people", "patients"),
        ("أكثر من 9500 شخص", "people", "people"),
        ("لا يتجاوز 7000 مدني", "people", "people"),  # all who left, whatever noun counts them
        ("12 جريحاً", "wounded", "wounded"),
    ],
)
def test_the_sick_and_the_hurt_are_not_people_at_large(
    text: str, population: Population, counted_as: Population
) -> None:
    assert counted(Figure(text, Span(0, len(text)), 1, 1, False, population, "evacuated")) == counted_as
