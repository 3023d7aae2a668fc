"""The words around a claim's figures: cues before and after each, and which of them includes which."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_told import Told
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word

_REACH = 14
_AFTER = 12
_LIST_GAP = 2
_ANDS = ("و", "وب", "ول", "(", "او")


@dataclass(slots=True)
class Cue:
    """A word that tells an outcome, seen from a figure."""

    outcomes: tuple[str, ...]
    distance: int
    at: int
    verb: bool
    weak: bool


@dataclass(slots=True)
class Context:
    """A figure in its claim."""

    hit: FigureHit
    index: int
    before: list[Cue] = field(default_factory=list)
    after: list[Cue] = field(default_factory=list)
    own: tuple[Cue, ...] = ()  # cues between the figure before and this one
    whole: int | None = None  # index of the figure that includes it
    listed: bool = False  # goes on a list with the figure before
    near: list[tuple[str, Word]] | None = None  # the words beside it, once they were asked for


def contexts(
    hits: list[FigureHit], tokens: Tokens, first: int, after: int, telling: list[tuple[int, Told]]
) -> list[Context]:
    """The context of each figure of a claim, in text order; ``telling`` are the claim's words that tell outcomes."""
    out: list[Context] = []
    for n, hit in enumerate(hits):
        made = Context(hit, n)
        floor = hits[n - 1].after if n else first
        made.before = _before(telling, hit.first - 1)
        made.after = _after(telling, hit.after, min(after, hits[n + 1].first if n + 1 < len(hits) else after))
        made.own = tuple(cue for cue in made.before if cue.at >= floor)
        made.listed = bool(n) and not made.own and _joined(tokens, floor, hit.first)
        made.whole = _whole(out, hits, n, tokens, first)
        out.append(made)
    return out


def _before(telling: list[tuple[int, Told]], at: int) -> list[Cue]:
    floor = at - _REACH
    cues = [Cue(told.outcomes, at - k, k, told.verb, told.weak) for k, told in telling if floor < k <= at]
    cues.reverse()
    return cues


def _after(telling: list[tuple[int, Told]], at: int, end: int) -> list[Cue]:
    end = min(end, at + _AFTER)
    return [Cue(told.outcomes, k - at, k, told.verb, told.weak) for k, told in telling if at <= k < end]


def _joined(tokens: Tokens, floor: int, first: int) -> bool:
    """Whether only a conjunction or little else stands between two figures."""
    between = tokens.words[floor:first]
    if not between:
        return tokens.words[first].fold[:1] == "و"
    return len(between) <= _LIST_GAP and all(word.fold in _ANDS or _is(word, "and") for word in between)


def _whole(done: list[Context], hits: list[FigureHit], n: int, tokens: Tokens, first: int) -> int | None:
    hit = hits[n]
    if n + 1 < len(hits) and hits[n + 1].out_of and hits[n + 1].first - hit.after <= _LIST_GAP + 1:
        return n + 1
    if not n:
        return None
    floor = max(first, done[-1].hit.after)
    told = any(_is(tokens.words[k], "among", "of_them") for k in range(floor, hit.first))
    marked = told or _among(tokens, floor, hit.first)
    if marked or hit.partitive:
        return _fitting(done, hit, partitive=hit.partitive and not marked)
    if hit.kind in ("fraction", "percent") and _theirs(tokens, hit):
        return _fitting(done, hit, partitive=True)
    previous = done[-1]
    if previous.whole is not None and previous.whole < n and _joined(tokens, floor, hit.first):
        return previous.whole if _fits(done[previous.whole].hit, hit) else None
    return None


def _theirs(tokens: Tokens, hit: FigureHit) -> bool:
    words = tokens.words[hit.head : hit.after + 1]
    return any(w.fold.endswith(("هم", "ها", "هن")) for w in words)


def _fitting(done: list[Context], hit: FigureHit, *, partitive: bool) -> int | None:
    for other in reversed(done):
        if partitive and other.hit.partitive:
            continue
        if other.hit.noun_cls != "span" and _fits(other.hit, hit):
            return other.index
    return None


def _fits(whole: FigureHit, part: FigureHit) -> bool:
    if part.population == "percent":
        return whole.population != "percent"
    if whole.population == "percent":
        return False
    size = whole.high if whole.high is not None else None
    return size is None or (part.low or 0) <= size


def _among(tokens: Tokens, floor: int, first: int) -> bool:
    """``among the wounded five policemen``: a preposition and the noun right before the number."""
    if first - floor < _LIST_GAP or not _is(tokens.words[first - 2], "between"):
        return False
    return "populations" in tokens.words[first - 1].by


def _is(word: Word, *classes: str) -> bool:
    return word.cls.get("figures") in classes
