"""What stands at the top and the foot of pages: running heads and page numbers are told from text, and left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.archive.pdf_lines import Stretch, rows

_ZONE = 0.18  # of the page's height, at either end
_MOST = 3  # rows at either end that are looked at
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"(https?|file):/\S+?\d+/\d+$")


@dataclass(frozen=True, slots=True)
class Edge:
    """A row at the top or foot of a page: what it looks like with its digits masked, and where it stands."""

    page: int
    key: str
    y: float
    foot: bool
    ranks: frozenset[int]
    outermost: bool


def edges(page: int, found: Sequence[Stretch], height: float) -> list[Edge]:
    """The rows of a page that may be running heads or page numbers."""
    lines = rows(found)
    top = [row for row in lines if row[0].y > height * (1 - _ZONE)][:_MOST]
    foot = [row for row in lines if row[0].y < height * _ZONE][-_MOST:]
    made = [_edge(page, row, False, at == 0) for at, row in enumerate(top)]
    return made + [_edge(page, row, True, at == len(foot) - 1) for at, row in enumerate(foot) if row not in top]


def _edge(page: int, row: Sequence[Stretch], foot: bool, outermost: bool) -> Edge:
    glyphs = sorted((g for piece in row for g in piece.glyphs if not g.blank and not g.mark), key=lambda g: g.middle)
    seen = unicodedata.normalize("NFKC", "".join(g.text for g in glyphs))
    return Edge(
        page, _DIGITS.sub("#", seen), row[0].y, foot, frozenset(g.rank for p in row for g in p.glyphs), outermost
    )


def furniture(found: Sequence[Edge], pages: int) -> dict[int, set[int]]:
    """For each page the ranks of the glyphs that are running heads, feet or page numbers."""
    same = Counter((edge.key, edge.foot, round(edge.y / 6)) for edge in found)
    gone: dict[int, set[int]] = {}
    for edge in found:
        level = round(edge.y / 6)
        times = sum(same[edge.key, edge.foot, near] for near in (level - 1, level, level + 1))
        if _repeats(edge, times, pages) or _numbers_page(edge):
            gone.setdefault(edge.page, set()).update(edge.ranks)
    return gone


def _repeats(edge: Edge, times: int, pages: int) -> bool:
    enough = 2 if pages < 6 else 3
    return times >= enough and len(edge.key) < 200


def _numbers_page(edge: Edge) -> bool:
    """Whether the outermost row is a page number, or what a browser prints there."""
    bare = edge.key.strip("-–—|[]() .")
    return edge.outermost and edge.foot and (bare in ("#", "#/#") or bool(_ADDRESS.search(edge.key.replace("#", "0"))))
