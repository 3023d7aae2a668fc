"""Forms of office programs that are not read, refused with what to do instead."""

from __future__ import annotations

from tawatur.archive.items import Parts, Source
from tawatur.errors import FormatError


def read(source: Source) -> Parts:
    """Refuse the file: FormatError with the advice to save it as DOCX."""
    raise FormatError(f"{source.suffix or 'this form of office file'} is not read", "save it as DOCX")
    yield
