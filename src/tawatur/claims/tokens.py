"""Text to tokens: words, numbers, marks and line ends with offsets; known phrases stand as one token."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from tawatur.lang.lexicon import Lexicon, Word, phrase_at

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0300-\u036f\u200c\u200d"
_TOKEN = re.compile(
    rf"[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_MARKS}]*)*"  # a word with its marks
    r"|\d+(?:[.,٫٬]\d+)*"  # a number with separators
    r"|[\r\n]+"
    r"|\S"
)


@dataclass(slots=True, eq=False)
class Tokens:
    """The tokens of one stretch of text. Offsets are code points into the whole text."""

    text: str
    words: list[Word]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def of(self, first: int, after: int) -> str:
        """The raw text from token ``first`` up to, not including, token ``after``."""
        return self.text[self.starts[first] : self.ends[after - 1]]

    def at(self, offset: int) -> int:
        """The first token that ends after an offset."""
        return bisect_right(self.ends, offset)


def tokenise(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of ``text[start:end]``, phrases joined."""
    known, new = lexicon.known, lexicon.word
    found = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
    words = [known.get(raw) or new(raw) for raw in [match.group() for match in found]]
    tokens = Tokens(text, words, [match.start() for match in found], [match.end() for match in found])
    _join(tokens, lexicon)
    return tokens


def _join(tokens: Tokens, lexicon: Lexicon) -> None:
    """Put known phrases in the place of their words, from the end so that what is left of them stays in place."""
    phrases: list[tuple[int, int, Word]] = []
    after = 0
    for at in [at for at, word in enumerate(tokens.words) if word.heads]:
        if at >= after and (hit := phrase_at(lexicon, tokens.words, at)):
            after = at + hit[0]
            phrases.append((at, after, hit[1]))
    for at, after, phrase in reversed(phrases):
        tokens.words[at:after] = [phrase]
        tokens.ends[at:after] = [tokens.ends[after - 1]]
        tokens.starts[at:after] = [tokens.starts[at]]
