"""Numbers: words and digits from a token on in, their value and the tokens they take out.

What each word is worth stands in the language pack (classes ``number``, ``vague``, ``fraction``); how
the parts add up is arithmetic and stands here. A joined part is one that begins with the conjunction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Word

Part = Literal["digits", "unit", "ten", "teen", "tens", "hundred", "hundreds", "scale", "twoscale", "fraction", "vague"]
_TANWIN = "\u064b"
_DAMMA = "\u064f"
_NOTE = "numbers"
_AND = ("و", "ف")
_SMALL = ("unit", "ten", "teen", "tens")
_LOW_VAGUE = 10  # below this a vague word only widens what it multiplies


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or numeral as part of a number. ``high`` is set for vague words; ``many`` for plurals of scales."""

    part: Part
    value: float
    high: float = 0.0
    joined: bool = False
    article: bool = False
    many: bool = False
    rule: str = ""


@dataclass(slots=True)
class Number:
    """A number read from tokens: the first token after it, bounds, and what it is made of."""

    after: int
    low: float
    high: float
    scale: float = 1.0
    approximate: bool = False
    fraction: bool = False
    digits: bool = False
    lone: bool = False  # the bare word for one
    article: bool = False
    rules: tuple[str, ...] = ()


def quantity(digits: str) -> float | None:
    """The value of a folded numeral: three digits after a separator are thousands; None for a date (7.11.2019)."""
    plain = digits.replace("٬", ",")
    if "٫" in plain:
        return _float(plain.replace(",", "").replace("٫", "."))
    parts = plain.replace(",", ".").split(".")
    if len(parts) == 1:
        return float(plain)
    if all(len(p) == 3 for p in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0":
        return float("".join(parts))
    return _float(".".join(parts)) if len(parts) == 2 else _mixed(plain)


def _mixed(plain: str) -> float | None:
    head, _, tail = plain.rpartition(".")
    groups = head.split(",")
    if "." in head or not all(len(g) == 3 for g in groups[1:]):
        return None
    return _float("".join(groups) + "." + tail)


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def piece_of(word: Word) -> Piece | None:
    """What a word is as part of a number; remembered on the word."""
    try:
        return word.notes[_NOTE]  # type: ignore[return-value]
    except KeyError:
        piece = word.notes[_NOTE] = _piece(word)
        return piece


def _piece(word: Word) -> Piece | None:
    if word.kind == "number":
        value = quantity(word.fold)
        return None if value is None else Piece("digits", value)
    found = [n for n, sense in enumerate(word.senses) if sense.entry.cls in ("number", "vague", "fraction")]
    if not found:
        return None
    n = found[0]
    if len(found) > 1 and word.senses[found[1]].entry.cls == "fraction" and word.raw[1:2] == _DAMMA:
        n = found[1]
    return _of_sense(word, n)


def _of_sense(word: Word, n: int) -> Piece:
    entry, prefix = word.senses[n].entry, word.prefixes[n]
    gives = entry.gives
    joined, article = prefix.startswith(_AND) or word.raw.startswith("وأ"), prefix.endswith(("ال", "لل"))
    if entry.cls == "vague":
        return Piece("vague", float(gives["low"]), float(gives["high"]), joined, article, rule=entry.id)
    if entry.cls == "fraction":
        times = 2 if word.senses[n].form == "dual" else 1
        many = word.senses[n].form == "plural"
        suffixed = word.suffixes[n] not in ("", "ا")
        value = times * float(gives["of"])
        return Piece("fraction", value, joined=joined, article=article or suffixed, many=many, rule=entry.id)
    value, part = float(gives["n"]), str(gives["part"])
    if part == "scale" and word.fold.endswith("فا") and _TANWIN not in word.raw:
        return Piece("scale", value, high=2 * value, joined=joined, article=article, rule=entry.id)
    return Piece(part, value, 0.0, joined, article, bool(gives.get("many")), entry.id)  # type: ignore[arg-type]


def read(tokens: Tokens, at: int) -> Number | None:
    """The number that begins at a token, or None."""
    first = piece_of(tokens.words[at])
    if first is None:
        return None
    if first.part == "digits" and ((of := _at(tokens, at + 1)) is None or of.part != "scale"):
        return Number(at + 1, first.value, first.value, digits=True, article=first.article)
    if first.part == "vague":
        return _vague(tokens, at, first)
    if first.part == "fraction":
        return _fraction(tokens, at, first)
    if first.part == "unit" and (of := _at(tokens, at + 1)) and of.part == "fraction" and of.many and not of.joined:
        return _fraction(tokens, at, first)
    if first.part == "scale" and first.many:
        top = first.value * 10 - 1
        return Number(at + 1, 2 * first.value, top, first.value, True, article=first.article, rules=(first.rule,))
    return _Reader(tokens).number(at, first)


def _at(tokens: Tokens, at: int) -> Piece | None:
    return piece_of(tokens.words[at]) if at < len(tokens.words) else None


def _vague(tokens: Tokens, at: int, head: Piece) -> Number:
    low, high, after = head.value, head.high, at + 1
    rules: tuple[str, ...] = (head.rule,)
    following = _at(tokens, after)
    if following and not following.joined and following.part in ("scale", "vague"):
        if following.part == "scale":
            scale = following.value
            low, high = low * scale, high * scale if head.value < _LOW_VAGUE else (high + 1) * scale - 1
        else:
            tens = (following.high + 1) / 10
            low, high = low * tens, high * tens
        after, rules = after + 1, (head.rule, following.rule)
    return Number(after, low, high, approximate=True, article=head.article, rules=rules)


def _fraction(tokens: Tokens, at: int, head: Piece) -> Number:
    value, after, rules = head.value, at + 1, [head.rule]
    if head.part == "unit":
        of = _at(tokens, after)
        assert of is not None
        value, after = value * of.value, after + 1
        rules.append(of.rule)
    scale = _at(tokens, after)
    if scale and scale.part == "scale" and not scale.joined and not head.article:
        return Number(after + 1, value * scale.value, value * scale.value, scale.value, rules=(*rules, scale.rule))
    return Number(after, value, value, fraction=True, article=head.article, rules=tuple(rules))


class _Reader:
    """Adds up one number."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.rules: list[str] = []
        self.digits = False

    def number(self, at: int, first: Piece) -> Number | None:
        value, scale, after = self._scaled(at)
        if not after:
            return None
        lone = first.part == "unit" and first.value == 1 and after == at + 1
        while scale > 1 and (start := self._joined(after)):
            mark = len(self.rules)
            more, lower, end = self._scaled(start)
            if not end or lower >= scale or more >= scale:
                del self.rules[mark:]
                break
            value, scale, after = value + more, lower, end
        value, after = self._half(value, scale, after)
        rules, article = tuple(self.rules), first.article
        return Number(after, value, value, scale, digits=self.digits, lone=lone, article=article, rules=rules)

    def _joined(self, at: int) -> int:
        """Where a joined part begins, or 0."""
        piece = _at(self.tokens, at)
        if piece and piece.joined:
            return at
        following = _at(self.tokens, at + 1)
        alone = at < len(self.tokens.words) and self.tokens.words[at].fold == "و"
        return at + 1 if alone and following and following.part == "digits" else 0

    def _half(self, value: float, scale: float, after: int) -> tuple[float, int]:
        piece = _at(self.tokens, after)
        if scale <= 1 or not piece or piece.part != "fraction" or not piece.joined:
            return value, after
        self.rules.append(piece.rule)
        again = _at(self.tokens, after + 1)
        return value + piece.value * scale, after + (2 if again and again.part == "scale" and again.article else 1)

    def _scaled(self, at: int) -> tuple[float, float, int]:
        """A group below a thousand with the scale words after it: (value, scale, after); after is 0 for none."""
        piece = _at(self.tokens, at)
        if piece is None:
            return 0, 1, 0
        if piece.part == "twoscale":
            self.rules.append(piece.rule)
            return piece.value, piece.value / 2, at + 1
        value, after = (1.0, at) if piece.part == "scale" else self._group(at, piece)
        if not after and piece.part != "scale":
            return 0, 1, 0
        if piece.part == "scale" and piece.high and not self._joined(after + 1):
            value = 2.0
        return self._times(value, after, bare=piece.part == "scale")

    def _times(self, value: float, after: int, *, bare: bool) -> tuple[float, float, int]:
        scale = 1.0
        while (piece := _at(self.tokens, after)) and piece.part == "scale" and (bare or not piece.joined):
            value, scale, after, bare = value * piece.value, piece.value, after + 1, False
            self.rules.append(piece.rule)
        return value, scale, after

    def _group(self, at: int, piece: Piece) -> tuple[float, int]:
        if piece.part == "digits":
            self.digits = True
            return piece.value, at + 1
        following = _at(self.tokens, at + 1)
        if piece.part == "unit" and following and following.part == "hundred" and not following.joined:
            self.rules += (piece.rule, following.rule)
            return self._below(piece.value * 100, at + 2)
        if piece.part in ("hundred", "hundreds"):
            self.rules.append(piece.rule)
            return self._below(piece.value, at + 1)
        return self._small(at, piece)

    def _below(self, hundreds: float, at: int) -> tuple[float, int]:
        piece = _at(self.tokens, at)
        if piece and piece.joined and piece.part in _SMALL:
            rest, after = self._small(at, piece)
            return hundreds + rest, after
        return hundreds, at

    def _small(self, at: int, piece: Piece) -> tuple[float, int]:
        if piece.part not in _SMALL:
            return 0, 0
        self.rules.append(piece.rule)
        following = _at(self.tokens, at + 1)
        if piece.part == "unit" and following:
            teen = following.part == "ten" and not following.joined
            if teen or (following.part == "tens" and following.joined):
                self.rules.append(following.rule)
                return piece.value + following.value, at + 2
        return piece.value, at + 1
