"""The cells of a line from left to right in, its words in reading order out, with what is not certain marked.

Display reorders what was written (Unicode, UAX 9), and not everything can be undone: two numbers with only a space
or a dash between them, a number beside a Latin name in an Arabic line. Those are put in the likelier order and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tawatur.archive.pdf_cells import Cell, cells, kind_of
from tawatur.archive.pdf_glyphs import Glyph

BRACKETS = "()[]{}<>«»‹›"
#: Brackets of right-to-left runs, until the whole document has told whether its program mirrors them.
HELD = {bracket: chr(0xE000 + i) for i, bracket in enumerate(BRACKETS)}
_DASHES = frozenset("-–—−‐‑~/\\")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line; ``check`` when their figures must be checked against the page."""

    text: str
    check: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line in reading order, and how many right-to-left and other letters it has."""

    pieces: tuple[Piece, ...]
    right: int
    left: int


def direction(rights: int, lefts: int) -> bool | None:
    """Whether a text with so many letters of either kind runs from right to left; None when it has none."""
    return None if not rights + lefts else rights > lefts


def letter_counts(glyphs: Iterable[Glyph]) -> tuple[int, int]:
    """How many letters run from right to left, and how many from left to right."""
    kinds = [kind_of(glyph.text) for glyph in glyphs]
    return kinds.count("R"), kinds.count("L")


def ordered(glyphs: Sequence[Glyph], *, around: bool | None, uncertain: bool = False) -> Ordered:
    """A line's glyphs in, its words in reading order out. ``around`` is whether the text around it runs leftward.

    ``uncertain`` marks the whole line, as where it was taken from a table.
    """
    row, clear = cells(glyphs)
    right = sum(cell.kind == "R" for cell in row)
    left = sum(cell.kind == "L" for cell in row)
    own = direction(right, left)
    leftward = own if around is None or own is None or not (right and left) else around
    if own is None:
        leftward = bool(around)
    mixed = (
        bool(right and left) and around is not None and own is not around and max(right, left) < 3 * min(right, left)
    )
    strange = around is True and not right and left > 0  # Latin words alone in an Arabic text
    doubt = uncertain or not clear or mixed or strange or any(not c.sure for c in row if c.kind != "N")
    pieces = _leftward(row) if leftward else _rightward(row)
    if doubt:
        pieces = [Piece("".join(p.text for p in pieces), True)]
    return Ordered(tuple(pieces), right, left)


def _leftward(row: Sequence[Cell]) -> list[Piece]:
    """A line that runs from right to left: runs of Latin words and numbers keep their order inside."""
    groups = _groups(list(row))
    return [piece for group in reversed(groups) for piece in group]


def _groups(row: list[Cell]) -> list[list[Piece]]:
    """Cells from left to right as groups that swap places with each other but not inside."""
    groups: list[list[Piece]] = []
    at = 0
    while at < len(row):
        end, doubt = _run_end(row, at)
        if end == at:
            groups.append([_alone(row, at)])
            at += 1
        else:
            groups.append([Piece(c.text, c.kind == "N" and (doubt or not c.sure)) for c in row[at:end]])
            at = end
    return groups


def _alone(row: Sequence[Cell], at: int) -> Piece:
    cell = row[at]
    text = HELD.get(cell.text, cell.text) if cell.kind == "S" else cell.text
    return Piece(text, cell.kind == "N" and (not cell.sure or _beside(row, at)))


def _beside(row: Sequence[Cell], at: int) -> bool:
    """Whether nothing but signs stands between a number and a Latin word, or only space between it and a number."""
    return any(_disputed(row, at, step) for step in (-1, 1))


def _disputed(row: Sequence[Cell], at: int, step: int) -> bool:
    here, signs = at + step, ""
    while 0 <= here < len(row) and row[here].kind in "S ":
        signs += row[here].text
        here += step
    if not 0 <= here < len(row) or row[here].kind == "R":
        return False
    return row[here].kind == "L" or not signs.strip() or any(s in _DASHES for s in signs)


def _run_end(row: Sequence[Cell], at: int) -> tuple[int, bool]:
    """Where the left-to-right run ends that begins at a cell, and whether its numbers are in doubt."""
    numbers = _number_run(row, at)
    if numbers:
        return numbers
    last, here, latin = at, at, False
    while here < len(row) and row[here].kind != "R":
        if row[here].kind == "L":
            latin, last = True, here + 1
        elif row[here].kind == "N" and _near(row, here, latin):
            last = here + 1
        elif row[here].kind == "S" and not latin:
            break
        here += 1
    if row[at].kind in "S " or not any(c.kind == "L" for c in row[at:last]):
        return at, False
    return _closed(row, at, last), True


def _near(row: Sequence[Cell], at: int, latin: bool) -> bool:
    """Whether a number belongs to the Latin words around it: only space or a dash stands between."""
    for step in (-1, 1):
        here = at + step
        while 0 <= here < len(row) and (row[here].kind == " " or row[here].text in _DASHES):
            here += step
        if 0 <= here < len(row) and row[here].kind == "L" and (latin or step == 1):
            return True
    return False


def _closed(row: Sequence[Cell], at: int, end: int) -> int:
    """A run with an open bracket takes the bracket that closes it."""
    inside = "".join(c.text for c in row[at:end])
    opened = inside.count("(") > inside.count(")")
    return end + 1 if opened and end < len(row) and row[end].text == ")" else end


def _number_run(row: Sequence[Cell], at: int) -> tuple[int, bool] | None:
    """Numbers parted by dashes or spaces that are read from left to right: dates, ranges, spaced thousands."""
    end, signs = at, set()
    while end < len(row) and row[end].kind == "N":
        step = end + 1
        while step < len(row) and (row[step].kind == " " or row[step].text in _DASHES) and step - end < 4:
            step += 1
        if step == end + 1 or step >= len(row) or row[step].kind != "N":
            end += 1
            break
        signs.add("".join(c.text for c in row[end + 1 : step]))
        end = step
    numbers = [c for c in row[at:end] if c.kind == "N"]
    if len(numbers) < 2 or not all(c.kind in "N S" for c in row[at:end]):
        return None
    if len(signs) == 1 and _reads_rightward([c.text for c in numbers], signs.pop()):
        return end, not (_date(numbers) and all(c.sure for c in numbers))
    return None


def _date(numbers: Sequence[Cell]) -> bool:
    return len(numbers) == 3 and any(len(c.text) == 4 for c in (numbers[0], numbers[2]))


def _reads_rightward(texts: Sequence[str], sign: str) -> bool:
    """Whether numbers in a leftward line are likelier meant from left to right."""
    if not sign.strip():
        return len(texts[0]) <= 3 and texts[0].isdecimal() and all(t.isdecimal() and len(t) == 3 for t in texts[1:])
    if len(texts) == 3:
        return True
    return len(texts) == 2 and all(t.isdecimal() for t in texts) and int(texts[0]) < int(texts[1])


def _rightward(row: Sequence[Cell]) -> list[Piece]:
    """A line that runs from left to right: runs of Arabic words are turned round as a whole."""
    pieces: list[Piece] = []
    at = 0
    while at < len(row):
        end = _arabic_end(row, at)
        if end > at:
            pieces += _leftward(row[at:end])
            at = end
        else:
            cell = row[at]
            pieces.append(Piece(cell.text, cell.kind == "N" and (not cell.sure or _beside_arabic(row, at))))
            at += 1
    return pieces


def _arabic_end(row: Sequence[Cell], at: int) -> int:
    if row[at].kind != "R":
        return at
    last, here = at, at
    while here < len(row) and row[here].kind != "L":
        if row[here].kind == "R":
            last = here
        here += 1
    return last + 1


def _beside_arabic(row: Sequence[Cell], at: int) -> bool:
    for step in (-1, 1):
        here = at + step
        while 0 <= here < len(row) and row[here].kind in "S ":
            here += step
        if 0 <= here < len(row) and row[here].kind == "R":
            return True
    return False
