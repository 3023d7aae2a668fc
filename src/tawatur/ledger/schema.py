"""The one schema of the ledger, for SQLite and PostgreSQL alike.

Nothing is overwritten: what machines make is kept as versions, whose ids are hashes of their content, and the
``standing`` tables say from which run (``since``) up to which (``until``, null while it stands) a version stands.
``body`` is the whole noun as JSON, the columns beside it are what is asked for. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, text

METADATA = MetaData()
#: A whole number that counts up by itself; SQLite does so for INTEGER only.
_SERIAL = BigInteger().with_variant(Integer, "sqlite")


def _standing(name: str, of: str) -> Table:
    """From which run to which a version stands; one that comes back has a second row.

    What stands is in no index: nearly all rows do, so that a question for some of them must begin elsewhere.
    """
    gone = text("until IS NOT NULL")
    return Table(
        name,
        METADATA,
        Column("version", ForeignKey(f"{of}.version"), primary_key=True),
        Column("since", ForeignKey("runs.id"), primary_key=True),
        Column("until", ForeignKey("runs.id")),
        Index(f"{name}_gone", "until", "version", sqlite_where=gone, postgresql_where=gone),
    )


def _parts(name: str, *columns: Column[str] | Column[float] | Index) -> Table:
    """What the versions of claims hold several of, by their number in the claim."""
    return Table(
        name,
        METADATA,
        Column("version", ForeignKey("claims.version"), primary_key=True),
        Column("n", Integer, primary_key=True),
        *columns,
    )


migrations = Table("migrations", METADATA, Column("name", Text, primary_key=True), Column("at", Text, nullable=False))

runs = Table(
    "runs",
    METADATA,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("done", Text),  # when it was finished; null while it runs, or when it broke off
    Column("record", Text, nullable=False),  # versions, pack hashes, options
)

reports = Table(
    "reports",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("outlet", Text),
    Column("published", Text),
    Column("raw_digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("since", ForeignKey("runs.id"), nullable=False),
    Index("reports_published", "published"),
)

claims = Table(
    "claims",
    METADATA,
    Column("version", Text, primary_key=True),  # hash of the whole claim: reader, pack and values
    Column("id", Text, nullable=False),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("origin", Text),
    Column("reader", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index("claims_id", claims.c.id)
Index("claims_report", claims.c.report)
claims_standing = _standing("claims_standing", "claims")
#: Versions of claims with the runs in which they stood.
CLAIMS_BY_RUN = claims.join(claims_standing, claims.c.version == claims_standing.c.version)

figures = _parts(
    "figures",
    Column("low", Float),
    Column("high", Float),
    Column("population", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index("figures_counted", "outcome", "population", "low"),
)

places = _parts(
    "places",
    Column("name", Text),
    Column("lat", Float),
    Column("lon", Float),
    Index("places_where", "lat", "lon"),
)

times = _parts(
    "times",
    Column("first", Text),
    Column("last", Text),
    Index("times_last", "last"),
)

#: Copies, copied claims, events, accounts, findings and estimates: what is made anew from claims and judgements.
views = Table(
    "views",
    METADATA,
    Column("version", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("event", Text),
    Column("body", Text, nullable=False),
)
Index("views_kind", views.c.kind, views.c.event)
views_standing = _standing("views_standing", "views")
#: Versions of views with the runs in which they stood.
VIEWS_BY_RUN = views.join(views_standing, views.c.version == views_standing.c.version)

issues = Table(
    "issues",
    METADATA,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

judgements = Table(
    "judgements",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("withdrawn", Text),  # the time from which on it no longer holds
    Column("body", Text, nullable=False),
)

audit = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

#: Raw bytes of what was read: compressed, in base64; empty where a redaction let go of them.
blobs = Table(
    "blobs",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)

#: Searches that people keep by name.
searches = Table(
    "searches",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),
)

#: What people decided about claims: never changed but for their withdrawal, and for where they belong after a re-run.
decisions = Table(
    "decisions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),  # the order in which they came
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("claim", Text),  # the claim that it is about now; null when there is none
    Column("other", Text),  # the second claim of a pair, likewise
    Column("field", Text),  # of the claim as it stands now; empty for the whole of it, null when the field is gone
    Column("version", Integer, nullable=False),  # of the claim's review, once it was made
    Column("withdrawn", Text),  # null while it holds; who, when and why as JSON
    Column("withdrawn_version", Integer),
    Column("unsettled", Text, nullable=False),  # why it must be looked at again; empty else
    Column("body", Text, nullable=False),
)
Index("decisions_report", decisions.c.report)
Index("decisions_claim", decisions.c.claim)
Index("decisions_other", decisions.c.other)

#: Who has which claim to review, until when.
leases = Table(
    "leases",
    METADATA,
    Column("claim", Text, primary_key=True),
    Column("author", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
)

#: Who may change the ledger, and how far; without any it is open to whoever opens it.
users = Table(
    "users",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("by", Text, nullable=False),
)

#: The state of review of each claim that somebody decided about.
reviews = Table(
    "reviews",
    METADATA,
    Column("claim", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Index("reviews_state", "state"),
)
