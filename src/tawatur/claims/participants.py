"""Who takes part: a claim in, those who act and those whom it happens to out, as two trained tables weigh them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from tawatur.claims.figures import FigureHit
from tawatur.claims.models import model
from tawatur.claims.participants_cast import Asked, Cast, Named
from tawatur.claims.participants_features import Head, Key, Weights
from tawatur.claims.places import PlaceHit
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack
from tawatur.model import Mention

ACTOR, AFFECTED = "actor", "affected"
NEVER = 99.0  # log odds where nothing was weighed
EVEN = 1e-9  # odds as near as this are even: weights are hundredths, sums of them are off in the last digit
_MOST = 2  # how many of a kind are told apart

#: Somebody taken: the first token, the token after, and as what.
Taken = tuple[int, int, str]


@dataclass(slots=True, eq=False)
class Choice:
    """Who was taken for one claim, and what was weighed for it: for ``explain``."""

    actors: tuple[Mention, ...]
    affected: tuple[Mention, ...]
    heads: list[tuple[int, Head, str]] = field(default_factory=list)  # token, what was seen, what it was taken for
    outside: Named | None = None  # the actor named outside the clause
    leads: tuple[float, float] = (NEVER, NEVER)  # log odds of the nearest decision, of actors and of affected


class Chooser(Protocol):
    """Decides who takes part."""

    def inside(self, at: int, head: Head, asked: Asked, /) -> tuple[str, complex]:
        """What the noun at a token of the clause is: an actor, affected, or nothing (empty); and its scores."""
        ...

    def outside(self, found: list[Named], asked: Asked, /) -> tuple[Named | None, float]:
        """The actor of a clause that names none, among those named outside; and the log odds of the likeliest."""
        ...


class Tables:
    """The chooser in use: two trained tables."""

    def __init__(self, inside: Weights, outside: Weights) -> None:
        self.heads, self.others = inside, outside

    def inside(self, _at: int, head: Head, asked: Asked, /) -> tuple[str, complex]:
        """What the weights say; more than even odds are needed."""
        score = self.heads.head(head, asked.event_type)
        if score.real > EVEN and score.real >= score.imag - EVEN:
            return ACTOR, score
        return AFFECTED if score.imag > EVEN else "", score

    def outside(self, found: list[Named], asked: Asked, /) -> tuple[Named | None, float]:
        """The likeliest, if it is likelier than not."""
        best, chosen = -NEVER, None
        for named in found:
            score = self.others.outside(named[0], asked.event_type)
            if score > best + EVEN:
                best, chosen = score, named
        return chosen if best > EVEN else None, best


class Participants:
    """Those who take part in the claims of one report, asked for in text order."""

    def __init__(
        self,
        tokens: Tokens,
        pack: Pack,
        figures: Sequence[FigureHit],
        places: Sequence[PlaceHit],
        chooser: Chooser | None = None,
    ) -> None:
        self.cast = Cast(tokens, pack, figures, places)
        self._by = chooser or tables(pack.language)
        self._last: tuple[Mention, int, int] | None = None  # the last actor, the token after its claim, claims ago

    def of(self, asked: Asked) -> Choice:
        """Who takes part in a claim."""
        return self.all((asked,))[0]

    def all(self, claims: Sequence[Asked]) -> list[Choice]:
        """Who takes part in each of some claims in text order."""
        heads = list(map(self.cast.heads, claims))
        choices = list(map(self._inside, claims, heads))
        for asked, choice in zip(claims, choices, strict=True):
            if not choice.actors:
                self._outside(asked, choice)
            if choice.actors:
                self._last = choice.actors[0], asked.after, 0
            elif self._last is not None:
                self._last = *self._last[:2], self._last[2] + 1
        return choices

    def _outside(self, asked: Asked, choice: Choice) -> None:
        """The actor of a claim that names none."""
        choice.outside, odds = self._by.outside(self.cast.outside(asked, self._last), asked)
        least, least_affected = choice.leads
        choice.leads = min(least, abs(odds)), least_affected
        if choice.outside is not None:
            choice.actors = (self._named(choice.outside[1], asked.first),)

    def _inside(self, asked: Asked, spots: list[tuple[int, Key]]) -> Choice:
        """Those named in the clause, from its beginning to its end."""
        cast, inside, see = self.cast, self._by.inside, self.cast.seen
        counted = cast.counted(asked.figures) if asked.figures else {}
        heads: list[tuple[int, Head, str]] = []
        taken: list[Taken] = []
        actors = affected = free = 0
        least = least_affected = NEVER
        for at, spot in spots:
            if at < free:
                continue
            joined = taken[-1][2] if taken and free == at and cast.parts[at].joined else ""
            head = see(at, spot, asked, (actors, affected, joined), counted)
            label, score = inside(at, head, asked)
            acts, suffers = score.real, score.imag
            lead = abs(acts - suffers if suffers > 0 else acts)
            least = lead if lead < least else least
            lead = abs(suffers - acts if acts > 0 else suffers)
            least_affected = lead if lead < least_affected else least_affected
            heads.append((at, head, label))
            if label:
                free = cast.end(at, asked.after)
                actors, affected = min(actors + (label == ACTOR), _MOST), min(affected + (label == AFFECTED), _MOST)
                taken.append((at, free, label))
        return Choice(
            self._mentions(taken, ACTOR) if actors else (),
            self._mentions(taken, AFFECTED) if affected else (),
            heads,
            None,
            (least, least_affected),
        )

    def _mentions(self, taken: list[Taken], label: str) -> tuple[Mention, ...]:
        return tuple([self.cast.mention(first, after) for first, after, what in taken if what == label])

    def _named(self, where: Mention | int, stop: int) -> Mention:
        return where if isinstance(where, Mention) else self.cast.mention(where, self.cast.end(where, stop))


@cache
def tables(language: str) -> Tables:
    """The tables of a language: of those named in a clause, and of those outside."""
    return Tables(Weights(model("participants", language)), Weights(model("participants_outside", language)))


def participants(
    tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Actors and affected of one claim at tokens ``first`` to ``after`` that the publisher makes, by itself."""
    choice = Participants(tokens, pack, (), ()).of(Asked(first, after, event_type, (), None, ()))
    return choice.actors, choice.affected
