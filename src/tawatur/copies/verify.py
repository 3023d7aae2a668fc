"""Two reports in, the copy between them out, or None: shared words that no two writers come upon by themselves.

Not a copy: a short stock phrase, a clause of background inside a sentence of the writer's own. A quotation that both
reports mark as one, with little of their own words around it, is told as a quotation: both may have heard it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.copies.align import Passage, passages
from tawatur.copies.words import Corpus, Detail

LEAST = 15  # shared words of a passage
RUN = 5  # of them in a row
PLAIN = 10  # of them outside a quotation that both sides mark
LOOSE, LONG = 0.7, 36  # a passage of which less than LOOSE is shared has LONG shared words at least
PARAGRAPH = 24  # from here on a passage need not be most of a sentence
FOLLOWS = 8  # a further passage of two reports that share one already
PIECES = 0.4  # of the shorter report in passages of FOLLOWS words and more, LONG words of it together
BRIEF = 40  # a report of so few words at most may be copied as a whole below LEAST
WHOLE = 0.5  # of the shorter report's words
QUOTED = 10  # shared words that both sides mark as quoted


@dataclass(frozen=True, slots=True)
class Copy:
    """Report ``b`` shares passages with report ``a``, which was met before it."""

    a: int
    b: int
    passages: tuple[Passage, ...]
    shared: int
    coverage: float
    quoted: bool = False  # no more than a quotation that both mark as one

    @property
    def kind(self) -> Literal["whole", "part", "quotation"]:
        """Whole when half of the shorter report is shared."""
        if self.quoted:
            return "quotation"
        return "whole" if self.coverage >= WHOLE else "part"


def verified(corpus: Corpus, a: int, b: int) -> Copy | None:
    """The copy or the shared quotation between reports ``a`` and ``b``, if there is one."""
    found = _passages(corpus, a, b)
    shorter = min(len(corpus.words[a]), len(corpus.words[b]))
    if any(_strong(corpus, a, b, p) for p in found) or _brief(found, shorter) or _pieces(corpus, a, b, found, shorter):
        kept = tuple(p for p in found if p.longest >= RUN and p.shared >= FOLLOWS)
        return _copy(a, b, kept, shorter)
    left, right = corpus.detail(a), corpus.detail(b)
    kept = tuple(p for p in found if p.longest >= RUN and p.shared - _plain(left, right, p) >= QUOTED)
    return _copy(a, b, kept, shorter, quoted=True) if kept else None


def _copy(a: int, b: int, kept: tuple[Passage, ...], shorter: int, *, quoted: bool = False) -> Copy:
    shared = sum(p.shared for p in kept)
    return Copy(a, b, kept, shared, min(1.0, shared / shorter), quoted)


def _passages(corpus: Corpus, a: int, b: int) -> list[Passage]:
    """What two reports share, in the order of ``b``: the same passages from whichever side they are looked at."""
    if corpus.words[a] <= corpus.words[b]:
        return passages(corpus.words[a], corpus.words[b], corpus.seeds(a))
    turned = [p.turned() for p in passages(corpus.words[b], corpus.words[a], corpus.seeds(b))]
    return sorted(turned, key=lambda p: p.b0)


def _brief(found: list[Passage], shorter: int) -> bool:
    kept = [p.shared for p in found if p.longest >= RUN and p.shared >= FOLLOWS]
    return shorter <= BRIEF and sum(kept) >= 0.7 * shorter and bool(kept)


def _pieces(corpus: Corpus, a: int, b: int, found: list[Passage], shorter: int) -> bool:
    """Whether much of the shorter report stands in the other in pieces: edited all over, its sentences moved."""
    kept = [p for p in found if p.longest >= RUN and p.shared >= FOLLOWS]
    if sum(p.shared for p in kept) < max(LONG, PIECES * shorter):
        return False
    left, right = corpus.detail(a), corpus.detail(b)
    return sum(_plain(left, right, p) for p in kept) >= LONG


def _strong(corpus: Corpus, a: int, b: int, passage: Passage) -> bool:
    least = LONG if passage.density < LOOSE else LEAST
    if passage.shared < least or passage.longest < RUN:
        return False
    if passage.shared >= WHOLE * min(len(corpus.words[a]), len(corpus.words[b])):
        return True
    left, right = corpus.detail(a), corpus.detail(b)
    return _plain(left, right, passage) >= PLAIN and (passage.shared >= PARAGRAPH or _sentence(left, right, passage))


def _plain(left: Detail, right: Detail, passage: Passage) -> int:
    """Shared words that at least one side does not mark as quoted."""
    runs = [(left.quoted[i : i + n], right.quoted[j : j + n]) for i, j, n in passage.runs]
    return sum(not (mine and theirs) for run in runs for mine, theirs in zip(*run, strict=True))


def _sentence(left: Detail, right: Detail, passage: Passage) -> bool:
    """Whether the passage is half of the sentences it stands in, on one side at least."""
    least = min(left.sentence(passage.a0, passage.a1), right.sentence(passage.b0, passage.b1))
    return 2 * passage.shared >= least
