"""Which language a text is in, and which pack reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tawatur import lang, readers
from tawatur.lang.plain import fold_plain, light_stem, noun, plural, verb
from tawatur.model import Report

ARABIC = "قتل أربعة مدنيين في قصف على القرية صباح اليوم"
ENGLISH = "Four civilians were killed when shells hit the village in the morning, the mayor said."
FRENCH = "Quatre civils sont morts hier soir dans un village du nord selon le maire qui parlait aux habitants."


@pytest.mark.parametrize(
    ("text", "code"),
    [(ARABIC, "ar"), (ENGLISH, "en"), (FRENCH, None), ("12 + 30", "ar"), (f"{ARABIC} {ARABIC} NATO", "ar")],
)
def test_the_language_of_a_text(text: str, code: str | None) -> None:
    assert lang.language_in(text) == code


def test_each_report_is_read_by_the_pack_of_its_language() -> None:
    reader = readers.GrammarReader()
    found = {code: reader.read(Report.make(text, published="2020-03-04")) for code, text in _texts().items()}
    assert {claim.pack for claim in found["ar"]} == {lang.load().hash}
    assert {claim.pack for claim in found["en"]} == {lang.load(language="en").hash}
    assert reader.doubt(Report.make(ENGLISH)) is None


def _texts() -> dict[str, str]:
    return {"ar": ARABIC, "en": ENGLISH}


def test_a_text_in_no_known_language_is_told_and_not_read() -> None:
    reader = readers.GrammarReader()
    doubt = reader.doubt(Report.make(FRENCH))
    assert doubt is not None
    assert "Arabic, English" in doubt[0]
    assert reader.read(Report.make(FRENCH)) == ()


def test_a_folder_named_by_a_language_is_laid_over_its_pack(tmp_path: Path) -> None:
    mine = tmp_path / "en"
    mine.mkdir()
    (mine / "own.toml").write_text(
        'dimension = "populations"\nabout = "A word of a test."\n\n[[entry]]\nid = "population.own"\ncls = "person"\n'
        'gives = { population = "refugees", person = true }\nnouns = ["zorbling"]\n'
        'examples = [{ text = "12 zorblings", gives = "12 refugees" }]\n'
    )
    assert "population.own" in lang.load_for("en", [mine]).specs
    assert lang.load_for("ar", [mine]).hash == lang.load().hash
    assert lang.hash_for("en", [mine]) == lang.load_for("en", [mine]).hash != lang.load(language="en").hash


@pytest.mark.parametrize(
    ("spec", "forms"),
    [
        ("kill", {"kill", "kills", "killed", "killing"}),
        ("flee fled fled", {"flee", "flees", "fled", "fleeing"}),
        ("take took taken", {"take", "takes", "took", "taken", "taking"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("visit", {"visit", "visits", "visited", "visiting"}),
        ("begin began begun beginning", {"begin", "begins", "began", "begun", "beginning"}),
    ],
)
def test_the_forms_of_a_verb(spec: str, forms: set[str]) -> None:
    assert {form for form, _ in verb(spec)} == forms


def test_nouns_and_stems() -> None:
    assert list(noun("child|children")) == [("child", "singular"), ("children", "plural")]
    assert [plural(word) for word in ("bus", "city", "day", "church", "truck")] == [
        "buses", "cities", "days", "churches", "trucks",
    ]  # fmt: skip
    assert len({light_stem(word) for word in ("shelled", "shelling", "shells")}) == 1
    folded = {"Adré": "adre", "U.S.": "us", "Sana’a": "sanaa", "didn't": "didnt", "’s": "'s"}
    assert {word: fold_plain(word) for word in folded} == folded
