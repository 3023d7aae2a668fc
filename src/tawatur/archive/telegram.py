"""A Telegram Desktop export as JSON in, one report a message out: one chat, or every chat of an account.

https://core.telegram.org/import-export tells the form; what versions write beside it is told where it is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.archive.items import Doubtful, Item, Parts, Refusal, Source
from tawatur.archive.sniffing import unicode_of
from tawatur.archive.telegram_albums import Wordless, posted
from tawatur.archive.telegram_message import about_chat, item_of, place_of
from tawatur.archive.telegram_scan import Chat, CutOffError, RawMessage, as_utf8, messages
from tawatur.errors import FormatError, NoReportsError

_ZONELESS = len("2016-12-13T10:30:00")


def read(source: Source) -> Parts:
    """The messages that hold words, in file order; a broken one is refused alone, and so is the rest of a cut-off file.

    Raises NoReportsError when there is no list of messages, FormatError for a file that is no export at all.
    """
    late = _chats_named_late(source)
    seen = _Seen()
    try:
        for part in messages(as_utf8(source.stream.read, unicode_of(source.head(4)))):
            if isinstance(part, Chat):
                yield from seen.end(part)
            else:
                if part.chat is not seen.chat and late:
                    part.chat.told.update(late.pop(0).told)
                yield from seen.take(part)
    except CutOffError as error:
        yield Refusal(seen.after(), error)
        return
    if not seen.told:
        raise NoReportsError("an export without messages", "export the history of a chat as JSON")


class _Seen:
    """What has been read so far, and what of it had no words."""

    def __init__(self) -> None:
        self.chat: Chat | None = None
        self.told = 0  # reports, and what was said of messages that gave none
        self.last = ""
        self.wordless = Wordless()
        self.zoneless = 0

    def after(self) -> str:
        """Where something stands that has no number of its own."""
        return f"after {self.last}" if self.last else ""

    def take(self, raw: RawMessage) -> Iterator[Item | Refusal]:
        """The report of a message, or why it is none; nothing for a message of the service or one without words."""
        self.chat = raw.chat
        place = place_of(raw.value) or self.after()
        try:
            if raw.refusal is not None:
                raise raw.refusal
            self.last = place
            item = item_of(raw)
        except FormatError as error:
            self.told += 1
            yield Refusal(place, error)
            return
        if isinstance(raw.value, dict) and raw.value.get("type", "message") == "message":
            self.wordless.met(posted(raw.value), worded=item is not None)
        if item is not None:
            self.told += 1
            self.zoneless += len(item.published or "") == _ZONELESS
            yield item

    def end(self, chat: Chat) -> Iterator[Doubtful]:
        """What is to be told of a chat that has ended."""
        wordless = self.wordless.end()
        self.told += wordless
        if wordless:
            reason = f"{wordless} messages without words (pictures, sounds) were passed by"
            yield Doubtful(about_chat(chat), reason, "look at them if they matter")
        if self.zoneless:
            reason = f"{self.zoneless} times are those of the computer that exported them, in a zone that is not told"
            yield Doubtful(about_chat(chat), reason, "export the chat anew with a Telegram Desktop of 2022 or later")
        self.wordless, self.zoneless = Wordless(), 0


def _chats_named_late(source: Source) -> list[Chat]:
    """The chats in file order when a tool has sorted the fields, so that names stand after the messages; else empty."""
    head = source.head()
    before, found_messages, _ = head.partition(b'"messages"')
    if not found_messages or b'"name"' in before or not source.stream.seekable():
        return []
    start = source.stream.tell()
    found: list[Chat] = []
    try:
        read = as_utf8(source.stream.read, unicode_of(source.head(4)))
        found.extend(part for part in messages(read, parse=False) if isinstance(part, Chat))
    except FormatError:
        found = []  # told when the messages are read
    source.stream.seek(start)
    return found
