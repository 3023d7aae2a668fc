"""An XLSX file in; its sheets, shared strings and styles out, each part within limits and without entities."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.parsers import expat

from tawatur.archive.items import Source
from tawatur.archive.limits import MAX_DOCUMENT, MAX_UNPACKED
from tawatur.archive.office_package import BROKEN, LOCKED, opened_part, xml_parser
from tawatur.errors import FormatError

_CHUNK = 1 << 16
_STARTS = {LOCKED: "protected by a password, or a workbook of before 2007"}
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_no_date = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_date = re.compile(r"[dmyhs]|[سيش]", re.IGNORECASE)
_elapsed = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook: its name, whether it is hidden, and its part in the package."""

    name: str
    hidden: bool
    part: str


@dataclass(slots=True)
class Package:
    """An open workbook. ``dates`` are the cell styles (by index) that show a number as a date or a time."""

    zipped: zipfile.ZipFile
    sheets: tuple[SheetPart, ...] = ()
    strings: list[str] = field(default_factory=list)
    dates: frozenset[int] = frozenset()
    epoch1904: bool = False

    def open(self, part: str) -> IO[bytes]:
        """A part's bytes. Raises FormatError for one that would unpack to more than it may."""
        return opened_part(self.zipped, part, MAX_UNPACKED)


def package(source: Source) -> Package:
    """The workbook of a source. Raises FormatError for what is none."""
    stream = source.stream if source.stream.seekable() else BytesIO(source.all(MAX_DOCUMENT))
    head = source.head(4)
    try:
        zipped = zipfile.ZipFile(stream)
        found = Package(zipped)
        _read_workbook(found)
    except expat.ExpatError as error:
        raise FormatError(f"a broken workbook ({error})", "open it in a spreadsheet and save it anew") from error
    except BROKEN as error:
        reason = _STARTS.get(head, f"no sound workbook ({type(error).__name__})")
        raise FormatError(reason, "open it in a spreadsheet and save it anew as .xlsx, without a password") from error
    if not found.sheets:
        raise FormatError("a workbook without sheets", "give one with a sheet of rows")
    return found


def parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Feed XML to handlers, a piece a turn; names come without prefix. Raises ExpatError, FormatError for a DOCTYPE."""
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    with stream:
        while piece := stream.read(_CHUNK):
            parser.Parse(piece, False)
            yield
    parser.Parse(b"", True)
    yield


def _run(
    zipped: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    for _ in parse(opened_part(zipped, part, MAX_DOCUMENT), start, end, text):
        pass


def _read_workbook(found: Package) -> None:
    names = set(found.zipped.namelist())
    book = _book(found.zipped, names)
    folder = posixpath.dirname(book)
    targets, types = _relations(found.zipped, names, book)
    raw: list[tuple[str, str, str]] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
            raw.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))
        elif name == "workbookPr":
            found.epoch1904 = attributes.get("date1904") in ("1", "true")

    _run(found.zipped, book, start)
    parts = {key: _joined(folder, target) for key, target in targets.items()}
    found.sheets = tuple(
        SheetPart(name, state != "visible", parts[relation])
        for name, state, relation in raw
        if parts.get(relation) in names
    )
    strings, styles = (parts.get(types.get(kind, ""), "") for kind in ("sharedStrings", "styles"))
    if strings in names:
        found.strings = _strings(found.zipped, strings)
    if styles in names:
        found.dates = _date_styles(found.zipped, styles)


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _book(zipped: zipfile.ZipFile, names: set[str]) -> str:
    """The workbook's part, by the package's own relations."""
    targets, types = _relations(zipped, names, "")
    part = targets.get(types.get("officeDocument", ""), posixpath.join("xl", "workbook.xml")).lstrip("/")
    if part not in names:
        raise FormatError("a package without a workbook", "give a workbook")
    return part


def _relations(zipped: zipfile.ZipFile, names: set[str], part: str) -> tuple[dict[str, str], dict[str, str]]:
    """The relations of a part: id to target, and last word of the type to id."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    targets: dict[str, str] = {}
    types: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
            types.setdefault(attributes.get("Type", "").rpartition("/")[2], attributes.get("Id", ""))

    if path in names:
        _run(zipped, path, start)
    return targets, types


def _strings(zipped: zipfile.ZipFile, part: str) -> list[str]:
    """The shared strings, without the readings of East Asian words that stand beside them."""
    found: list[str] = []
    held: list[str] = []
    within: list[str] = []

    def start(name: str, _: Attributes) -> None:
        within.append(name)
        if name == "si":
            held.clear()

    def end(name: str) -> None:
        within.pop()
        if name == "si":
            found.append("".join(held))

    def text(words: str) -> None:
        if within[-1] == "t" and "rPh" not in within:
            held.append(words)

    _run(zipped, part, start, end, text)
    return found


def _date_styles(zipped: zipfile.ZipFile, part: str) -> frozenset[int]:
    """The indexes of cell formats that show dates or times of day."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        within.append(name)
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in within:
            formats.append(attributes.get("numFmtId", "0"))

    def end(_: str) -> None:
        within.pop()

    _run(zipped, part, start, end)
    return frozenset(n for n, key in enumerate(formats) if _is_date(key, codes.get(key)))


def _is_date(key: str, code: str | None) -> bool:
    if code is None:
        return key.isdecimal() and int(key) in _BUILT_IN_DATES
    bare = _no_date.sub("", code.split(";")[0])
    return bare.lower() != "general" and bool(_date.search(bare)) and not _elapsed.search(bare)
