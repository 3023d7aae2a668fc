"""Pieces of lines in, blocks out in reading order: columns of text and rows of tables.

A page is cut where nothing is drawn: from side to side first, then, where white runs down between lines, into columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tawatur.archive.pdf_device import Rule
from tawatur.archive.pdf_lines import BULLET, Stretch, rows, whole

_GUTTER = 0.6  # of the size: the least white between columns
_DEEPEST = 12  # cuts inside cuts
_FEWEST = 3  # lines on each side of a gutter
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
    slices = _slices(found)
    band = _tallest(slices) if depth < _DEEPEST else None
    if band is None:
        return [Block([whole(row) for row in rows(found)])]
    blocks: list[Block] = []
    above = [piece for level in slices[: band.first] for piece in level]
    below = [piece for level in slices[band.end :] for piece in level]
    inside = [piece for level in slices[band.first : band.end] for piece in level]
    for part in arranged(above, rules, leftward=leftward, depth=depth + 1):
        blocks = _then(blocks, part)
    for part in _band(inside, slices[band.first : band.end], band.gap, rules, leftward, depth):
        blocks = _then(blocks, part)
    for part in arranged(below, rules, leftward=leftward, depth=depth + 1):
        blocks = _then(blocks, part)
    return blocks


def _band(
    inside: list[Stretch],
    slices: Sequence[list[Stretch]],
    gap: Gap,
    rules: Sequence[Rule],
    leftward: bool,
    depth: int,
) -> list[Block]:
    """A band of a page that a gap runs through: columns one after the other, rows of a table, or lines after all."""
    halves = _sides(inside, [gap])
    kind = _kind(inside, halves, rules)
    if kind == "columns":
        ordered = reversed(halves) if leftward else halves
        return [b for half in ordered for b in arranged(half, rules, leftward=leftward, depth=depth + 1)]
    if kind == "text":
        lines = [(whole(row), len(_sides(row, [gap])) > 1) for row in rows(inside)]
        for line, parted in lines:
            line.joined = line.joined or (parted and sum(p for _, p in lines) > 1)
        return [Block([line for line, _ in lines])]
    sides = _sides(inside, _common(slices))
    if kind == "table":
        return [Block([], _table(inside, sides, rules))]
    return [Block([row[0]]) if len(row) == 1 else Block([], _table(row, sides, ())) for row in rows(inside)]


def _then(blocks: list[Block], block: Block) -> list[Block]:
    """Text under text of the same column is one block with it."""
    if blocks and blocks[-1].lines and block.lines and blocks[-1].lines[-1].y > block.lines[0].y:
        return [*blocks[:-1], Block(blocks[-1].lines + block.lines)]
    return [*blocks, block]


@dataclass(frozen=True, slots=True)
class _Band:
    """The slices from ``first`` to before ``end``, through which a gap runs with text on both sides."""

    first: int
    end: int
    gap: Gap
    parted: int  # lines that the gap parts


def _tallest(slices: Sequence[list[Stretch]]) -> _Band | None:
    """The band through which one gap parts the most lines."""
    left = min(p.x0 for level in slices for p in level)
    right = max(p.x1 for level in slices for p in level)
    free = [_free(level, left, right) for level in slices]
    best: _Band | None = None
    for at, gaps in enumerate(free):
        for gap in gaps:
            if best and best.first <= at < best.end and best.gap[0] < gap[1] and gap[0] < best.gap[1]:
                continue
            band = _run(slices, free, at, gap) if _on_both(gap, slices[at]) else None
            if band and (best is None or band.parted > best.parted):
                best = band
    return best


def _run(slices: Sequence[list[Stretch]], free: Sequence[Sequence[Gap]], at: int, gap: Gap) -> _Band:
    """How far up and down a gap of a slice runs."""
    first, end = at, at + 1
    while first > 0 and (shared := _shared([gap], free[first - 1])):
        first, gap = first - 1, max(shared, key=lambda g: g[1] - g[0])
    while end < len(slices) and (shared := _shared([gap], free[end])):
        end, gap = end + 1, max(shared, key=lambda g: g[1] - g[0])
    while not _on_both(gap, slices[first]) and not _near(slices[first], slices[first + 1]):
        first += 1
    while not _on_both(gap, slices[end - 1]) and not _near(slices[end - 2], slices[end - 1]):
        end -= 1
    return _Band(first, end, gap, sum(_parted(slices[i], gap) for i in range(first, end)))


def _parted(level: Sequence[Stretch], gap: Gap) -> int:
    """How many lines of a slice have text beside them on the other side of a gap."""
    before = sum(piece.x0 < gap[0] + 0.01 for piece in level)
    return min(before, len(level) - before)


def _near(above: Sequence[Stretch], below: Sequence[Stretch]) -> bool:
    """Whether a slice follows as closely as lines of one paragraph do, in the same size."""
    upper, lower = min(above, key=lambda p: p.low), max(below, key=lambda p: p.high)
    return upper.low - lower.high < 0.75 * upper.size and abs(upper.size - lower.size) < 0.06 * upper.size


def _on_both(gap: Gap, found: Iterable[Stretch]) -> bool:
    return len({piece.x0 < gap[0] + 0.01 for piece in found}) == 2


def _common(slices: Sequence[list[Stretch]]) -> list[Gap]:
    """The gaps that run through all slices."""
    every = [p for level in slices for p in level]
    left, right = min(p.x0 for p in every), max(p.x1 for p in every)
    gaps = _free(slices[0], left, right)
    for level in slices[1:]:
        gaps = _shared(gaps, _free(level, left, right))
    return gaps


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


def _kind(band: Sequence[Stretch], sides: Sequence[list[Stretch]], rules: Sequence[Rule]) -> str:
    """What the sides of a band are: columns of text, cells of a table, a list beside its bullets, lines loosely set."""
    size = median(p.size for p in band)
    prose = [_reads(side) for side in sides]
    if _ruled(band, rules):
        return "table"
    if all(prose):
        return "columns"
    if _unlevel(rows(band), size):
        return "columns"
    wide = [side for side in sides if _width(side) > BULLET * size]
    if len(wide) < 2 and min(_between(sides)) < 2.5 * size:
        return "text"
    lines = rows(band)
    parted = sum(len(row) > 1 for row in lines)
    if parted < 4 and min(_between(sides)) < size:
        return "text"
    if any(prose) and parted <= 0.35 * len(lines):
        return "columns"  # notes in the margin
    if parted >= 2 and parted >= 0.6 * len(lines):
        return "table"
    return "rows" if min(_between(sides)) > 3 * size else "text"


def _unlevel(lines: Sequence[Sequence[Stretch]], size: float) -> bool:
    """Whether lines side by side mostly stand at different heights, as only columns do."""
    wide = [[p for p in row if p.x1 - p.x0 > BULLET * size] for row in lines]
    parted = [row for row in wide if len(row) > 1]
    uneven = sum(max(p.y for p in row) - min(p.y for p in row) > 0.1 * size for row in parted)
    return len(parted) >= _FEWEST and uneven * 2 > len(parted)


def _width(side: Sequence[Stretch]) -> float:
    return max(p.x1 for p in side) - min(p.x0 for p in side)


def _between(sides: Sequence[Sequence[Stretch]]) -> list[float]:
    edges = sorted((min(p.x0 for p in side), max(p.x1 for p in side)) for side in sides)
    return [b[0] - a[1] for a, b in pairwise(edges)]


def _reads(side: list[Stretch], depth: int = 0) -> bool:
    """Whether a side reads like a column of text, or like several."""
    if _prose(side):
        return True
    band = _tallest(_slices(side)) if depth < 3 else None
    if band is None or band.parted < _FEWEST:
        return False
    slices = _slices(side)[band.first : band.end]
    return all(_reads(half, depth + 1) for half in _sides([p for level in slices for p in level], [band.gap]))


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
