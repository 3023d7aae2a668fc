"""The table of formats: a source in, the format that reads it out. A format's module is loaded when first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from tawatur.archive.items import STANDARD_INPUT, ReadFormat, Source
from tawatur.archive.sniffing import (
    looks_like_document,
    looks_like_feed,
    looks_like_json_feed,
    looks_like_mail,
    looks_like_mailbox,
    looks_like_packed_warc,
    looks_like_page,
    looks_like_submissions,
    looks_like_telegram,
    looks_like_telegram_page,
    looks_like_word,
    looks_like_zip,
)
from tawatur.errors import FormatError


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module in this package whose ``read(source)`` reads it, its suffixes, how its bytes begin.

    ``extra`` names the optional dependencies it needs, as in ``pip install tawatur[pdf]``. ``within`` says of a head
    of bytes and a suffix shared with other formats whether it is this one; formats are asked in the order of the table.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    magic: tuple[bytes, ...] = ()
    within: Callable[[bytes], bool] | None = None
    extra: str = ""
    last: bool = False  # its first bytes are asked after the suffixes: other formats begin so too


_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_REFUSED = (
    b"Rar!\x1a\x07", b"7z\xbc\xaf'\x1c", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"MSCF\0\0\0\0", b"filedesc://",
)  # fmt: skip
#: Formats in the order they are asked.
FORMATS: tuple[Format, ...] = (
    Format("pdf", "pdf", (".pdf",), magic=(b"%PDF-",), extra="pdf"),
    Format("docx", "docx", (), magic=(b"PK\x03\x04",), within=looks_like_word),
    Format("docx", "docx", (".docx", ".docm", ".dotx")),
    Format("office", "refused_office", (".doc", ".dot", ".odt", ".rtf", ".wps", ".pages")),
    Format("office", "refused_office", (".msg", ".pst", ".ost", ".dbx")),
    Format("telegram", "telegram_page", (".html", ".htm"), within=looks_like_telegram_page),
    Format("feed", "feeds", (".html", ".htm", ".php", ".aspx", ".txt"), within=looks_like_feed),
    Format("html", "html", (".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx")),
    Format("feed", "feeds", (".rss", ".atom", ".rdf", ".xml")),
    Format("feed", "feeds", (".json",), within=looks_like_json_feed),
    Format("telegram", "telegram", (".json",), within=looks_like_telegram),
    Format("submissions", "submissions", (".json",), within=looks_like_submissions),
    Format("json", "json_reports", (".json", ".jsonl", ".ndjson")),
    Format("csv", "csv_tables", (".csv", ".tsv", ".tab")),
    Format("xlsx", "xlsx_tables", (".xlsx", ".xlsm")),
    Format("parquet", "parquet_tables", (".parquet", ".pq"), magic=(b"PAR1",), extra="tables"),
    Format("mhtml", "mhtml", (".mhtml", ".mht")),
    Format("warc", "warc", (".warc",), magic=(b"WARC/1.", b"WARC/0.")),
    Format("warc", "warc", (), magic=(b"\x1f\x8b",), within=looks_like_packed_warc),
    Format("zip", "zip_members", (".zip", ".wacz")),
    Format("zip", "zip_members", (), magic=(b"PK\x03\x04", b"PK\x05\x06"), within=looks_like_zip, last=True),
    Format("packed", "packed", (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz"), magic=_PACKED),
    Format("tar", "tar_members", (".tar",)),
    Format("archives", "refused_archives", (".rar", ".7z", ".zst", ".lz4", ".cab", ".arc"), magic=_REFUSED),
    Format("mailbox", "mailbox", (), magic=(b"From ",), within=looks_like_mailbox),
    Format("mailbox", "mailbox", (".mbox", ".mbx")),
    Format("mail", "mail", (), within=looks_like_mail),
    Format("mail", "mail", (".eml", ".emlx")),
    Format("markdown", "markdown", (".md", ".markdown", ".mdown")),
    Format("text", "plain", (".txt",)),
)
SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)


def format_of(source: Source) -> Format | None:
    """The format of a source: by its first bytes where they tell, else by its suffix; None when neither is known."""
    head = source.head()
    for form in FORMATS:
        if not form.last and _begins(form, head):
            return form
    for form in FORMATS:
        if source.suffix in form.suffixes and (form.within is None or form.within(head)):
            return form
    for form in FORMATS:
        if form.last and _begins(form, head):
            return form
    return _piped(head) if source.path == STANDARD_INPUT and not source.depth else None


def _begins(form: Format, head: bytes) -> bool:
    return head.startswith(form.magic) and (form.within is None or form.within(head))


def _piped(head: bytes) -> Format:
    """What comes without a name: by how it begins, JSON or a page where that tells no more, else plain text."""
    for form in FORMATS:
        if form.within is not None and not form.magic and form.within(head):
            return form
    name = "json" if looks_like_document(head) is not None else "html" if looks_like_page(head) else "text"
    return next(form for form in FORMATS if form.name == name)


@lru_cache(maxsize=64)
def reader_of(form: Format) -> ReadFormat:
    """The function that reads a format. Raises FormatError when what it needs is not installed."""
    try:
        module = import_module(f"tawatur.archive.{form.module}")
    except ModuleNotFoundError as error:
        if not form.extra or (error.name or "").startswith("tawatur"):
            raise
        reason = f"{form.name} files need {error.name}, which is not installed"
        raise FormatError(reason, f"pip install 'tawatur[{form.extra}]'") from error
    read: ReadFormat = module.read
    return read
