"""A page that a browser saved as one file (MHTML) in, one report out: that of the page in it."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message
from io import BufferedReader, BytesIO

from tawatur.archive import html
from tawatur.archive.items import Item, Parts, Source
from tawatur.archive.limits import MAX_MAIL
from tawatur.archive.mail_headers import header
from tawatur.archive.mail_parts import parsed
from tawatur.errors import FormatError


def read(source: Source) -> Parts:
    """The report of the first page in the file. The date of the file is that of saving, and is not taken."""
    message = parsed(source.all(MAX_MAIL))
    page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    data = page.get_payload(decode=True) if page is not None else None
    if not isinstance(data, bytes) or page is None:
        raise FormatError("no page in it", "save the page anew")
    inner = replace(source, stream=BufferedReader(BytesIO(_as_told(data, page))))
    for part in html.read(inner):
        address = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
        known = isinstance(part, Item) and not part.url and address.startswith("http")
        yield replace(part, url=address) if known and isinstance(part, Item) else part


_PAGES = ("text/html", "application/xhtml+xml")


def _as_told(data: bytes, page: Message) -> bytes:
    """The page's bytes, in front of them what its headers say of their encoding, where the page itself may not."""
    charset = page.get_content_charset()
    return f'<meta charset="{charset}">'.encode() + data if charset and charset.isascii() else data
