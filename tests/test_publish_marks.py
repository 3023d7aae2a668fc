"""Highlighting: every character is kept, no highlight ends inside a joined word."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Span
from tawatur.publish.marks import Spot, segments, shown, visible, widened

WORDS = st.text(alphabet="ابتلوقمةى\u064b\u0640\u200d a9 ،.\n\u202e🚑", max_size=40)


class Reader(HTMLParser):
    """The text that a page holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def read_back(markup: str) -> str:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.text


def spots(text: str, data: st.DataObject) -> list[Spot]:
    ends = st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6)
    found = [(min(pair), max(pair)) for pair in data.draw(ends)]
    return [Spot(f"c{i}", Span(a, b), f"k{i}", "claim") for i, (a, b) in enumerate(found) if a < b]


@given(WORDS, st.data())
def test_segments_joined_are_the_text(text: str, data: st.DataObject) -> None:
    assert "".join(s.text for s in segments(text, spots(text, data))) == text


@given(WORDS, st.data())
def test_no_highlight_ends_between_two_letters(text: str, data: st.DataObject) -> None:
    cut = list(segments(text, spots(text, data)))
    for before, after in pairwise(cut):
        assert not (before.text[-1].isalpha() and after.text[0].isalpha())


@given(WORDS, st.data())
def test_every_spot_begins_once_and_covers_its_span(text: str, data: st.DataObject) -> None:
    asked = spots(text, data)
    cut = list(segments(text, asked))
    assert sorted(s.anchor for seg in cut for s in seg.begins) == sorted(s.anchor for s in asked)
    for spot in asked:
        covered = "".join(seg.text for seg in cut if spot in seg.spots)
        assert spot.span.of(text) in covered


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_markup_reads_back_as_the_same_text(text: str) -> None:
    assert read_back(str(shown(text))) == text


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("وقال لـ9500 شخص", 7, 15, "9500 شخص"),
        ("غادر والمدنيون البلدة", 6, 14, "والمدنيون"),
        ("قُتلَ طفلٌ", 0, 3, "قُتلَ"),
        ("قتل طفل", 0, 3, "قتل"),
        ("مئة", 0, 3, "مئة"),
    ],
)
def test_spans_widen_to_whole_words_only(text: str, start: int, end: int, expected: str) -> None:
    assert widened(Span(start, end), text).of(text) == expected


@pytest.mark.parametrize("char", ["\u202e", "\u202c", "\u2067", "\u200f", "\u061c", "\ufeff", "\u200b", "\x1b", "\x85"])
def test_hidden_characters_are_labelled_and_kept(char: str) -> None:
    markup = str(shown(f"قبل{char}بعد"))
    assert f'data-code="U+{ord(char):04X}"' in markup
    assert read_back(markup) == f"قبل{char}بعد"


@pytest.mark.parametrize("char", ["\0", "\ud800"])
def test_what_no_page_can_hold_keeps_its_place(char: str) -> None:
    markup = str(shown(f"ا{char}ب"))
    markup.encode("utf-8")
    assert len(read_back(markup)) == 3
    assert f"U+{ord(char):04X}" in markup


def test_line_ends_survive_a_parser_that_normalises_them() -> None:
    assert str(shown("ا\r\nب")) == "ا&#13;\nب"


def test_a_terminal_gets_no_control_characters() -> None:
    assert visible("أ\x1b[31m\u202eب\nج") == "أ<U+001B>[31m<U+202E>ب ج"
