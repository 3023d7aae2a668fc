"""Tokens to figures: every quantity of a text with its bounds, and, for a claim, what happened to what it counts."""

from __future__ import annotations

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_leavers import leavers
from tawatur.claims.figures_licence import Licence
from tawatur.claims.figures_phrase import Phrases
from tawatur.claims.figures_settle import settle
from tawatur.claims.figures_table import Table, table
from tawatur.claims.numbers import read
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack

__all__ = ["FigureHit", "find", "settle"]

_YEARS = range(1300, 2101)  # of both calendars


def find(tokens: Tokens, pack: Pack) -> list[FigureHit]:
    """Every figure of the text in text order; dates, ages, clock times and numbers that name are left out."""
    made = table(pack)
    string = made.grammar.string(tokens)
    starts = made.starting(tokens)
    if not starts:
        return []
    bounds, never = _ruled(made, string, tokens)
    phrases = Phrases(tokens, made, string, bounds)
    licence = Licence(phrases)
    hits: list[FigureHit] = []
    floor = 0
    for at in sorted({*starts, *(at for at in never if string[at] in made.starts)}):
        if at < floor:
            continue
        if at in never:
            floor = _past(tokens, at)
            continue
        hit = _hit(phrases, licence, at, hits)
        if hit and hit.first >= floor:
            hits.append(hit)
            floor = hit.after
    leavers(pack).mark(hits, tokens)
    return hits


def _past(tokens: Tokens, at: int) -> int:
    value = read(tokens, at)
    return value.after if value else at + 1


def _hit(phrases: Phrases, licence: Licence, at: int, before: list[FigureHit]) -> FigureHit | None:
    hit = phrases.number(at)
    if hit:
        return hit if licence.number(hit, before) else None
    if phrases.is_(at, "one_of"):
        return phrases.singular(at, None)
    noun = phrases.noun(at)
    if noun is None:
        return None
    if noun.form == "dual":
        return phrases.dual(at, noun) if licence.dual(at, noun) else None
    if noun.form == "singular" and noun.cls == "person" and licence.singular(at, noun, before):
        return phrases.singular(at, noun)
    return None


def _is_year(tokens: Tokens, at: int) -> bool:
    value = read(tokens, at)
    return value is not None and value.low == value.high and value.low in _YEARS


def _ruled(made: Table, string: str, tokens: Tokens) -> tuple[dict[int, tuple[int, str, str]], set[int]]:
    """What the pack's rules say: bounds by the token after them, and tokens that are no figure."""
    bounds: dict[int, tuple[int, str, str]] = {}
    never: set[int] = set()
    for hit in made.grammar.hits(string):
        if hit.rule.make == "never":
            first, after = hit.match.span("num")
            if not hit.rule.gives.get("year") or _is_year(tokens, first):
                never.update(range(first, after))
            continue
        first, after = hit.match.span("at" if "at" in hit.match.re.groupindex else 0)
        if after not in bounds or first <= bounds[after][0]:
            bounds[after] = (first, hit.rule.make, hit.rule.id)
    return bounds, never
