"""An entry of a pack in, every folded form of its words and phrases out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Literal

from tawatur.lang import inflect
from tawatur.lang.fold import fold_word
from tawatur.lang.schema import EntrySpec

_BRACES = re.compile(r"\{(\S+) (\S+)\}")


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
    """The folded words of a phrase: ``a|b`` are alternatives, ``(a)`` is optional, ``{past present}`` verbs."""
    verbs: list[list[str]] = []

    def hold(match: re.Match[str]) -> str:
        verbs.append(sorted({form for form, _ in inflect.verb(match[1], match[2])}))
        return f"\x00{len(verbs) - 1}"

    slots: list[list[str]] = []
    for part in _BRACES.sub(hold, phrase).split():
        optional = part.startswith("(") and part.endswith(")")
        options: list[str] = [""] if optional else []
        for choice in part.strip("()").split("|"):
            options += verbs[int(choice[1:])] if choice.startswith("\x00") else [fold_word(choice)]
        slots.append(options)
    for words in product(*slots):
        yield tuple(word for word in words if word)
