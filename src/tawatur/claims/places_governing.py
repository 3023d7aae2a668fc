"""A claim that names no place in, the place that governs it from before (guide, rule 6): candidates and what tells.

Each candidate is described by how it stands to the claim: kind, role, distance, what lies between, and whether an
earlier claim or the words of a speaker hold it. Which of these count, and how much, is learned from annotated reports
(``tools/train_places.py``) and kept in ``models/ar/places.tsv``; they hold for every language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tawatur.claims.models import model
from tawatur.claims.places_hits import PlaceHit
from tawatur.claims.places_words import cls_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Lexicon, Word

#: Types that hardly ever have a place which they do not name: acts of speech.
PLACELESS = frozenset({"condemnation", "demand", "rejection", "threat"})
LIKELY = -0.2  # log odds from which on a candidate is taken: .45
_SAME, _BEFORE, _SENTENCES = 4, 3, 3  # candidates of the same sentence, of earlier ones, and how far back
_DISTANCES = (0, 1, 2, 4, 7, 12, 20)
_FRAME = 12  # tokens around a verb of reporting in which its speaker stands
_NEAR = [next((n for n, most in enumerate(_DISTANCES) if d <= most), 7) for d in range(_DISTANCES[-1] + 2)]
_CODES = dict.fromkeys(".!؟?", ".") | dict.fromkeys("،,؛", ",") | dict.fromkeys('«»"“”:', "«")
_CLASSES = {"that": "t", "there": "h"}
_REMEMBERED = 20_000

#: A group of features by what they are made of: the function that names them and its arguments.
Group = tuple[Callable[..., list[str]], tuple[object, ...]]


@dataclass(slots=True)
class Told:
    """A claim that stands before, by its tokens."""

    first: int
    after: int
    event_type: str


@dataclass(slots=True)
class Ground:
    """The places of a report and the marks between them, one character a token."""

    tokens: Tokens
    hits: Sequence[PlaceHit]
    lexicon: Lexicon
    codes: str = field(init=False)
    firsts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.codes = self.tokens.column(self.lexicon.column("places, governing", _code), self.lexicon)
        self.firsts = [hit.first for hit in self.hits]

    def within(self, first: int, after: int) -> Sequence[PlaceHit]:
        """The places that begin at tokens [first, after)."""
        firsts = self.firsts
        return self.hits[bisect_left(firsts, first) : bisect_left(firsts, after)]

    def sentence(self, at: int) -> int:
        """Where the sentence of a token begins."""
        return max(self.codes.rfind(".", 0, at), self.codes.rfind("n", 0, at)) + 1


@dataclass(slots=True)
class Asked:
    """A claim whose place is sought: its tokens and type, the claims before it, and who says it.

    ``said`` is the first token of what a speaker says here and that of the verb that says so; None for the publisher.
    """

    ground: Ground
    first: int
    after: int
    event_type: str
    earlier: Sequence[Told] = ()
    said: tuple[int, int] | None = None


def governing(asked: Asked) -> tuple[PlaceHit | None, float]:
    """The likeliest candidate, when it is likely enough, and its log odds."""
    best, most = None, LIKELY
    if asked.event_type in PLACELESS:
        return best, most
    for hit, groups in candidates(asked):
        score = sum([_score(*group) for group in groups])
        if score >= most:
            best, most = hit, score
    return best, most


def names_of(groups: Sequence[Group]) -> list[str]:
    """The features of a candidate."""
    return [name for name_them, made_of in groups for name in name_them(*made_of)]


@lru_cache(_REMEMBERED)
def _score(name_them: Callable[..., list[str]], made_of: tuple[object, ...]) -> float:
    weights = model("places").weights
    return sum(weights[name][0][1] for name in name_them(*made_of) if name in weights)


def candidates(asked: Asked) -> Iterator[tuple[PlaceHit, tuple[Group, ...]]]:
    """The places before a claim, last first, each with its features."""
    same, before, start = _before(asked)
    there = "h" in asked.ground.codes[asked.first : asked.after]
    joined = _joined(asked)
    for hits, where in ((same, "same"), (before, "earlier")):
        for rank, (hit, ends) in enumerate(hits):
            yield (
                hit,
                (
                    (_of_claim, (asked.event_type, there, where)),
                    (_of_gap, (*_gap(hit, asked), where)),
                    (_of_order, (rank, ends, min(len(hits), 3), hit.first <= start + 2, where)),
                    (_of_hit, (hit.kind, hit.rule, hit.role, asked.event_type, where)),
                    (_of_place, (hit.of_people, hit.lat is not None, *_stands(hit, asked), joined, where)),
                    (_of_tellers, (*_teller(hit, asked), asked.event_type, where)),
                ),
            )


Counted = list[tuple[PlaceHit, int]]


def _before(asked: Asked) -> tuple[Counted, Counted, int]:
    """The candidates of the same sentence and of earlier ones, last first, each with the sentence ends between; and
    where the claim's sentence begins."""
    codes, first = asked.ground.codes, asked.first
    start = asked.ground.sentence(first)
    same: Counted = []
    before: Counted = []
    for hit in reversed(asked.ground.hits):
        if hit.after > first:
            continue
        if hit.after > start:
            same.append((hit, 0))
            continue
        ends = codes.count(".", hit.after, first) + codes.count("n", hit.after, first)
        if ends > _SENTENCES or len(before) == _BEFORE:
            break
        before.append((hit, ends))
    return same[:_SAME], before, start


def _code(word: Word) -> str:
    return "n" if word.kind == "line" else _CODES.get(word.fold) or _CLASSES.get(cls_of(word), "-")


def _gap(hit: PlaceHit, asked: Asked) -> tuple[int, int, int, bool]:
    """Commas, words for that, quotation marks and line ends between a place and the claim."""
    gap = asked.ground.codes[hit.after : asked.first]
    return min(gap.count(","), 3), min(gap.count("t"), 2), min(gap.count("«"), 2), "n" in gap


def _joined(asked: Asked) -> str:
    """Whether the claim begins with a conjunction, and whether a mark stands before it."""
    words, first = asked.ground.tokens.words, asked.first
    mark = first > 0 and words[first - 1].fold in ("،", ".")
    return f"{words[first].fold.startswith('و')}{mark}"


def _stands(hit: PlaceHit, asked: Asked) -> tuple[int, str]:
    """How far off, and after what class of word."""
    near = _NEAR[min(asked.first - hit.after, len(_NEAR) - 1)]
    return near, cls_of(asked.ground.tokens.words[hit.first - 1]) if hit.first else "^"


def _teller(hit: PlaceHit, asked: Asked) -> tuple[str, str, str]:
    """The earlier claim that names it, how long ago and of what type; and how it stands to the speaker's words."""
    scope = "none"
    if asked.said is not None:
        first, verb = asked.said
        near = first - hit.after <= _FRAME and hit.first >= verb - _FRAME
        scope = "in" if hit.first >= first else "frame" if near else "before"
    for ago, told in enumerate(reversed(asked.earlier)):
        if told.first <= hit.first < told.after:
            return str(min(ago, 2)), told.event_type, scope
    return "none", "-", scope


def _of_claim(event_type: str, there: bool, where: str) -> list[str]:
    return ["bias", f"type={event_type}", f"type={event_type},{where}", f"there={there}", f"there={there},{where}"]


def _of_gap(commas: int, that: int, quotes: int, line: bool, where: str) -> list[str]:
    return [f"commas={commas},{where}", f"that={that},{where}", f"quotes={quotes},{where}", f"line={line}"]


def _of_order(rank: int, ends: int, of: int, first: bool, where: str) -> list[str]:
    return [f"rank={rank},back={ends}", f"rank={rank},of={of},{where}", f"first={first},{where}"]


def _of_hit(kind: str, rule: str, role: str, event_type: str, where: str) -> list[str]:
    names = [f"kind={kind}", f"kind={kind},{where}", f"rule={rule}"]
    return [*names, f"role={role},{where}", f"role={role},type={event_type}"]


def _of_place(people: bool, located: bool, near: int, comes: str, joined: str, where: str) -> list[str]:
    names = [f"people={people}", f"located={located}"]
    return [*names, f"distance={near},{where}", f"comes={comes},{where}", f"and={joined},{where}"]


def _of_tellers(ago: str, before: str, scope: str, event_type: str, where: str) -> list[str]:
    return [
        f"claim={ago},{where}",
        f"claim={ago},{before == event_type},{where}",
        f"claim={ago != 'none'},type={event_type},{where}",
        f"scope={scope},{where}",
        f"scope={scope},claim={ago},{where}",
        f"types={before}>{event_type},{where}",
    ]
