"""The tree of a Word document in, its paragraphs out, a line each: headings, lists, tables, boxes and notes in place.

Words that a reviewer put in count, words that were struck out do not; comments are left out. Both are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_BREAKS = {"w_br": "\n", "w_cr": "\n", "w_tab": "\t", "w_ptab": "\t", "w_noBreakHyphen": "-", "w_softHyphen": ""}
_GONE = frozenset({"w_del", "w_moveFrom"})
_SKIPPED = frozenset({"w_pPr", "w_rPr", "w_tblPr", "w_sectPr", "w_instrText", "w_delText", "w_fldData", "mc_Fallback"})
_NOTES = {"w_footnoteReference": "footnote", "w_endnoteReference": "endnote"}
_SYMBOLS = {"F0B7": "•", "F0A7": "•", "F02D": "-"}


@dataclass(slots=True)
class Words:
    """Paragraphs in order, and what was met on the way."""

    lines: list[str] = field(default_factory=list)
    struck: int = 0
    added: int = 0
    comments: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and number, as first referred to


def words(body: Element, told: Words) -> None:
    """Add the paragraphs of a body, a cell or a note to what was told so far."""
    for child in body:
        _block(child, told)


def _block(element: Element, told: Words) -> None:
    tag = element.tag
    if tag == "w_p":
        _paragraph(element, told)
    elif tag == "w_tbl":
        _table(element, told)
    elif tag in _GONE:
        told.struck += 1
    elif tag not in _SKIPPED:
        words(element, told)


def _paragraph(element: Element, told: Words) -> None:
    boxes: list[Element] = []
    text = "".join(_inline(element, told, boxes))
    if _is_item(element) and text.strip():
        text = f"• {text.strip()}"
    told.lines += [line.strip() for line in text.split("\n") if line.strip()]
    for box in boxes:
        words(box, told)


def _is_item(element: Element) -> bool:
    return element.find("w_pPr/w_numPr") is not None and not _is_heading(element)


def _is_heading(element: Element) -> bool:
    style = element.find("w_pPr/w_pStyle")
    name = (style.get("w_val", "") if style is not None else "").lower()
    return name.startswith(("heading", "title")) or element.find("w_pPr/w_outlineLvl") is not None


def _inline(element: Element, told: Words, boxes: list[Element]) -> Iterator[str]:
    """The words of a paragraph in order; text boxes in it are put by."""
    for child in element:
        tag = child.tag
        if tag == "w_t":
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == "w_sym":
            yield _SYMBOLS.get(child.get("w_char", "").upper(), "")
        elif tag in _NOTES:
            told.notes.append((_NOTES[tag], child.get("w_id", "")))
        elif tag == "w_commentReference":
            told.comments += 1
        elif tag in _GONE:
            told.struck += 1
        elif tag == "w_txbxContent":
            boxes.append(child)
        elif tag not in _SKIPPED:
            told.added += tag == "w_ins"
            yield from _inline(child, told, boxes)


def _table(element: Element, told: Words) -> None:
    """A row a line, its cells in order with a tab between; what is inside a cell stands on the same line."""
    for row in _rows(element):
        cells = [_cell(cell, told) for cell in _cells(row)]
        if any(cells):
            told.lines.append("\t".join(cells).strip("\t"))


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "w_tr":
            yield child
        elif child.tag in ("w_sdt", "w_sdtContent", "w_customXml", "w_ins"):
            yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    found: list[Element] = []
    for child in row:
        if child.tag == "w_tc":
            found.append(child)
        elif child.tag in ("w_sdt", "w_sdtContent", "w_customXml", "w_ins"):
            found += _cells(child)
    return found


def _cell(cell: Element, told: Words) -> str:
    inner = Words(notes=told.notes)
    words(cell, inner)
    told.struck, told.added = told.struck + inner.struck, told.added + inner.added
    told.comments += inner.comments
    return " ".join(" ".join(line.split()) for line in inner.lines)
