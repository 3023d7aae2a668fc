"""Rules over word classes: what a pattern matches, and the class string that it runs on."""

from __future__ import annotations

import pytest

from tawatur.claims.grammar import BUILT_IN, Grammar, built_in
from tawatur.claims.tokens import tokenise
from tawatur.errors import PackError
from tawatur.lang.language import LANGUAGES
from tawatur.lang.lexicon import Lexicon
from tawatur.lang.pack import Pack
from tawatur.lang.schema import EntrySpec, RuleSpec

ENTRIES = {
    "boat": {"nouns": ["زورق|زوارق"]},
    "sink": {"verbs": ["غرق يغرق"]},
    "near": {"words": ["قرب", "قبالة"]},
    "never": {"words": ["لم", "لن"]},
}


def grammar(*patterns: str, extra: tuple[str, ...] = ()) -> tuple[Grammar, Lexicon]:
    lexicon, specs = Lexicon(), {}
    for cls, words in ENTRIES.items():
        spec = EntrySpec.model_validate({"id": cls, "cls": cls, "examples": [{"text": "س"}], **words})
        lexicon.add("sea", spec)
        specs[cls] = ("sea", spec)
    rules = tuple(
        RuleSpec.model_validate({"id": f"r{n}", "pattern": p, "make": "x", "examples": [{"text": "س"}]})
        for n, p in enumerate(patterns)
    )
    pack = Pack("ar", "0", lexicon, {"sea": rules}, specs, (), LANGUAGES["ar"])
    return Grammar(pack, "sea", ("sea",), extra), lexicon


def matched(pattern: str, text: str) -> list[str]:
    made, lexicon = grammar(pattern)
    tokens = tokenise(text, lexicon)
    return [tokens.of(*hit.match.span()) for hit in made.hits(made.string(tokens))]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("<sink> <boat>", "أمس غرق زورق", ["غرق زورق"]),
        ("<sink> <boat>", "زورق غرق", []),
        ("<sink|near> <boat>", "غرق زورق قرب زورقين", ["غرق زورق", "قرب زورقين"]),
        ("<sink> <any> <boat>", "غرق هناك زورق", ["غرق هناك زورق"]),
        ("<sink> <!near>* <boat>", "غرق هنا هناك زورق", ["غرق هنا هناك زورق"]),
        ("<sink> <!near>* <boat>", "غرق قرب زورق", []),
        ("<sink> <digits>? <boat>", "غرقت 3 زوارق", ["غرقت 3 زوارق"]),
        ("<sink> <boat> <comma>", "غرق زورق، ثم", ["غرق زورق،"]),
        ("<boat>{2,3}", "زورق زورقان زوارق", ["زورق زورقان زوارق"]),
        ("(?<!<never>)<sink>", "غرق ولم يغرق", ["غرق"]),
        ("<other>", "سفينة زورق", ["سفينة"]),
        ("<open> <boat> <close>", "(زورق) «زوارق»", ["(زورق)", "«زوارق»"]),
    ],
)
def test_patterns(pattern: str, text: str, found: list[str]) -> None:
    assert matched(pattern, text) == found


def test_named_groups_are_token_places() -> None:
    made, lexicon = grammar("<sink> (?P<what><boat>)")
    tokens = tokenise("أمس غرق الزورق", lexicon)
    hit = next(made.hits(made.string(tokens)))
    assert hit.match.span("what") == (2, 3)


def test_the_class_string_has_one_character_a_token() -> None:
    made, lexicon = grammar("<boat>")
    tokens = tokenise("غرقت 3 زوارق، قرب السفينة.\n", lexicon)
    string = made.string(tokens)
    right = ["sink", "digits", "boat", "comma", "near", "other", "stop", "line"]
    assert [made.char(cls) for cls in right] == list(string)


def test_matches_come_rule_by_rule_in_file_order() -> None:
    made, lexicon = grammar("<boat>", "<sink>")
    tokens = tokenise("غرق زورق", lexicon)
    assert [hit.rule.id for hit in made.hits(made.string(tokens))] == ["r0", "r1"]


@pytest.mark.parametrize("pattern", ["<boat", "(<boat>", "<boat>{2,1}"])
def test_a_pattern_that_is_no_regular_expression_is_refused_by_name(pattern: str) -> None:
    if pattern == "<boat":
        assert matched(pattern, "زورق") == []  # no slot: the letters themselves, which no class string holds
        return
    with pytest.raises(PackError, match="r0: pattern"):
        grammar(pattern)


def test_an_unknown_class_is_refused_by_name() -> None:
    with pytest.raises(PackError, match="r0: no word class 'ship' in sea"):
        grammar("<ship>")


def test_classes_of_a_finders_own_are_known_to_patterns() -> None:
    made, _ = grammar("<ship>", extra=("ship",))
    assert [hit.match.span() for hit in made.hits("x" + made.char("ship"))] == [(1, 2)]


@pytest.mark.parametrize(
    ("token", "cls"),
    [
        ("سفينة", "other"),
        ("12", "digits"),
        ("،", "comma"),
        ("؟", "stop"),
        ("٪", "percent"),
        ("«", "open"),
        ("*", "mark"),
    ],
)
def test_classes_that_tokens_have_without_an_entry(token: str, cls: str) -> None:
    _, lexicon = grammar()
    assert built_in(lexicon.word(token)) == cls
    assert cls in BUILT_IN


def test_a_pattern_is_skipped_only_where_it_could_not_match() -> None:
    """What a rule needs is worked out from its pattern; here every kind of pattern is held against plain ``re``."""
    texts = ["غرق زورق", "زورق قرب", "لم يغرق", "سفينة", "غرق 3 زوارق", ""]
    patterns = [
        "<sink>?<boat>",
        "<sink>|<near>",
        "(<sink>|<never>)<any>",
        "<!boat>+",
        "((<sink>)?<boat>)",
        "<never>?<sink>",
    ]
    for pattern in patterns:
        made, lexicon = grammar(pattern)
        compiled = made._rules[0][1]
        for text in texts:
            string = made.string(tokenise(text, lexicon))
            assert [h.match.span() for h in made.hits(string)] == [m.span() for m in compiled.finditer(string)]
