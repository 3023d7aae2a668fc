"""The ZIP of XML parts that DOCX and XLSX files are: opened, its parts unpacked within limits, XML without entities."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, Any
from xml.parsers import expat

from tawatur.errors import FormatError

LOCKED = b"\xd0\xcf\x11\xe0"  # how files of before 2007 and files locked with a password begin
#: What can go wrong inside a broken package.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError,
)  # fmt: skip
_RATIO = 400  # times that a large part may be larger than its packed bytes
_LARGE = 64 << 20


def opened_part(zipped: zipfile.ZipFile, part: str, most: int) -> IO[bytes]:
    """A part's bytes. Raises FormatError for one that would unpack to more than ``most``, one of BROKEN otherwise."""
    info = zipped.getinfo(part)
    bomb = info.file_size > _LARGE and info.file_size > _RATIO * max(1, info.compress_size)
    if bomb or info.file_size > most:
        raise FormatError(f"{part} would unpack to {info.file_size >> 20} MB", "split the file, or leave it out")
    return zipped.open(info)


def xml_parser(**options: Any) -> expat.XMLParserType:
    """A parser of XML that refuses a document type, and with it entities, by a FormatError."""
    parser = expat.ParserCreate(**options)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise FormatError("its XML has a document type", "open it in an office program and save it anew")
