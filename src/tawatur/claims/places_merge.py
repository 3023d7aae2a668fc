"""Places written as one: with what they lie in, ``مخيم الهول في محافظة الحسكة``, or theirs, ``الفلوجة ومحيطها``."""

from __future__ import annotations

from dataclasses import replace

from tawatur.claims.places_hits import AGAIN, NAMED, SITED, PlaceHit, known_from
from tawatur.claims.places_meaning import WIDE
from tawatur.claims.places_words import DIMENSION, cls_of, suffix_of
from tawatur.claims.tokens import Tokens

_DASHES = ("-", "–", "—")


def merged(hits: list[PlaceHit], tokens: Tokens) -> list[PlaceHit]:
    """The places of a report, those that the text writes as one made one."""
    out: list[PlaceHit] = []
    for hit in hits:
        held = out[-1] if out else None
        if held and _one(held, hit, tokens):
            second = held.rule == AGAIN and hit.rule == NAMED
            known = {key: getattr(hit, key) for key in SITED} if second else known_from(held, hit)
            text = tokens.text[held.start : hit.end]
            out[-1] = replace(held, after=hit.after, end=hit.end, text=text, **known)
        else:
            out.append(hit)
    return out


def _one(held: PlaceHit, hit: PlaceHit, tokens: Tokens) -> bool:
    words = tokens.words
    gap = hit.first - held.after
    if gap == 1 and words[held.after].fold in _DASHES:
        return bool(words[held.first].gives(DIMENSION, "road")) and held.rule == hit.rule == NAMED
    if gap == 1 and cls_of(words[held.after]) == "prep" and words[held.after].gives(DIMENSION, "within"):
        return _within(held, hit, tokens)
    if gap:
        return False
    prefix = tokens.text[tokens.starts[hit.first] : hit.start]
    if hit.rule == AGAIN and cls_of(words[hit.first]) == "rel" and suffix_of(words[hit.first]):
        return True
    if held.rule == AGAIN and hit.rule == NAMED and not prefix:
        return held.kind == "capital" or bool(suffix_of(words[held.after - 1])) or _with_lam(hit, tokens)
    if _with_lam(hit, tokens) or prefix == "ل":
        return held.rule == AGAIN
    return _within(held, hit, tokens) if prefix == "ب" else not prefix and _wide_part(held, hit, tokens)


def _with_lam(hit: PlaceHit, tokens: Tokens) -> bool:
    return tokens.words[hit.first].fold.startswith("لل")


def _within(held: PlaceHit, hit: PlaceHit, tokens: Tokens) -> bool:
    if held.rule == AGAIN and hit.rule == NAMED:
        return held.kind in ("quarter", "hospital", "area")
    part = cls_of(tokens.words[hit.first]) in ("dir", "rel")
    return held.kind not in _TOPS and hit.kind in WIDE and (part or hit.kind == "governorate")


def _wide_part(held: PlaceHit, hit: PlaceHit, tokens: Tokens) -> bool:
    cls = cls_of(tokens.words[hit.first])
    pointing = hit.rule == AGAIN and held.rule != AGAIN and cls == "dir"  # تلة السلال شرقي المدينة
    return held.kind not in _TOPS and (pointing or (hit.kind in WIDE and cls in ("dir", "rel")))


_TOPS = frozenset({"country", "governorate", "capital"})
