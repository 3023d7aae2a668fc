"""A report made ready for reading: tokens, sentences, scopes of attribution, and what stands around each token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.archive.page import Line, lines
from tawatur.archive.parts import stories_of
from tawatur.archive.quotes import quotations
from tawatur.archive.split import sentences
from tawatur.claims import attribution
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.claims.tongues import tongue_of
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Report, Span

_LINE_MARK = {"noise": "noise", "headline": "head", "byline": "by"}
#: Kinds of tokens that are said; the others are marks and line ends.
SPOKEN = ("word", "number")
#: Marks of what is no part of a story's body: settled case 9, no claims.
OUTSIDE = frozenset(_LINE_MARK.values())


@dataclass(slots=True, eq=False)
class Reading:
    """What the reader works on. ``marks`` holds one short word a token for the segmenter."""

    report: Report
    tokens: Tokens
    lines: tuple[Line, ...]
    scopes: list[attribution.Scope]
    marks: list[str]


def prepare(report: Report, pack: Pack) -> Reading:
    """Tokens, scopes and marks of a report."""
    text = report.text
    tokens = tokenise(text, pack.lexicon)
    page = lines(text, title=report.title)
    spoken = [s for line in page if line.kind in ("body", "headline") for s in sentences(text, line.body)]
    told = stories_of(text, page)
    scopes = tongue_of(pack).voices(tokens, spoken, pack, outlet=report.outlet, stories=told)
    return Reading(report, tokens, page, scopes, _marks(tokens, page, scopes, quotations(text)))


def _marks(
    tokens: Tokens, page: tuple[Line, ...], scopes: list[attribution.Scope], quotes: tuple[Span, ...]
) -> list[str]:
    marks = [""] * len(tokens)
    for quote in quotes:
        _put(marks, "quote", tokens.at(quote.start), tokens.at(quote.end - 1) + 1)
    for scope in scopes:
        _put(marks, "in", scope.first, scope.after)
        if (first := said_from(tokens.words, scope.first, scope.after)) < len(marks):
            marks[first] = "open"
    for scope in scopes:
        if scope.kind != "speech_act":
            _put(marks, "say", scope.verb_first, scope.verb_after)
        else:
            _put(marks, "act", scope.verb_first, min(scope.verb_first + 1, scope.verb_after))
    for line in page:
        if line.kind in _LINE_MARK:
            _put(marks, _LINE_MARK[line.kind], tokens.at(line.span.start), tokens.at(line.span.end - 1) + 1)
        if line.dateline is not None and line.dateline.end > line.dateline.start:
            _put(marks, "date", tokens.at(line.dateline.start), tokens.at(line.dateline.end - 1) + 1)
    return marks


def said_from(words: Sequence[Word], first: int, after: int) -> int:
    """The first token of what is said: behind quotation marks and the word that hands it over (that, that he)."""
    while first < after and (words[first].kind not in SPOKEN or words[first].cls.get("sources") == "that"):
        first += 1
    return first


def _put(marks: list[str], mark: str, first: int, after: int) -> None:
    marks[first:after] = [mark] * (min(after, len(marks)) - first)
