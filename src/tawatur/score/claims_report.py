"""Judged fields in, the claims report out: field by field and rule by rule what is right, and what is taken for what.

The report is for those who work on a language pack: for each field the rules with their precision, the pairs of
values that are mixed up, what is missed and what is made up, each with examples in their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tawatur.score.judged import Judged

#: In the order of the report.
FIELDS = (
    "claim", "event_type", "status", "origin", "chain", "stance", "value", "population", "outcome", "cumulative",
    "part_of", "extent", "place", "time", "actors", "affected",
)  # fmt: skip
#: Fields whose values are few enough to count which is taken for which.
LABELS = frozenset({"event_type", "status", "stance", "population", "outcome", "cumulative"})
_AROUND = 60  # characters of context on each side
_LONGEST = 240
_BINS = 5

Texts = Mapping[tuple[str, str], str]
Group = dict[str, Any]


def made(fields: Iterable[Judged], texts: Texts, examples: int) -> dict[str, Group]:
    """By field: counts, precision and recall, rules, confusions, missed, spurious, confidence.

    ``texts`` are the reports' by dossier and name; of each group the first ``examples`` are shown, in gold order.
    """
    held: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in fields:
        held[one.field].append(one)
    return {field: _field(field, held[field], _Shown(texts, examples)) for field in FIELDS if field in held}


class _Shown:
    """Examples as a developer reads them."""

    def __init__(self, texts: Texts, most: int) -> None:
        self.texts, self.most = texts, most

    def of(self, found: Iterable[Judged]) -> list[Group]:
        """The first of them."""
        return [self._one(one) for one in list(found)[: self.most]]

    def _one(self, one: Judged) -> Group:
        text, start, end = self.texts[one.dossier, one.report], one.start, one.end
        return {
            "where": f"{one.dossier}/{one.report}:{start}",
            "before": text[max(0, start - _AROUND) : start],
            "words": text[start : min(end, start + _LONGEST)],
            "after": text[end : end + _AROUND],
            "gold": one.gold,
            "own": one.own,
            "rules": list(one.rules),
            "confidence": one.sure,
        }


def _field(field: str, found: list[Judged], shown: _Shown) -> Group:
    gold, own, right = (sum(x) for x in zip(*map(_counts, found), strict=True))
    out: Group = {
        "gold": gold,
        "own": own,
        "right": right,
        "precision": _share(right, own),
        "recall": _share(right, gold),
        "rules": list(_rules(found, shown)),
    }
    if field in LABELS:
        out["labels"] = list(_labels(found))
    out["confused"] = list(_confused(field, found, shown))
    lone = {"missed": [j for j in found if j.own is None], "spurious": [j for j in found if j.gold is None]}
    for kind, chosen in lone.items():
        out[kind] = {"count": len(chosen), "examples": shown.of(chosen)}
    out["confidence"] = list(_reliability(found))
    return out


def _counts(one: Judged) -> tuple[int, int, int]:
    return one.gold is not None, one.own is not None, one.right


def _rules(found: list[Judged], shown: _Shown) -> Iterator[Group]:
    """What made ours, most errors first; a field that several rules made counts for each."""
    held: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in found:
        for rule in one.rules:
            held[rule].append(one)
    for rule, ours in sorted(held.items(), key=lambda item: (sum(j.right for j in item[1]) - len(item[1]), item[0])):
        right = sum(j.right for j in ours)
        wrong = shown.of(j for j in ours if not j.right)
        yield {
            "rule": rule, "own": len(ours), "right": right, "precision": _share(right, len(ours)), "examples": wrong,
        }  # fmt: skip


def _labels(found: list[Judged]) -> Iterator[Group]:
    """Each value: how often experts have it, how often we, how often both."""
    gold, own = Counter(j.gold for j in found), Counter(j.own for j in found)
    right = Counter(j.gold for j in found if j.right)
    for label in sorted({*gold, *own} - {None}, key=str):
        yield {
            "label": label, "gold": gold[label], "own": own[label], "right": right[label],
            "precision": _share(right[label], own[label]), "recall": _share(right[label], gold[label]),
        }  # fmt: skip


def _confused(field: str, found: list[Judged], shown: _Shown) -> Iterator[Group]:
    """Wrong values where both have one: by pair for labels, else all in one group."""
    held: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in found:
        if not one.right and one.gold is not None and one.own is not None:
            held[(one.gold, one.own) if field in LABELS else ("", "")].append(one)
    for (gold, own), wrong in sorted(held.items(), key=lambda item: (-len(item[1]), item[0])):
        yield {"gold": gold, "own": own, "count": len(wrong), "examples": shown.of(wrong)}


def _reliability(found: list[Judged]) -> Iterator[Group]:
    """How often fields held to be right with a given confidence are right."""
    held: defaultdict[int, list[Judged]] = defaultdict(list)
    for one in found:
        if one.sure is not None:
            held[min(int(one.sure * _BINS), _BINS - 1)].append(one)
    for step, ours in sorted(held.items()):
        yield {"from": step / _BINS, "count": len(ours), "right": _share(sum(j.right for j in ours), len(ours))}


def _share(part: int, of: int) -> float | None:
    return round(part / of, 3) if of else None


def lines(found: Mapping[str, Group], most: int) -> Iterator[str]:
    """The report as lines of a terminal, ``most`` rules, pairs and examples of a field and group."""
    for field, group in found.items():
        numbers = f"gold {group['gold']}  own {group['own']}  right {group['right']}"
        yield f"== {field}: {numbers}  P {_number(group['precision'])}  R {_number(group['recall'])}"
        for rule in group["rules"][: 4 * most]:
            if rule["right"] < rule["own"]:
                yield f"  rule {rule['rule']}: {rule['right']} of {rule['own']} right ({_number(rule['precision'])})"
                yield from _examples(rule["examples"][:1])
        for pair in group["confused"][: 4 * most]:
            taken = f"{pair['gold']} taken for {pair['own']}" if pair["gold"] else "other than experts have it"
            yield f"  {taken}: {pair['count']}"
            yield from _examples(pair["examples"])
        for kind in ("missed", "spurious"):
            if group[kind]["count"]:
                yield f"  {kind}: {group[kind]['count']}"
                yield from _examples(group[kind]["examples"])
        if steps := [f"from {s['from']:.1f}: {_number(s['right'])} of {s['count']}" for s in group["confidence"]]:
            yield f"  right by confidence: {'; '.join(steps)}"


def _examples(found: Iterable[Group]) -> Iterator[str]:
    for one in found:
        quoted = " ".join(f"{one['before']}[{one['words']}]{one['after']}".split())
        by = f" by {', '.join(one['rules'])}" if one["rules"] else ""
        sure = f" ({one['confidence']:.2f})" if one["confidence"] is not None else ""
        yield f"    {one['where']} gold {_value(one['gold'])}, own {_value(one['own'])}{by}{sure}"
        yield f"      {quoted}"


def _value(value: str | None) -> str:
    return "none" if value is None else value


def _number(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
