"""A page of a Telegram Desktop export as HTML (``messages.html``, …) in, one report a message out."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from datetime import datetime

from resiliparse.parse.html import ElementNode, HTMLTree

from tawatur.archive.encodings import DAMAGE_ADVICE, decode
from tawatur.archive.garbled import damage
from tawatur.archive.html_dom import check_tree
from tawatur.archive.items import Doubtful, DoubtOf, Item, Parts, Source, digest_of
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.telegram_albums import Posted, Wordless
from tawatur.errors import NoReportsError

_tag = re.compile(r"<[^>]*>")
_break = re.compile(r"<br\s*/?>")
_laid_out = re.compile(r"(<br\s*/?>)?\s*\n\s*")  # a line end of the file's, which is none of the message
_shown = re.compile(r"(\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}:\d{2}))?", re.ASCII)
_answered = re.compile(r"#go_to_message(\d+)", re.ASCII)
_via = re.compile(r" via @\w+$")
_LEFT_OUT = frozenset({"Deleted Account"})  # what stands for the name of a sender who is gone


def read(source: Source) -> Parts:
    """The messages of the page that hold words. Raises NoReportsError for the export's lists of chats and the like."""
    data = source.all(MAX_REPORT)
    text = decode(data, source.hints.encoding).text.replace("\0", "")
    check_tree(text, "export the chat anew")
    document = HTMLTree.parse(text).document
    found = document.query_selector_all("div.message.default")[:] if document is not None else ()
    if document is None or not found:
        raise NoReportsError("a page of a Telegram export without messages", "give messages.html or result.json")
    page = _Page(_line(document.query_selector(".page_header .text")) or None, source.name, digest_of(data))
    for node in found:
        yield from page.item(node)
    yield from page.told()


class _Page:
    """The page while its messages are read: who sent the last one, and what was passed by."""

    def __init__(self, chat: str | None, name: str, digest: str) -> None:
        self.chat, self.name, self.digest = chat, name, digest
        self.sender = self.source = ""
        self.wordless, self.zoneless = Wordless(), 0

    def item(self, node: ElementNode) -> Iterator[Item]:
        """The report of a message; nothing when it has no words. A message that is ``joined`` has the sender before."""
        self._senders(node)
        text = "\n".join(part for part in _parts(node) if part.strip())
        self.wordless.met(self._posted(node), worded=bool(text))
        if not text:
            return
        number = "".join((node.id or "").removeprefix("message").split())
        published = _date(node.query_selector(".date"))
        self.zoneless += published is not None and published[19:] == ""
        author = self.source or _line(node.query_selector(".signature")) or self.sender
        doubts: tuple[DoubtOf, ...] = ((reason, DAMAGE_ADVICE),) if (reason := damage(text)) else ()
        yield Item(
            text, place=f"message {number}", name=f"{self.chat or self.name}/{number}", outlet=self.chat,
            published=published, author="" if author == self.chat else author, digest=self.digest, doubts=doubts,
            relayed_from="" if self.source == self.chat else self.source, reply_to=self._reply_to(node),
        )  # fmt: skip

    def told(self) -> Iterator[Doubtful]:
        """What is to be told of the whole page."""
        if wordless := self.wordless.end():
            reason = f"{wordless} messages without words (pictures, sounds) were passed by"
            yield Doubtful("", reason, "look at them if they matter")
        if self.zoneless:
            reason = f"{self.zoneless} times are those of the computer that exported them, in a zone that is not told"
            yield Doubtful("", reason, "export the chat anew with a Telegram Desktop of 2022 or later")

    def _posted(self, node: ElementNode) -> Posted:
        """What the messages of one album share."""
        date = node.query_selector(".date")
        if node.query_selector(".media_wrap") is None or date is None:
            return None
        return date.getattr("title", ""), self.sender, self.source

    def _reply_to(self, node: ElementNode) -> str:
        link = node.query_selector(".reply_to a")
        found = _answered.search(link.getattr("href", "") or "") if link is not None else None
        return f"{self.chat or self.name}/{found[1]}" if found else ""

    def _senders(self, node: ElementNode) -> None:
        forwarded = node.query_selector(".forwarded.body")
        names = [_name(found) for found in node.query_selector_all(".from_name")[:]]
        joined = "joined" in (node.class_name or "").split()
        if forwarded is None:
            self.source = ""
            self.sender = names[0] if names else self.sender if joined else ""
            return
        inner = forwarded.query_selector(".from_name")
        if inner is not None:
            self.source = _name(inner)
        if len(names) > (inner is not None):
            self.sender = names[0]


def _parts(node: ElementNode) -> Iterator[str]:
    text = node.query_selector(".body > .text")
    if text is not None:
        yield words_of(text)
    for selector in (".media_poll .question", ".media_poll .answer"):
        for found in node.query_selector_all(selector)[:]:
            yield _line(found, without=".details")
    venue = node.query_selector(".media_venue .title")
    if venue is not None:
        yield _line(venue)


def words_of(node: ElementNode) -> str:
    """The words of a message exactly: Telegram writes its line ends as ``<br>``, others are of the page's layout."""
    inner = node.html.partition(">")[2].rpartition("</")[0].strip()
    inner = _laid_out.sub(lambda found: found[1] or " ", inner)
    return entities.unescape(_tag.sub("", _break.sub("\n", inner)))


def _line(node: ElementNode | None, *, without: str = "") -> str:
    """The text of an element on one line, without an element inside it."""
    if node is None:
        return ""
    inner = node.query_selector(without) if without else None
    text = node.text or ""
    if inner is not None:
        text = text.replace(inner.text or "", "")
    return " ".join(text.split())


def _name(node: ElementNode) -> str:
    name = _via.sub("", _line(node, without=".date"))
    return "" if name in _LEFT_OUT else name


def _date(node: ElementNode | None) -> str | None:
    """The time in an element's title, such as ``13.12.2016 10:30:00 UTC+02:00``; old versions tell no zone."""
    found = _shown.fullmatch(node.getattr("title", "") or "") if node is not None else None
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], "%d.%m.%Y %H:%M:%S").isoformat() + (found[2] or "")
    except ValueError:
        return None
