"""How much one input may be: beyond these it is refused with a reason, and the rest of the batch goes on."""

from __future__ import annotations

MAX_REPORT = 16 << 20  # bytes of one report: a text file, a page, or a line of JSON lines
MAX_DOCUMENT = 256 << 20  # bytes of one JSON document, which is read as a whole
MAX_MAIL = 40 << 20  # bytes of one mail with its files
MAX_PDF = 100 << 20  # bytes of one PDF
MAX_DOCX = 64 << 20  # bytes of one DOCX, and of its parts unpacked
MAX_UNPACKED = 4 << 30  # bytes that one part of a package may unpack to
