"""Bytes in, text out with the name of its encoding and, where that was a guess, the doubt.

Order of the decision: a byte order mark; UTF-16 by its zero and 0x06 bytes; UTF-8 when it is valid; else the legacy
encoding whose reading has the most likely Arabic letters. Letter frequencies were counted in the training dossiers.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from tawatur import lang
from tawatur.errors import EncodingError

DAMAGE_ADVICE = "look at the text, or name its encoding"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Legacy encodings with a handicap in the cost: readings that share most letters are told apart by how common they are.
_LEGACY = {"cp1256": 0.0, "iso8859_6": 0.0, "mac_arabic": 0.2, "cp864": 1.5, "cp1252": 0.5}
_SURE = frozenset({"cp1256", "iso8859_6"})
_SAMPLE = 1 << 13  # characters that a guess looks at
_ENOUGH = 40  # Arabic letters below which a guess is called one
_LEAD = 0.8
_FITS = 7.5
_LOST = 20  # characters, and one in a thousand, that may be broken where an encoding is told

_WRONG = 18.0  # cost of a character that no Arabic news text has there
_ACCENT = 6.0  # cost of an accented Latin letter
_marks = re.compile("[ـً-ْٰ]")
_ascii = re.compile("[\x00-\x7f]")
_no_letter = re.compile("[^ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]")
_accent = re.compile("[À-ÖØ-öø-ÿ]")
_accent_runs = re.compile("[À-ÖØ-öø-ÿ]{3,}")
_strange = re.compile("[^\x00-\x7fء-غف-يÀ-ÖØ-öø-ÿ،؛؟«»“”‘’„…–—٪•·©®°\u00a0\u200c\u200e\u200f٠-٩]")
_mixed = re.compile("(?<=[A-Za-z])[ء-ي]|[ء-ي](?=[A-Za-z])|(?<=[ء-ي])[!-/:-@\\[-`{-~]+(?=[ء-ي])")
_control = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and why that may be wrong (empty when it is sure)."""

    text: str
    encoding: str
    doubt: str = ""


def check_encoding(name: str) -> str:
    """A text encoding's name in Python's spelling. Raises EncodingError when there is none of that name."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError) as error:
        advice = "give a name such as utf-8, windows-1256, iso-8859-6 or utf-16"
        raise EncodingError(f"unknown encoding {name!r}", advice) from error


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Bytes as text, in the encoding named or in the one that is found. Raises EncodingError when they are no text."""
    if encoding is not None:
        return _named(data, encoding)
    found = _marked(data) or _wide(data) or _utf8(data) or _legacy(data)
    _refuse_junk(found.text)
    return found


def decode_as_said(data: bytes, name: str) -> Decoded | None:
    """Bytes in the encoding that a page or a mail says it is in; None where the bytes are no text in it."""
    try:
        encoding = check_encoding("cp1256" if name.lower() in ("windows-1256", "x-cp1256") else name)
        text = data.decode(encoding)
    except EncodingError:
        return None
    except UnicodeDecodeError:
        return _mended(data) if encoding == "utf-8" else None
    if encoding != "utf-8" and (free := decode(data)).encoding != encoding and not free.doubt:
        return None  # the bytes say otherwise, and surely
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _mended(data: bytes) -> Decoded | None:
    """What says it is UTF-8 and is, but for a few bytes, which are shown as lost."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost > _LOST + len(text) // 1000:
        return None
    return Decoded(text.removeprefix("\ufeff"), "utf-8", f"{lost} characters are no UTF-8 and shown as \ufffd")


def damage(text: str) -> str:
    """Why a text looks as if it had been decoded wrongly before it came here; empty when it does not."""
    if "\ufffd" in text:
        return f"{text.count(chr(0xFFFD))} characters were lost before it came here (U+FFFD)"
    if _is_utf8_as_latin(text) or _is_arabic_as_latin(text):
        return "it looks like Arabic that was read in a Western encoding before it came here"
    if _is_utf8_as_arabic(text):
        return "it looks like UTF-8 that was read as windows-1256 before it came here"
    return ""


def _named(data: bytes, encoding: str) -> Decoded:
    name = check_encoding(encoding)
    try:
        text = data.decode(name)
    except UnicodeError as error:
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise EncodingError(
            f"not text in {encoding}{where}", "leave out the encoding, or name the right one"
        ) from error
    text = text.removeprefix("\ufeff")
    _refuse_junk(text)
    return Decoded(text, name, damage(text))


def _marked(data: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    return None


def _strict(data: bytes, name: str) -> Decoded:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        message = f"marked as {name}, but byte {error.start} breaks it"
        raise EncodingError(message, "save it anew as UTF-8") from error
    return Decoded(text, name, damage(text))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: in one half of the bytes there is hardly anything but 0x00, 0x06 and 0x20."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        pages = high.count(0) + high.count(6) + high.count(0x20)
        low_is_text = high.count(0) + high.count(6) > 0.7 * len(high)
        if pages > 0.9 * len(high) and low_is_text:
            return _strict(data, name)
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "utf-8", damage(text))


def _legacy(data: bytes) -> Decoded:
    readings = [Decoded(text, name) for name in _LEGACY if (text := _try(data, name)) is not None]
    if not readings or b"\0" in data:
        raise EncodingError("not text in any known encoding", "name its encoding, or save it as UTF-8")
    costs = [cost(reading.text[:_SAMPLE]) + _LEGACY[reading.encoding] for reading in readings]
    best = readings[costs.index(min(costs))]
    others = [spent for reading, spent in zip(readings, costs, strict=True) if reading.text != best.text]
    letters = _arabic_letters(best.text[:_SAMPLE])
    if best.encoding == "cp1256" and not letters:
        return Decoded(best.text, "cp1252", "its encoding was guessed as cp1252")
    lead = min(others, default=_WRONG) - min(costs)
    sure = best.encoding in _SURE and letters >= _ENOUGH and lead > _LEAD and min(costs) < _FITS
    return Decoded(best.text, best.encoding, "" if sure else f"its encoding was guessed as {best.encoding}")


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


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
    return wrong * _WRONG + len(accents) * _ACCENT


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


def _arabic_letters(text: str) -> int:
    return sum("ء" <= char <= "ي" for char in text)


def _refuse_junk(text: str) -> None:
    if "\0" in text:
        raise EncodingError(f"holds a NUL character at {text.index(chr(0))}: not text", "give the text itself")
    if len(_control.findall(text, 0, _SAMPLE)) > 0.01 * min(len(text), _SAMPLE):
        raise EncodingError("binary data, not text", "give the text itself")


def _is_utf8_as_latin(text: str) -> bool:
    lead = text.count("Ø") + text.count("Ù")
    return lead >= 5 and lead > 0.02 * len(text) and lead > 0.25 * sum(char > "\x7f" for char in text)


def _is_arabic_as_latin(text: str) -> bool:
    if "Ç" not in text and "á" not in text:
        return False
    return sum(map(len, _accent_runs.findall(text))) > max(20, 0.3 * len(text))


def _is_utf8_as_arabic(text: str) -> bool:
    lead = text.count("ط") + text.count("ظ")
    return (
        lead >= 10
        and lead > 0.05 * len(text)
        and lead > 0.25 * sum("ء" <= char <= "ي" or char in "§„…†‡" for char in text)
    )
