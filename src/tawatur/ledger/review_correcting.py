"""A claim and what people corrected in it in, the claim as they have it out; the machine's stays what it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tawatur.codec import build
from tawatur.ledger.review_fields import KINDS, NAMED, PARTS, Field, added, parsed, same_words
from tawatur.model import Claim, Link, Mention, Span

_UNPLACED = {"lat": None, "lon": None, "radius_km": None}


def corrected(claim: Claim, values: Iterable[tuple[str, Any]]) -> Claim:
    """The claim with these values of fields, one after the other.

    A place of another name loses the coordinates of the first, a voice or participant of another name its place in the
    text. What is added takes the place of what the machine reads at the same words.
    """
    draft = _Draft(claim)
    for name, value in values:
        if field := parsed(name):
            draft.put(field, value)
    return draft.made()


class _Draft:
    """A claim in the making; parts keep their numbers until the end."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.whole: dict[str, Any] = {}
        self.parts: dict[str, list[Any]] = {part: list(getattr(claim, part)) for part in PARTS}
        self.added: dict[str, list[Any]] = {part: [] for part in PARTS}

    def put(self, field: Field, value: Any) -> None:
        if not field.part:
            self._whole(field.name, value)
        elif isinstance(field.at, Span):
            held = self.added[field.part]
            self.added[field.part] = [one for one in held if one.span != field.at] + [added(field, value)]
        elif field.at is not None and field.at < len(self.parts[field.part]):
            one = self.parts[field.part][field.at]
            if one is not None:
                self.parts[field.part][field.at] = _changed(one, field.name, value) if field.name else None

    def _whole(self, name: str, value: Any) -> None:
        if name in NAMED:
            self.parts[name] = [build(KINDS[name], one) for one in value]
        elif name == "origin":
            self.parts["attribution"] = _attributed(self.parts["attribution"], value)
        else:
            self.whole[name] = build(Span, value) if name == "span" else value

    def made(self) -> Claim:
        told: dict[str, Any] = {part: tuple(self._in_order(part)) for part in PARTS}
        return replace(self.claim, **self.whole, **told)

    def _in_order(self, part: str) -> list[Any]:
        more = self.added[part]
        held = [one for one in self.parts[part] if one is not None]
        if more:
            fresh = tuple(more)
            held = [one for one in held if not (one.span and same_words(fresh, one.span))] + more
            held.sort(key=lambda one: (one.span is None, one.span.start if one.span else 0))
        return self._of_wholes(held) if part == "figures" else held

    def _of_wholes(self, held: list[Any]) -> list[Any]:
        """Figures that are part of one whose words were corrected go with it; of one that is out, with none."""
        now = {
            was.text: one.text if one is not None else None
            for was, one in zip(self.claim.figures, self.parts["figures"], strict=True)
        }
        texts = {one.text for one in held}
        return [
            replace(one, part_of=now[one.part_of]) if one.part_of in now and one.part_of not in texts else one
            for one in held
        ]


def _changed(one: Any, name: str, value: Any) -> Any:
    """A part with another value of one field."""
    if name == "text":
        named = {"name": value["text"]} if isinstance(one, Link | Mention) else {"text": value["text"]}
        return replace(one, span=Span(value["start"], value["end"]), **named)
    if name == "name":
        return replace(one, name=value, **({"span": None} if isinstance(one, Link | Mention) else _UNPLACED))
    return replace(one, **{name: value})


def _attributed(chain: list[Any], name: str | None) -> list[Any]:
    """The chain with another innermost voice; without one the publisher speaks for itself."""
    if name is None:
        return []
    last = next((link for link in reversed(chain) if link is not None), Link(name))
    return [*chain[:-1], Link(name, last.stance)]
