"""Who says what: tokens and sentences of a report in, the stretches that somebody else than the publisher says out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.claims.attribution_extent import Stretch, stretches
from tawatur.claims.attribution_scan import Scanner
from tawatur.claims.attribution_voices import Voice, Voices
from tawatur.claims.attribution_words import Opening
from tawatur.claims.sources import Reader, Source
from tawatur.claims.sources_words import Role, roles_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import bodies
from tawatur.lang.pack import Pack
from tawatur.model import Link, Span, Story

#: Who speaks in words whose beginning is lost: settled case 4 of the annotation guide.
UNKNOWN = Voice("unknown", None, "unnamed", None, frozenset(), "")


@dataclass(frozen=True, slots=True)
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
    dateline: Span | None = None,
    stories: Sequence[Story] = (),
) -> list[Scope]:
    """Every stretch of the report that somebody else than the publisher says, in text order.

    ``outlet`` is the publisher, which is no link of a chain; tokens inside ``dateline`` are no sources. No speaker goes
    on from one of the ``stories`` into the next; who speaks at the beginning of one that was cut off is unknown.
    """
    roles = roles_of(tokens.words, pack.lexicon)
    if not any(r.opener or w.fold == ":" for r, w in zip(roles, tokens.words, strict=True)):
        return []
    return _Finder(tokens, roles, pack, outlet, stories).run(sentences, dateline)


class _Finder:
    def __init__(
        self, tokens: Tokens, roles: list[Role], pack: Pack, outlet: str | None, stories: Sequence[Story]
    ) -> None:
        known = bodies(pack)
        self.tokens, self.roles = tokens, roles
        self.scanner = Scanner(tokens, roles, Reader(tokens, roles, known))
        self.voices = Voices(tokens, roles, known, self.scanner.reader, outlet)
        self.scanner.heard = self.voices.heard_words
        self.last: tuple[Voice, ...] = ()
        self.scopes: list[Scope] = []
        self.stories = list(stories)[::-1]

    def run(self, sentences: Sequence[Span], dateline: Span | None) -> list[Scope]:
        skip = dateline.end if dateline else -1
        for sentence in sentences:
            if sentence.end <= skip:
                continue
            self._begin_story(sentence)
            first, after = self.tokens.at(max(sentence.start, skip)), self.tokens.at(sentence.end - 1) + 1
            after = min(after, len(self.tokens))
            if first < after:
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
        for opening in openings:
            chain = self._chain(opening, spoken, first)
            chains.append(chain)
            if not opening.impersonal:
                spoken = self.last = chain
        for stretch in stretches(self.tokens, self.roles, openings, first, after):
            self._add(stretch, openings, chains)

    def _chain(self, opening: Opening, spoken: tuple[Voice, ...], first: int) -> tuple[Voice, ...]:
        if opening.impersonal:
            return spoken
        if opening.kind == "own":
            return ()
        if not opening.sources:
            if opening.kind in ("participle", "self") or opening.event:
                return spoken or self._doer(opening, first) or self.last
            return spoken or self.last
        if len(opening.sources) == 1 and self._bare_document(opening.sources[0]) and self.last:
            return self.last
        sources = [s for s in opening.sources if not self.voices.is_publisher(s)]
        chain = tuple(self.voices.voice(s) for s in sources)
        if opening.told is not None and not self.voices.is_publisher(opening.told):
            chain = (self.voices.voice(opening.told), *chain)
        elif len(chain) == 1 and chain[0] in self.last[1:]:
            chain = self.last[: self.last.index(chain[0]) + 1]
        if opening.nested and spoken and chain and chain[-1] not in spoken:
            chain = (*spoken, *chain)
        return chain

    def _bare_document(self, source: Source) -> bool:
        return source.kind == "document" and source.after - source.first == 1 and self.roles[source.first].definite

    def _doer(self, opening: Opening, first: int) -> tuple[Voice, ...]:
        """The first recognised source before a participle whose sentence has no reporting verb."""
        for at in range(first, opening.verb):
            if self.roles[at].classes & {"title", "org", "rank"} or self.scanner.reader.bodies.at(
                self.tokens.words, at, opening.verb
            ):
                source = self.scanner.reader.read(at, opening.verb)
                if source is not None and source.like:
                    return () if self.voices.is_publisher(source) else (self.voices.voice(source),)
        return ()

    def _add(self, stretch: Stretch, openings: list[Opening], chains: list[tuple[Voice, ...]]) -> None:
        opening = openings[stretch.index]
        voices = chains[stretch.index]
        if stretch.outer is not None:
            voices = (*chains[stretch.outer], *voices)
        elif stretch.inner is not None:
            voices = (*(v for v in voices if v not in chains[stretch.inner]), *chains[stretch.inner])
        if stretch.outer is not None and chains[stretch.outer] == chains[stretch.index]:
            voices = chains[stretch.index]
        inner_stance = openings[stretch.inner].stance if stretch.inner is not None else opening.stance
        if stretch.plain:
            inner_stance = "neutral"
        chain = tuple(
            self.voices.link(v, inner_stance if k == len(voices) - 1 else "neutral") for k, v in enumerate(voices)
        )
        if stretch.doubt and chain:
            chain = (_marked(chain[0], "doubted"), *chain[1:])
        if not chain and opening.impersonal:
            return
        end = opening.sources[-1].after if opening.sources else opening.verb + 1
        self.scopes.append(
            Scope(
                stretch.first,
                stretch.after,
                chain,
                min(opening.first, opening.verb),
                max(opening.verb + 1, end),
                opening.kind,
                opening.event,
                opening.rule,
            )
        )


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
