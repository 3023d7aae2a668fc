"""Claims with quantities to learn from: as our reader finds them in the dossiers, and those that we wrote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import written
from measure_figures import rows  # puts tests/ on the path
from tawatur import lang
from tawatur.claims.assemble import Reader
from tawatur.claims.figures_features import View
from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.claims.tongues import tongue_of
from tawatur.model import EventType, Status

if TYPE_CHECKING:
    from gold import Dossier

FOLDS = 4
Readings = dict[
    str, list[tuple[int, int, str, str, str | None]]
]  # dossier/report → start, end, types, status of claims


@dataclass
class Held:
    """The quantities of one claim and, by offset, the annotated figures that they match."""

    hits: list[FigureHit]
    view: View
    gold: dict[int, dict[str, Any]]


def readings(gold: Path, kept: Path | None) -> Readings:
    """Claims of the dossiers by readers that have not seen them."""
    if kept and kept.exists():
        return {name: [tuple(row) for row in found] for name, found in json.loads(kept.read_text("utf-8")).items()}
    from cross_predict import unseen  # loads the pack and what trains readers, which kept readings do not need
    from gold import dossiers_in

    found = readings_of(unseen(dossiers_in(gold), FOLDS))
    if kept:
        kept.write_text(json.dumps(found), "utf-8")
    return found


def readings_of(held: Iterable[tuple[Dossier, Reader]]) -> Readings:
    """The claims that readers find in dossiers, each by its own."""
    from cross_predict import train

    found: Readings = {}
    for dossier, reader in held:
        for report in filter(train.arabic, dossier.reports):
            made = [(m.claim, m.choice.near) for m in reader.made(report)]
            spans = [(c.span.start, c.span.end, c.event_type, c.status, near) for c, near in made]
            found[f"{dossier.name}/{hashlib.sha256(report.text.encode()).hexdigest()}"] = spans
    return found


def claims_of(folder: Path, found: Readings, pack: lang.Pack, score: Any) -> Iterator[Held]:
    """Each claim that the reader found, with its quantities."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    for report in rows(folder):
        text = report["text"]
        claims = found.get(f"{folder.name}/{hashlib.sha256(text.encode()).hexdigest()}", [])
        tokens = tokenise(text, pack.lexicon)
        hits = tongue_of(pack).figures(tokens, pack)
        items = [figure for claim in gold["claims"].get(report["id"], ()) for figure in claim["figures"]]
        matched = match(items, hits, score)
        for start, end, event_type, status, near in claims:
            mine = [hit for hit in hits if start <= hit.start and hit.end <= end]
            if mine:
                at = tokens.at(start), tokens.at(end - 1) + 1
                yield Held(mine, _view(tokens, *at, event_type, status, hits, near), matched)


def match(items: list[dict[str, Any]], hits: list[FigureHit], score: Any) -> dict[int, dict[str, Any]]:
    """The annotated figures by the offset of the quantity that each matches."""
    spans = [{"start": hit.start, "end": hit.end} for hit in hits]
    return {hits[j].start: items[i] for i, j in score.match(items, spans, score.iou, 0.5)}


def own_clauses(pack: lang.Pack, score: Any) -> Iterator[Held]:
    """The clauses with figures that we wrote."""
    for event_type, status, clause, figures in written.clauses_with_figures(pack.language):
        if not figures:
            continue
        tokens = tokenise(clause, pack.lexicon)
        hits = tongue_of(pack).figures(tokens, pack)
        if hits:
            yield Held(hits, _view(tokens, 0, len(tokens), event_type, status), match(_items(figures), hits, score))


def own_reports(pack: lang.Pack, score: Any) -> Iterator[Held]:
    """The claims of the reports that we wrote, each within its report."""
    for report, claims in written.reports(pack.language):
        figures = [figure for claim in claims for figure in claim.figures]
        if not figures:
            continue
        tokens = tokenise(report.text, pack.lexicon)
        hits = tongue_of(pack).figures(tokens, pack)
        matched = match(_items(figures), hits, score)
        for claim in claims:
            span = claim.span
            mine = [hit for hit in hits if span.start <= hit.start and hit.end <= span.end]
            at = tokens.at(span.start), tokens.at(span.end - 1) + 1
            if mine:
                yield Held(mine, _view(tokens, *at, claim.event_type, claim.status, hits), matched)


def _items(figures: Sequence[written.LabelledFigure]) -> list[dict[str, Any]]:
    return [{**asdict(f), "start": f.span.start, "end": f.span.end} for f in figures]


def _view(
    tokens: Tokens,
    first: int,
    after: int,
    event_type: str,
    status: str,
    hits: Sequence[FigureHit] = (),
    near: str | None = None,
) -> View:
    of_claim = cast(EventType, event_type), cast(Status, status)
    return View(tokens, first, after, *of_claim, tuple(hits), cast(EventType | None, near))
