"""Tokens to places: names with what the gazetteer knows, and the places of one claim with their roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tawatur.claims import confidence
from tawatur.claims.places_governing import Asked, Ground, Told, governing
from tawatur.claims.places_hits import AGAIN, PlaceHit, Raw, raws_of
from tawatur.claims.places_meaning import Scene, late, settled
from tawatur.claims.places_merge import merged
from tawatur.claims.places_pick import Setting, fits
from tawatur.claims.places_words import DIMENSION, PlaceTable, cls_of
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.pack import Pack
from tawatur.model import Place, Role

__all__ = ["Asked", "Ground", "PlaceHit", "Told", "find", "fired", "settle"]

_HEAD = 40  # tokens in which a dateline stands
_AFTER_DATELINE = frozenset("-–—/(")
_AFTER_FRONTED = frozenset("،:")
_OVER = frozenset({"governorate", "area", "city", "capital", "town"})
_MOVES = frozenset({"evacuation", "displacement", "withdrawal", "return", "mobilisation"})


def find(tokens: Tokens, pack: Pack, country_hint: str | None = None) -> list[PlaceHit]:
    """All places of a report's tokens in text order, second mentions with the coordinates of what they point to.

    ``country_hint`` is the ISO code of a country that counts like a name in the text when namesakes compete.
    """
    table = PlaceTable.of(pack)
    string, names = table.string(tokens)
    if not names and not table.triggered(string):
        return []
    sure = [n.kin for n in names.values() if not n.common]
    told = Counter([name for n in names.values() for name in n.kin.names])
    scene = Scene(table, Setting(sure, country_hint), told)
    hits: list[PlaceHit] = []
    for raw in raws_of(table, tokens, string, names):
        hit = settled(raw, tokens, hits, scene)
        if hit and _dateline(raw, tokens):
            scene.filed = scene.filed or hit
        elif hit:
            hits.append(hit)
    return merged([late(hit, hits, scene) for hit in hits], tokens)


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of the words, and rules with the place's text, for the check of examples."""
    tokens = tokenise(text, pack.lexicon)
    hits = find(tokens, pack)
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension == DIMENSION}
    texts = [h.text for h in hits] or [""]
    return [(h.rule, h.text) for h in hits] + [(word, text) for word in sorted(words) for text in texts]


def settle(asked: Asked) -> tuple[Place, ...]:
    """The places of a claim's tokens; when it names none, the one that governs it from before (guide, rule 6)."""
    own = asked.ground.within(asked.first, asked.after)
    if own:
        kept = [h for h in own if not h.of_people] or own
        if len(own) > 1:
            kept = [h for h in kept if not _said_twice(h, kept)]
        told = [h.place(_role(h, asked.event_type), "own") for h in kept]
        over = _over(asked, kept)
        return (*told, over.place("at", "fronted")) if over else tuple(told)
    if fronted := _fronted(asked.ground, asked.first):
        return (fronted.place("at", "fronted"),)
    found, odds = governing(asked)
    return (found.place("at", "governing", confidence.lead(odds)),) if found else ()


def _over(asked: Asked, own: Sequence[PlaceHit]) -> PlaceHit | None:
    """The wider place that opens the sentence of a claim with places of its own, unless a speaker stands there."""
    found = _fronted(asked.ground, asked.first)
    if found is None or found.kind not in _OVER or any(h.name == found.name for h in own):
        return None
    speaks = asked.said is not None and asked.said[1] >= found.after
    return None if speaks else found


def _said_twice(hit: PlaceHit, own: Sequence[PlaceHit]) -> bool:
    """Whether a bare second mention, المدينة, points to what the same claim names; parts of that are places too."""
    if hit.rule != AGAIN or hit.after - hit.first > 1 or not hit.text.startswith("ال"):
        return False
    return any(h.name == hit.name and h.rule != AGAIN and fits(hit.kind, h.kind) for h in own)


def _dateline(raw: Raw, tokens: Tokens) -> bool:
    """Whether a name only tells where the report was filed: it opens a line and a dash, slash or bracket follows."""
    opens = raw.first == 0 or tokens.words[raw.first - 1].kind == "line"
    follows = tokens.words[raw.after].fold if raw.after < len(tokens.words) else ""
    return opens and raw.make == "named" and not raw.kind and raw.first < _HEAD and follows in _AFTER_DATELINE


def _role(hit: PlaceHit, event_type: str) -> Role:
    return "at" if hit.role == "from" and event_type not in _MOVES else hit.role


def _fronted(ground: Ground, first: int) -> PlaceHit | None:
    """The place that opens the sentence, as in وفي حلب، …: it governs whatever follows."""
    words, start = ground.tokens.words, ground.sentence(first)
    for hit in ground.within(start, start + 3):
        if hit.after <= first and hit.after < len(words):
            follows = words[hit.after]
            if follows.fold in _AFTER_FRONTED or cls_of(follows) == "where":
                return hit
    return None
