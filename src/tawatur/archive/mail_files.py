"""The files in a mail in, sources to be read in turn out, as the members of an archive are."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

from tawatur.archive.formats import format_of
from tawatur.archive.items import Doubtful, Source


def members_of(files: list[tuple[str, Message]], source: Source, place: str) -> Iterator[Source | Doubtful]:
    """Each file of a form that can be read; a doubt about any other, but for a picture that stands in the text."""
    for name, part in files:
        payload = part.get_payload(decode=True)
        where = f"{place}/{name}" if place else name
        member = source.member(name, payload if isinstance(payload, bytes) else b"", place=where)
        if format_of(member) is not None:
            yield member
        elif part.get_content_maintype() != "image" or part.get_content_disposition() == "attachment":
            yield Doubtful(where, "a file in the mail that is not read", "save it, and give it beside the mail")
