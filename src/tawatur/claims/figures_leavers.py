"""A figure that counts all who left ("those taken out are at most 7,000 civilians"): its noun does not divide them.

The rules and their words stand in the language pack, dimension ``populations``: settled case 8 of the annotation guide.
"""

from __future__ import annotations

from typing import cast

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_table import Table, table
from tawatur.claims.grammar import Grammar
from tawatur.claims.tokens import Tokens
from tawatur.lang.fold import fold_word
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack

_OWN = ("rel", "taken", "leavers")  # classes whose words a rule gives itself
_AND = "و"
#: Settled by their nouns alone: households are no persons, and the sick and hurt are told apart.
_KEPT = frozenset({"families", "wounded", "patients"})


class Leavers:
    """The rules of a pack that name all who left."""

    def __init__(self, pack: Pack) -> None:
        self.table: Table = table(pack)
        self.grammar = Grammar(pack, "populations", ("figures", "outcomes", "status"), (*_OWN, "left", "named"))
        self.own = {
            fold_word(form): name
            for rule in pack.rules.get("populations", ())
            for name in _OWN
            for form in str(rule.gives.get(name, "")).split("|")
        }
        self._column = pack.lexicon.column("leavers", self._char_of)

    def mark(self, hits: list[FigureHit], tokens: Tokens) -> None:
        """Note on a text's figures of persons the rule by which they count all who left."""
        told = [
            (hit.match.start("num"), hit.rule.id)
            for hit in self.grammar.hits(tokens.column(self._column, self.table.lexicon))
        ]
        for hit in hits if told else ():
            if not (hit.partitive or hit.noun_cls not in ("person", "") or hit.population in _KEPT):
                hit.all_left = next((rule for at, rule in told if hit.first <= at < hit.after), None)

    def _char_of(self, word: Word) -> str:
        own = self.own.get(word.fold) or self.own.get(word.fold.removeprefix(_AND))
        if own is None and "figures" not in word.cls:
            own = "left" if _left(word) else "named" if self._named(word) else None
        return self.grammar.char(own) if own else self.grammar.char_of(word)

    def _named(self, word: Word) -> bool:
        noun = self.table.noun(word)
        return noun is not None and noun.cls == "person" and noun.definite


def _left(word: Word) -> bool:
    sense = word.by.get("outcomes")
    return sense is not None and sense.entry.cls == "evacuated" and sense.pos == "verb"


def leavers(pack: Pack) -> Leavers:
    """The pack's rules; made on first use."""
    made = pack.cache.get("leavers")
    if made is None:
        made = pack.cache["leavers"] = Leavers(pack)
    return cast(Leavers, made)
