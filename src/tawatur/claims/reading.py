"""A report made ready for reading: tokens, and for each token what earlier steps know of its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.pack import Pack
from tawatur.model import Report


@dataclass(slots=True, eq=False)
class Reading:
    """What the reader works on. ``marks`` holds one short word a token, see ``segment``."""

    report: Report
    tokens: Tokens
    marks: list[str]


def prepare(report: Report, pack: Pack) -> Reading:
    """Tokens and marks of a report."""
    tokens = tokenise(report.text, pack.lexicon)
    return Reading(report, tokens, [""] * len(tokens))
