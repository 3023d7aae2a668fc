"""Tokens: every one has its place in the text, and together they lose nothing but space."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import lang
from tawatur.claims.tokens import INVISIBLE, tokenise

PACK = lang.load()
SEEN = re.compile(rf"[^\s{INVISIBLE}]")
ARABIC = st.text(st.sampled_from("ابتثجحخدذرسشصضطعغفقكلمنهويةىءأإآ ًَُِّْـ0123٤٥.,،؛:()«»\"'\n\r\t\u200f\u200d\ufeff🙂e"))


def raws(text: str) -> list[str]:
    tokens = tokenise(text, PACK.lexicon)
    return [tokens.of(n, n + 1) for n in range(len(tokens))]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("غادر 3 آلاف،", ["غادر", "3", "آلاف", "،"]),
        ("نحو 1.500 و٩٬٥٠٠ شخص", ["نحو", "1.500", "و", "٩٬٥٠٠", "شخص"]),
        ("الـ7000 مدني", ["الـ", "7000", "مدني"]),
        ("مُحَاصَرٌ", ["مُحَاصَرٌ"]),
        ("قال:\r\n«نعم»", ["قال", ":", "\r\n", "«", "نعم", "»"]),
        ("🙂غارة", ["🙂", "غارة"]),
        ("كلمة_كلمة", ["كلمة", "_", "كلمة"]),
        ("", []),
        (" \t\u00a0", []),
        ("\u202bثلاثة \u200fآلاف\u202c", ["ثلاثة", "آلاف"]),
        ("ثلا\u200bثة", ["ثلا\u200bثة"]),
        ("12،500 و1'200'000، 13،5", ["12،500", "و", "1'200'000", "،", "13", "،", "5"]),
    ],
)
def test_words_numbers_marks_and_line_ends(text: str, right: list[str]) -> None:
    assert raws(text) == right


@given(ARABIC | st.text())
def test_tokens_are_in_order_and_leave_out_only_space(text: str) -> None:
    tokens = tokenise(text, PACK.lexicon)
    last = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert not SEEN.search(text[last:start])
        assert last <= start < end
        last = end
    assert not SEEN.search(text[last:])


@given(ARABIC, st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_has_tokens_inside_it_only(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    tokens = tokenise(text, PACK.lexicon, start, end)
    assert all(start <= s < e <= end for s, e in zip(tokens.starts, tokens.ends, strict=True))


@given(ARABIC)
def test_at_finds_the_token_of_an_offset(text: str) -> None:
    tokens = tokenise(text, PACK.lexicon)
    for number, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        assert tokens.at(start) == tokens.at(end - 1) == number
    assert tokens.at(len(text)) == len(tokens)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("تستعد الفرقة لشن هجوم", False),
        ("استعدت الفرقة لشن هجوم", False),
        ("لم تستعد الفرقة القرية", True),
        ("ولم تستعدها الفرقة", True),
        ("لتستعد الفرقة القرية", True),
        ("استعادت الفرقة القرية", True),
    ],
)
def test_a_jussive_stands_only_behind_what_governs_it(text: str, right: bool) -> None:
    words = tokenise(text, PACK.lexicon).words
    assert any(sense.entry.id == "events.capture.take" for word in words for sense in word.senses) is right
