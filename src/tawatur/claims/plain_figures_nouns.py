"""What a number counts in languages that set words side by side: the noun behind it, over adjectives and "of"."""

from __future__ import annotations

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_nouns import name_hit
from tawatur.claims.figures_table import Noun, Table
from tawatur.claims.plain_numbers import sense_of
from tawatur.claims.tokens import Tokens

YEARS = range(1900, 2101)
_ADJECTIVES = 4  # words between a number and its noun
_NATIONALS = "population.nationals"
_PERCENT = ("%", "٪")


class Nouns:
    """The nouns of one text that numbers count."""

    def __init__(self, tokens: Tokens, made: Table) -> None:
        self.tokens, self.table, self.words = tokens, made, tokens.words

    def _is(self, at: int, *classes: str) -> bool:
        return 0 <= at < len(self.words) and sense_of(self.words[at], *classes) is not None

    def _glued(self, at: int) -> bool:
        """Whether a numeral is part of a name: C-130, T72."""
        starts, ends, words = self.tokens.starts, self.tokens.ends, self.words
        if not at or starts[at] != ends[at - 1]:
            return False
        if words[at - 1].fold in ("-", "\u2013"):
            return at > 1 and starts[at - 1] == ends[at - 2] and words[at - 2].kind == "word"
        return words[at - 1].kind == "word" or words[at - 1].fold in ("/", "#")

    def _counted(self, hit: FigureHit) -> None:
        at = hit.after
        if hit.population == "money":
            return
        if at < len(self.words) and (self.words[at].fold in _PERCENT or self._is(at, "percent_word")):
            hit.kind, hit.population, hit.after = "percent", "percent", at + 1
            self._of(hit)
        elif self._is(at, "of_them"):
            hit.partitive, hit.after = True, at + 1
            self._after_them(hit)
        elif self._is(at, "of"):
            self._of(hit)
        else:
            self._noun(hit)

    def _after_them(self, hit: FigureHit) -> None:
        """``60 of them children``."""
        at = hit.after
        noun = self.table.noun(self.words[at]) if at < len(self.words) else None
        if noun is not None and noun.cls == "person":
            name_hit(hit, at, self.words[at].raw, noun)
            hit.after = at + 1

    def _of(self, hit: FigureHit) -> None:
        """``three of her cousins``, ``a third of the town``."""
        at = hit.after
        if not self._is(at, "of"):
            return
        for k in range(at + 1, min(at + 6, len(self.words))):
            word = self.words[k]
            if word.kind != "word" or (self._is(k, "function") and k > at + 1 and word.fold != "'s"):
                return
            noun = self.table.noun(word)
            if noun is None:
                continue
            if hit.kind in ("percent", "fraction"):
                hit.after = k + 1
            else:
                hit.partitive = self._is(at + 1, "function")
                name_hit(hit, k, self.words[k].raw, noun)
                hit.after = k + 1
            return
        if hit.kind in ("percent", "fraction"):
            hit.after = min(at + 3, len(self.words))

    def _noun(self, hit: FigureHit) -> None:
        at, many = hit.after, hit.low != 1 or hit.high != 1
        words = self.words
        if words[at - 1].fold.endswith(" of") and self._is(at, "function"):
            at += 1  # hundreds of the group's fighters
            if at + 1 < len(words) and words[at + 1].fold == "'s":
                at += 2
        while self._is(at, "other"):
            at += 1
            hit.after = at
        if self._is(at, "others"):
            hit.others, hit.after = True, at + 1
            return
        found = self._noun_at(at, hit, many=many)
        if found is None:
            if self._unknown(at, many=many):
                hit.noun_at, hit.noun, hit.noun_cls, hit.population = at, words[at].raw, "thing", "other"
                hit.after = at + 1
            return
        noun = self.table.noun(words[found])
        assert noun is not None  # ``_noun_at`` has seen it
        name_hit(hit, found, self.words[found].raw, noun)
        hit.after = found + 1
        following = self.table.noun(words[found + 1]) if found + 1 < len(words) else None
        if following is not None and following.rule == _NATIONALS and noun.rule != _NATIONALS:
            hit.after += 1  # 20 wounded Syrians
        self._second(hit, noun)

    def _noun_at(self, at: int, hit: FigureHit, *, many: bool) -> int | None:
        """The counted noun behind a number: behind adjectives, the last of several nouns in a row."""
        found, k = None, at
        while k < min(len(self.words), at + _ADJECTIVES + 2):
            word = self.words[k]
            if word.kind != "word":
                if not self._hyphen(k) and not (word.kind == "number" and self._glued(k)):
                    break
                k += 1
                continue
            if self._is(k, "unit_word") and k == at + 1 and self._hyphen(at):
                return k if self.table.noun(word) else None
            if self._stops(k):
                break
            noun = self.table.noun(word)
            if noun is not None and not (many and self._single(noun, k)):
                if found is not None and (k != found + 1 or noun.rule == _NATIONALS):
                    break
                found = k
            elif found is not None or k >= at + _ADJECTIVES:
                break
            k += 1
        if found is None or (hit.digits and hit.low in YEARS and self._is_one(found)):
            return None
        return found

    def _is_one(self, at: int) -> bool:
        noun = self.table.noun(self.words[at])
        return noun is not None and noun.form == "singular" and bool(self.words[at].by["populations"].pos == "noun")

    def _single(self, noun: Noun, at: int) -> bool:
        """A noun in the singular behind a plural number only describes (police officers, aid workers)."""
        return noun.form == "singular" and self.words[at].by["populations"].pos == "noun"

    def _hyphen(self, at: int) -> bool:
        tokens = self.tokens
        if at >= len(tokens) or self.words[at].fold != "-":
            return False
        return tokens.starts[at] == tokens.ends[at - 1]

    def _stops(self, at: int) -> bool:
        word = self.words[at]
        if self._is(at, "function", "and", "of", "to", "among", "since", "between", "least", "most", "of_them"):
            return True
        verb = next((s for s in word.senses if s.pos == "verb"), None)
        if verb is None or "populations" in word.by:
            return False
        return verb.form in ("present", "ing") or (at + 1 < len(self.words) and self._is(at + 1, "function"))

    def _unknown(self, at: int, *, many: bool) -> bool:
        if not many or at >= len(self.words):
            return False
        word = self.words[at]
        if word.kind != "word" or not word.fold.endswith("s") or len(word.fold) < 4 or word.raw[0].isupper():
            return False
        return "figures" not in word.cls and not any(s.pos == "verb" for s in word.senses) and "times" not in word.cls

    def _second(self, hit: FigureHit, first: Noun) -> None:
        """``54 women and children``: one number, two nouns."""
        at = hit.after
        if not self._is(at, "and") or at + 1 >= len(self.words) or first.cls != "person":
            return
        second = self.table.noun(self.words[at + 1])
        if second is None or second.cls != "person" or second.form == "singular" or (hit.high or 0) == 1:
            return
        if second.outcome != first.outcome:
            return
        hit.after = at + 2
        if second.population != first.population:
            hit.population = "people"
