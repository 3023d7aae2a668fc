"""Look-up of written words: proclitics, pronouns, spellings, phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import lang
from tawatur.claims.tokens import tokenise
from tawatur.lang.clitics import _ALL_PREFIXES
from tawatur.lang.forms import expand
from tawatur.lang.lexicon import Lexicon, article, cuts
from tawatur.lang.schema import EntrySpec

PACK = lang.load()


def lexicon(*entries: tuple[str, dict[str, list[str]]]) -> Lexicon:
    held = Lexicon()
    for number, (cls, words) in enumerate(entries):
        spec = EntrySpec.model_validate({"id": f"e{number}", "cls": cls, "examples": [{"text": "س"}], **words})
        held.add("events", spec)
    return held


SMALL = lexicon(
    ("say", {"verbs": ["قال يقول", "نفى ينفي", "أبلغ يبلغ"]}),
    ("thing", {"nouns": ["قافلة|قوافل", "لاجئ|+ون", "مبنى|مبان"]}),
    ("cue", {"words": ["ربما", "بعد"]}),
    ("deal", {"phrases": ["وقف (كامل) إطلاق|لإطلاق النار", "{دخل يدخل} حيز التنفيذ"]}),
)


def sense(word: str, held: Lexicon = SMALL) -> tuple[str, str, str] | None:
    """Class, proclitics and pronoun of the first sense."""
    known = held.word(word)
    return (known.senses[0].entry.cls, known.prefixes[0], known.suffixes[0]) if known.senses else None


@pytest.mark.parametrize(
    ("word", "prefix", "suffix"),
    [
        ("قال", "", ""),
        ("وقالت", "و", ""),
        ("فقالوا", "ف", ""),
        ("سيقول", "س", ""),
        ("وسيقولون", "وس", ""),
        ("ليقول", "ل", ""),
        ("نَفَى", "", ""),
        ("نفاه", "", "ه"),
        ("أبلغهم", "", "هم"),
        ("ابلغوها", "", "ها"),
    ],
)
def test_verbs_take_conjunctions_the_future_and_pronouns(word: str, prefix: str, suffix: str) -> None:
    assert sense(word) == ("say", prefix, suffix)


@pytest.mark.parametrize("word", ["القال", "بقالت", "كيقول", "والقالوا"])
def test_verbs_take_no_article_and_no_preposition(word: str) -> None:
    assert sense(word) is None


@pytest.mark.parametrize(
    ("word", "prefix", "suffix"),
    [
        ("قافلة", "", ""),
        ("القافلة", "ال", ""),
        ("والقافلتين", "وال", ""),
        ("بالقوافل", "بال", ""),
        ("للقافلة", "لل", ""),
        ("لقافلة", "ل", ""),
        ("قافلتهم", "", "هم"),
        ("قافله", "", ""),
        ("قوافلنا", "", "نا"),
        ("للاجئين", "ل", ""),
        ("وللاجئين", "ول", ""),
        ("لاجئاً", "", "ا"),
        ("مبناها", "", "ها"),
    ],
)
def test_nouns_take_article_prepositions_and_pronouns(word: str, prefix: str, suffix: str) -> None:
    assert sense(word) == ("thing", prefix, suffix)


def test_a_noun_with_the_article_takes_no_pronoun() -> None:
    assert sense("القوافلهم") is None


@pytest.mark.parametrize("word", ["رُبَّما", "ربـــما", "وربما", "ربم\u200dا"])
def test_marks_tatweel_and_joiners_do_not_hide_a_word(word: str) -> None:
    known = sense(word)
    assert known is not None
    assert known[0] == "cue"


def test_a_word_is_analysed_once() -> None:
    assert SMALL.word("والقافلة") is SMALL.word("والقافلة")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("أعلن وقف إطلاق النار أمس", "وقف إطلاق النار"),
        ("بدأ وقف لإطلاق النار", "وقف لإطلاق النار"),
        ("على وقف كامل لإطلاق النار", "وقف كامل لإطلاق النار"),
        ("ووقف إطلاق النار", "ووقف إطلاق النار"),
        ("الاتفاق سيدخل حيز التنفيذ غدا", "سيدخل حيز التنفيذ"),
        ("ودخلت حيّز التنفيذ", "ودخلت حيّز التنفيذ"),
    ],
)
def test_phrases_stand_as_one_token(text: str, phrase: str) -> None:
    tokens = tokenise(text, SMALL)
    found = [tokens.of(n, n + 1) for n, word in enumerate(tokens.words) if "deal" in word.classes]
    assert found == [phrase]


@pytest.mark.parametrize("text", ["وقف إطلاق", "وقف النار", "حيز التنفيذ", "وقف كامل"])
def test_a_part_of_a_phrase_is_not_the_phrase(text: str) -> None:
    assert all("deal" not in word.classes for word in tokenise(text, SMALL).words)


def test_the_longest_of_two_phrases_wins() -> None:
    held = lexicon(("short", {"phrases": ["إطلاق النار"]}), ("long", {"phrases": ["إطلاق النار الكثيف"]}))
    assert [w.senses[0].entry.cls for w in tokenise("إطلاق النار الكثيف", held).words] == ["long"]
    assert tokenise("إطلاق النار المتقطع", held).words[0].senses[0].entry.cls == "short"


def test_expand_gives_every_way_to_say_a_phrase() -> None:
    assert set(expand("أ|ب (ج) د")) == {("ا", "د"), ("ب", "د"), ("ا", "ج", "د"), ("ب", "ج", "د")}
    assert ("يعود", "ادراجه") in set(expand("{عاد يعود} أدراجه"))


def test_article_without_a_known_word() -> None:
    assert [article(w) for w in ("والمدينه", "للمدينه", "الى", "مدينه")] == ["وال", "لل", "", ""]


@given(st.text("ابتجسفكلموي", min_size=1, max_size=9))
def test_cuts_put_back_together_give_the_word(fold: str) -> None:
    for prefix, rest in cuts(fold):
        assert prefix + rest == fold or (prefix.endswith("لل") and prefix[:-1] + rest == fold)


@given(st.text(min_size=1, max_size=12))
def test_no_word_is_too_strange_to_look_up(raw: str) -> None:
    word = PACK.lexicon.word(raw)
    assert word.raw == raw
    assert len(word.senses) == len(word.prefixes) == len(word.suffixes)
    assert word.classes == {s.entry.cls for s in word.senses}


@given(st.text(alphabet="والبكلفسمت", max_size=7))
def test_proclitics_are_sought_by_a_words_first_letter_and_none_is_missed(fold: str) -> None:
    found = list(cuts(fold))
    for prefix in _ALL_PREFIXES:
        assert any(cut == prefix for cut, _ in found) == (
            fold.startswith(prefix) and len(fold) >= len(prefix) + 1 + bool(prefix)
        )
    assert [len(cut) for cut, _ in found] == sorted(len(cut) for cut, _ in found)
