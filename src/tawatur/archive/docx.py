"""A DOCX in, one report out: its words in order, with title and author where its properties tell them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tawatur.archive.docx_package import Package, main_part, opened
from tawatur.archive.docx_text import Words, words
from tawatur.archive.items import DoubtOf, Item, Parts, Source, digest_of
from tawatur.archive.limits import MAX_DOCX
from tawatur.errors import FormatError

_NOTE_PARTS = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}


def read(source: Source) -> Parts:
    """The document as one report. Raises FormatError when it is broken, locked, empty or beyond the limits."""
    data = source.all(MAX_DOCX)
    package = opened(data)
    tree = package.tree(main_part(package))
    body = tree.find("w_body") if tree is not None else None
    if body is None:
        raise FormatError("no text of a Word document inside", "open it, and save it anew")
    told = Words()
    words(body, told)
    _notes(package, told)
    if not told.lines:
        raise FormatError("no words inside; perhaps only pictures", "run text recognition (OCR) on the pictures")
    core = package.tree("docProps/core.xml")
    yield Item(
        "\n".join(told.lines) + "\n",
        name=source.name,
        title=_property(core, "dc_title"),
        author=_property(core, "dc_creator"),
        digest=digest_of(data),
        doubts=tuple(_doubts(told, _property(core, "dcterms_created")[:10], source)),
    )


def _notes(package: Package, told: Words) -> None:
    """Footnotes and endnotes after the text, in the order in which it refers to them."""
    trees = {kind: package.tree(part) for kind, part in _NOTE_PARTS.items() if any(k == kind for k, _ in told.notes)}
    referred = list(told.notes)
    for kind, number in referred:
        tree = trees.get(kind)
        found = [note for note in tree if note.get("w_id") == number] if tree is not None else []
        for note in found[:1]:
            words(note, told)


def _property(core: Element | None, name: str) -> str:
    found = core.find(name) if core is not None else None
    return " ".join((found.text or "").split())[:300] if found is not None else ""


def _doubts(told: Words, created: str, source: Source) -> list[DoubtOf]:
    found: list[DoubtOf] = []
    if told.struck:
        found.append(
            (f"{told.struck} struck-out changes are left out", "accept or reject the changes if that is wrong")
        )
    if told.added:
        found.append((f"{told.added} added changes count as text", "accept or reject the changes if that is wrong"))
    if told.comments:
        found.append((f"{told.comments} comments are left out", "add them to the text if they belong to the report"))
    if created and not source.hints.published:
        found.append((f"no date of publication; the file was made on {created}", "give --published if that is known"))
    return found
