"""A PDF's bytes and the number of a page in, a picture of that page out, for review."""

from __future__ import annotations

import io

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tawatur.errors import FormatError

DOTS = 110  # an inch
MOST_SIDE = 2200  # dots of the longer side


def picture(data: bytes, page: int) -> bytes:
    """The page, counted from 1, as PNG in shades of grey. Raises FormatError when it cannot be drawn."""
    try:
        document = pdfium.PdfDocument(data)
        drawn = document[page - 1]
        scale = min(DOTS / 72, MOST_SIDE / max(*drawn.get_size(), 1.0))
        image = drawn.render(scale=scale, grayscale=True).to_pil()
    except (pdfium.PdfiumError, IndexError) as error:
        raise FormatError(f"page {page} cannot be drawn ({error})", "look at the file") from error
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
