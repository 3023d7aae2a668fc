"""``tawatur review add``: a claim that the machine missed."""

from __future__ import annotations

import click

from tawatur.cli.common import Job, pairs_of, plain
from tawatur.cli.ledger import opened, url_option
from tawatur.cli.review import by_option, reason_option, review, tell_decisions

__all__ = ["add", "review"]


@review.command()
@click.argument("report")
@click.argument("words")
@click.option("--type", "event_type", required=True, metavar="TYPE", help="Its event type, such as airstrike.")
@click.option(
    "--set",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    callback=pairs_of,
    help="A field as review correct takes it: status=completed, 'figures.+=7 civilians; low=7; …'. Several times.",
)
@by_option
@reason_option
@url_option
def add(
    report: str,
    words: str,
    event_type: str,
    fields: tuple[tuple[str, str], ...],
    author: str,
    reason: str,
    url: str | None,
) -> None:
    """Add a claim that the machine missed: WORDS of a REPORT (its id or name), or where they stand (120-155).

    It stands among the claims, marked with who added it, in search, exports and every later run. Once a reader finds
    the same claim, both are one. undo takes it out again. Events and findings are brought up to it.

    \b
    Example:
      tawatur review add r04 'words of the report' --type evacuation --set status=began \\
        --set 'attribution=RT > Hmeimim centre' --set 'places.+=Aleppo; lat=36.2; lon=37.2' --by NAME
    """
    from tawatur.ledger import add_claim, catch_up, context

    with opened(url) as held:
        held.author = author
        made = add_claim(held, report, words, event_type, fields, author=author, reason=reason)
        shown = context(held, made.anchor.claim)
        tell_decisions((made,))
        click.echo(plain(f"    {shown.claim.span.of(shown.report.text)}"))
        with Job().telling() as told:
            catch_up(held, on_issue=told)
