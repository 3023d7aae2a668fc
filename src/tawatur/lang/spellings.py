"""A word that somebody looks for in, the folded spellings under which a text may hold it out.

Arabic writes «and», «with», «for», «like» and the article onto a word, and pronouns behind it. Each spelling comes
with how far it is from what was typed: 0 the word itself, 1 with other words written onto it, 2 another number or a
pronoun. Words of other scripts stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tawatur.lang.clitics import article

_ARABIC = re.compile("[\u0621-\u064a]+")
_CONJUNCTIONS = ("", "و", "ف")
_OPEN = tuple(a + b for a in _CONJUNCTIONS for b in ("", "ب", "ك", "ل"))
_WITH_ARTICLE = tuple(a + b for a in _CONJUNCTIONS for b in ("ال", "بال", "كال"))
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")
_ENDINGS = ("ين", "ون", "ان", "ات")
_BARE = tuple(a + b for a in ("", "و", "ف") for b in ("ب", "ك", "ل", "") if a + b)
SAME, JOINED, INFLECTED = 0, 1, 2


def _none(_word: str) -> tuple[str, ...]:
    """No other numbers are known."""
    return ()


def spellings(
    word: str, known: Callable[[str], bool], numbers: Callable[[str], Iterable[str]] = _none
) -> dict[str, int]:
    """All spellings of a folded word with their distance; ``known`` says which folded words are words.

    ``numbers`` gives the other numbers of a folded word that are words of their own (broken plurals). A proclitic
    without an article is taken off only where what stays is a known word and the whole is none.
    """
    if not _ARABIC.fullmatch(word):
        return {word: SAME}
    found = {word: SAME}
    for base in _bases(word, known):
        for form in _joined(base):
            found.setdefault(form, JOINED)
        broken = list(_broken(base, known, numbers))
        for other in (*_numbers(base, known), *broken):
            for form in (other, *_joined(other)):
                found.setdefault(form, INFLECTED)
        for form in (form for other in broken for form in _numbers(other, known)):
            found.setdefault(form, INFLECTED)  # eighteen killed are counted in the singular: 18 قتيلاً
        for form in _owned(base):
            found.setdefault(form, INFLECTED)
    return found


def _broken(base: str, known: Callable[[str], bool], numbers: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The broken plural of a singular, the singular of a broken plural; of a dual or sound plural by its singular."""
    yield from numbers(base)
    stem = _stem(base)
    if stem != base:
        for single in (stem, stem + "ه", stem[:-1] + "ه" if stem.endswith("ت") else ""):
            if single and known(single):
                yield from numbers(single)


def openings(word: str) -> dict[str, int]:
    """A folded word as it is, or with proclitics before it: the first word of a phrase, the beginning of words."""
    if not _ARABIC.fullmatch(word):
        return {word: SAME}
    forms = {word: SAME} | {opening + word: JOINED for opening in _OPEN if opening}
    if word.startswith("ال"):
        forms |= {a + "لل" + word[2:]: JOINED for a in _CONJUNCTIONS}
    return forms


def _bases(word: str, known: Callable[[str], bool]) -> list[str]:
    """What the word is written of: itself, or without an article, or without proclitics that are known to be such."""
    prefix = article(word)
    if not prefix and word.startswith("ال") and len(word) > 3:
        prefix = "ال"
    if prefix:
        rest = word[len(prefix) :]
        return [rest, "ل" + rest] if prefix.endswith("لل") else [rest]
    if known(word):
        return [word]
    return [word, *(rest for opening in _BARE if (rest := word.removeprefix(opening)) != word and _stands(rest, known))]


def _stands(rest: str, known: Callable[[str], bool]) -> bool:
    return len(rest) >= 3 and known(rest)


def _joined(base: str) -> Iterator[str]:
    yield from (opening + base for opening in (*_OPEN, *_WITH_ARTICLE))
    bare = base.removeprefix("ل")  # لل takes the place of an article and of a lam before it
    yield from (a + "لل" + bare for a in _CONJUNCTIONS)
    if bare != base:
        yield from (a + "لل" + base for a in _CONJUNCTIONS)


def _numbers(base: str, known: Callable[[str], bool]) -> Iterator[str]:
    """Dual and sound plural in their cases and before a genitive, and back; the alif of the indefinite accusative."""
    stem = _stem(base)
    if stem != base:
        yield from (stem + ending for ending in ("ين", "ون", "ان", "ات") if len(stem) >= 4 or ending[1] == base[-1])
        yield from (stem + ending for ending in "يو" if base.endswith("ن") and len(base) >= 6)
        if len(stem) >= 4 and known(stem):
            yield from (stem, stem + "ه", stem + "ا")
        elif base.endswith("ات"):
            yield stem + "ه"
    elif base.endswith("ه") and len(base) >= 4:
        yield from (base[:-1] + ending for ending in ("ات", "تين", "تان"))
    elif len(base) >= 3 and not base.endswith("ا"):
        if not known(base + "ا"):
            yield base + "ا"
        yield from (base + ending for ending in ("ين", "ون", "ان", "ات") if len(base) >= 4)


def _stem(base: str) -> str:
    """The word without the ending of a dual or a sound plural; itself where it has none."""
    return base[:-2] if len(base) >= 5 and base[-2:] in _ENDINGS else base


def _owned(base: str) -> Iterator[str]:
    """The word with a pronoun behind it."""
    if len(base) < 3:
        return
    stem = base[:-1] + "ت" if base[-1] == "ه" else base
    yield from (opening + stem + pronoun for opening in _OPEN for pronoun in _PRONOUNS)
