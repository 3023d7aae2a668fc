"""Whom or what a figure counts, when its own noun leaves that open: its list, its whole, or the nouns around tell."""

from __future__ import annotations

from typing import cast

from tawatur.claims.figures_context import Context
from tawatur.claims.figures_features import View
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_table import Noun, Table
from tawatur.lang.lexicon import Word
from tawatur.model import EventType, Outcome, Population

_BACK = 12
_FAR = 40  # tokens before a claim in which what it goes on counting stands
_RANKS_BEFORE = 7
_RANKS_AFTER = 3
#: What a new outcome in the same claim goes on counting: "20 soldiers were killed and 45 hurt".
_GROUPS = frozenset({"civilians", "soldiers", "fighters", "refugees", "displaced", "prisoners", "families"})
_THINGS = frozenset({"buildings", "facilities", "settlements", "trucks", "buses", "ambulances", "packages", "other"})
_CARE = ("evacuated", "reached")
_RELEASES = ("release", "agreement", "talks")
_MEASURES = ("percent", "hours", "days", "money")
#: Nouns that say what happened to people, not who they are.
_NAMELESS = ("population.dead", "population.victims", "population.hurt")
_FALLEN = ("population.dead", "population.hurt")  # of a side, when its name follows; victims may be of what it did


def population_of(c: Context, view: View, made: Table, done: list[Population]) -> Population:
    """The population of a figure; ``done`` are those of the claim's figures before it."""
    hit = c.hit
    whole = done[c.whole] if c.whole is not None and c.whole < len(done) else None
    if hit.population is not None:
        return _named(hit, view, whole, made)
    if whole is not None and whole not in _MEASURES:
        return whole
    previous = next((p for p in reversed(done) if p not in _MEASURES), None)
    if previous and c.own and previous not in _GROUPS and not hit.partitive:
        previous = "people" if hit.population is None and not _things(previous) else previous
    if hit.others and previous:
        return previous
    return _around(hit, view, made) or previous or _earlier(hit, view, made) or "people"


def _things(population: Population) -> bool:
    return population in _THINGS


def _named(hit: FigureHit, view: View, whole: Population | None, made: Table) -> Population:
    rule = hit.rules[-1] if hit.rules else ""
    if rule == "population.nationals" and whole is not None:
        return whole
    if hit.population == "people" and any(r in _NAMELESS for r in hit.rules):
        return _ranks(hit, view, made) or _losses(hit, view, made) or "people"
    return cast(Population, hit.population)


def _ranks(hit: FigureHit, view: View, made: Table) -> Population | None:
    """Whose ranks or losses words near the dead speak of; an armed side's when they do not say."""
    words = view.tokens.words
    for k in range(max(view.first, hit.first - _RANKS_BEFORE), min(view.after, hit.after + _RANKS_AFTER)):
        if words[k].cls.get("figures") == "ranks":
            noun = made.noun(words[k + 1]) if k + 1 < view.after else None
            if noun and noun.cls == "person" and noun.definite and noun.population in _GROUPS:
                return noun.population
            return (_side(words[k + 1]) if k + 1 < view.after else None) or "fighters"
    return None


def _side(word: Word) -> Population | None:
    """Whom the name of a body stands for."""
    body = word.by.get("figures")
    return cast("Population | None", body.entry.gives.get("population")) if body and body.entry.cls == "body" else None


def _losses(hit: FigureHit, view: View, made: Table) -> Population | None:
    """``the dead of the army are 45 dead``: the side whose dead the words before a figure count."""
    words = view.tokens.words
    for k in range(hit.first - 2, max(view.first - 1, hit.first - 1 - _BACK), -1):
        side = _side(words[k + 1])
        noun = made.noun(words[k]) if side else None
        if noun is not None and noun.form == "plural" and noun.rule in _FALLEN:
            return side
    return None


def _around(hit: FigureHit, view: View, made: Table) -> Population | None:
    """The plural noun before the number that it most likely counts; the nearest that names who they are."""
    general: Population | None = None
    for k in range(hit.first - 1, max(view.first - 1, hit.first - 1 - _BACK), -1):
        noun = made.noun(view.tokens.words[k])
        if noun is None or noun.form != "plural" or not _counted(noun, hit):
            continue
        if noun.population != "people" or noun.rule not in _NAMELESS:
            return noun.population
        general = general or _losses(hit, view, made) or noun.population
    return general


def _earlier(hit: FigureHit, view: View, made: Table) -> Population | None:
    """What the words before the claim speak of: "seven of them", or a bare number that goes on counting."""
    counted = {h.noun_at: h for h in view.hits if h.noun_at is not None and h.after <= view.first}
    feminine = view.tokens.words[hit.after - 1].fold.endswith("ها")
    for k in range(view.first - 1, max(-1, view.first - 1 - _FAR), -1):
        before, noun = counted.get(k), made.noun(view.tokens.words[k])
        if noun is None or noun.cls == "span" or not (before or noun.form == "plural"):
            continue
        population = before.population if before and before.population else noun.population
        if hit.partitive and (noun.cls == "thing") == feminine and population != "other":
            return population
        if not hit.partitive and before and population in _GROUPS:
            return population
    return None


def _counted(noun: Noun, hit: FigureHit) -> bool:
    return noun.cls == "person" or (hit.partitive and noun.cls == "thing")


def refined(
    c: Context, population: Population, outcome: Outcome, event_type: EventType, whole: Outcome | None
) -> Population:
    """The population once the outcomes of the figure and its whole are known: settled case 8 of the guide."""
    hit = c.hit
    if population == "wounded" and outcome == "injured":
        return hit.who or "people"
    if population == "patients" and outcome == "killed" and hit.noun.startswith("حال"):
        return "people"
    if hit.partitive and outcome in _CARE and whole == "injured":
        return "wounded"
    if outcome == "released" and event_type in _RELEASES and _unnamed(hit):
        return "prisoners"
    if outcome == "detained" and hit.population is None and population != "prisoners" and not hit.partitive:
        return "prisoners"
    return population


def _unnamed(hit: FigureHit) -> bool:
    """Whether the noun leaves open that those freed were captives."""
    return hit.population in (None, "fighters", "soldiers") or hit.rules[-1:] == ("population.nationals",)
