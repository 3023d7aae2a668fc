"""One quantity's phrase: from its number or noun outwards to the words that bound it and the words it counts."""

from __future__ import annotations

from tawatur.claims.figures_hits import FigureHit
from tawatur.claims.figures_nouns import NounPhrases
from tawatur.claims.figures_table import Noun, Table, start_of
from tawatur.claims.numbers import Number, piece_of, read
from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word

_THEIRS = ("ها", "هم", "هن")
_OWN = ("figures", "populations")  # the dimensions that make words a figure's
_BOUNDS = {
    "post_least": "least",
    "post_more": "least",
    "post_most": "most",
    "post_about": "about",
    "more_min": "least",
    "more_max": "most",
}
_ASIDE = 3  # times the first number, the most that the second of "X or Y" is
_QUOTE, _QUOTE_END = ("open", "mark"), ("close", "mark")
#: Classes after a number that stand before its noun or for it.
_LEAD = ("close", "percent", "percent_word", "of_them", "min", "who", "measure")


class Phrases(NounPhrases):
    """Builds the phrases of one text; ``bounds``: token after a bounding rule → (first token, make, rule id)."""

    def __init__(self, tokens: Tokens, table: Table, string: str, bounds: dict[int, tuple[int, str, str]]) -> None:
        super().__init__(tokens, table, string)
        self.bounds = bounds

    def number(self, at: int) -> FigureHit | None:
        """The quantity whose number begins at a token."""
        value = read(self.tokens, at)
        if value is None:
            return None
        if value.lone:
            return self._one(at, value)
        hit = self._hit(at, value)
        self._range(hit, value)
        self._counted(hit, value)
        self._tail(hit)
        self._head(hit)
        return self._finished(hit)

    def _hit(self, at: int, value: Number) -> FigureHit:
        kind = "fraction" if value.fraction else "vague" if value.approximate else "number"
        times = 100.0 if value.fraction else 1.0
        low, high = round(value.low * times, 1), round(value.high * times, 1)
        hit = FigureHit(at, value.after, 0, 0, low, high, value.approximate, kind, at, rules=value.rules)
        hit.digits, hit.article = value.digits, value.article
        if value.fraction:
            hit.population = "percent"
        return hit

    def _one(self, at: int, value: Number) -> FigureHit | None:
        for back in (1, 2):
            noun = self.noun(at - back)
            if noun and noun.form == "singular" and noun.cls != "span" and not noun.definite and not noun.owned:
                hit = FigureHit(at - back, at + 1, 0, 0, 1, 1, False, "number", at, rules=value.rules)
                self._name(hit, at - back, noun)
                self._tail(hit)
                self._head(hit)
                return self._finished(hit)
        return None

    def _range(self, hit: FigureHit, value: Number) -> None:
        """Between X and Y, X-Y, from X to Y, X or Y; none where Y is smaller than X."""
        first, second = self._other_bound(hit, value)
        if second is None or second.fraction or hit.low is None:
            return
        scaled = value.scale == 1 and second.scale > 1 and hit.low * second.scale < second.high
        low = hit.low * second.scale if scaled else hit.low
        if low > second.high or (first == hit.first and second.high > _ASIDE * low):
            return
        hit.first, hit.after, hit.low, hit.high = first, second.after, low, second.high
        hit.rules += ("figure.range", *second.rules)
        hit.bounded = True

    def _other_bound(self, hit: FigureHit, value: Number) -> tuple[int, Number | None]:
        """Where a range begins, and its second number."""
        at, first = hit.after, hit.first
        if self.is_(first - 1, "between"):
            at += 1 if self.noun(at) or self.is_(at, "percent", "percent_word") else 0
            return first - 1, self._number_at(at + 1) if self.is_(at, "upto") else self._joined(at)
        if value.digits and self.is_(at, "dash"):
            return first, self._number_at(at + 1) if self.is_(at + 1, "digits") else None
        if self.is_(at, "upto") and not self._changed(first):
            return first - self.is_(first - 1, "min"), self._number_at(at + 1)
        return first, self._number_at(at + 1) if self.is_(at, "or") and not value.approximate else None

    def _number_at(self, at: int) -> Number | None:
        piece = piece_of(self.tokens.words[at]) if at < self.size else None
        return None if piece is None or piece.joined else read(self.tokens, at)

    def _changed(self, at: int) -> bool:
        return any(self.is_(k, "change") for k in range(max(0, at - 6), at))

    def _joined(self, at: int) -> Number | None:
        if at >= self.size:
            return None
        if self.tokens.words[at].fold == "و" and at + 1 < self.size:
            return read(self.tokens, at + 1)
        piece = piece_of(self.tokens.words[at])
        return read(self.tokens, at) if piece and piece.joined else None

    def _counted(self, hit: FigureHit, value: Number) -> None:
        """The counted noun: after the number, after "of", or before it with an article."""
        if self.is_(hit.after, *_LEAD):
            self._lead(hit, value)
        elif self.is_(hit.after, *_QUOTE) and self._in_quotes(hit, hit.after):
            return
        elif not (value.article and self._noun_before(hit, value)) and not self._noun_after(hit, hit.after):
            self._noun_before(hit, value)
        if self.is_(hit.after, "others"):
            hit.others, hit.after = True, hit.after + 1

    def _lead(self, hit: FigureHit, value: Number) -> None:
        at = hit.after
        if self.is_(at, "close") and self.is_(hit.first - 1, "open"):
            hit.first, at = hit.first - 1, at + 1
            hit.after = at
        if self.is_(at, "percent", "percent_word"):
            hit.kind, hit.population, hit.after = "percent", "percent", at + 1
            self._of(hit)
        elif self.is_(at, "of_them"):
            hit.partitive, hit.after = True, at + 1
            self._predicate(hit)
        elif self.is_(at, "min", "who"):
            self._of(hit)
        elif self.is_(at, "measure") and self.noun(at + 1):
            self._number_of(hit, at)
        elif not (value.article and self._noun_before(hit, value)) and not self._noun_after(hit, at):
            self._noun_before(hit, value)

    def _noun_after(self, hit: FigureHit, at: int) -> bool:
        noun = self.noun(at)
        if noun and noun.prefix in ("", "ال"):
            if hit.kind == "fraction" and _unit(noun):
                hit.kind, hit.population = "number", None
                hit.low, hit.high = (hit.low or 0) / 100, (hit.high or 0) / 100
            self._name(hit, at, noun)
        elif hit.kind != "fraction" and not (hit.kind == "vague" and hit.article) and self._unknown(at):
            hit.noun_at, hit.noun, hit.noun_cls, hit.population = at, self.tokens.words[at].raw, "thing", "other"
        elif hit.kind == "fraction" and at < self.size and self._share(at):
            hit.noun_at, hit.noun = at, self.tokens.words[at].raw
        else:
            return False
        hit.after = at + 1
        if hit.kind == "fraction":
            self._governed(hit, at)
        else:
            self._more(hit)
        return True

    def _in_quotes(self, hit: FigureHit, at: int) -> bool:
        """``200 "terrorists"``: a noun that the writer keeps a distance from."""
        noun = self.noun(at + 1)
        if noun is None or noun.cls != "person" or noun.prefix or not self.is_(at + 2, *_QUOTE_END):
            return False
        self._name(hit, at + 1, noun)
        hit.after = at + 3
        return True

    def _share(self, at: int) -> bool:
        """Whether a word can be what a fraction is of: with an article or a pronoun."""
        word = self.tokens.words[at]
        return word.kind == "word" and (word.fold.startswith("ال") or word.fold.endswith(_THEIRS))

    def _noun_before(self, hit: FigureHit, value: Number) -> bool:
        noun = self.noun(hit.first - 1)
        if noun is None or hit.kind == "fraction":
            return False
        agreeing = value.article and (noun.definite or noun.owned)
        two = noun.form == "dual" or self.tokens.words[hit.first - 1].fold.endswith("ين")
        paired = two and value.low == 2 and not value.article
        if agreeing or paired:
            hit.first -= 1
            self._name(hit, hit.first, noun)
        return agreeing or paired

    def _tail(self, hit: FigureHit) -> None:
        post = self.table.post
        for _ in post:
            name = post.get(self.string[hit.after]) if hit.after < self.size else None
            if name is None:
                return
            word = self.tokens.words[hit.after]
            hit.after += 1
            hit.rules += (word.by["figures"].entry.id,)
            bound(hit, _BOUNDS.get(name, ""))

    def _head(self, hit: FigureHit) -> None:
        if hit.first and self.tokens.words[hit.first - 1].fold == "ال":
            hit.first -= 1
        piece = piece_of(self.tokens.words[hit.first])
        if piece and piece.joined and self.is_(hit.first - 1, "post_least", "post_more", "post_about"):
            return  # what it bounds stands before it
        for _ in range(2):
            found = self.bounds.get(hit.first)
            if found is None:
                break
            hit.first, make, rule = found
            hit.rules += (rule,)
            bound(hit, make)
        noun = self.noun(hit.first - 1) if hit.noun_at is None and not hit.partitive and hit.kind == "number" else None
        if noun and noun.cls == "person" and noun.definite and noun.form == "plural" and not hit.others:
            hit.first -= 1
            self._name(hit, hit.first, noun)
        if hit.first and self.is_(hit.first - 1, "out_of"):
            hit.out_of = True

    def _finished(self, hit: FigureHit) -> FigureHit:
        first = self.tokens.words[hit.first]
        prefix = _proclitics(first)
        hit.start, hit.end = start_of(self.tokens, hit.first, prefix), self.tokens.ends[hit.after - 1]
        return hit

    def dual(self, at: int, noun: Noun) -> FigureHit:
        """A dual noun."""
        hit = FigureHit(at, at + 1, 0, 0, 2, 2, False, "dual", at)
        self._name(hit, at, noun)
        if self.is_(at + 1, "or") and (more := self._number_at(at + 2)) and more.low in (3, 4):
            hit.after, hit.high, hit.bounded = more.after, more.high, True
        self._more(hit)
        if self.is_(hit.after, "number") and (two := read(self.tokens, hit.after)) and two.low == 2:
            hit.after = two.after
        if self.is_(hit.after, "others"):
            hit.others, hit.after = True, hit.after + 1
        self._tail(hit)
        self._head(hit)
        return self._finished(hit)

    def singular(self, at: int, noun: Noun | None) -> FigureHit:
        """One victim, or one of them."""
        hit = FigureHit(at, at + 1, 0, 0, 1, 1, False, "singular", at)
        if noun:
            self._name(hit, at, noun)
            self._more(hit)
            self._called(hit, noun)
        else:
            hit.partitive = True
            self._predicate(hit)
        return self._finished(hit)


def _proclitics(word: Word) -> str:
    """What is written onto a figure's first word: as the sense that makes it one has it, else the word's first."""
    if not word.senses:
        return ""
    at = next((n for n, s in enumerate(word.senses) if s.entry.dimension in _OWN), 0)
    return word.prefixes[at]


def bound(hit: FigureHit, make: str) -> None:
    """Let a bounding word change the bounds."""
    if make == "least":
        hit.high = None
    elif make == "most":
        hit.low = None
    elif make == "about":
        hit.approximate = True
    hit.bounded = hit.bounded or make in ("least", "most", "about", "exact")


def _unit(noun: Noun) -> bool:
    """Whether half of it is a measure and no share."""
    return not noun.definite and (noun.cls == "span" or noun.population in ("tonnes", "money"))
