"""Users with roles: who may do what, every refusal one line and in the audit log, and no ledger without an admin."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from tawatur.cli import app
from tawatur.errors import LedgerError, NotFoundError, RightsError
from tawatur.ledger import (
    ROLES,
    Edit,
    Filters,
    Ledger,
    SavedSearch,
    add_claim,
    add_user,
    backup,
    bring_up,
    catch_up,
    decide,
    dump,
    export_decisions,
    forget_search,
    give_back,
    import_decisions,
    lent,
    merge,
    open_ledger,
    redact,
    remove_user,
    restore,
    reviewed,
    save_search,
    search,
    seconds,
    set_role,
    split,
    take,
    users,
    withdraw,
)
from tawatur.ledger.connect import reading, writing
from tawatur.ledger.schema import audit, migrations
from tawatur.ledger.schema import users as table
from two_claims import KILLED, MOVED, REPORT, comparison_of

Deed = Callable[[Ledger, str], object]


def _as(ledger: Ledger, name: str) -> Ledger:
    ledger.author = name
    return ledger


def _redecide(ledger: Ledger, name: str) -> object:
    """Decide, and take that back."""
    (made,) = decide(ledger, [Edit(MOVED.id, "reject")], author=name)
    return withdraw(ledger, [made.id], author=name)


#: What is done, and the least role for it.
DEEDS: list[tuple[str, str, Deed]] = [
    ("read", "reader", lambda held, _: (held.claims(reviewed=True), search(held, "حلب"), held.verify())),
    ("decide", "reviewer", lambda held, name: decide(held, [Edit(MOVED.id, "comment", reason="ask")], author=name)),
    ("take", "reviewer", lambda held, name: (take(held, name), give_back(held, name))),
    ("add", "reviewer", lambda held, name: add_claim(held, REPORT.id, "قتلوا", "attack", author=name)),
    ("undo one's own", "reviewer", _redecide),
    ("catch up", "reviewer", lambda held, name: catch_up(_as(held, name))),
    ("search", "reviewer", lambda held, name: save_search(_as(held, name), SavedSearch("s", "حلب", Filters()))),
    ("write", "editor", lambda held, name: _as(held, name).write(comparison_of(KILLED, MOVED))),
    ("add reports", "editor", lambda held, name: _as(held, name).add([(REPORT, [KILLED, MOVED])])),
    ("redact", "admin", lambda held, name: redact(_as(held, name), ["رامي عبد الرحمن"])),
    ("users", "admin", lambda held, name: add_user(held, "نور", "reader", by=name)),
]


@pytest.fixture
def ledger(two_claims: Ledger) -> Ledger:
    """A ledger with a user of each role, named like it."""
    add_user(two_claims, "admin", "admin", by="tester")
    for role in ROLES[:-1]:
        add_user(two_claims, role, role, by="admin")
    return _as(two_claims, "admin")


def _entries(ledger: Ledger, action: str) -> list[tuple[str, str, str | None]]:
    with reading(ledger.engine) as connection:
        rows = connection.execute(select(audit).where(audit.c.action == action).order_by(audit.c.seq)).all()
    return [(row.author, row.subject, row.after) for row in rows]


def test_each_role_may_what_it_may_and_no_more(ledger: Ledger) -> None:
    for what, least, deed in DEEDS:
        for name in ("stranger", *ROLES[: ROLES.index(least)]):
            if what == "read":
                continue
            before, refusals = ledger.status(), len(_entries(ledger, "refuse"))
            with pytest.raises(RightsError, match=f"^{name} is .* may not .*; .*ask one of admin$") as refusal:
                deed(ledger, name)
            assert "\n" not in str(refusal.value)
            author, _, after = _entries(ledger, "refuse")[refusals]
            assert (author, json.loads(after or "")["told"]) == (name, refusal.value.message), what
            assert len(_entries(ledger, "refuse")) == refusals + 1
            assert {**ledger.status(), "audit": ""} == {**before, "audit": ""}
        deed(ledger, least)


def test_everything_that_writes_asks_who_may(ledger: Ledger, tmp_path: Path) -> None:
    (made,) = decide(ledger, [Edit(KILLED.id, "accept")], author="reviewer")
    path = tmp_path / "d.jsonl"
    export_decisions(ledger, path)
    event = "0" * 16
    for what in (
        lambda: withdraw(ledger, [made.id], author="reader"),
        lambda: import_decisions(ledger, path, author="reviewer"),
        lambda: merge(ledger, [event, event], author="reader"),
        lambda: split(ledger, event, [KILLED.id], author="reader"),
        lambda: take(ledger, "reader"),
        lambda: give_back(ledger, "reader"),
        lambda: catch_up(_as(ledger, "reader")),
        lambda: set_role(ledger, "reader", "admin", by="reader"),
        lambda: remove_user(ledger, "admin", by="editor"),
    ):
        with pytest.raises(RightsError):
            what()
    save_search(_as(ledger, "reviewer"), SavedSearch("s", "حلب", Filters()))
    with pytest.raises(RightsError):
        forget_search(_as(ledger, "reader"), "s")
    assert import_decisions(ledger, path, author="editor").known == 1


def test_a_reviewer_takes_back_own_decisions_an_editor_those_of_others(ledger: Ledger) -> None:
    (mine,) = decide(ledger, [Edit(KILLED.id, "accept")], author="reviewer")
    (other,) = decide(ledger, [Edit(MOVED.id, "accept")], author="admin")
    with pytest.raises(RightsError, match="may not undo the decisions of others"):
        withdraw(ledger, [mine.id, other.id], author="reviewer")
    assert withdraw(ledger, [mine.id], author="reviewer")[0].withdrawn
    assert withdraw(ledger, [other.id], author="editor")[0].withdrawn


def test_a_name_is_one_person_however_it_is_written(ledger: Ledger) -> None:
    add_user(ledger, "Zoé", "reviewer", by="admin")
    decide(ledger, [Edit(KILLED.id, "accept"), Edit(KILLED.id, "second")], author="Zoe\u0301")
    assert {one.author for one in reviewed(ledger, [KILLED.id])[0].decisions} == {"Zoé"}
    (made,) = decide(ledger, [Edit(KILLED.id, "reject")], author=" Zoé ")
    (open_one,) = seconds(ledger)
    assert open_one.agrees is None  # nobody reviews their own decision a second time
    assert withdraw(ledger, [made.id], author=" Zoé")[0].withdrawn
    decide(ledger, [Edit(MOVED.id, "second")], author="admin")
    took = take(ledger, "Zoé\t")
    assert [lease.author for lease in lent(ledger, " Zoé")] == ["Zoé"] * len(took)
    assert give_back(ledger, "Zoe\u0301") == len(took) > 0


def test_a_ledger_without_users_is_open(two_claims: Ledger) -> None:
    assert users(two_claims) == ()
    decide(two_claims, [Edit(KILLED.id, "accept")], author="whoever")
    redact(two_claims, ["رامي عبد الرحمن"])


def test_there_is_an_admin_as_long_as_there_are_users(two_claims: Ledger) -> None:
    ledger = two_claims
    with pytest.raises(LedgerError, match="first user must be an admin"):
        add_user(ledger, "سامي", "reviewer", by="tester")
    add_user(ledger, " ريم ", "admin", by="tester")
    add_user(ledger, "سامي", "reviewer", by="ريم")
    for what in (lambda: set_role(ledger, "ريم", "editor", by="ريم"), lambda: remove_user(ledger, "ريم", by="ريم")):
        with pytest.raises(LedgerError, match="only admin"):
            what()
    set_role(ledger, "سامي", "admin", by="ريم")
    remove_user(ledger, "ريم", by="سامي")
    with pytest.raises(RightsError, match="ريم is no user"):
        decide(ledger, [Edit(KILLED.id, "accept")], author="ريم")
    assert [(user.name, user.role, user.by) for user in users(ledger)] == [("سامي", "admin", "ريم")]
    remove_user(ledger, "سامي", by="سامي")
    decide(ledger, [Edit(KILLED.id, "accept")], author="whoever")
    assert [subject for _, subject, _ in _entries(ledger, "user remove")] == ["ريم", "سامي"]


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "\u202eabc"])
def test_names_that_cannot_be_are_refused(two_claims: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="no name of a user"):
        add_user(two_claims, name, "admin", by="tester")


def test_users_that_are_there_or_not_and_roles_that_are_none(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="a user already"):
        add_user(ledger, "reader", "admin", by="admin")
    with pytest.raises(NotFoundError, match="no user"):
        set_role(ledger, "nobody", "reader", by="admin")
    with pytest.raises(LedgerError, match="is no role"):
        add_user(ledger, "x", "king", by="admin")  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match="remove the user first"):
        redact(ledger, ["reviewer"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE users SET role = 'admin' WHERE name = 'reader'", "user reader is not as"),
        ("DELETE FROM users WHERE name = 'editor'", "user editor is missing"),
        ("INSERT INTO users VALUES ('eve', 'admin', 'x', 'eve')", "user eve is not as"),
    ],
)
def test_users_changed_behind_the_log_show(ledger: Ledger, change: str, told: str) -> None:
    with reading(ledger.engine) as connection:
        rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    with writing(ledger.engine) as connection:
        connection.execute(text(change))
    assert any(told in line for line in ledger.verify())
    with writing(ledger.engine) as connection:
        connection.execute(table.delete())
        connection.execute(table.insert(), rows)


def test_only_an_admin_restores_what_has_users(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = backup(ledger, tmp_path / "b")
    dump(ledger, tmp_path / "d")
    dump(ledger, tmp_path / "p", "parquet")
    for source in (path, tmp_path / "d", tmp_path / "p"):
        target = tmp_path / f"again-{source.name}.db"
        monkeypatch.setenv("TAWATUR_USER", "editor")
        with pytest.raises(RightsError, match="editor is a editor and may not restore"):
            restore(source, f"sqlite:///{target}")
        assert not target.exists()
        monkeypatch.setenv("TAWATUR_USER", "admin")
        again = restore(source, f"sqlite:///{target}")
        assert users(again) == users(ledger)
        again.close()


def test_an_older_ledger_with_users_is_brought_up_by_an_admin(
    url: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(ledger.engine) as connection:
        connection.execute(migrations.delete().where(migrations.c.name.like("0005%")))
    monkeypatch.setenv("TAWATUR_USER", "reader")
    with pytest.raises(RightsError, match="reader is a reader and may not migrate"):
        bring_up(url)
    assert len(_entries(ledger, "refuse")) == 1
    monkeypatch.setenv("TAWATUR_USER", "admin")
    assert bring_up(url) == ("0005 leases",)


def test_a_ledger_from_before_there_were_users_is_brought_up_by_whoever(url: str, two_claims: Ledger) -> None:
    with writing(two_claims.engine) as connection:
        table.drop(connection)
        connection.execute(migrations.delete().where(migrations.c.name.like("%users")))
    with pytest.raises(LedgerError, match="older tawatur"):
        open_ledger(url)
    assert len(bring_up(url)) == 1
    assert users(two_claims) == ()


def _run(*words: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(app, list(words))


def test_users_from_the_command_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'l.db'}"
    made = open_ledger(url, create=True)
    made.write(comparison_of(KILLED, MOVED))
    made.close()
    who = {"TAWATUR_LEDGER": url, "TAWATUR_USER": "Reem"}
    assert "Reem" in _run("ledger", "user", "add", "Reem", "--role", "admin", **who).stdout
    assert _run("ledger", "user", "add", "Sami", "--role", "reader", **who).exit_code == 0
    refused = _run("review", "accept", KILLED.id, "--by", "Sami", **who)
    assert isinstance(refused.exception, RightsError)
    assert _run("ledger", "user", "role", "Sami", "reviewer", **who).exit_code == 0
    assert _run("review", "accept", KILLED.id, "--by", "Sami", **who).exit_code == 0
    assert [one["role"] for one in json.loads(_run("ledger", "user", "list", "--json", **who).stdout)] == [
        "admin", "reviewer"
    ]  # fmt: skip
    assert isinstance(
        _run("ledger", "redact", "حلب", "--yes", **{**who, "TAWATUR_USER": "Sami"}).exception, RightsError
    )
    assert _run("ledger", "user", "remove", "Sami", "--by", "Reem", **who).exit_code == 0
    assert _run("review", "undo", "0" * 16, **who).exit_code == 1
