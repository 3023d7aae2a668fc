"""Two reports that share wording in, which of them had it first out, and whether that can be told.

Publication dates decide where they can. Else the traces that copying leaves: a credit line that names the other's
outlet or just "agencies", an agency's item beside an outlet's, letters that went lax one way (ya without dots, alif
without hamza), a text that only lost parts.
"""

from __future__ import annotations

import re

from tawatur.copies.dates import first
from tawatur.copies.table import plain, table
from tawatur.copies.verify import Copy
from tawatur.copies.words import Corpus
from tawatur.model import Report

NAMED, AGENCY, CREDIT, LAX, LOST = 3, 2, 2, 2, 1  # weights of the traces
ENOUGH = 2
_MARGIN = 30  # words at the start and at the end of a report that hold its credit line
_careful = re.compile("[أإآيةئؤ]")


def direction(corpus: Corpus, copy: Copy) -> int:
    """1 when report ``copy.a`` had the words first, -1 when ``copy.b`` had, 0 when nothing tells."""
    a, b = corpus.reports[copy.a], corpus.reports[copy.b]
    dated = first(a, b)
    if dated:
        return dated
    score = _credits(a, b) - _credits(b, a) + _laxness(corpus, copy) + _losses(corpus, copy)
    return (score >= ENOUGH) - (score <= -ENOUGH)


def _credits(source: Report, taker: Report) -> int:
    """What ``taker`` and the outlets say for having taken words from ``source``."""
    text = f" {plain(taker.text)} "
    forms = outlet_forms(source.outlet)
    named = plain(taker.relayed_from) in forms or any(f" {form} " in text for form in forms)
    agency = is_agency(source.outlet) and not is_agency(taker.outlet)
    return NAMED * named + AGENCY * agency + CREDIT * _credited(text)


def _credited(text: str) -> bool:
    words = text.split()
    margins = f" {' '.join(words[:_MARGIN])} | {' '.join(words[-_MARGIN:])} "
    return any(f" {cue} " in margins for cue in table().credit)


def outlet_forms(outlet: str | None) -> tuple[str, ...]:
    """The folded names that an outlet goes by: as written, in and without brackets, as a known agency."""
    if not outlet:
        return ()
    parts = [plain(p) for p in re.split(r"[()\[\]–—|/]", outlet)]
    forms = [plain(outlet), *(p for p in parts if len(p) > 2)]
    known = [form for f in forms if f in table().agency for form in table().agency[f][1]]
    return tuple(dict.fromkeys([*forms, *known]))


def is_agency(outlet: str | None) -> bool:
    """Whether an outlet is a known news agency."""
    return any(form in table().agency for form in outlet_forms(outlet))


def _laxness(corpus: Corpus, copy: Copy) -> int:
    left, right = corpus.detail(copy.a), corpus.detail(copy.b)
    net = 0
    for i, j, size in (run for p in copy.passages for run in p.runs):
        mine, theirs = left.span(i, i + size).of(left.text), right.span(j, j + size).of(right.text)
        net += len(_careful.findall(mine)) - len(_careful.findall(theirs))
    return LAX * ((net >= 3) - (net <= -3))


def _losses(corpus: Corpus, copy: Copy) -> int:
    """Which of two reports is wholly made of the other's words while the other has more."""
    sizes = [max(1, len(corpus.words[n])) for n in (copy.a, copy.b)]
    whole = [copy.shared >= 0.97 * size for size in sizes]
    return LOST * (whole[1] - whole[0]) if abs(sizes[0] - sizes[1]) > 0.15 * max(sizes) else 0
