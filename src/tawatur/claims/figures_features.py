"""What the linear models see of a figure: parts, each of which stands for some named features.

A part is a tuple whose first member names its kind; ``expand`` turns it into features. A feature with an outcome
beside it is a relation: its one weight counts for that outcome, whichever it is ("the nearest cue before says so").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tawatur.claims.features import cues_of
from tawatur.claims.figures_context import Context, Cue
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_table import Table
from tawatur.claims.figures_told import Told, outcomes_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.inflect import light_stem
from tawatur.lang.lexicon import Word
from tawatur.model import EventType, Outcome, Population, Status

Part = tuple[object, ...]
#: A feature's name, and for a relation the outcome that it speaks for.
Feature = tuple[str, str | None]

_DISTANCE = ("1", "1", "2", "4", "4", "9", "9", "9", "9", "f", "f", "f", "f", "f")  # words between figure and cue
_SO_FAR = ("change", "measure", "since", "upto")  # in the order of their names
_CLAIM = 40  # words of a claim that are looked at
_NEAR = 3  # words before and after a figure whose place counts
_SIDE = 8  # words before and after a figure that count whatever their place
_BEFORE = tuple(f"-{k}" for k in range(1, _NEAR + 1))
_AFTER = tuple(f"+{k}" for k in range(1, _NEAR + 1))
_CUES_BEFORE, _CUES_AFTER, _READINGS = 3, 2, 2
_SIDES, _FAR_SIDES = ("b0", "b1", "b2"), ("far0", "far1", "far2")
_GROUPS = {
    **dict.fromkeys(("buses", "trucks", "ambulances", "vehicles", "convoys"), "vehicles"),
    **{
        name: name
        for name in ("strikes", "munitions", "hours", "days", "money", "percent", "tonnes", "packages", "other",
                     "settlements", "buildings", "facilities")
    },
}  # fmt: skip


@dataclass(slots=True)
class Seen:
    """All that a model sees of one figure: parts, and words by their place beside it."""

    parts: list[Part]
    words: list[tuple[str, Word]]


@dataclass(slots=True, eq=False)
class View:
    """A claim as its figures' features see it; made once a claim."""

    tokens: Tokens
    first: int
    after: int
    event_type: EventType
    status: Status
    hits: tuple[FigureHit, ...] = ()  # the quantities of the whole text, for what a claim leaves open
    near: EventType | None = None  # the type that the claim may be of as well
    telling: list[tuple[int, Told]] = field(default_factory=list)  # the words that tell outcomes, once looked at
    cues: tuple[str, ...] = ()
    time: tuple[str, ...] = ()

    @property
    def words(self) -> list[Word]:
        """The claim's words, the first forty."""
        return self.tokens.words[self.first : min(self.after, self.first + _CLAIM)]

    def look(self, table: Table) -> None:
        """Note what the claim's words tell, and which of them count up to now."""
        end = min(self.after, self.first + _CLAIM)
        self.telling = table.telling.words(self.tokens, self.first, self.after)
        self.cues = tuple(sorted({told.outcomes[0] for at, told in self.telling if at < end}))
        find, chars = table.grammar.string(self.tokens).find, table.chars
        self.time = tuple([name for name in _SO_FAR if name in chars and find(chars[name], self.first, end) >= 0])


def outcome_seen(view: View, c: Context, population: Population, rule: Outcome, before: Outcome | None) -> Seen:
    """For the outcome model."""
    hit, group = c.hit, _GROUPS.get(population, "persons")
    parts: list[Part] = [("figure", population, rule, hit.outcome, hit.kind, hit.noun_cls, hit.partitive)]
    floor = c.own[-1].at if c.own else view.after
    for n, cue in enumerate(c.before[:_CUES_BEFORE]):
        side = _SIDES[n] if cue.at >= floor else _FAR_SIDES[n]
        parts.append((*_cue(side, cue), group if n == 0 else ""))
    for n, cue in enumerate(c.after[:_CUES_AFTER]):
        side = f"a{n}{'' if c.own else '-'}{'^' if c.index == 0 else ''}"
        parts.append((*_cue(side, cue), group if n == 0 else ""))
    parts.append(("any", bool(c.before), bool(c.after), view.cues))
    if before:
        parts.append(("previous", "l" if c.listed else "w" if c.whole is not None else "x" if c.own else "o", before))
    words = c.near = _around(view, c)
    if hit.noun_at is not None:
        words = [*words, ("noun", view.tokens.words[hit.noun_at])]
    parts.append(("claim", view.event_type, view.status, group, view.near))
    return Seen(parts, [*words, *_beside(view, hit)])


def _cue(side: str, cue: Cue) -> Part:
    return "cue", side, cue.outcomes[:_READINGS], _DISTANCE[cue.distance], cue.verb, cue.weak


def _around(view: View, c: Context) -> list[tuple[str, Word]]:
    words, first, after = view.tokens.words, c.hit.first, c.hit.after
    before, behind = words[max(view.first, first - _NEAR) : first], words[after : min(view.after, after + _NEAR)]
    return [*zip(_BEFORE, before[::-1], strict=False), *zip(_AFTER, behind, strict=False)]


def _beside(view: View, hit: FigureHit) -> list[tuple[str, Word]]:
    words = view.tokens.words
    before = words[max(view.first, hit.first - _SIDE) : hit.first]
    behind = words[hit.after : min(view.after, hit.after + _SIDE)]
    return [("<", word) for word in before] + [(">", word) for word in behind]


def cumulative_seen(view: View, c: Context, population: Population, outcome: Outcome, before: bool) -> Seen:
    """For the model of running totals."""
    size = len(str(int(c.hit.low or c.hit.high or 0)))
    linked = f"{before}{c.listed}{c.whole is not None}" if c.index else ""
    about: Part = ("total", outcome, population, c.hit.kind, size, view.status, view.time, linked)
    return Seen([about], c.near or _around(view, c))


def expand(part: Part) -> Iterator[Feature]:
    """The features that a part stands for."""
    kind, *rest = part
    yield from _EXPAND[str(kind)](*rest)


def _figure(population: str, rule: str, noun: str | None, kind: str, cls: str, partitive: bool) -> Iterator[Feature]:
    group = _GROUPS.get(population, "persons")
    names = ("bias", f"p={population}", f"g={group}", f"r={rule}", f"n={noun}", f"k={kind}{cls}", f"r={rule}&g={group}")
    yield from ((name, None) for name in names)
    if partitive:
        yield "of them", None
    yield "rule", rule
    if noun:
        yield from (("noun", noun), (f"noun&{population}", noun))


def _told(side: str, outcomes: tuple[str, ...], distance: str, verb: bool, weak: bool, group: str) -> Iterator[Feature]:
    for m, outcome in enumerate(outcomes):
        about = f"{side}.{m}"
        yield from ((about, outcome), (f"{about}&{distance}", outcome), (f"{about}&v{verb:d}w{weak:d}", outcome))
        if group:
            where = side[0] if side[0] == "a" else "b"
            yield from ((f"{where}={outcome}&g={group}", None), (f"{where}={outcome}", None))


def _any(before: bool, after: bool, cues: tuple[str, ...]) -> Iterator[Feature]:
    if not before:
        yield "nothing before", None
    if not after:
        yield "nothing after", None
    for outcome in cues:
        yield from (("any", outcome), (f"any={outcome}", None))


def _claim(event_type: str, status: str, group: str, near: str | None) -> Iterator[Feature]:
    yield f"s={status}", None
    for kind in (event_type, near) if near else (event_type,):
        yield from ((f"t={kind}", None), (f"t={kind}&g={group}", None))


def _previous(link: str, outcome: str) -> Iterator[Feature]:
    yield from ((f"{link} previous", outcome), (f"{link} previous={outcome}", None))


def _total(
    outcome: str, population: str, kind: str, size: int, status: str, time: tuple[str, ...], linked: str
) -> Iterator[Feature]:
    names = ["bias", f"o={outcome}", f"p={population}", f"k={kind}", f"many={size}", f"many={size}&o={outcome}"]
    names += [f"s={status}", *(f"time={name}" for name in time), *(f"time={name}&o={outcome}" for name in time)]
    if linked:
        names += [f"before={linked[0]}", f"before={linked}"]
    yield from ((name, None) for name in names)


_EXPAND: dict[str, Callable[..., Iterator[Feature]]] = {
    "figure": _figure,
    "cue": _told,
    "any": _any,
    "claim": _claim,
    "previous": _previous,
    "total": _total,
}


def word_names(word: Word) -> tuple[str, ...]:
    """The features of one word near a figure, without its place."""
    held = word.notes.get("near figures")
    if held is None:
        held = word.notes["near figures"] = tuple(dict.fromkeys(_names(word)))
    return held  # type: ignore[return-value]  # notes hold what each table puts there


def _names(word: Word) -> Iterator[str]:
    if word.kind != "word":
        yield f"k={word.fold if word.kind == 'mark' else word.kind}"
        return
    yield from (f"w={word.bare}", f"st={light_stem(word.bare)}")
    yield from names_told(word)


def names_told(word: Word) -> Iterator[str]:
    """The features of what the pack's lists tell of a word near a figure."""
    yield from (f"o={outcome}" for outcome in outcomes_of(word))
    yield from (f"c={cue}" for cue in cues_of(word))
    if "figures" in word.cls:
        yield f"x={word.cls['figures']}"
    if "populations" in word.by:
        yield f"p={word.by['populations'].entry.gives['population']}"
