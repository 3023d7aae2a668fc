"""What a raw place means: a site, a place of unknown coordinates, a second mention of another, or no place at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from tawatur.claims.places_hits import AGAIN, PlaceHit, Raw, hit_of, known_from
from tawatur.claims.places_pick import Setting, fits
from tawatur.claims.places_words import DIMENSION, PlaceTable, cls_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.gazetteer import Site
from tawatur.lang.lexicon import Word, article
from tawatur.model import Role

#: Kinds whose single-word names are common words too: only after a preposition, a noun, or beside another place.
_WEAK = frozenset({"quarter", "site", "road", "square", "hill", "base", "bridge", "village", "river", "hospital"})
_LOCAL = _WEAK | {"prison", "dam", "port", "oilfield", "airport", "crossing", "camp"}
WIDE = frozenset({"governorate", "area", "country"})
_IN_TOWN = frozenset({"quarter", "site", "hospital", "area"})
_NEEDS_NAMED = frozenset({"area", "", "site", "hospital"})  # a bare one needs one named before
_TOWNS = frozenset({"city", "town", "capital", "camp", "village"})
_QUOTES = frozenset("\"'«“(")
_JOINS = frozenset("،-–/")
_MUCH = 4  # mentions from which on more tell nothing
_NEAR_KM = 250.0  # a weak name must lie this near to a place that is sure


@dataclass(slots=True)
class Scene:
    """What all places of a report are settled by; ``filed`` is where it was written, when a dateline tells."""

    table: PlaceTable
    setting: Setting
    told: Counter[str] = field(default_factory=Counter)  # how often the whole report names each site
    filed: PlaceHit | None = None

    def of_country(self, kind: str) -> Site | None:
        """The capital, or the country itself, of the country that most names are in."""
        return self.table.gazetteer.of_country.get((self.setting.leading(), kind))


def _bare_plural(raw: Raw, tokens: Tokens) -> bool:
    """Whether a second mention is a plural with nothing after it: houses and roads at large, no place."""
    sense = tokens.words[raw.after - 1].by.get(DIMENSION)
    return bool(sense and sense.form in ("plural", "dual") and raw.after - raw.first == 1 and not raw.wide)


def settled(raw: Raw, tokens: Tokens, hits: list[PlaceHit], scene: Scene) -> PlaceHit | None:
    """The place that a match makes after those before it, or None when it is none."""
    licence, role = _licence(raw, tokens, hits)
    if licence == "body":
        return None
    if raw.named:
        return _named(raw, tokens, hits, scene, licence, role)
    if raw.make != "unknown":
        return _again(raw, tokens, hits, scene, licence, role)
    word = tokens.words[raw.name]
    if cls_of(word) == "body":  # مقر وزارة الدفاع
        return None if raw.plural or licence != "place" else _in_town(hit_of(raw, tokens, None, role), hits, scene)
    known = raw.strict and (word.classes or DIMENSION in word.cls) and not (licence == "place" and article(word.fold))
    if raw.plural or known or _described(raw, tokens):
        return None
    return _in_town(hit_of(raw, tokens, None, role), hits, scene)


def _described(raw: Raw, tokens: Tokens) -> bool:
    """Whether the word after a feminine noun is an adjective like it, as in قرية مهجورة."""
    noun, word = tokens.words[raw.name - 1], tokens.words[raw.name]
    return word.raw.endswith(("ة", "ه")) and not word.fold.startswith("ال") and noun.raw.endswith(("ة", "ه"))


def _named(raw: Raw, tokens: Tokens, hits: list[PlaceHit], scene: Scene, licence: str, role: Role) -> PlaceHit | None:
    assert raw.named is not None
    site = scene.setting.pick(raw.named.kin, raw.kind)
    if raw.kind and not _may_be(raw, site, scene.setting):
        return _in_town(hit_of(raw, tokens, None, role), hits, scene)
    if not _accepted(raw, site, tokens, scene.setting, licence, hits):
        inner = raw.after - raw.name > 1 and site.kind != "country"
        noun = tokens.words[raw.name].gives(DIMENSION, "kind") if inner else None
        if not noun:
            return None
        hit = hit_of(raw, tokens, None, role)
        hit.kind = str(noun)
        return _in_town(hit, hits, scene)
    hit = hit_of(raw, tokens, site, role)
    hit.of_people = licence == "people"
    return hit


def _may_be(raw: Raw, site: Site, setting: Setting) -> bool:
    """Whether a name after a noun such as حي means the site, and no namesake far off or thing called after it."""
    if site.kind == "country":
        return raw.wide and raw.kind in ("", "area", "country")
    if not setting.votes or setting.home(site):
        return True
    return fits(raw.kind, site.kind) and site.kind not in _LOCAL


def _accepted(raw: Raw, site: Site, tokens: Tokens, setting: Setting, licence: str, hits: Sequence[PlaceHit]) -> bool:
    if raw.kind or raw.wide:
        return True
    if site.kind == "country" or (site.kind == "capital" and raw.prefix.endswith("ل")):
        return licence == "place" and not raw.prefix.endswith("ل")
    if (site.kind == "capital" and not licence) or (site.kind in _LOCAL and setting.votes and not setting.home(site)):
        return False
    assert raw.named is not None
    single = raw.named.after - raw.named.first == 1
    if single and ("times" in tokens.words[raw.named.first].cls or _bearing(tokens, raw.named.first)):
        return False
    if not raw.named.common and site.own and not (single and site.kind in _WEAK):
        return True
    if any(h.name == site.name for h in hits):
        return True
    if licence not in ("place", "people") or raw.prefix.endswith("ل") or not setting.home(site):
        return False
    return setting.near(site) - site.radius_km <= (_NEAR_KM if site.own else _NEAR_KM / 2)


def _bearing(tokens: Tokens, at: int) -> bool:
    """Whether a direction only tells where from something else a place lies, as in إلى الجنوب من المدينة."""
    follows = tokens.words[at + 1] if at + 1 < len(tokens.words) else None
    return cls_of(tokens.words[at]) == "dir" and follows is not None and follows.fold == "من"


def late(hit: PlaceHit, hits: list[PlaceHit], scene: Scene) -> PlaceHit:
    """A second mention or building whose town is named only later, or only in the dateline."""
    if hit.lat is not None or hit.kind not in (_IN_TOWN | _TOWNS if hit.rule == "place.again" else _IN_TOWN):
        return hit
    home = scene.setting.leading()
    towns = [h for h in hits if h.kind in _TOWNS and h.lat is not None and h.country == home]
    told = Counter(h.name for h in towns)
    town = max(towns, key=lambda h: told[h.name], default=scene.filed)
    return replace(hit, **known_from(hit, town)) if town else hit


def _in_town(hit: PlaceHit, hits: list[PlaceHit], scene: Scene) -> PlaceHit:
    """An unknown quarter, street or building with the coordinates of the town that the text speaks of."""
    if hit.kind not in _IN_TOWN:
        return hit
    towns = [h for h in hits if h.kind in _TOWNS and h.lat is not None]
    if not towns:
        return hit
    home = scene.setting.leading()

    def weight(h: PlaceHit) -> float:
        return 3 * (h.country == home) + min(scene.told[h.name or ""], _MUCH) + (h.name == towns[-1].name)

    return replace(hit, **known_from(hit, max(reversed(towns), key=weight)))


def _again(raw: Raw, tokens: Tokens, hits: list[PlaceHit], scene: Scene, licence: str, role: Role) -> PlaceHit | None:
    licence = licence or ("place" if raw.after > raw.name else "")  # told apart by an adjective
    if raw.bare == "never" or (raw.bare == "licensed" and not licence):
        return None
    hit = hit_of(raw, tokens, None, role)
    if _bare_plural(raw, tokens):
        return None
    if raw.kind in ("capital", "country"):
        site = scene.of_country(raw.kind)
        return hit_of(raw, tokens, site, role) if site else None
    back = _back(raw, hits, scene)
    if back is None:
        return hit if licence and raw.kind else None
    vague = raw.kind == "site" and raw.strict
    if (vague or (not licence and raw.kind in _NEEDS_NAMED)) and not _told(raw, tokens, hits):
        return None
    hit.name, hit.lat, hit.lon, hit.radius_km, hit.country = back.name, back.lat, back.lon, back.radius_km, back.country
    return hit


def _told(raw: Raw, tokens: Tokens, hits: list[PlaceHit]) -> bool:
    """Whether a place called by the same noun has been named, as سجن حلب before السجن."""
    noun = tokens.words[raw.name - 1].fold.removeprefix("و").removeprefix("ال")
    return any(tokens.words[at].fold.endswith(noun) for hit in hits for at in range(hit.first, hit.after))


def _licence(raw: Raw, tokens: Tokens, hits: list[PlaceHit]) -> tuple[str, Role]:
    """What stands before: ``place`` makes the name a place, ``people`` and ``body`` a part of theirs; and the role."""
    if raw.prefix.endswith("ب"):
        return "place", "at"
    if raw.prefix.endswith("ل"):
        return "place", "to"
    at = raw.first - 1
    while at >= 0 and tokens.words[at].fold in _QUOTES:
        at -= 1
    before = tokens.words[at] if at >= 0 else None
    joins = raw.prefix == "و" or (before is not None and before.fold in _JOINS)
    if hits and joins and hits[-1].after in (raw.first, at):
        return "place", hits[-1].role
    if raw.prefix or before is None or before.kind == "line":
        return ("place" if not raw.prefix and _colon(tokens, raw.after) else ""), "at"
    return _licence_of(before)


def _licence_of(before: Word) -> tuple[str, Role]:
    cls = cls_of(before)
    if cls == "prep":
        return "place", cast(Role, before.gives(DIMENSION, "role"))
    if cls == "moves":
        return "place", "at"
    construct = cls in ("body", "people") and not article(before.fold)
    return (cls if construct else ""), "at"


def _colon(tokens: Tokens, at: int) -> bool:
    return at < len(tokens.words) and tokens.words[at].fold == ":"


def _back(raw: Raw, hits: Sequence[PlaceHit], scene: Scene) -> PlaceHit | None:
    """The place that a second mention points to: of a fitting kind, in the report's country, much spoken of, lately."""
    near = [h for h in hits if h.lat is not None and h.kind != "country" and scene.setting.votes.get(h.country)]
    parts = raw.kind == "quarter" and (raw.plural or raw.after > raw.name)  # الأحياء الشرقية, of the town
    fitting = [h for h in near if fits("city" if parts else raw.kind, h.kind)]
    if not fitting and raw.kind not in ("governorate", "airport"):
        fitting = [h for h in near if h.kind not in WIDE]
    if not fitting:
        return scene.filed if raw.kind not in WIDE else None
    home, again = scene.setting.leading(), Counter(h.name for h in near if h.rule == AGAIN)

    def weight(h: PlaceHit) -> int:
        told = scene.told[h.name or ""] + again[h.name]
        return 3 * (h.country == home) + min(told, _MUCH) + (h.name == fitting[-1].name)

    return max(reversed(fitting), key=weight)
