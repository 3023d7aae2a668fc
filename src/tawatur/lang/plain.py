"""The lexicon of languages that write words side by side and inflect them by endings: no proclitics, no pronouns.

A verb of a pack is ``base`` or ``base past participle (ing)``, a noun ``singular`` or ``singular|plural``; what is not
told is built by the rules of English spelling. A pack's ``language.toml`` asks for this lexicon.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from tawatur.lang import phrase as phrases
from tawatur.lang.fold import fold_word
from tawatur.lang.lexicon import Entry, Lexicon, Sense, Word
from tawatur.lang.schema import EntrySpec

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\Z")
_APOSTROPHES = re.compile("[\u0027\u2018\u2019\u02bb-\u02bf]")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_CLOSED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]\Z")  # one syllable that doubles its last letter
_POSSESSIVE = ("'s", "\u2019s")

#: Words with inner apostrophes, initials with their full stops, the possessive, numbers, line ends, anything else.
TOKEN = re.compile(
    r"((?:[A-Za-z]\.){2,}"
    r"|['\u2019]s\b"
    r"|[^\W\d_]+(?:['\u2019](?!s\b)[^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*"
    r"|[\r\n]+"
    r"|\S)"
)


def fold_plain(raw: str) -> str:
    """A word without accents, apostrophes and full stops, in lower case; the possessive keeps its apostrophe."""
    if raw in _POSSESSIVE:
        return "'s"
    plain = raw if raw.isascii() else "".join(c for c in unicodedata.normalize("NFD", raw) if not _accent(c))
    if len(plain) > 1:
        plain = _APOSTROPHES.sub("", plain).replace(".", "") if plain[0].isalpha() else plain
    return fold_word(plain)


def _accent(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


class PlainLexicon(Lexicon):
    """As ``Lexicon``, for words without proclitics."""

    token = TOKEN

    def add(self, dimension: str, spec: EntrySpec) -> None:
        """Take in one entry with all the forms of its words."""
        entry = Entry(spec.id, dimension, spec.cls, dict(spec.gives))
        self.entries[entry.id] = entry
        for form, pos, feature in forms_of(spec):
            if form.isalnum() or form == "'s" or not form[0].isalnum():
                self._put(form, Sense(entry, pos, feature))
            else:
                self._hang(tuple(_pieces(form)), Sense(entry, pos, feature))
        for phrase in spec.phrases:
            for words in expand(phrase):
                if len(words) == 1:
                    self._put(words[0], Sense(entry, "word"))
                else:
                    self._hang(words, Sense(entry, "word"))

    def _analyse(self, raw: str) -> Word:
        if raw[0] in "\r\n":
            return Word(raw, "\n", "line", "\n")
        fold = fold_plain(raw)
        if not fold:
            return Word(raw, fold, "mark", fold)
        if _NUMBER.match(fold):
            return Word(raw, fold, "number", fold)
        kind: Literal["word", "mark"] = "word" if fold[0].isalpha() or fold == "'s" else "mark"
        word = Word(raw, fold, kind, fold)
        if kind == "word":
            word.stems = (fold,)
        if fold in self.heads:
            node = self.heads[fold]
            word.heads, word.follow = (("", node),), frozenset(node.next)
        return self._with_senses(word, [(sense, "", "") for sense in self.forms.get(fold, ())])


def forms_of(spec: EntrySpec) -> Iterator[tuple[str, Literal["word", "verb", "noun"], str]]:
    """All folded forms of an entry's words: (form, part of speech, feature); a form may hold spaces or hyphens."""
    for text in spec.words:
        yield _folded(text), "word", ""
    for text in spec.verbs:
        yield from ((form, "verb", tense) for form, tense in verb(text))
    for text in spec.nouns:
        yield from ((form, "noun", number) for form, number in noun(text))


def expand(phrase: str) -> Iterator[tuple[str, ...]]:
    """The words of a phrase; a verb in braces is ``{verb}``, or with its past and participle ``{take took taken}``."""
    return phrases.expand(phrase, lambda spec: dict.fromkeys(form for form, _ in verb(spec)), _pieces)


def _pieces(text: str) -> list[str]:
    return [fold_plain(piece) for piece in TOKEN.findall(text)]


def _folded(text: str) -> str:
    return " ".join(_pieces(text)) if not text.isalnum() else fold_plain(text)


def verb(spec: str) -> Iterator[tuple[str, str]]:
    """Forms of a verb with their tense: ``present``, ``past``, ``part`` (participle, where it differs) and ``ing``."""
    base, *told = (fold_plain(part) for part in spec.split())
    past = told[0] if told else _past(base)
    part = told[1] if len(told) > 1 else past
    yield base, "present"
    yield plural(base), "present"
    yield past, "past"
    if part != past:
        yield part, "part"
    yield (told[2] if len(told) > 2 else _ing(base)), "ing"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return (base + base[-1] if _CLOSED.match(base) else base) + "ed"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return (base + base[-1] if _CLOSED.match(base) else base) + "ing"


def plural(base: str) -> str:
    """The regular plural of a noun, or the third person of a verb."""
    if base.endswith("y") and base[-2:-1] not in ("a", "e", "i", "o", "u"):
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(_SIBILANT) else "s")


def noun(spec: str) -> Iterator[tuple[str, str]]:
    """Forms of a noun with their number; ``-`` for a singular leaves it out."""
    singular, *plurals = (_folded(part.strip()) if part.strip() != "-" else "-" for part in spec.split("|"))
    if singular != "-":
        yield singular, "singular"
    for form in plurals or [plural(singular)]:
        yield form, "plural"


def light_stem(fold: str) -> str:
    """A folded word without its inflectional ending, at least three letters long; no dictionary is asked."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ions", "ion", "ers", "er", "ed", "es", "s", "e"):
        if len(fold) - len(ending) >= 3 and fold.endswith(ending) and not (ending == "s" and fold.endswith("ss")):
            stem = fold[: -len(ending)]
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl" else stem
    return fold
