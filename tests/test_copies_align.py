"""Alignment, sampling, verification and order: what holds for any reports."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copies_world import edited, passage, report, sentence, story
from tawatur.archive import fold_word
from tawatur.copies import trace
from tawatur.copies.align import passages
from tawatur.copies.rank import ranks
from tawatur.copies.shingles import Index, hits, sample
from tawatur.copies.verify import LEAST, verified
from tawatur.copies.words import Corpus, detail

any_text = st.text(
    st.sampled_from("ابأإىةءلا 1٢,.-«»\u0651\u0640\u200f\u00a0\ufdfa\ufefb\n\u2028ΣßİA½") | st.characters()
)
words = st.lists(st.integers(0, 9), max_size=60)


@given(words, words)
def test_passages_quote_the_same_words_and_never_overlap(a: list[int], b: list[int]) -> None:
    seen_a: set[int] = set()
    seen_b: set[int] = set()
    for p in passages(a, b):
        assert all(a[i : i + n] == b[j : j + n] for i, j, n in p.runs)
        assert 3 <= p.longest <= p.shared <= min(p.a1 - p.a0, p.b1 - p.b0)
        assert not seen_a & set(range(p.a0, p.a1))
        assert not seen_b & set(range(p.b0, p.b1))
        seen_a |= set(range(p.a0, p.a1))
        seen_b |= set(range(p.b0, p.b1))


@given(any_text, any_text)
def test_words_are_numbered_as_their_places_are_told(before: str, text: str) -> None:
    corpus = Corpus([report(random.Random(1), before, 1), report(random.Random(2), text, 1)])
    known = corpus.detail(1)
    alone = [
        Corpus([report(random.Random(3), text[a:b], 1)]).words[0]
        for a, b in zip(known.starts, known.stops, strict=True)
    ]
    assert [[number] for number in corpus.words[1]] == [list(one) for one in alone]


@given(st.lists(st.integers(0, 2**60 - 1), min_size=8, max_size=30), words, words, words, words)
def test_eight_words_in_a_row_always_share_a_sampled_shingle(
    common: list[int], a: list[int], b: list[int], c: list[int], d: list[int]
) -> None:
    one, other = sample([*a, *common, *b]), sample([*c, *common, *d])
    assert one.chosen & other.chosen


@given(st.lists(st.integers(0, 2**60 - 1), max_size=30), st.integers(1, 90))
@example([1, 2, 3], 340)  # above a thousand words a report is taken in stretches
@example([1, 2, 3, 4, 5, 6, 7], 149)
@settings(deadline=None)
def test_the_sample_is_the_smallest_hash_of_every_four(some: list[int], times: int) -> None:
    words = [word + n for n in range(times) for word in some]
    hashes = [shingle_hash(words[n : n + 5]) for n in range(len(words) - 4)]
    found = sample(words)
    assert list(found.hashes) == hashes
    assert found.chosen == {min(hashes[n : n + 4]) for n in range(max(1, len(hashes) - 3)) if hashes}


def shingle_hash(words: list[int]) -> int:
    factors = (0x33A1E0C7, 0x2B7E1517, 0x3C6EF373, 0x26145DD1, 0x1F83D9AB)
    total = sum(factor * (word % 2**30) for factor, word in zip(factors, words, strict=True))
    return (total % 2**30 << 30) + (total >> 30) % 2**30


def copied(seed: int, share: float) -> Corpus:
    """A story of 120 words and its copy of which a share is edited, below a story of the copier's own."""
    rng = random.Random(seed)
    text = story(rng, 120)
    return Corpus([report(rng, text, 1), report(rng, f"{story(rng, 40)}\n{edited(rng, text, share)}", 2)])


@given(st.integers(0, 2**32), st.sampled_from([0.0, 0.1, 0.2, 0.3]))
@example(2234, 0.3)  # little more than a third is left in runs of words: a part, from both sides
@settings(max_examples=25, deadline=None)
def test_a_copy_is_the_same_from_both_sides(seed: int, share: float) -> None:
    corpus = copied(seed, share)
    one, other = verified(corpus, 0, 1), verified(corpus, 1, 0)
    assert one is not None
    assert other is not None
    assert (one.kind, one.coverage, one.shared) == (other.kind, other.coverage, other.shared)
    assert sorted(one.passages, key=lambda p: p.a0) == sorted((p.turned() for p in other.passages), key=lambda p: p.a0)


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_a_copy_without_edits_is_whole(seed: int) -> None:
    found = verified(copied(seed, 0.0), 0, 1)
    assert found is not None
    assert found.kind == "whole"


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_copy_with_edits_is_nearly_always_whole(share: float) -> None:
    found = [verified(copied(seed, share), 0, 1) for seed in range(400)]
    assert all(found)
    assert sum(copy.kind == "whole" for copy in found if copy) >= 390


@given(words, words)
def test_words_said_twice_are_shared_alike_from_both_sides(a: list[int], b: list[int]) -> None:
    """Where words stand twice in a report, which of the places is taken does not depend on the side."""
    rng = random.Random(1)
    texts = [" ".join(f"كلمة{n}" for n in side) for side in (a, b)]
    corpus = Corpus([report(rng, f"{text} ختام", 1) for text in texts])
    one, other = verified(corpus, 0, 1), verified(corpus, 1, 0)
    assert (one and (one.kind, one.coverage)) == (other and (other.kind, other.coverage))


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_reports_does_not_matter(shuffler: random.Random) -> None:
    rng = random.Random(11)
    wire = story(rng, 120)
    texts = [wire, edited(rng, wire, 0.1), f"{story(rng, 60)}\n{edited(rng, wire, 0.2)}", story(rng)]
    part = passage(rng, 40)
    texts += [f"{story(rng, 50)}\n{part}", f"{part}\n{story(rng, 70)}"]
    reports = [report(rng, text, 1 + n % 3) for n, text in enumerate(texts)]
    shuffled = list(reports)
    shuffler.shuffle(shuffled)
    assert trace(shuffled) == trace(reports)
    assert trace([*shuffled, shuffled[0]]) == trace(reports)


def test_spans_are_the_raw_words_whatever_their_spelling() -> None:
    first = (
        "مقدمة قصيرة.\nاستهدفت المدفعيةُ الأحياءَ الشرقيّة في مدينة الرمل، "
        "وأُصيب ١٢ شخصًا إلى جانب طفلة واحدة على الأقل مساء أمس قرب الجسر."
    )
    other = (
        "استهدفت المدفعية الاحياء الشرقية فى مدينة الرمل وأصيب 12 شخصا "
        "الى جانب طفلة واحدة على الاقل مساء امس قرب الجسر. خاتمة أخرى لا تشبهها."
    )
    rng = random.Random(3)
    one, two = report(rng, first, 1), report(rng, other, 2)
    (link,) = trace([two, one]).links
    ((left, right),) = link.passages
    assert left.of(first).startswith("استهدفت المدفعيةُ")
    assert left.of(first).endswith("قرب الجسر")
    assert [fold_word(w.strip("،.")) for w in left.of(first).split()] == [fold_word(w) for w in right.of(other).split()]
    assert link.directed


def test_a_quotation_that_both_mark_is_no_copy_and_one_that_one_marks_is() -> None:
    rng = random.Random(4)
    quote = " ".join(sentence(rng).strip(".") for _ in range(2))
    quoting = [report(rng, f"{story(rng, 90)}\nوقال «{quote}» {story(rng, 60)}", day) for day in (2, 3)]
    assert trace(quoting).links == ()
    statement = report(rng, f"{story(rng, 90)}\n{quote}.\n{story(rng, 60)}", 1)
    assert {(link.earlier, link.later) for link in trace([statement, *quoting]).links} == {
        (statement.id, q.id) for q in quoting
    }


def test_a_clause_of_background_in_another_sentence_is_no_copy() -> None:
    rng = random.Random(6)
    clause = sentence(rng).strip(".")
    texts = [f"{story(rng, 80)}\n{sentence(rng).strip('.')} {clause} {sentence(rng)}" for _ in range(2)]
    assert len(clause.split()) >= LEAST
    assert trace([report(rng, text, 1) for text in texts]).links == ()


def test_a_digest_joins_no_two_wires() -> None:
    rng = random.Random(7)
    wires = [report(rng, story(rng, 100), day) for day in (1, 2, 3)]
    digest = report(rng, "\n".join(w.text for w in wires), 4)
    lineage = trace([digest, *wires])
    assert sorted(g.reports for g in lineage.groups) == sorted((w.id, digest.id) for w in wires)
    assert {g.kind for g in lineage.groups} == {"whole"}


def test_a_moved_paragraph_is_still_shared() -> None:
    rng = random.Random(8)
    one, two = story(rng, 60), story(rng, 60)
    a, b = report(rng, f"{one}\n{two}", 1), report(rng, f"{two}\n{one}", 2)
    (link,) = trace([a, b]).links
    assert link.coverage == 1.0
    assert len(link.passages) == 2


def test_stock_phrases_do_not_fill_the_index() -> None:
    index = Index()
    sampled = sample(list(range(1, 12)))
    for n in range(100):
        index.add(n, index.enter(n, sampled), frozenset())
    found = hits(sampled, index.enter(100, sampled))
    assert {len(places) for places in found.values()} == {len(sampled.chosen)}
    assert len(found) == 8


@pytest.mark.parametrize("text", ["", " \n", "كلمة", "... !؟", "أربع كلمات لا غير"])
def test_tiny_reports_are_no_copies_and_no_error(text: str) -> None:
    rng = random.Random(9)
    assert trace([report(rng, text, 1), report(rng, text, 2)]).links == ()


def test_a_text_of_one_word_over_and_over_is_no_trouble() -> None:
    rng = random.Random(10)
    one, two = report(rng, "لا " * 20_000, 1), report(rng, "لا " * 19_000 + "نعم", 2)
    assert [link.later for link in trace([one, two]).links] == [two.id]
    assert passages([1] * 3000, [1] * 3000)


def test_nothing_in_nothing_out() -> None:
    lineage = trace([])
    assert (lineage.links, lineage.groups, lineage.copied_claims) == ((), (), ())


def test_quotation_marks_end_with_their_line() -> None:
    known = detail('قال "نعم\nلا» ثم «ربما»')
    assert known.quoted == bytes([0, 1, 0, 0, 1])


@given(st.integers(1, 12), st.data())
def test_ranks_are_an_order_and_keep_to_what_is_decided(count: int, data: st.DataObject) -> None:
    number = st.integers(0, count - 1)
    edges = data.draw(st.lists(st.tuples(number, number).filter(lambda e: e[0] != e[1]), max_size=20))
    rank = ranks(count, edges)
    assert sorted(rank) == list(range(count))
    forward = [(min(e), max(e)) for e in edges]
    kept = ranks(count, [(late, early) for early, late in forward])
    assert all(kept[late] < kept[early] for early, late in forward)
