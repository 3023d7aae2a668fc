"""A report in, its words that a relay must not change out: figures, hedges, and who says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from tawatur import lang
from tawatur.claims.reading import prepare
from tawatur.claims.tongues import tongue_of
from tawatur.copies.table import plain, table
from tawatur.copies.words import Detail
from tawatur.lang.pack import Pack
from tawatur.model import Report, Span

Kind = Literal["figure", "hedge", "attribution"]
_GOES_ON = "continuation"  # the same voice as before: its words name nobody
_LONGEST = 4  # words of a hedge


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one kind; ``value`` is the same where they say the same, ``leeway`` how closely a figure is meant."""

    kind: Kind
    span: Span
    value: str
    leeway: str = ""


class Marks:
    """Finds the marks of reports, by the language packs with the users' folders (``overlays``) laid over them."""

    def __init__(self, overlays: Sequence[Path] = ()) -> None:
        self._overlays = tuple(overlays)
        self.of = lru_cache(maxsize=256)(self._of)

    def _of(self, report: Report) -> tuple[Mark, ...]:
        found = lang.passages(report.text)
        marks: list[Mark] = []
        for code in dict.fromkeys(p.language for p in found if p.language is not None):
            part = replace(report, text=lang.only(report.text, code))
            marks += _read(part, lang.load_for(code, self._overlays))
        return tuple(sorted(marks, key=lambda mark: (mark.span.start, mark.span.end, mark.kind)))


def _read(report: Report, pack: Pack) -> Iterator[Mark]:
    reading = prepare(report, pack)
    tokens = reading.tokens
    for hit in tongue_of(pack).figures(tokens, pack):
        sizes = sorted({value for value in (hit.low, hit.high) if value is not None})
        yield Mark("figure", Span(hit.start, hit.end), " ".join(map(str, sizes)), hit.canonical())
    for scope in reading.scopes:
        if scope.chain and scope.verb_first < scope.verb_after and scope.kind != _GOES_ON:
            span = Span(tokens.starts[scope.verb_first], tokens.ends[scope.verb_after - 1])
            yield Mark("attribution", span, " > ".join(plain(link.name) for link in scope.chain))


def hedges(detail: Detail) -> Iterator[Mark]:
    """Words that leave it open whether something is so, the longest first."""
    known, size = table().hedge, len(detail.starts)
    words = [plain(detail.text[start:end]) for start, end in zip(detail.starts, detail.stops, strict=True)]
    at = 0
    while at < size:
        took = next((n for n in range(_LONGEST, 0, -1) if " ".join(words[at : at + n]) in known), 0)
        if took:
            yield Mark("hedge", detail.span(at, min(at + took, size)), " ".join(words[at : at + took]))
        at += took or 1
