"""Which language a text is in, and which pack reads it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


PERSIAN = "به گزارش خبرگزاری، این روستا که در شمال شهر قرار دارد از شب گذشته هدف حمله بوده است و برای اهالی آن آب نیست."


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "French"), (PERSIAN, "Persian"), ("שלום " * 20, "Hebrew")])
def test_a_text_in_no_known_language_is_told_and_not_read(text: str, name: str) -> None:
    reader = readers.GrammarReader()
    doubt = reader.doubt(Report.make(text))
    assert doubt is not None
    assert "(Arabic, English)" in doubt[0]
    assert f"{name} (0-{len(text)})" in doubt[0]
    assert reader.read(Report.make(text)) == ()


def test_each_passage_is_read_by_the_pack_of_its_language() -> None:
    text = f"{ARABIC}\n\n{ENGLISH}\n{FRENCH}\n{ARABIC} وفق المحافظ"
    report, reader = Report.make(text, published="2020-03-04"), readers.GrammarReader()
    found = reader.read(report)
    assert [pack for pack, _ in groupby(claim.pack for claim in found)] == [
        lang.load(language=code).hash for code in ("ar", "en", "ar")
    ]
    assert all(claim.span.of(text) in text and "\n" not in claim.span.of(text).strip() for claim in found)
    assert {f.low for claim in found for f in claim.figures} == {4}
    doubt = reader.doubt(report)
    assert doubt is not None
    assert "French" in doubt[0]
    assert "Persian" not in doubt[0]


def test_foreign_names_and_short_lines_make_no_passage() -> None:
    text = f"{ARABIC}\nReuters\nThe New Humanitarian - Beirut\n{ARABIC}"
    (passage,) = lang.passages(text)
    assert (passage.start, passage.end, passage.language) == (0, len(text), "ar")


@given(st.lists(st.sampled_from([ARABIC, ENGLISH, FRENCH, PERSIAN, "", "12", "Reuters", "\r", "\u2028", "خبر"])))
def test_passages_are_the_whole_text_and_blanks_keep_offsets(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = lang.passages(text)
    assert "".join(text[p.start : p.end] for p in found) == text
    for code in lang.languages():
        alone = lang.only(text, code)
        assert len(alone) == len(text)
        assert all(a in (b, " ") for a, b in zip(alone, text, strict=True))


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
