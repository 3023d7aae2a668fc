"""Raw text and spans in, stretches to highlight out; a highlight never ends inside a joined word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from tawatur.model import Span

JOINERS = "\u0640\u200c\u200d"
BOXED = re.compile(
    "([\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\ud800-\udfff])"
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
    if not BOXED.search(text):
        return escape(text)
    return Markup("").join(_box(p) if i % 2 else escape(p) for i, p in enumerate(BOXED.split(text)))


def _box(char: str) -> Markup:
    if char == "\r":
        return Markup("&#13;")
    kept = "\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char
    return Markup('<span class="ctl" data-code="U+{:04X}">{}</span>').format(ord(char), kept)


def visible(text: str) -> str:
    """A text for a terminal: invisible controls written out as <U+202E>, line ends as spaces."""
    return BOXED.sub(_code, re.sub(r"[\r\n\t]", " ", text))


def _code(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def letters_direction(text: str) -> str:
    """``rtl`` when most letters are Arabic, Hebrew or Syriac, else ``ltr``."""
    letters = [c for c in text[:4000] if c.isalpha()]
    right = sum("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufeff" for c in letters)
    return "rtl" if letters and right * 2 >= len(letters) else "ltr"
