"""Text to tokens: words, numbers, marks and line ends with offsets; known phrases stand as one token."""

from __future__ import annotations

import re
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
        from bisect import bisect_right

        return bisect_right(self.ends, offset)


def tokenise(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of ``text[start:end]``, phrases joined."""
    words: list[Word] = []
    starts: list[int] = []
    ends: list[int] = []
    known, phrases = lexicon.word, False
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = known(match.group())
        phrases = phrases or word.phrase
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
    tokens = Tokens(text, words, starts, ends)
    return _joined(tokens, lexicon) if phrases else tokens


def _joined(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    out = Tokens(tokens.text, [], [], [])
    at = 0
    while at < len(words):
        found = phrase_at(lexicon, words, at) if words[at].phrase else None
        size, word = found or (1, words[at])
        out.words.append(word)
        out.starts.append(starts[at])
        out.ends.append(ends[at + size - 1])
        at += size
    return out
