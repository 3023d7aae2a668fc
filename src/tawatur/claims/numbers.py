"""Numbers: words and digits from a token on in, their value and the tokens they take out.

What each word is worth stands in the language pack (classes ``number``, ``vague``, ``fraction``, ``point``); how
the parts add up is arithmetic and stands here. A joined part is one that begins with the conjunction.
"""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.numbers_pieces import LARGEST, Piece, piece_of, quantity, share_of
from tawatur.claims.tokens import Tokens

__all__ = ["Number", "Piece", "piece_of", "quantity", "read"]

_SMALL = ("unit", "ten", "teen", "tens")
_THREE = 3
_TWENTY, _HUNDRED, _THOUSAND = 20, 100, 1000
_CONJOINED = ("و", "ف")
_ZEROS = ("0", "٠", "۰")
_SPACES = " \u00a0\u2009\u202f"
_LOW_VAGUE = 10  # below this a vague word only widens what it multiplies


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


def read(tokens: Tokens, at: int) -> Number | None:
    """The number that begins at a token, or None."""
    first = piece_of(tokens.words[at])
    if first is None or first.part == "point":
        return None
    following = _at(tokens, at + 1)
    if first.part == "digits" and not _goes_on(tokens, at, following):
        return Number(at + 1, first.value, first.value, digits=True, article=first.article)
    if first.part == "vague":
        return _vague(tokens, at, first)
    share = _share(tokens, at, first, following)
    if share:
        return _fraction(tokens, at, share)
    if first.part == "fraction":
        return None
    if first.part == "scale" and first.many:
        top = first.value * 10 - 1
        return Number(at + 1, 2 * first.value, top, first.value, True, article=first.article, rules=(first.rule,))
    return _Reader(tokens).number(at, first)


def _goes_on(tokens: Tokens, at: int, following: Piece | None) -> bool:
    """Whether more than a numeral is the number: a scale, decimals in words, or thousands after a space."""
    return (following is not None and following.part in ("scale", "point")) or _spaced(tokens, at)


def _spaced(tokens: Tokens, at: int) -> bool:
    """Whether the next numeral is the next three digits of this one: 12 500, one space between."""
    if at + 1 >= len(tokens.words):
        return False
    one, two = tokens.words[at].raw, tokens.words[at + 1].raw
    whole = len(two) == _THREE and two.isdigit() and one.isdigit() and not (len(one) > 1 and one[0] in _ZEROS)
    return whole and tokens.starts[at + 1] - tokens.ends[at] == 1 and tokens.text[tokens.ends[at]] in _SPACES


def _share(tokens: Tokens, at: int, first: Piece, following: Piece | None) -> Piece | None:
    """The piece that begins a fraction: a half, three quarters, a fifth of the people."""
    if first.part == "fraction":
        return None if first.many else first
    if first.part not in ("unit", "ten"):
        return None
    if following and following.part == "fraction" and following.many and not following.joined:
        return first
    if first.article or first.joined or at + 1 >= len(tokens.words):
        return None
    definite = tokens.words[at + 1].fold.startswith("ال") and tokens.words[at + 1].prefix == "ال"
    return share_of(tokens.words[at]) if definite and len(tokens.words[at + 1].fold) > _THREE else None


def _at(tokens: Tokens, at: int) -> Piece | None:
    return piece_of(tokens.words[at]) if at < len(tokens.words) else None


def _vague(tokens: Tokens, at: int, head: Piece) -> Number:
    low, high, after = head.value, head.high, at + 1
    rules: tuple[str, ...] = (head.rule,)
    following = _at(tokens, after)
    if following and not following.joined and following.part == "ten" and high < _LOW_VAGUE:
        return Number(after + 1, low + 10, high + 10, approximate=True, rules=(*rules, following.rule))
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
    if head.part in ("unit", "ten"):
        of = _at(tokens, after)
        assert of is not None
        value, after = value * of.value, after + 1
        rules.append(of.rule)
    scale = _at(tokens, after)
    if scale and scale.part == "scale" and not scale.joined and not head.article:
        return Number(after + 1, value * scale.value, value * scale.value, scale.value, rules=(*rules, scale.rule))
    return Number(after, value, value, fraction=True, article=head.article, rules=tuple(rules))


def _between(tokens: Tokens, at: int) -> bool:
    return at > 0 and "between" in tokens.words[at - 1].classes


def _round(value: float) -> int:
    """The next power of ten above a value."""
    return int(10 ** len(str(int(value))))


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
        if scale == 1 and not self.digits and _TWENTY < value < _HUNDRED and not _between(self.tokens, at):
            value, after = self._ascending(value, after)
        value, after = self._half(value, scale, after)
        rules, article = tuple(self.rules), first.article
        return Number(after, value, value, scale, digits=self.digits, lone=lone, article=article, rules=rules)

    def _ascending(self, value: float, after: int) -> tuple[float, int]:
        """Ones before hundreds before thousands: خمسة وعشرون ومئة."""
        top = value
        while (piece := _at(self.tokens, after)) and piece.joined and piece.part != "fraction":
            mark = len(self.rules)
            more, _, end = self._scaled(after)
            if not end or more < _HUNDRED or more <= top or more % _round(top):
                del self.rules[mark:]
                break
            value, top, after = value + more, more, end
        return value, after

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
        named = again and again.part == "scale" and (again.article or again.value == scale) and not again.joined
        return value + piece.value * scale, after + (2 if named else 1)

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
        if piece.part == "scale" and piece.high and self._counts(after + 1):
            value = 2.0
        return self._times(value, after, bare=piece.part == "scale")

    def _counts(self, at: int) -> bool:
        """Whether a word that a construct dual can govern stands at a token."""
        if at >= len(self.tokens.words) or self._joined(at):
            return False
        word = self.tokens.words[at]
        return word.kind == "word" and "figures" not in word.by and not word.prefix.startswith(_CONJOINED)

    def _times(self, value: float, after: int, *, bare: bool) -> tuple[float, float, int]:
        scale = 1.0
        while (piece := _at(self.tokens, after)) and piece.part == "scale" and (bare or not piece.joined):
            if value * piece.value >= LARGEST:
                break
            value, scale, after, bare = value * piece.value, piece.value, after + 1, False
            self.rules.append(piece.rule)
        return value, scale, after

    def _group(self, at: int, piece: Piece) -> tuple[float, int]:
        if piece.part == "digits":
            self.digits = True
            return self._numeral(piece.value, at)
        following = _at(self.tokens, at + 1)
        if piece.part == "unit" and following and following.part == "hundred" and not following.joined:
            self.rules += (piece.rule, following.rule)
            return self._below(piece.value * 100, at + 2)
        if piece.part in ("hundred", "hundreds"):
            self.rules.append(piece.rule)
            return self._below(piece.value, at + 1)
        value, after = self._small(at, piece)
        return self._decimals(value, after) if after else (value, after)

    def _numeral(self, value: float, at: int) -> tuple[float, int]:
        after = at + 1
        while after < len(self.tokens.words) and _spaced(self.tokens, after - 1):
            value, after = value * _THOUSAND + float(self.tokens.words[after].fold), after + 1
        return self._decimals(value, after)

    def _decimals(self, value: float, after: int) -> tuple[float, int]:
        """What follows the point in words: ثلاثة فاصلة خمسة."""
        point, tail = _at(self.tokens, after), _at(self.tokens, after + 1)
        if point is None or point.part != "point" or tail is None or tail.joined or value % 1:
            return value, after
        if tail.part == "digits":
            digits = self.tokens.words[after + 1].fold
            return (value + float("0." + digits), after + 2) if digits.isdigit() else (value, after)
        mark = len(self.rules)
        more, end = self._small(after + 1, tail)
        if not end or more >= _HUNDRED:
            del self.rules[mark:]
            return value, after
        return value + more / (10 if more < _LOW_VAGUE else _HUNDRED), end

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
