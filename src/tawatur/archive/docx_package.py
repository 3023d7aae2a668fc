"""The parts of a DOCX in: a ZIP of XML, unpacked within limits; trees and what the core properties tell out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from tawatur.archive.limits import MAX_DOCX
from tawatur.archive.office_package import BROKEN, LOCKED, opened_part, xml_parser
from tawatur.errors import FormatError

MAX_ELEMENTS = 2_000_000
MAX_NESTED = 300  # elements inside elements
_BROKEN_ADVICE = "open it, and save it anew"
_NAMES = {
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}": "w_",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": "w_",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}": "mc_",
    "{http://purl.org/dc/elements/1.1/}": "dc_",
    "{http://purl.org/dc/terms/}": "dcterms_",
}


@dataclass(slots=True)
class Package:
    """An opened DOCX. ``left`` is how many bytes its parts may still unpack to."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    left: int = MAX_DOCX

    def tree(self, name: str) -> Element | None:
        """The tree of a part, with short prefixes; None when there is no such part. Raises FormatError when broken."""
        if name not in self.names:
            return None
        try:
            with opened_part(self.archive, name, self.left) as part:
                data = part.read(self.left + 1)
        except BROKEN as error:
            raise FormatError(f"broken: {name} cannot be unpacked ({error})", _BROKEN_ADVICE) from error
        self.left -= len(data)
        if self.left < 0:  # the part says less of its size than it has
            raise FormatError(f"unpacks to more than {MAX_DOCX >> 20} MB", "split it, or leave it out")
        return _parsed(name, data)


def opened(data: bytes) -> Package:
    """A DOCX's bytes as a package. Raises FormatError when it is none, or is locked."""
    if data.startswith(LOCKED):
        raise FormatError("an older Word file, or one locked with a password", "save it as DOCX without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = frozenset(archive.namelist())
    except BROKEN as error:
        raise FormatError(f"broken: not a ZIP of parts ({error})", _BROKEN_ADVICE) from error
    return Package(archive, names)


def main_part(package: Package) -> str:
    """The name of the part that holds the text. Raises FormatError when there is none."""
    types = package.tree("[Content_Types].xml")
    for entry in types if types is not None else ():
        if entry.get("ContentType", "").endswith(".main+xml") and "wordprocessing" in entry.get("ContentType", ""):
            return entry.get("PartName", "").lstrip("/")
    if "word/document.xml" in package.names:
        return "word/document.xml"
    raise FormatError("no text of a Word document inside", _BROKEN_ADVICE)


def _parsed(name: str, data: bytes) -> Element:
    """XML as a tree. A declaration of entities, too many elements or too deep nesting is refused."""
    builder = ElementTree.TreeBuilder()
    parser = xml_parser(namespace_separator="}")
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_NESTED or count > MAX_ELEMENTS:
            raise FormatError(f"{name} has more or deeper elements than a text needs", "leave it out")
        builder.start(_short(tag), {_short(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(tag))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise FormatError(f"broken: {name} is no sound XML ({error})", _BROKEN_ADVICE) from error


def _short(tag: str) -> str:
    space, found, local = tag.rpartition("}")
    return _NAMES.get(f"{{{space}}}", "x_") + local if found else tag
