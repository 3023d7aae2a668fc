"""A saved page in, one report out: its article, and what it says of its title, date, outlet and author."""

from __future__ import annotations

import re

from tawatur.archive.encodings import DAMAGE_ADVICE, Decoded, decode, decode_as_said
from tawatur.archive.garbled import damage
from tawatur.archive.html_dom import Page, check_tree
from tawatur.archive.html_meta import meta_of
from tawatur.archive.html_text import main_text
from tawatur.archive.items import DoubtOf, Item, Parts, Source, digest_of
from tawatur.archive.limits import MAX_REPORT
from tawatur.errors import FormatError

_declared = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]{3,30})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page says its encoding
_REFRESH = re.compile(r"<meta[^>]+http-equiv=[\"']?refresh", re.IGNORECASE)


def read(source: Source) -> Parts:
    """One report. Raises FormatError for a page without an article, EncodingError for bytes that are no text."""
    data = source.all(MAX_REPORT)
    if not data.strip():
        raise FormatError("empty", "give the page, or remove the file")
    found = decoded(data, source.hints.encoding, source.charset)
    text = found.text.replace("\0", "")
    check_tree(text, "look at the page; no browser's page is like that")
    page = Page(text)
    meta = meta_of(page, source.url)
    text = main_text(page, meta.title, dated=meta.published is not None) or meta.body
    if len(meta.body) > 2 * len(text):
        text = meta.body
    if not text.strip():
        reason = "the page only leads to another" if _REFRESH.search(found.text[:_HEAD]) else "holds no article text"
        raise FormatError(reason, "save the page after it has loaded, as HTML only or complete")
    doubt = found.doubt or damage(text)
    doubts: list[DoubtOf] = [(doubt, DAMAGE_ADVICE)] if doubt else []
    yield Item(
        text, name=source.name, outlet=meta.outlet, published=meta.published, title=meta.title, author=meta.author,
        url=meta.url or source.url, encoding=found.encoding, digest=digest_of(data), doubts=(*doubts, *meta.doubts),
    )  # fmt: skip


def decoded(data: bytes, named: str | None, server: str = "") -> Decoded:
    """A page's bytes as text: in the encoding that the user named, else that server or page say, else that is found.

    What server and page say is only taken where the bytes are text in it.
    """
    if named is not None:
        return decode(data, named)
    said = _declared.search(data[:_HEAD])
    for name in (server, said[1].decode("ascii") if said else ""):
        if name and (found := decode_as_said(data, name)):
            return found
    return decode(data)
