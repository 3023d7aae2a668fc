"""A page of a PDF in, its glyphs, rules and pictures out, as the page's own instructions draw them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, decode_text

from tawatur.archive.pdf_glyphs import LOST, Glyph, letters
from tawatur.errors import FormatError

MAX_GLYPHS = 60_000  # of one page; a full newspaper page has some 25,000
MAX_RULES = 4_000
_LONGEST_ACTUAL = 8  # letters of a replacement text that is taken for one cluster
_THIN = 2.5  # points: a path no thicker is a rule

Rule = tuple[float, float, float, float]  # x0, y0, x1, y1, with one side thin


@dataclass(slots=True)
class Drawn:
    """What a page draws. ``slanted`` counts glyphs that do not run from left to right along the page."""

    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: int = 0
    slanted: int = 0


class Device(PDFTextDevice):
    """Gathers the glyphs of one page after the other; ``drawn`` is the last page's."""

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.drawn = Drawn()
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._tags: list[tuple[str, int] | None] = []
        self._seen = 0

    def begin_page(self, page: Any, ctm: Any) -> None:
        """A new page; its crop box, turned as the page is, bounds what counts."""
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.drawn = Drawn(abs(x1 - x0), abs(y1 - y0))
        self._box = apply_matrix_rect(ctm, page.cropbox)
        self._tags, self._seen = [], 0

    def end_page(self, page: Any) -> None:  # noqa: ARG002
        """Nothing is left open."""
        self._tags = []
        self.drawn.glyphs = _told_once(self.drawn.glyphs)

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ARG002
        """A stretch of instructions that may say which letters it stands for."""
        self._tags.append((_actual(props), len(self.drawn.glyphs)))

    def end_tag(self) -> None:
        """The letters told for a stretch replace those of its glyphs."""
        tag = self._tags.pop() if self._tags else None
        if tag and tag[0] is not None:
            self._replace(*tag)

    def _replace(self, text: str, first: int) -> None:
        covered = self.drawn.glyphs[first:]
        if not covered or len(text) > _LONGEST_ACTUAL or " " in text.strip():
            return
        size = max(g.size for g in covered)
        if max(g.y for g in covered) - min(g.y for g in covered) > size:
            return
        head = max(covered, key=lambda g: (g.x1 - g.x0, not g.mark, -g.rank))
        head.text, head.lost = letters(text), LOST in letters(text)
        head.x0, head.x1 = min(g.x0 for g in covered), max(g.x1 for g in covered)
        head.size = size
        self.drawn.glyphs[first:] = [head] if head.text else []

    def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
        """A picture is only counted."""
        self.drawn.pictures += 1

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: ARG002
        """Thin paths are rules; of boxes that are stroked each side is one."""
        if len(self.drawn.rules) >= MAX_RULES or self.ctm is None or len(path) > 64:
            return
        points = [apply_matrix_pt(self.ctm, piece[-2:]) for piece in path if len(piece) >= 3]
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
            self.drawn.rules.append((x0, y0, x1, y1))
        elif stroke:
            self.drawn.rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,  # noqa: ARG002
        graphicstate: Any,  # noqa: ARG002
    ) -> float:
        """One glyph; its advance is what comes back."""
        try:
            told = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            told = LOST
        advance = float(font.char_width(cid) * fontsize * scaling)
        self._seen += 1
        if self._seen > MAX_GLYPHS:
            raise FormatError(f"a page with more than {MAX_GLYPHS:,} letters", "split it, or leave it out")
        self._add(letters(told), matrix, font, advance, fontsize, rise)
        if self.drawn.glyphs and self.drawn.glyphs[-1].rank == self._seen and LOST in told:
            self.drawn.glyphs[-1].code = f"{font.fontname}:{cid}"
        return advance

    def _add(self, text: str, matrix: Any, font: Any, advance: float, fontsize: float, rise: float) -> None:
        a, b, c, d, e, f = matrix
        size = abs(fontsize) * (c * c + d * d) ** 0.5
        if not text or not 0.5 <= size < 2000:
            return
        if abs(b) > 0.1 * abs(a) or d * fontsize <= 0:
            self.drawn.slanted += not text.isspace()
            return
        ends = sorted((e, e + advance * a))
        x0, y0, x1, y1 = self._box
        y = f + rise * d
        if ends[1] < x0 - 1 or ends[0] > x1 + 1 or y < y0 - 1 or y > y1 + 1:
            return
        bold = "bold" in str(getattr(font, "fontname", "")).lower()
        odd = a * fontsize <= 0 and advance != 0
        self.drawn.glyphs.append(Glyph(text, ends[0], ends[1], y, size, self._seen, bold, LOST in text, odd))


def _told_once(glyphs: list[Glyph]) -> list[Glyph]:
    """A letter and its mark of which one or both stand for the two of them are one glyph, as wide as the wider."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if kept and _told_twice(kept[-1], glyph):
            before = kept[-2].y if len(kept) > 1 else glyph.y
            pair = (kept[-1], glyph)
            wide = max(pair, key=lambda g: (round(g.x1 - g.x0, 1), -abs(g.y - before), g.rank))
            wide.text = max((g.text for g in pair), key=len)
            kept[-1] = wide
        else:
            kept.append(glyph)
    return kept


def _told_twice(a: Glyph, b: Glyph) -> bool:
    longer, shorter = (a, b) if len(a.text) >= len(b.text) else (b, a)
    if len(longer.text) < 2 or not shorter.text or not longer.text.startswith(shorter.text) or a.rank + 1 != b.rank:
        return False
    if not any(unicodedata.combining(char) for char in longer.text) or min(a.x1 - a.x0, b.x1 - b.x0) > 0.1 * a.size:
        return False
    return max(a.x0, b.x0) - min(a.x1, b.x1) < 0.6 * a.size


def _actual(props: Any) -> Any:
    value = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
    if isinstance(value, PSLiteral) or not isinstance(value, bytes):
        return None
    return decode_text(value)
