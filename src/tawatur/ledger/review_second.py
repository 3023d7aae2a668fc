"""Second reviews: asked for about a claim, done by somebody who has not decided about it, agreeing or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_rows import ADD, DECISIVE, Decision, of_claims
from tawatur.ledger.schema import decisions

_ASKS = '%"action":"second"%'  # in a decision's body


@dataclass(frozen=True, slots=True)
class Second:
    """A second review: who asked for it, what had been decided by then, and what somebody else decided after.

    ``agrees`` is None while nobody has; ``second`` is empty then.
    """

    claim: str
    asked: Decision
    first: tuple[Decision, ...]
    second: tuple[Decision, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the second reviewer decided as the first; None while that is open."""
        if not self.second:
            return None
        return {_what(made) for made in self.second} <= {_what(made) for made in self.first}

    def may(self, author: str) -> bool:
        """Whether somebody may do it: neither who asked nor who decided before."""
        return author not in {self.asked.author, *(made.author for made in self.first)}


def _what(made: Decision) -> tuple[str, str, str]:
    if made.action == ADD:  # who adds a claim says that it is right
        return "accept", "", repr(None)
    return made.action, made.field, repr(made.value)


def seconds(ledger: Ledger) -> tuple[Second, ...]:
    """All second reviews that were asked for, open ones first, then by claim."""
    with reading(ledger.engine) as connection:
        found = seconds_in(connection)
    return tuple(sorted(found, key=lambda second: (second.agrees is not None, second.claim)))


def seconds_in(connection: Connection) -> list[Second]:
    """The same inside a transaction, in no order."""
    asks = select(decisions.c.claim).where(decisions.c.body.like(_ASKS), decisions.c.claim.is_not(None)).distinct()
    ids = [key for (key,) in connection.execute(asks)]
    return [second for key, held in of_claims(connection, ids).items() if (second := second_of(key, held))]


def second_of(claim: str, held: Iterable[Decision]) -> Second | None:
    """The latest second review that was asked for about a claim, from all decisions about it; None where none was."""
    standing = [made for made in held if made.withdrawn is None]
    asked = next((made for made in reversed(standing) if made.action == "second"), None)
    if asked is None:
        return None
    first = tuple(made for made in standing if made.action in DECISIVE and made.seq < asked.seq)
    others = {asked.author, *(made.author for made in first)}
    after = (made for made in standing if made.action in DECISIVE and made.seq > asked.seq)
    return Second(claim, asked, first, tuple(made for made in after if made.author not in others))
