"""The finders of a pack's language: what the reader asks, answered by the grammar that the language goes by.

Languages that join words (``joined``: Arabic) and those that set them side by side (``plain``: English) have different
readers of voices, figures, places, times and participants; tokens, clauses, types, statuses, outcomes, calendars and
the gazetteer's choice among namesakes are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from tawatur.claims import attribution, figures, places, times
from tawatur.claims.attribution import Scope
from tawatur.claims.figures import FigureHit
from tawatur.claims.participants import Participants as Cast
from tawatur.claims.participants import participants
from tawatur.claims.places import Asked, PlaceHit
from tawatur.claims.times import Anchor, TimeHit
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Mention, Place

_NOTE = "tongue"
_CONJUNCTIONS = ("و", "ف")
Participants = tuple[tuple[Mention, ...], tuple[Mention, ...]]


@dataclass(frozen=True, slots=True)
class Tongue:
    """The finders of a language; each has the form of the function of that name in the Arabic modules."""

    voices: Callable[..., list[Scope]]
    figures: Callable[[Tokens, Pack], list[FigureHit]]
    places: Callable[[Tokens, Pack], list[PlaceHit]]
    places_of: Callable[[Asked], tuple[Place, ...]]
    times: Callable[[Tokens, Pack, Anchor], list[TimeHit]]
    participants: Callable[[Tokens, int, int, str, Pack], Participants]
    joined: Callable[[Word], int]  # code points of a conjunction that is written onto a claim's first word
    fired: Mapping[str, Callable[[str, Pack], list[tuple[str, str]]]]  # by dimension, for the check of examples
    two_types: bool = False  # its table of outcomes was taught with the type that comes next as well
    cast: type[Cast] | None = None  # of a whole report, where participants are sought beyond the clause


def tongue_of(pack: Pack) -> Tongue:
    """The finders of a pack's language, made once."""
    held = pack.cache.get(_NOTE)
    if held is None:
        held = pack.cache[_NOTE] = _plain(pack) if pack.about.words == "plain" else _joined()
    return cast(Tongue, held)


def _joined() -> Tongue:
    from tawatur.claims import attribution_fired, figures_fired

    quantities = dict.fromkeys(("figures", "outcomes", "populations"), figures_fired.fired)
    fired = {**quantities, "places": places.fired, "sources": attribution_fired.fired, "times": times.fired}
    return Tongue(
        attribution.find,
        figures.find,
        places.find,
        places.settle,
        times.find,
        participants,
        conjunction,
        fired,
        two_types=True,
        cast=Cast,
    )


def _plain(pack: Pack) -> Tongue:
    from tawatur.claims import plain

    return plain.tongue(pack)


def conjunction(word: Word) -> int:
    """How many code points a conjunction that is written onto a word takes; 0 when there is none."""
    if word.kind != "word" or word.raw[0] not in _CONJUNCTIONS:
        return 0
    if word.senses:
        joined = any(prefix[:1] == word.raw[0] for prefix in word.prefixes)
    else:
        joined = word.raw[0] == "و" and len(word.fold) > 3
    return 1 if joined else 0


def none_joined(_word: Word) -> int:
    """No conjunction is ever written onto a word."""
    return 0
