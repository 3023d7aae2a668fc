"""One run's claims and views into the ledger: idempotent, whole reports at a time, older versions superseded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, insert, select, update

from tawatur.codec import dumps
from tawatur.ledger import bulk, search_index
from tawatur.ledger.rows import Row, claim_row, parts, report_row, view_rows
from tawatur.ledger.schema import (
    claims,
    claims_standing,
    figures,
    issues,
    places,
    reports,
    runs,
    times,
    views,
    views_standing,
)
from tawatur.model import Claim, Comparison, Issue, Report

_AT_ONCE = 500  # ids in one question: SQLite takes some thousands


def begin(connection: Connection, at: str, record: object) -> int:
    """A new run; its number."""
    made = insert(runs).values(at=at, record=dumps(record).decode()).returning(runs.c.id)
    return int(connection.execute(made).scalar_one())


def finish(connection: Connection, run: int, at: str, found: Sequence[Issue]) -> None:
    """The run is done, and these were its issues."""
    bulk.put(connection, issues.name, [{"run": run, "n": n, "body": dumps(i).decode()} for n, i in enumerate(found)])
    connection.execute(update(runs).where(runs.c.id == run).values(done=at))


def put_reports(connection: Connection, run: int, found: Sequence[tuple[Report, Sequence[Claim]]]) -> None:
    """Reports with all that this run found in them; claims of theirs that were not found stand no longer."""
    known = _known(connection, reports.c.id, [report.id for report, _ in found])
    bulk.put(connection, reports.name, [report_row(report, run) for report, _ in found if report.id not in known])
    rows = {str(row["version"]): (row, claim) for _, mine in found for claim in mine for row in [claim_row(claim)]}
    _claims(connection, rows, known)
    standing = _of_reports(connection, sorted(known))
    _stand(connection, run, claims_standing, set(rows), standing)
    search_index.drop(connection, sorted(standing - set(rows)))
    by_report: dict[str, list[tuple[str, Claim]]] = {report.id: [] for report, _ in found}
    for version, (_, claim) in rows.items():
        if version not in standing:
            by_report[claim.report].append((version, claim))
    search_index.put(connection, [(report, report.id not in known, by_report[report.id]) for report, _ in found])


def put_views(connection: Connection, run: int, comparison: Comparison) -> None:
    """All that was made from the claims; older views stand no longer."""
    standing = set(
        connection.execute(select(views_standing.c.version).where(views_standing.c.until.is_(None))).scalars()
    )
    put_views_for(connection, run, comparison, standing)


def put_views_for(connection: Connection, run: int, comparison: Comparison, standing: set[str]) -> None:
    """Views in the place of some that stand (``standing``, by version); all others stay."""
    rows = {str(row["version"]): row for row in view_rows(comparison)}
    known = _known(connection, views.c.version, list(rows))
    bulk.put(connection, views.name, [row for version, row in rows.items() if version not in known])
    _stand(connection, run, views_standing, set(rows), standing)


def _claims(connection: Connection, rows: dict[str, tuple[Row, Claim]], read: set[str]) -> None:
    """Versions of claims that are not there yet; only of reports ``read`` before can some be."""
    known = _known(connection, claims.c.version, [v for v, (_, claim) in rows.items() if claim.report in read])
    fresh = [(row, claim) for version, (row, claim) in rows.items() if version not in known]
    bulk.put(connection, claims.name, [row for row, _ in fresh])
    made = [parts(row["version"], claim) for row, claim in fresh]
    for table, at in ((figures, 0), (places, 1), (times, 2)):
        bulk.put(connection, table.name, [row for part in made for row in part[at]])


def _stand(connection: Connection, run: int, table: Table, wanted: set[str], standing: set[str]) -> None:
    """From this run on ``wanted`` stands where ``standing`` stood."""
    for group in groups(sorted(standing - wanted)):
        chosen = table.c.version.in_(group) & table.c.until.is_(None)
        connection.execute(update(table).where(chosen).values(until=run))
    bulk.put(connection, table.name, [{"version": v, "since": run, "until": None} for v in sorted(wanted - standing)])


def _of_reports(connection: Connection, ids: Sequence[str]) -> set[str]:
    """The versions that stand for the claims of these reports."""
    out: set[str] = set()
    for group in groups(ids):
        versions = connection.execute(select(claims.c.version).where(claims.c.report.in_(group))).scalars().all()
        for few in groups(versions):
            chosen = claims_standing.c.version.in_(few) & claims_standing.c.until.is_(None)
            out.update(connection.execute(select(claims_standing.c.version).where(chosen)).scalars())
    return out


def _known(connection: Connection, column: object, ids: Sequence[str]) -> set[str]:
    out: set[str] = set()
    for group in groups(ids):
        out.update(connection.execute(select(column).where(column.in_(group))).scalars())  # type: ignore[attr-defined, call-overload]
    return out


def groups(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Ids, so many at a time as one question takes."""
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
