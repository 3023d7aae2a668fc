"""A report's text in, its lines out, each with what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from tawatur.archive.datelines import dateline_end
from tawatur.archive.furniture import Verdict, judge
from tawatur.lang.fold import fold_word
from tawatur.lang.page import page_words
from tawatur.model import Span
from tawatur.quick import quick

Kind = Literal["body", "headline", "byline", "dateline", "noise"]
_ends = re.compile(r"[.!?؟…][\"'»”’“)\]\s]*\Z")
_begins_word = re.compile(r"[\w(«“\"'‘]")
_dashed = re.compile(r"\s[-–—ـ|]\s")
_ITEMS = 10  # lines that a list of links may have
_LONGEST_HEADLINE = 130
_NO_HEADLINE = (".", "!", ":", "،", "؛", ",", "…")  # what does not end one


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it. ``dateline`` is the part that says where and by whom."""

    kind: Kind
    span: Span
    dateline: Span | None = None
    rule: str = ""  # of the language pack, when one made the kind
    closes: bool = False  # what follows is another story

    @property
    def body(self) -> Span:
        """The line without its dateline."""
        return self.span if self.dateline is None else Span(self.dateline.end, self.span.end)


def lines(text: str, *, title: str = "") -> tuple[Line, ...]:
    """The lines of a text with their kinds, in text order; ``title`` helps to know a headline that repeats it."""
    page = _Page(text, fold_word(title).strip())
    return page.lines()


def furniture(text: str, *, title: str = "") -> tuple[Span, ...]:
    """The lines of a text that are noise, as ``lines`` tells them, without what it tells of the others."""
    page = _Page(text, fold_word(title).strip())
    return page.noise()


def goes_on(paragraph: str) -> bool:
    """Whether a paragraph says by its first word that it goes on from the one before."""
    return _continues(fold_word(paragraph[:40]))


def _continues(folded: str) -> bool:
    return folded.startswith("و") or folded.startswith(page_words("continuations"))


class _Page:
    """The lines of one text while their kinds are found: by their own words first, then by where they stand."""

    def __init__(self, text: str, title: str) -> None:
        self.text, self.title = text, title
        self.spans: list[Span] = []
        self.words: list[str] = []
        self.folds: list[str] = []
        self._cut(text)
        self.ended = [_ends.search(words[-12:]) is not None for words in self.words]
        self.verdicts: list[Verdict | None] = list(map(judge, self.words, self.folds))
        self.in_paragraphs = sum(self.ended) * 2 >= self.verdicts.count(None)

    def _cut(self, text: str) -> None:
        """Lines that are not blank, as they are and folded; the text is folded in one go, which keeps its lines."""
        start = 0
        for line, folded in zip(text.split("\n"), fold_word(text).split("\n"), strict=True):
            if words := line.strip():
                first = start + len(line) - len(line.lstrip())
                self.spans.append(Span(first, first + len(words)))
                self.words.append(words)
                self.folds.append(folded.strip())
            start += len(line) + 1

    def lines(self) -> tuple[Line, ...]:
        self._lists()
        kinds = [self._kind(at) for at in range(len(self.spans))]
        first = kinds.index("body") if "body" in kinds else -1
        opens = [at == first or kinds[at - 1] == "headline" for at in range(len(kinds))]
        return tuple(self._made(at, kind, opens[at]) for at, kind in enumerate(kinds))

    def noise(self) -> tuple[Span, ...]:
        self._lists()
        found = (at for at, verdict in enumerate(self.verdicts) if verdict is not None and verdict.kind == "noise")
        return tuple(self.spans[at] for at in found if not self._repeats_title(at))

    def _lists(self) -> None:
        left = 0
        for at, verdict in enumerate(self.verdicts):
            if verdict is not None and verdict.rule is not None:
                left = _ITEMS if verdict.rule.opens_list and verdict.bare else left
            elif left and not self.ended[at] and len(self.words[at].split()) <= 14:
                left -= 1
                self.verdicts[at] = Verdict("noise")
            else:
                left = 0

    def _kind(self, at: int) -> Kind:
        verdict = self.verdicts[at]
        if self._repeats_title(at):
            return "headline"
        if verdict is not None:
            return verdict.kind  # type: ignore[return-value]
        if self._is_credit_line(at):
            return "dateline" if at <= 1 else "byline"
        return "headline" if self._is_headline(at) else "body"

    def _repeats_title(self, at: int) -> bool:
        return bool(self.title) and at < 3 and self.folds[at].strip(" .") == self.title.strip(" .")

    def _is_credit_line(self, at: int) -> bool:
        words = self.words[at]
        if len(words) > 60 or not self.in_paragraphs or not self._begins_plainly(at):
            return False
        parts = _dashed.split(words)
        small = len(parts) > 1 and all(1 <= len(part.split()) <= 4 for part in parts)
        if not small or any(char.isdigit() for char in words):
            return False
        after = self._next(at)
        opening = at <= 1 and after is not None and self._is_paragraph(after)
        closing = after is None and at > 1 and self.ended[at - 1]
        return opening or closing

    def _is_headline(self, at: int) -> bool:
        words = self.words[at]
        if not self.in_paragraphs or len(words) > _LONGEST_HEADLINE or words.endswith(_NO_HEADLINE):
            return False
        if not self._begins_plainly(at) or _continues(self.folds[at]):
            return False
        before, after = self._before(at), self._next(at)
        return (before is None or self.ended[before]) and after is not None and self._is_paragraph(after, len(words))

    def _begins_plainly(self, at: int) -> bool:
        return bool(_begins_word.match(self.words[at]))

    def _before(self, at: int) -> int | None:
        return next((n for n in range(at - 1, -1, -1) if self.verdicts[n] is None), None)

    def _next(self, at: int) -> int | None:
        return next((n for n in range(at + 1, len(self.words)) if self.verdicts[n] is None), None)

    def _is_paragraph(self, at: int, over: int = 0) -> bool:
        return self.ended[at] and len(self.words[at]) >= max(80, over)

    def _made(self, at: int, kind: Kind, opens_story: bool) -> Line:
        verdict, span = self.verdicts[at], self.spans[at]
        rule = verdict.rule if verdict is not None else None
        line = Line(kind, span, rule=rule.id if rule else "", closes=bool(rule and rule.ends_story))
        if kind == "dateline":
            return replace(line, dateline=span)
        if kind != "body":
            return line
        end = dateline_end(self.words[at], opens_story)
        return replace(line, dateline=Span(span.start, span.start + end)) if end else line
