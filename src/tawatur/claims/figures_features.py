"""What the small linear models see of a figure: words of the text, their classes, and pairs of them."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.claims.figures_context import Context, Cue
from tawatur.claims.figures_licence import outcomes_of
from tawatur.claims.tokens import Tokens
from tawatur.model import EventType, Outcome, Population, Status

_BUCKETS = (1, 2, 4, 8)
_SO_FAR = ("since", "upto", "change", "measure")
_CLAIM = 40


def _bucket(distance: int) -> str:
    return str(next((b for b in _BUCKETS if distance < b), 9))


class View:
    """A claim as its figures' features see it; made once a claim."""

    def __init__(self, tokens: Tokens, first: int, after: int, event_type: EventType, status: Status) -> None:
        self.tokens, self.first, self.after = tokens, first, after
        self.event_type, self.status = event_type, status
        words = tokens.words[first : min(after, first + _CLAIM)]
        self.cues = sorted({o for w in words for o in outcomes_of(w)[:1]})
        self.time = sorted({w.cls["figures"] for w in words if w.cls.get("figures") in _SO_FAR})
        self.bag = [f"w={w.bare}" for w in words if w.kind == "word"]

    def fold(self, at: int) -> str:
        """The bare word at a token; a number is ``#``, outside the claim ``^`` or ``$``."""
        if at < self.first:
            return "^"
        if at >= self.after:
            return "$"
        word = self.tokens.words[at]
        return "#" if word.kind == "number" else word.bare


def outcome_features(
    view: View, c: Context, population: Population, rule: Outcome, before: Outcome | None
) -> Iterator[str]:
    """For the outcome model."""
    hit, event = c.hit, view.event_type
    pop = f"p={population}"
    yield from ("1", f"e={event}", pop, f"{pop}&e={event}", f"r={rule}", f"r={rule}&e={event}", f"r={rule}&{pop}")
    yield from (f"s={view.status}", f"s={view.status}&e={event}", f"n={hit.outcome}", f"n={hit.outcome}&e={event}")
    yield f"k={hit.kind}&{hit.noun_cls}"
    if before and (c.listed or c.whole is not None or not c.own):
        link = "l" if c.listed else "w" if c.whole is not None else "o"
        yield from (f"{link}={before}", f"{link}{bool(c.own)}={before}&{pop}")
    yield from _cues("b", c.before, pop, event)
    yield from _words(view, c)
    yield f"{hit.noun_cls}&e={event}"
    yield from _cues("a", c.after, pop, event)
    for cue in c.own:
        yield f"own={cue.outcomes[0]}"
    yield f"nown={len(c.own)}"
    for name in view.cues:
        yield f"any={name}"
        yield f"any={name}&e={event}"
    for k in (1, 2, 3):
        yield f"w-{k}={view.fold(hit.first - k)}"
        yield f"w+{k}={view.fold(hit.after + k - 1)}"
    if hit.noun_at is not None:
        yield f"noun={view.fold(hit.noun_at)}"
    yield f"first={c.index == 0}&e={event}"


def _words(view: View, c: Context) -> Iterator[str]:
    for cue in c.before[:1]:
        yield f"gov={view.fold(cue.at)}"
    for cue in c.after[:1]:
        yield f"then={view.fold(cue.at)}"
    for outcome in {o for cue in c.after for o in cue.outcomes[:1]}:
        yield f"later={outcome}&e={view.event_type}"


def _cues(side: str, cues: list[Cue], pop: str, event: str) -> Iterator[str]:
    if not cues:
        yield f"{side}0=-"
        yield f"{side}0=-&e={event}"
    for n, cue in enumerate(cues[:2]):
        for outcome in cue.outcomes:
            yield f"{side}{n}={outcome}"
            yield f"{side}{n}={outcome}&d={_bucket(cue.distance)}"
            if n == 0:
                yield f"{side}0={outcome}&{pop}"
                yield f"{side}0={outcome}&e={event}"
                yield f"{side}0={outcome}&v={cue.verb}"


def cumulative_features(
    view: View, c: Context, population: Population, outcome: Outcome, before: bool
) -> Iterator[str]:
    """For the model of running totals."""
    hit, event = c.hit, view.event_type
    yield from ("1", f"e={event}", f"o={outcome}&e={event}", f"p={population}", f"s={view.status}", f"k={hit.kind}")
    yield f"many={_size(hit.low or hit.high or 0)}&e={event}"
    yield f"many={_size(hit.low or hit.high or 0)}"
    if c.index:
        yield f"before={before}"
        yield f"before={before}&listed={c.listed}{c.whole is not None}"
    for name in view.time:
        yield f"time={name}"
        yield f"time={name}&e={event}"
    yield from view.bag
    for k in (1, 2, 3):
        yield f"w-{k}={view.fold(hit.first - k)}"
        yield f"w+{k}={view.fold(hit.after + k - 1)}"


def _size(value: float) -> int:
    return len(str(int(value)))
