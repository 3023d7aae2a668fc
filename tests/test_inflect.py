"""Paradigms: what forms a verb and a noun have. The expected forms are those of a school grammar, vowels left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.lang.fold import fold_word
from tawatur.lang.inflect import light_stem, noun, verb


def forms(past: str, present: str, tense: str) -> set[str]:
    return {form for form, held in verb(past, present) if held == tense}


def numbers(spec: str) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for form, number in noun(spec):
        out.setdefault(number, set()).add(form)
    return out


@pytest.mark.parametrize(
    ("past", "present", "right_past", "right_present"),
    [
        ("قتل", "يقتل", "قتل قتلت قتلا قتلتا قتلوا قتلن قتلنا قتلتم", "يقتل تقتل يقتلون يقتلوا تقتلان يقتلن نقتل"),
        ("غادر", "يغادر", "غادر غادرت غادروا غادرا غادرتا", "يغادر تغادر يغادرون يغادروا يغادران"),
        ("قال", "يقول", "قال قالت قالوا قالا قلت قلنا قلن", "يقول تقول يقولون يقولوا يقل تقل نقول"),
        ("عاد", "يعود", "عاد عادت عادوا عدن عدنا", "يعود تعود يعودون يعد تعد"),
        ("سار", "يسير", "سار سارت ساروا سرنا", "يسير تسير يسيرون يسر"),
        ("نفى", "ينفي", "نفي نفت نفوا نفيا نفتا نفينا", "ينفي تنفي ينفون ينفوا ينفيان ينف تنف"),
        ("دعا", "يدعو", "دعا دعت دعوا دعونا", "يدعو تدعو يدعون يدعوا يدع"),
        ("بقي", "يبقى", "بقي بقوا بقينا", "يبقي تبقي يبقون يبق تبق"),
        ("تلقى", "يتلقى", "تلقي تلقت تلقوا", "يتلقي يتلقون يتلق"),
    ],
)
def test_sound_hollow_and_defective_verbs(past: str, present: str, right_past: str, right_present: str) -> None:
    assert set(right_past.split()) <= forms(past, present, "past") | forms(past, present, "spoken")
    assert set(right_present.split()) <= forms(past, present, "present") | forms(past, present, "jussive")


def test_forms_that_lost_a_weak_letter_are_told_apart() -> None:
    assert forms("قال", "يقول", "jussive") == {"يقل", "تقل"}
    assert forms("نفى", "ينفي", "jussive") == {"ينف", "تنف"}
    assert forms("قال", "يقول", "spoken") == {"قلت", "قلنا", "قلن", "قلتم"}
    assert forms("قتل", "يقتل", "jussive") == forms("قتل", "يقتل", "spoken") == set()


@pytest.mark.parametrize(
    ("past", "present", "right"), [("بدأ", "يبدأ", "بدات بداوا بدانا"), ("لجأ", "يلجأ", "لجات لجاوا")]
)
def test_a_verb_that_ends_in_hamza_is_a_sound_one(past: str, present: str, right: str) -> None:
    assert set(right.split()) <= forms(past, present, "past")


def test_a_defective_verb_drops_its_last_letter_before_the_plural() -> None:
    assert "نفيوا" not in forms("نفى", "ينفي", "past")
    assert "ينفيون" not in forms("نفى", "ينفي", "present")


def test_a_hollow_verb_keeps_its_long_vowel_where_no_consonant_follows() -> None:
    past = forms("قال", "يقول", "past")
    assert "قلوا" not in past
    assert "قلا" not in past


def test_a_short_verb_has_no_form_that_is_another_word() -> None:
    assert "فرن" not in forms("فر", "يفر", "past")


@pytest.mark.parametrize(
    ("spec", "right"),
    [
        ("مدني|+ون", {"singular": "مدني", "dual": "مدنيان مدنيين", "plural": "مدنيون مدنيين"}),
        ("سيارة|+ات", {"singular": "سياره", "dual": "سيارتان سيارتين", "plural": "سيارات"}),
        ("قتيل|قتلى", {"singular": "قتيل", "dual": "قتيلان قتيلين", "plural": "قتلي"}),
        ("طريق|طرق|طرقات", {"singular": "طريق", "dual": "طريقان", "plural": "طرق طرقات"}),
        ("مشفى|مشافي", {"singular": "مشفي", "dual": "مشفيان مشفيين", "plural": "مشافي"}),
    ],
)
def test_sound_and_broken_plurals_and_duals(spec: str, right: dict[str, str]) -> None:
    found = numbers(spec)
    for number, words in right.items():
        assert set(words.split()) <= found[number]


def test_a_feminine_noun_takes_its_t_before_the_dual_ending_only() -> None:
    found = numbers("قذيفة|قذائف")
    assert "قذيفهان" not in found["dual"]
    assert found["singular"] == {"قذيفه"}


def test_a_plural_without_a_singular() -> None:
    assert numbers("-|ضحايا") == {"plural": {"ضحايا"}}


@pytest.mark.parametrize(
    ("word", "stem"), [("محاصرون", "محاصر"), ("سيارات", "سيار"), ("منازلهم", "منازل"), ("دم", "دم"), ("يون", "يون")]
)
def test_light_stem(word: str, stem: str) -> None:
    assert light_stem(word) == stem


_ROOT = st.text("بتجحدرسشصطعفقكلم", min_size=3, max_size=3)


@given(_ROOT)
def test_every_form_is_folded_and_begins_as_its_paradigm_does(root: str) -> None:
    for form, tense in verb(root, "ي" + root):
        assert form == fold_word(form)
        assert form[0] in ("ينتا" if tense == "present" else root[0])


@given(_ROOT)
def test_a_light_stem_is_never_shorter_than_three_letters(root: str) -> None:
    for form, _ in noun(f"{root}|+ون|+ات"):
        assert len(light_stem(form)) >= 3
        assert form.startswith(light_stem(form))
