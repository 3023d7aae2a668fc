"""What the models see of one who may take part, in groups that each depend on a short key; and the models at work.

A row is one complex number: its real part speaks for an actor, its imaginary part for somebody affected. What a group
adds is worked out once for each key and type of event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from tawatur.claims.linear import Linear
from tawatur.claims.participants_words import Part

Key = tuple[str | int | bool, ...]
_MOST = 16_384  # keys remembered for each type
_OPENS, _CLOSES = ("p=^",), ("n=$",)  # no word before it in the clause, none behind it
_SERIAL = count()


#: A noun that may head the name of one who takes part, in a clause: itself, the word before it and the one before
#: that, the word behind it, and the keys of all else: where it stands, who was taken before it, and what it counts,
#: where it lies and which body it names, if any.
Head = tuple[Part, Part | None, Part | None, Part | None, tuple[Key, ...]]
#: One named outside the clause who may be its actor: the first word of the clause; of a noun itself, the word before
#: it and the word before the clause; and the key of all else, which begins with what it is: speaker, carried, before.
Outside = tuple[Part, Part | None, Part | None, Part | None, Key]


def of_head(head: Head) -> Iterator[str]:
    """Names of all features of a head, without those crossed with the type."""
    part, left, second, right, keys = head
    yield from part.head
    yield from left.left if left else _OPENS
    yield from second.second if second else ()
    yield from right.right if right else _CLOSES
    for key in keys:
        yield from of_key(key)


def of_outside(one: Outside) -> Iterator[str]:
    """Names of all features of one outside the clause."""
    opening, part, left, border, key = one
    yield from (f"{key[0]}{name}" for name in opening.opening)
    if part is not None:
        yield from part.before
    if left is not None:
        yield from left.beside
    if border is not None:
        yield from border.edge
    yield from of_key(key)


def of_key(key: Key) -> Iterator[str]:
    """Names of the features of a group with a key: what the group is, then its values."""
    return _GROUPS[str(key[0])](*key[1:])


def typed(names: Iterable[str], event_type: str) -> Iterator[str]:
    """The features, and each of them with the type of event."""
    for name in names:
        yield name
        yield f"{event_type}&{name}"


def _spot(governor: str, slot: int, prep: str, broad: str, first: str, before: int) -> Iterator[str]:
    kind = governor.partition(":")[0]
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


class _Typed:
    """What a table has added up for one type of event, and the names under which a word keeps its own rows."""

    __slots__ = ("before", "beside", "bias", "closes", "edge", "head", "left", "opening", "opens", "right", "rows",
                 "second")  # fmt: skip

    def __init__(self, serial: int, event_type: str) -> None:
        self.rows: dict[Key, complex] = {}
        self.bias = self.opens = self.closes = 0j
        keys = (f"{event_type}/{serial}/{n}" for n in ("head", "left", "second", "right", "before", "beside", "edge"))
        self.head, self.left, self.second, self.right, self.before, self.beside, self.edge = keys
        self.opening = {kind: f"{event_type}/{serial}/opening {kind}" for kind in ("speaker", "carried", "before")}


class Weights:
    """A trained table at work: heads and those outside in, log odds of being actor (and affected) out."""

    def __init__(self, model: Linear) -> None:
        self.model = model
        self._of = {name: sum((w * (1j if n else 1) for n, w in row), 0j) for name, row in model.weights.items()}
        self._types: dict[str, _Typed] = {}
        self._serial = next(_SERIAL)

    def head(self, head: Head, event_type: str) -> complex:
        """The scores of a head."""
        part, left, second, right, keys = head
        held = self._types.get(event_type) or self._typed(event_type)
        total, rows = held.bias, held.rows
        row = part.rows.get(held.head)
        total += self._part(part, held.head, part.head, event_type) if row is None else row
        if left is None:
            total += held.opens
        else:
            row = left.rows.get(held.left)
            total += self._part(left, held.left, left.left, event_type) if row is None else row
        if second is not None:
            row = second.rows.get(held.second)
            total += self._part(second, held.second, second.second, event_type) if row is None else row
        if right is None:
            total += held.closes
        else:
            row = right.rows.get(held.right)
            total += self._part(right, held.right, right.right, event_type) if row is None else row
        for key in keys:
            row = rows.get(key)
            total += self._row(rows, key, event_type) if row is None else row
        return total

    def outside(self, one: Outside, event_type: str) -> float:
        """The log odds of being the actor for one outside the clause."""
        opening, part, left, border, key = one
        held = self._types.get(event_type) or self._typed(event_type)
        total, rows, first = held.bias, held.rows, held.opening[key[0]]  # type: ignore[index]  # a key begins with it
        row = opening.rows.get(first)
        total += self._opening(opening, first, str(key[0]), event_type) if row is None else row
        if part is not None:
            row = part.rows.get(held.before)
            total += self._part(part, held.before, part.before, event_type) if row is None else row
        if left is not None:
            row = left.rows.get(held.beside)
            total += self._part(left, held.beside, left.beside, event_type) if row is None else row
        if border is not None:
            row = border.rows.get(held.edge)
            total += self._part(border, held.edge, border.edge, event_type) if row is None else row
        row = rows.get(key)
        return (total + (self._row(rows, key, event_type) if row is None else row)).real

    def sum(self, names: Iterable[str], event_type: str) -> complex:
        """What these features add up to in a type of event."""
        get = self._of.get
        return sum([get(name, 0j) for name in typed(names, event_type)], 0j)

    def _typed(self, event_type: str) -> _Typed:
        held = self._types[event_type] = _Typed(self._serial, event_type)
        held.bias = self.sum(("bias",), event_type)
        held.opens, held.closes = self.sum(_OPENS, event_type), self.sum(_CLOSES, event_type)
        return held

    def _opening(self, part: Part, key: str, kind: str, event_type: str) -> complex:
        return self._part(part, key, [f"{kind}{name}" for name in part.opening], event_type)

    def _part(self, part: Part, key: str, names: Iterable[str], event_type: str) -> complex:
        row = part.rows[key] = self.sum(names, event_type)
        return row

    def _row(self, rows: dict[Key, complex], key: Key, event_type: str) -> complex:
        if len(rows) >= _MOST:
            rows.clear()
        row = rows[key] = self.sum(of_key(key), event_type)
        return row
