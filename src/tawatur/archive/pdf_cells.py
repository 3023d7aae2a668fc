"""Glyphs of one line in, its cells out from left to right: letters with their marks, numbers whole, spaces told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tawatur.archive.pdf_glyphs import LOST, NARROW_SPACE, Glyph

_SIGN_GAP, _LATIN_GAP, _SET_GAP = 0.2, 0.17, 0.21  # of the size: a space that no glyph stands for
_GAPS = (0.16, 0.1, 0.035)  # the same between Arabic letters, the first that leaves words of a likely length
_LONG_WORD = 9
_JOINING = frozenset(".,:/٬٫")  # one of them between two digits belongs to the number
_PERCENT = frozenset("%٪")
_RAISED = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Cell:
    """A stretch of a line that keeps its order: ``kind`` is R, L, N (a number), S (a sign) or a space.

    ``sure`` is whether its own letters are in order for certain; ``numbers`` are the values of its digits.
    """

    text: str
    kind: str
    sure: bool = True
    narrow: bool = False  # a space that must not break a number
    glyphs: list[Glyph] = field(default_factory=list)


def cells(glyphs: Iterable[Glyph]) -> tuple[list[Cell], bool]:
    """The cells of a line from left to right, and whether its glyphs stand clear of each other."""
    drawn = list(glyphs)
    bases = sorted((g for g in drawn if not g.mark and not g.blank), key=lambda g: (g.middle, g.rank))
    bases = _once(bases)
    spaces = sorted((g for g in drawn if g.blank), key=lambda g: g.middle)
    marked = _marked(bases, [g for g in drawn if g.mark])
    size = median(g.size for g in bases) if bases else 1.0
    row = _spaced(bases, spaces, marked, size)
    return _numbers(row), all(_clear(a, b) for a, b in pairwise(bases)) and not any(map(_foreign, bases))


def _once(bases: Sequence[Glyph]) -> list[Glyph]:
    """Letters that are drawn twice in one place, as some programs do for bold, count once."""
    kept: list[Glyph] = []
    for glyph in bases:
        near = (other for other in kept[-3:] if other.text == glyph.text)
        if not any(abs(other.x0 - glyph.x0) < 0.12 * glyph.size and abs(other.y - glyph.y) < 1 for other in near):
            kept.append(glyph)
    return kept


def _foreign(glyph: Glyph) -> bool:
    """Whether a glyph is named by a sign or letter that a report does not hold: a table of letters gone wrong."""
    return any(unicodedata.category(char) == "So" or "\u2e80" <= char <= "\ua4cf" for char in glyph.text)


def _clear(a: Glyph, b: Glyph) -> bool:
    narrower = min(a.x1 - a.x0, b.x1 - b.x0)
    return a.x1 - b.x0 <= max(0.55 * narrower, 0.1 * a.size)


def _marked(bases: Sequence[Glyph], marks: Iterable[Glyph]) -> dict[int, list[Glyph]]:
    """Each mark under the rank of the letter that it stands on."""
    held: dict[int, list[Glyph]] = {}
    if not bases:
        return held
    ranked = sorted(bases, key=lambda g: g.rank)
    leftward = sum(a.middle > b.middle for a, b in pairwise(ranked)) * 2 > len(ranked)
    for mark in sorted(marks, key=lambda g: g.rank):
        held.setdefault(_base(mark, bases, leftward).rank, []).append(mark)
    return held


def _base(mark: Glyph, bases: Sequence[Glyph], leftward: bool) -> Glyph:
    """The letter that a mark stands on: the one drawn next to it, before it where writing runs leftward, else after."""

    def far(base: Glyph) -> tuple[bool, int, float]:
        outside = max(base.x0 - mark.middle, mark.middle - base.x1, 0.0)
        other_side = (base.rank < mark.rank) != leftward
        away = outside > 0.6 * mark.size or kind_of(base.text) in "NS"
        return (away, abs(base.rank - mark.rank) + (2 if other_side else 0), outside)

    return min(bases, key=far)


def _spaced(bases: Sequence[Glyph], spaces: Sequence[Glyph], marked: dict[int, list[Glyph]], size: float) -> list[Cell]:
    """Letters as cells with a space wherever a glyph of space or a gap stands between two."""
    row: list[Cell] = []
    reach, at = float("-inf"), 0
    body, least = _baseline(bases), _least_gap(bases, spaces, size)
    for glyph in bases:
        blanks = []
        while at < len(spaces) and spaces[at].middle < glyph.middle:
            blanks.append(spaces[at])
            at += 1
        if row and _apart(row[-1].glyphs[-1], glyph, blanks, reach, size, least):
            row.append(Cell(" ", " ", narrow=bool(blanks) and all(b.text == NARROW_SPACE for b in blanks)))
            row[-1].glyphs = [glyph]
        row.append(_cell(glyph, marked.get(glyph.rank, ()), body, size))
        reach = max(reach, glyph.x1)
    return row


def _baseline(bases: Sequence[Glyph]) -> float:
    return median(g.y for g in bases) if bases else 0.0


def _least_gap(bases: Sequence[Glyph], spaces: Sequence[Glyph], size: float) -> float:
    """The least gap between Arabic letters of a line that is a space, as a share of the size."""
    if len(spaces) * 25 >= len(bases):
        return _SET_GAP
    gaps = [(b.x0 - a.x1) / size for a, b in pairwise(bases)]
    for least in _GAPS:
        if len(bases) <= _LONG_WORD * (1 + sum(gap > least for gap in gaps)):
            return least
    return _GAPS[0]


def _apart(a: Glyph, b: Glyph, blanks: Sequence[Glyph], reach: float, size: float, least: float) -> bool:
    gap = (b.x0 - max(reach, a.x1)) / size
    if blanks:
        return gap > -0.15
    kinds = kind_of(a.text) + kind_of(b.text)
    if kinds == "NN":
        return gap > 0.12
    if "S" in kinds:
        return gap > max(least, _SIGN_GAP if "R" not in kinds else 0.0)
    return gap > max(least, _LATIN_GAP if kinds == "LL" else 0.0)


def _cell(glyph: Glyph, marks: Iterable[Glyph], body: float, size: float) -> Cell:
    text = unicodedata.normalize("NFC", glyph.text + "".join(m.text for m in marks))
    if glyph.size < 0.85 * size and glyph.y > body + 0.12 * size and glyph.text.translate(_RAISED) != glyph.text:
        return Cell(glyph.text.translate(_RAISED), "S", glyphs=[glyph])
    return Cell(text, kind_of(glyph.text), not (glyph.lost or glyph.odd), glyphs=[glyph])


def kind_of(text: str) -> str:
    """What a letter, digit or sign is to the order of a line: R, L, N or S."""
    if text == LOST:
        return "S"
    for char in text:
        found = unicodedata.bidirectional(char)
        if found in ("R", "AL"):
            return "R"
        if found == "L":
            return "L"
        if char.isdecimal():
            return "N"
    return "S"


def _numbers(row: Sequence[Cell]) -> list[Cell]:
    """Digits that stand together become one cell, with the signs inside and a percent sign beside them."""
    found: list[Cell] = []
    at = 0
    while at < len(row):
        end = _number_end(row, at)
        cell = _joined(row[at:end]) if end > at + 1 else row[at]
        at = max(end, at + 1)
        if found and _raised(cell) and _raised(found[-1]):
            cell = _joined([found.pop(), cell], "S")
        found.append(cell)
    return _with_percent(found)


def _raised(cell: Cell) -> bool:
    return cell.kind == "S" and all(char in "⁰¹²³⁴⁵⁶⁷⁸⁹" for char in cell.text)


def _number_end(row: Sequence[Cell], at: int) -> int:
    """Where the number ends that begins at a cell; the cell's own place when none does."""
    end = at
    while end < len(row) and row[end].kind == "N":
        end += 1
        if end + 1 < len(row) and row[end].text in _JOINING and row[end + 1].kind == "N":
            end += 1
    return end


def _joined(parts: Sequence[Cell], kind: str = "N") -> Cell:
    glyphs = [g for part in parts for g in part.glyphs]
    sure = all(part.sure for part in parts) and _orderly([g for g in glyphs if g.text not in _JOINING])
    return Cell("".join(part.text for part in parts), kind, sure, glyphs=glyphs)


def _orderly(digits: Sequence[Glyph]) -> bool:
    """Whether digits stand on one line, in one size, clear of each other, and were drawn one after the other."""
    size = digits[0].size
    level = all(abs(g.y - digits[0].y) < 0.06 * size and abs(g.size - size) < 0.05 * size for g in digits)
    steps = {b.rank > a.rank for a, b in pairwise(digits)}
    return level and len(steps) <= 1 and all(b.x0 - a.x1 > -0.25 * size for a, b in pairwise(digits))


def _with_percent(row: Sequence[Cell]) -> list[Cell]:
    """A percent sign beside a number, on whichever side it is drawn, is read after it."""
    found: list[Cell] = []
    for cell in row:
        before = found[-1] if found else None
        if before and cell.text in _PERCENT and before.kind == "N" and before.text[-1] not in _PERCENT:
            found[-1] = Cell(before.text + cell.text, "N", before.sure, glyphs=before.glyphs + cell.glyphs)
        elif before and before.text in _PERCENT and cell.kind == "N":
            found[-1] = Cell(cell.text + before.text, "N", cell.sure, glyphs=cell.glyphs + before.glyphs)
        else:
            found.append(cell)
    return found
