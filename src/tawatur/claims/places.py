"""Tokens to places: names with what the gazetteer knows, and the places of one claim with their roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tawatur.claims.places_pick import Setting, fits
from tawatur.claims.places_words import DIMENSION, Named, PlaceTable
from tawatur.claims.tokens import Tokens
from tawatur.lang.gazetteer import Site
from tawatur.lang.pack import Pack
from tawatur.model import Place, Role, Span

#: Kinds whose single-word names are common words too: only after a preposition, a noun, or beside another place.
_WEAK = frozenset({"quarter", "site", "road", "square", "hill", "base", "bridge", "village", "river", "hospital"})
_LOCAL = _WEAK | {"prison", "dam", "port", "oilfield", "airport", "crossing", "camp"}
_WIDE = frozenset({"governorate", "area", "country"})
_IN_TOWN = frozenset({"quarter", "site", "hospital", "area"})
_TOWNS = frozenset({"city", "town", "capital", "camp", "village"})
_THAT = frozenset({"ان", "بان", "وان", "انه", "انها", "بانه", "بانها"})  # opens what is reported, a place of its own
_OPENERS = frozenset({"ان", "بان", "وان", "لان", "لكن", "حيث", "كان", "ليس", "ولكن", "وليس", "كانت"})
_HEAD = 40  # tokens in which a dateline stands
_AFTER_DATELINE = frozenset("-–—/(")
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
    of_people: bool = False  # named only to say whose people they are

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
    plural: bool  # that noun is a plural
    strict: bool  # only a word that no list knows may be a name after that noun
    bare: str  # whether that noun alone may point back: licensed, never, or empty
    wide: bool  # a part or direction stands before the name
    named: Named | None
    name: int  # the token where the name begins


@dataclass(slots=True)
class _Scene:
    """What all places of a report are settled by; ``filed`` is where it was written, when a dateline tells."""

    table: PlaceTable
    setting: Setting
    filed: PlaceHit | None = None

    def of_country(self, kind: str) -> Site | None:
        """The capital, or the country itself, of the country that most names are in."""
        return self.table.gazetteer.of_country.get((self.setting.leading(), kind))

    @staticmethod
    def bare_plural(raw: _Raw, tokens: Tokens) -> bool:
        """Whether a second mention is a plural with nothing after it: houses and roads at large, no place."""
        sense = tokens.words[raw.after - 1].by.get(DIMENSION)
        return bool(sense and sense.form == "plural" and raw.after - raw.first == 1 and not raw.wide)

    @staticmethod
    def closes(raw: _Raw, tokens: Tokens) -> bool:
        """Whether هناك stands inside a clause, so that it means a place and is no there-is."""
        before = tokens.words[raw.first - 1] if raw.first else None
        return before is not None and before.kind == "word" and not raw.prefix and before.fold not in _OPENERS


def find(tokens: Tokens, pack: Pack, country_hint: str | None = None) -> list[PlaceHit]:
    """All places of a report's tokens in text order, second mentions with the coordinates of what they point to."""
    table = PlaceTable.of(pack)
    string, names = table.string(tokens)
    if not names and table.grammar.char("noun") not in string and table.grammar.char("glued") not in string:
        return []
    sure = (n.sites for n in names.values() if not _common(tokens, n))
    scene = _Scene(table, Setting(sure, country_hint))
    hits: list[PlaceHit] = []
    for raw in _raws(table, tokens, string, names):
        hit = _settled(raw, tokens, hits, scene)
        if hit and _dateline(raw, tokens):
            scene.filed = scene.filed or hit
        elif hit:
            hits.append(hit)
    hits = [_late(hit, hits, scene) for hit in hits]
    return _merged(hits, tokens)


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of the words, and rules with the place's text, for the check of examples."""
    from tawatur.claims.tokens import tokenise

    tokens = tokenise(text, pack.lexicon)
    hits = find(tokens, pack)
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension == DIMENSION}
    texts = [h.text for h in hits] or [""]
    return [(h.rule, h.text) for h in hits] + [(word, text) for word in sorted(words) for text in texts]


def _dateline(raw: _Raw, tokens: Tokens) -> bool:
    """Whether a name only tells where the report was filed: it opens a line and a dash, slash or bracket follows."""
    opens = raw.first == 0 or tokens.words[raw.first - 1].kind == "line"
    follows = tokens.words[raw.after].fold if raw.after < len(tokens.words) else ""
    return opens and raw.make == "named" and not raw.kind and raw.first < _HEAD and follows in _AFTER_DATELINE


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
    noun = tokens.words[match.end("noun") - 1].by.get(DIMENSION) if kinds else None
    plural, bare = bool(noun and noun.form == "plural"), str(noun.entry.gives.get("bare", "")) if noun else ""
    strict = bool(noun and noun.entry.gives.get("strict"))
    return _Raw(rule, make, first, after, prefix, kinds[-1] if kinds else "", plural, strict, bare, wide, named, match.start("name"))


def _prefix(tokens: Tokens, at: int) -> str:
    word = tokens.words[at]
    sense = word.by.get(DIMENSION)
    prefix = word.prefixes[word.senses.index(sense)] if sense else ""
    return prefix.removesuffix("ال") if not prefix.endswith("لل") else prefix


def _settled(raw: _Raw, tokens: Tokens, hits: list[PlaceHit], scene: _Scene) -> PlaceHit | None:
    licence, role = _licence(raw, tokens, hits)
    if licence == "body":
        return None
    if raw.named:
        site = scene.setting.pick(raw.named.sites, raw.kind)
        if raw.kind and not _may_be(raw, site, scene.setting):
            return _in_town(_hit(raw, tokens, None, role), hits)
        if not _accepted(raw, site, tokens, scene.setting, licence, hits):
            noun = tokens.words[raw.name].gives(DIMENSION, "kind") if raw.after - raw.name > 1 else None
            return _in_town(replace(_hit(raw, tokens, None, role), kind=str(noun)), hits) if noun else None
        hit = _hit(raw, tokens, site, role)
        return replace(hit, of_people=True) if licence == "people" else hit
    if raw.make == "unknown":
        listed = tokens.words[raw.name].classes or DIMENSION in tokens.words[raw.name].cls
        if raw.plural or (listed and raw.strict):
            return None
        return _in_town(_hit(raw, tokens, None, role), hits)
    return _again(raw, tokens, hits, scene, licence, role)


def _may_be(raw: _Raw, site: Site, setting: Setting) -> bool:
    """Whether a name after a noun such as حي means the site, and no namesake far off or thing called after it."""
    if site.kind == "country":
        return raw.wide and raw.kind in ("", "area", "country")
    if not setting.votes or setting.home(site):
        return True
    return fits(raw.kind, site.kind) and site.kind not in _LOCAL


def _common(tokens: Tokens, named: Named) -> bool:
    """Whether a single-word name is a common word as well, or not from our own table and known to another list."""
    if named.after - named.first > 1:
        return False
    word = tokens.words[named.first]
    sense = word.by.get(DIMENSION)
    listed = sense is not None and sense.entry.cls == "common"
    return listed or (bool(word.classes) and not any(s.own for s in named.sites))


def _accepted(
    raw: _Raw, site: Site, tokens: Tokens, setting: Setting, licence: str, hits: Sequence[PlaceHit]
) -> bool:
    if raw.kind or raw.wide:
        return True
    if site.kind == "country":
        return licence == "place"
    if site.kind == "capital" and not licence:
        return False
    if site.kind in _LOCAL and setting.votes and not setting.home(site):
        return False
    assert raw.named is not None
    single = raw.named.after - raw.named.first == 1
    if single and "times" in tokens.words[raw.named.first].cls:
        return False
    if _common(tokens, raw.named) or not site.own or (single and site.kind in _WEAK):
        if any(h.name == site.name for h in hits):
            return True
        near = _NEAR_KM if site.own else _NEAR_KM / 2
        licensed = licence in ("place", "people") and raw.prefix not in ("ل", "لل", "ولل")
        return licensed and setting.home(site) and setting.near(site) <= near
    return True


def _late(hit: PlaceHit, hits: list[PlaceHit], scene: _Scene) -> PlaceHit:
    """A second mention or building whose town is named only later, or only in the dateline."""
    if hit.lat is not None or hit.kind not in (_IN_TOWN | _TOWNS if hit.rule == "place.again" else _IN_TOWN):
        return hit
    home = scene.setting.leading()
    towns = [h for h in hits if h.kind in _TOWNS and h.lat is not None and h.country == home]
    told = Counter(h.name for h in towns)
    town = max(towns, key=lambda h: told[h.name], default=scene.filed)
    return replace(hit, **_known(hit, town)) if town else hit


def _in_town(hit: PlaceHit, hits: list[PlaceHit]) -> PlaceHit:
    """An unknown quarter, street or building with the coordinates of the town that the text speaks of, and its reach."""
    if hit.kind not in _IN_TOWN:
        return hit
    town = next((h for h in reversed(hits) if h.kind in _TOWNS and h.lat is not None), None)
    return replace(hit, **_known(hit, town)) if town else hit


def _again(
    raw: _Raw, tokens: Tokens, hits: list[PlaceHit], scene: _Scene, licence: str, role: Role
) -> PlaceHit | None:
    if raw.bare == "never" or (raw.bare == "licensed" and not licence):
        return None
    hit = _hit(raw, tokens, None, role)
    if scene.bare_plural(raw, tokens) or (not raw.kind and not raw.wide and not scene.closes(raw, tokens)):
        return None
    if raw.kind in ("capital", "country"):
        site = scene.of_country(raw.kind)
        return _hit(raw, tokens, site, role) if site else None
    back = _back(raw, hits, scene)
    if back is None:
        return hit if licence and raw.kind else None
    if not licence and raw.kind in ("area", "") and raw.rule != "place.there":
        return None
    return replace(hit, name=back.name, kind=hit.kind, lat=back.lat, lon=back.lon, radius_km=back.radius_km, country=back.country)


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
    if not raw.prefix and (at < 0 or tokens.words[at].kind == "line") and _colon(tokens, raw.after):
        return "place", "at"
    if at < 0 or raw.prefix:
        return "", "at"
    sense = tokens.words[at].by.get(DIMENSION)
    if sense is None:
        return "", "at"
    if sense.entry.cls == "moves":
        return "place", "at"
    if sense.entry.cls == "prep":
        return "place", str(sense.entry.gives["role"])  # type: ignore[return-value]
    return (sense.entry.cls if sense.entry.cls in ("body", "people") else ""), "at"


def _colon(tokens: Tokens, at: int) -> bool:
    return at < len(tokens.words) and tokens.words[at].fold == ":"


def _back(raw: _Raw, hits: Sequence[PlaceHit], scene: _Scene) -> PlaceHit | None:
    """The place that a second mention points to: of a fitting kind, in the report's country, much spoken of, lately."""
    near = [h for h in hits if h.lat is not None and h.kind != "country" and scene.setting.votes.get(h.country)]
    fitting = [h for h in near if fits(raw.kind, h.kind)]
    if not fitting and raw.kind not in ("governorate", "airport"):
        fitting = [h for h in near if h.kind not in _WIDE]
    if not fitting:
        return scene.filed if raw.kind not in _WIDE else None
    home, told = scene.setting.leading(), Counter(h.name for h in near)

    def weight(h: PlaceHit) -> int:
        return 3 * (h.country == home) + min(told[h.name], 3) + 2 * (h.name == fitting[-1].name)

    return max(reversed(fitting), key=weight)


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
            again = held.rule == "place.again" and hit.rule == "place.named"
            known = {k: getattr(hit, k) for k in _SITED} if again else _known(held, hit)
            out[-1] = replace(held, after=hit.after, end=hit.end, text=text, **known)
        else:
            out.append(hit)
    return out


def _known(held: PlaceHit, hit: PlaceHit) -> dict[str, Any]:
    if held.lat is not None or hit.lat is None:
        return {}
    radius = max(hit.radius_km or 0.0, 10.0)
    return {"lat": hit.lat, "lon": hit.lon, "radius_km": radius, "country": hit.country}


def _lies_in(held: PlaceHit, hit: PlaceHit, tokens: Tokens) -> bool:
    between = tokens.text[held.end : hit.start].strip()
    first = tokens.words[hit.first].by.get(DIMENSION)
    part = first is not None and first.entry.cls in ("dir", "rel")
    word = tokens.words[hit.first]
    if between in ("", "و") and hit.rule == "place.again" and word.prefixes and word.fold.startswith("و") and word.fold.endswith(("ها", "ه")):
        return first is not None and first.entry.cls == "rel"
    if not between and held.rule == "place.again" and hit.rule == "place.named" and held.after == hit.first:
        return tokens.words[held.after - 1].fold.endswith(("ها", "ه", "هم"))
    if between in ("-", "–"):
        return tokens.words[held.first].fold in _ROADS and held.rule == hit.rule == "place.named"
    if between == "ل" or (not between and tokens.words[hit.first].fold.startswith("لل")):
        return held.rule == "place.again"
    if between not in ("", "في", "ب", "فى"):
        return False
    if held.kind == "capital" and held.rule == "place.again":
        return not between and hit.rule == "place.named"
    if held.rule == "place.again" and hit.rule == "place.named" and between != "":
        return held.kind in ("quarter", "hospital", "area")
    if held.kind in ("country", "governorate", "capital"):
        return False
    return part if not between and hit.kind in _WIDE else bool(between) and hit.kind in _WIDE and (part or hit.kind == "governorate")


_SITED = ("name", "lat", "lon", "radius_km", "country")
_ROADS = frozenset({"طريق", "محور"})
_MOVES = frozenset({"evacuation", "displacement", "withdrawal", "return", "mobilisation"})
#: Types whose claims take the place of their sentence; the others mostly speak of more than one place, or of none.
_TAKES_PLACE = frozenset({
    "airstrike", "shelling", "bombing", "attack", "capture", "withdrawal", "mobilisation", "displacement", "siege",
    "obstruction", "aid", "violation", "protest", "needs", "casualties", "evacuation", "clash",
})  # fmt: skip


def settle(
    hits: Sequence[PlaceHit], tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[Place, ...]:
    """The places of a claim's tokens; when it names none, those that govern it from before (guide, rule 6)."""
    own = [h for h in hits if first <= h.first < after]
    sure = [h for h in own if not h.of_people]
    own = sure or own
    if own:
        return tuple(h.place(_role(h, event_type)) for h in own)
    fronted = _fronted(hits, tokens, first)
    if fronted or event_type not in _TAKES_PLACE:
        return tuple(h.place("at") for h in fronted)
    return tuple(h.place("at") for h in _governing(hits, tokens, first))


def _role(hit: PlaceHit, event_type: str) -> Role:
    if hit.role == "from" and event_type not in _MOVES:
        return "at"
    return hit.role


def _governing(hits: Sequence[PlaceHit], tokens: Tokens, first: int) -> list[PlaceHit]:
    start = _sentence(tokens, first)
    same = [h for h in hits if start <= h.first < first]
    if not same or same[-1].kind in ("country", "capital", "governorate"):
        return []
    between = tokens.words[same[-1].after : first]
    return [] if any(w.fold in _THAT for w in between) else same[-1:]


def _sentence(tokens: Tokens, at: int) -> int:
    while at > 0 and not _ends(tokens, at - 1):
        at -= 1
    return at


def _fronted(hits: Sequence[PlaceHit], tokens: Tokens, first: int) -> list[PlaceHit]:
    """The place that opens the sentence, as in وفي حلب، …: it governs whatever follows."""
    start = _sentence(tokens, first)
    for hit in hits:
        if start <= hit.first <= start + 2 and hit.after <= first:
            follows = tokens.words[hit.after].fold if hit.after < len(tokens.words) else ""
            if follows in ("،", ":", "حيث", "فقد"):
                return [hit]
    return []


def _ends(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return word.kind == "line" or word.fold in (".", "!", "؟", "?")
