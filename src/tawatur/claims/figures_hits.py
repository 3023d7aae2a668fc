"""What the figure finder hands on: a quantity with its words, before anybody knows what happened to whom."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Outcome, Population


@dataclass(slots=True)
class FigureHit:
    """One quantity of the text: tokens [first, after), offsets, bounds, and what its noun says."""

    first: int
    after: int
    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    kind: str  # number, vague, dual, singular, fraction, percent
    head: int  # token of the number, or of the noun that stands for it
    population: Population | None = None
    outcome: Outcome | None = None  # what the noun itself says
    who: Population | None = None  # whom a noun beside it names, when its own tells what happened to them
    noun_at: int | None = None  # token of the counted noun
    noun: str = ""
    noun_cls: str = ""  # person, thing, span
    partitive: bool = False  # of them
    others: bool = False  # other ones
    bounded: bool = False  # a word bounds it
    digits: bool = False
    article: bool = False
    out_of: bool = False  # the whole, after "out of"
    rules: tuple[str, ...] = ()
    all_left: str | None = None  # the rule by which it counts all who left

    def canonical(self) -> str:
        """Bounds as the pack's examples write them: ``40``, ``40..``, ``..40``, ``20..99~``."""
        low, high = self.low, self.high
        shown = _plain(low) if low == high else f"{_plain(low)}..{_plain(high)}"
        return shown + "~" * self.approximate


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".removesuffix(".0")
