"""Folding of words: letter by letter, whatever stands beside them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tawatur.lang.fold import TABLE, fold_word

letters = st.sampled_from("أإآٱىئؤةكگچبتثسلمنهوي ءًُّـ٣۴7Aab%ﻻﷺ\u200f\u00ad")


@given(st.text(letters | st.characters(codec="utf-8"), max_size=30))
def test_folding_is_the_table_over_what_unicode_makes_of_presentation_forms(word: str) -> None:
    plain = word.translate(TABLE)
    composed = plain.isascii() or unicodedata.is_normalized("NFKC", plain)
    assert fold_word(word) == (plain if composed else unicodedata.normalize("NFKC", word).translate(TABLE)).lower()
