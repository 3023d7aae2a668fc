"""Finders for languages that set words side by side, subject before verb: English first."""

from __future__ import annotations

from tawatur.claims import plain_attribution as attribution
from tawatur.claims import plain_figures as figures
from tawatur.claims import plain_figures_fired as figures_fired
from tawatur.claims import plain_places as places
from tawatur.claims import plain_places_settle as places_settle
from tawatur.claims import plain_times as times
from tawatur.claims.plain_features import note_words
from tawatur.claims.plain_participants import participants
from tawatur.claims.tongues import Tongue, none_joined
from tawatur.lang.pack import Pack

__all__ = ["tongue"]

_QUANTITIES = dict.fromkeys(("figures", "outcomes", "populations"), figures_fired.fired)
_TONGUE = Tongue(
    voices=attribution.find,
    figures=figures.find,
    places=places.find,
    places_of=places_settle.settle,
    times=times.find,
    participants=participants,
    joined=none_joined,
    fired={**_QUANTITIES, "places": places.fired, "sources": attribution.fired, "times": times.fired},
)


def tongue(pack: Pack) -> Tongue:
    """The finders; the words of the pack carry their features from now on."""
    note_words(pack)
    return _TONGUE
