"""A query as people type it in, a tree of what must stand in a text out, for either database and for Python.

Words side by side must all be there; ``OR``, ``NOT`` (or ``-``), brackets; "a phrase" or «a phrase»; ``begin*``.
A word is found with what Arabic writes onto it, a phrase as written, with proclitics before its first word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tawatur.errors import LedgerError
from tawatur.lang.spellings import SAME, openings, spellings
from tawatur.ledger.search_words import LONGEST, plain

MOST = 40  # words of one query
_TOKEN = re.compile(r'"([^"]*)"?|“([^“”]*)”?|«([^»]*)»?|([()])|(?:(?<=\s)|^)(-)(?=["“«(])|([^\s()"«“]+)')
_SHORTEST = 2  # letters before a star
_ADVICE = 'quote a phrase with "…", join with OR, leave out with NOT, as in: قصف (حلب OR إدلب) NOT مطار'


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other: the first under any of its spellings, each with its distance."""

    first: tuple[tuple[str, int], ...]
    rest: tuple[str, ...] = ()
    open: bool = False  # the word only begins so


@dataclass(frozen=True, slots=True)
class Both:
    """All of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of several, or more."""

    among: tuple[Node, ...]


Node: TypeAlias = Phrase | Both | Either


def parse(
    query: str, known: Callable[[str], bool], numbers: Callable[[str], Iterable[str]] = lambda _: ()
) -> Node | None:
    """The tree of a query, None for an empty one. Raises LedgerError for one that makes no sense.

    ``known`` and ``numbers`` as in ``lang.spellings``.
    """
    tokens = [next((kind, text) for kind, text in _kinds(m) if text is not None) for m in _TOKEN.finditer(query)]
    if len(tokens) > 3 * MOST:
        raise LedgerError(f"the query has more than {MOST} words", "ask for less at once")
    if not tokens:
        return None
    reader = _Reader(tokens, known, numbers)
    tree = reader.either()
    if reader.tokens:
        raise _wrong("a bracket closes that was not opened")
    if sum(1 + len(phrase.rest) for phrase in every(tree)) > MOST:
        raise LedgerError(f"the query has more than {MOST} words", "ask for less at once")
    return tree


def _kinds(match: re.Match[str]) -> tuple[tuple[str, str | None], ...]:
    phrase = next((part for part in match.groups()[:3] if part is not None), None)
    return ("phrase", phrase), ("bracket", match[4]), ("word", "NOT" if match[5] else match[6])


class _Reader:
    def __init__(
        self, tokens: list[tuple[str, str]], known: Callable[[str], bool], numbers: Callable[[str], Iterable[str]]
    ) -> None:
        self.tokens, self.known, self.numbers = tokens, known, numbers

    def either(self) -> Node:
        among = [self.both()]
        while self.tokens and self.tokens[0] in (("word", "OR"), ("word", "|")):
            self.tokens.pop(0)
            among.append(self.both())
        return among[0] if len(among) == 1 else Either(tuple(among))

    def both(self) -> Node:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        while self.tokens and self.tokens[0] not in (("word", "OR"), ("word", "|"), ("bracket", ")")):
            if self.tokens[0] == ("word", "AND"):
                self.tokens.pop(0)
                continue
            negated = self._negated()
            (unwanted if negated else wanted).extend(self._one())
        if not wanted:
            raise _wrong("nothing to find stands in a part of the query")
        return wanted[0] if len(wanted) == 1 and not unwanted else Both(tuple(wanted), tuple(unwanted))

    def _negated(self) -> bool:
        kind, text = self.tokens[0]
        if kind == "word" and text == "NOT":
            self.tokens.pop(0)
            if not self.tokens:
                raise _wrong("nothing follows NOT")
            return True
        if kind == "word" and text[0] in "-−" and plain(text[1:]):
            self.tokens[0] = kind, text[1:]
            return True
        return False

    def _one(self) -> Sequence[Node]:
        kind, text = self.tokens.pop(0)
        if kind == "bracket":
            if text == ")":
                raise _wrong("a bracket closes that was not opened")
            inner = self.either()
            if not self.tokens or self.tokens.pop(0) != ("bracket", ")"):
                raise _wrong("a bracket is not closed")
            return (inner,)
        words = plain(text)
        if kind == "phrase":
            return (Phrase(tuple(openings(words[0]).items()), tuple(words[1:])),) if words else ()
        if text.endswith("*") and words:
            return (*(self._word(word) for word in words[:-1]), _begins(words[-1]))
        return tuple(self._word(word) for word in words)

    def _word(self, word: str) -> Phrase:
        return Phrase(tuple(spellings(word, self.known, self.numbers).items()))


def _begins(word: str) -> Phrase:
    if len(word) < _SHORTEST:
        raise _wrong(f"too little stands before the star in {word + '*'!r}")
    return Phrase(tuple(openings(word[:LONGEST]).items()), open=True)


def _wrong(reason: str) -> LedgerError:
    return LedgerError(f"the query cannot be read: {reason}", _ADVICE)


def for_sqlite(node: Node) -> str:
    """The tree as an expression of SQLite's FTS5."""
    if isinstance(node, Phrase):
        star = " *" if node.open else ""
        told = ('"' + " ".join((form, *node.rest)) + '"' + star for form, _ in node.first)
        return f"({' OR '.join(told)})"
    if isinstance(node, Either):
        return f"({' OR '.join(map(for_sqlite, node.among))})"
    wanted = f"({' AND '.join(map(for_sqlite, node.wanted))})"
    return f"({wanted} NOT ({' OR '.join(map(for_sqlite, node.unwanted))}))" if node.unwanted else wanted


def for_postgresql(node: Node) -> str:
    """The tree as a tsquery of PostgreSQL."""
    if isinstance(node, Phrase):
        star = ":*" if node.open else ""
        first = " | ".join(f"'{form}'{star}" for form, _ in node.first)
        return f"({' <-> '.join((f'({first})', *map(repr, node.rest)))})"
    if isinstance(node, Either):
        return f"({' | '.join(map(for_postgresql, node.among))})"
    return f"({' & '.join((*map(for_postgresql, node.wanted), *('!' + for_postgresql(n) for n in node.unwanted)))})"


def matches(node: Node, words: Sequence[str]) -> bool:
    """Whether a text with these folded words is what the tree asks for."""
    if isinstance(node, Phrase):
        return next(found(node, words), None) is not None
    if isinstance(node, Either):
        return any(matches(inner, words) for inner in node.among)
    return all(matches(n, words) for n in node.wanted) and not any(matches(n, words) for n in node.unwanted)


def wanted(node: Node) -> Iterator[Phrase]:
    """The words and phrases that a text may be found by."""
    if isinstance(node, Phrase):
        yield node
    else:
        for inner in node.among if isinstance(node, Either) else node.wanted:
            yield from wanted(inner)


def every(node: Node) -> Iterator[Phrase]:
    """All words and phrases of a tree, wanted or not."""
    if isinstance(node, Phrase):
        yield node
    else:
        for inner in node.among if isinstance(node, Either) else (*node.wanted, *node.unwanted):
            yield from every(inner)


def found(phrase: Phrase, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where a phrase stands among folded words: first word, the one after the last, and its distance."""
    forms, size = dict(phrase.first), 1 + len(phrase.rest)
    rest = list(phrase.rest)
    for at, word in enumerate(words):
        far = _begun(word, phrase.first) if phrase.open else forms.get(word)
        if far is not None and (not rest or list(words[at + 1 : at + size]) == rest):
            yield at, at + size, far


def _begun(word: str, forms: Sequence[tuple[str, int]]) -> int | None:
    return min((SAME if word == form else far + 1 for form, far in forms if word.startswith(form)), default=None)


_FAR, _NEAR = 4, 8


def scorer(node: Node) -> Callable[[Sequence[str]], int]:
    """What tells how well folded words answer: each thing found by how near it is, more when all stand together."""
    phrases = [(phrase, dict(phrase.first)) for phrase in wanted(node)]

    def score(words: Sequence[str]) -> int:
        held, total, places = set(words), 0, list[int]()
        for phrase, forms in phrases:
            if (best := _nearest(phrase, forms, words, held)) is not None:
                total += max(1, _FAR - best[0]) + len(phrase.rest)
                places.append(best[1])
        together = len(places) == len(phrases) and max(places) - min(places) < _NEAR
        return total + (2 if together else 0)

    return score


def _nearest(phrase: Phrase, forms: dict[str, int], words: Sequence[str], held: set[str]) -> tuple[int, int] | None:
    """The distance and the place of the best of what a phrase is found by."""
    if phrase.rest or phrase.open:
        return min(((far, at) for at, _, far in found(phrase, words)), default=None)
    return min(((forms[word], words.index(word)) for word in held & forms.keys()), default=None)
