"""Ten thousand spoiled reports: each is read to its end, and every span of every claim holds the claim's words."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from gold import SHARED
from mutated import WAYS, mutated
from tawatur import claims, lang
from tawatur.model import Claim, Report, Span

PACK = lang.load()
EXAMPLE = Path(__file__).resolve().parents[1] / "examples"
PARTS, EACH, LONGEST = 50, 200, 1500
PUBLISHED = ("2016-12-16T08:30:00+02:00", None, "2023-02-30", "0001-01-01", "9999-12-31", "2017-07-06")


def _texts() -> list[str]:
    folders = sorted(EXAMPLE.rglob("reports.jsonl"))
    if (SHARED / "gold" / "train").exists():
        folders += sorted((SHARED / "gold" / "train").glob("*/reports.jsonl"))
    rows = [json.loads(line) for path in folders for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row["text"] for row in rows]


TEXTS = _texts()


def spoiled(seed: int) -> Report:
    """A stretch of a report, spoiled once or twice in ways that the seed picks."""
    rng = random.Random(seed)
    text = rng.choice(TEXTS)
    begin = rng.randrange(max(1, len(text) - LONGEST))
    text = text[begin : begin + LONGEST]
    for way in rng.sample(sorted(WAYS), k=rng.randint(1, 2)):
        text = mutated(text, way, seed)
    return Report.make(text[: 4 * LONGEST], published=rng.choice(PUBLISHED), outlet="x")


def spans(claim: Claim) -> list[tuple[Span, str | None]]:
    """All spans of a claim with the words that it says they hold."""
    held: list[tuple[Span, str | None]] = [(claim.span, None)]
    held += [(f.span, f.text) for f in claim.figures]
    held += [(t.span, t.text) for t in claim.times if t.span]
    held += [(p.span, p.text) for p in claim.places if p.span]
    held += [(link.span, None) for link in claim.attribution if link.span]
    return held


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_spoiled_reports_are_read_and_their_spans_hold(part: int) -> None:
    for seed in range(part * EACH, (part + 1) * EACH):
        report = spoiled(seed)
        for claim in claims.extract(report, pack=PACK):
            for span, words in spans(claim):
                assert 0 <= span.start < span.end <= len(report.text), (seed, claim)
                assert words is None or span.of(report.text) == words, (seed, claim)
            for figure in claim.figures:
                assert figure.low is None or abs(figure.low) < float("inf"), (seed, figure)
