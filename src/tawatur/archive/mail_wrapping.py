"""Text of a mail whose lines were broken to fit a width in, its paragraphs as lines out; not a character is lost.

A line's end ends a sentence for the stages that follow, so what a program broke has to be put together again.
"""

from __future__ import annotations

import re
from itertools import pairwise

_NARROWEST, _WIDEST = 55, 80  # characters that programs break lines at
_item = re.compile(r"\s*(?:[-*•●▪–—+]\s|\(?[\d٠-٩]{1,3}[.)\-]\s|[#|>]|\s{4,}\S)")
_first = re.compile(r"\S{1,25}(?!\S)")
_ended = re.compile(r"[.!?؟:][\"'»”’)\]]*\s*\Z")


def flowed(text: str, *, delsp: bool) -> str:
    """Text of ``format=flowed`` (RFC 3676): a line that ends with a space goes on, with ``delsp`` without it."""
    out: list[list[str]] = []
    open_line = False
    for raw in text.split("\n"):
        line = raw.removeprefix(" ")
        if open_line and not line.startswith(">"):
            out[-1][-1] = out[-1][-1].removesuffix(" ") if delsp else out[-1][-1]
            out[-1].append(line)
        else:
            out.append([line])
        open_line = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(map("".join, out))


def unwrapped(text: str) -> str:
    """Lines put together where the break was forced: the next word had not found room within the width of the text.

    A line that ends a sentence stays one: it may be a title or end a paragraph.
    """
    lines = text.split("\n")
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    out = [lines[:1]]
    for before, line in pairwise(lines):
        word = _first.match(line)
        full = word is not None and len(before) + 1 + len(word[0]) > width
        if full and before.strip() and not _item.match(line) and not _ended.search(before[-12:]):
            out[-1][-1] = out[-1][-1].rstrip()
            out[-1].append(line)
        else:
            out.append([line])
    return "\n".join(map(" ".join, out))
