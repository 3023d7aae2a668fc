"""``tawatur review``: what people decide about claims of the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tawatur.cli.common import json_option, on_terminal, plain, print_json
from tawatur.cli.ledger import opened, url_option

if TYPE_CHECKING:
    from tawatur.ledger import Decision, Item, Second

by_option = click.option(
    "--by", "author", metavar="NAME", envvar="TAWATUR_USER", required=True, help="Who decides; or TAWATUR_USER."
)
reason_option = click.option("--reason", metavar="TEXT", default="", help="Why.")
version_option = click.option(
    "--version", type=int, metavar="N", help="The version that list told: refused when somebody decided meanwhile."
)
ids_argument = click.argument("ids", metavar="ID...", nargs=-1, required=True)


@click.group(invoke_without_command=True)
@click.option(
    "--by", "author", metavar="NAME", default="", help="Who decides; else TAWATUR_USER, else your name on this system."
)
@url_option
@click.pass_context
def review(context: click.Context, author: str, url: str | None) -> None:
    """Decide about claims of the ledger: each decision has an author, a time and a reason, and none is deleted.

    On a terminal, tawatur review alone steps through the queue by single keys, in the layout of an English or an
    Arabic keyboard: accept, reject, correct, comment, skip, undo, quit.

    \b
    Or one by one:
      tawatur review list
      tawatur review accept ID --by NAME
      tawatur review correct ID figures.0.low 5 --by NAME --reason "page 2"
    """
    if context.invoked_subcommand is not None:
        for name, option in (("author", "--by"), ("url", "--ledger")):
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                place = f"tawatur review {context.invoked_subcommand} … {option}"
                raise click.UsageError(f"{option} goes after the command: {place}", context)
        return
    if not (on_terminal() and sys.stdin.isatty()):
        raise click.exceptions.NoArgsIsHelpError(context)
    from tawatur.cli.review_keys import Session
    from tawatur.cli.review_terminal import terminal

    with opened(url) as held, terminal() as seat:
        Session(held, author or held.author, seat).run()


@review.command("list")
@url_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--for", "author", metavar="NAME", default="", help="Only what this person may do now.")
@json_option
def list_(url: str | None, limit: int, author: str, as_json: bool) -> None:
    """What to look at, what matters most first: unsettled, second reviews, contradictions, doubtful fields."""
    from tawatur.ledger import queue

    with opened(url) as held:
        items = queue(held, limit, author)
    _show(items, as_json)


@review.command()
@by_option
@click.option("--count", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--minutes", type=click.FloatRange(1, 1440), default=30, show_default=True, help="For how long.")
@url_option
@json_option
def take(author: str, count: int, minutes: float, url: str | None, as_json: bool) -> None:
    """Be given the next claims: nobody else is given them or may decide them until you did, or the time is up.

    What you have already is given again, for as long from now.
    """
    from tawatur.ledger import take

    with opened(url) as held:
        items = take(held, author, count, minutes=minutes)
    _show(items, as_json)


@review.command("release")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@by_option
@url_option
def release(ids: tuple[str, ...], author: str, url: str | None) -> None:
    """Give back claims that you have, all of them or these."""
    from tawatur.ledger import give_back

    with opened(url) as held:
        click.echo(f"{give_back(held, author, ids or None)} given back.")


@review.command("taken")
@url_option
@json_option
def taken(url: str | None, as_json: bool) -> None:
    """Who has which claims, and until when."""
    from dataclasses import asdict

    from tawatur.ledger import lent

    with opened(url) as held:
        found = lent(held)
    if as_json or not on_terminal():
        print_json([asdict(one) for one in found])
    else:
        click.echo("\n".join(plain(f"{x.claim} {x.author} until {x.until[:16]}") for x in found) or "Nobody has any.")


@review.command("second")
@ids_argument
@by_option
@reason_option
@url_option
def second(ids: tuple[str, ...], author: str, reason: str, url: str | None) -> None:
    """Ask that somebody else decides about claims as well: neither you nor who decided already."""
    from tawatur.ledger import Edit

    _decide(url, author, [Edit(key, "second", reason=reason) for key in ids])


@review.command("seconds")
@url_option
@json_option
def seconds(url: str | None, as_json: bool) -> None:
    """Second reviews: which are open, and where the second reviewer decided as the first or otherwise."""
    from tawatur.ledger import seconds

    with opened(url) as held:
        found = seconds(held)
    if as_json or not on_terminal():
        print_json([_second(one) for one in found])
        return
    for one in found:
        state = {None: "open", True: "agrees", False: "differs"}[one.agrees]
        click.echo(plain(f"{one.claim} {state}: {'; '.join(made.line() for made in (*one.first, *one.second))}"))


def _second(one: Second) -> dict[str, Any]:
    lines = {"first": [made.line() for made in one.first], "second": [made.line() for made in one.second]}
    return {"claim": one.claim, "asked": one.asked.line(), "agrees": one.agrees, **lines}


def _show(items: tuple[Item, ...], as_json: bool) -> None:
    if as_json or not on_terminal():
        print_json([_as_json(item) for item in items])
        return
    for item in items:
        click.echo(plain(f"{_id(item)} v{item.version} {item.state:<9} {_field(item)}{item.why}"))
        if item.quote:
            click.echo(plain(f"    {item.quote}"))
    click.echo(f"{len(items)} to look at." if items else "Nothing to look at.")


def _id(item: Item) -> str:
    return item.claim.id if item.claim else f"decision {item.decision}"


def _field(item: Item) -> str:
    told = "" if isinstance(item.value, list | dict) else f"={item.value}"
    return f"{item.field}{told} " if item.field else ""


def _as_json(item: Item) -> dict[str, Any]:
    return {
        "claim": item.claim.id if item.claim else None,
        "other": item.other or None,
        "decision": item.decision or None,
        "field": item.field or None,
        "value": item.value,
        "why": item.why,
        "matters": item.matters,
        "state": item.state,
        "version": item.version,
        "event_type": item.claim.event_type if item.claim else None,
        "status": item.claim.status if item.claim else None,
        "report": item.report.id if item.report else None,
        "name": item.report.name if item.report else None,
        "start": item.claim.span.start if item.claim else None,
        "end": item.claim.span.end if item.claim else None,
        "quote": item.quote,
    }


def _decide(url: str | None, author: str, edits: list[Any]) -> None:
    """Make decisions, all or none, and tell each."""
    from tawatur.ledger import decide

    with opened(url) as held:
        tell_decisions(decide(held, edits, author=author))


def tell_decisions(made: tuple[Decision, ...]) -> None:
    """A line for each decision."""
    for one in made:
        state = "withdrawn" if one.withdrawn else f"v{one.version}"
        click.echo(plain(f"{one.id} {one.claim or one.anchor.claim} {state} {one.line()}"))


@review.command()
@ids_argument
@by_option
@reason_option
@version_option
@click.option("--field", default="", help="Only this field is right, such as figures.0.low.")
@url_option
def accept(ids: tuple[str, ...], author: str, reason: str, version: int | None, field: str, url: str | None) -> None:
    """Claims are right as the machine read them, with what was corrected; several at once, all or none."""
    from tawatur.ledger import Edit

    _decide(url, author, [Edit(key, "accept", field, None, reason, version) for key in ids])


@review.command()
@ids_argument
@by_option
@reason_option
@version_option
@url_option
def reject(ids: tuple[str, ...], author: str, reason: str, version: int | None, url: str | None) -> None:
    """The report does not claim this: it is left out of what is reviewed. Several at once, all or none."""
    from tawatur.ledger import Edit

    _decide(url, author, [Edit(key, "reject", "", None, reason, version) for key in ids])


@review.command()
@click.argument("key", metavar="ID")
@click.argument("field")
@click.argument("value")
@by_option
@reason_option
@version_option
@url_option
def correct(key: str, field: str, value: str, author: str, reason: str, version: int | None, url: str | None) -> None:
    """FIELD of a claim is VALUE; an empty VALUE is none (no bound, no date, the publisher's own word).

    \b
    FIELD is event_type, status, said, origin, span, attribution (voices, outermost first), actors, affected,
    or one of a part, where N counts from 0 in the claim's order:
      figures.N.low .high .approximate .population .outcome .cumulative .noun .part_of .text
      places.N.name .lat .lon .radius_km .role .text     times.N.start .end .kind .text
      actors.N.name .text   affected.N.name .text        attribution.N.name .stance .body .kind .text
    figures.N with no VALUE takes one out, figures.+ adds one; so for places, times, actors and affected.

    \b
    Examples:
      tawatur review correct ID span 'words of the report' --by NAME
      tawatur review correct ID attribution 'RT > Hmeimim centre (asserted)' --by NAME
      tawatur review correct ID figures.+ '7 civilians; low=7; high=7; population=civilians; outcome=killed' --by NAME
      tawatur review correct ID places.1 '' --by NAME
    """
    from tawatur.ledger import Edit, context, decide

    with opened(url) as held:
        made = decide(held, [Edit(key, "correct", field, value, reason, version)], author=author)
        shown = context(held, key)
    tell_decisions(made)
    click.echo(plain(f"    {shown.claim.span.of(shown.report.text)}"))


@review.command()
@ids_argument
@by_option
@click.option("--reason", metavar="TEXT", required=True, help="What there is to say.")
@url_option
def comment(ids: tuple[str, ...], author: str, reason: str, url: str | None) -> None:
    """Say something about claims without deciding."""
    from tawatur.ledger import Edit

    _decide(url, author, [Edit(key, "comment", reason=reason) for key in ids])


@review.command()
@click.argument("verdict", type=click.Choice(["same", "different", "unsure"]))
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@by_option
@reason_option
@version_option
@url_option
def pair(verdict: Any, one: str, other: str, author: str, reason: str, version: int | None, url: str | None) -> None:
    """Whether two claims speak of the same event. --version is that of the first."""
    from tawatur.ledger import Edit

    _decide(url, author, [Edit(one, verdict, "", None, reason, version, other)])


@review.command("merge")
@click.argument("events", metavar="EVENT EVENT...", nargs=-1, required=True)
@by_option
@reason_option
@url_option
def merge(events: tuple[str, ...], author: str, reason: str, url: str | None) -> None:
    """Events are one: every later run keeps their claims together. undo takes the decisions back."""
    from tawatur.ledger import merge

    with opened(url) as held:
        tell_decisions(merge(held, events, author=author, reason=reason))


@review.command("split")
@click.argument("event", metavar="EVENT")
@click.argument("ids", metavar="CLAIM...", nargs=-1, required=True)
@by_option
@reason_option
@url_option
def split(event: str, ids: tuple[str, ...], author: str, reason: str, url: str | None) -> None:
    """These claims of an event are another event: every later run keeps them from the rest."""
    from tawatur.ledger import split

    with opened(url) as held:
        tell_decisions(split(held, event, ids, author=author, reason=reason))


@review.command()
@ids_argument
@by_option
@reason_option
@url_option
def undo(ids: tuple[str, ...], author: str, reason: str, url: str | None) -> None:
    """Take decisions back by their ids; what they superseded holds again, and they stay in the record."""
    from tawatur.ledger import withdraw

    with opened(url) as held:
        tell_decisions(withdraw(held, ids, author=author, reason=reason))


@review.command("export")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@url_option
def export_(path: Path, url: str | None) -> None:
    """Write every decision into PATH: .jsonl loses nothing, .csv is for spreadsheets."""
    from tawatur.ledger import export_decisions

    with opened(url) as held:
        click.echo(f"Decisions: {path}, {export_decisions(held, path)}")


@review.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@by_option
@url_option
@click.pass_context
def import_(context: click.Context, path: Path, author: str, url: str | None) -> None:
    """Bring in decisions from a .jsonl or .csv file; again changes nothing. Bad rows are told; exit code 1 then."""
    from tawatur.ledger import import_decisions

    with opened(url) as held:
        done = import_decisions(held, path, author=author)
    for issue in done.issues:
        click.echo(plain(issue.line()), err=True)
    told = f"{done.new} new, {done.replaced} replaced, {done.withdrawn} withdrawn, {done.known} known"
    click.echo(f"Decisions: {told}, {len(done.issues)} refused")
    context.exit(1 if done.issues else 0)
