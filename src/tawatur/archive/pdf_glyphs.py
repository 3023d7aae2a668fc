"""Glyphs of a PDF page: what the file calls a glyph in, the letters it stands for out, in logical order."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LOST = "\ufffd"
TATWEEL = "\u0640"
NARROW_SPACE = "\u00a0"
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d"
#: Controls that steer the display and say nothing once the order is known.
_UNSEEN = frozenset(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\u202a\u202b\u202c\u202d\u202e"
)
#: Letters that never join the letter after them, so no ligature can begin with them.
_ALEFS = frozenset("اأإآٱ")
_SPACES = frozenset(" \t\r\n\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")


@dataclass(slots=True)
class Glyph:
    """One glyph: its letters, where it stands (points, y upwards), and its rank in the page's instructions.

    ``lost`` is a glyph whose letter the file does not tell; ``odd`` one that is drawn mirrored.
    """

    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    rank: int
    bold: bool = False
    lost: bool = False
    odd: bool = False
    code: str = ""  # the font and its number of the glyph, where the letter is lost

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def blank(self) -> bool:
        """Whether nothing but space is drawn."""
        return all(char in _SPACES or char == NARROW_SPACE for char in self.text)

    @property
    def mark(self) -> bool:
        """Whether it stands over or under another."""
        return bool(self.text) and all(unicodedata.combining(char) for char in self.text)


def letters(text: str) -> str:
    """The letters of a glyph as the file names them, in logical order and no presentation forms.

    Empty for what is not seen; ``LOST`` for private and control characters, which tell no letter.
    """
    if text.isascii() and text.isprintable():
        return text
    told = "".join(_letter(char) for char in text)
    if len(told) == 2 and told[0] in _ALEFS and told[1] == "ل":
        return told[::-1]  # a ligature in the order it is seen; alef and lam join in no script
    return told


def _letter(char: str) -> str:
    if char in _UNSEEN:
        return ""
    if char in _SPACES:
        return " "
    if char in _BULLETS:
        return "•"
    if "\ufb00" <= char <= "\ufb06" or "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefc":
        return unicodedata.normalize("NFKC", char).replace(" ", "").replace(TATWEEL, "") or char
    kind = unicodedata.category(char)
    return LOST if kind in ("Co", "Cn", "Cs", "Cc") else char
