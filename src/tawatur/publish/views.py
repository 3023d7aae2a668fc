"""The views of a comparison by event and finding, and their sentences and claims as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tawatur import findings
from tawatur.publish.values import both, isolated, numbers

if TYPE_CHECKING:
    from tawatur.findings import Words
    from tawatur.model import Comparison

SHORT = 10  # words of a quotation within a sentence


class Told:
    """What a comparison tells beside its findings, by event and finding."""

    def __init__(self, comparison: Comparison) -> None:
        self.all = findings.views(comparison)
        self.story = {s.event: s for s in self.all.stories}
        self.operation = {o.event: o for o in self.all.operations}
        self.part_of = {part: o for o in self.all.operations for part in o.parts}
        self.responsibility = {r.event: r for r in self.all.responsibility}
        self.settling = {s.finding: s for s in self.all.settling}
        self.series: dict[str, list[findings.Series]] = {}
        for series in self.all.series:
            self.series.setdefault(series.event, []).append(series)


def views(comparison: Comparison) -> dict[str, Any]:
    """A comparison in, its views out as mappings of plain values."""
    return asdict(findings.views(comparison))


def sentence(words: Words) -> Markup:
    """A sentence in both languages: its names and quotations isolated and cut short, its numbers isolated."""
    return both(_isolated(words.en, words.names), _isolated(words.ar, words.names))


def _isolated(text: str, names: Iterable[str]) -> Markup:
    known = sorted(names, key=len, reverse=True)
    if not known:
        return numbers(text)
    pieces = re.split(r"(?<!\w)(" + "|".join(map(re.escape, known)) + r")(?!\w)", text)
    return Markup("").join(_name(p) if i % 2 else numbers(p) for i, p in enumerate(pieces))


def _name(name: str) -> Markup:
    cut = name.split()
    return Markup("<bdi>{}</bdi>").format(name if len(cut) <= SHORT else " ".join(cut[:SHORT]) + " …")


def counts(count: int, of: int) -> Markup:
    """So many of so many, isolated."""
    return isolated(f"{count}/{of}")
