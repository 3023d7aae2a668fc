"""The parts of a mail in, its text out: the plain part, else the HTML, and beside it forwarded mails and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from tawatur.archive.encodings import Decoded, decode, decode_as_said
from tawatur.archive.garbled import damage
from tawatur.archive.html_dom import check_tree
from tawatur.archive.html_text import text_of
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.mail_headers import raw, words_of
from tawatur.archive.mail_wrapping import flowed, unwrapped
from tawatur.errors import EncodingError, FormatError
from tawatur.lang.fold import fold_word
from tawatur.lang.page import page_words

_DEEPEST = 40  # parts inside one another
_MOST = 2000  # parts of one mail
_MOST_LINES = 1_500_000  # of one mail: each is held by itself while it is taken apart
_MOST_MARKS = 20_000  # lines that may begin a part
_MOST_STEPS = 1 << 25  # lines times depth that are taken apart
_MAX_HTML = 8 << 20  # bytes of an HTML part: its tree takes thirty times that
_STUB = 400  # characters of a plain part that only points to the HTML part
_holder = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_named = re.compile(r"name\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_armoured = re.compile(r"-----BEGIN PGP MESSAGE-----")
_clear_signed = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][\w-]*:.*\n)*\n?")
_signature = re.compile(r"-----BEGIN PGP SIGNATURE-----.*", re.DOTALL)
_blockquote = re.compile(r"<(/?)blockquote\b([^>]*)>", re.IGNORECASE)
_cited = re.compile(r"type\s*=\s*[\"']?cite|gmail_quote|yahoo_quoted", re.IGNORECASE)
_OPENS, _CLOSES = "\ue0a0", "\ue0a1"  # stand for the ends of a quotation while HTML becomes text
_SECRET = ("multipart/encrypted", "application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_APART = ("message/delivery-status", "message/disposition-notification", "text/calendar", "text/rfc822-headers")


@dataclass(slots=True)
class Parts:
    """What a mail holds: its text, mails that it carries, files by name, and what has to be told of it."""

    text: str = ""
    encoding: str = "utf-8"
    mails: list[Message] = field(default_factory=list)
    files: list[tuple[str, Message]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def parsed(data: bytes) -> Message:
    """A mail taken apart. Raises FormatError when its parts are nested deeper than any program's."""
    if data.count(b"\n") > _MOST_LINES or data.count(b"\n--") > _MOST_MARKS:
        raise FormatError("more lines or parts than a mail may have", "save the files in it by themselves")
    depth = len(_holder.findall(data))
    if depth > _MOST or min(depth, _DEEPEST + 1) * data.count(b"\n") > _MOST_STEPS:
        raise FormatError("too many parts inside one another", "look at the mail; no program writes such a one")
    try:
        return message_from_bytes(data.replace(b"\0", b""), policy=compat32)
    except RecursionError as error:
        raise FormatError("parts are nested too deep", "look at the mail; no program writes such a one") from error


def parts_of(message: Message, named: str | None) -> Parts:
    """The text and the rest of a mail; ``named`` is an encoding over what it says. Raises InputError."""
    found = Parts()
    texts = [text for text in _texts(message, found, named, 0) if text.strip()]
    found.text = "\n\n".join(text.strip("\n") for text in texts)
    return found


def _texts(part: Message, found: Parts, named: str | None, depth: int) -> Iterator[str]:
    """The texts of a part in order; mails and files go into ``found``."""
    if depth > _DEEPEST:
        raise FormatError("parts are nested too deep", "look at the mail; no program writes such a one")
    kind, inner = part.get_content_type(), _inner(part)
    if kind in _SECRET and part.get_param("smime-type") != "signed-data":
        raise FormatError("encrypted", "decrypt it, and save it anew")
    if kind == "message/rfc822" or (kind == "multipart/digest" and inner):
        found.mails.extend(inner)
    elif kind == "multipart/alternative" and inner:
        yield _best([list(_texts(one, found, named, depth + 1)) for one in inner], inner)
    elif inner:
        if kind == "multipart/signed":
            found.told.append("its signature is not checked")
        for one in inner:
            yield from _texts(one, found, named, depth + 1)
    elif kind in _APART or kind.startswith("multipart/"):
        return
    elif kind in ("text/plain", "text/html", "text/enriched") and not _is_file(part):
        yield _text(part, found, named)
    elif part.get_filename() or not kind.startswith("text/"):
        found.files.append((_file_name(part) or kind, part))
    else:
        yield _text(part, found, named)


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload() if part.is_multipart() else []
    return [one for one in payload if isinstance(one, Message)]


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" and bool(part.get_filename())


def _file_name(part: Message) -> str:
    """The name of a file, also where a program wrote it as bare 8-bit bytes."""
    name = str(part.get_filename() or "")
    if "\ufffd" in name:
        told = _named.search(raw(part, "Content-Disposition") or raw(part, "Content-Type"))
        name = told[1] if told else name
    return words_of(name)


def _best(texts: list[list[str]], parts: list[Message]) -> str:
    """The plain one of alternatives, unless it only points to the others or is much less; else the last with words."""
    joined = ["\n\n".join(text for text in given if text.strip()) for given in texts]
    plain = next(
        (text for text, part in zip(joined, parts, strict=True) if part.get_content_type() == "text/plain"), ""
    )
    others = [text for text in joined if text.strip() and text != plain]
    richest = others[-1] if others else ""
    if plain.strip() and not (richest and _is_stub(plain, richest)):
        return plain
    return richest or plain


def _is_stub(plain: str, rich: str) -> bool:
    folded = fold_word(plain)
    points = len(plain) < _STUB and any(words in folded for words in page_words("mail-stub"))
    return points or len(plain.split()) * 4 < len(rich.split())


def _text(part: Message, found: Parts, named: str | None) -> str:
    """The words of a part, in the encoding that it says where the bytes are text in it."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        return ""
    limit = _MAX_HTML if part.get_content_type() == "text/html" else MAX_REPORT
    if len(data) > limit:
        raise FormatError(f"a text larger than {limit >> 20} MB", "save the report by itself, or split it")
    read = _decoded(data, named, part.get_content_charset() or "")
    found.encoding = read.encoding
    if reason := read.doubt or damage(read.text):
        found.told.append(reason)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if part.get_content_type() == "text/html":
        return _from_html(text)
    if part.get_param("format") == "flowed":
        return flowed(_opened(text, found), delsp=part.get_param("delsp") == "yes")
    return unwrapped(_opened(text, found))


def _decoded(data: bytes, named: str | None, said: str) -> Decoded:
    if named is not None:
        return decode(data, named)
    try:
        return (decode_as_said(data, said) if said else None) or decode(data)
    except (EncodingError, ValueError) as error:
        raise EncodingError("its text is in no known encoding", "name its encoding, or save it anew") from error


def _opened(text: str, found: Parts) -> str:
    """Text without the armour of a signature. Raises FormatError when it is encrypted."""
    if _armoured.search(text) and len(_armoured.split(text)[0].strip()) < _STUB:
        raise FormatError("encrypted", "decrypt it, and save it anew")
    if not _clear_signed.search(text):
        return text
    found.told.append("its signature is not checked")
    opened = _signature.sub("", _clear_signed.sub("", text))
    return re.sub(r"^- (?=-)", "", opened, flags=re.MULTILINE)


def _from_html(text: str) -> str:
    """The words of a page in a mail; what it cites of other mails is marked with ``>`` as in plain text."""
    check_tree(text, "look at the mail; no program writes such a one")
    open_quotes: list[bool] = []
    depth, out = 0, []

    def marked(tag: re.Match[str]) -> str:
        if not tag[1]:
            open_quotes.append(_cited.search(tag[2]) is not None)
            return f"{tag[0]}<p>{_OPENS}</p>" if open_quotes[-1] else tag[0]
        return f"<p>{_CLOSES}</p>{tag[0]}" if open_quotes and open_quotes.pop() else tag[0]

    for line in text_of(_blockquote.sub(marked, text)).split("\n"):
        if line.strip() in (_OPENS, _CLOSES):
            depth = max(0, depth + (1 if line.strip() == _OPENS else -1))
        else:
            out.append("> " * depth + line.replace(_OPENS, "").replace(_CLOSES, ""))
    return "\n".join(out)
