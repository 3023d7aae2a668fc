"""Dates in languages that no pack reads: every example of the data is found, no counter-example is."""

from __future__ import annotations

import pytest

from tawatur.archive.html_dates import publication, written_date
from tawatur.lang.months import MONTHS, in_digits


@pytest.mark.parametrize(("words", "date"), [pair for known in MONTHS for pair in known.examples.items()])
def test_an_example_is_found(words: str, date: str) -> None:
    assert written_date(words) == date


@pytest.mark.parametrize("words", [words for known in MONTHS for words in known.counter])
def test_a_counter_example_is_no_date(words: str) -> None:
    assert written_date(words) is None


@pytest.mark.parametrize("code", [known.code for known in MONTHS])
def test_every_spelling_is_its_month(code: str) -> None:
    (known,) = (each for each in MONTHS if each.code == code)
    for month, spelled in enumerate(known.months, 1):
        for name in spelled:
            assert in_digits(f"7 {name} 2016") == f"2016-{month:02}-07"
            assert in_digits(f"7 {name.upper()} 2016, 10:30") == f"2016-{month:02}-07, 10:30"


def test_english_and_arabic_dates_are_as_they_were() -> None:
    assert written_date("16 May 2016") == "2016-05-16"
    assert written_date("16 مايو 2016") == "2016-05-16"
    assert written_date("7 Mar 2016") == "2016-03-07"


@pytest.mark.parametrize(("line", "date"), [pair for known in MONTHS for pair in known.lines])
def test_the_day_of_a_change_is_not_that_of_publication(line: str, date: str) -> None:
    assert publication(line) == (date or None)


@pytest.mark.parametrize("code", [known.code for known in MONTHS])
def test_every_word_before_a_date_tells_what_the_date_is(code: str) -> None:
    (known,) = (each for each in MONTHS if each.code == code)
    day = f"16 {known.months[11][0]} 2016"
    assert [publication(f"{word} {day}") for word in known.changed] == [None] * len(known.changed)
    assert {publication(f"{word}: {day} - {known.changed[0]} 20/12/2016") for word in known.published} == {"2016-12-16"}
    assert {publication(f"{known.changed[0]} 20/12/2016 - {word} {day}") for word in known.published} == {"2016-12-16"}
