"""A text in, the words between quotation marks out.

Marks come in families whose members are typed for one another (“ ” " „ '' as Arabic keyboards give them), so a mark
opens or closes by where it stands: an opening one touches the word after it, a closing one the word before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tawatur.model import Span
from tawatur.quick import quick

_FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "''"), "double"),
    **dict.fromkeys(("‘", "’", "‚", "'"), "single"),
    **dict.fromkeys(("«", "»"), "guillemet"),
    **dict.fromkeys(("‹", "›"), "angle"),
    **dict.fromkeys(("((", "))"), "brackets"),
}
_OPENING = frozenset(("“", "„", "‘", "‚", "«", "‹", "(("))
_marks = re.compile(r"[“”„‟＂\"«»‹›‘’‚]|''|'|\(\(|\)\)|\n")
_any_mark = re.compile(r"[“”„‟＂\"«»‹›‘’‚]|''|'|\(\(|\)\)")
_DEEPEST = 6  # quotations inside each other
_NEED_A_CLOSE = frozenset(("single", "brackets"))  # apostrophes and arithmetic look the same
_STOPS = frozenset(".!?؟…")
_ENDS = _STOPS | frozenset("،,؛;)]}»”’›\"'%٪")


@quick
@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of one quotation, without its marks; not ``closed`` when it ran to the end of its paragraph."""

    span: Span
    closed: bool


@dataclass(slots=True)
class _Scan:
    text: str
    found: list[Quotation] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)  # family, where its words start
    hanging: tuple[str, int, int] | None = None  # an open quotation of the paragraph before: family, start, end

    def run(self) -> tuple[Quotation, ...]:
        for match in _marks.finditer(self.text):
            if match[0] == "\n":
                self._end_paragraph(match.start())
            else:
                self._mark(match[0], match.start(), match.end())
        self._end_paragraph(len(self.text))
        self._drop_hanging()
        self.found.sort(key=lambda quotation: (quotation.span.start, -quotation.span.end))
        return tuple(self.found)

    def _mark(self, mark: str, start: int, end: int) -> None:
        family = _FAMILY[mark]
        opens, closes = self._touches(family, start, end)
        if (family == "single" and opens == closes) or self._resumes(family, mark, start, opens, closes):
            return
        depth = self._depth(family)
        if depth is None:
            if not (closes and not opens) and mark != "))" and len(self.open) < _DEEPEST:
                self.open.append((family, end))
        elif mark in _OPENING and opens and not closes:
            self._nest(family, depth, end)
        elif mark != "((":
            self._close(depth, start)

    def _nest(self, family: str, depth: int, at: int) -> None:
        if family == "single":
            self.open[depth] = (family, at)
        elif len(self.open) < _DEEPEST:
            self.open.append((family, at))

    def _touches(self, family: str, start: int, end: int) -> tuple[bool, bool]:
        before = self.text[start - 1] if start else "\n"
        after = self.text[end] if end < len(self.text) else "\n"
        inside = before.isalnum() and after.isalnum()
        opens = not after.isspace() and before not in _STOPS and (inside or not before.isalnum())
        closes = not after.isalnum() and (before.isalnum() or before in _ENDS)
        return opens and not (inside and family == "single"), closes

    def _depth(self, family: str) -> int | None:
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth][0] == family:
                return depth
        return None

    def _close(self, depth: int, at: int) -> None:
        self._add(self.open[depth][1], at, closed=True)
        del self.open[depth:]

    def _add(self, start: int, end: int, *, closed: bool) -> None:
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            self.found.append(Quotation(Span(start, end), closed))

    def _end_paragraph(self, at: int) -> None:
        self._drop_hanging()
        kept = [(family, start) for family, start in self.open if family not in _NEED_A_CLOSE]
        if kept:
            family, start = kept[0]
            self.hanging = (family, start, at)
        self.open.clear()

    def _resumes(self, family: str, mark: str, start: int, opens: bool, closes: bool) -> bool:
        """A quotation left open goes on when the next paragraph's first mark of its kind can only close."""
        if self.hanging is None or self.hanging[0] != family:
            return False
        goes_on = closes and not opens and mark not in _OPENING
        if goes_on:
            self._add(self.hanging[1], start, closed=True)
            self.hanging = None
        else:
            self._drop_hanging()
        return goes_on

    def _drop_hanging(self) -> None:
        if self.hanging is not None:
            self._add(self.hanging[1], self.hanging[2], closed=False)
        self.hanging = None


def pairs(text: str) -> tuple[Quotation, ...]:
    """Every quotation with whether it was closed, in text order, an outer one before those inside it; linear time."""
    if not _any_mark.search(text):
        return ()
    return _Scan(text).run()


def quotations(text: str) -> tuple[Span, ...]:
    """The spans of the words in quotation marks of every kind, without the marks, an outer one before those inside it.

    A quotation that is never closed ends with its paragraph, unless the next paragraph closes it.
    """
    return tuple(quotation.span for quotation in pairs(text))
