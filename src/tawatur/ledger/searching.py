"""A query in, the claims and reports that answer it out: newest first or best first, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, select, text

from tawatur.codec import loads
from tawatur.errors import LedgerError
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.schema import claims, reports
from tawatur.ledger.search_filters import Condition, Filters, conditions, marks, published
from tawatur.ledger.search_index import OF_CLAIM
from tawatur.ledger.search_marks import Asked
from tawatur.ledger.search_query import Both, Node, Phrase, for_postgresql, for_sqlite, scorer
from tawatur.ledger.search_tables import full_text, texts
from tawatur.ledger.search_vocabulary import narrowed
from tawatur.model import Claim, Report, Span

Order = Literal["relevance", "date"]
WINDOW = 300  # hits, the newest, that are sorted by relevance together
PAGE, MOST = 20, 1000


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim, or a stretch of a report, that answers a query. Spans are offsets into ``report.text``.

    ``span`` is what to show: the claim's quote, or the words around what was found. ``marks`` are what was found, in
    order; those of the report's title are in ``title_marks``.
    """

    report: Report
    claim: Claim | None
    span: Span
    marks: tuple[Span, ...]
    title_marks: tuple[Span, ...] = ()

    @property
    def quote(self) -> str:
        """The words of ``span``."""
        return self.span.of(self.report.text)


@dataclass(frozen=True, slots=True)
class Page:
    """Hits in order, and where the next page begins: ``after`` to be given with the same query, None at the end."""

    hits: tuple[Hit, ...]
    after: str | None = None


_TOP, _MOST_SCORE = 2**62, 2**31


class _Found(NamedTuple):
    doc: int
    score: int


class _At(NamedTuple):
    """Where a page begins: in the window whose newest doc is ``top``, behind a score and doc."""

    top: int
    score: int
    doc: int

    def __str__(self) -> str:
        return f"{self.top:x}.{self.score:x}.{self.doc:x}"

    @staticmethod
    def parse(told: str) -> _At:
        match = re.fullmatch(r"([0-9a-f]{1,16})\.([0-9a-f]{1,8})\.([0-9a-f]{1,16})", told)
        if match is None:
            raise LedgerError(f"{told[:60]!r} is no place in a list of hits", "give it as the page before told it")
        return _At(*(int(part, 16) for part in match.groups()))


def search(
    ledger: Ledger,
    query: str = "",
    filters: Filters = Filters(),  # noqa: B008 - frozen
    *,
    raw: bool = False,
    order: Order = "relevance",
    limit: int = PAGE,
    after: str | None = None,
) -> Page:
    """The claims that stand and the reports that answer a query, a page of them.

    ``raw`` takes the query as it is, code point by code point, between word boundaries. ``order``: by ``date`` of
    publication, newest first; by ``relevance`` the newest ``WINDOW`` hits are sorted by how near their words are to
    those asked for, then the next. ``after`` is what the page before gave. Raises LedgerError for a query or a filter
    that makes no sense.
    """
    if not 0 < limit <= MOST:
        raise LedgerError(f"{limit} is no number of hits", f"ask for 1 to {MOST}")
    wanted, at = Asked.of(query, raw), _At.parse(after) if after else None
    with reading(ledger.engine) as connection:
        told = list(conditions(connection, filters))
        source = _Source(connection, wanted, told, _told(connection, wanted, filters), *published(filters))
        best = order == "relevance" and wanted.tree is not None
        found, following = (_best if best else _newest)(source, limit, at)
        hits = tuple(hit for _, hit in _hits(connection, wanted, [doc for doc, _ in found]))
    return Page(hits, str(following) if following else None)


def _told(connection: Connection, asked: Asked, filters: Filters) -> str | None:
    """The words, the place and the time asked for in the form that the index takes; None where there are none."""
    marked = [Phrase(tuple((mark, 0) for mark in among)) for among in marks(filters)]
    nodes: list[Node] = [*([asked.tree] if asked.tree else []), *marked]
    if not nodes:
        return None
    tree = nodes[0] if len(nodes) == 1 else Both(tuple(nodes))
    return for_postgresql(tree) if connection.dialect.name == "postgresql" else for_sqlite(narrowed(connection, tree))


@dataclass(frozen=True, slots=True)
class _Source:
    connection: Connection
    asked: Asked
    conditions: Sequence[Condition]
    told: str | None  # what the index is asked
    lowest: int | None  # docs that may be found
    highest: int | None

    def newest(self, limit: int, below: int | None) -> list[tuple[int, list[str]]]:
        """Docs with their words, below a doc, newest first."""
        out: list[tuple[int, list[str]]] = []
        while len(out) < limit:
            rows = self._rows(below, limit)
            raw = (
                {doc for doc, _ in _hits(self.connection, self.asked, [r.doc for r in rows])} if self.asked.raw else ()
            )
            out += [(row.doc, row.words.split(" ")) for row in rows if not self.asked.raw or row.doc in raw]
            if len(rows) < limit:
                break
            below = rows[-1].doc
        return out[:limit]

    def _rows(self, below: int | None, limit: int) -> Sequence[Any]:
        home, doc = (texts, texts.c.doc) if self.told is None else _index(self.connection)
        query = select(texts.c.doc, texts.c.words).select_from(home).where(*self.conditions)
        if self.told is not None:
            query = query.where(text(_MATCHES[self.connection.dialect.name]).bindparams(told=self.told))
        if below is not None:
            query = query.where(doc < below)
        if self.highest is not None:
            query = query.where(doc <= self.highest)
        if self.lowest is not None:
            query = query.where(doc >= self.lowest)
        return self.connection.execute(query.order_by(doc.desc()).limit(limit)).all()


_MATCHES = {
    "sqlite": "search_words MATCH :told",
    "postgresql": "search_texts.vector @@ CAST(:told AS tsquery)",
}


def _index(connection: Connection) -> tuple[FromClause, ColumnElement[int]]:
    """What is asked for the words, and the doc in it: SQLite gives them in order, newest first, as they are taken."""
    if connection.dialect.name == "postgresql":
        return texts, texts.c.doc
    return full_text.join(texts, texts.c.doc == full_text.c.rowid), full_text.c.rowid


def _newest(source: _Source, limit: int, at: _At | None) -> tuple[list[_Found], _At | None]:
    rows = source.newest(limit + 1, at.doc if at else None)
    found = [_Found(doc, 0) for doc, _ in rows[:limit]]
    return found, _At(0, 0, found[-1].doc) if len(rows) > limit else None


def _best(source: _Source, limit: int, at: _At | None) -> tuple[list[_Found], _At | None]:
    """A page out of windows of the newest, each sorted by score."""
    tree = source.asked.tree
    assert tree is not None
    score = scorer(tree)
    out: list[_Found] = []
    top = at.top if at else None
    while True:
        rows = source.newest(WINDOW, top)
        found = sorted((_Found(doc, score(words)) for doc, words in rows), key=lambda f: (-f.score, -f.doc))
        if at is not None:
            found = [one for one in found if (one.score, one.doc) < (at.score, at.doc)]
            at = None
        taken = found[: limit - len(out)]
        out += taken
        if len(taken) < len(found):
            return out, _At(top or _TOP, out[-1].score, out[-1].doc)
        if len(rows) < WINDOW:
            return out, None
        top = min(doc for doc, _ in rows)
        if len(out) == limit:
            return out, _At(top, _MOST_SCORE, _TOP)


def _hits(connection: Connection, asked: Asked, docs: Sequence[int]) -> Iterator[tuple[int, Hit]]:
    """The hits of docs, in their order, each with its doc."""
    columns = texts.c.doc, texts.c.part, reports.c.body, claims.c.body.label("claim")
    joined = texts.join(reports, reports.c.id == texts.c.report).outerjoin(claims, claims.c.version == texts.c.ref)
    rows = {r.doc: r for r in connection.execute(select(*columns).select_from(joined).where(texts.c.doc.in_(docs)))}
    for row in (rows[doc] for doc in docs):
        report = loads(Report, row.body)
        claim = loads(Claim, row.claim) if row.part == OF_CLAIM else None
        shown = asked.in_claim(report, claim) if claim else asked.in_report(report, row.part)
        if shown is not None:
            yield row.doc, Hit(report, claim, *shown)
