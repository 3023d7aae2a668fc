"""Tokens as the times parser sees them: classes and values; phrases of other lists are opened where they hide one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast
from unicodedata import normalize

from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.lang.schema import Value

DIMENSION = "times"
_NOTHING = ""
_ARTICLE = "ال"  # written apart, before a numeral
#: What a token is beside its class: a phrase to be opened, a number, the article, a mark inside dates and clock times.
_HIDES, _DIGITS, _DATE, _APART, _INNER = "hides", "digits", "date", "apart", "inner"
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2}")
_LONGEST = 9  # digits of a number that is looked at
_MARKS = ("/", "-", ":")
#: Classes at which a point of time or a period may begin.
_POINTS = (
    "unit", "daypart", "tonight", "edge", "now", "weekday", "relday", "this", "month", "hijri", "season", "decade",
    _APART,
)  # fmt: skip
#: Classes at which a time may begin whatever follows; at the others only before one of the classes beside them.
_BEGIN = (*_POINTS, "since", "until", "by", "within", "before", "after")
_IN_MONTH = ("from", "unit", "month", "hijri")
_PAIRED = (*_POINTS, _DIGITS, "ordinal", "tens", "firstday")
_BEGIN_BEFORE = {
    **dict.fromkeys(("between", "from", "about"), _PAIRED),
    "to": ("now",),
    _DIGITS: (*_IN_MONTH, "half", "daypart", _INNER),
    "half": ("ordinal", "past"),
    "ordinal": (*_IN_MONTH, "half", "less", "daypart", "teen", "tens"),
    "tens": _IN_MONTH,
    "firstday": _IN_MONTH,
}
_FIRST = 0xA1


class Chars:
    """One character for each class of times and for what else a token may be: a column of the lexicon."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        classes = sorted({spec.cls for dimension, spec in pack.specs.values() if dimension == DIMENSION})
        named = (
            (_NOTHING, ""),
            *(("", mark) for mark in (_DIGITS, _DATE, _APART, _INNER)),
            *((cls, "") for cls in classes),
        )
        kinds = dict.fromkeys((*named, *((cls, _HIDES) for cls in (_NOTHING, *classes))))
        self._char = {kind: chr(_FIRST + n) for n, kind in enumerate(kinds)}
        self.cls = {char: cls for (cls, _), char in self._char.items()}
        self.hides = re.compile(self._any(*((cls, _HIDES) for cls in (_NOTHING, *classes))))
        before = (f"(?<={self._of(cls)})(?={self._of(*after)})" for cls, after in _BEGIN_BEFORE.items())
        held = f"(?<={self._of(*_BEGIN)})", *before
        begins = f"{self._of(*_BEGIN, *_BEGIN_BEFORE)}(?:{'|'.join(held)})"
        self.starts = re.compile(f"{begins}|{self._of(_DATE)}|(?<={self._of('in')}){self._of(_DIGITS)}")
        self._column = pack.lexicon.column(DIMENSION, self.char)

    def string(self, tokens: Tokens) -> str:
        """One character a token."""
        return tokens.column(self._column, self.pack.lexicon)

    def char(self, word: Word) -> str:
        """The character that stands for a word."""
        return self._char[_cls(word), _mark(word, self.pack)]

    def _of(self, *names: str) -> str:
        kinds = (("", name) if ("", name) in self._char else (name, "") for name in names)
        return self._any(*(kind for kind in kinds if kind in self._char))

    def _any(self, *kinds: tuple[str, str]) -> str:
        return "[" + "".join(self._char[kind] for kind in kinds) + "]"


def _cls(word: Word) -> str:
    cls = word.cls.get(DIMENSION, _NOTHING)
    if cls == "month" and not _written(word).endswith(str(word.gives(DIMENSION, "raw") or "")):
        return _NOTHING  # another word once hamza and madda are folded away
    return cls


def _written(word: Word) -> str:
    """How a word is written, its letters composed and without tatweel."""
    return normalize("NFKC", word.raw).replace("\u0640", "")


def _mark(word: Word, pack: Pack) -> str:
    if _hides(word, pack):
        return _HIDES
    if _cls(word):
        return ""
    if word.kind == "number":
        return _DATE if _DOTTED.fullmatch(word.fold) else _DIGITS
    return _APART if word.fold == _ARTICLE else _INNER if word.fold in _MARKS else ""


@dataclass(slots=True, eq=False)
class View:
    """Tokens with phrases opened; ``index`` tells for each the token of the original it stands in."""

    tokens: Tokens
    index: list[int]
    chars: Chars
    string: str

    def starts(self) -> list[int]:
        """The tokens at which a time may begin."""
        return [match.start() for match in self.chars.starts.finditer(self.string)]

    def cls(self, at: int) -> str:
        """The class of a token in the times dimension, empty when it has none or there is no such token."""
        return self.chars.cls[self.string[at]] if 0 <= at < len(self.string) else _NOTHING

    def value(self, at: int, key: str = "n") -> Value | None:
        """A value of the token's entry."""
        return self.tokens.words[at].gives(DIMENSION, key)

    def value_at(self, at: int, key: str) -> Value | None:
        """As ``value``, None where there is no token."""
        return self.value(at, key) if at < len(self.tokens.words) else None

    def number(self, at: int, key: str = "n") -> int:
        """A whole number of the token's entry."""
        return int(self.value(at, key) or 0)

    def form(self, at: int) -> str:
        """Singular, dual or plural, for units."""
        sense = self.tokens.words[at].by.get(DIMENSION)
        return sense.form if sense else ""

    def prefix(self, at: int) -> str:
        """The proclitics that come off when the token is read as a time word."""
        word = self.tokens.words[at]
        sense = word.by.get(DIMENSION)
        return word.prefixes[word.senses.index(sense)] if sense else ""

    def fold(self, at: int) -> str:
        """The folded token, empty when there is none."""
        words = self.tokens.words
        return words[at].fold if 0 <= at < len(words) else _NOTHING

    def digits(self, at: int) -> int | None:
        """The value of a plain numeral."""
        words = self.tokens.words
        if 0 <= at < len(words) and words[at].kind == "number" and words[at].fold.isdigit():
            return int(words[at].fold) if len(words[at].fold) <= _LONGEST else None
        return None

    def dotted(self, at: int) -> list[int]:
        """The parts of a numeral that is a date with dots between, else none."""
        word = self.tokens.words[at] if 0 <= at < len(self.tokens.words) else None
        if word is None or word.kind != "number" or not _DOTTED.fullmatch(word.fold):
            return []
        return [int(part) for part in word.fold.split(".")]


def view(tokens: Tokens, pack: Pack) -> View:
    """The tokens as they are, or with phrases opened that another list made and that hold time words."""
    index = list(range(len(tokens.words)))
    chars = pack.cache.get(DIMENSION)
    if chars is None:
        chars = pack.cache[DIMENSION] = Chars(pack)
    chars = cast(Chars, chars)
    string = chars.string(tokens)
    hidden = [match.start() for match in chars.hides.finditer(string)]
    if not hidden:
        return View(tokens, index, chars, string)
    out = Tokens(tokens.text, list(tokens.words), list(tokens.starts), list(tokens.ends))
    for at in reversed(hidden):  # from the end, so that what is left stays in place
        parts = _opened(tokens, at, pack)
        out.words[at : at + 1] = [part for part, _, _ in parts]
        out.starts[at : at + 1] = [start for _, start, _ in parts]
        out.ends[at : at + 1] = [end for _, _, end in parts]
        index[at : at + 1] = [at] * len(parts)
        string = string[:at] + "".join([chars.char(part) for part, _, _ in parts]) + string[at + 1 :]
    return View(out, index, chars, string)


def _hides(word: Word, pack: Pack) -> bool:
    sense = word.by.get(DIMENSION)
    if " " not in word.fold or (sense is not None and sense.pos == "word"):
        return False
    return any(DIMENSION in pack.lexicon.word(part).cls for part in word.raw.split())


def _opened(tokens: Tokens, at: int, pack: Pack) -> list[tuple[Word, int, int]]:
    out: list[tuple[Word, int, int]] = []
    place = tokens.starts[at]
    for part in tokens.words[at].raw.split():
        start = tokens.text.find(part, place, tokens.ends[at])
        if start < 0:
            return [(tokens.words[at], tokens.starts[at], tokens.ends[at])]
        place = start + len(part)
        out.append((pack.lexicon.word(part), start, place))
    return out
