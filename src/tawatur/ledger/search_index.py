"""Reports and claims in, their rows of the search index out, and into the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import count, product
from typing import cast

from sqlalchemy import Connection, delete, select, update

from tawatur.codec import loads
from tawatur.ledger import bulk, search_tables, search_tags, search_vocabulary
from tawatur.ledger.rows import Row
from tawatur.ledger.schema import CLAIMS_BY_RUN, claims, claims_standing, reports
from tawatur.ledger.search_places import region_of
from tawatur.ledger.search_tables import DAY, FULL_TEXT, numbers, spots, texts
from tawatur.ledger.search_words import of_claim, of_name, of_report
from tawatur.model import Claim, Report, Time

OF_CLAIM = -1
_NOWHERE: Row = {"lat": None, "lon": None, "region": None}
_NEVER: Row = {"first": None, "last": None}
_AT_ONCE = 500
_LEXEMES = 256  # places of one word that PostgreSQL keeps


@lru_cache(maxsize=20_000)
def day_of(text: str | None) -> int | None:
    """The day of an ISO 8601 date or date-time as a number; None where there is none."""
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def folded(text: str | None) -> str:
    """A name as filters compare it."""
    return " ".join(of_name(text or ""))


def put(connection: Connection, found: Iterable[tuple[Report, bool, Sequence[tuple[str, Claim]]]]) -> None:
    """Index claims by version, and each report that is marked as new."""
    first = connection.execute(select(numbers.c.last)).scalar_one()
    number = count(first + 1)
    held: list[Row] = []
    places: list[Row] = []
    for report, fresh, mine in found:
        day, outlet = day_of(report.published) or 0, folded(report.outlet)
        for at, words in of_report(report) if fresh else ():
            held.append(_row(day * DAY + next(number), report.id, at, report.id, outlet, words))
        for version, claim in mine:
            doc = day * DAY + next(number)
            spotted, tags = _where_and_when(claim)
            held.append(_claim_row(doc, version, claim, outlet, of_claim(claim, report.text), tags))
            places += ({"doc": doc, **row} for row in spotted)
    if held:
        connection.execute(update(numbers).values(last=first + len(held)))
    _texts(connection, sorted(held, key=_doc))
    bulk.put(connection, spots.name, sorted(places, key=_doc))


def _doc(row: Row) -> int:
    """Rows go in by doc: FTS5 writes what it holds to the disk whenever a row belongs before the last one."""
    return cast(int, row["doc"])


def drop(connection: Connection, versions: Sequence[str]) -> None:
    """Take versions of claims, or reports, out of the index."""
    for at in range(0, len(versions), _AT_ONCE):
        gone = select(texts.c.doc).where(texts.c.ref.in_(versions[at : at + _AT_ONCE]))
        docs = list(connection.execute(gone).scalars())
        connection.execute(delete(spots).where(spots.c.doc.in_(docs)))
        connection.execute(delete(texts).where(texts.c.doc.in_(docs)))


def rebuild(connection: Connection) -> None:
    """Make the index anew from the reports and the claims that stand."""
    search_tables.create(connection)
    for held in _reports(connection):
        mine: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
        columns = select(claims.c.version, claims.c.body).select_from(CLAIMS_BY_RUN)
        chosen = claims.c.report.in_([r.id for r in held]) & claims_standing.c.until.is_(None)
        for version, body in connection.execute(columns.where(chosen).order_by(claims.c.start, claims.c.id)):
            claim = loads(Claim, body)
            mine[claim.report].append((version, claim))
        put(connection, ((report, True, mine[report.id]) for report in held))


def _reports(connection: Connection) -> Iterator[list[Report]]:
    """Some at a time, by their days, as docs are."""
    ids = connection.execute(select(reports.c.id).order_by(reports.c.published, reports.c.id)).scalars().all()
    for at in range(0, len(ids), _AT_ONCE):
        chosen = reports.c.id.in_(ids[at : at + _AT_ONCE])
        yield [loads(Report, body) for body in connection.execute(select(reports.c.body).where(chosen)).scalars()]


def _claim_row(doc: int, version: str, claim: Claim, outlet: str, words: list[str], tags: str) -> Row:
    origin = claim.origin
    return {
        **_row(doc, version, OF_CLAIM, claim.report, outlet, words),
        "event_type": claim.event_type,
        "status": claim.status,
        "stance": origin.stance if origin else None,
        "origin": folded(origin.name) if origin else None,
        "said": day_of(claim.said),
        "tags": tags,
    }


def _row(doc: int, ref: str, part: int, report: str, outlet: str, words: list[str]) -> Row:
    return {
        "doc": doc,
        "ref": ref,
        "part": part,
        "report": report,
        "event_type": None,
        "status": None,
        "stance": None,
        "origin": None,
        "outlet": outlet,
        "said": None,
        "words": " ".join(words),
        "tags": "",
    }


def _where_and_when(claim: Claim) -> tuple[list[Row], str]:
    """Rows for each pair of a claim's places and times, without their doc, and the marks of both."""
    points = {(p.lat, p.lon): p.radius_km for p in claim.places if p.lat is not None and p.lon is not None}
    placed = [(lat, lon, region_of(lat, lon, points[lat, lon])) for lat, lon in sorted(points)]
    dated = sorted(filter(None, {_days(time) for time in claim.times}))
    tags = [tag for place in placed for tag in search_tags.of_place(*place)]
    tags += [tag for time in dated for tag in search_tags.of_time(*time)]
    where: list[Row] = [{"lat": lat, "lon": lon, "region": region} for lat, lon, region in placed]
    when: list[Row] = [{"first": first, "last": last} for first, last in dated]
    pairs = product(where or [_NOWHERE], when or [_NEVER]) if where or when else ()
    return [{"n": n, **place, **time} for n, (place, time) in enumerate(pairs)], search_tags.joined(tags)


def _days(time: Time) -> tuple[int, int] | None:
    first, last = day_of(time.start), day_of(time.end)
    if first is None and last is None:
        return None
    return (first or last or 0, last or first or 0)


def _texts(connection: Connection, rows: Sequence[Row]) -> None:
    if connection.dialect.name == "postgresql":
        for row in rows:
            row["vector"] = vector_of(f"{row['words']} {row['tags']}".split(" "))
        bulk.put(connection, texts.name, rows)
        return
    bulk.put(connection, texts.name, rows)
    told = [{"rowid": row["doc"], "words": row["words"], "tags": row["tags"]} for row in rows]
    bulk.put(connection, FULL_TEXT, told)
    search_vocabulary.add(connection, (f"{row['words']} {row['tags']}" for row in told))


def vector_of(words: Sequence[str]) -> str:
    """Folded words as the text of a tsvector with their places."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words, 1):
        places[word].append(at)
    return " ".join(f"'{word}':{','.join(map(str, at[:_LEXEMES]))}" for word, at in places.items() if word)
