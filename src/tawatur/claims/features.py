"""What the models see: named features of a word and of a clause. Weights in ``explain`` carry these names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from tawatur.claims.tokens import Tokens
from tawatur.lang.inflect import light_stem, skeleton
from tawatur.lang.lexicon import Word

if TYPE_CHECKING:
    from tawatur.claims.attribution import Scope
    from tawatur.claims.grammar import Grammar

FIRST_WORDS = 2  # words of a clause that count apart, since its head stands there
LONGEST = 20  # words of a clause beyond which it counts as no longer
_FULL_THEME = 5  # a fifth of all cues is a theme in full
_ARABIC = {",": "،", ";": "؛", "?": "؟"}
_CUES = ("events", "status")  # the dimensions whose entries are features of a clause


def of_word(word: Word) -> tuple[str, ...]:
    """Features of one token for the segmenter: the word, its shape and all that the pack knows of it."""
    held = word.notes.get("features")
    if held is None:
        held = word.notes["features"] = tuple(_of_word(word))
    return held  # type: ignore[return-value]  # notes hold what each table puts there


def _of_word(word: Word) -> Iterator[str]:
    if word.kind != "word":
        yield f"k={sign(word)}"
        return
    bare = word.bare
    yield f"w={bare}"
    for sense in word.senses:
        yield f"c={sense.entry.cls}"
        if sense.form in ("past", "present"):
            yield f"t={sense.form}"
    yield f"p={word.prefix}"
    yield f"s2={bare[-2:]}"
    yield f"s3={bare[-3:]}"
    yield f"i2={bare[:2]}"
    yield f"i1={word.fold[:1]}"
    yield f"n={min(len(bare), 7)}"


def sign(word: Word) -> str:
    """A mark under its Arabic form, since pages mix both; for numbers and line ends what they are."""
    return _ARABIC.get(word.fold, word.fold) if word.kind == "mark" else word.kind


def shape(word: Word) -> str:
    """What a clause may begin with: a verb by its tense, a conjunction with it, a mark, or a plain word."""
    held = word.notes.get("shape")
    if held is None:
        held = word.notes["shape"] = _shape(word)
    return held  # type: ignore[return-value]  # notes hold what each table puts there


def _shape(word: Word) -> str:
    if word.kind != "word":
        return word.kind
    joined = "+" if word.fold[0] in "وف" and word.prefix[:1] in ("و", "ف") else ""
    tense = next((s.form for s in word.senses if s.pos == "verb"), "")
    if tense:
        return joined + tense
    return joined + ("the" if word.prefix.endswith("ال") or word.prefix.endswith("لل") else "x")


def of_scope(scope: Scope | None) -> dict[str, float]:
    """Features of the voice that a clause belongs to: how it is passed on, and the act when speaking is one."""
    if scope is None:
        return {"voice=publisher": 1.0}
    out = {f"voice={scope.kind}": 1.0}
    if scope.event_type:
        out[f"act={scope.event_type}"] = 1.0
    out.update((f"stance={link.stance}", 1.0) for link in scope.chain if link.stance != "neutral")
    return out


def of_rules(grammar: Grammar, string: str) -> dict[str, float]:
    """Features of the kinds of events that the grammar reads in a clause: each rule that matches, and the first."""
    rules = [hit.rule for hit in grammar.hits(string)]
    out = {f"rule={rule.id}": 1.0 for rule in rules}
    if rules:
        out[f"first={rules[0].gives['type']}"] = 1.0
    return out


def of_theme(tokens: Tokens) -> dict[str, float]:
    """Features of a whole report: the kinds of events that it speaks of, each by its share of all cues, in tenths.

    What a clause leaves open, the rest of the report often tells: people who leave are evacuated in a report on a deal.
    """
    return {f"theme={cue}": tenths / 10 for cue, tenths in theme_tenths(tokens)}


def theme_tenths(tokens: Tokens) -> list[tuple[str, int]]:
    """The kinds of events of a report, each with its share of all cues in tenths of a full theme, none without any."""
    held: list[tuple[str, ...]] = [
        kinds_of(word) if (kinds := word.notes.get("kinds")) is None else kinds  # type: ignore[misc]  # as there
        for word in tokens.words
    ]
    counts = Counter(chain.from_iterable(filter(None, held)))
    total = sum(counts.values())
    shares = [(cue, min(round(_FULL_THEME * count * 10 / total), 10)) for cue, count in counts.items()]
    return [(cue, tenths) for cue, tenths in shares if tenths]


def of_neighbours(two_before: str, before: str, after: str) -> list[str]:
    """Feature names of what the clauses around a clause were taken for, by type; empty where there is none.

    A clause that names nothing (“it resumed this morning”) is about what the clauses beside it are about.
    """
    return [f"two before={two_before or '^'}", f"before={before or '^'}", f"after={after or '$'}"]


def kinds_of(word: Word) -> tuple[str, ...]:
    """The event entries of a word, by class."""
    held = word.notes.get("kinds")
    if held is None:
        held = tuple([s.entry.cls for s in word.senses if s.entry.dimension == "events"])
        word.note("kinds", held)
    return held  # type: ignore[return-value]  # notes hold what each table puts there


def of_clause(tokens: Tokens, first: int, after: int) -> dict[str, float]:
    """Features of a clause for the type and status models: its words, its first words, and what ``around`` tells."""
    out: Counter[str] = Counter()
    for place, word in enumerate(spoken(tokens, first, after)):
        out.update(clause_word(word))
        if place < FIRST_WORDS:
            out.update(f"{place}{name}" for name in clause_word(word))
    return {**out, **around(tokens, first, after)}


def spoken(tokens: Tokens, first: int, after: int) -> list[Word]:
    """The words of a clause, without numbers and marks."""
    return [word for word in tokens.words[first:after] if word.kind == "word"]


def around(tokens: Tokens, first: int, after: int) -> dict[str, float]:
    """Features of a clause that are more than its words: the cues in their order, what stands before it, its length."""
    words = spoken(tokens, first, after)
    out = dict.fromkeys(of_cues(tuple(dict.fromkeys(cue for word in words for cue in cues_of(word)[:1]))), 1.0)
    for back in (1, 2):
        if first >= back:
            out.update(dict.fromkeys(before(tokens.words[first - back], back), 1.0))
    out["length"] = min(len(words), LONGEST) / 10
    return out


def of_cues(cues: tuple[str, ...]) -> list[str]:
    """Feature names of the cues of a clause in their order."""
    if not cues:
        return ["no cue"]
    return [
        *(f"cue{at}={cue}" for at, cue in enumerate(cues[:3])),
        *(f"then={one}>{two}" for one, two in pairwise(cues)),
    ]


def before(word: Word, back: int) -> list[str]:
    """Feature names of a word that stands one or two before a clause."""
    cues = dict.fromkeys(cues_of(word))
    return [f"-{back}w={word.bare if word.kind == 'word' else word.kind}", *(f"-{back}c={cue}" for cue in cues)]


def clause_word(word: Word) -> tuple[str, ...]:
    """Features of one word inside a clause."""
    held = word.notes.get("clause")
    if held is None:
        names = [f"w={word.bare}", f"st={light_stem(word.bare)}", f"sk={skeleton(word.bare)}"]
        for sense, prefix in zip(word.senses, word.prefixes, strict=True):
            names.append(f"c={sense.entry.cls}")
            if sense.pos == "verb":
                names.append("future" if "س" in prefix else f"t={sense.form}")
        if (not word.senses and word.fold[:1] in "يت") or word.fold[:2] in ("سي", "ست"):
            names.append(f"like={word.fold[0]}")
        held = word.notes["clause"] = tuple(dict.fromkeys(names))
    return held  # type: ignore[return-value]  # as above


def cues_of(word: Word) -> tuple[str, ...]:
    """The event and status entries of a word, by class."""
    held = word.notes.get("cues")
    if held is None:
        held = word.notes["cues"] = tuple(s.entry.cls for s in word.senses if s.entry.dimension in _CUES)
    return held  # type: ignore[return-value]  # as above
