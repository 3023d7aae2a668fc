"""Forms of office programs that are not read, refused with what to do instead."""

from __future__ import annotations

from tawatur.archive.items import Parts, Source
from tawatur.errors import FormatError

MAILS = (".msg", ".pst", ".ost", ".dbx")


def read(source: Source) -> Parts:
    """Refuse the file: FormatError with the advice to save it as DOCX, or a mail as EML."""
    mail = source.suffix in MAILS
    advice = "save the mails in it as EML or MBOX" if mail else "save it as DOCX"
    raise FormatError(f"{source.suffix or 'this form of office file'} is not read", advice)
    yield
