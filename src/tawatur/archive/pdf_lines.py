"""Glyphs of a page in, its lines out: pieces of lines first, so that columns can be told, then whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tawatur.archive.pdf_glyphs import Glyph

_LEVEL = 0.15  # of the size: baselines that are one line
BULLET = 2.4  # of the size: a piece so narrow holds the bullet or number of a list
_WIDE = 0.7  # of the size: a gap that words of one sentence seldom have
_BREAK = 0.62  # of the size: a gap that parts a line into pieces


@dataclass(slots=True)
class Stretch:
    """Glyphs side by side: a piece of a line, or a whole line."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    joined: bool = False  # of pieces with a wide gap between them

    @property
    def low(self) -> float:
        """Where its descenders end."""
        return self.y - 0.22 * self.size

    @property
    def high(self) -> float:
        """Where its letters end."""
        return self.y + 0.68 * self.size

    @property
    def bold(self) -> bool:
        """Whether most of it is set in a bold font."""
        return sum(g.bold for g in self.glyphs) * 2 > len(self.glyphs)


def stretch(glyphs: Sequence[Glyph]) -> Stretch:
    """Glyphs as one stretch, measured by what is drawn of them."""
    inked = [g for g in glyphs if not g.blank and not g.mark] or list(glyphs)
    size = median(g.size for g in inked)
    body = [g for g in inked if g.size > 0.85 * size] or inked
    return Stretch(list(glyphs), min(g.x0 for g in inked), max(g.x1 for g in inked), median(g.y for g in body), size)


def pieces(glyphs: Iterable[Glyph]) -> list[Stretch]:
    """Stretches without a wide gap, from the top down. Space and marks go with the letters they touch."""
    drawn = list(glyphs)
    found: list[Stretch] = []
    for level in _levels([g for g in drawn if not g.blank and not g.mark]):
        found += [stretch(run) for run in _runs(level)]
    _attach(found, [g for g in drawn if g.blank or g.mark])
    return found


def _levels(glyphs: list[Glyph]) -> Iterable[list[Glyph]]:
    """Glyphs by baseline, from the top down."""
    level: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: -g.y):
        if level and level[0].y - glyph.y > _LEVEL * max(level[0].size, glyph.size):
            yield level
            level = []
        level.append(glyph)
    if level:
        yield level


def _runs(level: list[Glyph]) -> Iterable[list[Glyph]]:
    run: list[Glyph] = []
    reach = 0.0
    for glyph in sorted(level, key=lambda g: g.x0):
        if run and glyph.x0 - reach > _BREAK * max(run[-1].size, glyph.size):
            yield run
            run = []
        reach = max(reach, glyph.x1) if run else glyph.x1
        run.append(glyph)
    if run:
        yield run


def _attach(found: Sequence[Stretch], rest: Iterable[Glyph]) -> None:
    """Marks go to the stretch they stand on or under, space to the stretch it lies in; space between two is let go."""
    rows = _by_height(found)
    for glyph in rest:
        best: Stretch | None = None
        for line in rows.get(int(glyph.y // 20), ()):
            near = line.x0 - 0.3 * line.size <= glyph.middle <= line.x1 + 0.3 * line.size
            reach = (0.2 if glyph.blank else 1.0) * line.size
            if (
                near
                and abs(line.y - glyph.y) <= reach
                and (best is None or abs(line.y - glyph.y) < abs(best.y - glyph.y))
            ):
                best = line
        if best is not None:
            best.glyphs.append(glyph)


def _by_height(found: Iterable[Stretch]) -> dict[int, list[Stretch]]:
    rows: dict[int, list[Stretch]] = {}
    for line in found:
        for step in range(int((line.y - line.size) // 20), int((line.y + line.size) // 20) + 1):
            rows.setdefault(step, []).append(line)
    return rows


def rows(found: Iterable[Stretch]) -> list[list[Stretch]]:
    """Stretches side by side as rows, from the top down; what is raised or lowered a little belongs to its row."""
    done: list[list[Stretch]] = []
    for piece in sorted(found, key=lambda s: -s.y):
        if done and _beside(done[-1], piece):
            done[-1].append(piece)
        else:
            done.append([piece])
    return done


def _beside(row: Sequence[Stretch], piece: Stretch) -> bool:
    main = max(row, key=lambda s: (s.size, s.x1 - s.x0))
    shared = min(main.high, piece.high) - max(main.low, piece.low)
    over = any(min(s.x1, piece.x1) - max(s.x0, piece.x0) > 0.5 * min(s.size, piece.size) for s in row)
    return not over and shared > 0.6 * min(main.size, piece.size)


def whole(row: Sequence[Stretch]) -> Stretch:
    """The pieces of a row as one line."""
    if len(row) == 1:
        return row[0]
    line = stretch([g for piece in row for g in piece.glyphs])
    main = sorted(
        (p for p in row if p.x1 - p.x0 > BULLET * line.size and p.size > 0.85 * line.size), key=lambda p: p.x0
    )
    line.joined = any(b.x0 - a.x1 > _WIDE * line.size for a, b in pairwise(main))
    return line


def pitch(lines: Sequence[Stretch]) -> float:
    """The usual distance of two baselines; 1.4 times the size where there are too few lines."""
    steps = [a.y - b.y for a, b in pairwise(lines) if 0.8 * b.size < a.y - b.y < 3 * b.size]
    if steps:
        return sorted(steps)[(len(steps) - 1) // 3]  # the lower third: gaps between paragraphs are the upper
    return 1.4 * (lines[0].size if lines else 10.0)
