"""The ledger: what was read and found, as it stands and as it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, Table, func, or_, select

from tawatur.codec import loads
from tawatur.errors import LedgerError
from tawatur.ledger import audit, near_tables, rights, writing
from tawatur.ledger.audit import Anchor
from tawatur.ledger.connect import engine_at, engine_of, file_of, key_of
from tawatur.ledger.connect import reading as reads
from tawatur.ledger.keys import Key
from tawatur.ledger.migrations import check_current, migrate
from tawatur.ledger.rights import acting, at_work
from tawatur.ledger.schema import (
    CLAIMS_BY_RUN,
    VIEWS_BY_RUN,
    claims,
    claims_standing,
    issues,
    reports,
    runs,
    views,
    views_standing,
)
from tawatur.model import (
    Account,
    Claim,
    Comparison,
    CopyGroup,
    CopyLink,
    Doubt,
    Estimate,
    Event,
    Finding,
    Issue,
    Judgement,
    Lineage,
    Report,
)

T = TypeVar("T")
Regroup = Callable[[tuple[Judgement, ...], tuple[Claim, ...]], Comparison]
_AT_ONCE = 500  # reports in one transaction
_KINDS: dict[str, type] = {
    "copy_link": CopyLink, "copy_group": CopyGroup, "event": Event, "account": Account, "finding": Finding,
    "estimate": Estimate, "doubt": Doubt,
}  # fmt: skip


def now() -> str:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def open_ledger(url: str, *, create: bool = False, author: str = "", key: Key | None = None) -> Ledger:
    """The ledger at an address. Raises LedgerError where none is (unless ``create``), or one of another version.

    ``key`` opens an encrypted file; without it the key of the address or the environment does. One that is made with
    a key is encrypted.
    """
    file, key = file_of(url), key or key_of(url)
    if file is not None and not create and not file.exists():
        raise LedgerError(f"{file}: no ledger is there", "make one: tawatur ledger init")
    return _opened(Ledger(engine_of(url, key), author=author or at_work(), key=key), create)


def open_file(file: Path, key: Key | None) -> Ledger:
    """The ledger in a file that is there, a copy of one as a rule: under this key, whatever the environment says."""
    return _opened(Ledger(engine_at(file, key), author=at_work(), key=key), False)


def _opened(ledger: Ledger, create: bool) -> Ledger:
    try:
        if create:
            migrate(ledger.engine, at=now(), author=ledger.author)
        check_current(ledger.engine)
    except BaseException:
        ledger.close()
        raise
    return ledger


def bring_up(url: str, key: Key | None = None) -> tuple[str, ...]:
    """Bring a ledger of an older version to this one, all at once or not at all; the steps that were done."""
    engine = engine_of(url, key or key_of(url))
    try:
        return migrate(engine, at=now(), author=at_work())
    finally:
        engine.dispose()


class Ledger:
    """An open ledger. ``author`` stands in the audit log for what is done through it; ``key`` is that of its file."""

    def __init__(self, engine: Engine, *, author: str, clock: Callable[[], str] = now, key: Key | None = None) -> None:
        self.engine, self.author, self.clock, self.key = engine, author, clock, key

    def write(self, comparison: Comparison, regroup: Regroup | None = None) -> int:
        """Take in a comparison, a run of its own; the run's number. What is in the ledger already is not doubled.

        Reports come in whole, some hundred in a transaction, and what was taken in stays when the rest breaks off;
        writing again then goes on. Where people decided about pairs of these claims, or added claims to these reports,
        ``regroup`` is asked for the comparison with both, and its events and findings are taken in instead.
        """
        by_report: dict[str, list[Claim]] = {r.id: [] for r in comparison.reports}
        for claim in comparison.claims:
            by_report[claim.report].append(claim)
        with self._writes() as connection:
            run = self.begin(connection, comparison.record)
        rows = [(report, by_report[report.id]) for report in comparison.reports]
        for at in range(0, len(rows), _AT_ONCE):
            with self._writes() as connection:
                self._put(connection, run, rows[at : at + _AT_ONCE])
        if regroup and any(decided := self._decided(comparison)):
            comparison = regroup(*decided)
        with self._writes() as connection:
            writing.put_views(connection, run, comparison)
            near_tables.forget(connection)
            writing.finish(connection, run, self.clock(), comparison.issues)
            counts = {"reports": len(comparison.reports), "claims": len(comparison.claims)}
            self.log(connection, "finish run", str(run), after=counts)
        return run

    def add(self, found: Iterable[tuple[Report, Sequence[Claim]]], record: object = None) -> int:
        """Take in reports, each with all its claims, a run of its own; the run's number. Views stay as they are.

        For reports as they come in: events and findings are made anew when a comparison is written.
        """
        held = iter(found)
        group = list(islice(held, _AT_ONCE))
        run, counts = 0, {"reports": 0, "claims": 0}
        while group or not run:
            following = list(islice(held, _AT_ONCE))
            with self._writes() as connection:
                run = run or self.begin(connection, record)
                self._put(connection, run, group)
                counts["reports"] += len(group)
                counts["claims"] += sum(len(mine) for _, mine in group)
                if not following:
                    writing.finish(connection, run, self.clock(), ())
                    self.log(connection, "finish run", str(run), after=counts)
            group = following
        return run

    def status(self) -> dict[str, Any]:
        """How many runs, reports, claims and events stand, and where the audit log stands."""
        with reads(self.engine) as connection:

            def count(what: FromClause) -> int:
                return connection.execute(select(func.count()).select_from(what)).scalar_one()

            standing = claims_standing.select().where(claims_standing.c.until.is_(None)).subquery()
            events = self._views(select(views.c.id).where(views.c.kind == "event"), None).subquery()
            last = connection.execute(select(func.max(runs.c.done))).scalar()
            return {
                "runs": count(runs),
                "reports": count(reports),
                "claims": count(standing),
                "events": count(events),
                "last_run": last,
                "redactions": audit.redactions(connection),
                "audit": str(audit.anchor(connection)),
            }

    def reports(self) -> Iterator[Report]:
        """Every report, by id."""
        with reads(self.engine) as connection:
            for body in connection.execute(select(reports.c.body).order_by(reports.c.id)).scalars():
                yield loads(Report, body)

    def claims(self, *, as_of: int | str | None = None, reviewed: bool = False) -> tuple[Claim, ...]:
        """The claims that stand, or that stood after a run (a number) or at a time (ISO 8601), by report and place.

        With ``reviewed`` they are as people decided, or had decided by then (of a run: before the next one began):
        without those rejected, with the values corrected.
        """
        if reviewed:
            return self._reviewed(as_of)
        with reads(self.engine) as connection:
            return _claims(connection, self._run(connection, as_of))

    def comparison(self, *, as_of: int | str | None = None) -> Comparison:
        """The whole record as it stands, or as it stood."""
        with reads(self.engine) as connection:
            run = self._run(connection, as_of)
            seen = reports.c.since <= run if run is not None else reports.c.since.is_not(None)
            held = [loads(Report, b) for b in connection.execute(select(reports.c.body).where(seen)).scalars()]
            query = self._views(select(views.c.kind, views.c.body), run).order_by(views.c.kind, views.c.id)
            rows = connection.execute(query).all()
            last = run if run is not None else connection.execute(select(func.max(runs.c.id))).scalar()
            told = select(issues.c.body).where(issues.c.run == last).order_by(issues.c.n)
            found = tuple(loads(Issue, body) for body in connection.execute(told).scalars())
            return _assembled(held, _claims(connection, run), rows, found)

    def verify(self, known: Anchor | None = None) -> list[str]:
        """What is wrong with the record, a line each: the database, the audit log, what rows say of themselves."""
        from tawatur.ledger import review_verifying
        from tawatur.ledger.verifying import faults

        with reads(self.engine) as connection:
            found = (faults, review_verifying.faults, rights.faults)
            return [*(line for check in found for line in check(connection)), *audit.faults(connection, known)]

    def anchor(self) -> Anchor:
        """Where the audit log stands, to be kept elsewhere."""
        with reads(self.engine) as connection:
            return audit.anchor(connection)

    def _reviewed(self, as_of: int | str | None) -> tuple[Claim, ...]:
        from tawatur.ledger.review_earlier import reviewed_then, until
        from tawatur.ledger.reviewing import reviewed

        if as_of is None:
            return tuple(one.claim for one in reviewed(self) if one.claim is not None)
        with reads(self.engine) as connection:
            stood = _claims(connection, self._run(connection, as_of))
            return reviewed_then(connection, stood, until(connection, as_of))

    def _decided(self, comparison: Comparison) -> tuple[tuple[Judgement, ...], tuple[Claim, ...]]:
        """What people decided about pairs of a comparison's claims, and the claims that they added to its reports."""
        from tawatur.ledger.review_added import added_among
        from tawatur.ledger.review_pairs import judgements_in  # which knows the ledger

        with reads(self.engine) as connection:
            added = added_among(connection, [report.id for report in comparison.reports])
            known = {claim.id for claim in (*comparison.claims, *added)}
            return tuple(made for made in judgements_in(connection) if {made.a, made.b} <= known), added

    def _put(self, connection: Connection, run: int, found: Sequence[tuple[Report, Sequence[Claim]]]) -> None:
        """Reports with their claims, and with those that people added; decisions about them where they belong now."""
        from tawatur.ledger.review_added import with_added
        from tawatur.ledger.review_settling import settle

        whole, moved = with_added(connection, found)
        writing.put_reports(connection, run, whole)
        settle(connection, [report.id for report, _ in found], at=self.clock(), author=self.author, moved=moved)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _writes(self) -> Iterator[Connection]:
        with acting(self, self.author, "write") as connection:
            yield connection

    def begin(self, connection: Connection, record: object) -> int:
        """A new run inside a transaction; its number."""
        run = writing.begin(connection, self.clock(), record)
        self.log(connection, "begin run", str(run), after=record)
        return run

    def log(self, connection: Connection, action: str, subject: str, after: object = None) -> None:
        """An entry of the audit log inside a transaction."""
        audit.append(
            connection, at=self.clock(), author=self.author, action=action, subject=subject, before=None, after=after
        )

    def _run(self, connection: Connection, as_of: int | str | None) -> int | None:
        """The run that a number or a time means; 0 before the first."""
        if as_of is None or isinstance(as_of, int):
            return as_of
        return connection.execute(select(func.max(runs.c.id)).where(runs.c.done <= as_of)).scalar() or 0

    def _views(self, query: Any, run: int | None) -> Any:
        return query.select_from(VIEWS_BY_RUN).where(_stood(views_standing, run))


def _claims(connection: Connection, run: int | None) -> tuple[Claim, ...]:
    order = (claims.c.report, claims.c.start, claims.c.end, claims.c.event_type, claims.c.id)
    query = select(claims.c.body).select_from(CLAIMS_BY_RUN).where(_stood(claims_standing, run)).order_by(*order)
    return tuple(loads(Claim, body) for body in connection.execute(query).scalars())


def _stood(standing: Table, run: int | None) -> ColumnElement[bool]:
    if run is None:
        return standing.c.until.is_(None)
    return (standing.c.since <= run) & or_(standing.c.until.is_(None), standing.c.until > run)


def _assembled(
    held: Sequence[Report], mine: tuple[Claim, ...], rows: Sequence[Any], found: tuple[Issue, ...]
) -> Comparison:
    by_kind: dict[str, list[Any]] = {kind: [] for kind in (*_KINDS, "copied_claim")}
    for kind, body in rows:
        by_kind[kind].append(loads(_KINDS.get(kind, tuple[str, str]), body))
    links, copied = by_kind["copy_link"], sorted(by_kind["copied_claim"])
    lineage = Lineage(
        links=tuple(link for link in links if link.kind != "quotation"),
        groups=tuple(by_kind["copy_group"]),
        copied_claims=tuple(copied),
        quotations=tuple(link for link in links if link.kind == "quotation"),
    )
    return Comparison(
        reports=tuple(held),
        claims=mine,
        lineage=lineage,
        events=tuple(by_kind["event"]),
        accounts=tuple(by_kind["account"]),
        findings=tuple(by_kind["finding"]),
        estimates=tuple(by_kind["estimate"]),
        issues=found,
        doubts=tuple(by_kind["doubt"]),
    )
