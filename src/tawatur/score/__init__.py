"""Gold dossiers and predictions in; precision, recall and F1 of the annotation guide's measures out.

The measures are those of the guide's scorer: figures, claims, their fields, copies, events and relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tawatur.model import Claim
from tawatur.score.claims_report import lines, made
from tawatur.score.dossier import Dossier, dossiers
from tawatur.score.judged import judged
from tawatur.score.measures import Score

__all__ = ["Dossier", "Score", "dossiers", "lines", "report", "score"]


def score(pairs: list[tuple[Dossier, dict[str, object]]], language: str | None = None) -> Score:
    """Dossiers with what was predicted for each (in the form of gold.json) in; the score over all of them out.

    ``language`` (``ar`` or ``en``) counts only reports in that language. DossierError for a malformed prediction.
    """
    total = Score()
    for dossier, prediction in pairs:
        total.add(dossier, prediction, language)
    return total


def report(
    pairs: list[tuple[Dossier, Mapping[str, Iterable[Claim]]]], examples: int, language: str | None = None
) -> dict[str, dict[str, Any]]:
    """Dossiers with the claims read from each report, by its name, in; the claims report out, field by field.

    Of every group the first ``examples`` are shown; ``lines`` tells the report on a terminal.
    """
    fields = [field for dossier, found in pairs for field in judged(dossier, found, language)]
    texts = {(dossier.name, name): text for dossier, _ in pairs for name, text in dossier.texts.items()}
    return made(fields, texts, examples)
