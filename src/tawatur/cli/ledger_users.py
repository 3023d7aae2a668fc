"""``tawatur ledger user``: who may change a ledger, and how far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.common import json_option, on_terminal, plain, print_json
from tawatur.cli.ledger import opened, url_option
from tawatur.cli.ledger_exporting import ledger

if TYPE_CHECKING:
    from tawatur.ledger import User

__all__ = ["ledger", "user"]

role_choice = click.Choice(["reader", "reviewer", "editor", "admin"])
by_option = click.option(
    "--by", metavar="NAME", help="Who does it, an admin; TAWATUR_USER or your name on this system when left out."
)


@ledger.group()
def user() -> None:
    """Who may change this ledger: readers, reviewers, editors, admins. Without users it is open to whoever opens it.

    \b
    A reader    reads, searches, exports.
    A reviewer  also decides about claims, adds missed ones, takes back own decisions, keeps searches.
    An editor   also writes runs and reports, imports decisions, takes back those of others.
    An admin    also redacts, restores, migrates, and keeps users. The first user must be one.

    Names are taken as given: the rights on the file, or the roles of PostgreSQL, guard against people who lie.
    """


@user.command("add")
@click.argument("name")
@click.option("--role", type=role_choice, required=True)
@by_option
@url_option
def add(name: str, role: Any, by: str | None, url: str | None) -> None:
    """Add a user with a role."""
    from tawatur.ledger import add_user

    with opened(url) as held:
        _show([add_user(held, name, role, by=by or held.author)])


@user.command("list")
@url_option
@json_option
def list_(url: str | None, as_json: bool) -> None:
    """List the users with their roles, since when, and who gave them."""
    from tawatur.ledger import users

    with opened(url) as held:
        found = users(held)
    if as_json or not on_terminal():
        print_json([asdict(one) for one in found])
    elif found:
        _show(found)
    else:
        click.echo("No users: this ledger is open to whoever opens it.")


@user.command("role")
@click.argument("name")
@click.argument("role", type=role_choice)
@by_option
@url_option
def role(name: str, role: Any, by: str | None, url: str | None) -> None:
    """Give a user another ROLE."""
    from tawatur.ledger import set_role

    with opened(url) as held:
        _show([set_role(held, name, role, by=by or held.author)])


@user.command("remove")
@click.argument("name")
@by_option
@url_option
def remove(name: str, by: str | None, url: str | None) -> None:
    """Take a user out; what the user did stays. Without the last one the ledger is open again."""
    from tawatur.ledger import remove_user

    with opened(url) as held:
        remove_user(held, name, by=by or held.author)
    click.echo(plain(f"{name} is no user any more."))


def _show(found: Iterable[User]) -> None:
    for one in found:
        click.echo(plain(f"{one.name:<20} {one.role:<9} since {one.since[:16]}, by {one.by}"))
