"""Who has what to review: nobody is given a claim that somebody else has, until it is decided, given back, or over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from tawatur.errors import LedgerError
from tawatur.ledger import audit
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.rights import acting, folded
from tawatur.ledger.schema import leases

MINUTES = 30.0
MOST = 1000  # claims that one person may have


@dataclass(frozen=True, slots=True)
class Lease:
    """A claim that somebody has, since when and until when (UTC)."""

    claim: str
    author: str
    since: str
    until: str


def lent(ledger: Ledger, author: str = "", *, at: str | None = None) -> tuple[Lease, ...]:
    """The claims that people have now, or one of them, by who has them and claim."""
    author = folded(author)
    with reading(ledger.engine) as connection:
        found = lent_in(connection, at or ledger.clock()).values()
    return tuple(sorted((x for x in found if author in ("", x.author)), key=lambda x: (x.author, x.claim)))


def lent_in(connection: Connection, at: str) -> dict[str, Lease]:
    """The leases that run at a moment, by claim, inside a transaction."""
    rows = connection.execute(select(leases).where(leases.c.until > at)).mappings()
    return {row["claim"]: Lease(row["claim"], row["author"], row["since"], row["until"]) for row in rows}


def lend(connection: Connection, ids: Sequence[str], author: str, at: str, minutes: float) -> tuple[Lease, ...]:
    """Give claims to somebody inside a transaction; the caller has seen that nobody else has them."""
    if not 0 < minutes <= 24 * 60:
        raise LedgerError(f"a lease of {minutes:g} minutes", "give up to a day")
    until = (datetime.fromisoformat(at) + timedelta(minutes=minutes)).isoformat(timespec="microseconds")
    made = [Lease(key, author, at, until) for key in ids]
    connection.execute(delete(leases).where((leases.c.until <= at) | leases.c.claim.in_(ids)))
    if made:
        rows = [{"claim": x.claim, "author": x.author, "since": x.since, "until": x.until} for x in made]
        connection.execute(insert(leases), rows)
    for one in made:
        audit.append(connection, at=at, author=author, action="take", subject=one.claim, after={"until": until})
    return tuple(made)


def give_back(ledger: Ledger, author: str, ids: Iterable[str] | None = None, *, at: str | None = None) -> int:
    """Let go of claims that somebody has, all of them or these; how many. Those of others are left to them."""
    moment, author = at or ledger.clock(), folded(author)
    with acting(ledger, author, "decide") as connection:
        mine = [x.claim for x in lent_in(connection, moment).values() if x.author == author]
        gone = mine if ids is None else [key for key in mine if key in set(ids)]
        _end(connection, gone)
        for key in gone:
            audit.append(connection, at=moment, author=author, action="give back", subject=key)
    return len(gone)


def done(connection: Connection, ids: Sequence[str], author: str) -> None:
    """End somebody's leases of claims that are decided, inside the transaction of the decision."""
    connection.execute(delete(leases).where(leases.c.author == author, leases.c.claim.in_(ids)))


def free(connection: Connection, ids: Sequence[str], author: str, at: str) -> None:
    """Raise LedgerError where somebody else has one of these claims."""
    held: Mapping[str, Lease] = lent_in(connection, at)
    other = next((held[key] for key in ids if key in held and held[key].author != author), None)
    if other is not None:
        raise LedgerError(
            f"{other.author} has claim {other.claim} until {other.until[:16]}",
            "take another, or wait until it is decided or given back",
        )


def _end(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(leases).where(leases.c.claim.in_(ids)))
