"""The word table: both languages for every term, nothing missing, nothing unused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import tawatur.publish
from tawatur import model
from tawatur.publish.words import table

HOME = Path(tawatur.publish.__file__).parent
SOURCES = [*HOME.glob("*.py"), *HOME.glob("templates/*.j2")]
TERMS = {
    "event_type": model.EventType, "status": model.Status, "stance": model.Stance, "population": model.Population,
    "outcome": model.Outcome, "role": model.Role, "relation": model.Relation, "grade": model.Grade,
}  # fmt: skip
KINDS = ("whole", "part")  # of copies, looked up by value


@pytest.mark.parametrize("section", TERMS)
def test_every_term_of_the_guide_has_a_label(section: str) -> None:
    assert set(table()[section]) == set(get_args(TERMS[section]))


def test_every_label_is_said_in_both_languages() -> None:
    for section, words in table().items():
        for key, (english, arabic) in words.items():
            assert english, (section, key)
            assert arabic, (section, key)
            if re.sub(r"\{\w+\}", "", arabic).strip() and key != "language":
                assert re.search("[\u0600-\u06ff]", arabic), (section, key)
                assert not re.search("[\u0600-\u06ff]", english.replace("١٢٣", "")), (section, key)


def test_places_to_fill_are_the_same_in_both_languages() -> None:
    for words in table().values():
        for english, arabic in words.values():
            assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", arabic))


def test_interface_strings_and_their_uses_agree() -> None:
    code = "\n".join(p.read_text("utf-8") for p in SOURCES)
    asked = set(re.findall(r'\bt\("(\w+)"\)', code)) | set(re.findall(r'(?:"ui", |_part\()"(\w+)"', code))
    assert asked <= set(table()["ui"])
    assert {key for key in table()["ui"] if f'"{key}"' not in code and key not in KINDS} == set()


def test_templates_hold_no_words_of_their_own() -> None:
    for path in HOME.glob("templates/*.j2"):
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", path.read_text("utf-8"), flags=re.DOTALL)
        words = set(re.findall(r"[^\W\d_]{2,}", bare)) - {"tawatur", "تواتر"}
        assert not words, (path.name, words)
