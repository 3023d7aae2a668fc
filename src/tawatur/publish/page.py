"""One self-contained HTML page from a comparison: templates, one style, one script, no request."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tawatur import findings
from tawatur.model import Comparison
from tawatur.publish import copied, sections
from tawatur.publish.events import events
from tawatur.publish.index import Index, anchor, halves, reading_of
from tawatur.publish.marks import letters_direction, shown
from tawatur.publish.quotes import counted, short, term, unsure
from tawatur.publish.values import between, both, bounds_markup, day, isolated, moment, number, told
from tawatur.publish.views import counts, sentence
from tawatur.publish.words import pair, table

OPEN_REPORTS = 12  # a dossier with more reports shows them collapsed
OPEN_EVENTS = 6
MOST_DOUBTS = 40  # fields to review that the page lists
MOST_SOURCES, OPEN_SOURCES = 100, 12  # origins that the page lists, and that it shows before the rest is folded away
MOST_LINES = 200  # phases, sums and the like of one event that the page lists
OPEN_PAIRS = 4  # contradictions of one event shown before the rest is folded away


def page(
    comparison: Comparison,
    language: Literal["both", "ar", "en"] = "both",
    pictures: frozenset[str] = frozenset(),
) -> str:
    """A comparison in, one HTML page out that asks nothing of the network; ``page_pieces`` tells the rest."""
    return "".join(page_pieces(comparison, language, pictures))


def page_pieces(
    comparison: Comparison,
    language: Literal["both", "ar", "en"] = "both",
    pictures: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """The page in pieces, which together take many times the memory of each.

    Both languages are in the page; ``language`` is the one it opens in, ``both`` leaves that to the reader's browser.
    ``pictures`` are the pictures of pages that lie beside it, which figures to be checked link to.
    """
    index = Index(comparison, pictures)
    full, single = events(index)
    style, script = _asset("page.css"), _asset("page.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .generate(
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            language="en" if language == "en" else "ar",
            chosen=language,
            head=_head(index),
            disputes=sections.contradictions(index),
            key_figures=sections.key_figures(index),
            events=full,
            single=single,
            copies=copied.copies(index),
            variants=sections.of_relation(index, "variant"),
            changes=index.told.all.variants,
            settling=index.told.settling,
            profiles=index.told.all.profiles[:MOST_SOURCES],
            all_profiles=len(index.told.all.profiles),
            refs=index.refs,
            texts=sections.texts(index),
            issues=comparison.issues,
            doubts=sections.doubts(index, MOST_DOUBTS),
            all_doubts=len(comparison.doubts),
            record=_record(comparison),
            pictures=pictures,
        )
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("tawatur.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {
        "t": lambda key: term("ui", key),
        "term": term,
        "pair": pair,
        "both": both,
        "counted": counted,
        "bounds": bounds_markup,
        "between": between,
        "labelled": lambda event: told(*halves(event.label)),
        "told": told,
        "sentence": sentence,
        "counts": counts,
        "caution": findings.caution(),
        "short": short,
        "unsure": unsure,
        "reading": reading_of,
        "shown": shown,
        "anchor": anchor,
        "direction": letters_direction,
        "n": lambda value: isolated(number(value)),
        "date": lambda iso: isolated(day(iso)),
        "statuses": tuple(table()["status"]),
        "open_reports": OPEN_REPORTS,
        "open_events": OPEN_EVENTS,
        "open_pairs": OPEN_PAIRS,
        "open_sources": OPEN_SOURCES,
        "most_lines": MOST_LINES,
    }
    return env


@cache
def _asset(name: str) -> str:
    loader = PackageLoader("tawatur.publish")
    return loader.get_source(Environment(autoescape=True), name)[0].replace("\r\n", "\n")


def _head(index: Index) -> dict[str, object]:
    comparison, stamps = index.comparison, [r.published for r in index.reports if moment(r.published)]
    days = sorted(v[:10] for c in index.claims for t in c.times for v in (t.start, t.end) if v and moment(v))
    return {
        "name": str(comparison.record.get("dossier") or ""),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "latest": stamps[-1] if stamps else None,
        "counts": (
            ("reports", len(comparison.reports)),
            ("claims", len(index.claims)),
            ("accounts", len(comparison.accounts)),
            ("events", len(comparison.events)),
            ("contradictions", sum(f.relation == "contradict" for f in index.findings)),
        ),
    }


def _record(comparison: Comparison) -> list[tuple[str, str]]:
    return [
        (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str, sort_keys=True))
        for key, value in sorted(comparison.record.items())
    ]
