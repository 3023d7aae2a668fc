"""Which entries and rules fire in a text, by dimension: what the examples of a pack are checked against."""

from __future__ import annotations

from tawatur.claims import attribution_fired, figures_fired, places, times
from tawatur.claims.assemble import kinds
from tawatur.claims.checks import Fired, rules_fired
from tawatur.lang.pack import Pack


def _events(text: str, pack: Pack) -> list[tuple[str, str]]:
    return rules_fired(text, pack, kinds(pack), "type")


#: A dimension that is not here is checked by the words alone.
FINDERS: dict[str, Fired] = {
    "events": _events,
    "figures": figures_fired.fired,
    "outcomes": figures_fired.fired,
    "places": places.fired,
    "populations": figures_fired.fired,
    "sources": attribution_fired.fired,
    "times": times.fired,
}
