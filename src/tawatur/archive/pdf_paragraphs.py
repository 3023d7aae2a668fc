"""Blocks of a page in, paragraphs out, in words: lines joined where the text runs on, tables a row a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tawatur.archive.pdf_columns import Block
from tawatur.archive.pdf_lines import Stretch, pitch
from tawatur.archive.pdf_order import Ordered, Piece, direction, letter_counts, ordered

CELL = "\t"
_ENDS = (".", "!", "?", "؟", ":", "…", '."', ".»", ".”", ".)")
_NUMBERED = re.compile(r"\s*[(\ue000\ue001]?\d{1,2}\s?[.)\ue000\ue001–-]\s")
_ITEM = frozenset("•●▪◦‣–—-*◄►■□○")


@dataclass(slots=True)
class Paragraph:
    """A paragraph in reading order. ``open`` when its last line is full and no sentence ends there."""

    pieces: list[Piece] = field(default_factory=list)
    size: float = 0.0
    open: bool = False
    table: bool = False
    top: float = 0.0  # baseline of its first line

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


def paragraphs(blocks: Iterable[Block], around: bool | None) -> Iterator[Paragraph]:
    """The paragraphs of blocks; ``around`` is whether the document runs from right to left."""
    for block in blocks:
        if block.table:
            yield from (_row(row, around) for row in block.table)
        else:
            yield from _column(block.lines, around)


def _row(row: Sequence[Sequence[Stretch]], around: bool | None) -> Paragraph:
    """A row of a table: its cells in reading order, each marked."""
    made = Paragraph(size=row[0][0].size, table=True, top=max(line.y for cell in row for line in cell))
    for cell in reversed(row) if around else row:
        if made.pieces:
            made.pieces.append(Piece(CELL))
        made.pieces += _cell(cell, around)
    return made


def _cell(cell: Sequence[Stretch], around: bool | None) -> list[Piece]:
    pieces: list[Piece] = []
    for line in cell:
        pieces += ([Piece(" ")] if pieces else []) + list(ordered(line.glyphs, around=around, uncertain=True).pieces)
    return pieces


def _column(lines: Sequence[Stretch], around: bool | None) -> Iterator[Paragraph]:
    """The paragraphs of one column."""
    rights, lefts = letter_counts(glyph for line in lines for glyph in line.glyphs)
    own = direction(rights, lefts)
    leftward = around if own is None else own
    edges = min(line.x0 for line in lines), max(line.x1 for line in lines)
    step = pitch(lines)
    made = Paragraph()
    before: Stretch | None = None
    for line in lines:
        told = ordered(line.glyphs, around=leftward, uncertain=line.joined)
        if not any(piece.text.strip() for piece in told.pieces):
            continue
        if before is not None and _begins(before, line, told, made, edges, step, bool(leftward)):
            yield _closed(made, before, edges)
            made = Paragraph()
        if not made.pieces:
            made.size, made.top = line.size, line.y
        _add(made, told)
        before = line
    if before is not None:
        yield _closed(made, before, edges)


def _closed(made: Paragraph, last: Stretch, edges: tuple[float, float]) -> Paragraph:
    full = last.x1 - last.x0 > 0.85 * (edges[1] - edges[0])
    made.open = full and not made.text.rstrip().endswith(_ENDS)
    return made


def _begins(
    before: Stretch,
    line: Stretch,
    told: Ordered,
    made: Paragraph,
    edges: tuple[float, float],
    step: float,
    leftward: bool,
) -> bool:
    """Whether a line begins a paragraph: by the gap over it, its size, weight or bullet, or the room left before."""
    if before.y - line.y > 1.25 * step or before.y < line.y:
        return True
    if abs(line.size - before.size) > 0.12 * before.size or line.bold != before.bold:
        return True
    if told.pieces[0].text.strip()[:1] in _ITEM and told.pieces[0].text.strip():
        return True
    left_over = before.x0 - edges[0] if leftward else edges[1] - before.x1
    ended = made.text.rstrip().endswith(_ENDS)
    if _NUMBERED.match("".join(p.text for p in told.pieces[:6])) and (ended or left_over > 2 * line.size):
        return True
    indent = edges[1] - line.x1 if leftward else line.x0 - edges[0]
    earlier = edges[1] - before.x1 if leftward else before.x0 - edges[0]
    if 0.8 * line.size < indent - earlier < 5 * line.size and ended:
        return True
    return left_over > _first_word(line, leftward) + (0.6 if ended else 1.6) * line.size


def _first_word(line: Stretch, leftward: bool) -> float:
    """The width of a line's first word."""
    blanks = [g for g in line.glyphs if g.blank and line.x0 < g.middle < line.x1]
    if leftward:
        return line.x1 - max((g.x1 for g in blanks), default=line.x0)
    return min((g.x0 for g in blanks), default=line.x1) - line.x0


def _add(made: Paragraph, told: Ordered) -> None:
    """Add a line to a paragraph: a word parted by a hyphen at its end becomes one again."""
    if made.pieces:
        last, first = made.pieces[-1].text, told.pieces[0].text
        parted = made.text[-2:-1].isascii() and made.text[-2:-1].islower() and last.endswith(("-", "‐"))
        if parted and first[:1].isascii() and first[:1].islower():
            made.pieces[-1] = Piece(last[:-1], made.pieces[-1].check)
        else:
            made.pieces.append(Piece(" "))
    made.pieces += told.pieces


def joined(pages: Iterable[Sequence[Paragraph]], body: float) -> Iterator[tuple[int, Paragraph]]:
    """The paragraphs of all pages with the number of the page each begins on.

    One that runs over a page's or column's end is made whole, and footnotes come after it.
    """
    held: tuple[int, Paragraph] | None = None
    notes: list[tuple[int, Paragraph]] = []
    for number, page in enumerate(pages):
        for at, paragraph in enumerate(page):
            if _is_note(page, at, body):
                notes.append((number, paragraph))
            elif held and _runs_on(held[1], paragraph):
                _run_on(held[1], paragraph)
            else:
                if held:
                    yield held
                yield from notes
                held, notes = (number, paragraph), []
    if held:
        yield held
    yield from notes


def _runs_on(first: Paragraph, then: Paragraph) -> bool:
    same = abs(first.size - then.size) < 0.08 * first.size
    return first.open and same and not then.table and then.text.strip()[:1] not in _ITEM


def _run_on(first: Paragraph, then: Paragraph) -> None:
    first.pieces += [Piece(" "), *then.pieces]
    first.open = then.open


def _is_note(page: Sequence[Paragraph], at: int, body: float) -> bool:
    """Whether a paragraph is a footnote: small, after the page's text, and numbered or below such."""
    note = page[at]
    if note.table or note.size > 0.92 * body or any(p.size > 0.92 * body for p in page[at:]):
        return False
    head = note.text.strip()[:4].lstrip("([")
    return at > 0 and (head[:1] in "¹²³⁴⁵⁶⁷⁸⁹*†" or head[:1].isdecimal() or _is_note(page, at - 1, body))
