"""The English pack at work, on sentences that are nobody's but ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur import claims, lang
from tawatur.claims.assemble import reader
from tawatur.claims.reading import prepare
from tawatur.claims.times import anchor_of
from tawatur.claims.tokens import tokenise
from tawatur.claims.tongues import tongue_of
from tawatur.model import Report

PACK = lang.load(language="en")
TONGUE = tongue_of(PACK)
DAY = "2021-06-09"  # a Wednesday


def figures(text: str) -> list[tuple[str, str]]:
    tokens = tokenise(text, PACK.lexicon)
    return [(text[hit.start : hit.end], hit.canonical()) for hit in TONGUE.figures(tokens, PACK)]


def times(text: str) -> list[tuple[str, str | None, str | None]]:
    tokens = tokenise(text, PACK.lexicon)
    found = [hit.time(False) for hit in TONGUE.times(tokens, PACK, anchor_of(DAY))]
    return [(t.text, t.start, t.end) for t in found]


def places(text: str) -> list[tuple[str, str | None, str]]:
    tokens = tokenise(text, PACK.lexicon)
    return [(hit.text, hit.name, hit.role) for hit in TONGUE.places(tokens, PACK)]


def voices(text: str, outlet: str | None = None) -> list[list[tuple[str, str]]]:
    reading = prepare(Report.make(text, outlet=outlet, published=DAY), PACK)
    return [[(link.name, link.stance) for link in scope.chain] for scope in reading.scopes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 40 villagers fled.", [("At least 40 villagers", "40..")]),
        ("They counted twenty-five shells.", [("twenty-five shells", "25")]),
        ("Two hundred and fifty tents burned.", [("Two hundred and fifty tents", "250")]),
        ("Between 20 and 30 men waited.", [("Between 20 and 30 men", "20..30")]),
        ("Tens of thousands of people left.", [("Tens of thousands of people", "20000..99999~")]),
        ("Some 1.5 million people need food.", [("Some 1.5 million people", "1500000~")]),
        ("A child was killed.", [("A child", "1")]),
        ("About a third of the families left.", [("About a third of the families", "33.3~")]),
        ("Up to 12 lorries, three of them empty, came.", [("Up to 12 lorries", "..12"), ("three of them", "3")]),
    ],
)
def test_figures(text: str, found: list[tuple[str, str]]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    "text",
    ["It began in 2014.", "A boy aged 12 sang.", "At 10:30 the bell rang.", "Under Resolution 2254 they met.",
     "The hut is 20 km away.", "Two days ago they left.", "A cat sat there."],
)  # fmt: skip
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They left on Friday.", [("on Friday", "2021-06-04", "2021-06-04")]),
        ("They left on 12 March 2016.", [("on 12 March 2016", "2016-03-12", "2016-03-12")]),
        ("They left on March 12, 2016.", [("on March 12, 2016", "2016-03-12", "2016-03-12")]),
        ("Closed since 7 May.", [("since 7 May", "2021-05-07", DAY)]),
        ("Over the past 24 hours nine died.", [("Over the past 24 hours", "2021-06-08", DAY)]),
        ("Shells fell overnight.", [("overnight", "2021-06-08", DAY)]),
        ("Between 10 and 13 May six came.", [("Between 10 and 13 May", "2021-05-10", "2021-05-13")]),
        ("It may rain.", []),
    ],
)
def test_times(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    assert times(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell near Homs.", [("Homs", "Homs", "near")]),
        ("Buses came from Idlib to Aleppo.", [("Idlib", "Idlib", "from"), ("Aleppo", "Aleppo", "to")]),
        ("Clashes in western Aleppo countryside.", [("western Aleppo countryside", "Aleppo countryside", "at")]),
        ("Nobody was there.", []),
    ],
)
def test_places(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert places(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Samir Qasim said that two boys were hurt.", [[("Samir Qasim", "neutral")]]),
        ("Two boys were hurt, Samir Qasim told Reuters.", [[("Reuters", "neutral"), ("Samir Qasim", "neutral")]]),
        ("“Two boys were hurt,” said Mayor Samir Qasim.", [[("Samir Qasim", "neutral")]]),
        ("According to the health ministry, two boys were hurt.", [[("health ministry", "neutral")]]),
        ("Samir Qasim denied that two boys were hurt.", [[("Samir Qasim", "denied")]]),
        ("Rebels claimed the hill was theirs.", [[("Rebels", "doubted")]]),
        ("Two boys were hurt.", []),
    ],
)
def test_voices(text: str, found: list[list[tuple[str, str]]]) -> None:
    assert voices(text) == found


def test_a_second_mention_takes_the_first_name_and_the_publisher_is_no_link() -> None:
    text = "Samir Qasim said the road was shut. Qasim added that two boys were hurt."
    assert voices(text) == [[("Samir Qasim", "neutral")], [("Samir Qasim", "neutral")]]
    assert voices("UNICEF said two boys were hurt.", outlet="UNICEF") == []


def test_a_report_gives_claims() -> None:
    text = "Four civilians were killed when warplanes bombed a market in Idlib on Monday, the Red Crescent said."
    (claim,) = claims.extract(Report.make(text, published=DAY), pack=PACK)
    assert (claim.event_type, claim.status) == ("airstrike", "occurred")
    told = [(f.text, f.low, f.population, f.outcome) for f in claim.figures]
    assert told == [("Four civilians", 4, "civilians", "killed")]
    assert claim.origin is not None
    assert claim.origin.name == "Red Crescent"
    assert [(t.start, t.end) for t in claim.times] == [("2021-06-07", "2021-06-07")]


MARKS = ["12", "1,200", "2016", ".", ",", "“", "”", "-", "\n", "Homs", "Reuters", "Samir", "said", "(", "é"]
WORDS = [*PACK.lexicon.forms, *MARKS]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_crashes_and_every_span_lies_inside(words: list[str]) -> None:
    text = " ".join(words)
    for claim in reader(PACK).read(Report.make(text or ".", published=DAY)):
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert all(text[f.span.start : f.span.end] == f.text for f in claim.figures)
