"""The terminal summary: counts, contradictions first, letters in the order they were written."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest

from compared import available, comparison
from sample_dossier import sample
from tawatur.model import Issue
from tawatur.publish import summary

needs_gold = pytest.mark.skipif(available() is None, reason="no gold dossiers beside this repository")


def test_it_opens_with_counts_and_puts_contradictions_first() -> None:
    lines = summary(sample()).splitlines()
    assert lines[1] == "4 reports · 9 claims · 4 accounts · 2 events"
    heads = [line for line in lines[2:] if line and not line.startswith(" ")]
    assert heads == ["Contradictions (2)", "Key figures (1)", "Copies (1)", "Issues (1)"]


def test_a_contradiction_shows_both_sides_in_their_own_words() -> None:
    text = summary(sample(), width=200)
    assert "- هيئة الإغاثة (through وكالة الضفة; occurred): «نحو 300 عائلة» [n0:" in text
    assert "- قائد المنطقة (through إذاعة الجبل; completed): «اكتمال خروج المدنيين من بلدة النهر» [n1:" in text


def test_key_figures_have_three_ends_with_their_accounts() -> None:
    text = summary(sample(), width=200)
    assert "Low 270 [هيئة الإغاثة]  Best 300 [هيئة الإغاثة]  High open [قائد المنطقة]" in text
    assert "contested; two origins that cannot both be right" in text


def test_arabic_is_spoken_when_asked() -> None:
    text = summary(sample(), language="ar", width=200)
    assert "التناقضات (2)" in text
    assert "القولان مختلفان" in text
    assert "مصدران لا يصحّان معاً" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    assert all(len(line) <= width or " " not in line.strip() for line in summary(sample(), width=width).splitlines())


def test_nothing_in_the_input_can_steer_the_terminal() -> None:
    issue = Issue("\x1b[2Jfile\u202e", "\x07", "why\r\n", "what\x9b31m")
    text = summary(dataclasses.replace(sample(), issues=(issue,)), width=200)
    assert "<U+001B>[2Jfile<U+202E>" in text
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]


def test_an_empty_comparison_has_a_summary() -> None:
    empty = dataclasses.replace(
        sample(), reports=(), claims=(), events=(), accounts=(), findings=(), estimates=(), issues=(), record={}
    )
    assert summary(empty).splitlines()[1] == "0 reports · 0 claims · 0 accounts · 0 events"


@needs_gold
def test_a_long_list_is_cut_and_says_so() -> None:
    text = summary(comparison("aleppo-2016"))
    assert "… and 3 more" in text
