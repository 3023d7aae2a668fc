"""How far a reporting expression reaches: the openings of a sentence in, stretches of tokens with their opening out."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.attribution_words import COMMAS, Opening
from tawatur.claims.sources import Reader
from tawatur.claims.sources_role import CONTRAST, LEAVE, TOPIC, having

_PAIRS = {"«": "»", "“": "”", "”": "“", '"': '"'}
_OPENS = {"»": ("«",), "”": ("“", "”"), '"': ('"',)}
_BREAKS = ("؛",)
_TURN = having(LEAVE | TOPIC)
_CONTRAST = having(LEAVE | TOPIC | CONTRAST)
_LEAVE = having(LEAVE | CONTRAST)


@dataclass(slots=True)
class Stretch:
    """Tokens ``first`` to ``after`` belong to opening ``index``; ``inner`` is an opening that this one wraps."""

    first: int
    after: int
    index: int
    inner: int | None = None
    outer: int | None = None
    doubt: bool = False
    plain: bool = False  # the opening's stance does not hold here


class Extents:
    """Finds how far the expressions of one report reach."""

    def __init__(self, reader: Reader) -> None:
        self.words, self.roles, self.chars = reader.words, reader.roles, reader.chars

    def stretches(self, openings: list[Opening], first: int, after: int) -> list[Stretch]:
        """The stretches of one sentence, which holds tokens ``first`` to ``after``; quotations may reach beyond it."""
        if len(openings) == 1 and openings[0].way == "forward" and openings[0].stance != "denied":
            whole = self._forward(openings, 0, after)
            return [whole] if whole.first < whole.after else []
        out: list[Stretch] = []
        taken = first
        for index, opening in enumerate(openings):
            if opening.way == "forward":
                whole = self._forward(openings, index, after)
                out += [whole] if opening.stance != "denied" else self._neutral_after_denial(whole)
            elif opening.kind == "self":
                _doubt(out, openings, index)
                if not any(s.first < opening.first <= s.after for s in out):
                    out.append(Stretch(taken, after if index == len(openings) - 1 else opening.after, index))
                continue
            else:
                out += self._backward(openings, index, first, after, taken, out)
            taken = max(taken, opening.after)
        return [s for s in out if s.first < s.after]

    def _forward(self, openings: list[Opening], index: int, after: int) -> Stretch:
        opening = openings[index]
        begin = opening.after
        end = self._turn(opening, _next_clause(openings, index, after) if index + 1 < len(openings) else after)
        direct = opening.kind == "direct"
        if self._quote_opens(begin):
            end = max(end, self._quote_end(begin, end))
        if opening.spread == "line" and len(openings) == 1:
            end = max(end, self._line_end(begin))
        if direct and begin < len(self.words) and self._list_follows(opening):
            end = max(end, self._list_end(begin))
        return Stretch(begin, end, index)

    def _neutral_after_denial(self, whole: Stretch) -> list[Stretch]:
        """What is denied ends where a new main clause begins (comma, then and or so); the speaker goes on."""
        words, roles = self.words, self.roles
        for at in range(whole.first + 2, whole.after):
            if words[at - 1].fold == ":":
                return [Stretch(whole.first, at - 1, whole.index), Stretch(at, whole.after, whole.index, plain=True)]
            if words[at - 1].fold in COMMAS and (roles[at].prefix == "ف" or self._main_verb(at)):
                return [Stretch(whole.first, at, whole.index), Stretch(at, whole.after, whole.index, plain=True)]
        return [whole]

    def _main_verb(self, at: int) -> bool:
        """Whether a verb joined by waw stands here that reports nothing."""
        known = self.roles[at]
        return known.verb and not known.opener and self.words[at].fold.startswith("و")

    def _also(self, at: int, end: int) -> bool:
        """Whether "as well" and a verb that reports nothing stand here."""
        after = self.roles[at + 1] if at + 1 < end else None
        return self.words[at].fold == "كما" and after is not None and after.verb and not after.opener

    def _turn(self, opening: Opening, end: int) -> int:
        """A speech act ends where a contrast begins, a report where an aside of the publisher does."""
        begin = max(opening.after, opening.verb + 1)
        act = opening.kind == "speech_act" or opening.nominal
        found = (_CONTRAST if act else _TURN).search(self.chars, begin, end)
        end = found.start() if found else end
        if act:
            for at in range(begin, end):
                if self.words[at - 1].fold in COMMAS and (self._main_verb(at) or self._also(at, end)):
                    return at
        return end

    def _quote_opens(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].fold in _PAIRS

    def _quote_end(self, at: int, end: int) -> int:
        if not self._quote_opens(at):
            return end
        close = _PAIRS[self.words[at].fold]
        for k in range(at + 1, min(len(self.words), at + 250)):
            word = self.words[k]
            if word.fold == close:
                return k + 1 if k >= end else end
            if word.kind == "line" and close == '"':
                break
        return end

    def _line_end(self, at: int) -> int:
        words = self.words
        for k in range(at, len(words)):
            if words[k].kind == "line":
                return k
        return len(words)

    def _list_follows(self, opening: Opening) -> bool:
        return self.words[opening.after].kind == "line" and self.words[opening.after - 1].fold == ":"

    def _list_end(self, at: int) -> int:
        """The end of the numbered or marked lines that follow a colon."""
        end, words = at, self.words
        while end + 1 < len(words) and words[end].kind == "line" and words[end + 1].kind in ("number", "mark"):
            end = self._line_end(end + 1)
        return end

    def _backward(
        self, openings: list[Opening], index: int, first: int, after: int, taken: int, before: list[Stretch]
    ) -> list[Stretch]:
        opening = openings[index]
        end = self._reach_forward(openings, index, after) if opening.way == "both" else opening.after
        quote = self._quote_before(opening, first)
        if quote is not None:
            for stretch in before:
                if stretch.first >= quote and stretch.outer is None:
                    stretch.outer = index
                    stretch.after = min(stretch.after, opening.first)
            return [Stretch(quote, max(end, opening.first), index)]
        held = [s for s in before if s.first < opening.first <= s.after and openings[s.index].way == "forward"]
        if held:
            return [self._within(openings, index, held[-1], end)]
        start = self._paragraph(first) if opening.spread == "paragraph" else taken
        marks: tuple[str, ...] = _BREAKS
        if opening.way == "both" and opening.first > start and self.words[opening.first - 1].fold not in COMMAS:
            marks = (*_BREAKS, *COMMAS)
            end = next((k for k in range(opening.after, end) if self.words[k].fold in COMMAS), end)
        start = next((k + 1 for k in range(opening.first - 1, start, -1) if self.words[k].fold in marks), start)
        return [Stretch(start, max(end, opening.first), index)]

    def _reach_forward(self, openings: list[Opening], index: int, after: int) -> int:
        """How far what looks both ways reaches behind itself."""
        opening = openings[index]
        ahead = openings[index + 1] if index + 1 < len(openings) else None
        if ahead is not None and ahead.way == "forward" and ahead.verb < opening.first:
            ahead = None
        if ahead is not None and ahead.way != "forward":
            return opening.after
        end = after if ahead is None else max(opening.after, _clause(ahead))
        found = _LEAVE.search(self.chars, opening.after, end)
        return found.start() if found else end

    def _quote_before(self, opening: Opening, first: int) -> int | None:
        """The beginning of the quotation that ends just before a postposed verb, or None."""
        words, at = self.words, opening.first - 1
        while at > first and words[at].fold in COMMAS:
            at -= 1
        opens = _OPENS.get(words[at].fold) if at > first else None
        if opens is not None:
            for k in range(at - 1, max(0, at - 200), -1):
                if words[k].fold in opens:
                    return k
        return None

    def _paragraph(self, first: int) -> int:
        at = first
        while at > 0 and self.words[at - 1].kind != "line":
            at -= 1
        return at

    def _within(self, openings: list[Opening], index: int, held: Stretch, end: int) -> Stretch:
        """A source after words that another one already reports: a relay wraps it, any other takes the last clause."""
        opening = openings[index]
        if opening.relay:
            held.after = max(held.after, end)
            return Stretch(held.first, held.after, index, inner=held.index)
        start = held.first
        for k in range(opening.first - 1, held.first, -1):
            comma = k < opening.first - 2 and self.words[k].fold in COMMAS
            if comma or "contrast" in self.roles[k].classes:
                start = k
                break
        return Stretch(start, max(end, opening.first), index)


def _next_clause(openings: list[Opening], index: int, after: int) -> int:
    """Where the clause of the next expression begins that looks forward; the end of the sentence when none does."""
    opening = openings[index]
    for later in openings[index + 1 :]:
        if later.way == "forward":
            return min(after, max(_clause(later), opening.after))
        if later.way == "both" and later.kind == "postposed" and opening.kind == "postposed":
            break
    return after


def _clause(opening: Opening) -> int:
    return opening.subject_first if opening.subject_first >= 0 else opening.first


def _doubt(out: list[Stretch], openings: list[Opening], index: int) -> None:
    """Doubt at the end of a sentence falls on what it touches, and back on what the same speaker only went on with."""
    opening = openings[index]
    if opening.stance != "doubted":
        return
    reached = False
    for stretch in reversed(out):
        reached = reached or stretch.first < opening.first <= stretch.after + 1
        stretch.doubt = stretch.doubt or reached
        if reached and openings[stretch.index].kind != "participle":
            return
