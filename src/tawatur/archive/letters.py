"""Text in, how well its letters fit Arabic news out: the mean cost of each letter after the one before it.

The costs were counted in the training dossiers (``lang/ar/letters.tsv``, made by ``scripts/letters.py``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from tawatur import lang

WRONG = 18.0  # cost of a character that no Arabic news text has there
_ACCENT = 6.0  # cost of an accented Latin letter
_marks = re.compile("[ـً-ْٰ]")
_ascii = re.compile("[\x00-\x7f]")
_no_letter = re.compile("[^ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]")
_accent = re.compile("[À-ÖØ-öø-ÿ]")
_accent_runs = re.compile("[À-ÖØ-öø-ÿ]{3,}")
_strange = re.compile("[^\x00-\x7fء-غف-يÀ-ÖØ-öø-ÿ،؛؟«»“”‘’„…–—٪•·©®°\u00a0\u200c\u200e\u200f٠-٩]")
_mixed = re.compile("(?<=[A-Za-zÀ-ÖØ-öø-ÿ])[ء-ي]|[ء-ي](?=[A-Za-zÀ-ÖØ-öø-ÿ])|(?<=[ء-ي])[!-/:-@\\[-`{-~]+(?=[ء-ي])")


def cost(text: str) -> float:
    """How ill the non-ASCII characters of a text fit Arabic news: mean -2 ln P of each letter after the one before."""
    plain = _marks.sub("", unicodedata.normalize("NFKC", text))
    weight = len(plain) - len(_ascii.findall(plain))
    follows = letter_costs()
    pairs = Counter(pairwise(_no_letter.sub(" ", f" {plain} ")))
    spent = sum(count * follows[pair] for pair, count in pairs.items() if pair != (" ", " "))
    return (spent + _oddness(plain)) / weight if weight else 0.0


def _oddness(plain: str) -> float:
    accents, strange = _accent.findall(plain), _strange.findall(plain)
    wrong = len(strange) + len(_mixed.findall(plain)) + sum(map(len, _accent_runs.findall(plain)))
    return wrong * WRONG + len(accents) * _ACCENT


@lru_cache(maxsize=1)
def letter_costs() -> dict[tuple[str, str], float]:
    """-2 ln P of a letter after a letter, a space being a word's edge; from the Arabic pack's ``letters.tsv``."""
    rows = (Path(lang.__file__).parent / "ar" / "letters.tsv").read_text("utf-8").splitlines()
    letters = rows[1].strip().replace("_", " ")
    return {
        (row[0].replace("_", " "), second): float(int(digit, 36))
        for row in rows[2:]
        for second, digit in zip(letters, row[2:], strict=True)
    }


def arabic_letters(text: str) -> int:
    """How many of the characters are Arabic letters."""
    return sum("ء" <= char <= "ي" for char in text)
