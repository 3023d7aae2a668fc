"""What the models of the claims stage were trained on, as one short hash: a test tells by it when tables are old."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import written  # noqa: E402
from gold import Dossier, dossiers_in  # noqa: E402  # the loader lives beside the tests
from tawatur.lang import language_in  # noqa: E402
from written_dossiers import PREFIX, write  # noqa: E402

#: What a test says of a table that is older than the material.
OLD = "the training material has changed: run make train"

#: Settings of the conditional random field, and C of the logistic regressions.
CRF = {"c1": 0.2, "c2": 0.2, "max_iterations": 120, "feature.minfreq": 2}
LEAST = 0.05  # weights closer to zero than this are left out of a table
STRENGTH = {"type": 0.5, "status": 0.5}
EXPERTS_COUNT = 4  # times as much as a clause that we wrote alone or in a report, for types and statuses


def material(gold: Path) -> list[Dossier]:
    """The annotated dossiers of a folder and those that we wrote, by name: what ``make train`` learns from."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), [])
        return sorted([*dossiers_in(gold), *dossiers_in(Path(folder))], key=lambda d: d.name)


def ours(name: str) -> bool:
    """Whether we wrote the dossier of this name; what is left out is measured on the others alone."""
    return name.startswith(PREFIX)


def data_hash(held: list[Dossier], language: str = "ar") -> str:
    """Twelve hexadecimal digits over the annotated claims, all that we wrote in a language, and the settings.

    For Arabic all reports of the dossiers count, for another language those that are in it.
    """
    annotated = [
        [r.id, [[c.span.start, c.span.end, c.event_type, c.status] for c in d.claims if c.report == r.id]]
        for d in held
        for r in d.reports
        if language == "ar" or language_in(r.text) == language
    ]
    own = written.reports(language)
    reports = [[r.id, [[c.span.start, c.span.end, c.event_type, c.status] for c in cs]] for r, cs in own]
    parts = [annotated, reports, list(written.clauses(language)), CRF, STRENGTH, EXPERTS_COUNT]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:12]
