"""A ledger's rows in, what is wrong with them out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from tawatur.codec import loads
from tawatur.ledger.schema import claims, claims_standing, reports, views
from tawatur.model import Report


def faults(connection: Connection) -> Iterator[str]:
    """The database's own check, rows whose content is not what their id says, claims outside their report's text."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"database: {' '.join(line.split())}"
        sealed = connection.execute(text("PRAGMA cipher_integrity_check"))  # which a plain file does not have
        yield from (f"database: {line}" for (line,) in (sealed if sealed.returns_rows else ()))
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"database: a row of {row[0]} names something that is not there"
    sizes: dict[str, int] = {}
    for key, body in connection.execute(select(reports.c.id, reports.c.body)):
        report = loads(Report, body)
        sizes[key] = len(report.text)
        if report.id != key:
            yield f"report {key}: the row holds report {report.id}"
    columns = claims.c.version, claims.c.report, claims.c.start, claims.c.end, claims.c.body
    for version, home, start, end, body in connection.execute(select(*columns)):
        if hashlib.sha256(body.encode()).hexdigest()[:32] != version:
            yield f"claim version {version} was changed"
        if not 0 <= start < end <= sizes.get(home, 0):
            yield f"claim version {version}: span {start}-{end} lies outside its report"
    for version, kind, body in connection.execute(select(views.c.version, views.c.kind, views.c.body)):
        if hashlib.sha256(kind.encode() + b"\0" + body.encode()).hexdigest()[:32] != version:
            yield f"{kind} version {version} was changed"
    twice = (
        select(claims.c.id)
        .join(claims_standing, claims.c.version == claims_standing.c.version)
        .where(claims_standing.c.until.is_(None))
        .group_by(claims.c.id)
        .having(func.count() > 1)
    )
    for key in connection.execute(twice).scalars():
        yield f"claim {key} stands twice"
