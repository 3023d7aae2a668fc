"""Bytes in, text out with the name of its encoding and, where that was a guess, the doubt.

Order of the decision: a byte order mark; UTF-16 by its zero and 0x06 bytes; UTF-8 when it is valid; else the legacy
encoding whose reading has the most likely Arabic letters. Letter frequencies were counted in the training dossiers.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tawatur.archive.garbled import damage
from tawatur.archive.letters import WRONG, arabic_letters, cost
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

#: Encodings that pages and mails name, and the wider ones that they are written in, as browsers take them.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
}  # fmt: skip

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
        encoding = _WIDER.get(encoding, encoding)
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
    letters = arabic_letters(best.text[:_SAMPLE])
    if best.encoding == "cp1256" and not letters:
        return Decoded(best.text, "cp1252", "its encoding was guessed as cp1252")
    lead = min(others, default=WRONG) - min(costs)
    sure = best.encoding in _SURE and letters >= _ENOUGH and lead > _LEAD and min(costs) < _FITS
    return Decoded(best.text, best.encoding, "" if sure else f"its encoding was guessed as {best.encoding}")


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _refuse_junk(text: str) -> None:
    if "\0" in text:
        raise EncodingError(f"holds a NUL character at {text.index(chr(0))}: not text", "give the text itself")
    if len(_control.findall(text, 0, _SAMPLE)) > 0.01 * min(len(text), _SAMPLE):
        raise EncodingError("binary data, not text", "give the text itself")
