"""Members of a ZIP file in; their names as they were typed out, whatever encoding the packer used."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from zipfile import ZipInfo

from tawatur.archive.letters import cost

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
#: Encodings, and what a reading in them costs more because packers use them less.
_ENCODINGS = {"cp720": 0.0, "cp1256": 0.0, "iso8859-6": 2.0, "cp864": 2.5}
_SAMPLE = 4000
_marks = re.compile(r"[\s/\\._\-()\[\]0-9]+")


def names_of(infos: Sequence[ZipInfo]) -> list[str]:
    """The names in order: as UTF-8 where the archive says so or the bytes are, else in the one encoding of them all."""
    raw = [_raw(info) for info in infos]
    told = [_told(info, name) for info, name in zip(infos, raw, strict=True)]
    unknown = b" ".join(name for name, known in zip(raw, told, strict=True) if known is None)
    encoding = _guess(unknown[:_SAMPLE]) if unknown else "utf-8"
    return [
        known if known is not None else unicodedata.normalize("NFKC", name.decode(encoding, "replace"))
        for name, known in zip(raw, told, strict=True)
    ]  # fmt: skip


def _raw(info: ZipInfo) -> bytes:
    utf8 = bool(info.flag_bits & _UTF8)
    return info.orig_filename.encode("utf-8" if utf8 else "cp437", "surrogateescape")


def _told(info: ZipInfo, raw: bytes) -> str | None:
    """A name that is certain: marked as UTF-8, given a second time in UTF-8, or valid UTF-8; None for any other."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    if second := _unicode_path(info.extra, raw):
        return second
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in the extra field of Info-ZIP, where it belongs to the raw name."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and body[:1] == b"\x01" and body[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return body[5:].decode("utf-8", "ignore")
    return ""


def _guess(raw: bytes) -> str:
    """The encoding in which the bytes read most like Arabic; the Western one of DOS when they hold no Arabic."""
    readings = [(encoding, text) for encoding in _ENCODINGS if (text := _arabic(raw, encoding))]
    if not readings:
        return "cp437"
    return min(readings, key=lambda reading: cost(_marks.sub(" ", reading[1])) + _ENCODINGS[reading[0]])[0]


def _arabic(raw: bytes, encoding: str) -> str:
    """The text in an encoding; empty when it has gaps there, or hardly an Arabic letter."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return ""
    letters = sum("ء" <= char <= "ي" or "ﭐ" <= char <= "ﻼ" for char in text)
    high = sum(byte > 0x7F for byte in raw)
    return text if letters > 0.6 * high and letters > 1 else ""
