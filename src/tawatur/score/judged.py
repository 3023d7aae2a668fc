"""A dossier and the claims read from it in, every field judged out: what experts have, what we have, and what made it.

Claims and figures are paired as the measures pair them. Of a claim that has no partner only the claim itself is judged;
a figure's population, outcome and the rest only where an expert has the figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tawatur.model import Claim, Figure, Place, Time
from tawatur.publish.exports import claim_form
from tawatur.score.dossier import Dossier
from tawatur.score.matching import FIGURE, SHORTER, claim_weight, common, common_times, pair, union_share
from tawatur.score.names import Json, chain, language, phrases, same_chain, same_origin, words

#: Stances that the measure counts.
MARKED = frozenset({"believed", "doubted", "denied"})
_OPEN = "…"


@dataclass(frozen=True, slots=True)
class Judged:
    """One field: ``gold`` is None where experts have nothing, ``own`` where we have nothing."""

    field: str
    right: bool
    gold: str | None
    own: str | None
    rules: tuple[str, ...]  # what made ours
    sure: float | None  # how likely it was held to be right
    dossier: str
    report: str
    start: int  # where it stands in the report's text
    end: int


def judged(dossier: Dossier, found: Mapping[str, Iterable[Claim]], only: str | None = None) -> Iterator[Judged]:
    """Every field of a dossier's claims; ``found`` are ours by the report's name, ``only`` a language as for scores."""
    for report, golds in dossier.gold["claims"].items():
        if only and language(dossier.texts[report]) != only:
            continue
        yield from _Judge(dossier, report).claims(golds, list(found.get(report, ())))


class _Judge:
    """The judge of one report."""

    def __init__(self, dossier: Dossier, report: str) -> None:
        self.dossier, self.report = dossier, report

    def claims(self, golds: list[Json], mine: list[Claim]) -> Iterator[Judged]:
        forms = [claim_form(c) for c in mine]
        pairs = pair(golds, forms, claim_weight, SHORTER)
        ours, theirs = {j for _, j in pairs}, {i for i, _ in pairs}
        for i, j in sorted(pairs):
            yield self._of("claim", golds[i], _kind(golds[i]), _kind(forms[j]), mine[j], right=True)
            yield from self._fields(golds[i], forms[j], mine[j])
        for i in sorted(set(range(len(golds))) - theirs):
            yield self._one("claim", golds[i], _kind(golds[i]), None)
        for j in sorted(set(range(len(mine))) - ours):
            yield self._of("claim", forms[j], None, _kind(forms[j]), mine[j], right=False)
        yield from self._figures([f for g in golds for f in g.get("figures") or ()], mine, forms)

    def _one(
        self,
        field: str,
        where: Json,
        gold: str | None,
        own: str | None,
        rules: tuple[str, ...] = (),
        sure: float | None = None,
        *,
        right: bool = False,
    ) -> Judged:
        return Judged(
            field, right, gold, own, rules, sure, self.dossier.name, self.report, where["start"], where["end"]
        )

    def _of(self, field: str, where: Json, gold: str | None, own: str | None, claim: Claim, *, right: bool) -> Judged:
        """A field that has a confidence of its own."""
        rules = claim.rules or ("publisher",) if field == "origin" else _model(field, claim)
        return self._one(field, where, gold, own, rules, dict(claim.confidence).get(field), right=right)

    def _fields(self, gold: Json, form: Json, claim: Claim) -> Iterator[Judged]:
        for key in ("event_type", "status"):
            yield self._of(key, gold, gold.get(key), form[key], claim, right=gold.get(key) == form[key])
        a, b = _names(gold), _names(form)
        yield self._of(
            "origin", gold, a.rpartition(" > ")[2], b.rpartition(" > ")[2], claim, right=same_origin(gold, form)
        )
        rules = claim.rules or ("publisher",)
        yield self._one("chain", gold, a, b, rules, right=same_chain(gold, form))
        yield self._one("stance", gold, _stance(gold), _stance(form), rules, right=_stance(gold) == _stance(form))
        for key in ("actors", "affected"):
            yield from self._people(key, gold, form, claim)
        yield from self._places(gold, claim.places)
        yield from self._times(gold, claim.times)

    def _people(self, key: str, gold: Json, form: Json, claim: Claim) -> Iterator[Judged]:
        """Whether all that experts name are named and nobody else; the list is one field."""
        theirs, ours = phrases(gold.get(key)), phrases(form[key])
        right = common(theirs, ours) == len(theirs) == len(ours)
        yield self._of(key, gold, _listed(gold.get(key)), _listed(form[key]), claim, right=right)

    def _places(self, gold: Json, mine: tuple[Place, ...]) -> Iterator[Judged]:
        rest = list(gold.get("places") or ())
        for place in mine:
            said = set(words(place.text))
            partner = next((p for p in rest if said & set(words(p["text"]))), None)
            if partner is not None:
                rest.remove(partner)
            theirs = partner["text"] if partner else None
            rules = (place.rule or "place", f"{place.rule or 'place'}, {place.how}")
            yield self._one("place", gold, theirs, place.text, rules, place.confidence, right=partner is not None)
        yield from (self._one("place", gold, p["text"], None) for p in rest)

    def _times(self, gold: Json, mine: tuple[Time, ...]) -> Iterator[Judged]:
        rest = list(gold.get("times") or ())
        for time in mine:
            own = {"text": time.text, "start": time.start, "end": time.end}
            same = next((t for t in rest if common_times([t], [own])), None)
            near = same or next((t for t in rest if set(words(t["text"])) & set(words(time.text))), None)
            if near is not None:
                rest.remove(near)
            theirs, right = _dated(near) if near else None, same is not None
            rules = (time.rule or "time", f"kind={time.kind}")
            yield self._one("time", gold, theirs, _dated(own), rules, time.confidence, right=right)
        yield from (self._one("time", gold, _dated(t), None) for t in rest)

    def _figures(self, golds: list[Json], mine: list[Claim], forms: list[Json]) -> Iterator[Judged]:
        own = [
            (f, g) for c, form in zip(mine, forms, strict=True) for f, g in zip(c.figures, form["figures"], strict=True)
        ]
        pairs = pair(golds, [g for _, g in own], union_share, FIGURE)
        for i, j in sorted(pairs):
            yield from self._figure(golds[i], *own[j])
        for i in sorted(set(range(len(golds))) - {i for i, _ in pairs}):
            yield self._one("value", golds[i], _value(golds[i]), None)
        for j in sorted(set(range(len(own))) - {j for _, j in pairs}):
            figure, form = own[j]
            sure = dict(figure.confidence).get("value")
            yield self._one("value", form, None, _value(form), _numbers(figure), sure)

    def _figure(self, gold: Json, mine: Figure, form: Json) -> Iterator[Judged]:
        sure = dict(mine.confidence)
        ranges = [(x.get("low"), x.get("high")) for x in (gold, form)]
        right = ranges[0] == ranges[1]
        yield self._one("value", gold, _value(gold), _value(form), _numbers(mine), sure.get("value"), right=right)
        made = {"population": _nouns(mine), "outcome": (f"outcome={mine.outcome}",), "cumulative": ("totals",)}
        for key, rules in made.items():
            a, b = (str(x.get(key) or False) if key == "cumulative" else x.get(key) for x in (gold, form))
            yield self._one(key, gold, a, b, rules, sure.get(key), right=a == b)
        a, b = (" ".join(words(x.get("part_of"))) for x in (gold, form))
        yield self._one("part_of", gold, a, b, ("part_of",) if b else ("whole",), right=_alike(a, b))
        a, b = str(gold["text"]), mine.text
        yield self._one("extent", gold, a, b, _numbers(mine), right=words(a) == words(b))


def _kind(claim: Json) -> str:
    return f"{claim.get('event_type')}, {claim.get('status')}"


def _model(field: str, claim: Claim) -> tuple[str, ...]:
    """The model's label that made a field."""
    if field == "status":
        denied = any(link.stance == "denied" for link in claim.attribution)
        return ("source denies",) if denied else (f"status={claim.status}",)
    return (f"{field}={claim.event_type}",) if field in ("claim", "event_type") else (f"{field} of {claim.event_type}",)


def _names(claim: Json) -> str:
    return " > ".join(str(link.get("name")) for link in chain(claim)) or "publisher"


def _stance(claim: Json) -> str:
    return ", ".join(sorted({str(link.get("stance")) for link in chain(claim)} & MARKED)) or "plain"


def _listed(items: Iterable[str] | None) -> str:
    return "; ".join(items or ()) or "nobody"


def _dated(time: Json) -> str:
    return f"{time.get('text')} = {time.get('start') or _OPEN} to {time.get('end') or _OPEN}"


def _value(figure: Json) -> str:
    low, high = (_OPEN if figure.get(k) is None else f"{figure[k]:.15g}" for k in ("low", "high"))
    return low if low == high else f"{low} to {high}"


def _numbers(figure: Figure) -> tuple[str, ...]:
    """The rules of the number and its bounds."""
    return tuple(dict.fromkeys(r for r in figure.rules if not r.startswith("population."))) or ("digits",)


def _nouns(figure: Figure) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r for r in figure.rules if r.startswith("population."))) or ("no noun",)


def _alike(gold: str, mine: str) -> bool:
    a, b = set(gold.split()), set(mine.split())
    return len(a & b) * 2 >= len(a | b)
