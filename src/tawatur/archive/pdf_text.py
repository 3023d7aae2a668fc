"""Paragraphs of a PDF in, one text out, with page starts and the stretches whose figures must be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tawatur.archive.pdf_glyphs import TATWEEL
from tawatur.archive.pdf_order import BRACKETS, HELD, Piece
from tawatur.archive.pdf_paragraphs import Paragraph

_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
#: Numbers that begin or end with a nought, or are grouped by thousands: as they are written, and drawn backward.
_RIGHT = re.compile(r"(?<![\d.,:/])(?:[1-9]\d*0|[1-9]\d{0,2}(?:,\d{3})+|(?:19|20)\d\d|[١-٩][٠-٩]*٠)(?![\d.,:/]\d|\d)")
_WRONG = re.compile(r"(?<![\d.,:/])(?:0\d*[1-9]|(?:\d{3},)+\d{1,2}|\d\d(?:02|91)|٠[٠-٩]*[١-٩])(?![\d.,:/]\d|\d)")


@dataclass(slots=True)
class Told:
    """What a PDF says."""

    text: str = ""
    pages: list[int] = field(default_factory=list)  # where the text of each page begins
    checks: list[tuple[int, int]] = field(default_factory=list)
    title: str = ""
    author: str = ""
    made: str = ""  # when the file was made, as it says
    doubts: list[tuple[str, str]] = field(default_factory=list)


def text_of(found: list[tuple[int, Paragraph]], pages: int) -> Told:
    """Paragraphs as one text, a line each, with the stretches to check; brackets as most of the document has them."""
    signs = _signs([p for _, p in found])
    made = Told(pages=[-1] * pages)
    parts: list[str] = []
    at = 0
    for page, paragraph in found:
        if made.pages[page] < 0:
            made.pages[page] = at
        for text, check in _squeezed(paragraph.pieces, signs):
            if check and made.checks and made.checks[-1][1] == at:
                made.checks[-1] = (made.checks[-1][0], at + len(text))
            elif check:
                made.checks.append((at, at + len(text)))
            parts.append(text)
            at += len(text)
        parts.append("\n")
        at += 1
    made.text = "".join(parts)
    made.pages = _filled(made.pages, at)
    if _backward(made.text):
        made.checks = [(0, at)]
        made.doubts.append(("its numbers look as if their digits were drawn from right to left", "look at the pages"))
    return made


def _backward(text: str) -> bool:
    """Whether more numbers are of a form that only a number drawn backward has than of its contrary."""
    right = sum(1 for _ in _RIGHT.finditer(text))
    wrong = sum(1 for _ in _WRONG.finditer(text))
    return wrong > right


def _filled(starts: list[int], end: int) -> list[int]:
    """A page on which nothing begins starts where the next one does."""
    for at in range(len(starts) - 1, -1, -1):
        if starts[at] < 0:
            starts[at] = end
        end = starts[at]
    return starts


def _squeezed(found: list[Piece], signs: dict[int, str]) -> Iterator[tuple[str, bool]]:
    """Pieces with single spaces between words, none at either end."""
    blank = True
    for piece in found:
        text = piece.text.translate(signs).replace("\u00a0", " ").replace(TATWEEL, "")
        if text == "\t":
            yield text, False
            blank = True
            continue
        words = " ".join(text.split())
        lead = " " if text[:1].isspace() and not blank else ""
        if not words:
            if lead:
                yield lead, False
                blank = True
            continue
        if lead:
            yield lead, False
        yield words, piece.check
        blank = False
        if text[-1:].isspace():
            yield " ", False
            blank = True


def _signs(found: list[Paragraph]) -> dict[int, str]:
    """What the brackets of right-to-left runs are: as drawn, or as written, whichever leaves more pairs well formed."""
    as_told = {ord(held): bracket for bracket, held in HELD.items()}
    straight = mirrored = 0
    for paragraph in found:
        shown = [BRACKETS.index(c.translate(as_told)) for c in paragraph.text if ord(c) in as_told]
        for bracket, other in pairwise(shown):
            straight += bracket % 2 == 0 and other == bracket + 1
            mirrored += bracket % 2 == 1 and other == bracket - 1
    if mirrored > straight:
        return {held: bracket.translate(_MIRROR) for held, bracket in as_told.items()}
    return as_told
