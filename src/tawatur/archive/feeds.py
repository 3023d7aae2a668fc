"""A feed (RSS 0.9x to 2.0, RSS 1.0, Atom, JSON Feed) in, a report an entry out.

Broken feeds are read as far as their entries are whole. Nothing is fetched: a feed that gives only the beginning of its
articles gives reports that are in doubt.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser  # type: ignore[import-untyped]
import orjson

from tawatur.archive.encodings import DAMAGE_ADVICE, Decoded, decode, decode_as_said
from tawatur.archive.html_dates import iso_of
from tawatur.archive.html_dom import deep
from tawatur.archive.html_text import text_of
from tawatur.archive.items import Doubtful, DoubtOf, Item, Parts, Refusal, Source, digest_of
from tawatur.archive.limits import MAX_FEED, MAX_FEED_TAGS
from tawatur.archive.page import furniture
from tawatur.archive.sniffing import looks_like_feed
from tawatur.errors import FormatError, NoReportsError
from tawatur.model import Span

_declared = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]{2,40})[\"']", re.IGNORECASE)
_declaration = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_ends = re.compile(r"</(?:[A-Za-z]\w*:)?(?:item|entry)\s*>", re.IGNORECASE)
_quoted_page = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_begins = re.compile(r"<(?:[A-Za-z]\w*:)?(?:item|entry)[\s>]", re.IGNORECASE)
_closed = re.compile(r"</(?:[A-Za-z]\w*:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
#: What feedparser raises on some broken feeds.
_BREAKS = (ValueError, KeyError, IndexError, AttributeError, TypeError, AssertionError, RecursionError)
_control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_more = re.compile(r"(?:\.{3}|…|\[(?:\.{3}|…)\]|&hellip;)\s*$")
_SHORT = 280  # letters of a summary that is no article, where the entry gives nothing else
_CUT = "the feed gives only the beginning of it"
_TEASER = "save the page at its address, and read that"


def read(source: Source) -> Parts:
    """A report an entry. Raises FormatError for a feed without entries, NoReportsError for XML of another kind."""
    data = source.all(MAX_FEED)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json(data)
        return
    if not looks_like_feed(data[:65536]):
        raise NoReportsError("XML of another kind than a feed", "leave it out, or give what it was made from")
    found = _decoded(data, source)
    if found.doubt:
        yield Doubtful("", found.doubt, DAMAGE_ADVICE)
    text = _declaration.sub("", _control.sub("", found.text).lstrip("\ufeff"), count=1)
    if _quoted_page.sub("", text).count("<") > MAX_FEED_TAGS:
        raise FormatError(f"a feed of more than {MAX_FEED_TAGS:,} tags", "split it")
    parsed = _parsed(text)
    whole = len(_ends.findall(text))
    entries = parsed.entries[: whole or None] if len(_begins.findall(text)) > whole else parsed.entries
    if not entries:
        raise FormatError("a feed without a whole entry", "get it again from where it came")
    yield from _entries(entries, parsed.feed, found.encoding, digest_of(data))
    if len(entries) < len(parsed.entries) or not _closed.search(text):
        place = f"after entry {len(entries)}"
        yield Refusal(place, FormatError("the feed is cut off; the rest of it is missing", "get it again"))


def _parsed(text: str) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _BREAKS as error:
        raise FormatError("a feed that is too broken to read", "get it again from where it came") from error


def _entries(entries: list[dict[str, Any]], feed: Mapping[str, Any], encoding: str, digest: str) -> Iterator[Item]:
    outlet = _plain(feed.get("title")) or _plain(feed.get("publisher"))
    for number, entry in enumerate(entries, 1):
        text, doubt = _text(entry)
        title = _plain(entry.get("title"))
        yield Item(
            text or title, place=f"entry {number}", name=f"entry {number}", title=title, encoding=encoding,
            outlet=_plain(_inner(entry, "source").get("title")) or _plain(entry.get("publisher")) or outlet or None,
            published=_date(entry), author=_author(entry), url=_url(entry), digest=digest,
            doubts=((doubt, _TEASER),) if doubt else (),
        )  # fmt: skip


def _text(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The longest text that an entry gives, and why it may not be all."""
    whole = [_words(part) for part in entry.get("content") or () if isinstance(part, dict)]
    full = max(whole, key=len, default="")
    short = _words(_inner(entry, "summary_detail") or {"value": entry.get("summary", "")})
    text = max(full, short, key=len)
    if not text:
        return "", "the feed gives only its headline"
    plain = _without(text, furniture(text)) or text
    cut = _more.search(plain) is not None or max(len(full), len(plain)) < _SHORT
    return text, _CUT if cut else ""


def _without(text: str, noise: tuple[Span, ...]) -> str:
    kept, at = [], 0
    for span in noise:
        kept.append(text[at : span.start])
        at = span.end
    return "".join([*kept, text[at:]]).strip()


def _words(part: Mapping[str, Any]) -> str:
    value, kind = str(part.get("value") or ""), str(part.get("type") or "")
    if not value.strip():
        return ""
    if kind == "text/plain" and "<" not in value:
        return "\n".join(line.strip() for line in value.strip().split("\n"))
    return "" if deep(value) else text_of(value)


def _plain(value: object) -> str:
    text = str(value or "")
    shown = text_of(text) if "<" in text or "&" in text else text
    return " ".join(shown.split())[:400]


def _inner(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = entry.get(name)
    return value if isinstance(value, dict) else {}


def _date(entry: dict[str, Any]) -> str | None:
    """The date of publication, else of the last change, as ISO 8601; what is no date as it stands."""
    told = (
        dict.get(entry, name) for name in ("published", "updated", "created")
    )  # its own ``get`` takes one for another
    raw = next((str(date).strip() for date in told if date), "")
    return (iso_of(raw) or raw or None) if raw else None


def _author(entry: Mapping[str, Any]) -> str:
    return _plain(_inner(entry, "author_detail").get("name") or entry.get("author"))


def _url(entry: Mapping[str, Any]) -> str:
    """The address of an entry: the original one behind a counting service, its link, else an id that is an address."""
    told = (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id"))
    return next((str(url) for url in told if str(url or "").startswith(("http://", "https://"))), "")


def _decoded(data: bytes, source: Source) -> Decoded:
    """The feed's text in the encoding that the user named, else that the server or the feed say, else that is found."""
    if source.hints.encoding is not None:
        return decode(data, source.hints.encoding)
    said = _declared.search(data[:1024])
    for name in (source.charset, said[1].decode("ascii") if said else ""):
        if name and (found := decode_as_said(data, name)):
            return found
    return decode(data)


def _json(data: bytes) -> Iterator[Item | Refusal]:
    """JSON Feed, version 1 and 1.1 (jsonfeed.org)."""
    try:
        feed = orjson.loads(data)
        entries = feed["items"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise FormatError("no sound JSON feed", "get it again from where it came") from error
    for number, entry in enumerate(entries if isinstance(entries, list) else (), 1):
        if not isinstance(entry, dict):
            yield Refusal(f"entry {number}", FormatError("an entry that is no object", "get the feed again"))
            continue
        yield _json_item(entry, feed, number, digest_of(data))


def _json_item(entry: dict[str, Any], feed: dict[str, Any], number: int, digest: str) -> Item:
    rich, plain = str(entry.get("content_html") or ""), str(entry.get("content_text") or "")
    text = text_of(rich) if rich and not deep(rich) else plain.strip()
    summary = _plain(entry.get("summary"))
    title = _plain(entry.get("title"))
    doubts: tuple[DoubtOf, ...] = () if text else ((_CUT, _TEASER),)
    people = [_plain(one.get("name")) for one in entry.get("authors") or () if isinstance(one, dict)]
    raw = str(entry.get("date_published") or entry.get("date_modified") or "")
    return Item(
        text or summary or title, place=f"entry {number}", name=f"entry {number}", title=title,
        outlet=_plain(feed.get("title")) or None, published=(iso_of(raw) or raw) if raw else None,
        author="، ".join(filter(None, people)), url=str(entry.get("url") or ""), digest=digest, doubts=doubts,
    )  # fmt: skip
