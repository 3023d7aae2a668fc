"""Patterns over word classes: a grammar turns tokens into a string of one character a token and runs rules over it.

A rule is a regular expression in which ``<class>`` stands for one token of that class; ``<a|b>`` for one of several,
``<!a|b>`` for one of none of them, ``<any>`` for any token. Rules stand in the language pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tawatur.claims.tokens import Tokens
from tawatur.errors import PackError
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.lang.schema import RuleSpec

_SLOT = re.compile(r"(?<!\?P)<(!?)([a-z0-9_|]+)>")
_GROUP = re.compile(r"\([^()]*\)[?*+]?")
_FIRST = 0xE000  # the private use area
_REMEMBERED = 20_000  # sets of characters whose rules are kept
#: Classes that tokens have without any entry.
BUILT_IN = (
    "other", "digits", "mark", "comma", "stop", "line", "open", "close", "colon", "slash", "dash", "percent",
)  # fmt: skip
_MARK_CLASS = {
    **dict.fromkeys("،,؛;", "comma"), **dict.fromkeys(".!؟?…", "stop"), **dict.fromkeys("([«“", "open"),
    **dict.fromkeys(")]»”", "close"), ":": "colon", "/": "slash", **dict.fromkeys("-–—", "dash"),
    **dict.fromkeys("%٪", "percent"),
}  # fmt: skip


class Hit(NamedTuple):
    """A rule that matched: the rule, and the regular expression's match over the class string (token indices)."""

    rule: RuleSpec
    match: re.Match[str]


class Grammar:
    """The rules of one dimension, compiled. A word's class is that of its first sense in the grammar's dimensions.

    ``extra`` are classes that a finder gives to tokens by its own look-ups.
    """

    def __init__(self, pack: Pack, name: str, dimensions: tuple[str, ...], extra: tuple[str, ...] = ()) -> None:
        self.name = name
        self.dimensions = dimensions
        classes = sorted({spec.cls for dimension, spec in pack.specs.values() if dimension in dimensions})
        self._char = {cls: chr(_FIRST + n) for n, cls in enumerate((*BUILT_IN, *extra, *classes))}
        self._rules = [(rule, self._compile(rule)) for rule in pack.rules.get(name, ())]
        self._by_char: dict[str, set[int]] = {}  # the rules that a character may set off
        self._always: set[int] = set()
        for number, (rule, _) in enumerate(self._rules):
            needs = self._needs(rule)
            for char in needs:
                self._by_char.setdefault(char, set()).add(number)
            if not needs:
                self._always.add(number)
        self._needed = re.compile("[" + "".join(self._by_char) + "]") if self._by_char else re.compile(r"\Z.")
        self._searches: dict[frozenset[str], list[tuple[RuleSpec, re.Pattern[str]]]] = {}
        self._lexicon = pack.lexicon
        self._column: int | None = None  # made when a whole text's string is asked for

    def _compile(self, rule: RuleSpec) -> re.Pattern[str]:
        def slot(match: re.Match[str]) -> str:
            negated, names = match[1], match[2].split("|")
            if names == ["any"]:
                return "."
            unknown = [n for n in names if n not in self._char]
            if unknown:
                raise PackError(f"{rule.id}: no word class {unknown[0]!r} in {', '.join(self.dimensions)}")
            return "[" + ("^" if negated else "") + "".join(self._char[n] for n in names) + "]"

        try:
            return re.compile(_SLOT.sub(slot, rule.pattern.replace(" ", "")), re.DOTALL)
        except re.error as error:
            raise PackError(f"{rule.id}: pattern: {error}") from error

    def _needs(self, rule: RuleSpec) -> frozenset[str]:
        """Characters of which a string must hold one for the rule to match; empty when the pattern does not tell."""
        plain = _GROUP.sub("", rule.pattern.replace(" ", ""))
        if "(" in plain or "|" in _SLOT.sub("", plain):
            return frozenset()  # groups inside groups, or a choice between whole patterns
        for match in _SLOT.finditer(plain):
            if not match[1] and match[2] != "any" and plain[match.end() : match.end() + 1] not in tuple("?*{|"):
                return frozenset(self._char[n] for n in match[2].split("|"))
        return frozenset()

    def string(self, tokens: Tokens) -> str:
        """One character a token."""
        if self._column is None:
            self._column = self._lexicon.column(self.name, self.char_of)
        return tokens.column(self._column, self._lexicon)

    def char_of(self, word: Word) -> str:
        """The character that stands for a word."""
        cls = next((word.cls[d] for d in self.dimensions if d in word.cls), None) or built_in(word)
        return self._char[cls]

    def char(self, cls: str) -> str:
        """The character of a class."""
        return self._char[cls]

    def hits(self, string: str) -> Iterator[Hit]:
        """All matches of all rules, rule by rule in file order, each from left to right."""
        for rule, pattern in self._fitting(string):
            for match in pattern.finditer(string):
                yield Hit(rule, match)

    def ids(self, string: str) -> tuple[str, ...]:
        """The ids of the rules that match a string, in file order."""
        return tuple([rule.id for rule, pattern in self._fitting(string) if pattern.search(string)])

    def _fitting(self, string: str) -> list[tuple[RuleSpec, re.Pattern[str]]]:
        """The rules for which a string holds what they need."""
        held = frozenset(self._needed.findall(string))
        fitting = self._searches.get(held)
        if fitting is None:
            numbers = sorted(self._always.union(*[self._by_char[char] for char in held]))
            fitting = [self._rules[number] for number in numbers]
            if len(self._searches) < _REMEMBERED:
                self._searches[held] = fitting
        return fitting


def built_in(word: Word) -> str:
    """The class of a token that no entry of the grammar knows."""
    if word.kind == "word":
        return "other"
    if word.kind == "number":
        return "digits"
    if word.kind == "line":
        return "line"
    return _MARK_CLASS.get(word.fold, "mark")
