"""A text file in, one report out."""

from __future__ import annotations

from tawatur.archive.encodings import DAMAGE_ADVICE, decode, decode_as_said
from tawatur.archive.items import Item, Parts, Source, digest_of
from tawatur.archive.limits import MAX_REPORT


def read(source: Source) -> Parts:
    """The whole file as one report, in the encoding named or found. Raises EncodingError when it is no text."""
    data = source.all(MAX_REPORT)
    named = source.hints.encoding
    found = (decode_as_said(data, source.charset) if source.charset and not named else None) or decode(data, named)
    doubts = ((found.doubt, DAMAGE_ADVICE),) if found.doubt else ()
    yield Item(
        found.text, name=source.name, url=source.url, encoding=found.encoding, digest=digest_of(data), doubts=doubts
    )
