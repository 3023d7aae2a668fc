"""Tokens to times: phrases that date something, resolved against the day of publication for one claim at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tawatur.claims import confidence
from tawatur.claims import times_calendar as cal
from tawatur.claims.times_parse import Found, Parser
from tawatur.claims.times_words import DIMENSION, View, view
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Span, Time

_AHEAD = frozenset({"planned", "possible"})
_ENDS = frozenset(".!؟?•")
_HEAD = 30  # tokens at the start of a report in which a full date is its dateline


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative and yearless times are dated from: the ISO date of publication, or else a dateline's date."""

    published: str | None = None
    dateline: date | None = None

    @property
    def day(self) -> date | None:
        """The anchoring day, in the publication's own offset; None when there is none. What is no ISO date is none."""
        try:
            day = date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return self.dateline
        return day if day.year in cal.YEARS else self.dateline


@dataclass(slots=True)
class TimeHit:
    """A time phrase in the tokens ``first`` to ``after``; ``start`` and ``end`` are offsets without proclitics."""

    first: int
    after: int
    start: int
    end: int
    text: str
    kind: str
    means: cal.Meaning
    anchor: date | None
    told: date | None  # the last day told before it
    known: cal.Range | None  # what it means when the claim looks back

    def time(self, forward: bool, how: str = "own") -> Time:
        """The phrase dated; both bounds None when the report gives no anchor. ``how`` it came to be a claim's."""
        known = self.means(cal.Moment(self.anchor, forward, self.told)) if forward else self.known
        span = Span(self.start, self.end)
        rule = f"time.{self.means.__qualname__.split('.')[0].strip('_')}"
        sure = confidence.of("time", how, self.kind, known is not None, forward, min(self.after - self.first, 5), rule)
        if known is None:
            return Time(self.text, None, None, self.kind, span, sure, rule)
        bounds = [known.iso(known.start), known.iso(known.end)]
        if self.kind == "since":  # the publication day has no clock time
            bounds[1] = known.end.isoformat() if known.end else None
        return Time(self.text, bounds[0], bounds[1], self.kind, span, sure, rule)


def anchor_of(published: str | None, dateline: date | None = None) -> Anchor:
    """The anchor of a report from its publication date, or a date that its dateline gives."""
    return Anchor(published, dateline)


def find(tokens: Tokens, pack: Pack, anchor: Anchor) -> list[TimeHit]:
    """All time phrases in text order; without a publication date the first full date of the opening words anchors."""
    seen = view(tokens, pack)
    found = _phrases(seen)
    day = anchor.day or _dateline(found)
    hits: list[TimeHit] = []
    told: date | None = None
    for first, phrase in found:
        known = phrase.means(cal.Moment(day, False, told))
        hits.append(_hit(seen, first, phrase, day, told, known))
        told = known.start if known and known.start else told
    return hits


def settle(hits: Sequence[TimeHit], tokens: Tokens, first: int, after: int, status: str) -> tuple[Time, ...]:
    """The times of a claim's tokens, or else the one at the head of its sentence; weekdays and yearless dates look
    ahead when the claim is planned or possible."""
    own = [hit for hit in hits if first <= hit.first < after]
    if own:
        return tuple([hit.time(status in _AHEAD) for hit in own])
    words = tokens.words
    return tuple([hit.time(False, "heads") for hit in hits if hit.after <= first and _heads(hit, words, first)])


def _heads(hit: TimeHit, words: Sequence[Word], at: int) -> bool:
    """Whether a time opens the sentence of a token and a colon follows it, as in a list of days: الأحد 5/11: …"""
    if hit.after >= len(words) or words[hit.after].fold != ":" or (hit.first and not _ends(words[hit.first - 1])):
        return False
    return not any(_ends(word) for word in words[hit.after : at])


def _ends(word: Word) -> bool:
    return word.kind == "line" or word.fold in _ENDS


def said_time(hits: Sequence[TimeHit], verb_first: int, verb_after: int) -> str | None:
    """The ISO day on which a reporting verb's words were said, when the tokens around the verb tell."""
    for hit in hits:
        if verb_first <= hit.first < verb_after:
            return hit.time(False).start
    return None


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of its time words with each phrase's text, for the check of examples."""
    tokens = tokenise(text, pack.lexicon)
    texts = [h.text for h in find(tokens, pack, Anchor())] or [""]
    words = {s.entry.id for w in view(tokens, pack).tokens.words for s in w.senses if s.entry.dimension == DIMENSION}
    return [(word, phrase) for word in sorted(words) for phrase in texts]


def _phrases(seen: View) -> list[tuple[int, Found]]:
    parser = Parser(seen)
    out: list[tuple[int, Found]] = []
    free = 0
    for at in seen.starts():
        found = parser.at(at) if at >= free else None
        if found:
            out.append((at, found))
            free = found.after
    return out


def _dateline(found: list[tuple[int, Found]]) -> date | None:
    for first, phrase in found:
        if first > _HEAD:
            break
        known = phrase.means(cal.Moment(None))
        if known and known.start and known.start == known.end:
            return known.start
    return None


def _hit(
    seen: View, first: int, phrase: Found, day: date | None, told: date | None, known: cal.Range | None
) -> TimeHit:
    tokens = seen.tokens
    start = tokens.starts[first] + (1 if _joined(seen, first) else 0)
    end = tokens.ends[phrase.after - 1]
    at = seen.index[first], seen.index[phrase.after - 1] + 1
    return TimeHit(*at, start, end, tokens.text[start:end], phrase.kind, phrase.means, day, told, known)


def _joined(seen: View, at: int) -> bool:
    return seen.prefix(at).startswith(("و", "ف")) and len(seen.tokens.words[at].raw) > 1
