"""First bytes in, what they begin out."""

from __future__ import annotations

import codecs
import re
import zlib

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_page = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
#: Fields that servers of forms (KoboToolbox, ODK Central) put into every submission.
_SUBMISSIONS = (b'"_uuid"', b'"_submission_time"', b'"formhub/uuid"', b'"_xform_id_string"', b'"__system"', b'"__id"')

_CHATS = (
    rb"personal_chat|bot_chat|saved_messages|replies|verify_codes|private_group|"
    rb"(?:private|public)_(?:supergroup|channel)"
)
_chat = re.compile(rb'"type"\s*:\s*"(?:' + _CHATS + rb')"')
_message = re.compile(rb'"(?:date_unixtime|from_id|text_entities)"\s*:')
_account = re.compile(rb'"(?:personal_information|profile_pictures|frequent_contacts|left_chats|chats)"\s*:\s*[\[{]')

_mail_header = re.compile(rb"(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_mail_names = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)


def looks_like_document(head: bytes) -> bool | None:
    """Whether the first bytes of a stream begin a JSON document (True), JSON lines (False), or plain text (None)."""
    encoding = unicode_of(head[:4])
    start = head[: len(head) & ~1].decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    first, _, rest = start.partition("\n")
    if start.startswith("["):
        return True if start[1:].lstrip()[:1] in ("{", "]") else None
    if not start.startswith("{"):
        return None
    return first.strip() == "{" or (bool(rest) and not first.rstrip().endswith("}") and rest.lstrip()[:1] == '"')


def looks_like_word(head: bytes) -> bool:
    """Whether the first bytes of a ZIP file are those of a Word document."""
    if not first_in_zip(head).startswith(_OFFICE):
        return False
    return b"word/" in head and (b"[Content_Types].xml" in head or b"_rels/" in head or b"docProps/" in head)


def unicode_of(head: bytes) -> str:
    """The Unicode encoding that first bytes are in: by a mark, by zero bytes, else UTF-8."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head[1:2] == b"\0" and head[:1]:
        return "utf-16-le"
    return "utf-16-be" if head[:1] == b"\0" else "utf-8"


def looks_like_submissions(head: bytes) -> bool:
    """Whether the first bytes of a JSON file are those of a form's submissions."""
    return any(sign in head for sign in _SUBMISSIONS)


def looks_like_page(head: bytes) -> bool:
    """Whether first bytes are those of an HTML page."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain.startswith(b"<") and _page.search(plain) is not None


def looks_like_telegram(head: bytes) -> bool:
    """Whether first bytes are those of a Telegram Desktop export as JSON: a chat, an account, or a list of messages."""
    plain = head.replace(b"\0", b"")
    message = _message.search(plain) is not None
    if b'"messages"' in plain and (message or _chat.search(plain)):
        return True
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"["):
        return message and b'"type"' in plain
    return (b'"about"' in plain or b'"list"' in plain) and _account.search(plain) is not None


def looks_like_telegram_page(head: bytes) -> bool:
    """Whether the first bytes of a page are those of a Telegram Desktop export as HTML."""
    return b"page_wrap" in head and (b"<title>Exported Data</title>" in head or b"page_body chat_page" in head)


def looks_like_mailbox(head: bytes) -> bool:
    """Whether first bytes are those of an MBOX file: a line of its kind, then a header."""
    first, _, rest = head.lstrip(b"\r\n").partition(b"\n")
    return first.startswith(b"From ") and looks_like_mail(rest)


def looks_like_mail(head: bytes) -> bool:
    """Whether first bytes are the headers of a mail: two of those that mails have, above the first blank line."""
    plain = head.replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n")
    above = plain.partition(b"\n\n")[0] + b"\n"
    return _mail_header.match(plain) is not None and len(_mail_names.findall(above)) > 1


_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"mimetype", b"customXml/")


def looks_like_zip(head: bytes) -> bool:
    """Whether the first bytes of a ZIP file are those of an archive, and not of a document or workbook."""
    return not first_in_zip(head).startswith(_OFFICE)


def first_in_zip(head: bytes) -> bytes:
    """The name of the first member of a ZIP file."""
    return head[30 : 30 + int.from_bytes(head[26:28], "little")]


def looks_like_packed_warc(head: bytes) -> bool:
    """Whether the first bytes of a gzip file are those of a web archive."""
    try:
        return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def suffix_of(head: bytes) -> str:
    """The suffix of the form that first bytes begin, as far as they tell; empty when they do not."""
    if head[257:262] == b"ustar":
        return ".tar"
    for magic, suffix in _MAGIC.items():
        if head.startswith(magic):
            return suffix
    document = looks_like_document(head)
    if document is not None:
        return ".json" if document else ".jsonl"
    if _begins_page.match(head):
        return ".html"
    return ".txt" if _is_text(head) else ""


_MAGIC = {b"%PDF-": ".pdf", b"PK\x03\x04": ".zip", b"PAR1": ".parquet", b"WARC/": ".warc"}
_begins_page = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,400}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S)


def _is_text(head: bytes) -> bool:
    return bool(head.strip()) and sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 <= len(head)


_feed = re.compile(
    rb"<(?:rss[\s>]|(?:\w+:)?feed\s[^>]{0,2000}?(?:atom|\bversion)|rdf:RDF[^>]{0,2000}?purl\.org/rss|channel[\s>])",
    re.IGNORECASE,
)


def looks_like_feed(head: bytes) -> bool:
    """Whether first bytes are those of a feed in XML, as RSS or Atom."""
    return _feed.search(head.replace(b"\0", b"")) is not None and not looks_like_page(head)


def looks_like_json_feed(head: bytes) -> bool:
    """Whether first bytes are those of a JSON feed."""
    return b"jsonfeed.org/version" in head
