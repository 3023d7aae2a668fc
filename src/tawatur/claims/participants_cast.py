"""A report's tokens in, for each clause the heads of names of those who may take part out, with where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tawatur.claims.attribution import Scope
from tawatur.claims.figures import FigureHit
from tawatur.claims.participants_features import Head, Key, Outside
from tawatur.claims.participants_words import PEOPLED, VERB, ending, part_of
from tawatur.claims.places import PlaceHit
from tawatur.claims.sources import reader_of
from tawatur.claims.sources_name import words_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack
from tawatur.model import Figure, Link, Mention, Span

REACH = 40  # tokens before a clause in which its actor is sought
_NOUNS = 8  # heads before a clause that are looked at
_PHRASE = 12  # tokens of a name
_NEAR = 3  # tokens between a noun and the clause that it stands right before
_LONGEST = 60
_SLOTS, _NTH = 2, 3  # heads since a governor, and in all, beyond which they are not counted

#: Somebody named outside a clause: what a model sees, and the mention or the token where the name begins.
Named = tuple[Outside, Mention | int]


@dataclass(slots=True, eq=False)
class Asked:
    """A claim whose participants are sought: its tokens and type, who says it, and its figures."""

    first: int
    after: int
    event_type: str
    chain: tuple[Link, ...]
    scope: Scope | None
    figures: Sequence[Figure]
    spoken: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.spoken = frozenset().union(*(words_of(link.name) for link in self.chain))


class Cast:
    """All words of a report that may name those who take part."""

    def __init__(self, tokens: Tokens, pack: Pack, figures: Sequence[FigureHit], places: Sequence[PlaceHit]) -> None:
        self.tokens = tokens
        self.reader = reader_of(tokens, pack)
        self.roles = self.reader.roles
        self.parts = list(map(part_of, tokens.words, self.roles))
        self._telling = [at for at, part in enumerate(self.parts) if part.tells]
        self._spotted: dict[int, list[tuple[int, Key]]] = {}  # by where a sentence begins: the heads that follow
        self.nouns = {hit.start: hit.noun_at for hit in figures if hit.noun_at is not None}
        self.places: dict[int, Key] = {}
        for hit in places:
            for at in range(hit.first, hit.after):
                self.places.setdefault(at, ("place", hit.kind, at == hit.first, hit.role))

    def heads(self, asked: Asked) -> list[tuple[int, Key]]:
        """The heads in a clause: token, and where it stands."""
        return self._spots(asked.first, min(asked.after, asked.first + _LONGEST))

    def _spots(self, first: int, after: int) -> list[tuple[int, Key]]:
        """Heads in these tokens, each with its governor, the heads since then, its preposition, its kind, the first
        governor and the heads before it."""
        governor = prep = opening = ""
        slot = before = 0
        out: list[tuple[int, Key]] = []
        parts, telling = self.parts, self._telling
        for at in telling[bisect_left(telling, first) : bisect_left(telling, after)]:
            part = parts[at]
            if part.can_head:
                nth = before if before < _NTH else _NTH
                spot = (
                    "spot",
                    governor,
                    slot if slot < _SLOTS else _SLOTS,
                    part.under or prep,
                    part.broad,
                    opening,
                    nth,
                )
                out.append((at, spot))
                slot, before, prep = slot + 1, before + 1, part.prep
            elif part.prep:
                prep = part.prep
            if part.governs:
                governor, slot, prep = part.governs, int(part.can_head), part.prep
                opening = opening or governor
        return out

    def seen(self, at: int, spot: Key, asked: Asked, history: tuple[int, int, str], counted: dict[int, Figure]) -> Head:
        """All that a model sees of a head; ``counted``: the claim's figures by their nouns."""
        parts, first, role = self.parts, asked.first, self.roles[at]
        part, spoken = parts[at], asked.spoken
        speaks = bool(spoken) and not spoken.isdisjoint(role.word_words or role.words(self.tokens.words[at]))
        keys: tuple[Key, ...] = (spot, ("history", *history, part.broad, speaks))
        if at in counted:
            keys += (("figure", counted[at].outcome, counted[at].population),)
        if at in self.places:
            keys += (self.places[at],)
        if role.names is not None:
            found = self.reader.body_at(at, asked.after)
            if found is not None:
                keys += (("body", found[1].kind),)
        return (
            part,
            parts[at - 1] if at > first else None,
            parts[at - 2] if at - 1 > first else None,
            parts[at + 1] if at + 1 < asked.after else None,
            keys,
        )

    def counted(self, figures: Sequence[Figure]) -> dict[int, Figure]:
        """Figures by the tokens of their nouns."""
        return {self.nouns[figure.span.start]: figure for figure in figures if figure.span.start in self.nouns}

    def outside(self, asked: Asked, carried: tuple[Mention, int, int] | None) -> list[Named]:
        """Who may be the actor of a clause that names none: the speaker, the last actor, nouns of the sentence.

        ``carried`` is the last actor, the token after its claim and how many claims ago it was. With each its mention,
        or the token where it begins.
        """
        opening, first, out = self.parts[asked.first], asked.first, list[Named]()
        if asked.chain:
            link, scope = asked.chain[-1], asked.scope
            inside = scope is not None and scope.first >= first - 1
            kind = opening.governs.partition(":")[0]
            key: Key = ("speaker", scope.kind if scope else "", link.stance, inside, min(len(asked.chain), 3), kind)
            out.append(((opening, None, None, None, key), Mention(link.name)))
        start, known = self._sentence(first), frozenset[str]()
        if carried is not None:
            mention, after, ago = carried
            out.append(((opening, None, None, None, ("carried", after > start, min(ago, 3))), mention))
            known = words_of(mention.name)
        if start < first:
            out += self._before(start, asked, known)
        return out

    def _before(self, start: int, asked: Asked, known: frozenset[str]) -> Iterator[Named]:
        """The nouns of the sentence before the clause, the nearest first; ``known``: words of the last actor's name."""
        words, parts, first = self.tokens.words, self.parts, asked.first
        end, opening, border = ending(words[first]), parts[first], parts[first - 1]
        spotted = self._spotted.get(start)
        if spotted is None:
            spotted = self._spotted[start] = self._spots(start, start + REACH)
        spots = [spot for spot in spotted if spot[0] < first][-_NOUNS:]
        for rank, (at, (_, governor, slot, prep, broad, *_)) in enumerate(reversed(spots)):
            if broad in PEOPLED:
                near, own = first - at <= _NEAR, self.roles[at].words(words[at])
                speaks, same = not own.isdisjoint(asked.spoken), not own.isdisjoint(known)
                key = ("before", min(rank, 4), governor, slot, prep, broad, near, end, speaks, same)
                yield (opening, parts[at], parts[at - 1] if at > start else None, border, key), at

    def _sentence(self, at: int) -> int:
        """Where the sentence of a token begins, not more than ``REACH`` tokens before."""
        least = max(0, at - REACH)
        while at > least and not self.parts[at - 1].stops:
            at -= 1
        return at

    def end(self, at: int, stop: int) -> int:
        """The token after the name that begins at a token."""
        source = self.reader.read(at, min(stop, at + _PHRASE), loose=True)
        if source is None:
            return at + 1
        return next((k for k in range(at + 1, source.after) if self._breaks(k)), max(source.after, at + 1))

    def _breaks(self, at: int) -> bool:
        """Whether no name goes on at a token: a verb, or a word that takes some out of many (among them)."""
        part = self.parts[at]
        acts = part.governs.startswith(VERB) and not part.can_head
        return acts or self.tokens.words[at].cls.get("figures") == "among"

    def mention(self, at: int, after: int) -> Mention:
        """The name at these tokens."""
        return Mention(self.reader.name(at, after), Span(self.tokens.starts[at], self.tokens.ends[after - 1]))
