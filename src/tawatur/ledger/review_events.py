"""Events put together or taken apart: as decisions about pairs of their claims, which every later run keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sqlalchemy import Connection, select

from tawatur.codec import loads
from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_rows import Decision, standing_claims
from tawatur.ledger.reviewing import Edit, decided, named
from tawatur.ledger.rights import acting
from tawatur.ledger.schema import VIEWS_BY_RUN, views, views_standing
from tawatur.model import Event

_EVENT = "event"


def merge(
    ledger: Ledger, events: Sequence[str], *, author: str, reason: str = "", at: str | None = None
) -> tuple[Decision, ...]:
    """Events are one: each of their claims is the same as the first one's first. All decisions are made or none.

    The next run makes one event of them. Raises NotFoundError for an id that no event has, LedgerError for fewer than
    two events and for claims that earlier decisions keep apart.
    """
    author = named(author)
    with acting(ledger, author, "decide") as connection:
        parts = [_claims(connection, key) for key in dict.fromkeys(events)]
        if len(parts) < 2:
            raise LedgerError("one event alone", "name the events that are one")
        edits = list(_chain([key for part in parts for key in part], reason))
        return decided(connection, edits, author=author, at=at or ledger.clock())


def split(
    ledger: Ledger, event: str, claims: Sequence[str], *, author: str, reason: str = "", at: str | None = None
) -> tuple[Decision, ...]:
    """These claims of an event are another event: the same among themselves, as the rest is, and different from it.

    Raises NotFoundError for an id that no event has, LedgerError for claims of another event, for none or all of its
    claims, and where earlier decisions make one of both parts.
    """
    author = named(author)
    with acting(ledger, author, "decide") as connection:
        whole = _claims(connection, event)
        out = [key for key in whole if key in set(claims)]
        rest = [key for key in whole if key not in set(claims)]
        if missing := next((key for key in claims if key not in whole), None):
            raise LedgerError(f"claim {missing} is not in event {event}", "name claims of that event")
        if not out or not rest:
            raise LedgerError("nothing to part", "name some of the event's claims, not all")
        edits = [*_chain(out, reason), *_chain(rest, reason), Edit(out[0], "different", other=rest[0], reason=reason)]
        return decided(connection, edits, author=author, at=at or ledger.clock())


def _chain(claims: Sequence[str], reason: str) -> Iterator[Edit]:
    """Each claim is the same as the first."""
    verdict: Literal["same"] = "same"
    return (Edit(claims[0], verdict, other=key, reason=reason) for key in claims[1:])


def _claims(connection: Connection, event: str) -> list[str]:
    """The claims of an event that stand, in order."""
    chosen = (views.c.kind == _EVENT) & (views.c.id == event) & views_standing.c.until.is_(None)
    body = connection.execute(select(views.c.body).select_from(VIEWS_BY_RUN).where(chosen)).scalar()
    if body is None:
        raise NotFoundError(f"no event {event!r} stands", "tawatur run tells the events, tawatur search finds them")
    claims = loads(Event, body).claims
    known = standing_claims(connection, list(claims))
    return [key for key in claims if key in known]
