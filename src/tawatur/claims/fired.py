"""Which entries and rules fire in a text, by dimension: what the examples of a pack are checked against."""

from __future__ import annotations

from tawatur.claims.assemble import kinds
from tawatur.claims.checks import Fired, rules_fired
from tawatur.claims.tongues import tongue_of
from tawatur.lang.pack import Pack


def _events(text: str, pack: Pack) -> list[tuple[str, str]]:
    return rules_fired(text, pack, kinds(pack), "type")


def finders(pack: Pack) -> dict[str, Fired]:
    """What fires in a text, by dimension; one that is not here is checked by the words alone."""
    return {"events": _events, **tongue_of(pack).fired}
