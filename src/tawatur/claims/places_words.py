"""Tokens to a class string of the places grammar, gazetteer names laid over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from tawatur.claims.grammar import Grammar, built_in
from tawatur.claims.tokens import Tokens
from tawatur.lang.gazetteer import Gazetteer, Site, Tail, load
from tawatur.lang.lexicon import Word, cuts
from tawatur.lang.pack import Pack

DIMENSION = "places"
_EXTRA = ("name", "more", "glued_name", "the", "glued", "glued_the", "strange", "bare_strange", "bare_feminine")
#: Proclitics that a name may carry; ``لل`` hides the article's alif.
_ON_NAMES = frozenset(a + b for a in ("", "و", "ف") for b in ("", "ب", "ل", "لل"))
#: Beginnings and ends that adjectives and participles have more often than names.
_ON_PARTICIPLES = ("م", "و", "ب", "ل")
_OF_ADJECTIVES = ("ي", "ين", "ون", "ات")
_VERBS = ("است", "انت", "ان", "اف", "اح", "اع")  # derived verbs, whose alif bears no hamza
_ITS = ("ها", "ه", "هم")
_LEAST = 3  # letters that must stay of a name without its proclitic


@dataclass(frozen=True, slots=True)
class Note:
    """What the places grammar remembers of a word: its character, and the names that may begin with it."""

    char: str
    starts: tuple[tuple[str, dict[str, list[Tail]]], ...] = ()  # proclitics; tails by their first word, longest first


@dataclass(frozen=True, slots=True)
class Named:
    """A gazetteer name in the tokens: its first and the token after its last, proclitics, all sites so called."""

    first: int
    after: int
    prefix: str
    sites: tuple[Site, ...]


class PlaceTable:
    """Gazetteer and grammar of a pack, ready for one look-up a word."""

    def __init__(self, pack: Pack) -> None:
        self.gazetteer: Gazetteer = load(pack)
        self.grammar = Grammar(pack, DIMENSION, (DIMENSION,), _EXTRA)
        self._name, self._more = self.grammar.char("name"), self.grammar.char("more")
        self._glued = self.grammar.char("glued_name")

    @staticmethod
    def of(pack: Pack) -> PlaceTable:
        """The table of a pack, made once."""
        held = pack.cache.get("places")
        if not isinstance(held, PlaceTable):
            held = pack.cache["places"] = PlaceTable(pack)
        return held

    def string(self, tokens: Tokens) -> tuple[str, dict[int, Named]]:
        """One character a token, and the names by their first token."""
        words = tokens.words
        notes = [cast(Note, w.place) or self._note(w) for w in words]
        chars = [n.char for n in notes]
        found: dict[int, Named] = {}
        free = 0
        for at, note in enumerate(notes):
            if at >= free and note.starts:
                named = _longest(words, at, note)
                if named:
                    found[at], free = named, named.after
                    chars[at] = self._glued if named.prefix else self._name
                    chars[at + 1 : free] = self._more * (free - at - 1)
        return "".join(chars), found

    def triggered(self, string: str) -> bool:
        """Whether a class string holds a noun for places at all."""
        return any(self.grammar.char(cls) in string for cls in ("noun", "glued", "the", "glued_the"))

    def _note(self, word: Word) -> Note:
        note = Note(self.grammar.char(_class(word)), tuple(self._starts(word)))
        word.place = note
        return note

    def _starts(self, word: Word) -> list[tuple[str, dict[str, list[Tail]]]]:
        if word.kind not in ("word", "number"):
            return []
        heads = self.gazetteer.heads
        out: list[tuple[str, dict[str, list[Tail]]]] = []
        for prefix, rest in cuts(word.fold.split(" ")[0]):
            if prefix not in _ON_NAMES:
                continue
            body = "ال" + rest if prefix.endswith("لل") else rest
            if body in heads:
                short = prefix not in ("", "و") and len(rest) <= _LEAST
                tails = _by_second(tail for tail in heads[body] if tail[0] or not short)
                out += [(prefix, tails)] if tails else []
        return out


def cls_of(word: Word) -> str:
    """The class of a word in the places dimension, empty when it has none."""
    return word.cls.get(DIMENSION, "")


def _its(word: Word, suffix: str) -> bool:
    return suffix in _ITS and not (suffix == "ه" and word.raw.endswith("ة"))


def suffix_of(word: Word) -> str:
    """The pronoun on a word that is read as a place word."""
    sense = word.by.get(DIMENSION)
    suffix = word.suffixes[word.senses.index(sense)] if sense and word.suffixes else ""
    return suffix if _its(word, suffix) else ""


def _class(word: Word) -> str:
    sense = word.by.get(DIMENSION)
    if sense is None or (sense.pos != "word" and " " in word.fold):  # a phrase of another list
        return _strange(word) or built_in(word)
    cls = sense.entry.cls
    at = word.senses.index(sense)
    prefix, suffix = word.prefixes[at], word.suffixes[at]
    definite = prefix.endswith(("ال", "لل")) or word.fold.startswith("ال", len(prefix))
    if cls in ("noun", "rel") and (definite or _its(word, suffix)):
        return "the" if prefix in ("ال", "") else "glued_the"
    if cls in ("noun", "rel") and suffix == "ا":  # tanwin: nothing is joined to it
        return "other"
    return "glued" if cls in ("noun", "rel", "dir") and prefix else cls


def _strange(word: Word) -> str:
    """The class of a word that may be the name after a noun: anything with an article, else what no list knows."""
    if word.kind != "word" or len(word.fold) < _LEAST or "times" in word.cls:
        return ""
    if word.fold.startswith("ال"):
        return "strange" if len(word.fold) > 4 else ""
    plain = " " in word.fold or word.fold.startswith(_ON_PARTICIPLES) or word.fold.endswith(_OF_ADJECTIVES)
    if word.classes or plain or word.raw.startswith(_VERBS):
        return ""
    return "bare_feminine" if word.fold.endswith("ه") else "bare_strange"


def _by_second(tails: Iterable[Tail]) -> dict[str, list[Tail]]:
    out: dict[str, list[Tail]] = {}
    for tail in tails:
        out.setdefault(tail[0][0] if tail[0] else "", []).append(tail)
    return out


def _longest(words: list[Word], at: int, note: Note) -> Named | None:
    best: Named | None = None
    second = words[at + 1].fold if at + 1 < len(words) else ""
    for prefix, by_second in note.starts:
        for tail, sites in (*by_second.get(second, ()), *by_second.get("", ())):
            if best and len(tail) + 1 <= best.after - at:
                break
            if _follows(words, at, tail) and (tail or _free(words[at], sites)):
                best = Named(at, at + 1 + len(tail), prefix, sites)
                break
    return best


def _free(word: Word, sites: tuple[Site, ...]) -> bool:
    """Whether a single word may be a name: not one that the grammar knows, unless our own table says so."""
    if DIMENSION not in word.cls:
        return True
    return word.cls[DIMENSION] != "never" and any(s.own for s in sites)


def _follows(words: list[Word], at: int, tail: tuple[str, ...]) -> bool:
    if " " in words[at].fold:  # a phrase of another list; only a name as long as it counts
        return tuple(words[at].fold.split(" ")[1:]) == tail and not tail
    return at + len(tail) < len(words) and all(words[at + k].fold == part for k, part in enumerate(tail, 1))
