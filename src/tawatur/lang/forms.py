"""An entry of a pack in, every folded form of its words and phrases out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tawatur.lang import inflect
from tawatur.lang import phrase as phrases
from tawatur.lang.fold import fold_word
from tawatur.lang.schema import EntrySpec


def forms_of(spec: EntrySpec) -> Iterator[tuple[str, Literal["word", "verb", "noun"], str]]:
    """All folded single-word forms of an entry: (form, part of speech, feature)."""
    for text in spec.words:
        yield fold_word(text), "word", ""
    for text in spec.verbs:
        past, present = text.split()
        yield from ((form, "verb", tense) for form, tense in inflect.verb(past, present))
    for text in spec.nouns:
        yield from ((form, "noun", number) for form, number in inflect.noun(text))


def expand(phrase: str) -> Iterator[tuple[str, ...]]:
    """The folded words of a phrase; a verb in braces is its past and its present: ``{past present}``."""
    return phrases.expand(phrase, _verbs, lambda word: (fold_word(word),))


def _verbs(spec: str) -> list[str]:
    past, present = spec.split()
    return sorted({form for form, _ in inflect.verb(past, present)})
