"""Matches of the places grammar to raw and settled places: what stands in the tokens, without knowing what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tawatur.claims import confidence
from tawatur.claims.places_words import DIMENSION, Named, PlaceTable
from tawatur.claims.tokens import Tokens
from tawatur.lang.gazetteer import Site
from tawatur.model import Place, Role, Span

SITED = ("name", "lat", "lon", "radius_km", "country")  # what a place is known by, once it is
AGAIN, NAMED = "place.again", "place.named"
_REACH_KM = 10.0  # the least radius of a part or surrounding of a place, or of something in it


@dataclass(slots=True)
class PlaceHit:
    """A place in the tokens ``first`` to ``after``; ``start`` and ``end`` are offsets without proclitics."""

    first: int
    after: int
    start: int
    end: int
    text: str
    name: str | None
    kind: str
    role: Role = "at"
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str = ""
    rule: str = ""
    of_people: bool = False  # named only to say whose people they are

    def place(self, role: Role, how: str = "own", lead: int = 0) -> Place:
        """The place as a claim keeps it: how it came to be the claim's, and the lead that made it so."""
        sure = confidence.of("place", how, lead, self.rule, self.lat is not None, self.of_people, self.kind)
        span = Span(self.start, self.end)
        return Place(self.text, self.name, self.lat, self.lon, role, self.radius_km, span, sure, self.rule, how)


@dataclass(slots=True)
class Raw:
    """A match before it is settled what it means."""

    rule: str
    make: str
    first: int
    after: int
    prefix: str
    named: Named | None
    name: int  # the token where the name begins
    kind: str = ""  # of the noun before the name
    wide: bool = False  # a part or direction stands before the name
    plural: bool = False  # that noun is a plural
    strict: bool = False  # only a word that no list knows may be a name after that noun
    bare: str = ""  # whether that noun alone may point back: licensed, never, or empty


def raws_of(table: PlaceTable, tokens: Tokens, string: str, names: dict[int, Named]) -> list[Raw]:
    """The longest matches of the grammar in text order, none within another."""
    found: dict[int, Raw] = {}
    for rule, match in table.grammar.hits(string):
        held = found.get(match.start())
        if held is None or match.end() > held.after:
            raw = _raw(rule.id, rule.make, match, tokens, names)
            if raw:
                found[raw.first] = raw
    out: list[Raw] = []
    for first in sorted(found):
        if not out or first >= out[-1].after:
            out.append(found[first])
    return out


def _raw(rule: str, make: str, match: re.Match[str], tokens: Tokens, names: dict[int, Named]) -> Raw | None:
    (first, after), name, end = match.span(), match.start("name"), match.end("noun")
    named = names.get(name) if make == "named" else None
    if first == end:  # nothing before the name
        prefix = named.prefix if named else _prefix(tokens, first)
        return None if make == "unknown" else Raw(rule, make, first, after, prefix, named, name)
    kind, wide = _told(tokens, first, end)
    if make == "unknown" and not kind:
        return None
    raw = Raw(rule, make, first, after, _prefix(tokens, first), named, name, kind, wide)
    noun = tokens.words[end - 1].by.get(DIMENSION) if kind else None
    if noun:
        gives = noun.entry.gives
        raw.plural, raw.strict, raw.bare = noun.form == "plural", bool(gives.get("strict")), str(gives.get("bare", ""))
    return raw


def _told(tokens: Tokens, first: int, end: int) -> tuple[str, bool]:
    """The last kind that words before a name tell, and whether one of them is a part or a direction."""
    kind, wide = "", False
    for word in tokens.words[first:end]:
        sense = word.by.get(DIMENSION)
        if sense:
            gives = sense.entry.gives
            kind, wide = str(gives.get("kind") or kind), wide or bool(gives.get("widen"))
    return kind, wide


def _prefix(tokens: Tokens, at: int) -> str:
    word = tokens.words[at]
    sense = word.by.get(DIMENSION)
    prefix = word.prefixes[word.senses.index(sense)] if sense else ""
    return prefix.removesuffix("ال") if not prefix.endswith("لل") else prefix


def hit_of(raw: Raw, tokens: Tokens, site: Site | None, role: Role) -> PlaceHit:
    """The place as written, with what a site tells when there is one."""
    start = tokens.starts[raw.first] + _raw_length(tokens, raw.first, raw.prefix)
    end = tokens.ends[raw.after - 1]
    text = tokens.text[start:end]
    if site is None:
        return PlaceHit(raw.first, raw.after, start, end, text, None, raw.kind or "area", role, rule=raw.rule)
    radius = max(site.radius_km, _REACH_KM) if raw.wide else site.radius_km
    return PlaceHit(
        raw.first, raw.after, start, end, text, site.name, site.kind, role,
        site.lat, site.lon, radius, site.country, raw.rule,
    )  # fmt: skip


def _raw_length(tokens: Tokens, at: int, prefix: str) -> int:
    """How many characters of the raw word the proclitics take; an article that is joined to lam stays."""
    wanted = len(prefix.removesuffix("لل"))
    if not wanted:
        return 0
    raw, taken = tokens.words[at].raw, 0
    for length, char in enumerate(raw):
        if taken == wanted and char.isalpha():
            return length
        taken += char.isalpha() and char != "\u0640"
    return 0


def known_from(held: PlaceHit, hit: PlaceHit) -> dict[str, Any]:
    """The coordinates that a place without any takes from the one it lies in, with a radius that tells so."""
    if held.lat is not None or hit.lat is None:
        return {}
    radius = max(hit.radius_km or 0.0, _REACH_KM)
    return {"lat": hit.lat, "lon": hit.lon, "radius_km": radius, "country": hit.country}
