"""Who says what in languages that set words side by side, subject before verb: stretches with their chains.

A sentence is read for its reporting expressions: a subject and a verb of saying before or behind what is said, a
preposition with its source, an act of speech. What they report reaches to the next one or to the sentence's end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tawatur.claims.attribution import Scope
from tawatur.claims.plain_opening import Opening
from tawatur.claims.plain_sources import BREAKS, CLOSE, QUOTES, Sources
from tawatur.claims.plain_speakers import Speaker, Speakers
from tawatur.claims.plain_times import spans
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.lexicon import Sense
from tawatur.lang.pack import Pack
from tawatur.model import Link, Span, Story

_OPEN = frozenset('"\u201c\u00ab')
_FINITE = ("past", "present", "")
_FEW = 3
_CACHE = "plain voices"
_NOUN_FOLLOWS = frozenset(
    ["the", "a", "an", "his", "her", "its", "their", "no", "this", "that", "of", "for", "in", "by", "'s"]
)


def find(
    tokens: Tokens, sentences: Sequence[Span], pack: Pack, *, outlet: str | None, stories: Sequence[Story] = ()
) -> list[Scope]:
    """Every stretch of the report that somebody else than the publisher says, in text order."""
    found = _Finder(tokens, pack, outlet, stories).run(sentences)
    pack.cache[_CACHE] = tokens, found
    return found


def scopes_of(tokens: Tokens, pack: Pack) -> list[Scope]:
    """What was found in the text that was read last, if it is this one."""
    held = pack.cache.get(_CACHE)
    return held[1] if isinstance(held, tuple) and held[0] is tokens else []


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of its words, with each chain as ``name stance > name stance``."""
    tokens = tokenise(text, pack.lexicon)
    scopes = find(tokens, [Span(0, len(text))], pack, outlet=None)
    chains = [" > ".join(f"{link.name} {link.stance}" for link in s.chain) for s in scopes] or [""]
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension == "sources"}
    return [(word, chain) for word in sorted(words) for chain in chains]


class _Finder(Sources):
    def __init__(self, tokens: Tokens, pack: Pack, outlet: str | None, stories: Sequence[Story]) -> None:
        dated = {at: after for first, after in spans(tokens, pack) for at in range(first, after)}
        super().__init__(tokens, Speakers(tokens, pack, outlet), dated)
        self.stories = list(stories)[::-1]
        self.scopes: list[Scope] = []

    def run(self, sentences: Sequence[Span]) -> list[Scope]:
        ends, count = self.tokens.ends, len(self.tokens)
        for sentence in sentences:
            while self.stories and self.stories[-1].span.start < sentence.end:
                self.stories.pop()
                self.last = ()
            first = bisect_right(ends, sentence.start)
            after = min(bisect_right(ends, sentence.end - 1) + 1, count)
            if first < after:
                self._sentence(first, after)
        self.scopes.sort(key=lambda scope: scope.first)
        return self.scopes

    def _sentence(self, first: int, after: int) -> None:
        openings: list[Opening] = []
        at = first
        while at < after:
            opening = self._opening(at, first, after, openings)
            if opening is not None:
                openings.append(opening)
                self.last = opening.chain or self.last
            at = max(at + 1, opening.after if opening else 0)
        if openings:
            self._spread(openings, first, after)
        elif self.words[first].fold in _OPEN and self.last:
            self._add(Opening(first, first, "continuation", "neutral", "", self.last), first, after)

    # openings

    def _opening(self, at: int, first: int, after: int, before: list[Opening]) -> Opening | None:
        cls = self.cls(at)
        if cls == "accord":
            return self._accord(at, first, after)
        if cls == "relay":
            return self._relay(at, after, before)
        if cls in ("say", "act"):
            return self._verb(at, first, after, before)
        return None

    def _accord(self, at: int, first: int, after: int) -> Opening | None:
        speaker = self._source(at + 1, after)
        if speaker is None:
            return None
        end, sense = speaker.after, self.sense(at)
        assert sense is not None  # its class was seen
        opens = at <= first + 1 or self.words[at - 1].fold in BREAKS
        last = end >= after - 1 or self.words[end].fold not in (",",)
        chain = self._chain(speaker)
        stance = str(sense.entry.gives.get("stance", "neutral"))
        kind = "preposed" if opens else "postposed"
        return Opening(at, end, kind, stance, sense.entry.id, chain, back=not opens, aside=not last and not opens)

    def _relay(self, at: int, after: int, before: list[Opening]) -> Opening | None:
        """Citing X, quoting X: X is a further link."""
        speaker, sense = self._source(at + 1, after), self.sense(at)
        if speaker is None or sense is None:
            return None
        outer = before[-1] if before else None
        inner = self._chain(speaker)
        if outer is not None and outer.back and outer.chain:
            outer.chain, outer.after = (*outer.chain, *inner), speaker.after
            return None
        chain = (*(outer.chain if outer else ()), *inner)
        if outer is not None:
            outer.chain = chain
            return None
        back = speaker.after >= after - 1
        return Opening(at, speaker.after, "postposed", "neutral", sense.entry.id, chain, back=back)

    def _verb(self, at: int, first: int, after: int, before: list[Opening]) -> Opening | None:
        sense = self.sense(at)
        assert sense is not None  # its class was seen
        act = sense.entry.cls == "act"
        floor = max([first, *(o.after for o in before)])
        if sense.form == "ing":
            return self._participle(at, sense, before, act=act)
        if (sense.pos == "verb" and sense.form not in _FINITE) or self._no_verb(at, first, sense):
            return None
        inverted = None if act else self._inverted(at, floor, after)
        if inverted is not None:
            return self._postposed(at, inverted.after, inverted, sense)
        begin = self._subject_from(at, floor)
        speaker = self.speakers.read(begin, at) if begin < at else None
        if speaker is None:
            goes_on = bool(before) and self.words[at - 1].fold in ("and", "but", ",") and before[-1].chain
            if not goes_on:
                return None
            return self._ahead(at, at, after, before[-1].chain, sense, act=act)
        if not self._meets(at, sense, speaker):
            return None
        chain = self._chain(speaker)
        end = self._after_verb(at + 1, after)
        if (
            not act
            and begin > floor + _FEW
            and self._closes(end, after)
            and self.words[begin - 1].fold in (",", *CLOSE)
        ):
            return self._postposed(begin, end, speaker, sense, hearer=self._hearer(at + 1))
        return self._ahead(begin, at, after, self._told(at + 1, chain), sense, act=act)

    def _no_verb(self, at: int, first: int, sense: Sense) -> bool:
        """Whether the word is a passive, an infinitive, or a noun that is spelled like the verb."""
        before = self.words[at - 1] if at > first else None
        if before is None:
            return False
        if before.cls.get("status") == "asp_aux" or before.fold in _NOUN_FOLLOWS:
            return True
        return before.fold == "to" and sense.form == "present"

    def _meets(self, at: int, sense: Sense, speaker: Speaker) -> bool:
        """What some verbs need before they report: a that-clause or quotation, a number, a body that counts."""
        needs, k = str(sense.entry.gives.get("needs", "")), at + 1
        if needs == "that":
            return self.cls(k) == "that" or (k < len(self.words) and self.words[k].fold in (*QUOTES, ":"))
        if needs == "number":
            return any(w.cls.get("figures") == "measure" for w in self.words[k : k + _FEW])
        return needs != "body" or speaker.kind in ("body", "outlet")

    def _participle(self, at: int, sense: Sense, before: list[Opening], *, act: bool) -> Opening | None:
        """Adding that, urging donors: whoever spoke goes on."""
        if self.words[at - 1].fold != "," and not before:
            return None
        chain = before[-1].chain if before else self.last
        if not chain:
            return None
        event = str(sense.entry.gives["event"]) if act else None
        stance = str(sense.entry.gives.get("stance", "neutral"))
        end = at if act else self._past_that(at + 1)
        return Opening(at, end, "speech_act" if act else "participle", stance, sense.entry.id, chain, event)

    def _ahead(
        self, begin: int, at: int, after: int, chain: tuple[Speaker, ...], sense: Sense, *, act: bool
    ) -> Opening | None:
        gives = sense.entry.gives
        if act:
            return Opening(at, at, "speech_act", "neutral", sense.entry.id, chain, str(gives["event"]))
        end = self._past_that(self._after_verb(at + 1, after))
        if end >= after - 1:
            return None
        kind = "direct" if self.words[end].fold in QUOTES or self.words[end - 1].fold == ":" else "indirect"
        return Opening(begin, end, kind, str(gives.get("stance", "neutral")), sense.entry.id, chain)

    def _postposed(
        self, begin: int, end: int, speaker: Speaker, sense: Sense, hearer: Speaker | None = None
    ) -> Opening:
        chain = self._chain(speaker)
        if hearer is not None:
            chain = (hearer, *chain)
        aside = end < len(self.words) and self.words[end].fold == ","
        stance = str(sense.entry.gives.get("stance", "neutral"))
        return Opening(begin, end, "postposed", stance, sense.entry.id, chain, back=True, aside=aside)

    def _inverted(self, at: int, floor: int, after: int) -> Speaker | None:
        """``"…," said X``: the verb stands right behind what is said and its subject behind it."""
        if at <= floor + 1 or self.words[at - 1].fold not in (",", *CLOSE):
            return None
        if self.words[at - 1].fold == "," and not self._said_before(at - 2, floor):
            speaker = self._source(at + 1, after)
            sense = self.sense(at)
            if speaker is None or sense is None or not sense.entry.gives.get("inverts"):
                return None
            return speaker if self._closes(speaker.after, after) and speaker.kind and speaker.sure else None
        return self._source(at + 1, after)

    def _said_before(self, at: int, floor: int) -> bool:
        return at > floor and self.words[at].fold in CLOSE

    # how far they reach

    def _spread(self, openings: list[Opening], first: int, after: int) -> None:
        taken = first
        for n, opening in enumerate(openings):
            limit = next((o.first for o in openings[n + 1 :] if not o.back), after)
            if opening.back:
                outer = [o for o in openings[:n] if not o.back and o.first >= taken]
                self._add(opening, taken, opening.first)
                for inner in outer:
                    self._wrap(inner, opening)
                if opening.aside:
                    self._add(opening, opening.after, limit)
                taken = opening.after
            else:
                end = self._act_end(opening, limit) if opening.kind == "speech_act" else limit
                self._add(opening, opening.after, end)

    def _act_end(self, opening: Opening, limit: int) -> int:
        for k in range(opening.after + 1, limit):
            if self.words[k].fold in (";", "\n") or self.cls(k) == "contrast":
                return k
        return limit

    def _wrap(self, inner: Opening, outer: Opening) -> None:
        """A report inside what somebody else says: his chain goes before."""
        for n, scope in enumerate(self.scopes):
            if scope.first == inner.after and scope.rule == inner.rule and inner.chain != outer.chain:
                act = inner.kind == "speech_act"  # who tells of it is its source
                chain = (*_links(outer.chain, "neutral"), *(() if act else scope.chain))
                self.scopes[n] = replace(scope, chain=chain)

    def _add(self, opening: Opening, first: int, after: int) -> None:
        while first < after and self.words[first].fold in (",", "\n"):
            first += 1
        chain = tuple(_links(opening.chain, opening.stance))
        if first >= after or not chain:
            return
        verb = (opening.first, max(opening.after, opening.first + 1))
        self.scopes.append(Scope(first, after, chain, *verb, opening.kind, opening.event, opening.rule))


def _links(chain: tuple[Speaker, ...], stance: str) -> Iterator[Link]:
    for n, speaker in enumerate(chain):
        kept = stance if n == len(chain) - 1 else "neutral"
        yield Link(speaker.name, kept, speaker.span, speaker.body, speaker.kind)  # type: ignore[arg-type]
