"""Who says what: tokens and sentences of a report in, the stretches that somebody else than the publisher says out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.claims.attribution_extent import Extents, Stretch
from tawatur.claims.attribution_scan import Scanner
from tawatur.claims.attribution_voices import Voice, Voices
from tawatur.claims.attribution_words import Opening
from tawatur.claims.sources import Reader, Source, reader_of
from tawatur.claims.sources_role import COLON, CREDIT, OPENER, having
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack
from tawatur.model import Link, Span, Story

#: Who speaks in words whose beginning is lost: settled case 4 of the annotation guide.
UNKNOWN = Voice("unknown", None, "unnamed", None, frozenset())
_DOERS = frozenset({"title", "org", "rank", "given", "unnamed"})
_SPEAKS = having(OPENER | COLON)
_STIRS = having(OPENER | COLON | CREDIT)


@dataclass(slots=True)
class Scope:
    """A stretch that somebody says: tokens ``first`` to ``after``, the chain outermost first, and the words that say
    so."""

    first: int
    after: int
    chain: tuple[Link, ...]
    verb_first: int
    verb_after: int
    kind: str  # direct, indirect, preposed, postposed, speech_act, continuation, participle
    event_type: str | None = None
    rule: str = ""


def find(
    tokens: Tokens,
    sentences: Sequence[Span],
    pack: Pack,
    *,
    outlet: str | None,
    stories: Sequence[Story] = (),
) -> list[Scope]:
    """Every stretch of the report that somebody else than the publisher says, in text order.

    ``sentences`` are those of bodies without their datelines, in which nobody speaks. ``outlet`` is the publisher,
    which is no link of a chain. No speaker goes on from one of the ``stories`` into the next; who speaks at the
    beginning of one that was cut off is unknown.
    """
    reader = reader_of(tokens, pack)
    return _Finder(reader, outlet, stories).run(sentences) if _SPEAKS.search(reader.chars) else []


class _Finder:
    def __init__(self, reader: Reader, outlet: str | None, stories: Sequence[Story]) -> None:
        self.tokens, self.roles = reader.tokens, reader.roles
        self.scanner = Scanner(reader)
        self.extents = Extents(reader)
        self.voices = Voices(reader, outlet)
        self.scanner.heard = self.voices.heard_words
        self.last: tuple[Voice, ...] = ()
        self.scopes: list[Scope] = []
        self.stories = list(stories)[::-1]

    def run(self, sentences: Sequence[Span]) -> list[Scope]:
        ends, count, chars = self.tokens.ends, len(self.tokens), self.scanner.chars
        for sentence in sentences:
            if self.stories:
                self._begin_story(sentence)
            first = bisect_right(ends, sentence.start)
            after = min(bisect_right(ends, sentence.end - 1) + 1, count)
            if _STIRS.search(chars, first, after):
                self._sentence(first, after)
        return self.scopes

    def _begin_story(self, sentence: Span) -> None:
        """Forget the last speaker where a story begins."""
        while self.stories and self.stories[-1].span.start < sentence.end:
            self.last = (UNKNOWN,) if self.stories.pop().cut_off else ()

    def _sentence(self, first: int, after: int) -> None:
        openings = self.scanner.sentence(first, after)
        if not openings:
            return
        spoken: tuple[Voice, ...] = ()
        chains: list[tuple[Voice, ...]] = []
        guess = ""
        for opening in list(openings):
            chain = self._chain(opening, spoken, first)
            if not chain and opening.impersonal:
                openings.remove(opening)  # a guess of nobody, or of who is named behind it
                guess = opening.stance
                continue
            if guess and opening.way == "back" and opening.stance == "neutral":
                opening.stance = guess
            chains.append(chain)
            if not opening.impersonal:
                spoken = self.last = chain
        for stretch in self.extents.stretches(openings, first, after):
            self._add(stretch, openings, chains)

    def _chain(self, opening: Opening, spoken: tuple[Voice, ...], first: int) -> tuple[Voice, ...]:
        if not opening.sources or opening.impersonal or opening.kind == "own":
            return self._unsaid(opening, spoken, first)
        voices, sources = self.voices, opening.sources
        if len(sources) == 1 and self.last and self._bare_document(sources[0]):
            return self.last
        chain = tuple([voices.voice(s) for s in sources if not voices.is_publisher(s)])
        if opening.told is not None and not voices.is_publisher(opening.told):
            chain = (voices.voice(opening.told), *chain)
        elif len(chain) == 1 and len(self.last) > 1 and chain[0] in self.last[1:]:
            chain = self.last[: self.last.index(chain[0]) + 1]
        if opening.nested and spoken and chain and chain[-1] not in spoken:
            chain = (*spoken, *chain)
        return chain

    def _unsaid(self, opening: Opening, spoken: tuple[Voice, ...], first: int) -> tuple[Voice, ...]:
        """Whose words an opening without sources reports."""
        if opening.impersonal:
            return spoken
        if opening.kind == "own":
            return ()
        if not spoken and (opening.kind in ("participle", "self") or opening.event):
            return self._doer(opening, first) or self.last
        return spoken or self.last

    def _bare_document(self, source: Source) -> bool:
        return source.kind == "document" and source.after - source.first == 1 and self.roles[source.first].definite

    def _doer(self, opening: Opening, first: int) -> tuple[Voice, ...]:
        """The first recognised source before a participle whose sentence has no reporting verb."""
        reader = self.scanner.reader
        for at in range(first, opening.verb):
            if self.roles[at].classes.isdisjoint(_DOERS) and not reader.body_at(at, opening.verb):
                continue
            source = reader.read(at, opening.verb)
            if source is not None and source.like:
                return () if self.voices.is_publisher(source) else (self.voices.voice(source),)
        return ()

    def _add(self, stretch: Stretch, openings: list[Opening], chains: list[tuple[Voice, ...]]) -> None:
        opening = openings[stretch.index]
        voices = self._heard_in(stretch, chains)
        if not voices and opening.impersonal:
            return
        stance = "neutral" if stretch.plain else opening.stance
        if stretch.inner is not None and not stretch.plain:
            stance = openings[stretch.inner].stance
        end = opening.sources[-1].after if opening.sources else 0
        self.scopes.append(
            Scope(
                stretch.first,
                stretch.after,
                self._linked(voices, stance, doubt=stretch.doubt),
                min(opening.first, opening.verb),
                max(opening.verb + 1, end),
                opening.kind,
                opening.event,
                opening.rule,
            )
        )

    @staticmethod
    def _heard_in(stretch: Stretch, chains: list[tuple[Voice, ...]]) -> tuple[Voice, ...]:
        """The voices of a stretch, outermost first, with those of an opening that wraps it or that it wraps."""
        voices = chains[stretch.index]
        if stretch.outer is not None:
            outer = chains[stretch.outer]
            return voices if outer == voices else (*outer, *voices)
        if stretch.inner is not None:
            inner = chains[stretch.inner]
            return (*(v for v in voices if v not in inner), *inner)
        return voices

    def _linked(self, voices: tuple[Voice, ...], stance: str, *, doubt: bool) -> tuple[Link, ...]:
        """The links of a chain; the innermost voice has the stance, the outermost the doubt."""
        if not voices:
            return ()
        link = self.voices.link
        if len(voices) == 1:
            chain: tuple[Link, ...] = (link(voices[0], stance),)
        else:
            chain = (*[link(voice, "neutral") for voice in voices[:-1]], link(voices[-1], stance))
        return (_marked(chain[0], "doubted"), *chain[1:]) if doubt else chain


def _marked(link: Link, stance: str) -> Link:
    return Link(link.name, stance, link.span, link.body, link.kind)  # type: ignore[arg-type]


def chain_of(scopes: Sequence[Scope], first: int, after: int) -> tuple[Link, ...]:
    """The chain of a claim at these tokens: that of the innermost scope that holds most of it; else empty."""
    found = scope_of(scopes, first, after)
    return found.chain if found else ()


def scope_of(scopes: Sequence[Scope], first: int, after: int) -> Scope | None:
    """The innermost scope that holds most of a claim's tokens, or None when the publisher speaks."""
    best: tuple[int, int, int] | None = None
    chosen: Scope | None = None
    for scope in scopes:
        if scope.first >= after or scope.after <= first:
            continue
        shared = min(after, scope.after) - max(first, scope.first)
        if shared * 2 < after - first:
            continue
        key = (
            1 if scope.kind == "speech_act" and first <= scope.verb_after and scope.verb_first < after else 0,
            shared,
            -(scope.after - scope.first),
        )
        if best is None or key >= best:
            best, chosen = key, scope
    return chosen
