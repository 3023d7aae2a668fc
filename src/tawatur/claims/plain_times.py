"""Tokens to times in languages that set words side by side: phrases that date something, by the shared calendar.

Words stand in the pack, dimension ``times``; what they mean once there is a day to count from is ``times_calendar``'s.
"""

from __future__ import annotations

from datetime import date

from tawatur.claims.plain_times_dates import DIMENSION
from tawatur.claims.plain_times_parse import Parser
from tawatur.claims.times import Anchor, TimeHit
from tawatur.claims.times_calendar import Moment
from tawatur.claims.times_parse import Found
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.pack import Pack

_CACHE = "plain times"
_HEAD = 30  # tokens at the start of a report in which a full date is its dateline


def find(tokens: Tokens, pack: Pack, anchor: Anchor) -> list[TimeHit]:
    """All time phrases in text order; without a publication date the first full date of the opening words anchors."""
    found = phrases(tokens, pack)
    day = anchor.day or _dateline(found)
    hits: list[TimeHit] = []
    told: date | None = None
    for first, phrase in found:
        known = phrase.means(Moment(day, False, told))
        start, end = tokens.starts[first], tokens.ends[phrase.after - 1]
        text = tokens.text[start:end]
        hits.append(TimeHit(first, phrase.after, start, end, text, phrase.kind, phrase.means, day, told, known))
        told = known.start if known and known.start else told
    return hits


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of its time words with each phrase's text."""
    tokens = tokenise(text, pack.lexicon)
    texts = [h.text for h in find(tokens, pack, Anchor())] or [""]
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension == DIMENSION}
    return [(word, phrase) for word in sorted(words) for phrase in texts]


def spans(tokens: Tokens, pack: Pack) -> list[tuple[int, int]]:
    """The tokens of the time phrases, half open."""
    return [(first, phrase.after) for first, phrase in phrases(tokens, pack)]


def phrases(tokens: Tokens, pack: Pack) -> list[tuple[int, Found]]:
    """The time phrases by their first token; those of the last text are kept, since figures ask for them as well."""
    held = pack.cache.get(_CACHE)
    if isinstance(held, tuple) and held[0] is tokens:
        return held[1]  # type: ignore[no-any-return]  # only this function writes it
    parser, out, free = Parser(tokens), [], 0
    for at in range(len(tokens)):
        found = parser.at(at) if at >= free else None
        if found is not None:
            out.append((at, found))
            free = found.after
    pack.cache[_CACHE] = tokens, out
    return out


def _dateline(found: list[tuple[int, Found]]) -> date | None:
    for first, phrase in found:
        if first > _HEAD:
            break
        known = phrase.means(Moment(None))
        if known and known.start and known.start == known.end:
            return known.start
    return None
