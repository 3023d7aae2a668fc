"""Text to tokens: words, numbers, marks and line ends with offsets; known phrases stand as one token."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import cast

from tawatur.lang.clitics import NEGATORS
from tawatur.lang.lexicon import Lexicon, Word, phrase_at

#: What is not seen: direction marks, joiners, soft hyphens, byte order marks, variation selectors, control characters.
INVISIBLE = "\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0300-\u036f\u200c\u200d"
_TOKEN = re.compile(
    r"([ء-غف-ي]++(?=[ \n،.:])"  # most words: nothing but letters
    rf"|[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_MARKS}]*|[{INVISIBLE}]+[^\W\d_{_MARKS}]+)*"  # with its marks
    r"|\d{1,3}(?:[،'’]\d{3})+(?!\d)"  # a number with an Arabic comma or an apostrophe at its thousands
    r"|\d+(?:[.,٫٬]\d+)*"  # a number with separators
    r"|[\r\n]+"
    rf"|[^\s{INVISIBLE}])"
)


@dataclass(slots=True, eq=False)
class Tokens:
    """The tokens of one stretch of text. Offsets are code points into the whole text."""

    text: str
    words: list[Word]
    starts: list[int]
    ends: list[int]
    codes: str = ""  # as ``Lexicon.coded`` gives them, once they were asked for
    columns: dict[int, str] = field(default_factory=dict)  # those that were asked for

    def __len__(self) -> int:
        return len(self.words)

    def of(self, first: int, after: int) -> str:
        """The raw text from token ``first`` up to, not including, token ``after``."""
        return self.text[self.starts[first] : self.ends[after - 1]]

    def at(self, offset: int) -> int:
        """The first token that ends after an offset."""
        return bisect_right(self.ends, offset)

    def column(self, number: int, lexicon: Lexicon) -> str:
        """A column of the lexicon: one character a token."""
        held = self.columns.get(number)
        if held is None or len(held) != len(self.words):
            width = len(lexicon.columns)
            if len(self.codes) != width * len(self.words):
                self.codes = lexicon.coded(self.words)
            held = self.columns[number] = self.codes[number::width]
        return held


def tokenise(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of ``text[start:end]``, phrases joined."""
    pieces = (lexicon.token or _TOKEN).split(text[start:end])  # what stands between tokens, a token, and so on
    edges = list(accumulate(map(len, pieces), initial=start))
    raws = pieces[1::2]
    words = list(map(lexicon.known.get, raws))
    if None in words:
        words = [word or lexicon.word(raw) for word, raw in zip(words, raws, strict=True)]
    tokens = Tokens(text, cast("list[Word]", words), edges[1:-1:2], edges[2::2])
    _join(tokens, lexicon)
    return tokens


def _join(tokens: Tokens, lexicon: Lexicon) -> None:
    """Put known phrases in the place of their words, from the end so that what is left of them stays in place."""
    words = tokens.words
    phrases: list[tuple[int, int, Word]] = []
    after = 0
    for at in [at for at, (word, following) in enumerate(pairwise(words)) if following.fold in word.follow]:
        if at >= after and words[at + 1].fold in lexicon.shortened and words[at].fold in NEGATORS:
            words[at + 1] = lexicon.negated(words[at + 1])
        if at >= after and (hit := phrase_at(lexicon, words, at)):
            after = at + hit[0]
            phrases.append((at, after, hit[1]))
    for at, after, phrase in reversed(phrases):
        words[at:after] = [phrase]
        tokens.ends[at:after] = [tokens.ends[after - 1]]
        tokens.starts[at:after] = [tokens.starts[at]]
