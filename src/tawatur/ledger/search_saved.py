"""Searches that people keep by name in the ledger."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, select

from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger import audit
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.rights import acting
from tawatur.ledger.schema import searches
from tawatur.ledger.search_filters import Filters
from tawatur.ledger.search_marks import Asked
from tawatur.ledger.searching import Order


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with its filters, under a name; ``at`` and ``author`` tell who kept it, and when."""

    name: str
    query: str
    filters: Filters
    raw: bool = False
    order: Order = "relevance"
    at: str = ""
    author: str = ""


def save_search(ledger: Ledger, wanted: SavedSearch) -> None:
    """Keep a search; one of that name is replaced. Raises LedgerError for a query that makes no sense."""
    if not wanted.name.strip():
        raise LedgerError("a saved search needs a name", "give one")
    Asked.of(wanted.query, wanted.raw)
    told = {"query": wanted.query, "filters": asdict(wanted.filters), "raw": wanted.raw, "order": wanted.order}
    at, author, name = ledger.clock(), ledger.author, wanted.name
    with acting(ledger, ledger.author, "keep searches") as connection:
        before = connection.execute(select(searches.c.body).where(searches.c.name == name)).scalar()
        connection.execute(delete(searches).where(searches.c.name == name))
        body = json.dumps(told, ensure_ascii=False, sort_keys=True)
        connection.execute(insert(searches), [{"name": name, "at": at, "author": author, "body": body}])
        before = json.loads(before) if before else None
        audit.append(connection, at=at, author=author, action="save search", subject=name, before=before, after=told)


def saved_search(ledger: Ledger, name: str) -> SavedSearch:
    """The search kept under a name. Raises NotFoundError where there is none."""
    found = next((one for one in saved_searches(ledger) if one.name == name), None)
    if found is None:
        raise NotFoundError(f"no search is kept as {name!r}", "tawatur search --saved lists them")
    return found


def saved_searches(ledger: Ledger) -> tuple[SavedSearch, ...]:
    """All kept searches, by name."""
    with reading(ledger.engine) as connection:
        rows = connection.execute(select(searches).order_by(searches.c.name)).all()
    return tuple(_made(row.name, row.at, row.author, json.loads(row.body)) for row in rows)


def forget_search(ledger: Ledger, name: str) -> None:
    """Let go of a kept search. Raises NotFoundError where there is none."""
    saved_search(ledger, name)
    with acting(ledger, ledger.author, "keep searches") as connection:
        connection.execute(delete(searches).where(searches.c.name == name))
        audit.append(connection, at=ledger.clock(), author=ledger.author, action="forget search", subject=name)


def _made(name: str, at: str, author: str, told: dict[str, Any]) -> SavedSearch:
    known = {one.name for one in fields(Filters)}
    held = told["filters"].items()
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in held if k in known}
    return SavedSearch(name, told["query"], Filters(**values), told["raw"], told["order"], at, author)
