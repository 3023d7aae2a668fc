"""The measures: counts of gold, predicted and right things over dossiers, and what went wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from tawatur.errors import DossierError
from tawatur.score.dossier import Dossier, faults
from tawatur.score.matching import FIGURE, SHORTER, claim_weight, common, common_times, pair, union_share
from tawatur.score.names import Json, chain, language, phrases, same_chain, same_origin, words
from tawatur.score.whole import Whole

_VALUES = ("low", "high", "population", "outcome")
_MARKED = frozenset({"believed", "doubted", "denied"})
#: Degrees of latitude and longitude that a place may be off.
_NEAR = 0.3
#: Characters of a clause that an error shows.
_QUOTED = 160


@dataclass(slots=True)
class Tally:
    """Gold, predicted and right things of one measure."""

    gold: float = 0
    predicted: float = 0
    right: float = 0

    def add(self, gold: float, predicted: float, right: float) -> None:
        """Count more of them."""
        self.gold += gold
        self.predicted += predicted
        self.right += right

    def result(self) -> dict[str, float]:
        """Precision, recall, F1 and the counts."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        return ratios(precision, recall, self.gold, self.predicted)


def ratios(precision: float, recall: float, gold: float, predicted: float) -> dict[str, float]:
    """The four numbers of a measure, rounded to three places."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 3), "r": round(recall, 3), "f1": round(f1, 3), "gold": gold, "pred": predicted}


class Score:
    """A running score; ``errors`` lists what was missed, spurious or wrong, its kind first."""

    def __init__(self) -> None:
        self.tallies: defaultdict[str, Tally] = defaultdict(Tally)
        self.fields: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        self.whole = Whole()
        self.errors: list[tuple[Any, ...]] = []

    def add(self, dossier: Dossier, prediction: Json, only: str | None = None) -> None:
        """Score a dossier; ``only`` counts reports in that language. Raises DossierError for a malformed prediction."""
        if wrong := next(faults(prediction, dossier.texts), None):
            raise DossierError(f"{dossier.name}: {wrong}", "the prediction cannot be scored")
        found = prediction.get("claims") or {}
        to_gold: dict[str, str] = {}
        kept: set[str] = set()
        for report, golds in dossier.gold["claims"].items():
            text = dossier.texts[report]
            if only and language(text) != only:
                continue
            mine = found.get(report) or []
            kept |= {report, *(c["id"] for c in golds)}
            self._figures((dossier.name, report), golds, mine)
            to_gold |= self._claims((dossier.name, report), text, golds, mine)
        dropped = {c["id"] for report, claims in found.items() if only and report not in kept for c in claims}
        for name, counts in self.whole.add(dossier.gold, prediction, to_gold, kept, dropped).items():
            self.tallies[name].add(*counts)

    def result(self) -> dict[str, Any]:
        """Each measure's numbers by its name, and under ``fields`` how often a field is right."""
        out: dict[str, Any] = {name: tally.result() for name, tally in sorted(self.tallies.items())}
        out["events.b3"] = ratios(*self.whole.b_cubed())
        out["fields"] = {k: round(c[True] / c.total(), 3) for k, c in sorted(self.fields.items())}
        return out

    def _figures(self, where: tuple[str, str], golds: list[Json], mine: list[Json]) -> None:
        ours = [(f, c) for c in golds for f in c.get("figures") or ()]
        theirs = [(f, c) for c in mine for f in c.get("figures") or ()]
        pairs = pair([f for f, _ in ours], [f for f, _ in theirs], union_share, FIGURE)
        right = [self._figure(where, *ours[i], *theirs[j]) for i, j in pairs]
        for k, name in enumerate(("detect", "strict", "attributed")):
            self.tallies[f"figures.{name}"].add(len(ours), len(theirs), sum(r[k] for r in right))
        shown = ("text", "population", "outcome")
        self._unmatched(where, "figure", [f for f, _ in ours], [f for f, _ in theirs], pairs, shown)

    def _figure(self, where: tuple[str, str], gold: Json, of: Json, mine: Json, by: Json) -> tuple[bool, bool, bool]:
        for key in (*_VALUES, "approximate"):
            self.fields[f"figure.{key}"][gold.get(key) == mine.get(key)] += 1
        a, b = set(words(gold.get("part_of"))), set(words(mine.get("part_of")))
        self.tallies["figures.part_of"].add(bool(a), bool(b), len(a & b) * 2 >= len(a | b) > 0)
        c, d = bool(gold.get("cumulative")), bool(mine.get("cumulative"))
        self.tallies["figures.cumulative"].add(c, d, c and d)
        strict = all(gold.get(key) == mine.get(key) for key in _VALUES)
        if not strict:
            values = [{key: x.get(key) for key in _VALUES} for x in (gold, mine)]
            self.errors.append(("figure", *where, gold["text"], *values))
        return True, strict, strict and same_origin(of, by)

    def _claims(self, where: tuple[str, str], text: str, golds: list[Json], mine: list[Json]) -> dict[str, str]:
        golds, mine = _quoted(text, golds), _quoted(text, mine)
        pairs = pair(golds, mine, claim_weight, SHORTER)
        right = [self._claim(where, golds[i], mine[j]) for i, j in pairs]
        for k, name in enumerate(("detect", "typed", "strict")):
            self.tallies[f"claims.{name}"].add(len(golds), len(mine), sum(r[k] for r in right))
        self._unmatched(where, "claim", golds, mine, pairs, ("event_type", "status", "quote"))
        return {mine[j]["id"]: golds[i]["id"] for i, j in pairs}

    def _claim(self, where: tuple[str, str], gold: Json, mine: Json) -> tuple[bool, bool, bool]:
        if gold["event_type"] != mine.get("event_type"):
            self.errors.append(("type", *where, gold["event_type"], mine.get("event_type"), gold["quote"]))
            return True, False, False
        status, origin = gold.get("status") == mine.get("status"), same_origin(gold, mine)
        self.fields["status"][status] += 1
        self.fields["origin"][origin] += 1
        self.fields["chain"][same_chain(gold, mine)] += 1
        self._slots(gold, mine)
        if not origin:
            names = [[link.get("name") for link in chain(c)] for c in (gold, mine)]
            self.errors.append(("origin", *where, *names, gold["quote"]))
        if not status:
            self.errors.append(("status", *where, gold.get("status"), mine.get("status"), gold["quote"]))
        return True, True, status and origin

    def _slots(self, gold: Json, mine: Json) -> None:
        a, b = ({link.get("stance") for link in chain(c)} & _MARKED for c in (gold, mine))
        self.tallies["claims.stance"].add(len(a), len(b), len(a & b))
        for key in ("places", "actors", "affected"):
            c, d = phrases(gold.get(key)), phrases(mine.get(key))
            self.tallies[f"claims.{key}"].add(len(c), len(d), common(c, d))
        e, f = gold.get("times") or [], mine.get("times") or []
        self.tallies["claims.times"].add(len(e), len(f), common_times(e, f))
        for place in gold.get("places") or ():
            if place.get("lat") is not None:
                self.fields["located"][_located(place, mine.get("places") or [])] += 1

    def _unmatched(
        self,
        where: tuple[str, str],
        kind: str,
        golds: list[Json],
        mine: list[Json],
        pairs: list[tuple[int, int]],
        shown: tuple[str, ...],
    ) -> None:
        found, used = {i for i, _ in pairs}, {j for _, j in pairs}
        missed = [g for i, g in enumerate(golds) if i not in found]
        spurious = [m for j, m in enumerate(mine) if j not in used]
        self.errors += [(f"missed {kind}", *where, *(g.get(key) for key in shown)) for g in missed]
        self.errors += [(f"spurious {kind}", *where, *(m.get(key) for key in shown)) for m in spurious]


def _located(gold: Json, mine: list[Json]) -> bool:
    """Does the first predicted place with a common word lie near?"""
    said = set(words(gold["text"]))
    place = next((p for p in mine if said & set(words(p.get("text")))), None)
    if place is None or place.get("lat") is None:
        return False
    return all(abs(float(place[axis]) - float(gold[axis])) <= _NEAR for axis in ("lat", "lon"))


def _quoted(text: str, claims: list[Json]) -> list[Json]:
    return [{**c, "quote": text[c["start"] : c["end"]][:_QUOTED]} for c in claims]
