"""Claims put together: spans quote the text, ids are unique, nothing crashes, the same input gives the same claims."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold import GOLD
from mutated import WAYS, mutated
from tawatur import claims, lang
from tawatur.claims.assemble import trimmed, within
from tawatur.claims.segment import Clause
from tawatur.claims.tokens import tokenise
from tawatur.claims.tongues import conjunction
from tawatur.model import Claim, Figure, Report, Span

PACK = lang.load()
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "aleppo-2016"
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")


def extracted(text: str, **known: str | None) -> tuple[Report, tuple[Claim, ...]]:
    report = Report.make(text, **{"outlet": "صحيفة المدينة", "published": "2016-12-16", **known})  # type: ignore[arg-type]
    return report, claims.extract(report, pack=PACK)


def spans(claim: Claim) -> Iterator[tuple[Span, str | None]]:
    """Every span of a claim, with the words that it must quote where the claim keeps them."""
    yield claim.span, None
    yield from ((f.span, f.text) for f in claim.figures)
    yield from ((p.span, p.text) for p in claim.places if p.span)
    yield from ((t.span, t.text) for t in claim.times if t.span)
    yield from ((m.span, None) for m in (*claim.actors, *claim.affected, *claim.attribution) if m.span)


def assert_sound(report: Report, found: tuple[Claim, ...]) -> None:
    assert len({c.id for c in found}) == len(found)
    assert [c.span.start for c in found] == sorted(c.span.start for c in found)
    for claim in found:
        assert claim.report == report.id
        assert claim.id == Claim.key(report.id, claim.span, claim.event_type)
        for span, words in spans(claim):
            assert 0 <= span.start < span.end <= len(report.text)
            assert words is None or span.of(report.text) == words
        for figure in claim.figures:
            assert claim.span.start <= figure.span.start < figure.span.end <= claim.span.end
            assert figure.part_of is None or figure.part_of in {f.text for f in claim.figures}


def test_a_small_report_from_its_words_to_its_claims() -> None:
    report, found = extracted(
        "أعلن الدفاع المدني أن سبعة مدنيين بينهم طفلان قتلوا في غارة جوية على مدينة سراقب أمس الخميس.\n"
        "وقالت وكالة سانا إن الجيش سيطر على قرية الشيخ سعيد."
    )
    assert_sound(report, found)
    first, second = found
    assert first.event_type == "airstrike"
    assert [link.name for link in first.attribution] == ["الدفاع المدني"]
    assert [(f.text, f.low, f.population, f.outcome) for f in first.figures] == [
        ("سبعة مدنيين", 7, "civilians", "killed"),
        ("طفلان", 2, "children", "killed"),
    ]
    assert first.figures[1].part_of == "سبعة مدنيين"
    assert [(t.start, t.end) for t in first.times] == [("2016-12-15", "2016-12-15")]
    assert second.event_type == "capture"
    assert second.pack == PACK.hash


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "،،،", "7", "و", "قال", "«»", "🙂", "\u200f\u202e", "ا" * 5000])
def test_almost_nothing_has_no_claims(text: str) -> None:
    assert extracted(text)[1] == ()


def test_a_report_in_another_language_has_no_claims() -> None:
    assert extracted("Seven civilians were killed in an air strike on the town of Saraqib, the rescuers said.")[1] == ()


@pytest.mark.parametrize("published", [None, "2016-12-16", "2016-12-16T08:30:00+02:00", ""])
def test_any_publication_date_will_do(published: str | None) -> None:
    assert_sound(*extracted("قتل خمسة مدنيين في قصف على حلب أمس الخميس", published=published))


def test_a_publication_date_that_is_none_costs_the_times_and_nothing_else() -> None:
    assert_sound(*extracted("قتل خمسة مدنيين في قصف على حلب أمس الخميس", published="December"))


def test_a_figure_that_begins_its_clause_begins_behind_the_conjunction() -> None:
    _, found = extracted("ووصلت قافلة مساعدات، ونصف الطن من الدقيق وزع على العائلات في حلب.")
    figures = [f for c in found for f in c.figures]
    assert figures
    assert all(not f.text.startswith("ون") for f in figures)


def test_a_range_that_runs_backwards_has_no_bounds_that_cannot_hold() -> None:
    _, found = extracted("أعلن الدفاع المدني أن ما بين 20 و3 مدنيين قتلوا في قصف على حلب.")
    figures = [f for c in found for f in c.figures]
    assert all(f.low is None or f.high is None or f.low <= f.high for f in figures)


def test_a_relative_time_is_open_where_the_publication_date_is_not_known() -> None:
    _, found = extracted("أعلن الدفاع المدني أن خمسة مدنيين قتلوا في قصف على حلب أمس.", published=None)
    assert [(t.text, t.start, t.end) for c in found for t in c.times] == [("أمس", None, None)]


@pytest.mark.parametrize(
    ("word", "size"),
    [("وقتل", 1), ("فسقط", 1), ("وسقط", 1), ("ووصل", 1), ("وصل", 0), ("وقف", 0), ("قتل", 0), ("وا", 0), ("12", 0)],
)
def test_a_clause_begins_behind_its_conjunction(word: str, size: int) -> None:
    assert conjunction(PACK.lexicon.word(word)) == size


def _example_texts() -> list[str]:
    lines = (EXAMPLE / "reports.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


@pytest.mark.parametrize("way", sorted(WAYS))
def test_spoiled_reports_still_have_sound_claims(way: str) -> None:
    for seed, text in enumerate(_example_texts()):
        assert_sound(*extracted(mutated(text, way, seed)))


@given(st.data())
def test_any_mixture_of_arabic_words_and_anything_is_read(data: st.DataObject) -> None:
    words = [
        "قتل",
        "أعلن",
        "وقال",
        "أن",
        "إن",
        "7",
        "سبعة",
        "مدنيين",
        "نحو",
        "آلاف",
        "حلب",
        "الجيش",
        "أمس",
        "الخميس",
        "«",
        "»",
        ":",
        ".",
        "،",
        "بينهم",
        "طفلان",
        "لم",
        "نفى",
        "القصف",
        "على",
        "في",
        "من",
        "غارة",
    ]
    piece = st.sampled_from(words) | st.text(max_size=4)
    assert_sound(*extracted(" ".join(data.draw(st.lists(piece, max_size=40)))))


JOINED = [
    "ونصف", "وربع", "وثلث", "وعشرون", "ومئة", "وألف", "وآلاف", "وعشرات",
    "ومئات", "وثلاثة", "وجنديان", "وطفلة", "وأكثر", "ونحو", "وحوالي", "وبضعة",
]  # fmt: skip
BESIDE = [
    "الطن", "من", "مدنيين", "7", "20", "قتل", "وقتل",
    "في", "حلب", "،", "و", "عائلة", "بين", "ما",
]  # fmt: skip


@given(st.lists(st.sampled_from([*JOINED, *BESIDE]), max_size=14))
def test_no_figure_begins_with_a_conjunction_or_leaves_its_claim(words: list[str]) -> None:
    report, found = extracted(f"وقتل سبعة مدنيين في قصف على حلب، {' '.join(words)} في المدينة.")
    assert_sound(report, found)
    begins = [f.text.split()[0] for c in found for f in c.figures]
    assert not {"و", *JOINED} & set(begins)


def test_what_leaves_the_span_is_cut_and_what_lies_outside_is_left_out() -> None:
    text = "ونصف الطن و20 مدنيا"
    half, people = (
        Figure(span.of(text), span, 1, 1, False, "people", "none", part_of=part)
        for span, part in ((Span(0, 9), None), (Span(11, 19), "ونصف الطن"))
    )
    assert [(f.text, f.part_of) for f in within((half, people), Span(1, 19), text)] == [
        ("نصف الطن", None),
        ("20 مدنيا", "نصف الطن"),
    ]
    assert [(f.text, f.part_of) for f in within((half, people), Span(10, 19), text)] == [("20 مدنيا", None)]


def _gold_reports() -> list[tuple[str, str, str | None]]:
    return [
        (row["text"], row["outlet"], row["published"])
        for path in sorted(GOLD.glob("*/*/reports.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]


@pytest.mark.slow
@needs_gold
def test_all_gold_reports_and_what_is_left_of_them_have_sound_claims() -> None:
    ways, found = sorted(WAYS), 0
    for seed, (text, outlet, published) in enumerate(_gold_reports()):
        for given_text in (text, mutated(text, ways[seed % len(ways)], seed)):
            report, kept = extracted(given_text, outlet=outlet, published=published)
            assert_sound(report, kept)
            found += len(kept)
    assert found > 1000


_PRINTED = """
import sys, tawatur
for report in tawatur.read(sys.argv[1:]):
    for claim in tawatur.extract(report):
        print(claim)
"""


def _claims_of_process(seed: str, *paths: Path) -> bytes:
    run = [sys.executable, "-c", _PRINTED, *map(str, paths)]
    done = subprocess.run(run, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert done.stdout
    return done.stdout


def test_two_processes_give_the_same_claims() -> None:
    assert _claims_of_process("1", EXAMPLE) == _claims_of_process("4242", EXAMPLE)


@pytest.mark.slow
@needs_gold
def test_two_processes_give_the_same_claims_of_the_gold_reports() -> None:
    paths = sorted((GOLD / "dev").glob("*/reports.jsonl"))
    assert _claims_of_process("1", *paths) == _claims_of_process("7", *paths)


def test_what_was_read_before_does_not_matter() -> None:
    texts = _example_texts()
    one = [extracted(text)[1] for text in texts]
    two = [extracted(text)[1] for text in reversed(texts)][::-1]
    assert one == two


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("“أنه أكمل نقل الجرحى”", "أكمل نقل الجرحى"),
        ("وأن الفرق أكملت نقلهم،", "الفرق أكملت نقلهم"),
        ("إنهم بأنها أكملت", "أكملت"),
        ("أنهى الفريق نقل الجرحى", "أنهى الفريق نقل الجرحى"),  # a verb, though it begins like the word for that
        ("أن", ""),
    ],
)
def test_a_clause_begins_after_the_word_that_hands_it_over(text: str, kept: str) -> None:
    tokens = tokenise(text, PACK.lexicon)
    clause = trimmed(tokens.words, Clause(0, len(tokens)))
    assert (tokens.of(clause.first, clause.after) if clause.after > clause.first else "") == kept


def test_what_is_known_of_numbers_read_before_changes_no_claim() -> None:
    text = "قُتل {} مدنياً في حلب وأصيب {} آخرون. وغادر {} شخص المدينة، بينهم {} طفلاً، منذ {} أيام."
    lexicon, numbers = PACK.lexicon, ("417", "8230", "1,204", "96", "6")

    def read() -> str:
        lexicon.known.clear()
        return repr(extracted(text.format(*numbers))[1])

    alike = lexicon.word("12").alike
    assert alike is not None
    alike.clear()
    first = read()
    assert alike, "tables keep what they know of numbers"
    extracted(text.format("5", "77", "61", "2", "910"))
    assert read() == first
