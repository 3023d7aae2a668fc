"""A reporting expression of a language that sets words side by side."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.plain_speakers import Speaker


@dataclass(slots=True)
class Opening:
    """A reporting expression: tokens ``first`` to ``after``, who speaks, and whether what is said stands before it."""

    first: int
    after: int
    kind: str
    stance: str
    rule: str
    chain: tuple[Speaker, ...]
    event: str | None = None
    back: bool = False
    aside: bool = False  # what is said goes on behind it
