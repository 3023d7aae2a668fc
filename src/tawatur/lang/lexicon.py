"""The compiled lexicon: a written word in, its senses out; every distinct word is analysed once and remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from tawatur.lang.clitics import ALLOWED, JUSSIVE, NEGATORS, SUFFIXES, tails
from tawatur.lang.clitics import article as article
from tawatur.lang.clitics import cuts as cuts
from tawatur.lang.fold import fold_word
from tawatur.lang.forms import expand, forms_of
from tawatur.lang.schema import EntrySpec, Value

Kind = Literal["word", "number", "mark", "line"]
_REMEMBERED = 200_000  # distinct words kept; beyond that the memory is emptied, so that it stays bounded


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of the pack."""

    id: str
    dimension: str
    cls: str
    gives: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Sense:
    """A reading of a word: the entry, its part of speech, and the form (past, present, singular, dual, plural)."""

    entry: Entry
    pos: Literal["word", "verb", "noun"]
    form: str = ""


@dataclass(slots=True, eq=False)
class Word:
    """What the pack knows of one written word; shared by all its occurrences."""

    raw: str
    fold: str
    kind: Kind
    bare: str = ""  # fold without the proclitics that a known sense, or else the article, shows to be such
    prefix: str = ""
    senses: tuple[Sense, ...] = ()
    prefixes: tuple[str, ...] = ()  # of each sense
    suffixes: tuple[str, ...] = ()  # of each sense: the pronoun taken off, or empty
    stems: tuple[str, ...] = ()  # candidates without proclitics, longest first: for tables of names
    cls: dict[str, str] = field(default_factory=dict)  # dimension → class of the first sense in it
    by: dict[str, Sense] = field(default_factory=dict)  # dimension → the first sense in it
    classes: frozenset[str] = frozenset()  # all classes
    heads: tuple[tuple[str, Node], ...] = ()  # where phrases may begin here: (proclitics, node)
    follow: frozenset[str] = frozenset()  # the second words of those phrases
    codes: str = ""  # one character for every column of the lexicon
    notes: dict[str, object] = field(default_factory=dict)  # what other tables remember of the word, by table name
    role: object = None  # as ``notes``, in a place of its own since every pass over a report asks for it: sources
    place: object = None  # places
    alike: dict[str, object] | None = None  # of a number: the notes that all numbers of its lexicon begin with

    def note(self, key: str, known: object) -> None:
        """Keep what a table of weights knows of the word; such a table takes all numbers for the same."""
        self.notes[key] = known
        if self.alike is not None:
            self.alike[key] = known

    def sense(self, dimension: str) -> Sense | None:
        """The first sense in a dimension."""
        return self.by.get(dimension)

    def gives(self, dimension: str, key: str) -> Value | None:
        """A value of the first sense in a dimension."""
        sense = self.by.get(dimension)
        return sense.entry.gives.get(key) if sense else None


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree of phrases: what ends here, and the words that go on."""

    next: dict[str, Node] = field(default_factory=dict)
    senses: list[Sense] = field(default_factory=list)


_NUMBER = re.compile(r"\d+(?:[.,٫٬،'’]\d+)*\Z")


class Lexicon:
    """All entries of a pack, ready for look-up. ``word`` is the only call in the hot path."""

    token: re.Pattern[str] | None = None  # what a token is, in a language that does not go by the tokeniser's own rule

    def __init__(self) -> None:
        self.forms: dict[str, list[Sense]] = {}
        self.heads: dict[str, Node] = {}
        self.entries: dict[str, Entry] = {}
        self.shortened: set[str] = set()  # jussives that lost a letter, with and without pronouns
        self.spoken: dict[str, set[str]] = {}  # forms of the past that lost a letter: the entries they are of
        self.known: dict[str, Word] = {}  # words by how they are written; emptied now and then
        self.columns: dict[str, Callable[[Word], str]] = {}  # what class strings are made of, by name
        self._numbers: dict[str, object] = {}  # what tables of weights know of any number

    def column(self, name: str, char_of: Callable[[Word], str]) -> int:
        """The number of a column of class strings; ``char_of`` gives the one character that stands for a word in it.

        Every word carries its characters of all columns side by side, so that a text's string is one join and a slice.
        """
        if name not in self.columns:
            self.columns[name] = char_of
            for word in list(self.known.values()):
                word.codes += char_of(word)
        return list(self.columns).index(name)

    def coded(self, words: list[Word]) -> str:
        """The characters of all columns of these words, word by word."""
        codes = "".join([word.codes for word in words])
        if len(codes) != len(words) * len(self.columns):  # words kept from before a column was added
            for word in words:
                word.codes = self._codes(word)
            codes = "".join([word.codes for word in words])
        return codes

    def _codes(self, word: Word) -> str:
        return "".join([char_of(word) for char_of in self.columns.values()])

    def add(self, dimension: str, spec: EntrySpec) -> None:
        """Take in one entry with all the forms of its words."""
        entry = Entry(spec.id, dimension, spec.cls, dict(spec.gives))
        self.entries[entry.id] = entry
        for form, pos, feature in forms_of(spec):
            if feature == "spoken":
                self.spoken.setdefault(form, set()).add(entry.id)
            elif feature == "jussive":
                self.shortened.update(form + suffix for suffix in ("", *SUFFIXES))
            self._put(form, Sense(entry, pos, "past" if feature == "spoken" else feature))
        for phrase in spec.phrases:
            for words in expand(phrase):
                if len(words) == 1:  # all optional words left out: one word, beside its other senses
                    self._put(words[0], Sense(entry, "word"))
                else:
                    self._hang(words, Sense(entry, "word"))

    def _hang(self, words: tuple[str, ...], sense: Sense) -> None:
        node = self.heads.setdefault(words[0], Node())
        for word in words[1:]:
            node = node.next.setdefault(word, Node())
        if not any(held.entry is sense.entry for held in node.senses):
            node.senses.append(sense)

    def _put(self, form: str, sense: Sense) -> None:
        held = self.forms.setdefault(form, [])
        same = next((n for n, s in enumerate(held) if s.entry is sense.entry and s.pos == sense.pos), None)
        if same is None:
            held.append(sense)
        elif held[same].form == JUSSIVE:
            held[same] = sense

    def word(self, raw: str) -> Word:
        """The analysis of one token."""
        known = self.known.get(raw)
        if known is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            known = self.known[raw] = self._analyse(raw)
            known.codes = self._codes(known)
        return known

    def negated(self, word: Word) -> Word:
        """A word as it is read behind لم or لا, where a jussive may stand."""
        key = f"{word.raw}\0{JUSSIVE}"
        known = self.known.get(key)
        if known is None:
            known = Word(word.raw, word.fold, "word", stems=word.stems, heads=word.heads, follow=word.follow)
            self.known[key] = self._with_senses(known, list(self._readings(word, jussive=True)))
            known.codes = self._codes(known)
        return known

    def joined(self, parts: list[Word], senses: list[Sense], prefix: str) -> Word:
        """Several words that are one phrase, as one word with the phrase's senses.

        Verbs and nouns inside keep what they mean in the dimensions that do not know the phrase; so does what stands
        with a verb, such as its negation.
        """
        raw = " ".join(part.raw for part in parts)
        key = f"{senses[0].entry.id}\0{raw}"
        known = self.known.get(key)
        if known is None:
            fold = " ".join(part.fold for part in parts)
            word = Word(raw, fold, "word", fold[len(prefix) :], stems=(fold[len(prefix) :],))
            dimensions = {sense.entry.dimension for sense in senses}
            inner = [sense for part in parts for sense in part.senses if sense.entry.dimension not in dimensions]
            deed = any(sense.pos == "verb" for sense in inner)
            kept = [sense for sense in inner if deed or sense.pos != "word"]
            known = self.known[key] = self._with_senses(word, [(sense, prefix, "") for sense in (*senses, *kept)])
            known.codes = self._codes(known)
        return known

    def _analyse(self, raw: str) -> Word:
        fold = fold_word(raw)
        if raw[0] in "\r\n":
            return Word(raw, "\n", "line", "\n")
        if not fold:  # tatweel or marks alone
            return Word(raw, fold, "mark", fold)
        if _NUMBER.match(fold):
            return Word(raw, fold, "number", fold, notes=dict(self._numbers), alike=self._numbers)
        if not fold[0].isalpha():
            return self._with_senses(Word(raw, fold, "mark", fold), [(s, "", "") for s in self.forms.get(fold, ())])
        word = Word(raw, fold, "word", fold)
        word.stems = tuple(dict.fromkeys(rest for _, rest in cuts(fold)))
        word.heads = tuple((prefix, self.heads[rest]) for prefix, rest in cuts(fold) if rest in self.heads)
        word.follow = frozenset(second for _, node in word.heads for second in node.next)
        if fold in NEGATORS:
            word.follow = word.follow | self.shortened
        return self._with_senses(word, list(self._readings(word)))

    def _readings(self, word: Word, *, jussive: bool = False) -> Iterator[tuple[Sense, str, str]]:
        marbuta = "ة" in word.raw[-2:]
        for prefix, rest in cuts(word.fold):
            for body, suffix in tails(rest):
                if marbuta and suffix == "ه":
                    continue  # ta marbuta is no pronoun
                for sense in self.forms.get(body, ()):
                    if prefix in ALLOWED[sense.pos] and _suits(sense, suffix, prefix):
                        if sense.form != JUSSIVE:
                            if not self._outspoken(body, sense):
                                yield sense, prefix, suffix
                        elif jussive or prefix.endswith("ل"):
                            yield replace(sense, form="present"), prefix, suffix

    def _outspoken(self, form: str, sense: Sense) -> bool:
        """Whether a form that lost a letter is another verb's whole form."""
        spoken = self.spoken.get(form, ())
        if sense.entry.id not in spoken:
            return False
        others = [other for other in self.forms[form] if other.pos == "verb" and other.form != JUSSIVE]
        return any(other.entry.id not in spoken for other in others)

    @staticmethod
    def _with_senses(word: Word, readings: Iterable[tuple[Sense, str, str]]) -> Word:
        kept: list[tuple[Sense, str, str]] = []
        for reading in readings:
            if not any(reading[0].entry is other[0].entry for other in kept):
                kept.append(reading)
        word.senses = tuple(r[0] for r in kept)
        word.prefixes = tuple(r[1] for r in kept)
        word.suffixes = tuple(r[2] for r in kept)
        for sense in word.senses:
            word.cls.setdefault(sense.entry.dimension, sense.entry.cls)
            word.by.setdefault(sense.entry.dimension, sense)
        word.classes = frozenset(s.entry.cls for s in word.senses)
        word.prefix = kept[0][1] if kept else article(word.fold)
        word.bare = word.fold[len(word.prefix) :]
        return word


def _suits(sense: Sense, suffix: str, prefix: str) -> bool:
    if not suffix:
        return True
    if sense.pos == "noun":
        return not (suffix != "ا" and prefix.endswith("ال"))
    if sense.pos == "verb":
        return suffix not in ("ا", "ي")
    return False


def phrase_at(lexicon: Lexicon, words: list[Word], at: int) -> tuple[int, Word] | None:
    """The longest phrase that begins at a word: (number of words, the phrase as one word), or None."""
    size, senses, before = 0, None, ""
    for prefix, node in words[at].heads:
        end = at
        while True:
            end += 1
            if node.senses and end - at > size:
                size, senses, before = end - at, node.senses, prefix
            following = node.next.get(words[end].fold) if end < len(words) else None
            if following is None:
                break
            node = following
    return (size, lexicon.joined(words[at : at + size], senses, before)) if senses else None
