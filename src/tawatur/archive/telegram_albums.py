"""Messages of a chat in, in file order; how many have no words, neither their own nor those of their album, out."""

from __future__ import annotations

from dataclasses import dataclass

#: When a message with a picture or file was posted, and by whom; None for any other.
Posted = tuple[object, ...] | None
_MEDIA = ("photo", "file", "media_type")


def posted(value: dict[str, object]) -> Posted:
    """What the messages of one album share, of a message of an export as JSON."""
    if not any(value.get(key) for key in _MEDIA):
        return None
    return value.get("date"), value.get("from_id") or value.get("from"), value.get("forwarded_from")


@dataclass(slots=True)
class Wordless:
    """Counts messages without words. Pictures of an album are none when one of them has the words for all.

    An export does not tell albums: they are taken to be messages with media that follow each other, posted in the same
    second by the same sender.
    """

    count: int = 0
    album: Posted = None
    waiting: int = 0  # messages of the album that have no words
    worded: bool = False  # another one has

    def met(self, album: Posted, *, worded: bool) -> None:
        """Take note of the next message."""
        if album is None or album != self.album:
            self.end()
        self.album = album
        self.worded = self.worded or worded
        self.waiting += not worded
        if album is None:
            self.end()

    def end(self) -> int:
        """End the album; how many messages without words there were so far."""
        self.count += 0 if self.worded else self.waiting
        self.album, self.waiting, self.worded = None, 0, False
        return self.count
