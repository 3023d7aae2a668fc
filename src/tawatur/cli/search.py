"""``tawatur search``: claims and reports of a ledger by their words, places, times and figures."""

from __future__ import annotations

import typing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from tawatur import terms
from tawatur.cli.common import json_option, on_terminal, plain, print_json
from tawatur.cli.ledger import opened, url_option

if TYPE_CHECKING:
    from tawatur.ledger import Hit, Page, SavedSearch
    from tawatur.model import Span

FSI, PDI = "\u2068", "\u2069"  # first strong isolate: the terminal lays out a quote by itself
MARKS = "[", "]"
_TAKES_ONE = ("within", "place", "radius_km", "origin", "outlet", "low", "high", "grade", "review")
_TAKES_SEVERAL = ("event_type", "status", "stance", "population", "outcome")


def _terms(name: str) -> click.Choice[str]:
    return click.Choice(typing.get_args(getattr(terms, name)))


def _several(flag: str, name: str, term: str, told: str) -> Any:
    return click.option(flag, name, multiple=True, type=_terms(term), metavar="TERM", help=f"{told} May be repeated.")


_OPTIONS = (
    url_option,
    json_option,
    click.option("--raw", is_flag=True, help="Take QUERY code point by code point: no other spelling is found."),
    click.option("--in", "within", type=click.Choice(["all", "claims", "reports"]), default=None, help="What to find."),
    click.option("--place", metavar="NAME", help="A place, with what lies in it; or LAT,LON."),
    click.option("--radius", "radius_km", type=float, metavar="KM", help="Around the place."),
    click.option("--from", "begin", metavar="DATE", help="The event was on this day or later."),
    click.option("--to", "end", metavar="DATE", help="The event was on this day or before."),
    click.option("--said-from", metavar="DATE"),
    click.option("--said-to", metavar="DATE"),
    click.option("--published-from", metavar="DATE"),
    click.option("--published-to", metavar="DATE"),
    _several("--type", "event_type", "EventType", "Type of the event."),
    _several("--status", "status", "Status", "Status of the event."),
    _several("--stance", "stance", "Stance", "Stance of the voice before towards the origin."),
    click.option("--origin", metavar="NAME", help="Who the claim goes back to."),
    click.option("--outlet", metavar="NAME", help="Who published it."),
    _several("--population", "population", "Population", "What a figure counts."),
    _several("--outcome", "outcome", "Outcome", "What became of those it counts."),
    click.option("--min", "low", type=float, metavar="N", help="A figure of at least this many."),
    click.option("--max", "high", type=float, metavar="N", help="A figure of at most this many."),
    click.option("--grade", type=_terms("Grade"), help="Grade of an estimate of the event."),
    click.option("--review", metavar="STATE", help="State of review, such as machine."),
    click.option("--order", type=click.Choice(["relevance", "date"]), help="Best first, or newest first."),
    click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True),
    click.option("--after", metavar="MARK", help="The next page: the mark that the page before told."),
    click.option("--save", metavar="NAME", help="Keep this search in the ledger under a name."),
    click.option("--use", metavar="NAME", help="The search kept under a name; options beside it override."),
    click.option("--forget", metavar="NAME", help="Let go of a kept search."),
    click.option("--saved", is_flag=True, help="List the searches that are kept."),
)


@click.command()
@click.argument("query", nargs=-1)
def search(query: tuple[str, ...], url: str | None, as_json: bool, **told: Any) -> None:
    """Find claims and reports of the ledger.

    \b
    Words side by side must all be there, whatever Arabic writes onto them; "a phrase" stands as written.
      tawatur search قصف حلب
      tawatur search '(قصف OR غارة) NOT مطار' --place 'محافظة حلب' --from 2016-12-01 --to 2016-12-31
      tawatur search 'نازح*' --min 1000 --order date
    Without a query all that the filters leave is listed.
    """
    from tawatur.ledger import forget_search, save_search, saved_searches
    from tawatur.ledger import search as find

    with opened(url) as held:
        if told["forget"]:
            forget_search(held, told["forget"])
            click.echo("Forgotten.")
            return
        if told["saved"]:
            _list(saved_searches(held))
            return
        wanted = _wanted(held, " ".join(query), told)
        if told["save"]:
            save_search(held, replace(wanted, name=told["save"]))
        page = find(
            held, wanted.query, wanted.filters,
            raw=wanted.raw, order=wanted.order, limit=told["limit"], after=told["after"],
        )  # fmt: skip
    if as_json or not on_terminal():
        print_json({"hits": [_as_json(hit) for hit in page.hits], "after": page.after})
    else:
        _show(page)


for _option in reversed(_OPTIONS):
    search = _option(search)


def _wanted(held: Any, query: str, told: dict[str, Any]) -> SavedSearch:
    """The search as it was given, over the kept one where one is used."""
    from tawatur.ledger import Filters, SavedSearch, saved_search

    kept = saved_search(held, told["use"]) if told["use"] else SavedSearch("", "", Filters())
    given = {name: told[name] for name in _TAKES_ONE}
    given |= {name: told[name] or None for name in _TAKES_SEVERAL}
    for name, first, last in (
        ("happened", "begin", "end"), ("said", "said_from", "said_to"), ("published", "published_from", "published_to"),
    ):  # fmt: skip
        if told[first] or told[last]:
            before: tuple[str, str] = getattr(kept.filters, name)
            given[name] = (told[first] or before[0], told[last] or before[1])
    filters = replace(kept.filters, **{name: value for name, value in given.items() if value is not None})
    return replace(
        kept, query=query or kept.query, filters=filters, raw=told["raw"] or kept.raw, order=told["order"] or kept.order
    )


def _list(kept: tuple[SavedSearch, ...]) -> None:
    for one in kept:
        narrowed = {k: v for k, v in asdict(one.filters).items() if v != asdict(type(one.filters)())[k]}
        click.echo(plain(f"{one.name}: {one.query} {narrowed or ''} ({one.author}, {one.at})"))


def _show(page: Page) -> None:
    for hit in page.hits:
        report, claim = hit.report, hit.claim
        origin = claim.origin.name if claim and claim.origin else None
        who = "; ".join(_isolated(name) for name in (origin, report.outlet) if name)
        what = f"{claim.event_type}, {claim.status}" if claim else "report"
        day = (report.published or "")[:10] or "no date"
        click.echo(f"{day}  {what}  {who}  [{plain(report.name)}:{hit.span.start}]")
        if hit.title_marks:
            click.echo(f"    {_isolated(_marked(report.title, 0, len(report.title), hit.title_marks))}")
        click.echo(f"    {_isolated(_marked(report.text, hit.span.start, hit.span.end, hit.marks))}")
    click.echo(f"More: --after {page.after}" if page.after else f"{len(page.hits)} found; no more.")


def _marked(text: str, start: int, end: int, marks: tuple[Span, ...]) -> str:
    out, at = [], start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            out += [text[at : mark.start], MARKS[0], text[mark.start : mark.end], MARKS[1]]
            at = mark.end
    return "".join((*out, text[at:end]))


def _isolated(text: str) -> str:
    """A text that other text around it does not reorder."""
    return FSI + "".join(c for c in plain(text) if not ("\u2066" <= c <= "\u2069" or "\u202a" <= c <= "\u202e")) + PDI


def _as_json(hit: Hit) -> dict[str, Any]:
    claim = hit.claim
    return {
        "kind": "claim" if claim else "report",
        "claim": claim.id if claim else None,
        "report": hit.report.id,
        "name": hit.report.name,
        "outlet": hit.report.outlet,
        "published": hit.report.published,
        "title": hit.report.title,
        "event_type": claim.event_type if claim else None,
        "status": claim.status if claim else None,
        "origin": claim.origin.name if claim and claim.origin else None,
        "start": hit.span.start,
        "end": hit.span.end,
        "quote": hit.quote,
        "marks": [[mark.start, mark.end] for mark in hit.marks],
        "title_marks": [[mark.start, mark.end] for mark in hit.title_marks],
    }
