"""Gold dossiers and predictions in; precision, recall and F1 of the annotation guide's measures out.

The measures are those of the guide's scorer: figures, claims, their fields, copies, events and relations.
"""

from tawatur.score.dossier import Dossier, dossiers
from tawatur.score.measures import Score

__all__ = ["Dossier", "Score", "dossiers", "score"]


def score(pairs: list[tuple[Dossier, dict[str, object]]], language: str | None = None) -> Score:
    """Dossiers with what was predicted for each (in the form of gold.json) in; the score over all of them out.

    ``language`` (``ar`` or ``en``) counts only reports in that language. DossierError for a malformed prediction.
    """
    total = Score()
    for dossier, prediction in pairs:
        total.add(dossier, prediction, language)
    return total
