"""Which quantities count: a bare number, a dual or a singular needs a reason in the words around it."""

from __future__ import annotations

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_phrase import Phrases
from tawatur.claims.figures_table import Noun
from tawatur.claims.figures_told import is_verb, outcomes_of

HARM = frozenset({"killed", "injured", "missing", "detained", "released"})
_FEW = 2
_NEAR = 14
_TANWIN = "\u064b"
_YEARS = range(1900, 2101)
_UNCOUNTED_DUALS = frozenset({"settlements"})


class Licence:
    """Decides on one text's quantities."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.words = phrases.tokens.words

    def number(self, hit: FigureHit, before: list[FigureHit]) -> bool:
        """Whether a number is a figure."""
        if hit.kind in ("fraction", "percent"):
            return hit.noun_at is not None or hit.after > hit.head + 1 or hit.bounded or self._fraction(hit)
        if hit.noun_at is not None or hit.partitive or hit.others:
            return True
        if hit.low in _YEARS and hit.digits and not hit.bounded and hit.low == hit.high:
            return False
        return hit.bounded or hit.out_of or self._context(hit, before)

    def _fraction(self, hit: FigureHit) -> bool:
        return self.words[hit.head].by["figures"].form == "dual" or bool(self.words[hit.head].suffixes[0].strip("ا"))

    def _context(self, hit: FigureHit, before: list[FigureHit]) -> bool:
        phrases, first = self.phrases, hit.first
        if hit.kind == "vague":
            return True
        if not hit.digits:
            return not hit.article
        if phrases.is_(first - 1, "out_of", "upto", "change", "among", "measure", "only"):
            return True
        if self._said(first - 1, _FEW) or self._said_after(hit.after):
            return True
        if "," in self.words[hit.head].raw or "٬" in self.words[hit.head].raw:
            return True
        noun = phrases.noun(first - 1)
        if noun and noun.definite and noun.form == "plural":
            return True
        return bool(before) and first - before[-1].after < _NEAR and self._listed(first)

    def _listed(self, first: int) -> bool:
        """Whether a number follows a conjunction or an opening bracket."""
        k = first - 1 if self.phrases.is_(first, "open") else first
        return self.words[k].fold[0] == "و" or (k > 0 and self.words[k - 1].fold == "و")

    def _said(self, at: int, reach: int) -> bool:
        """Whether an outcome is spoken of at a token or shortly before it in the clause."""
        for k in range(at, max(-1, at - reach), -1):
            if self.phrases.is_(k, "comma", "stop", "line"):
                return False
            if outcomes_of(self.words[k]):
                return True
        return False

    def _said_after(self, at: int) -> bool:
        return at < len(self.words) and is_verb(self.words[at])

    def dual(self, at: int, noun: Noun) -> bool:
        """Whether a dual counts: definite duals, spans after a preposition and pairs of places only name."""
        word = self.words[at].fold
        if noun.definite or noun.population in _UNCOUNTED_DUALS:
            return False
        if noun.population == "other" and word.endswith("تي"):
            return False
        return noun.cls != "span" or not self.phrases.is_(at - 1, "in", "function")

    def singular(self, at: int, noun: Noun, before: list[FigureHit]) -> bool:
        """Whether a singular person is one victim."""
        phrases = self.phrases
        if phrases.is_(at - 1, "among"):
            return True
        if noun.definite or noun.owned:
            return False
        if noun.prefix == "و":
            return bool(before) and before[-1].after == at and before[-1].noun_cls == "person"
        if noun.prefix:
            return False
        if noun.outcome in HARM and phrases.is_(at - 1, "on"):
            return True
        if at > 1 and _TANWIN in self.words[at].raw[-2:] and not HARM.isdisjoint(outcomes_of(self.words[at - 2])):
            return not phrases.is_(at - 1, "number", "person", "thing")
        if self._suffers(at):
            return True
        if at == 0 or "outcomes" not in self.words[at - 1].by:
            return False
        return not HARM.isdisjoint(outcomes_of(self.words[at - 1]))

    def _suffers(self, at: int) -> bool:
        """Whether a clause begins with the victim: a noun, perhaps an adjective, then a verb of harm."""
        if at and not (self.phrases.is_(at - 1, "function", "comma", "stop", "line", "colon", "open", "mark")):
            return False
        for k in (at + 1, at + 2):
            if k < len(self.words) and is_verb(self.words[k]):
                return not HARM.isdisjoint(outcomes_of(self.words[k])[:1])
        return False
