"""A report's text in, its stories out: pages that hold several, and the rest of one whose beginning was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tawatur.archive.page import Line, goes_on, lines
from tawatur.lang.fold import fold_word
from tawatur.lang.page import page_words
from tawatur.model import Span, Story

_fragment = re.compile(r"\s*(?:\.{2,}|…|[،؛,;)\]»”]|[a-z])")
_first_quote = re.compile(r"[«»“”]")
_clause = re.compile(r"([^،,.؟?!\n]{1,60})[،,]\s*(\w+)")
_ended = re.compile(r"[.!?؟…\"'»”’)]\s*\Z")
_TITLE = 70  # characters that a title has at most
_SHORT = 4  # words of a first clause that a participle follows


def stories(text: str, *, title: str = "") -> tuple[Story, ...]:
    """The stories of a text in order, each from its first line to the last before the next one; empty for blank text.

    A headline, a line that closes the page's story (tags, rights), a byline or dateline after the body, a paragraph
    with a dateline of its own, and a paragraph that begins in the middle of a sentence each begin another one.
    """
    return stories_of(text, lines(text, title=title))


def stories_of(text: str, page: Iterable[Line]) -> tuple[Story, ...]:
    """The same from the lines of the text, where they are known."""
    found = _Stories(text)
    for line in page:
        found.take(line)
    return found.end()


@dataclass(slots=True)
class _Stories:
    text: str
    done: list[Story] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)
    bodies: int = 0
    cut_off: bool = False
    closed: bool = False
    credit: int | None = None  # where a byline or dateline stands that may belong to the next story

    @property
    def has_body(self) -> bool:
        """Whether the story at hand has a paragraph; a short first line without a stop is only a title."""
        return self.bodies > 0

    def take(self, line: Line) -> None:
        if line.kind == "body":
            self._body(line)
        elif line.kind == "headline" and self.has_body:
            self._flush(len(self.held) if self.credit is None else self.credit)
        elif line.kind in ("byline", "dateline") and self.has_body and self.credit is None:
            self.credit = len(self.held)
        self.closed = self.closed or (line.closes and self.has_body)
        self.held.append(line)

    def end(self) -> tuple[Story, ...]:
        self._flush(len(self.held))
        return tuple(self.done)

    def _body(self, line: Line) -> None:
        cut_off = self._begins_inside(line)
        if self.has_body:
            if self.credit is not None:
                self._flush(self._credit_cut())
            elif self.closed or cut_off or line.dateline is not None or self._leaves_a_rest(line):
                self._flush(len(self.held))
        if not self.has_body:
            self.cut_off = cut_off
        self.bodies += self.has_body or not self._is_title(line)
        self.credit = None

    def _leaves_a_rest(self, line: Line) -> bool:
        """The rest of a cut-off story is one paragraph when the next one does not go on from it."""
        return self.cut_off and self.bodies == 1 and not goes_on(line.span.of(self.text))

    def _is_title(self, line: Line) -> bool:
        return line.span.end - line.span.start < _TITLE and not self._ends_sentence(line)

    def _credit_cut(self) -> int:
        """A byline or dateline begins the story below it, unless it says who made the one above."""
        first = self.held[self.credit or 0]
        return len(self.held) if first.kind == "byline" and first.rule != "by" else self.credit or 0

    def _begins_inside(self, line: Line) -> bool:
        if self.has_body and not self._sentence_ended():
            return False
        return begins_inside(line.span.of(self.text), at_start=not self.has_body)

    def _sentence_ended(self) -> bool:
        last = next(line for line in reversed(self.held) if line.kind == "body")
        return self._ends_sentence(last)

    def _ends_sentence(self, line: Line) -> bool:
        return bool(_ended.search(self.text, max(line.span.start, line.span.end - 12), line.span.end))

    def _flush(self, cut: int) -> None:
        mine, self.held = self.held[:cut], self.held[cut:]
        if mine:
            headline = next((line.span for line in mine if line.kind == "headline"), None)
            self.done.append(Story(Span(mine[0].span.start, mine[-1].span.end), headline, self.cut_off))
        self.cut_off = self.closed = False
        self.bodies = 0
        self.credit = None


def begins_inside(paragraph: str, *, at_start: bool = False) -> bool:
    """Whether a paragraph begins in the middle of a sentence.

    It does with an ellipsis, a closing mark, a small Latin letter (``at_start`` of a text), a quotation mark that
    closes what was never opened, or a short first clause without a verb of saying before a participle that needs one.
    """
    first = _fragment.match(paragraph)
    if first is not None and (at_start or not first[0].strip()[0].islower()):
        return not paragraph.lstrip().startswith("”") or "“" not in paragraph
    return _closes_unopened(paragraph) or _lacks_its_verb(paragraph)


def _closes_unopened(paragraph: str) -> bool:
    mark = _first_quote.search(paragraph)
    if mark is None or mark[0] not in "»”" or not mark.start():
        return False
    before, after = paragraph[mark.start() - 1], paragraph[mark.end() : mark.end() + 1]
    follows_words = before.isalnum() or before in ".!؟?"
    return follows_words and not after.isalnum() and paragraph.count(mark[0]) % 2 == 1


def _lacks_its_verb(paragraph: str) -> bool:
    found = _clause.match(paragraph)
    if found is None or fold_word(found[2]) not in page_words("participles"):
        return False
    words = fold_word(found[1]).split()
    return len(words) <= _SHORT and not set(words) & set(page_words("sayings"))
