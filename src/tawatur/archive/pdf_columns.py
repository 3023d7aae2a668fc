"""Pieces of lines in, blocks out in reading order: columns of text and rows of tables.

A page is cut where nothing is drawn: from side to side first, then, where white runs down between lines, into columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tawatur.archive.pdf_device import Rule
from tawatur.archive.pdf_lines import Stretch, rows, whole

_GUTTER = 0.85  # of the size: the least white between columns
_FEWEST = 3  # lines on each side of a gutter
_BULLET = 2.4  # of the size: a side so narrow holds the bullets or numbers of a list
_FULL = 0.72  # of a column's width: a line that fills it

Gap = tuple[float, float]


@dataclass(slots=True)
class Block:
    """Lines of one column from the top down, or a table: rows of cells from left to right, a cell its lines."""

    lines: list[Stretch]
    table: list[list[list[Stretch]]] = field(default_factory=list)


def arranged(found: Sequence[Stretch], rules: Sequence[Rule], *, leftward: bool, depth: int = 0) -> list[Block]:
    """The pieces of a page as blocks in reading order; ``leftward`` when the right column comes first."""
    if not found:
        return []
    blocks: list[Block] = []
    for band, gaps in _bands(found):
        sides = _sides(band, gaps)
        kind = "text" if len(sides) < 2 else _kind(band, sides, rules)
        if kind == "columns" and depth < 4:
            for side in reversed(sides) if leftward else sides:
                blocks += arranged(side, rules, leftward=leftward, depth=depth + 1)
        elif kind == "table":
            blocks.append(Block([], _table(band, sides, rules)))
        elif kind == "rows":
            for row in rows(band):
                single = len(row) == 1
                blocks = _with_text(blocks, row) if single else [*blocks, Block([], _table(row, sides, ()))]
        else:
            blocks = _with_text(blocks, [whole(row) for row in rows(band)])
    return blocks


def _with_text(blocks: list[Block], lines: list[Stretch]) -> list[Block]:
    """Text under text of the same column is one block with it."""
    if blocks and blocks[-1].lines and blocks[-1].lines[-1].y > lines[0].y:
        return [*blocks[:-1], Block(blocks[-1].lines + lines)]
    return [*blocks, Block(lines)]


def _bands(found: Sequence[Stretch]) -> list[tuple[list[Stretch], list[Gap]]]:
    """Slices of a region from the top down, joined as long as one gap runs down through all of them."""
    left, right = min(p.x0 for p in found), max(p.x1 for p in found)
    bands: list[tuple[list[Stretch], list[Gap]]] = []
    for level in _slices(found):
        free = _free(level, left, right)
        shared = _shared(bands[-1][1], free) if bands else []
        alone = bands and not _parts(bands[-1]) and not _parts((level, free))
        if bands and (alone or _still(shared, bands[-1][0], level)):
            bands[-1] = (bands[-1][0] + level, shared)
        else:
            bands.append((level, free))
    return _settled(bands)


def _parts(band: tuple[list[Stretch], list[Gap]]) -> bool:
    return len(_sides(*band)) > 1


def _still(shared: Sequence[Gap], band: Sequence[Stretch], level: Sequence[Stretch]) -> bool:
    """Whether a gap that parts either of two slices parts them both."""
    return any(_on_both(gap, [*band, *level]) for gap in shared)


def _on_both(gap: Gap, found: Iterable[Stretch]) -> bool:
    places = {piece.x0 < gap[0] + 0.01 for piece in found}
    return len(places) == 2


def _settled(bands: list[tuple[list[Stretch], list[Gap]]]) -> list[tuple[list[Stretch], list[Gap]]]:
    """Bands of text in one column that follow each other are one."""
    done: list[tuple[list[Stretch], list[Gap]]] = []
    for band in bands:
        if done and not _parts(done[-1]) and not _parts(band):
            done[-1] = (done[-1][0] + band[0], [])
        else:
            done.append(band)
    return done


def _slices(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """Pieces between which nothing lies from side to side, from the top down."""
    done: list[list[Stretch]] = []
    floor = 0.0
    for piece in sorted(found, key=lambda p: -p.high):
        if done and piece.high > floor:
            done[-1].append(piece)
            floor = min(floor, piece.low)
        else:
            done.append([piece])
            floor = piece.low
    return done


def _free(level: Sequence[Stretch], left: float, right: float) -> list[Gap]:
    """Where nothing of a slice is drawn between two edges, if it is wide enough for a gutter."""
    wide = _GUTTER * median(p.size for p in level)
    gaps, at = [], left
    for piece in sorted(level, key=lambda p: p.x0):
        if piece.x0 - at >= wide:
            gaps.append((at, piece.x0))
        at = max(at, piece.x1)
    if right - at >= wide:
        gaps.append((at, right))
    return gaps


def _shared(a: Sequence[Gap], b: Sequence[Gap]) -> list[Gap]:
    found = ((max(p[0], q[0]), min(p[1], q[1])) for p in a for q in b)
    return [gap for gap in found if gap[1] - gap[0] >= 5.0]


def _sides(band: Sequence[Stretch], gaps: Sequence[Gap]) -> list[list[Stretch]]:
    """The columns of a band from left to right; one when no gap has lines on both sides."""
    cuts = sorted((gap[0] + gap[1]) / 2 for gap in gaps if _on_both(gap, band))
    sides: list[list[Stretch]] = [[] for _ in range(len(cuts) + 1)]
    for piece in band:
        sides[sum(cut < (piece.x0 + piece.x1) / 2 for cut in cuts)].append(piece)
    return [side for side in sides if side]


def _kind(band: Sequence[Stretch], sides: Sequence[Sequence[Stretch]], rules: Sequence[Rule]) -> str:
    """What the sides of a band are: columns of text, cells of a table, a list beside its bullets, lines loosely set."""
    size = median(p.size for p in band)
    prose = [_prose(side) for side in sides]
    if _ruled(band, rules):
        return "table"
    if all(prose):
        return "columns"
    wide = [side for side in sides if _width(side) > _BULLET * size]
    if len(wide) < 2:
        return "text"
    lines = rows(band)
    parted = sum(len(row) > 1 for row in lines)
    if any(prose) and parted <= 0.35 * len(lines):
        return "columns"  # notes in the margin
    if parted >= 2 and parted >= 0.6 * len(lines):
        return "table"
    return "rows" if min(_between(sides)) > 3 * size else "text"


def _width(side: Sequence[Stretch]) -> float:
    return max(p.x1 for p in side) - min(p.x0 for p in side)


def _between(sides: Sequence[Sequence[Stretch]]) -> list[float]:
    edges = sorted((min(p.x0 for p in side), max(p.x1 for p in side)) for side in sides)
    return [b[0] - a[1] for a, b in pairwise(edges)]


def _prose(side: Sequence[Stretch]) -> bool:
    """Whether a side reads like a column of text: lines that mostly fill it, of several words each."""
    lines = rows(side)
    width = _width(side)
    size = median(p.size for p in side)
    if len(lines) < _FEWEST or width < 6 * size:
        return False
    full = sum(max(p.x1 for p in row) - min(p.x0 for p in row) >= _FULL * width for row in lines)
    steps = [a[0].y - b[0].y for a, b in pairwise(lines)]
    return full * 2 >= len(lines) and median(steps) < 2.6 * size


def _ruled(band: Sequence[Stretch], rules: Sequence[Rule]) -> bool:
    """Whether at least two rules run through a band from side to side between its lines."""
    left, right = min(p.x0 for p in band), max(p.x1 for p in band)
    low, high = min(p.low for p in band), max(p.high for p in band)
    return len(_levels(rules, left, right, low, high)) >= 2


def _levels(rules: Sequence[Rule], left: float, right: float, low: float, high: float) -> list[float]:
    """The heights inside a band at which rules, also those of single cells side by side, run across most of it."""
    lengths: dict[int, float] = {}
    for x0, y0, x1, y1 in rules:
        if y1 - y0 <= 2.5 and low < (y0 + y1) / 2 < high:
            shared = min(x1, right) - max(x0, left)
            lengths[round((y0 + y1) / 4)] = lengths.get(round((y0 + y1) / 4), 0.0) + max(shared, 0.0)
    return [2.0 * level for level, length in sorted(lengths.items()) if length > 0.85 * (right - left)]


def _table(
    band: Sequence[Stretch], sides: Sequence[Sequence[Stretch]], rules: Sequence[Rule]
) -> list[list[list[Stretch]]]:
    """The rows of a table; lines of one cell stay together between two rules, without rules each line is a row."""
    left, right = min(p.x0 for p in band), max(p.x1 for p in band)
    levels = _levels(rules, left, right, min(p.low for p in band), max(p.high for p in band))
    place = {id(piece): at for at, side in enumerate(sides) for piece in side}
    if not levels:
        return [_cells(row, place) for row in rows(band)]
    held: dict[int, list[Stretch]] = {}
    for piece in band:
        held.setdefault(-sum(level < piece.y for level in levels), []).append(piece)
    return [_cells(held[key], place) for key in sorted(held)]


def _cells(row: Sequence[Stretch], place: dict[int, int]) -> list[list[Stretch]]:
    """The pieces of a table's row as cells from left to right, each its lines from the top down."""
    found: dict[int, list[Stretch]] = {}
    for piece in row:
        found.setdefault(place[id(piece)], []).append(piece)
    return [[whole(line) for line in rows(found[key])] for key in sorted(found)]
