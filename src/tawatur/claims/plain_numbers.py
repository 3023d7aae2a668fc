"""Numbers of languages that set words side by side: digits and words from a token on in, value and bounds out.

What a word is worth stands in the pack (classes ``number``, ``vague``, ``fraction``); how they add up stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.tokens import Tokens
from tawatur.lang.lexicon import Sense, Word

_SMALL = ("unit", "tens")


@dataclass(slots=True)
class Number:
    """A number: the token after it, bounds, and what it is made of."""

    after: int
    low: float
    high: float
    approximate: bool = False
    fraction: bool = False
    digits: bool = False
    rules: tuple[str, ...] = ()


def value_of(digits: str) -> float | None:
    """The value of a numeral: commas before three digits are thousands, a full stop parts decimals; None for others."""
    groups = digits.split(",")
    if len(groups) > 1 and not all(len(g.split(".")[0]) == 3 for g in groups[1:]):
        return None
    try:
        return float("".join(groups))
    except ValueError:
        return None


def sense_of(word: Word, *classes: str) -> Sense | None:
    """The figures sense of a word when it is of one of the classes."""
    sense = word.by.get("figures")
    return sense if sense is not None and sense.entry.cls in classes else None


def read(tokens: Tokens, at: int) -> Number | None:
    """The number that begins at a token, or None."""
    word = tokens.words[at]
    vague = sense_of(word, "vague")
    if vague is not None:
        gives = vague.entry.gives
        low, high = float(gives["low"]), float(gives["high"])
        return Number(at + 1, low, high, approximate=low != high, rules=(vague.entry.id,))
    part = sense_of(word, "fraction")
    if part is not None:
        return _fraction(tokens, at, part)
    if word.kind == "number":
        value = value_of(word.fold)
        return None if value is None else _scaled(tokens, Number(at + 1, value, value, digits=True))
    return _Words(tokens).number(at)


def _fraction(tokens: Tokens, at: int, part: Sense) -> Number:
    value, after = float(part.entry.gives["of"]), at + 1
    words = tokens.words
    skipped = after + 1 if after < len(words) and sense_of(words[after], "article") else after
    scale = sense_of(words[skipped], "number") if skipped < len(words) else None
    if scale is not None and scale.entry.gives["part"] in ("scale", "hundred"):
        whole = value * float(scale.entry.gives["n"])
        return Number(skipped + 1, whole, whole, rules=(part.entry.id, scale.entry.id))
    return Number(after, value, value, fraction=True, rules=(part.entry.id,))


def _scaled(tokens: Tokens, number: Number) -> Number:
    """A numeral with the scale words after it: 18 thousand, 1.5 million."""
    while number.after < len(tokens):
        scale = sense_of(tokens.words[number.after], "number")
        if scale is None or scale.entry.gives["part"] not in ("scale", "hundred"):
            break
        times = float(scale.entry.gives["n"])
        number.low, number.high, number.after = number.low * times, number.high * times, number.after + 1
        number.rules += (scale.entry.id,)
    return number


class _Words:
    """Adds up one number in words."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def number(self, at: int) -> Number | None:
        words, first = self.tokens.words, at
        if sense_of(words[at], "article"):
            at += 1
            if at >= len(words) or self._part(at) not in ("hundred", "scale"):
                return None
        total = current = 0.0
        rules: list[str] = []
        part, last = self._part(at), ""
        while part and self._goes_on(last, part):
            sense = sense_of(words[at], "number")
            assert sense is not None  # ``_part`` has seen it
            rules.append(sense.entry.id)
            total, current = _added(total, current, part, float(sense.entry.gives["n"]))
            at, last = at + 1, part
            step = self._step(at, last)
            part = self._part(at + step) if at + step < len(words) else ""
            at += step if part and self._goes_on(last, part) else 0
        if not rules:
            return None
        return Number(at, total + current, total + current, rules=tuple(rules)) if at > first else None

    def _part(self, at: int) -> str:
        if at >= len(self.tokens):
            return ""
        sense = sense_of(self.tokens.words[at], "number")
        return str(sense.entry.gives["part"]) if sense is not None else ""

    def _step(self, at: int, last: str) -> int:
        """How many joining tokens stand here: the hyphen of twenty-five, the word in two hundred and fifty."""
        if at + 1 >= len(self.tokens):
            return 0
        tokens = self.tokens
        glued = tokens.words[at].fold == "-" and tokens.starts[at] == tokens.ends[at - 1]
        joined = last in ("hundred", "scale") and sense_of(tokens.words[at], "and") is not None
        return 1 if (glued and last == "tens") or joined else 0

    @staticmethod
    def _goes_on(last: str, part: str) -> bool:
        if not last:
            return True
        if part in ("hundred", "scale"):
            return True
        return last in ("hundred", "scale") or (last == "tens" and part == "unit")


def _added(total: float, current: float, part: str, value: float) -> tuple[float, float]:
    if part in _SMALL:
        return total, current + value
    if part == "hundred":
        return total, max(current, 1) * value
    return total + max(current, 1) * value, 0.0
