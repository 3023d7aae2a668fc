"""Single words and numerals as parts of numbers: a word in, its value and the part it plays out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tawatur.lang.lexicon import Word

Part = Literal[
    "digits", "unit", "ten", "teen", "tens", "hundred", "hundreds", "scale", "twoscale", "fraction", "vague", "point"
]
_TANWIN = "\u064b"
_DAMMA = "\u064f"
_NOTE = "numbers"
_AND = ("و", "ف")
_CLASSES = ("number", "vague", "fraction", "point")
_LONGEST = 21  # characters of a numeral; what is longer is a serial number and no quantity
LARGEST = 1e15
#: Accusative scales that are duals of a construct when nothing marks them as accusative: ألفا، مليونا، مليارا.
_BARE_DUALS = ("فا", "ونا", "ارا")
_NEVER_TWO = (0.5, 0.25)  # half and a quarter with an alif are accusatives
_GROUPS = re.compile("[٬،'’]")


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


def quantity(digits: str) -> float | None:
    """The value of a folded numeral: three digits after a separator are thousands.

    None for what is no quantity: a date (7.11.2019), a serial or phone number (many digits, a zero in front).
    """
    if len(digits) > _LONGEST or (digits[0] == "0" and digits[1:2].isdigit()):
        return None
    value = _value(_GROUPS.sub(",", digits))
    return value if value is None or value < LARGEST else None


def _value(plain: str) -> float | None:
    if "٫" in plain:
        return _float(plain.replace(",", "").replace("٫", "."))
    parts = plain.replace(",", ".").split(".")
    if len(parts) == 1:
        return float(plain)
    if all(len(p) == 3 for p in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0":
        return float("".join(parts))
    return _float(".".join(parts)) if len(parts) == 2 else _mixed(plain)


def _mixed(plain: str) -> float | None:
    """Thousands and decimals with different separators: 1,234.5 and 1.234,5."""
    decimal = "," if plain.rfind(",") > plain.rfind(".") else "."
    head, _, tail = plain.rpartition(decimal)
    groups = head.split("." if decimal == "," else ",")
    if decimal in head or len(groups) < 2 or not all(len(g) == 3 for g in groups[1:]):
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
    found = [n for n, sense in enumerate(word.senses) if sense.entry.cls in _CLASSES]
    if not found:
        return None
    n = found[0]
    if len(found) > 1 and _damma(word):
        n = next((k for k in found if word.senses[k].entry.cls == "fraction"), n)
    return _of_sense(word, n)


def share_of(word: Word) -> Piece | None:
    """The fraction that a word is before a definite noun: خمس السكان is a fifth, not five."""
    n = next((n for n, sense in enumerate(word.senses) if sense.entry.cls == "fraction"), None)
    return None if n is None else _of_sense(word, n)


def _damma(word: Word) -> bool:
    """Whether the first letter after the proclitics carries a damma, as that of a third or a fifth does."""
    return _DAMMA in (word.raw[1:2], word.raw[2:3], word.raw[3:4]) and _DAMMA in word.raw[: len(word.prefix) + 2]


def _of_sense(word: Word, n: int) -> Piece | None:
    entry, prefix = word.senses[n].entry, word.prefixes[n]
    gives = entry.gives
    joined, article = prefix.startswith(_AND) or word.raw.startswith("وأ"), prefix.endswith(("ال", "لل"))
    if entry.cls == "vague":
        return Piece("vague", float(gives["low"]), float(gives["high"]), joined, article, rule=entry.id)
    if entry.cls == "fraction":
        bare = word.fold.endswith("ا") and _TANWIN not in word.raw and float(gives["of"]) not in _NEVER_TWO
        times = 2 if word.senses[n].form == "dual" or bare else 1
        many = word.senses[n].form == "plural"
        suffixed = word.suffixes[n] not in ("", "ا")
        if word.suffixes[n] == "ي" or (gives.get("marked") and not many and not _damma(word)):
            return None  # عشريني is an age, ثمن a price
        value = times * float(gives["of"])
        return Piece("fraction", value, joined=joined, article=article or suffixed, many=many, rule=entry.id)
    if entry.cls == "point":
        return Piece("point", 0.0, joined=joined, rule=entry.id)
    value, part = float(gives["n"]), str(gives["part"])
    if part == "scale" and word.fold.endswith(_BARE_DUALS) and _TANWIN not in word.raw:
        return Piece("scale", value, high=2 * value, joined=joined, article=article, rule=entry.id)
    return Piece(part, value, 0.0, joined, article, bool(gives.get("many")), entry.id)  # type: ignore[arg-type]
