"""Pictures of the pages on which figures must be checked, drawn into the folder of the result."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tawatur.model import Comparison, Report

MOST = 400  # pictures of one run, some 60 KB each


def pictures(comparison: Comparison, folder: Path) -> frozenset[str]:
    """Draw each page of a PDF that has a figure to be checked; their paths from the folder.

    A file that is no longer there or has changed since gets no picture: its figures still tell their page.
    """
    made: set[str] = set()
    for report in comparison.reports:
        wanted = sorted(_pages(comparison, report)) if report.form == "pdf" else []
        if wanted and len(made) < MOST:
            made |= _drawn(report, wanted[: MOST - len(made)], folder)
    return frozenset(made)


def _pages(comparison: Comparison, report: Report) -> set[int]:
    spans = (figure.span for claim in comparison.claims_of(report.id) for figure in claim.figures)
    return {page for page in map(report.page_to_check, spans) if page is not None}


def _drawn(report: Report, wanted: list[int], folder: Path) -> set[str]:
    from tawatur.publish import picture_of

    names = {page: picture_of(report, page) for page in wanted}
    missing = [page for page in wanted if not (folder / names[page]).is_file()]
    data = _same(report) if missing else None
    for page in missing if data else ():
        _draw(data or b"", page, folder / names[page])
    return {name for name in names.values() if (folder / name).is_file()}


def _draw(data: bytes, page: int, path: Path) -> None:
    from tawatur.archive import page_picture
    from tawatur.errors import FormatError

    try:
        picture = page_picture(data, page)
    except FormatError:
        return  # the page still tells where the figure stands
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)


def _same(report: Report) -> bytes | None:
    """The bytes that a report was read from, if they are still there."""
    try:
        data = Path(report.origin_file).read_bytes()
    except OSError:
        return None
    return data if sha256(data).hexdigest() == report.raw_digest else None
