"""Tokens to places: names with what the gazetteer knows, and the places of one claim with their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawatur.claims.places_pick import Setting, fits
from tawatur.claims.places_words import DIMENSION, Named, PlaceTable
from tawatur.claims.tokens import Tokens
from tawatur.lang.gazetteer import Site
from tawatur.lang.pack import Pack
from tawatur.model import Place, Role, Span

#: Kinds whose single-word names are common words too: only after a preposition, a noun, or beside another place.
_WEAK = frozenset({"quarter", "site", "road", "square", "hill", "base", "bridge", "village", "river", "hospital"})
_WIDE = frozenset({"governorate", "area", "country"})
_SMALL = 50_000  # a GeoNames place with fewer people is weak
_NEAR_KM = 250.0  # a weak name must lie this near to a place that is sure


@dataclass(frozen=True, slots=True)
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

    def place(self, role: Role) -> Place:
        """The place as a claim keeps it."""
        return Place(self.text, self.name, self.lat, self.lon, role, self.radius_km, Span(self.start, self.end))


@dataclass(slots=True)
class _Raw:
    """A match before it is settled what it means."""

    rule: str
    make: str
    first: int
    after: int
    prefix: str
    kind: str  # of the noun before the name
    wide: bool  # a part or direction stands before the name
    named: Named | None


def find(tokens: Tokens, pack: Pack, country_hint: str | None = None) -> list[PlaceHit]:
    """All places of a report's tokens in text order, second mentions with the coordinates of what they point to."""
    table = PlaceTable.of(pack)
    string, names = table.string(tokens)
    if not names and table.grammar.char("noun") not in string and table.grammar.char("glued") not in string:
        return []
    setting = Setting((n.sites for n in names.values()), country_hint)
    raws = _raws(table, tokens, string, names)
    hits: list[PlaceHit] = []
    for raw in raws:
        hit = _settled(raw, tokens, hits, setting)
        if hit:
            hits.append(hit)
    return _merged(hits, tokens)


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of the words, and rules with the place's text, for the check of examples."""
    from tawatur.claims.tokens import tokenise

    tokens = tokenise(text, pack.lexicon)
    hits = find(tokens, pack)
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension == DIMENSION}
    texts = [h.text for h in hits] or [""]
    return [(h.rule, h.text) for h in hits] + [(word, text) for word in sorted(words) for text in texts]


def _raws(table: PlaceTable, tokens: Tokens, string: str, names: dict[int, Named]) -> list[_Raw]:
    found: dict[int, _Raw] = {}
    for hit in table.grammar.hits(string):
        raw = _raw(hit.rule.id, hit.rule.make, hit.match, tokens, names)
        if raw:
            held = found.get(raw.first)
            if held is None or raw.after > held.after:
                found[raw.first] = raw
    out: list[_Raw] = []
    for first in sorted(found):
        if not out or first >= out[-1].after:
            out.append(found[first])
    return out


def _raw(rule: str, make: str, match: re.Match[str], tokens: Tokens, names: dict[int, Named]) -> _Raw | None:
    first, after = match.span()
    before = range(first, match.end("noun"))
    kinds = [str(k) for at in before if (k := tokens.words[at].gives(DIMENSION, "kind"))]
    named = names.get(match.start("name")) if make == "named" else None
    if make == "unknown" and not kinds:
        return None
    prefix = named.prefix if named and not before else _prefix(tokens, first)
    wide = any(tokens.words[at].gives(DIMENSION, "widen") for at in before)
    return _Raw(rule, make, first, after, prefix, kinds[-1] if kinds else "", wide, named)


def _prefix(tokens: Tokens, at: int) -> str:
    word = tokens.words[at]
    sense = word.by.get(DIMENSION)
    prefix = word.prefixes[word.senses.index(sense)] if sense else ""
    return prefix.removesuffix("ال") if not prefix.endswith("لل") else prefix


def _settled(raw: _Raw, tokens: Tokens, hits: list[PlaceHit], setting: Setting) -> PlaceHit | None:
    licence, role = _licence(raw, tokens, hits)
    if raw.named:
        site = setting.pick(raw.named.sites, raw.kind)
        return _hit(raw, tokens, site, role) if _accepted(raw, site, setting, licence) else None
    if raw.make == "unknown":
        return _hit(raw, tokens, None, role)
    back = _back(raw, hits)
    if back is None and not licence:
        return None
    if not licence and raw.kind not in ("town", "camp", "country", "governorate"):
        return None
    hit = _hit(raw, tokens, None, role)
    if back is None:
        return hit
    return replace(hit, name=back.name, lat=back.lat, lon=back.lon, radius_km=back.radius_km, country=back.country)


def _accepted(raw: _Raw, site: Site, setting: Setting, licence: str) -> bool:
    if licence == "body":
        return False
    if raw.kind or raw.wide:
        return True
    if site.kind == "country":
        return licence == "place"
    assert raw.named is not None
    weak = raw.named.after - raw.named.first == 1 and site.kind in _WEAK
    weak = weak or (not site.own and site.population < _SMALL)
    if weak:
        return licence == "place" and setting.home(site) and setting.near(site) <= _NEAR_KM
    return bool(licence) or site.own


def _licence(raw: _Raw, tokens: Tokens, hits: list[PlaceHit]) -> tuple[str, Role]:
    """Whether what stands before makes the name a place (``place``) or part of a body's name (``body``), and the role."""
    if raw.prefix.endswith("ب"):
        return "place", "at"
    if raw.prefix.endswith(("ل", "لل")):
        return "place", "to"
    at = raw.first - 1
    while at >= 0 and tokens.words[at].kind == "mark" and tokens.words[at].fold in "\"'«“(":
        at -= 1
    beside = hits and at - hits[-1].after + 1 <= 1 and (raw.prefix == "و" or (at >= 0 and tokens.words[at].fold in "،-–/"))
    if beside and hits[-1].after in (raw.first, at):
        return "place", hits[-1].role
    if at < 0 or raw.prefix:
        return "", "at"
    sense = tokens.words[at].by.get(DIMENSION)
    if sense is None:
        return "", "at"
    if sense.entry.cls == "prep":
        return "place", str(sense.entry.gives["role"])  # type: ignore[return-value]
    return ("body" if sense.entry.cls == "body" else ""), "at"


def _back(raw: _Raw, hits: list[PlaceHit]) -> PlaceHit | None:
    """The last place that a second mention may point to."""
    for hit in reversed(hits):
        if hit.lat is not None and hit.kind != "country" and fits(raw.kind, hit.kind):
            return hit
    if raw.kind in ("town", "camp", "governorate", "crossing", "airport"):
        return None
    return next((h for h in reversed(hits) if h.lat is not None and h.kind not in _WIDE), None)


def _hit(raw: _Raw, tokens: Tokens, site: Site | None, role: Role) -> PlaceHit:
    start = tokens.starts[raw.first] + _raw_length(tokens, raw.first, raw.prefix)
    end = tokens.ends[raw.after - 1]
    text = tokens.text[start:end]
    if site is None:
        return PlaceHit(raw.first, raw.after, start, end, text, None, raw.kind or "area", role, rule=raw.rule)
    radius = max(site.radius_km, 10.0) if raw.wide else site.radius_km
    return PlaceHit(
        raw.first, raw.after, start, end, text, site.name, site.kind, role,
        site.lat, site.lon, radius, site.country, raw.rule,
    )  # fmt: skip


def _raw_length(tokens: Tokens, at: int, prefix: str) -> int:
    """How many characters of the raw word the proclitics take; an article that is joined to lam stays."""
    wanted = len(prefix.removesuffix("لل"))
    raw, taken = tokens.words[at].raw, 0
    for length, char in enumerate(raw):
        if taken == wanted and char.isalpha():
            return length if wanted else 0
        taken += char.isalpha() and char != "\u0640"
    return 0


def _merged(hits: list[PlaceHit], tokens: Tokens) -> list[PlaceHit]:
    """Places with what they lie in, as one: ``مخيم الهول في محافظة الحسكة``."""
    out: list[PlaceHit] = []
    for hit in hits:
        held = out[-1] if out else None
        if held and _lies_in(held, hit, tokens):
            text = tokens.text[held.start : hit.end]
            out[-1] = replace(held, after=hit.after, end=hit.end, text=text, **_known(held, hit))
        else:
            out.append(hit)
    return out


def _known(held: PlaceHit, hit: PlaceHit) -> dict[str, object]:
    if held.lat is not None or hit.lat is None:
        return {}
    radius = max(hit.radius_km or 0.0, 10.0)
    return {"lat": hit.lat, "lon": hit.lon, "radius_km": radius, "country": hit.country}


def _lies_in(held: PlaceHit, hit: PlaceHit, tokens: Tokens) -> bool:
    between = tokens.text[held.end : hit.start].strip()
    if between not in ("", "في", "ب"):
        return False
    if hit.kind == "country" or held.kind in ("country", "governorate"):
        return False
    first = tokens.words[hit.first].by.get(DIMENSION)
    if not between:
        return bool(first and first.entry.cls == "dir")
    return bool(hit.kind in _WIDE or (first and first.entry.cls in ("dir", "rel", "noun") and hit.rule == "place.named"))


_MOVES = frozenset({"evacuation", "displacement", "withdrawal", "return", "mobilisation"})
_SPEECH = frozenset({"demand", "rejection", "condemnation", "threat", "talks", "agreement", "other", "protest"})


def settle(
    hits: Sequence[PlaceHit], tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[Place, ...]:
    """The places of a claim's tokens; when it names none, those that govern it from before (guide, rule 6)."""
    own = [h for h in hits if first <= h.first < after]
    if own:
        return tuple(h.place(_role(h, event_type)) for h in own)
    if event_type in _SPEECH:
        return ()
    return tuple(h.place("at") for h in _governing(hits, tokens, first))


def _role(hit: PlaceHit, event_type: str) -> Role:
    if hit.role == "from" and event_type not in _MOVES:
        return "at"
    return hit.role


def _governing(hits: Sequence[PlaceHit], tokens: Tokens, first: int) -> list[PlaceHit]:
    start = first
    while start > 0 and not _ends(tokens, start - 1):
        start -= 1
    same = [h for h in hits if start <= h.first < first]
    return same[-1:]


def _ends(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return word.kind == "line" or word.fold in (".", "!", "؟", "?")
