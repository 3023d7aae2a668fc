"""Tokens as the times parser sees them: classes and values; phrases of other lists are opened where they hide one."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.lang.schema import Value

DIMENSION = "times"
_NOTHING = ""
_ARTICLE = "ال"  # written apart, before a numeral


@dataclass(slots=True, eq=False)
class View:
    """Tokens with phrases opened; ``index`` tells for each the token of the original it stands in."""

    tokens: Tokens
    index: list[int]
    classes: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.classes = [word.cls.get(DIMENSION, _NOTHING) for word in self.tokens.words]
        for at in [at for at, cls in enumerate(self.classes) if cls == "month"]:
            word = self.tokens.words[at]
            if not word.raw.endswith(str(word.gives(DIMENSION, "raw") or "")):
                self.classes[at] = _NOTHING  # another word once hamza and madda are folded away

    def starts(self) -> list[int]:
        """The tokens at which a time may begin."""
        marked = zip(self.classes, self.tokens.words, strict=True)
        return [at for at, (cls, word) in enumerate(marked) if cls or word.kind == "number" or word.fold == _ARTICLE]

    def cls(self, at: int) -> str:
        """The class of a token in the times dimension, empty when it has none or there is no such token."""
        return self.classes[at] if 0 <= at < len(self.classes) else _NOTHING

    def value(self, at: int, key: str = "n") -> Value | None:
        """A value of the token's entry."""
        return self.tokens.words[at].gives(DIMENSION, key)

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
            return int(words[at].fold)
        return None


def view(tokens: Tokens, pack: Pack) -> View:
    """The tokens as they are, or with phrases opened that another list made and that hold time words."""
    index = list(range(len(tokens.words)))
    hidden = [at for at, word in enumerate(tokens.words) if " " in word.fold and _hides(word, pack)]
    if not hidden:
        return View(tokens, index)
    out = Tokens(tokens.text, list(tokens.words), list(tokens.starts), list(tokens.ends))
    for at in reversed(hidden):  # from the end, so that what is left stays in place
        parts = _opened(tokens, at, pack)
        out.words[at : at + 1] = [part for part, _, _ in parts]
        out.starts[at : at + 1] = [start for _, start, _ in parts]
        out.ends[at : at + 1] = [end for _, _, end in parts]
        index[at : at + 1] = [at] * len(parts)
    return View(out, index)


def _hides(word: Word, pack: Pack) -> bool:
    sense = word.by.get(DIMENSION)
    if " " not in word.fold or (sense is not None and sense.pos == "word"):
        return False
    known = word.notes.get(DIMENSION)
    if known is None:
        known = any(DIMENSION in pack.lexicon.word(part).cls for part in word.raw.split())
        word.notes[DIMENSION] = known
    return bool(known)


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
