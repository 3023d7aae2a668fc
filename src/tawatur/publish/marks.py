"""Raw text and spans in, stretches to highlight out; a highlight never ends inside a joined word."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from tawatur.model import Span

JOINERS = "\u0640\u200c\u200d"
CONTROLS = frozenset(
    [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x200B, 0x2060, 0xFEFF)]
    + [chr(c) for c in (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))]
    + [chr(c) for c in range(0xFFF9, 0xFFFC)]
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A span to highlight: its anchor on the page, the exact offsets, the anchor it links back to, and its kind."""

    anchor: str
    span: Span
    back: str
    kind: str  # claim or figure


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same spots; ``begins`` are the spots whose first stretch this is."""

    text: str
    spots: tuple[Spot, ...]
    begins: tuple[Spot, ...]

    @property
    def figure(self) -> bool:
        """Whether a figure covers it."""
        return any(s.kind == "figure" for s in self.spots)

    @property
    def back(self) -> str:
        """The anchor of the claim that the innermost spot belongs to."""
        return min(self.spots, key=lambda s: (s.span.end - s.span.start, s.anchor)).back


def _in_word(char: str) -> bool:
    return char.isalpha() or char in JOINERS or unicodedata.category(char) == "Mn"


def widened(span: Span, text: str) -> Span:
    """The span, stretched to whole words where an end falls between two letters."""
    start, end = max(0, span.start), min(len(text), span.end)
    while 0 < start < len(text) and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while 0 < end < len(text) and _in_word(text[end - 1]) and _in_word(text[end]):
        end += 1
    return Span(start, max(start, end))


def segments(text: str, spots: Iterable[Spot]) -> Iterator[Segment]:
    """Cut a text at the widened ends of its spots; joined together, the segments are the text."""
    wide = {s: widened(s.span, text) for s in spots}
    wide = {s: w for s, w in wide.items() if w.start < w.end}
    cuts = sorted({0, len(text), *(w.start for w in wide.values()), *(w.end for w in wide.values())})
    opening: dict[int, list[Spot]] = defaultdict(list)
    covering: dict[int, list[Spot]] = defaultdict(list)
    for spot, span in wide.items():
        opening[span.start].append(spot)
        for i in range(bisect_left(cuts, span.start), bisect_left(cuts, span.end)):
            covering[i].append(spot)
    for i, (start, end) in enumerate(pairwise(cuts)):
        yield Segment(text[start:end], tuple(covering[i]), tuple(opening[start]))


def shown(text: str) -> Markup:
    """A text as markup that a browser reads back code point by code point; invisible controls stand in a labelled box.

    NUL and lone surrogates, which no page can hold, become U+FFFD in their box.
    """
    return Markup("").join(_piece(c) for c in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for i, char in enumerate(text):
        if char == "\r" or _boxed(char):
            if start < i:
                yield text[start:i]
            yield char
            start = i + 1
    if start < len(text):
        yield text[start:]


def _boxed(char: str) -> bool:
    return char in CONTROLS or "\ud800" <= char <= "\udfff" or "\U000e0000" <= char <= "\U000e007f"


def _piece(piece: str) -> Markup:
    if piece == "\r":
        return Markup("&#13;")
    if len(piece) == 1 and _boxed(piece):
        kept = "\ufffd" if piece == "\0" or "\ud800" <= piece <= "\udfff" else piece
        return Markup('<span class="ctl" data-code="U+{:04X}">{}</span>').format(ord(piece), kept)
    return escape(piece)


def visible(text: str) -> str:
    """A text for a terminal: invisible controls written out as <U+202E>, line ends as spaces."""
    return "".join(f"<U+{ord(c):04X}>" if _boxed(c) else " " if c in "\r\n\t" else c for c in text)


def letters_direction(text: str) -> str:
    """``rtl`` when most letters are Arabic, Hebrew or Syriac, else ``ltr``."""
    letters = [c for c in text[:4000] if c.isalpha()]
    right = sum("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufeff" for c in letters)
    return "rtl" if letters and right * 2 >= len(letters) else "ltr"
