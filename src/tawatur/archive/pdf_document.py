"""A PDF's bytes in, its text with page starts, stretches to check and metadata out. Runs in a process of its own."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from tawatur.archive.pdf_columns import arranged
from tawatur.archive.pdf_device import Device, Drawn
from tawatur.archive.pdf_glyphs import TATWEEL
from tawatur.archive.pdf_kashida import lengthening
from tawatur.archive.pdf_lines import pieces
from tawatur.archive.pdf_margins import Edge, edges, furniture
from tawatur.archive.pdf_order import direction, letter_counts
from tawatur.archive.pdf_paragraphs import Paragraph, joined, paragraphs
from tawatur.archive.pdf_text import Told, text_of
from tawatur.errors import FormatError

MAX_PAGES = 600
_LOST_SHARE = 0.25  # of the letters, beyond which nothing is read

Step = Callable[[int], None]


@dataclass(slots=True)
class _Kept:
    """Pages between the two passes, packed."""

    pages: list[bytes] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    rights: int = 0
    lefts: int = 0
    lost: dict[str, int] = field(default_factory=dict)  # glyphs without a letter, by code
    lengthening: set[str] = field(default_factory=set)
    glyphs: int = 0
    pictures: int = 0
    slanted: int = 0
    broken: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)


def told(data: bytes, step: Step) -> Told:
    """All that a PDF says; ``step`` is called with the number of each page. Raises FormatError with the reason."""
    document = _opened(data)
    kept = _Kept()
    for number, drawn in _drawn(document, kept, step):
        _keep(kept, number, drawn)
    _refuse(kept)
    made = _assembled(kept, step)
    _describe(document, made)
    _doubts(kept, made)
    return made


def _opened(data: bytes) -> Any:
    try:
        return PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect as error:
        raise FormatError("locked with a password", "save it without one") from error
    except PDFEncryptionError as error:
        raise FormatError(f"locked in a way that is not known ({error})", "save it without a password") from error
    except Exception as error:
        raise FormatError(f"broken: {_reason(error)}", "open it, and save it anew") from error


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())[:80]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _drawn(document: Any, kept: _Kept, step: Step) -> Iterator[tuple[int, Drawn]]:
    """What each page draws. A page that cannot be read is remembered, and the rest goes on."""
    resources = PDFResourceManager()
    device = Device(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(_pages(document), 1):
        if number > MAX_PAGES:
            raise FormatError(f"more than {MAX_PAGES} pages", "split it")
        step(number)
        try:
            interpreter.process_page(page)
        except FormatError:
            raise
        except Exception as error:
            kept.broken.append(f"page {number} ({_reason(error)})")
            device.drawn = Drawn(1.0, 1.0)
        yield number, device.drawn


def _pages(document: Any) -> Iterator[Any]:
    try:
        yield from PDFPage.create_pages(document)
    except FormatError:
        raise
    except Exception as error:
        raise FormatError(
            f"broken: its pages cannot be told ({_reason(error)})", "open it, and save it anew"
        ) from error


def _keep(kept: _Kept, number: int, drawn: Drawn) -> None:
    inked = [g for g in drawn.glyphs if not g.blank]
    rights, lefts = letter_counts(inked)
    kept.rights, kept.lefts = kept.rights + rights, kept.lefts + lefts
    kept.lengthening |= lengthening(drawn.glyphs)
    for glyph in inked:
        if glyph.lost:
            kept.lost[glyph.code] = kept.lost.get(glyph.code, 0) + 1
    kept.glyphs += len(inked)
    kept.pictures += drawn.pictures
    kept.slanted += drawn.slanted
    for glyph in inked:
        size = round(glyph.size, 1)
        kept.sizes[size] = kept.sizes.get(size, 0) + 1
    found = pieces(drawn.glyphs)
    kept.edges += edges(number, found, drawn.height)
    kept.pages.append(zlib.compress(pickle.dumps(drawn, protocol=5), 1))


def _refuse(kept: _Kept) -> None:
    if not kept.pages:
        raise FormatError("no pages", "open it, and save it anew")
    if not kept.glyphs and kept.broken:
        raise FormatError(f"broken: {kept.broken[0]}", "open it, and save it anew")
    if not kept.glyphs:
        pictures = "pictures of pages, no text" if kept.pictures else "no text"
        raise FormatError(pictures, "run text recognition (OCR) first" if kept.pictures else "leave it out")
    lost = _lost(kept)
    if lost > _LOST_SHARE * kept.glyphs:
        reason = f"the file does not tell which letters {lost} of its {kept.glyphs} glyphs are"
        raise FormatError(reason, "run text recognition (OCR) on it")


def _lost(kept: _Kept) -> int:
    return sum(count for code, count in kept.lost.items() if code not in kept.lengthening)


def _assembled(kept: _Kept, step: Step) -> Told:
    """The second pass: pages without running heads, as blocks, as paragraphs, as one text."""
    around = direction(kept.rights, kept.lefts)
    gone = furniture(kept.edges, len(kept.pages))
    pages = [
        _page(packed, gone.get(number, set()), kept.lengthening, around, step, number)
        for number, packed in enumerate(kept.pages, 1)
    ]
    body = max(kept.sizes, key=lambda size: kept.sizes[size])
    return text_of(list(joined(pages, body)), len(pages))


def _page(
    packed: bytes, gone: set[int], void: set[str], around: bool | None, step: Step, number: int
) -> list[Paragraph]:
    step(number)
    drawn: Drawn = pickle.loads(zlib.decompress(packed))
    for glyph in drawn.glyphs:
        if glyph.code and glyph.code in void:
            glyph.text, glyph.lost = TATWEEL, False
    found = pieces([g for g in drawn.glyphs if g.rank not in gone])
    rights, lefts = letter_counts(g for g in drawn.glyphs if not g.blank)
    own = direction(rights, lefts)
    leftward = around if own is None else own
    return list(paragraphs(arranged(found, drawn.rules, leftward=bool(leftward)), leftward))


def _describe(document: Any, made: Told) -> None:
    """Title, author and the day of making, as far as the file tells them soundly."""
    info: dict[str, str] = {}
    for table in reversed(document.info):
        for key in ("Title", "Author", "CreationDate"):
            try:
                value = resolve1(table.get(key))
                words = decode_text(value) if isinstance(value, bytes) else ""
            except Exception as error:
                made.doubts.append((f"its {key} cannot be read ({_reason(error)})", "look at the file"))
                continue
            info[key] = " ".join(words.replace("\0", "").split())[:300]
    made.title, made.author, made.made = (info.get(key, "") for key in ("Title", "Author", "CreationDate"))


def _doubts(kept: _Kept, made: Told) -> None:
    if kept.broken:
        made.doubts.append((f"{', '.join(kept.broken[:5])} cannot be read; the other pages are", "look at the page"))
    if _lost(kept):
        made.doubts.append(
            (f"{_lost(kept)} glyphs whose letter the file does not tell, shown as \ufffd", "look at the page")
        )
    if kept.slanted > 20:
        made.doubts.append((f"{kept.slanted} letters that do not run across the page are left out", "look at the page"))
