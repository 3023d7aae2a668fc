"""Who may do what in a ledger: users by name, each with a role, held in the ledger itself.

A ledger without users is open: whoever opens it may do all. With users, only they may change anything, each as far as
the role goes: a ``reader`` reads, a ``reviewer`` decides about claims and has events brought up to that, an
``editor`` also writes runs and reports, brings in files of decisions and takes back those of others, an ``admin`` also
redacts, restores, migrates, changes the key and keeps users.
Nobody proves a name here: it is the one that is given. What guards against people who lie are the rights on the file
and the roles of PostgreSQL.
"""

from __future__ import annotations

import getpass
import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import Connection, delete, insert, inspect, select, update

from tawatur.errors import LedgerError, NotFoundError, RightsError
from tawatur.ledger import audit
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.schema import audit as log
from tawatur.ledger.schema import users as table

if TYPE_CHECKING:
    from tawatur.ledger.record import Ledger

Role = Literal["reader", "reviewer", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
Deed = Literal[
    "decide", "catch up", "keep searches", "write", "import decisions", "undo the decisions of others", "redact",
    "restore", "migrate", "change the key", "change users",
]  # fmt: skip
#: The least role for each deed.
NEEDED: dict[Deed, Role] = {
    "decide": "reviewer",
    "catch up": "reviewer",
    "keep searches": "reviewer",
    "write": "editor",
    "import decisions": "editor",
    "undo the decisions of others": "editor",
    "redact": "admin",
    "restore": "admin",
    "migrate": "admin",
    "change the key": "admin",
    "change users": "admin",
}
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class User:
    """A user of a ledger: since when with this role, and who gave it."""

    name: str
    role: Role
    since: str
    by: str


def users(ledger: Ledger) -> tuple[User, ...]:
    """All users, by name; none in a ledger that is open to whoever opens it."""
    with reading(ledger.engine) as connection:
        return _held(connection)


def add_user(ledger: Ledger, name: str, role: Role, *, by: str, at: str | None = None) -> User:
    """A user more. The first one must be an admin.

    Raises LedgerError for a name that cannot be or is there, RightsError where ``by`` may not.
    """
    _check_role(role)
    with acting(ledger, by, "change users") as connection:
        name = _named(name)
        held = _held(connection)
        if any(user.name == name for user in held):
            raise LedgerError(f"{name} is a user already", "change the role: tawatur ledger user role")
        if not held and role != "admin":
            raise LedgerError("the first user must be an admin", "nobody could add others: give --role admin")
        made = User(name, role, at or ledger.clock(), folded(by))
        connection.execute(insert(table), [{"name": made.name, "role": role, "since": made.since, "by": made.by}])
        _log(connection, "add", made.since, made.by, name, None, made)
    return made


def set_role(ledger: Ledger, name: str, role: Role, *, by: str, at: str | None = None) -> User:
    """Another role for a user. Raises NotFoundError for nobody, LedgerError where no admin would be left."""
    _check_role(role)
    with acting(ledger, by, "change users") as connection:
        before = _one(connection, name)
        if role != "admin":
            _keeps_an_admin(connection, before)
        made = User(before.name, role, at or ledger.clock(), folded(by))
        values = {"role": role, "since": made.since, "by": made.by}
        connection.execute(update(table).where(table.c.name == made.name).values(**values))
        _log(connection, "role", made.since, made.by, made.name, before, made)
    return made


def remove_user(ledger: Ledger, name: str, *, by: str, at: str | None = None) -> None:
    """A user less; what the user did stays. With the last one the ledger is open again.

    Raises NotFoundError for nobody, LedgerError where users would be left without an admin.
    """
    with acting(ledger, by, "change users") as connection:
        before = _one(connection, name)
        if len(_held(connection)) > 1:
            _keeps_an_admin(connection, before)
        connection.execute(delete(table).where(table.c.name == before.name))
        _log(connection, "remove", at or ledger.clock(), folded(by), before.name, before, None)


@contextmanager
def acting(ledger: Ledger, author: str, deed: Deed) -> Iterator[Connection]:
    """A transaction that writes, for somebody who may. A refusal stands in the audit log, and nothing else is written.

    Raises RightsError.
    """
    try:
        with writing(ledger.engine) as connection:
            check(connection, author, deed)
            yield connection
    except RightsError as refusal:
        with writing(ledger.engine) as connection:
            _refused(connection, ledger.clock(), author, refusal)
        raise


def at_work() -> str:
    """Who is at work: as the environment variable ``TAWATUR_USER`` says, or the system."""
    if told := os.environ.get("TAWATUR_USER", "").strip():
        return told
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def check(connection: Connection, author: str, deed: Deed) -> None:
    """Raise RightsError where a ledger has users and somebody is none of them, or one whose role does not do."""
    check_among({user.name: user.role for user in _held(connection)}, author, deed)


def check_among(held: Mapping[str, Role], author: str, deed: Deed) -> None:
    """The same among users by name, with their roles."""
    if not held:
        return
    name, needed = folded(author), NEEDED[deed]
    role = held.get(name)
    if role is None:
        raise RightsError(
            f"{name or 'nobody'} is no user of this ledger and may not {deed}",
            f"give your name (--by, or TAWATUR_USER), or ask one of {', '.join(_admins(held))}",
        )
    if ROLES.index(role) < ROLES.index(needed):
        raise RightsError(
            f"{name} is a {role} and may not {deed}",
            f"that takes a role of {needed}: ask one of {', '.join(_admins(held))}",
        )


def check_before(connection: Connection, author: str, deed: Deed, at: str) -> RightsError | None:
    """For a ledger of any version, inside a transaction that writes: why somebody may not, and that is logged."""
    if not inspect(connection).has_table(table.name):
        return None
    try:
        check(connection, author, deed)
    except RightsError as refusal:
        _refused(connection, at, author, refusal)
        return refusal
    return None


def faults(connection: Connection) -> Iterator[str]:
    """Users that were changed, taken out or put in behind the audit log's back, a line each."""
    told: dict[str, Any] = {}
    entries = select(log.c.subject, log.c.after).where(log.c.action.like("user %")).order_by(log.c.seq)
    for subject, after in connection.execute(entries):
        told.pop(subject, None)
        if after is not None:
            told[subject] = json.loads(after)
    for user in _held(connection):
        if told.pop(user.name, None) != _told(user):
            yield f"user {user.name} is not as the audit log tells"
    for name in told:
        yield f"user {name} is missing"


def covers_a_user(connection: Connection, cover: Any) -> None:
    """Raise LedgerError where a redaction would cover the name of somebody who still is a user."""
    for user in _held(connection):
        if cover(user.name) != user.name:
            raise LedgerError(
                f"{user.name} is a user of this ledger", "remove the user first: tawatur ledger user remove"
            )


def _held(connection: Connection) -> tuple[User, ...]:
    rows = connection.execute(select(table).order_by(table.c.name)).mappings()
    return tuple(User(row["name"], row["role"], row["since"], row["by"]) for row in rows)


def _one(connection: Connection, name: str) -> User:
    found = next((user for user in _held(connection) if user.name == folded(name)), None)
    if found is None:
        raise NotFoundError(f"{name!r} is no user of this ledger", "tawatur ledger user list tells them")
    return found


def _keeps_an_admin(connection: Connection, leaving: User) -> None:
    if leaving.role == "admin" and not any(u.role == "admin" and u.name != leaving.name for u in _held(connection)):
        raise LedgerError(f"{leaving.name} is the only admin", "make somebody else one first")


def _admins(held: Mapping[str, Role]) -> list[str]:
    return [name for name, role in held.items() if role == "admin"]


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise LedgerError(f"{role[:60]!r} is no role", f"give one of {', '.join(ROLES)}")


def folded(name: str) -> str:
    """A name as it is compared and kept: without space around it, letters and their marks composed (NFC)."""
    return unicodedata.normalize("NFC", name).strip()


def _named(told: str) -> str:
    name = folded(told)
    odd = any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)
    if not 0 < len(name) <= _LONGEST or odd:
        raise LedgerError(f"{told[:60]!r} is no name of a user", f"give up to {_LONGEST} letters in one line")
    return name


def _told(user: User) -> dict[str, str]:
    return {"role": user.role, "since": user.since, "by": user.by}


def _log(
    connection: Connection, action: str, at: str, by: str, name: str, before: User | None, after: User | None
) -> None:
    told = (_told(user) if user else None for user in (before, after))
    old, new = told
    audit.append(connection, at=at, author=by, action=f"user {action}", subject=name, before=old, after=new)


def _refused(connection: Connection, at: str, author: str, refusal: RightsError) -> None:
    audit.append(
        connection, at=at, author=author, action="refuse", subject=folded(author), after={"told": refusal.message}
    )
