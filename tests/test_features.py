"""Clauses and their kinds: what the models see, and what they make of sentences that are nobody's but ours."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

import pytest

from tawatur import lang
from tawatur.claims import features
from tawatur.claims.assemble import Reader, kinds, reader
from tawatur.claims.classify import Classifier, seen
from tawatur.claims.features import of_theme
from tawatur.claims.linear import Linear
from tawatur.claims.models import model
from tawatur.claims.reading import Reading, prepare
from tawatur.claims.segment import LABELS, OFFSETS, Clause, Segmenter, context_keys, context_names, word_names
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.model import Report

PACK = lang.load()
READER: Reader = reader(PACK)


def ready(text: str) -> Reading:
    return prepare(Report.make(text, outlet="صحيفة المدينة", published="2016-12-16"), PACK)


def clauses(text: str) -> list[str]:
    reading = ready(text)
    return [reading.tokens.of(c.first, c.after) for c in READER.segmenter.clauses(reading.tokens, reading.marks)]


def whole(text: str) -> tuple[str, str]:
    """Type and status of a text taken as one clause."""
    tokens = tokenise(text, PACK.lexicon)
    return READER.classifier.choose(tokens, [Clause(0, len(tokens))], [None])[0][:2]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("أعلن الدفاع المدني أن أربعة مدنيين قتلوا في قصف على البلدة.", "أربعة مدنيين قتلوا في قصف", "أعلن الدفاع"),
        ("وقالت مصادر طبية إن ثلاثة أطفال أصيبوا بجروح.", "ثلاثة أطفال أصيبوا", "مصادر طبية"),
        ("سيطرت قوات النظام على قرية شرق المدينة.", "سيطرت قوات النظام على قرية", ""),
    ],
)
def test_a_clause_holds_the_proposition_and_not_the_reporting_verb(text: str, inside: str, outside: str) -> None:
    found = clauses(text)
    assert any(inside in clause for clause in found)
    assert not outside or all(outside not in clause for clause in found)


def test_two_sentences_are_two_clauses() -> None:
    assert len(clauses("قصفت الطائرات سوق البلدة. ودخلت قافلة مساعدات إلى الحي المحاصر.")) == 2


def test_nothing_but_a_byline_and_a_tag_has_no_clause() -> None:
    assert clauses("اقرأ أيضا\nكتب: سامر خليل\nالوسوم: سوريا") == []


@pytest.mark.parametrize(
    ("text", "event_type", "status"),
    [
        ("قتل خمسة مدنيين في غارة جوية على سوق شعبي", "airstrike", "occurred"),
        ("اندلعت اشتباكات عنيفة بين الطرفين في محيط القرية", "clash", "occurred"),
        ("سيطرت الفصائل على ثلاث قرى", "capture", "occurred"),
        ("اعتقلت قوات الأمن عشرين شابا", "detention", "occurred"),
        ("لم تدخل أي مساعدات إلى الحي", "aid", "not_occurred"),
        ("من المقرر أن تبدأ المفاوضات غدا", "talks", "planned"),
        ("اكتملت عملية إجلاء المدنيين من الحي", "evacuation", "completed"),
        ("توقفت عملية إجلاء المدنيين من الحي", "evacuation", "suspended"),
        ("استؤنفت عملية إجلاء المدنيين من الحي", "evacuation", "resumed"),
        ("نزحت مئات العائلات من البلدة", "displacement", "occurred"),
    ],
)
def test_kinds_and_statuses_of_plain_sentences(text: str, event_type: str, status: str) -> None:
    assert whole(text) == (event_type, status)


def tokens_of(text: str) -> Tokens:
    return tokenise(text, PACK.lexicon)


def test_features_of_a_word_name_it_its_shape_and_what_the_pack_knows() -> None:
    names = features.of_word(PACK.lexicon.word("وقصفت"))
    assert {"w=قصفت", "p=و", "t=past", "s2=فت", "i2=قص"} <= set(names)
    assert features.of_word(PACK.lexicon.word("12")) == ("k=number",)
    assert features.of_word(PACK.lexicon.word("،")) == ("k=،",)


def test_words_further_off_are_seen_less_closely() -> None:
    word = PACK.lexicon.word("وقصفت")
    near, far = word_names(word, 1), word_names(word, -2)
    assert "1p=و" in near
    assert "-2w=قصفت" in far
    assert "-2p=و" not in far


@pytest.mark.parametrize(("word", "shape"), [("قصفت", "past"), ("وقصفت", "+past"), ("الحي", "the"), ("7", "number")])
def test_shapes(word: str, shape: str) -> None:
    assert features.shape(PACK.lexicon.word(word)) == shape


def test_contexts_count_from_the_sentences_beginning() -> None:
    tokens = tokens_of("قصفت الطائرات. ثم انسحبت")
    assert [key[0] for key in context_keys(tokens, [""] * len(tokens))] == [0, 1, 2, 0, 1]


def test_the_order_of_cues_is_a_feature() -> None:
    tokens = tokens_of("قصف الطائرات")
    names = features.around(tokens, 0, len(tokens))
    assert "cue0=shell_pound" in names
    assert "then=shell_pound>air_craft" in names


def test_the_classifier_scores_what_its_models_score_by_name() -> None:
    """The summed rows of the fast way and the named features of ``explain`` must be one and the same."""
    reading = ready("أعلن الدفاع المدني أن أربعة مدنيين قتلوا في قصف على البلدة أمس. ونفت الوزارة وقوع غارات.")
    by = READER.classifier
    for scope in (None, *reading.scopes):
        clauses = [Clause(0, 4), Clause(3, 9), Clause(5, len(reading.tokens))]
        alone = [seen(kinds(PACK), reading.tokens, clause, scope, of_theme(reading.tokens)) for clause in clauses]
        around = ["", "", *[by.types.best(named) for named in alone], ""]
        chosen = by.choose(reading.tokens, clauses, [scope] * 3, by.theme(reading.tokens))
        for at, (named, choice) in enumerate(zip(alone, chosen, strict=True)):
            assert choice.beside == (around[at], around[at + 1], around[at + 3])
            named.update(dict.fromkeys(features.of_neighbours(*choice.beside), 1.0))
            assert choice[:2] == (by.types.best(named), by.statuses.best(named))


def best_path(model: Linear, reading: Reading) -> tuple[int, ...]:
    """The best labels of all that there are, by named weights; nothing goes from outside into a clause."""
    tokens = reading.tokens
    rows = []
    for at, context in enumerate(context_keys(tokens, reading.marks)):
        names = list(context_names(context))
        for offset in OFFSETS:
            inside = 0 <= at + offset < len(tokens)
            names += word_names(tokens.words[at + offset], offset) if inside else [f"{offset}EDGE"]
        rows.append(model.scores(dict(Counter(names))))
    steps = [model.scores({f"step={a}": 1.0}) for a in range(3)]

    def worth(path: tuple[int, ...]) -> float:
        return sum(row[x] for row, x in zip(rows, path, strict=True)) + sum(steps[a][b] for a, b in pairwise(path))

    paths = product(range(3), repeat=len(rows))
    return max((p for p in paths if p[0] != 2 and (0, 2) not in pairwise(p)), key=worth)


@pytest.mark.parametrize(
    "text",
    [
        "قال إن مدنيا قتل.",
        "قتل مدني. ودخلت قافلة.",
        "اقرأ أيضا: صور",
        "الحي محاصر، وقصف أمس",
        "نفت الوزارة وقوع غارات",
    ],
)
def test_the_clauses_are_those_of_the_best_of_all_paths(text: str) -> None:
    reading = ready(text)
    found = READER.segmenter.clauses(reading.tokens, reading.marks)
    labels = [0] * len(reading.tokens)
    for clause in found:
        labels[clause.first : clause.after] = [1] + [2] * (clause.after - clause.first - 1)
    assert tuple(labels) == best_path(model("segment"), reading)


def test_a_segmenter_of_a_few_weights() -> None:
    weights = {
        "0w=قصف": ((1, 5.0),),
        "0w=الحي": ((2, 4.0),),
        "0w=حي": ((2, 4.0),),
        "0w=ثم": ((0, 1.0),),
        "0w=امس": ((0, 1.0),),
        "step=1": ((2, 0.5),),
    }
    small = Segmenter(Linear(tuple(LABELS), {"bias": (), **weights}, "test-few"))
    tokens = tokens_of("أمس قصف الحي ثم قصف الحي الحي")
    found = small.clauses(tokens, [""] * len(tokens))
    assert [tokens.of(c.first, c.after) for c in found] == ["قصف الحي", "قصف الحي الحي"]


def test_a_classifier_of_two_small_models() -> None:
    types = Linear(
        ("clash", "aid"), {"bias": ((0, 0.1),), "w=قافلة": ((1, 1.0),), "w=قافله": ((1, 1.0),)}, "test-small"
    )
    statuses = Linear(("occurred", "planned"), {"bias": ((0, 0.1),), "future": ((1, 1.0),)}, "test-small")
    small = Classifier(types, statuses, kinds(PACK))
    for text, right in (("دخلت قافلة", ("aid", "occurred")), ("ستدخل الحافلات", ("clash", "planned"))):
        tokens = tokens_of(text)
        assert small.choose(tokens, [Clause(0, len(tokens))], [None])[0][:2] == right


def test_a_clause_that_names_nothing_is_taken_for_what_stands_beside_it() -> None:
    types = Linear(("clash", "aid"), {"bias": ((0, 0.1),), "w=قافله": ((1, 1.0),), "before=aid": ((1, 0.5),)}, "beside")
    statuses = Linear(("occurred",), {"bias": ((0, 0.1),)}, "beside")
    tokens = tokens_of("دخلت القافلة الحي ثم عادت مساء")
    chosen = Classifier(types, statuses, kinds(PACK)).choose(tokens, [Clause(0, 3), Clause(4, 6)], [None, None])
    assert [choice.event_type for choice in chosen] == ["aid", "aid"]
    assert [choice.beside for choice in chosen] == [("", "", "clash"), ("", "aid", "")]
