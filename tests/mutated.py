"""Texts as they come from the wild: a good text made worse in a way that a seed picks."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

_BIDI = "\u200e\u200f\u202a\u202b\u202c\u2066\u2069\u061c"
_ODD = '🙂🇸🇾\u200d\ufeff\u0640\u064b\u0000\u2028\ufdfa\ufefb٪%«»"(){}[]\\/<>&'


def _sprinkled(text: str, rng: random.Random, marks: str) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 40)):
        letters.insert(rng.randint(0, len(letters)), rng.choice(marks))
    return "".join(letters)


def _shuffled(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    rng.shuffle(words)
    return " ".join(words)


def _cut(text: str, rng: random.Random) -> str:
    one, two = sorted(rng.choices(range(len(text) + 1), k=2))
    return text[one:two]


def _numbers(text: str, rng: random.Random) -> str:
    def other(_: re.Match[str]) -> str:
        long = rng.choice("1٣۷") * rng.randint(1, 600)
        return rng.choice((long, "٢,٣.٤٫٥" * 5, "000", "1/" * 9, "9 999 999 999 999"))

    return re.sub(r"\d+", other, text)


def _quoted(text: str, rng: random.Random) -> str:
    marks = rng.choice(("«»", '""', "()", "“”"))
    words = text.split(" ")
    for at in rng.choices(range(len(words)), k=min(40, len(words))):
        words[at] = marks[0] * rng.randint(1, 9) + words[at] + marks[1] * rng.randint(0, 9)
    return " ".join(words)


def _stretched(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    at = rng.randrange(len(words))
    words[at] = words[at] * rng.randint(50, 300)
    return " ".join(words)


def _glued(text: str, rng: random.Random) -> str:
    return "".join("" if c == " " and rng.random() < 0.2 else c for c in text)


def _isolated(text: str, _: random.Random) -> str:
    return text.translate(PRESENTED)


#: Letters to their isolated presentation forms.
PRESENTED = {
    ord(plain): chr(code)
    for code in range(0xFE80, 0xFEF5)
    if unicodedata.decomposition(chr(code)).startswith("<isolated>")
    for plain in [unicodedata.normalize("NFKC", chr(code))]
}

#: Each a way to spoil a text.
WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "emoji": lambda text, rng: _sprinkled(text, rng, _ODD),
    "bidi": lambda text, rng: _sprinkled(text, rng, _BIDI),
    "nfd": lambda text, _: unicodedata.normalize("NFD", text),
    "crlf": lambda text, _: text.replace(". ", ".\r\n").replace("\n", "\r\n"),
    "cut": _cut,
    "shuffled": _shuffled,
    "doubled": lambda text, _: f"{text}\n{text}",
    "spaces": lambda text, _: text.replace(" ", " \u00a0\t"),
    "one line": lambda text, _: " ".join(text.split()),
    "numbers": _numbers,
    "quoted": _quoted,
    "stretched": _stretched,
    "glued": _glued,
    "isolated": _isolated,
    "no marks": lambda text, _: "".join(c for c in text if c.isalnum() or c.isspace()),
}


def mutated(text: str, way: str, seed: int) -> str:
    """The text spoiled once."""
    return WAYS[way](text, random.Random(f"{way}{seed}"))


def spoiled_bytes(data: bytes, rng: random.Random, pieces: Sequence[bytes] = ()) -> bytes:
    """Bytes changed, cut out, doubled, or with others put in: some of ``pieces``, else any."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at, size = rng.randrange(len(made) + 1), rng.choice((1, 1, 4, 40, 400))
        match rng.randrange(4):
            case 0:
                made[at : at + size] = rng.randbytes(min(size, len(made) - at))
            case 1:
                del made[at : at + size]
            case 2:
                made[at:at] = made[at : at + size]
            case _:
                made[at:at] = rng.choice(pieces) if pieces else rng.randbytes(size)
    return bytes(made)
