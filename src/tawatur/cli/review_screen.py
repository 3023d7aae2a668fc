"""A claim under review as lines of a terminal: in its sentences, with what is doubtful and the claims beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tawatur.ledger import Context, Item, Reviewed
    from tawatur.model import Claim, Report, Span

MARKS = "⟦⟧"  # around the claim, for screens and eyes without colours
_AROUND = 200  # letters of the sentences before and after
_PARTS = ("figures", "places", "times", "actors", "affected")
_ASIDE = ("confidence", "rule", "rules", "how", "span", "text")


def screen(item: Item, context: Context, other: Context | None, note: str = "") -> Iterator[str]:
    """The lines for one claim: from where, why it is here, its words, its fields, what was decided about it."""
    report, claim = context.report, context.claim
    origin = " · ".join(filter(None, (report.name, report.outlet, report.published)))
    yield click.style(plain(origin), bold=True)
    why_first = f"{item.field}: {item.why}" if item.field else item.why
    for why in dict.fromkeys((why_first, *item.also)):
        yield click.style(plain(why), fg="yellow")
    yield ""
    yield from _beside("before", report, context.before)
    yield _quoted(report, claim.span)
    yield from _beside("after", report, context.after)
    if other is not None:
        yield click.style(f"against {plain(other.report.outlet or other.report.name)}:", fg="yellow")
        yield f"  {_quoted(other.report, other.claim.span)}"
    yield ""
    yield from fields(claim, {item.field, *item.fields})
    yield ""
    yield click.style(f"{context.found.state}, version {context.found.version}", dim=True)
    for made in context.found.decisions:
        if made.withdrawn is None:
            yield click.style(plain(f"  {made.line()}"), dim=True)
    if note:
        yield click.style(plain(note), fg="red")


def fields(claim: Claim, doubtful: set[str]) -> Iterator[str]:
    """The fields of a claim, a line each; a part of it a line; what is doubtful marked."""
    chain = " > ".join(f"{one.name} ({one.stance})" for one in claim.attribution) or "the publisher's own word"
    for name, value in (
        ("event_type", claim.event_type), ("status", claim.status), ("attribution", chain), ("said", claim.said),
    ):  # fmt: skip
        if value is not None:
            mine = {"attribution": {"attribution", "origin"}}.get(name, {name})
            yield _field(name, str(value), sorted(mine & doubtful))
    for part in _PARTS:
        for n, one in enumerate(getattr(claim, part)):
            name = f"{part}.{n}"
            mine = {key for key in doubtful if key in (part, name) or key.startswith(f"{name}.")}
            yield _field(name, _told(one), sorted(mine))
        if part in doubtful and not getattr(claim, part):
            yield _field(part, "nobody", [part])


def _field(name: str, value: str, doubtful: list[str]) -> str:
    mark = click.style(f"  ← doubtful: {', '.join(doubtful)}", fg="yellow") if doubtful else ""
    return f"  {name:<12} {plain(value)}{mark}"


def _told(one: Any) -> str:
    """A part of a claim: its words, then what is known of it."""
    names = [name for name in one.__dataclass_fields__ if name not in _ASIDE]
    words = getattr(one, "text", "") or one.name
    values = [(name, getattr(one, name)) for name in names]
    kept = [(k, v) for k, v in values if v is not None and v is not False and v not in ("", words)]
    told = [k if v is True else f"{k}={v:g}" if isinstance(v, float) else f"{k}={v}" for k, v in kept]
    shown = "; ".join(told)
    return f"«{words}» {shown}".rstrip()


def _quoted(report: Report, span: Span) -> str:
    """The sentences that a claim stands in, the claim marked; the text around them dimmed."""
    from tawatur.archive import sentences

    text = report.text
    mine = [s for s in sentences(text) if s.start < span.end and span.start < s.end]
    start = min([span.start, *(s.start for s in mine)])
    end = max([span.end, *(s.end for s in mine)])
    before, after = _last(text[:start]), _first(text[end:])
    marked = MARKS[0] + plain(span.of(text)) + MARKS[1]
    return "".join(
        (
            click.style(plain(before), dim=True),
            plain(text[start : span.start]),
            click.style(marked, bold=True, reverse=True),
            plain(text[span.end : end]),
            click.style(plain(after), dim=True),
        )
    )


def _last(text: str) -> str:
    """The end of a text, from a word's beginning on."""
    return text if len(text) <= _AROUND else f"… {text[-_AROUND:].partition(' ')[2]}"


def _first(text: str) -> str:
    """The beginning of a text, to a word's end."""
    return text if len(text) <= _AROUND else f"{text[:_AROUND].rpartition(' ')[0]} …"


def _beside(where: str, report: Report, one: Reviewed | None) -> Iterator[str]:
    """The claim before or after, in one line."""
    if one is not None:
        claim = one.claim or one.machine
        told = f"{where}: {claim.event_type}, {claim.status} ({one.state}): {claim.span.of(report.text)}"
        yield click.style(plain(told), dim=True)


def plain(text: str) -> str:
    """A text of a report on one line, with control characters written out."""
    from tawatur.publish import visible

    return visible(text)
