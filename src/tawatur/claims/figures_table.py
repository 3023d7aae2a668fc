"""What the figure finder knows of words: a language pack in, compiled rules and counted nouns out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from tawatur.claims.figures_told import Telling
from tawatur.claims.grammar import BUILT_IN, Grammar
from tawatur.claims.numbers import piece_of
from tawatur.claims.tokens import Tokens
from tawatur.lang import inflect
from tawatur.lang.lexicon import Lexicon, Sense, Word
from tawatur.lang.pack import Pack
from tawatur.model import Outcome, Population

_STARTS = ("digits", "number", "vague", "fraction", "person", "thing", "span", "one_of")
_MAY_START, _MAY_NOT = "+", " "
_POST = ("post_least", "post_more", "post_most", "post_exact", "post_about", "rate", "more_min", "more_max")
_DUAL_SIGN = re.compile("[\u064e]\u0651?ي\u0652?ن|\u0651\u064eي")  # a fatha before the ya of the dual
#: The prefix of a noun that stands inside a phrase and not at its head.
INSIDE = "…"
_LONG = 5
_STARTING = re.compile(re.escape(_MAY_START))
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun as it stands in the text."""

    population: Population
    outcome: Outcome | None
    cls: str  # person, thing, span
    form: str  # singular, dual, plural
    definite: bool
    owned: bool  # with a pronoun
    prefix: str
    times: float
    rule: str


@dataclass(slots=True)
class Table:
    """Compiled once for a pack."""

    grammar: Grammar
    lexicon: Lexicon
    plurals: dict[str, frozenset[str]]  # entry id → its plural forms
    chars: dict[str, str]
    telling: Telling
    starts: frozenset[str]  # the characters of classes with which quantities begin
    post: dict[str, str]  # characters of words that bound a quantity before them → their classes
    groups: dict[tuple[str, ...], str] = field(default_factory=dict)
    column: int = field(init=False)

    def __post_init__(self) -> None:
        self.column = self.lexicon.column("figures, starting", self._start)

    def starting(self, tokens: Tokens) -> list[int]:
        """The tokens at which a quantity may begin: numbers, words for one of them, duals, and single persons."""
        string = tokens.column(self.column, self.lexicon)
        return [match.start() for match in _STARTING.finditer(string)]

    def _start(self, word: Word) -> str:
        char = self.grammar.char_of(word)
        if char not in self.starts:
            return _MAY_NOT
        noun = self.noun(word)
        one = noun is not None and (noun.form == "dual" or (noun.form == "singular" and noun.cls == "person"))
        return _MAY_START if one or piece_of(word) or char == self.chars["one_of"] else _MAY_NOT

    def group(self, names: tuple[str, ...]) -> str:
        """The characters of several classes, as one string."""
        held = self.groups.get(names)
        if held is None:
            held = self.groups[names] = "".join(self.chars[name] for name in names)
        return held

    def noun(self, word: Word) -> Noun | None:
        """The counted noun that a word is, or None."""
        try:
            return cast("Noun | None", word.notes["nouns"])
        except KeyError:
            noun = word.notes["nouns"] = self._noun(word)
            return noun

    def _noun(self, word: Word) -> Noun | None:
        sense = word.by.get("populations")
        if sense is None:
            return None
        n = word.senses.index(sense)
        prefix, suffix, gives = word.prefixes[n], word.suffixes[n], sense.entry.gives
        definite = prefix.endswith(("ال", "لل"))
        if " " in word.fold and sense.pos != "word":  # a noun inside a phrase of another dimension
            definite = word.fold.split()[-1].startswith("ال")
            head = self.lexicon.word(word.raw.split()[0]).by.get("populations")
            prefix = prefix if head and head.entry is sense.entry else INSIDE
        return Noun(
            population=cast(Population, gives["population"]),
            outcome=cast("Outcome | None", gives.get("outcome")),
            cls=sense.entry.cls,
            form=self._form(word, sense, prefix, suffix),
            definite=definite,
            owned=suffix not in ("", "ا") or (suffix == "ا" and word.fold.endswith("ها")),
            prefix=prefix,
            times=float(gives.get("times", 1)),
            rule=sense.entry.id,
        )

    def _form(self, word: Word, sense: Sense, prefix: str, suffix: str) -> str:
        if " " in word.fold:
            return _phrase_form(word) if sense.pos == "word" else "plural" if sense.form == "dual" else sense.form
        if sense.form != "dual":
            return sense.form or "singular"
        if suffix in ("ا", "ه"):  # tanwin, or the nisba: no dual
            return "singular"
        body = word.fold[len(prefix) : len(word.fold) - len(suffix)] if suffix else word.fold[len(prefix) :]
        if suffix and len(body) < _LONG:  # her father, not two of them
            return "singular"
        if suffix and not body.endswith(("تي", "تا")):
            return "plural" if body in self.plurals.get(sense.entry.id, ()) else "dual"
        if body.endswith(("ان", "تي", "تا")):
            return "dual"
        if body.endswith("ين"):
            clear = body not in self.plurals.get(sense.entry.id, ())
            return "dual" if clear or _DUAL_SIGN.search(word.raw) else "plural"
        return "plural" if body in self.plurals.get(sense.entry.id, ()) else "singular"


def _phrase_form(word: Word) -> str:
    head = word.fold.split()[0]
    if head.endswith(("تي", "تا", "تان", "تين")) or (head.endswith("ان") and len(head) > 4):
        return "dual"
    return "plural" if head.endswith("ات") else "singular"


def table(pack: Pack) -> Table:
    """The pack's table; made on first use."""
    made = pack.cache.get("figures")
    if made is None:
        made = pack.cache["figures"] = _make(pack)
    return cast(Table, made)


def _make(pack: Pack) -> Table:
    grammar = Grammar(pack, "figures", ("figures", "populations"))
    plurals: dict[str, frozenset[str]] = {}
    for entry_id, (dimension, spec) in pack.specs.items():
        if dimension == "populations":
            forms = (form for text in spec.nouns for form in inflect.noun(text))
            plurals[entry_id] = frozenset(form for form, number in forms if number == "plural")
    starts = frozenset(grammar.char(c) for c in _STARTS)
    classes = {spec.cls for dimension, spec in pack.specs.values() if dimension in grammar.dimensions}
    chars = {name: grammar.char(name) for name in (*BUILT_IN, *sorted(classes))}
    post = {grammar.char(name): name for name in _POST if name in classes}
    return Table(grammar, pack.lexicon, plurals, chars, Telling(pack), starts, post)


def start_of(tokens: Tokens, at: int, prefix: str) -> int:
    """Where a token begins in the text once its proclitics before the article are left out."""
    if not prefix:
        return tokens.starts[at]
    drop = 0 if prefix.endswith("لل") else len(prefix.removesuffix("ال"))
    offset, raw = tokens.starts[at], tokens.words[at].raw
    for k, letter in enumerate(raw):
        if not drop and not _MARKS.match(letter):
            return offset + k
        drop -= 0 if _MARKS.match(letter) else 1
    return offset
