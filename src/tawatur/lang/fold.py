"""Word folding: a written word in, the form under which the language packs know it out.

Letters that writers interchange become one (hamza seats, ya and alif maqsura, ta marbuta and ha), marks, tatweel and
invisible characters go, digits become ASCII, presentation forms become letters.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "گ": "ك", "ڪ": "ك", "پ": "ب", "چ": "ج", "ڤ": "ف",
}  # fmt: skip
_GONE = (
    0x0640, 0x00AD, 0xFEFF, 0x061C, 0x0670,
    *range(0x0610, 0x061B), *range(0x064B, 0x0660), *range(0x06D6, 0x06ED), *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x206A),
)  # fmt: skip
_DIGITS = {chr(base + d): str(d) for base in (0x0660, 0x06F0, 0xFF10) for d in range(10)}
#: One code point to one code point or to nothing; for text that holds no presentation form.
TABLE: dict[int, str | None] = (
    {ord(k): v for k, v in _LETTERS.items()} | dict.fromkeys(_GONE) | {ord(k): v for k, v in _DIGITS.items()}
)
_COMMON = [(char, TABLE[ord(char)] or "") for char in "أإآىئؤة\u0640\u064b\u064e\u064f\u0650\u0651\u0652"]
_RARE = re.compile("[" + "".join(chr(code) for code in TABLE if chr(code) not in dict(_COMMON)) + "]")


def fold_word(word: str) -> str:
    """The folded form of a word, a phrase or a page: lower case, NFKC, letters and digits unified, marks gone."""
    if word.isascii():
        return word.lower()
    plain = word
    for char, folded in _COMMON:
        if char in plain:
            plain = plain.replace(char, folded)
    if _RARE.search(plain):
        plain = plain.translate(TABLE)
    if not plain.isascii() and not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", word).translate(TABLE)
    return plain.lower()
