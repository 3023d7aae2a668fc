"""Glyphs whose letter is lost in, those that only lengthen a word out: programs that justify leave them without a name.

A glyph without a name that stands three times in a row inside Arabic words lengthens them: no letter does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tawatur.archive.pdf_cells import kind_of
from tawatur.archive.pdf_glyphs import Glyph

_TIMES = 3
_WIDEST = 0.5  # of the size


def lengthening(glyphs: Sequence[Glyph]) -> set[str]:
    """The codes of glyphs that lengthen words on a page."""
    found: set[str] = set()
    drawn = [g for g in glyphs if not g.mark]
    at = 0
    for code, group in groupby(drawn, key=lambda g: g.code):
        run = list(group)
        inside = at > 0 and at + len(run) < len(drawn)
        if code and len(run) >= _TIMES and inside and _joins(drawn[at - 1], run, drawn[at + len(run)]):
            found.add(code)
        at += len(run)
    return found


def _joins(before: Glyph, run: Sequence[Glyph], after: Glyph) -> bool:
    """Whether narrow glyphs stand between two Arabic letters of one line."""
    narrow = all(g.x1 - g.x0 <= _WIDEST * g.size for g in run)
    return narrow and kind_of(before.text) == kind_of(after.text) == "R" and abs(before.y - after.y) < 0.3 * before.size
