"""A text and a stretch of it in, the sentences of that stretch out."""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur.archive.quotes import pairs
from tawatur.lang.page import page_words
from tawatur.model import Span

_CLOSERS = r"[\"'»”’›)\]]*"
_inner_stop = re.compile(rf"[.!?؟](?!{_CLOSERS}\s*\Z)|\n(?!\s*\Z)")
_GOES_ON = rf"(?={_CLOSERS}(?:\s|\Z|[ء-ي]))"


def sentences(text: str, span: Span | None = None, *, inside_quotations: bool = False) -> tuple[Span, ...]:
    """The sentences of a stretch of a text (all of it by default), without the space around them, in text order.

    A line's end ends a sentence. No cut inside numbers, abbreviations, initials and ellipses, nor inside a closed
    quotation unless ``inside_quotations``. Linear time.
    """
    start, end = (0, len(text)) if span is None else (span.start, span.end)
    part = text[start:end]
    if not _inner_stop.search(part):
        first, last = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        return (Span(first, last),) if first < last else ()
    held = [] if inside_quotations else [quoted.span for quoted in pairs(part) if quoted.closed]
    cuts = [*_cuts(part, held), len(part)]
    found, done = [], 0
    for cut in cuts:
        piece = part[done:cut]
        first = done + len(piece) - len(piece.lstrip())
        last = done + len(piece.rstrip())
        if first < last:
            found.append(Span(start + first, start + last))
        done = cut
    return tuple(found)


def _cuts(part: str, held: list[Span]) -> list[int]:
    cuts, quoted, until = [], iter(held), -1
    following = next(quoted, None)
    for match in _boundary().finditer(part):
        at = match.start()
        while following is not None and following.start <= at:
            until = max(until, following.end)
            following = next(quoted, None)
        if match[0][0] == "\n" or at >= until or match.end("stop") >= until:
            cuts.append(match.end())
    return cuts


@lru_cache(maxsize=1)
def _boundary() -> re.Pattern[str]:
    """A line's end, or a stop with the marks that close after it, where no rule says that the sentence goes on."""
    known = "".join(rf"(?<!\b(?i:{re.escape(word)})\.)" for word in page_words("abbreviations"))
    initial = r"(?<!\b[^\W\d_]\.)(?<!\bو[^\W\d_]\.)"
    numbered = r"(?<!\A\d\.)(?<!\A\d\d\.)(?<!\n\d\.)(?<!\n\d\d\.)"
    full_stop = rf"\.(?<!\.\.)(?![.…]){_GOES_ON}{initial}{numbered}{known}"
    query = rf"[!?؟](?<![!?؟][!?؟])[!?؟]*+{_GOES_ON}"
    return re.compile(rf"\n+|(?P<stop>{full_stop}|{query}){_CLOSERS}")
