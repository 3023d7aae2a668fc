"""Gold dossiers: folders with ``reports.jsonl`` and ``gold.json``; and what makes a prediction unusable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from tawatur.errors import DossierError
from tawatur.score.names import Json


@dataclass(frozen=True, slots=True)
class Dossier:
    """A gold folder: the reports' texts by their name, and what an expert found in them."""

    folder: Path
    texts: dict[str, str]
    gold: Json

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def reports(self) -> Path:
        """The file of reports."""
        return self.folder / "reports.jsonl"


def dossiers(folder: Path) -> list[Dossier]:
    """All dossiers of a gold folder, or the folder itself if it is one; by name. DossierError when there is none."""
    if not folder.is_dir():
        raise DossierError(f"{folder}: no such folder", "give a folder of dossiers")
    folders = [folder, *sorted(p for p in folder.iterdir() if p.is_dir())]
    found = [_load(p) for p in folders if (p / "gold.json").exists() and (p / "reports.jsonl").exists()]
    if not found:
        raise DossierError(f"{folder}: no dossier in it", "a dossier is a folder with reports.jsonl and gold.json")
    return found


def _load(folder: Path) -> Dossier:
    try:
        gold = orjson.loads((folder / "gold.json").read_bytes())
        rows = [orjson.loads(line) for line in (folder / "reports.jsonl").read_bytes().splitlines() if line.strip()]
        texts = {row["id"]: row["text"] for row in rows}
        claims = gold["claims"]
    except (ValueError, KeyError, TypeError) as error:
        raise DossierError(f"{folder}: broken dossier ({type(error).__name__}: {error})", "check it first") from None
    if unknown := sorted(set(claims) - set(texts)):
        raise DossierError(f"{folder}: claims for unknown report {unknown[0]!r}", "check it first")
    return Dossier(folder, texts, gold)


def faults(prediction: Json, texts: dict[str, str]) -> Iterator[str]:
    """What makes a prediction unusable, one line each."""
    seen: set[object] = set()
    for report, claims in (prediction.get("claims") or {}).items():
        if report not in texts:
            yield f"claims for unknown report {report!r}"
            continue
        for claim in claims:
            if not claim.get("id") or claim["id"] in seen:
                yield f"{report}: claim id {claim.get('id')!r} is missing or not unique"
            seen.add(claim.get("id"))
            for span in (claim, *(claim.get("figures") or ())):
                if not _inside(span, len(texts[report])):
                    yield f"{report} {claim.get('id')}: span outside the text of {len(texts[report])} characters"
    for key in ("events", "relations", "copies"):
        if not isinstance(prediction.get(key) or [], list):
            yield f"{key} is no list"


def _inside(span: Json, size: int) -> bool:
    start, end = span.get("start"), span.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= size
