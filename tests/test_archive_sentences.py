"""Sentences and quotations: where they end, where they do not, and that both stay linear."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.archive import quotations, sentences
from tawatur.model import Span

ODD = "اب د.م ،؛؟!… \n\r\t\"'“”„«»‹›()‘’19.5٣\u200f\u202b\u0651🔴aMrU.S—"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=80)


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("خرجت الحافلات. وعادت مساء.", ["خرجت الحافلات.", "وعادت مساء."]),
        ("خرج 9.500 شخص و3.5 طن. ثم عادوا", ["خرج 9.500 شخص و3.5 طن.", "ثم عادوا"]),
        ("قال د. سامر وم. هدى وأ. علي نعم. ثم", ["قال د. سامر وم. هدى وأ. علي نعم.", "ثم"]),
        ("قال د.سامر نعم.ثم خرج", ["قال د.سامر نعم.", "ثم خرج"]),
        ("عاجل.. ارتفاع الحصيلة... إلى تسعة… ثم", ["عاجل.. ارتفاع الحصيلة... إلى تسعة… ثم"]),
        ("متى؟ الآن! نعم", ["متى؟", "الآن!", "نعم"]),
        ("سطر بلا نقطة\nوسطر آخر\r\n\r\nوثالث", ["سطر بلا نقطة", "وسطر آخر", "وثالث"]),
        ("في 1442هـ. ثم عام 2020م. ثم", ["في 1442هـ.", "ثم عام 2020م.", "ثم"]),
        ("قتل 5. وجرح 6.", ["قتل 5.", "وجرح 6."]),
        ("1. أولا\n2. ثانيا. ثم", ["1. أولا", "2. ثانيا.", "ثم"]),
        ("The U.S. said Mr. J. Lee left. They did.", ["The U.S. said Mr. J. Lee left.", "They did."]),
        ("قال “نحن هنا. لن نخرج.” ومضى. ثم", ["قال “نحن هنا. لن نخرج.”", "ومضى.", "ثم"]),
        ("قال «نحن هنا. لن نخرج» ومضى.", ["قال «نحن هنا. لن نخرج» ومضى."]),
        ("قال «نحن هنا. لن نخرج ومضى.", ["قال «نحن هنا.", "لن نخرج ومضى."]),
        ("انتهى . ثم بدأ", ["انتهى .", "ثم بدأ"]),
        ("زر example.com اليوم. نعم", ["زر example.com اليوم.", "نعم"]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_cuts(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_inside_quotations_on_request() -> None:
    text = "قال “نحن هنا. لن نخرج.” ومضى."
    assert len(sentences(text, inside_quotations=True)) == 3


def test_a_stretch_gives_offsets_of_the_whole() -> None:
    text = "أول. ثان. ثالث."
    assert [span.of(text) for span in sentences(text, Span(5, 10))] == ["ثان."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('قال "نحن هنا" ثم «لا شيء» ثم “نعم”', ["نحن هنا", "لا شيء", "نعم"]),
        ("قال:” نحن هنا”. ثم", ["نحن هنا"]),
        ("قال “ نحن هنا “ ثم", ["نحن هنا"]),
        ('متوعدا بـ"الحصار أو الرحيل".', ["الحصار أو الرحيل"]),
        ("((جيش الفتح)) و‹لواء› و„Stadt“ و''كتيبة''", ["جيش الفتح", "لواء", "Stadt", "كتيبة"]),
        ("he said 'we go' in Sana'a near the families' homes", ["we go"]),
        ('«قال "نعم" ومضى»', ['قال "نعم" ومضى', "نعم"]),
        ("»كلام مقلوب« ثم", ["كلام مقلوب"]),
        ("«لم يغلق\nسطر آخر", ["لم يغلق"]),
        ('"فقرة أولى\n"فقرة ثانية" قال', ["فقرة أولى", "فقرة ثانية"]),
        ("«فقرة أولى\nفقرة ثانية» قال", ["فقرة أولى\nفقرة ثانية"]),
        ("كلمة» بلا بداية", []),
        ('""', []),
        ("5' و6'", []),
        ("لا شيء", []),
    ],
)
def test_words_in_marks(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@given(texts)
def test_sentences_cover_every_word_in_order(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all("\n" not in span.of(text) for span in found)


@given(texts, st.data())
def test_a_stretch_is_cut_like_its_copy(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inside = [span.of(text) for span in sentences(text, Span(start, end))]
    assert inside == cut(text[start:end])


@given(texts)
def test_quotations_nest_and_cross_one_line_at_most(text: str) -> None:
    found = quotations(text)
    assert list(found) == sorted(found, key=lambda span: (span.start, -span.end))
    for span in found:
        words = span.of(text)
        assert words
        assert words == words.strip()
        assert words.count("\n") <= 1


@pytest.mark.parametrize("unit", ["«", "“a", "!", "!x", '."', "'", "((", "د.", "a.\n", "”", "…", " ", '" ."'])
def test_time_is_linear(unit: str) -> None:
    spent = []
    for size in (8_000, 64_000):
        started = time.process_time()
        sentences(unit * (size // len(unit)))
        quotations(unit * (size // len(unit)))
        spent.append(time.process_time() - started)
    assert spent[1] < 24 * spent[0] + 0.5
