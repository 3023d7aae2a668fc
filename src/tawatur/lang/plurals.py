"""A language pack in, the other numbers of its nouns out, where the plural is a word of its own: كتيبة and كتائب."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from tawatur.lang.fold import fold_word
from tawatur.lang.inflect import noun
from tawatur.lang.pack import Pack

_CACHED = "other numbers"
_SHORT = 3  # letters of a plural that is as likely another word
_NONE = "-"


def other_numbers(pack: Pack) -> dict[str, frozenset[str]]:
    """By folded form, the folded singular and plurals of the same noun; nouns with a broken plural only.

    A plural that only folding makes like another noun is left out (أعلام and إعلام); one that is spelled like another
    noun is found from its singular, and does not lead back to it (مزارع are farms, and a farmer; قصر minors, and a
    palace).
    """
    made = pack.cache.get(_CACHED)
    if not isinstance(made, dict):
        made = pack.cache[_CACHED] = {form: frozenset(held) for form, held in _found(pack).items()}
    return made


def _found(pack: Pack) -> dict[str, set[str]]:
    nouns = {text for _, spec in pack.specs.values() for text in spec.nouns}
    singulars: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for text in nouns:
        single, *plurals = (part.strip() for part in text.split("|"))
        singulars[fold_word(single)].append((single, bool({*plurals} - {single, _NONE})))
    out: dict[str, set[str]] = defaultdict(set)
    for text in nouns:
        for one, other in _pairs(text, singulars):
            out[one].add(other)
    return out


def _pairs(text: str, singulars: dict[str, list[tuple[str, bool]]]) -> Iterator[tuple[str, str]]:
    """The forms of a noun that lead to each other."""
    single, *plurals = (part.strip() for part in text.split("|"))
    broken = [plural for plural in plurals if plural[0] != "+" and plural not in (_NONE, single)]
    if single == _NONE or not broken or " " in text:
        return
    base = fold_word(single)
    forms = {form for form, number in noun(text) if number == "plural" and form.isalpha()}
    sound = forms - {fold_word(plural) for plural in broken}
    for plural in broken:
        form = fold_word(plural)
        others = [held for held in singulars.get(form, ()) if form != base]
        if any(_unmarked(told) != _unmarked(plural) for told, _ in others):
            continue
        yield base, form
        yield from ((ending, form) for ending in sound)
        if not any(own for _, own in others) and (len(form) > _SHORT or not others):
            yield form, base
            yield from ((form, ending) for ending in sound)
            yield from ((form, fold_word(other)) for other in broken if fold_word(other) != form)


def _unmarked(word: str) -> str:
    """A word without vowels and doubling, its hamzas as they are."""
    return "".join(char for char in unicodedata.normalize("NFC", word) if unicodedata.category(char) != "Mn")
