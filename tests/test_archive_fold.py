"""Folding: what is made equal, what is kept apart, and the map between folded and raw spans."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.archive.fold import fold, fold_word
from tawatur.model import Span

ODD = "اأإآٱىيیةهؤئءلكکمن ـ\u064b\u0651\u0670\u06d6\u200f\u200c\u202b\u2067\ufeff\u0301\u0654\u0655٣۴5,.\r\n\t"
ODD += "ﻻﺎﷲﷺﹰﱠＡ９é½²…🔴👩\U0001f3fd\ufe0f\u200d\u00a0\u3000😀🏾\x00\ud800"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("أُخْلِيَت إدلبُ", "اخليت ادلب"),
        ("آثار ٱلحرب", "اثار الحرب"),
        ("مستشفى", "مستشفي"),
        ("مدينة", "مدينه"),
        ("مسؤول رئيس جزء", "مسوول رييس جزء"),
        ("حلـــب", "حلب"),
        ("١٩٤ و۳۵۰", "194 و350"),
        ("ﻣﻘﺘﻞ ﻻ ﷲ", "مقتل لا الله"),
        ("کردستان ایران", "كردستان ايران"),
        ("می\u200cرود", "ميرود"),
        ("\u202bحمص\u202c \u2067حماة\u2069", "حمص حماه"),
        ("ＵＮ ９", "UN 9"),
        ("Médecins", "Medecins"),
        ("قُرْءَانٌ مُّبِينٌۭ", "قرءان مبين"),
        ("10² ½ ①", "10² ½ ①"),
        ("a\u00a0b", "a b"),
    ],
)
def test_spellings_are_made_equal(raw: str, folded: str) -> None:
    assert fold(raw).text == folded
    assert fold_word(raw) == folded


@pytest.mark.parametrize("composed", ["أ", "إ", "آ", "ؤ", "ئ", "é", "ۂ"])
def test_composed_and_decomposed_letters_fold_alike(composed: str) -> None:
    assert fold_word(composed) == fold_word(unicodedata.normalize("NFD", composed))


def test_a_word_maps_back_with_its_marks_and_without_bidi_controls() -> None:
    raw = "قال \u200fمُحَمَّدٌ\u200f أمس"
    folded = fold(raw)
    start = folded.text.index("محمد")
    assert folded.raw(start, start + 4).of(raw) == "مُحَمَّدٌ"


def test_a_ligature_maps_back_whole() -> None:
    raw = "في ﺳﻼم"
    folded = fold(raw)
    at = folded.text.index("لا")
    assert folded.raw(at, at + 1).of(raw) == "ﻼ"
    assert folded.folded(4, 5) == Span(at, at + 2)


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once == fold_word(text)


@given(texts, texts)
def test_each_character_folds_by_itself(a: str, b: str) -> None:
    assert fold(a + b).text == fold(a).text + fold(b).text


@given(texts)
def test_no_longer_than_compatibility_forms(text: str) -> None:
    assert len(fold(text).text) <= sum(len(unicodedata.normalize("NFKC", c)) for c in text)


@given(texts, st.data())
def test_a_folded_span_maps_back_to_text_that_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    raw = folded.raw(start, end)
    assert 0 <= raw.start <= raw.end <= len(text)
    back = folded.folded(raw.start, raw.end)
    if start < end:
        assert back.start <= start < end <= back.end
        assert fold(raw.of(text)).text == folded.text[back.start : back.end]
    else:
        assert raw.start == raw.end


@given(texts, st.data())
def test_a_raw_span_maps_to_every_character_it_touches(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = folded.folded(start, end)
    assert fold(text[start:end]).text in folded.text[there.start : there.end]


@given(texts)
def test_the_whole_maps_to_the_whole(text: str) -> None:
    folded = fold(text)
    assert folded.folded(0, len(text)) == Span(0, len(folded.text))
