"""A PDF in, one report out: its text in reading order, and the stretches whose figures must be checked on the page."""

from __future__ import annotations

import re
from importlib.util import find_spec

from tawatur.archive.items import DoubtOf, Item, Parts, Source, digest_of
from tawatur.archive.limits import MAX_PDF
from tawatur.archive.pdf_process import WORKER, Message
from tawatur.errors import FormatError
from tawatur.model import Span

NEEDED = "pdfminer"
_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"(?i)^(microsoft word|microsoft powerpoint|untitled|document\d*|slide 1|about:blank)|\.\w{2,4}$|[\\/]\w+[\\/]"
)


def read(source: Source) -> Parts:
    """The PDF as one report. Raises FormatError with the reason: no text, locked, broken, beyond the limits."""
    if find_spec(NEEDED) is None:
        raise ModuleNotFoundError(NEEDED, name=NEEDED)
    data = source.all(MAX_PDF)
    told = _answer(WORKER.ask("text", data))["told"]
    checks = tuple(Span(start, end) for start, end in told["checks"])
    yield Item(
        told["text"],
        name=source.name,
        title="" if _NO_TITLE.search(told["title"]) else told["title"],
        author=told["author"],
        digest=digest_of(data),
        doubts=(*((reason, advice) for reason, advice in told["doubts"]), *_undated(told["made"], source)),
        checks=checks,
        pages=tuple(told["pages"]),
    )


def page_picture(data: bytes, page: int) -> bytes:
    """A page of a PDF, counted from 1, as PNG. Raises FormatError when it cannot be drawn within the limits."""
    import base64

    return base64.b64decode(_answer(WORKER.ask(f"picture {page}", data))["picture"])


def _answer(message: Message) -> Message:
    if "refused" in message:
        raise FormatError(*message["refused"])
    if "missing" in message:
        raise FormatError(f"PDFs need {message['missing']}, which is not installed", "pip install 'tawatur[pdf]'")
    return message


def _undated(made: str, source: Source) -> tuple[DoubtOf, ...]:
    """A PDF tells when the file was made, which is not when it was published."""
    day = _DAY.match(made)
    if source.hints.published or not day:
        return ()
    when = "-".join(part for part in day.groups() if part)
    return ((f"no date of publication; the file was made on {when}", "give --published if that is known"),)
