"""What stands around a reporting expression: who speaks, who is told, where a phrase ends."""

from __future__ import annotations

from tawatur.claims.plain_speakers import Speaker, Speakers
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Sense

QUOTES = frozenset('"\u201c\u201d\u00ab\u00bb')
CLOSE = frozenset('"\u201d\u00bb')
BREAKS = frozenset([";", ":", ".", "!", "?", "\n", "\u2013", "\u2014", "("])
_LONGEST = 34  # tokens of a subject with its apposition
_HEAD = 5  # tokens of an apposition in which a title or body stands


class Sources:
    """The sources of one text; ``last`` is the chain that spoke last, ``dated`` leads past a time phrase."""

    def __init__(self, tokens: Tokens, speakers: Speakers, dated: dict[int, int]) -> None:
        self.tokens, self.words, self.speakers, self.dated = tokens, tokens.words, speakers, dated
        self.last: tuple[Speaker, ...] = ()

    def sense(self, at: int) -> Sense | None:
        """The sources sense of a token."""
        return self.words[at].by.get("sources") if 0 <= at < len(self.words) else None

    def cls(self, at: int) -> str:
        """The class of a token in the sources dimension, or empty."""
        return self.speakers.cls(at)

    def _subject_from(self, at: int, floor: int) -> int:
        """Where the subject before a verb begins: behind a mark, a quotation, a conjunction; over an apposition."""
        k, commas = at - 1, 0
        apposed = self.words[k].fold == ","
        while k >= max(floor, at - _LONGEST):
            fold = self.words[k].fold
            if fold in BREAKS or fold in QUOTES or self.cls(k) == "joint":
                return k + 1
            if fold == ",":
                commas += 1
                if commas > (2 if apposed else 0):
                    return k + 1
            k -= 1
        return max(floor, k + 1)

    def _source(self, at: int, after: int) -> Speaker | None:
        """The source behind a verb or preposition, with the apposition between commas that goes with it."""
        end = self._phrase_end(at, after)
        speaker = self.speakers.read(at, end)
        if speaker is None or end >= after or self.words[end].fold != "," or speaker.after < end:
            return speaker
        more = self._phrase_end(end + 1, after)
        heads = any(self.cls(k) in ("title", "org") for k in range(end + 1, min(more, end + 1 + _HEAD)))
        if heads and (more >= after or self.words[more].fold in (",", ".", "\n", *CLOSE)):
            named = self.speakers.read(end + 1, more)
            if named is not None and named.kind == "person" and speaker.kind != "person":
                speaker = named
            speaker.after = more
        return speaker

    def _phrase_end(self, at: int, after: int) -> int:
        """Where a noun phrase ends at the latest."""
        k = at
        while k < min(after, at + _LONGEST):
            fold = self.words[k].fold
            if fold == "," or fold in BREAKS or fold in QUOTES or self.cls(k) in ("say", "that", "setting"):
                break
            if self.cls(k) == "joint" and fold != "and":
                break
            k += 1
        return k

    def _after_verb(self, at: int, after: int) -> int:
        """Past the one who is told, when it was said and in what."""
        hearer = self._hearer_end(at) if self._tells(at - 1) else at
        k = max(at, hearer)
        while k < after:
            if k in self.dated:
                k = self.dated[k]
            elif self.cls(k) == "setting":
                k += 1
            else:
                return k
        return k

    def _tells(self, at: int) -> bool:
        sense = self.sense(at)
        return sense is not None and bool(sense.entry.gives.get("hearer"))

    def _hearer(self, at: int) -> Speaker | None:
        if not self._tells(at - 1):
            return None
        return self.speakers.outlet_at(at)

    def _hearer_end(self, at: int) -> int:
        found = self.speakers.outlet_at(at)
        if found is not None:
            return found.after
        k = at
        while k < min(at + 6, len(self.words)) and self.words[k].kind == "word" and self.cls(k) != "that":
            if self.cls(k) == "hearers" or (self.words[k].raw[0].isupper() and k + 1 < len(self.words)):
                k += 1
                continue
            if self.cls(k) in ("article", "title") or self.words[k].fold in ("the", "a", "state", "local"):
                k += 1
                continue
            break
        return k

    def _told(self, at: int, chain: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        hearer = self._hearer(at)
        return (hearer, *chain) if hearer is not None else chain

    def _past_that(self, at: int) -> int:
        while at < len(self.words) and (self.cls(at) == "that" or self.words[at].fold in (",", ":")):
            at += 1
        return at

    def _closes(self, at: int, after: int) -> bool:
        """Whether nothing that could be said follows."""
        return at >= after or self.words[at].fold in (".", ",", "!", "?", "\n", ";", *CLOSE)

    def _chain(self, speaker: Speaker) -> tuple[Speaker, ...]:
        known = self.speakers.known(speaker, self.last)
        if known is None:
            return ()
        if len(self.last) > 1 and known is self.last[-1]:
            return self.last
        return (known,)
