"""Tokens to figures in languages that set words side by side: quantities with their bounds and what they count.

Words stand in the pack: numbers, what bounds them, counted nouns, and rules for what is no figure. What happened to
whom is settled for all languages by ``figures_settle``.
"""

from __future__ import annotations

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_nouns import name_hit
from tawatur.claims.figures_table import Noun, Table, table
from tawatur.claims.figures_told import is_verb, outcomes_of
from tawatur.claims.plain_figures_nouns import YEARS, Nouns
from tawatur.claims.plain_numbers import Number, read
from tawatur.claims.plain_times import spans
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack

_BOUNDS = {
    "least": "least", "most": "most", "about": "about", "exact": "exact",
    "post_least": "least", "post_most": "most", "post_about": "about", "post_exact": "exact",
}  # fmt: skip
_STARTS = ("digits", "number", "vague", "fraction", "article", "another", "one_of")
_BEFORE = ("least", "most", "about", "exact")
_AFTER = ("post_least", "post_most", "post_about", "post_exact")
_HARM = frozenset({"killed", "injured", "missing", "detained", "released"})
_SHORT = 4  # tokens in which a victim and what befell him stand


def find(tokens: Tokens, pack: Pack) -> list[FigureHit]:
    """Every figure of the text in text order; dates, ages, clock times and numbers that name are left out."""
    made = table(pack)
    string, begins = made.grammar.string(tokens), set(made.group(_STARTS))
    starts = [at for at, char in enumerate(string) if char in begins]
    return _Finder(tokens, made, pack).run(starts) if starts else []


class _Finder(Nouns):
    """The figures of one text."""

    def __init__(self, tokens: Tokens, made: Table, pack: Pack) -> None:
        super().__init__(tokens, made)
        self.never = {
            at for hit in made.grammar.hits(made.grammar.string(tokens)) for at in range(*hit.match.span("num"))
        }
        for first, after in spans(tokens, pack):
            self.never.update(range(first, after))

    def run(self, starts: list[int]) -> list[FigureHit]:
        hits: list[FigureHit] = []
        floor = 0
        for at in starts:
            if at < floor or at in self.never or self._glued(at):
                continue
            hit = self._hit(at, hits)
            if hit is not None and hit.first >= floor:
                hits.append(hit)
                floor = hit.after
        return hits

    def _hit(self, at: int, before: list[FigureHit]) -> FigureHit | None:
        if self._is(at, "article", "another", "one_of"):
            number = read(self.tokens, at) if self._is(at, "article") else None
            return self._numbered(at, number, before) if number else self._victim(at)
        number = read(self.tokens, at)
        return self._numbered(at, number, before) if number is not None else None

    # numbers

    def _numbered(self, at: int, number: Number, before: list[FigureHit]) -> FigureHit | None:
        times = 100.0 if number.fraction else 1.0
        low, high = round(number.low * times, 1), round(number.high * times, 1)
        kind = "fraction" if number.fraction else "vague" if number.approximate else "number"
        hit = FigureHit(at, number.after, 0, 0, low, high, number.approximate, kind, at, rules=number.rules)
        hit.digits = number.digits
        if number.fraction:
            hit.population = "percent"
        self._range(hit)
        self._money(hit)
        self._counted(hit)
        self._bound_after(hit)
        self._bound_before(hit)
        return self._finished(hit) if self._licensed(hit, before) else None

    def _range(self, hit: FigureHit) -> None:
        """Between X and Y, X to Y, X-Y, X or Y; none where Y is smaller than X."""
        at = hit.after
        spoken = self._is(at, "and") if self._is(hit.first - 1, "between") else self._is(at, "to")
        dashed = at < len(self.words) and self.words[at].fold in ("-", "\u2013") and hit.digits
        either = at < len(self.words) and self.words[at].fold == "or" and (hit.high or 0) < YEARS.start
        second = read(self.tokens, at + 1) if (spoken or dashed or either) and at + 1 < len(self.words) else None
        if second is None or second.fraction or hit.low is None or second.approximate:
            return
        low = hit.low
        if second.high >= 1000 * low and low < 1000 <= second.high and second.rules:  # 2 to 3 million
            scale = 1000.0 ** (len(str(int(second.high))) // 3 - (len(str(int(second.high))) % 3 == 0))
            low = low * scale if low * scale < second.high else low
        if low >= second.high:
            return
        hit.low, hit.high, hit.after, hit.bounded = low, second.high, second.after, True
        hit.rules += ("figure.range", *second.rules)
        if self._is(hit.first - 1, "between"):
            hit.first -= 1

    def _money(self, hit: FigureHit) -> None:
        if self._is(hit.first - 1, "currency"):
            hit.first -= 1
            hit.population, hit.noun_cls, hit.noun_at = "money", "thing", hit.first

    # bounds

    def _bound_after(self, hit: FigureHit) -> None:
        while self._is(hit.after, *_AFTER):
            self._bound(hit, hit.after)
            hit.after += 1

    def _bound_before(self, hit: FigureHit) -> None:
        for _ in range(2):
            if not self._is(hit.first - 1, *_BEFORE):
                return
            hit.first -= 1
            self._bound(hit, hit.first)

    def _bound(self, hit: FigureHit, at: int) -> None:
        sense = self.words[at].by["figures"]
        make = _BOUNDS[sense.entry.cls]
        if make == "least" and hit.low == hit.high:
            hit.high = None
        elif make == "most" and hit.low == hit.high:
            hit.low = None
        elif make == "about":
            hit.approximate = True
        hit.rules += (sense.entry.id,)
        hit.bounded = True

    # whether it counts

    def _licensed(self, hit: FigureHit, before: list[FigureHit]) -> bool:
        if hit.kind in ("fraction", "percent"):
            return hit.kind == "percent" or hit.after > hit.head + 1
        if hit.digits and hit.low in YEARS and hit.low == hit.high and "," not in self.words[hit.head].raw:
            return hit.noun_at is not None or hit.partitive
        if hit.noun_at is not None or hit.partitive or hit.others or hit.bounded or hit.kind == "vague":
            return True
        lone = hit.low == 1
        if self._befalls(hit.after, lone=lone):
            return True
        if lone:
            return False
        if any(outcomes_of(self.words[k]) for k in range(max(0, hit.first - 2), hit.first)):
            return True
        if "," in self.words[hit.head].raw or self._is(hit.first - 1, "among", "change", "to"):
            return True
        return bool(before) and hit.first - before[-1].after <= 2 and self._is(hit.first - 1, "and")

    def _befalls(self, at: int, *, lone: bool) -> bool:
        """Whether a verb follows: eight were wounded, one died."""
        if at < len(self.words) and not lone and "status" in self.words[at].cls:
            return self.words[at].cls["status"] in ("asp_aux", "asp_had", "asp_ongoing")
        return any(
            is_verb(self.words[k]) and not _HARM.isdisjoint(outcomes_of(self.words[k]))
            for k in range(at, min(at + 3, len(self.words)))
            if all(self.words[j].kind == "word" for j in range(at, k + 1))
        )

    # one victim

    def _victim(self, at: int) -> FigureHit | None:
        """``a child was killed``, ``killing a woman``, ``another was wounded``."""
        if self._is(at, "one_of"):
            return self._one_of(at)
        hit = FigureHit(at, at + 1, 0, 0, 1, 1, False, "singular", at)
        k = at + 1
        while k < min(len(self.words), at + 1 + _SHORT) and self.words[k].kind == "word" and not self._stops(k):
            noun = self.table.noun(self.words[k])
            if noun is not None and noun.cls == "person":
                break
            k += 1
        noun = self.table.noun(self.words[k]) if k < len(self.words) else None
        if noun is not None and noun.cls == "person" and self._person_at(at, k, noun):
            name_hit(hit, k, self.words[k].raw, noun)
            hit.after = k + 1
            return self._finished(hit) if self._harmed(hit) else None
        return self._finished(hit) if self._is(at, "another") and self._befalls(at + 1, lone=True) else None

    def _person_at(self, at: int, k: int, noun: Noun) -> bool:
        between = self.words[at + 1 : k]
        return noun.form == "singular" and all(word.kind == "word" for word in between)

    def _one_of(self, at: int) -> FigureHit | None:
        hit = FigureHit(at, at + 1, 0, 0, 1, 1, False, "singular", at, partitive=True)
        for k in range(at + 1, min(at + 5, len(self.words))):
            noun = self.table.noun(self.words[k])
            if noun is not None and noun.cls == "person":
                name_hit(hit, k, self.words[k].raw, noun)
                hit.after = k + 1
                return self._finished(hit) if self._harmed(hit) else None
        return None

    def _harmed(self, hit: FigureHit) -> bool:
        if self._among(hit.first - 1) or self._verb_of_harm(hit.after, hit.after + 3):
            return True
        before = self.words[max(0, hit.first - 2) : hit.first]
        return any(not _HARM.isdisjoint(outcomes_of(word)) for word in before)

    def _among(self, at: int) -> bool:
        return self._is(at, "among") or (
            self._is(at, "and") and at > 0 and self.table.noun(self.words[at - 1]) is not None
        )

    def _verb_of_harm(self, at: int, stop: int) -> bool:
        for k in range(at, min(stop, len(self.words))):
            if self.words[k].kind != "word":
                return False
            if is_verb(self.words[k]) and not _HARM.isdisjoint(outcomes_of(self.words[k])[:1]):
                return True
        return False

    def _finished(self, hit: FigureHit) -> FigureHit:
        hit.start, hit.end = self.tokens.starts[hit.first], self.tokens.ends[hit.after - 1]
        return hit
