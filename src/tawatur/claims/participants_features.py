"""What the models see of one who may take part, in groups that each depend on a short key; and the models at work.

A row is one complex number: its real part speaks for an actor, its imaginary part for somebody affected. What a group
adds is worked out once for each key and type of event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import NamedTuple

from tawatur.claims.linear import Linear
from tawatur.claims.participants_words import Part

Key = tuple[str | int | bool, ...]
_MOST = 65_536  # keys remembered
_SERIAL = count()


class Head(NamedTuple):
    """A noun that may head the name of one who takes part, in a clause: itself, its neighbours, and where it stands."""

    part: Part
    left: Part | None
    second: Part | None
    right: Part | None
    spot: Key  # governor, heads between, preposition, kind of head, first governor, heads before
    history: Key  # actors and affected so far, what it is joined to, kind of head, is the speaker named so
    extra: tuple[Key, ...]  # of the figure that it counts, the place that it names, the body


class Outside(NamedTuple):
    """One named outside the clause who may be its actor: the speaker, the actor carried over, or a noun before it."""

    kind: str  # speaker, carried, before
    opening: Part  # the first word of the clause
    part: Part | None  # of a noun: itself, the word before it, the word before the clause
    left: Part | None
    border: Part | None
    spot: Key


def of_head(head: Head) -> Iterator[str]:
    """Names of all features of a head, without those crossed with the type."""
    yield from head.part.head
    yield from head.left.left if head.left else ("p=^",)
    yield from head.second.second if head.second else ()
    yield from head.right.right if head.right else ("n=$",)
    for key in (("spot", *head.spot), ("history", *head.history), *head.extra):
        yield from of_key(key)


def of_outside(one: Outside) -> Iterator[str]:
    """Names of all features of one outside the clause."""
    yield from (f"{one.kind}{name}" for name in one.opening.opening)
    if one.part is not None:
        yield from one.part.before
    if one.left is not None:
        yield from (f"s{name}" for name in one.left.left)
    if one.border is not None:
        yield from (f"b{name}" for name in one.border.left)
    yield from of_key((one.kind, *one.spot))


def of_key(key: Key) -> Iterator[str]:
    """Names of the features of a group with a key: what the group is, then its values."""
    return _GROUPS[str(key[0])](*key[1:])


def typed(names: Iterable[str], event_type: str) -> Iterator[str]:
    """The features, and each of them with the type of event."""
    for name in names:
        yield name
        yield f"{event_type}&{name}"


def _spot(governor: str, slot: int, prep: str, broad: str, first: str, before: int) -> Iterator[str]:
    kind, before = governor.partition(":")[0], min(before, 3)
    yield f"governor={governor}"
    yield f"governor={governor}/{slot}/{bool(prep)}"
    yield f"governor={governor}/{prep}"
    yield f"slot={kind}/{slot}/{prep}"
    yield f"slot={kind}/{slot}/{prep}/{broad}"
    yield f"slot={slot}"
    yield f"first={first}"
    yield f"nth={before}/{kind}"
    yield f"nth={before}/{broad}"


def _history(actors: int, affected: int, joined: str, broad: str, speaks: bool) -> Iterator[str]:
    yield f"actors={actors}"
    yield f"affected={affected}"
    yield f"speaks={speaks}"
    if joined:
        yield f"joined={joined}"
        yield f"joined={joined}/{broad}"


def _figure(outcome: str, population: str) -> Iterator[str]:
    yield "counted"
    yield f"outcome={outcome}"
    yield f"population={population}"


def _place(kind: str, opens: bool, role: str) -> Iterator[str]:
    yield f"place={kind}/{opens}"
    yield f"role={role}"


def _body(kind: str) -> Iterator[str]:
    yield "body"
    yield f"body={kind}"


def _speaker(scope: str, stance: str, inside: bool, links: int, opening: str) -> Iterator[str]:
    yield "speaker"
    yield f"speaker={scope}"
    yield f"speaker={stance}"
    yield f"speaker inside={inside}"
    yield f"speaker links={links}"
    yield f"speaker={scope}/{opening}"


def _carried(same: bool, far: int) -> Iterator[str]:
    yield "carried"
    yield f"carried same={same}"
    yield f"carried far={far}/{same}"


def _before(
    rank: int, governor: str, slot: int, prep: str, broad: str, near: bool, ending: str, speaks: bool, carried: bool
) -> Iterator[str]:
    kind = governor.partition(":")[0]
    yield "noun"
    yield f"noun rank={rank}"
    yield f"noun slot={kind}/{slot}/{prep}"
    yield f"noun slot={kind}/{slot}/{bool(prep)}/{broad}"
    yield f"noun near={near}"
    yield f"noun near={near}/{slot}/{bool(prep)}"
    yield f"noun end={ending}/{broad}"
    yield f"noun speaks={speaks}"
    yield f"noun carried={carried}"


_GROUPS: dict[str, Callable[..., Iterator[str]]] = {
    "spot": _spot,
    "history": _history,
    "figure": _figure,
    "place": _place,
    "body": _body,
    "speaker": _speaker,
    "carried": _carried,
    "before": _before,
}


class Weights:
    """A trained table at work: heads and those outside in, log odds of being actor (and affected) out."""

    def __init__(self, model: Linear) -> None:
        self.model = model
        self._of = {name: sum((w * (1j if n else 1) for n, w in row), 0j) for name, row in model.weights.items()}
        self._held: dict[object, complex] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._firsts: dict[tuple[str, str], str] = {}
        self._befores: dict[str, tuple[str, ...]] = {}
        self._serial = next(_SERIAL)

    def head(self, head: Head, event_type: str) -> complex:
        """The scores of a head."""
        part, left, second, right, spot, history, extra = head
        bias, own, before, before_that, behind = self._keys.get(event_type) or self._named(event_type)
        held = self._held
        total = held[bias]
        for one, key, names in ((part, own, "head"), (left, before, "left"), (second, before_that, "second")):
            if one is not None:
                row = one.rows.get(key)
                total += self._part(one, key, getattr(one, names), event_type) if row is None else row
        if right is not None:
            row = right.rows.get(behind)
            total += self._part(right, behind, right.right, event_type) if row is None else row
        if left is None:
            total += held[before]
        if right is None:
            total += held[behind]
        for where in (("spot", *spot), ("history", *history), *extra):
            row = held.get((event_type, where))
            total += self._row((event_type, where), of_key(where), event_type) if row is None else row
        return total

    def outside(self, one: Outside, event_type: str) -> float:
        """The log odds of being the actor for one outside the clause."""
        kind, opening, part, left, border, spot = one
        held, first, (_, own, before, edge) = self._held, self._first(event_type, kind), self._before(event_type)
        row = opening.rows.get(first)
        total = held[before] + (self._opening(opening, first, kind, event_type) if row is None else row)
        if part is not None:
            row = part.rows.get(own)
            total += self._part(part, own, part.before, event_type) if row is None else row
        if left is not None:
            row = left.rows.get(before)
            total += self._part(left, before, [f"s{name}" for name in left.left], event_type) if row is None else row
        if border is not None and part is not None:
            row = border.rows.get(edge)
            total += self._part(border, edge, [f"b{name}" for name in border.left], event_type) if row is None else row
        key = (event_type, kind, spot)
        row = held.get(key)
        total += self._row(key, of_key((kind, *spot)), event_type) if row is None else row
        return total.real

    def _first(self, event_type: str, kind: str) -> str:
        known = self._firsts.get((event_type, kind))
        if known is None:
            known = self._firsts[event_type, kind] = f"{event_type}/{self._serial}/{kind}"
        return known

    def _before(self, event_type: str) -> tuple[str, ...]:
        known = self._befores.get(event_type)
        if known is None:
            known = tuple(f"{event_type}/{self._serial}/{k}" for k in ("bias", "noun", "beside", "edge"))
            self._befores[event_type] = known
        if known[2] not in self._held:
            self._held[known[2]] = self.sum(("bias",), event_type)
        return known

    def _opening(self, part: Part, key: str, kind: str, event_type: str) -> complex:
        return self._part(part, key, [f"{kind}{name}" for name in part.opening], event_type)

    def sum(self, names: Iterable[str], event_type: str) -> complex:
        """What these features add up to in a type of event."""
        get = self._of.get
        return sum([get(name, 0j) for name in typed(names, event_type)], 0j)

    def _named(self, event_type: str) -> tuple[str, ...]:
        keys = tuple(f"{event_type}/{self._serial}/{k}" for k in ("bias", "head", "left", "second", "right"))
        self._held[keys[0]] = self.sum(("bias",), event_type)
        self._held[keys[2]] = self.sum(("p=^",), event_type)
        self._held[keys[4]] = self.sum(("n=$",), event_type)
        self._keys[event_type] = keys
        return keys

    def _part(self, part: Part, key: str, names: Iterable[str], event_type: str) -> complex:
        row = part.rows[key] = self.sum(names, event_type)
        return row

    def _row(self, key: object, names: Iterable[str], event_type: str) -> complex:
        if len(self._held) >= _MOST:
            self._held.clear()
            self._keys.clear()
        row = self._held[key] = self.sum(names, event_type)
        return row
