"""A page that a browser saved as one file (MHTML) in, one report out: that of the page in it."""

from __future__ import annotations

from dataclasses import replace
from io import BufferedReader, BytesIO
from typing import cast

from tawatur.archive import html
from tawatur.archive.items import Parts, Source
from tawatur.archive.limits import MAX_MAIL
from tawatur.archive.mail_headers import header
from tawatur.archive.mail_parts import parsed
from tawatur.errors import FormatError

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Parts:
    """The report of the first page in the file. The date of the file is that of saving, and is not taken."""
    message = parsed(source.all(MAX_MAIL))
    page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    data = page.get_payload(decode=True) if page is not None else None
    if not isinstance(data, bytes) or page is None:
        raise FormatError("no page in it", "save the page anew")
    address = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    stream = cast("BufferedReader", BufferedReader(BytesIO(data)))
    known = address if address.startswith("http") else source.url
    yield from html.read(replace(source, stream=stream, charset=page.get_content_charset() or "", url=known))
