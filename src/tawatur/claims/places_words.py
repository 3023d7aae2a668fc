"""Tokens to a class string of the places grammar, gazetteer names laid over it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from tawatur.claims.grammar import Grammar, built_in
from tawatur.claims.places_pick import Kin, kin_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.gazetteer import Gazetteer, Site, Tail, load
from tawatur.lang.lexicon import Word, article, cuts
from tawatur.lang.pack import Pack

DIMENSION = "places"
_EXTRA = ("name", "more", "glued_name", "the", "glued", "glued_the", "strange", "bare_strange", "bare_feminine")
#: Proclitics that a name may carry; ``لل`` hides the article's alif.
_ON_NAMES = frozenset(a + b for a in ("", "و", "ف") for b in ("", "ب", "ل", "لل"))
#: Beginnings and ends that adjectives and participles have more often than names.
_ON_PARTICIPLES = ("م", "و")
_PROCLITIC = ("ب", "ل")
_OF_ADJECTIVES = ("ي", "ات")
_VERBS = ("است", "انت", "ان", "اف", "اح", "اع")  # derived verbs, whose alif bears no hamza
_ITS = ("ها", "ه", "هم")
_LEAST = 3  # letters that must stay of a name without its proclitic


_STARTS = "+"  # stands for a word that a name may begin with


@dataclass(slots=True, eq=False)
class Named:
    """A gazetteer name in the tokens: its first and the token after its last, proclitics, all sites so called."""

    first: int
    after: int
    prefix: str
    sites: tuple[Site, ...]
    kin: Kin
    common: bool = False  # a common word as well, or not from our own table and known to another list


@dataclass(slots=True, eq=False)
class Note:
    """The names that may begin with a word; what its word alone names is known at once."""

    starts: list[tuple[str, dict[str, list[Tail]]]]  # proclitics; tails by their first word, longest first
    seconds: frozenset[str]  # the words that go on with a name
    alone: tuple[str, tuple[Site, ...], Kin, bool] | None  # as ``Named`` has them


class PlaceTable:
    """Gazetteer and grammar of a pack, ready for one look-up a word."""

    def __init__(self, pack: Pack) -> None:
        self.gazetteer: Gazetteer = load(pack)
        self.grammar = Grammar(pack, DIMENSION, (DIMENSION,), _EXTRA)
        self._name, self._more = self.grammar.char("name"), self.grammar.char("more")
        self._glued = self.grammar.char("glued_name")
        self._triggers = re.compile("[" + "".join(map(self.grammar.char, ("noun", "glued", "the", "glued_the"))) + "]")
        self._starting = re.compile(re.escape(_STARTS))
        self._kin: dict[int, Kin] = {}  # by the identity of a gazetteer's tuple of sites
        self._lexicon = pack.lexicon
        self._chars = pack.lexicon.column("places, written", lambda word: self.grammar.char(_class(word)))
        self._starts = pack.lexicon.column("places, starting", self._start)

    @staticmethod
    def of(pack: Pack) -> PlaceTable:
        """The table of a pack, made once."""
        held = pack.cache.get("places")
        if not isinstance(held, PlaceTable):
            held = pack.cache["places"] = PlaceTable(pack)
        return held

    def string(self, tokens: Tokens) -> tuple[str, dict[int, Named]]:
        """One character a token, and the names by their first token."""
        words, string = tokens.words, tokens.column(self._chars, self._lexicon)
        found: dict[int, Named] = {}
        pieces: list[str] = []
        free = 0
        for match in self._starting.finditer(tokens.column(self._starts, self._lexicon)):
            at = match.start()
            named = self._longest(words, at, cast(Note, words[at].place)) if at >= free else None
            if named:
                pieces += (string[free:at], self._glued if named.prefix else self._name)
                found[at], free = named, named.after
                pieces.append(self._more * (free - at - 1))
        return "".join((*pieces, string[free:])), found

    def triggered(self, string: str) -> bool:
        """Whether a class string holds a noun for places at all."""
        return self._triggers.search(string) is not None

    def _start(self, word: Word) -> str:
        starts = self._names(word)
        if not starts:
            return " "
        seconds = frozenset(second for _, tails in starts for second in tails if second)
        alone = next(((prefix, tails[""][0][1]) for prefix, tails in starts if "" in tails), None)
        known = (*alone, self._kin_of(alone[1]), _common(word, alone[1])) if alone else None
        word.place = Note(starts, seconds, known)
        return _STARTS

    def _kin_of(self, sites: tuple[Site, ...]) -> Kin:
        kin = self._kin.get(id(sites))
        if kin is None:
            kin = self._kin[id(sites)] = kin_of(sites)
        return kin

    def _longest(self, words: list[Word], at: int, note: Note) -> Named | None:
        alone = note.alone
        if note.seconds and at + 1 < len(words) and words[at + 1].fold in note.seconds:
            longer = _longer(words, at, note)
            if longer:
                tail, prefix, sites = longer
                return Named(at, at + 1 + len(tail), prefix, sites, self._kin_of(sites))
        return Named(at, at + 1, *alone) if alone else None

    def _names(self, word: Word) -> list[tuple[str, dict[str, list[Tail]]]]:
        if word.kind not in ("word", "number") or " " in word.fold:  # a phrase of another list
            return []
        gazetteer = self.gazetteer
        out: list[tuple[str, dict[str, list[Tail]]]] = []
        for prefix, rest in cuts(word.fold):
            if prefix not in _ON_NAMES:
                continue
            body = "ال" + rest if prefix.endswith("لل") else rest
            if body in gazetteer:
                short = prefix not in ("", "و") and len(rest) <= _LEAST
                tails = _by_second(
                    tail for tail in gazetteer.tails(body) if tail[0] or not (short or not _free(word, tail[1]))
                )
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
    if cls == "people" and word.fold.startswith("ال"):  # مخيم النازحين
        return "strange"
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
    carries = word.fold.startswith(_PROCLITIC) and (len(word.fold) < 5 or bool(article(word.fold)))
    plain = " " in word.fold or carries or word.fold.startswith(_ON_PARTICIPLES) or word.fold.endswith(_OF_ADJECTIVES)
    if word.classes or plain or word.raw.startswith(_VERBS):
        return ""
    return "bare_feminine" if word.fold.endswith("ه") else "bare_strange"


def _by_second(tails: Iterable[Tail]) -> dict[str, list[Tail]]:
    out: dict[str, list[Tail]] = {}
    for tail in tails:
        out.setdefault(tail[0][0] if tail[0] else "", []).append(tail)
    return out


def _longer(words: list[Word], at: int, note: Note) -> tuple[tuple[str, ...], str, tuple[Site, ...]] | None:
    """The longest name of several words that begins at a word: what follows the word, proclitics, sites."""
    best: tuple[tuple[str, ...], str, tuple[Site, ...]] | None = None
    second = words[at + 1].fold
    for prefix, by_second in note.starts:
        for tail, sites in by_second.get(second, ()):
            if best and len(tail) <= len(best[0]):
                break
            if _follows(words, at, tail):
                best = tail, prefix, sites
                break
    return best


def _common(word: Word, sites: tuple[Site, ...]) -> bool:
    """Whether a single-word name is a common word as well, or not from our own table and known to another list."""
    sense = word.by.get(DIMENSION)
    listed = sense is not None and sense.entry.cls in ("common", "dir")
    return listed or (bool(word.classes) and not any(s.own for s in sites))


def _free(word: Word, sites: tuple[Site, ...]) -> bool:
    """Whether a single word may be a name: not one that the grammar knows, unless our own table says so."""
    if DIMENSION not in word.cls:
        return True
    return word.cls[DIMENSION] != "never" and any(s.own for s in sites)


def _follows(words: list[Word], at: int, tail: tuple[str, ...]) -> bool:
    return at + len(tail) < len(words) and all(words[at + k].fold == part for k, part in enumerate(tail, 1))
