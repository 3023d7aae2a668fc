"""The counted noun of a quantity with what belongs to it: adjectives, "of the X", a name, a second noun."""

from __future__ import annotations

from typing import cast

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_table import Noun, Table
from tawatur.claims.numbers import Piece, piece_of
from tawatur.claims.tokens import Tokens
from tawatur.model import Population

_ADJECTIVE = ("ات", "يه", "ه", "ي")
_OF_PERSONS = ("ين", "ون")
_CLITIC = ("ب", "ل", "و", "ف", "ك", "ي", "ت", "سي", "ست")
_TANWIN = "\u064b"
#: Nouns that tell what happened but not to whom.
_HARMED = frozenset({"population.dead", "population.victims", "population.hurt"})
_NAMELESS = _HARMED | {"population.members"}
#: Whom a noun beside the dead or the hurt can name.
_SIDES = frozenset({"civilians", "soldiers", "fighters", "journalists", "staff"})
#: Nouns after which "of the" persons belongs to the phrase.
_JOINED_TO = _NAMELESS | {f"population.{name}" for name in ("dead_woman", "people", "prisoners", "fighters")}
_MOST_ADJECTIVES = 2
_PLACES = ("settlements", "facilities")
_MOST_GOVERNED = 3
_LONGEST_NAME = 7
_FEW = 10
_LONG = 3


def name_hit(hit: FigureHit, at: int, raw: str, noun: Noun) -> None:
    """Note what a quantity counts: the noun at a token, as written, and what the tables know of it."""
    hit.noun_at, hit.noun, hit.noun_cls = at, raw, noun.cls
    hit.rules += (noun.rule,)
    if hit.population is None:
        hit.population, hit.outcome = noun.population, noun.outcome
    if noun.times != 1:
        hit.low = None if hit.low is None else hit.low * noun.times
        hit.high = None if hit.high is None else hit.high * noun.times


class NounPhrases:
    """Nouns of one text, and how far a noun phrase goes."""

    def __init__(self, tokens: Tokens, table: Table, string: str) -> None:
        self.tokens, self.table, self.string = tokens, table, string
        self.size = len(tokens)
        self._groups = table.groups

    def is_(self, at: int, *names: str) -> bool:
        """Whether a token is of one of the classes."""
        return 0 <= at < self.size and self.string[at] in (self._groups.get(names) or self.table.group(names))

    def noun(self, at: int) -> Noun | None:
        """The counted noun at a token."""
        return self.table.noun(self.tokens.words[at]) if 0 <= at < self.size else None

    def _name(self, hit: FigureHit, at: int, noun: Noun) -> None:
        name_hit(hit, at, self.tokens.words[at].raw, noun)

    def _unknown(self, at: int) -> bool:
        """Whether a word that no table knows can be a counted noun."""
        if not self.is_(at, "other") and not (self.is_(at, "label") and not self.is_(at + 1, "digits", "number")):
            return False
        word = self.tokens.words[at]
        if word.kind != "word" or " " in word.fold or len(word.fold) < 3 or any(s.pos == "verb" for s in word.senses):
            return False
        if word.fold.isascii() or word.fold.startswith("ال") or word.by.get("outcomes"):
            return False
        return not (word.fold.startswith(_CLITIC) and not _accusative(word.raw) and word.fold[-1] != "ه")

    def _more(self, hit: FigureHit) -> None:
        """Adjectives, and a half of the unit."""
        piece = piece_of(self.tokens.words[hit.after]) if hit.after < self.size else None
        if piece and _half(piece) and hit.low and hit.high and hit.kind != "fraction":
            hit.low, hit.high, hit.after = hit.low + piece.value, hit.high + piece.value, hit.after + 1
            hit.rules = (piece.rule, *hit.rules)
            again = self.noun(hit.after)
            if again and again.definite:
                hit.after += 1
        self._second_noun(hit)
        self._named_beside(hit)
        if self._composes(hit):
            self._composed(hit)
            return
        for _ in range(_MOST_ADJECTIVES):
            if not self._adjective(hit, hit.after):
                break
            hit.after += 1

    def _second_noun(self, hit: FigureHit) -> None:
        """``42 doctors and nurses``: one number, two nouns."""
        first, second = self.noun(hit.after - 1), self.noun(hit.after)
        if first is None or second is None or second.prefix != "و" or hit.kind == "dual" or first.form != "singular":
            return
        many = (hit.high or hit.low or 0) > _FEW
        if many and second.form == "singular" and not second.owned and first.cls == second.cls:
            hit.after += 1
            if first.population != second.population and first.cls == "person":
                hit.population = "people"

    def _named_beside(self, hit: FigureHit) -> None:
        """``12 dead civilians``: a noun that agrees with the dead or the hurt tells who they are."""
        if hit.rules[-1:] and hit.rules[-1] not in _HARMED:
            return
        head, noun = self.noun(hit.after - 1), self.noun(hit.after)
        if head is None or noun is None or noun.cls != "person" or noun.population not in _SIDES:
            return
        if noun.prefix in ("", "ال") and not noun.owned and noun.definite == head.definite:
            hit.who, hit.after = noun.population, hit.after + 1
            hit.population = hit.population if hit.population == "wounded" else noun.population

    def _composes(self, hit: FigureHit) -> bool:
        """Whether "of the X" after the noun tells who they are or what it is, and not where from."""
        if not self.is_(hit.after, "min") or hit.population == "tonnes":
            return False
        if self.is_(hit.after + 1, "person"):
            return bool(hit.rules) and hit.rules[-1] in _JOINED_TO
        return self.is_(hit.after + 1, "goods", "body") and hit.noun_at is not None

    def _composed(self, hit: FigureHit) -> None:
        """``26 men of the party``: what the counted ones belong to or consist of."""
        at = hit.after + 1
        self._side(hit, at)
        hit.after = at + 1
        self._governed(hit, at)

    def _governed(self, hit: FigureHit, at: int) -> None:
        """What a construct governs: a name in quotes, or words up to the first with an article and its adjectives."""
        noun = self.noun(at)
        if not (noun.definite or noun.owned if noun else self.tokens.words[at].fold.startswith("ال")):
            for _ in range(_MOST_GOVERNED):
                if self.is_(hit.after, "open", "mark") and self._quoted(hit):
                    return
                if not self._name_word(hit.after):
                    break
                hit.after += 1
                if self.tokens.words[hit.after - 1].fold.startswith("ال"):
                    break
        for _ in range(_MOST_ADJECTIVES):
            if self._definite_adjective(hit.after):
                hit.after += 1

    def _quoted(self, hit: FigureHit) -> bool:
        for k in range(hit.after + 1, min(self.size, hit.after + _LONGEST_NAME)):
            if self.is_(k, "close", "mark"):
                hit.after = k + 1
                return True
        return False

    def _side(self, hit: FigureHit, at: int) -> None:
        """The side or group that nameless members, dead or hurt belong to tells who they are."""
        body, noun = self.tokens.words[at].by.get("figures"), self.noun(at)
        if hit.rules and hit.rules[-1] not in _NAMELESS:
            return
        if noun and noun.cls == "person" and noun.population != "people":
            hit.population = noun.population
        elif body and "population" in body.entry.gives and hit.population != "wounded":
            hit.population = cast(Population, body.entry.gives["population"])

    def _adjective(self, hit: FigureHit, at: int) -> bool:
        if not self.is_(at, "other", "person"):
            return False
        word, noun = self.tokens.words[at], self.tokens.words[at - 1]
        if " " in word.fold:
            return False
        if hit.kind == "dual" and len(word.fold) > _LONG:
            if word.fold.startswith("و"):
                return False
            agrees = word.fold[-2:] in ("ان", "ين") and word.fold[-2:] == noun.fold[-2:]
            return agrees and not self._prefixed(at + 1, "ب", "ل")
        if _accusative(word.raw):
            return not word.fold.startswith(("ال", "و"))
        if word.by.get("outcomes") or self.is_(at, "person") or any(s.pos == "verb" for s in word.senses):
            return False
        endings = _ADJECTIVE + _OF_PERSONS if hit.noun_cls == "person" else _ADJECTIVE
        if word.fold.endswith("ي") and at + 1 < self.size and self.tokens.words[at + 1].fold.startswith("ال"):
            return False
        return word.fold.endswith(endings) and not word.fold.startswith(_CLITIC) and len(word.fold) > _LONG

    def _of(self, hit: FigureHit) -> None:
        """``N of the X``: the noun and, when it is a construct, the name it governs."""
        if self.is_(hit.after, "who"):
            hit.partitive, hit.after = True, min(hit.after + 2, self.size)
            return
        if not self.is_(hit.after, "min") or hit.after + 1 >= self.size:
            return
        at = hit.after + 1
        noun, word = self.noun(at), self.tokens.words[at]
        if noun and noun.population in _PLACES and hit.kind not in ("percent", "fraction"):
            return
        if not noun and (word.kind != "word" or self.is_(at, "function", "in")):
            return
        hit.after = at + 1
        if hit.kind not in ("percent", "fraction"):
            if noun and not (noun.population == "other" and self.is_(at, "body")):
                self._name(hit, at, noun)
            else:
                hit.noun_at, hit.noun = at, word.raw
                self._of_body(hit, at)
        self._governed(hit, at)

    def _of_body(self, hit: FigureHit, at: int) -> None:
        body = self.tokens.words[at].by.get("figures")
        if body and "population" in body.entry.gives:
            hit.population, hit.noun_cls = cast(Population, body.entry.gives["population"]), "person"

    def _prefixed(self, at: int, *letters: str) -> bool:
        """Whether a word begins with a preposition that known senses or the article show to be one."""
        if not 0 <= at < self.size:
            return False
        word = self.tokens.words[at]
        shown = word.fold in letters or (word.fold[:1] in letters and self.is_(at, "function"))
        articled = tuple(letter + "ال" for letter in letters)
        shown = shown or word.prefix.startswith(letters) or word.fold.startswith(articled)
        return word.kind == "word" and shown

    def _name_word(self, at: int) -> bool:
        if not 0 <= at < self.size or self.tokens.words[at].kind != "word" or self.is_(at, "function", "in", "min"):
            return False
        word = self.tokens.words[at]
        if any(s.pos == "verb" and s.entry.dimension in ("outcomes", "events") for s in word.senses):
            return False
        return word.fold[0] not in "وبفل" and not self.is_(
            at, "number", "vague", "others", "post_least", "post_more", "among"
        )

    def _definite_adjective(self, at: int) -> bool:
        if not self.is_(at, "other", "person"):
            return False
        word = self.tokens.words[at]
        return word.fold.startswith("ال") and word.fold.endswith(_ADJECTIVE)

    def _number_of(self, hit: FigureHit, at: int) -> None:
        """``101 is the number of the dead``."""
        noun = self.noun(at + 1)
        if noun:
            self._name(hit, at + 1, noun)
            hit.after = at + 2

    def _predicate(self, hit: FigureHit) -> None:
        """``nine of them women``: the noun tells the population."""
        noun = self.noun(hit.after)
        if noun and noun.cls == "person" and not noun.definite and noun.prefix == "":
            self._name(hit, hit.after, noun)
            hit.after += 1

    def _called(self, hit: FigureHit, noun: Noun) -> None:
        """The name after a definite victim, or what a construct governs."""
        if noun.definite:
            for _ in range(_MOST_ADJECTIVES):
                if not (self.is_(hit.after, "other") and self._name_word(hit.after)):
                    return
                hit.after += 1
        elif hit.after == hit.head + 1 < self.size and self.tokens.words[hit.after].fold.startswith("ال"):
            hit.after += 1
            if self._definite_adjective(hit.after):
                hit.after += 1


def _half(piece: Piece) -> bool:
    return piece.joined and not piece.article and piece.part == "fraction"


def _accusative(raw: str) -> bool:
    return _TANWIN in raw[-2:]
